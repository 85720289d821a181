"""`senreg --version` against Python starting and doing nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

NAMES = ("version",)

SUBJECT = Subject("version", "senreg --version", "python -c pass", 2.5)
PAIRS = 25


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """The one measurement of this family."""
    del names
    # What an installed `senreg` does: import the entry point and call it.
    entry = "import sys; from senreg.cli.__main__ import run; sys.exit(run())"
    ours = [sys.executable, "-c", entry, "--version"]
    bare = [sys.executable, "-c", "pass"]
    yield SUBJECT.measured(
        in_turn(PAIRS, lambda: workspace.seconds(ours), lambda: workspace.seconds(bare), 2)
    )
