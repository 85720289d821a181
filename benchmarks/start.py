"""From starting the process to a Register list that can be used, and the memory it took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

_BARE = "a bare Textual app: header, empty table, footer"
_START = {
    pupils: Subject(f"start-{pupils}", f"start to the list, {pupils:,} pupils", _BARE, budget)
    for pupils, budget in ((300, 1.5), (2000, 2.0))
}
_MEMORY = {
    pupils: Subject(f"memory-{pupils}", f"peak memory, {pupils:,} pupils", _BARE, budget, "B")
    for pupils, budget in ((300, 2.0), (2000, 5.0))
}
PAIRS = {300: 15, 2000: 11}

NAMES = tuple(each.name for pupils in PAIRS for each in (_START[pupils], _MEMORY[pupils]))


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Start and memory at both sizes; both come from the same runs."""
    for pupils, count in PAIRS.items():
        start, memory = _START[pupils], _MEMORY[pupils]
        if not names & {start.name, memory.name}:
            continue
        register = str(workspace.copy(pupils))
        pairs = in_turn(
            count,
            partial(started, workspace, ["register", register]),
            partial(started, workspace, ["bare"]),
        )
        if start.name in names:
            yield start.measured([(ours.seconds, peer.seconds) for ours, peer in pairs])
        if memory.name in names:
            yield memory.measured([(ours.peak, peer.peak) for ours, peer in pairs])


class Started(NamedTuple):
    """How a start went: seconds to a usable list, and the peak of memory by then in bytes."""

    seconds: float
    peak: float


def started(
    workspace: Workspace, words: list[str], surroundings: Mapping[str, str] | None = None
) -> Started:
    """One start of the process that `benchmarks.stage` describes."""
    stage = [sys.executable, "-m", "benchmarks.stage", *words]
    before = time.time_ns()
    said = json.loads(workspace.run(stage, surroundings=surroundings))
    return Started((said["usable"] - before) / 1e9, float(said["peak"]))
