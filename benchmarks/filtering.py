"""A key in the filter of the Register until the list has settled, in processor time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.measured import Measured, Subject, in_turn, p95
from benchmarks.workspace import Workspace

SUBJECTS = {
    pupils: Subject(
        f"filter-{pupils}",
        f"key in the filter, p95 of CPU time, {pupils:,} pupils",
        "a key in a bare Input",
        budget,
    )
    for pupils, budget in ((300, 4.0), (2000, 8.0))
}
NAMES = tuple(subject.name for subject in SUBJECTS.values())
PAIRS = 5

# Words that narrow the list a little, much, and to nobody, taken away key by key again.
_WORDS = ("an", "begum", "4b", "o'n", "slcn", "zzq")
KEYS = ",".join(key for word in _WORDS for key in (*word, *["backspace"] * len(word)))


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """The filter at both sizes."""
    for pupils, subject in SUBJECTS.items():
        if subject.name not in names:
            continue
        register = str(workspace.copy(pupils))
        yield subject.measured(
            in_turn(
                PAIRS,
                partial(typed, workspace, ["register", register, KEYS]),
                partial(typed, workspace, ["bare", KEYS]),
                warm_up=0,
            )
        )


def typed(workspace: Workspace, words: list[str]) -> float:
    """The 95th percentile of processor seconds a key, of one process."""
    said = json.loads(workspace.run([sys.executable, "-m", "benchmarks.stage", *words]))
    # The first keys load what typing needs, in both applications.
    return p95(said["keys"][2:])
