"""A year of daily bundles: 190 school days, each a merge of what one copy lacks of another.

Every day the other copy makes ten edits and exports what is new since its last bundle; the first
one opens its encrypted register, makes its backup, takes the bundle in and closes. What a day
costs must not grow with the days before it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.encrypted import opened, sealed
from benchmarks.measured import Measured, Subject
from benchmarks.workspace import Workspace

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.vault import OpenKeys

PUPILS, DAYS, EDITS, ENDS = 100, 190, 10, 15
"""`ENDS` is how many days at each end of the year are held against each other."""

_TIME = Subject(
    "merge-year",
    f"a day's bundle taken in at the end of {DAYS} days of them, {PUPILS} pupils",
    "at their beginning",
    None,
)
_BYTES = Subject(
    "merge-year-bytes",
    f"bytes a register and its history grow by in {DAYS} days of {EDITS} edits",
    "the bundles that brought them",
    None,
    "B",
)
NAMES = (_TIME.name, _BYTES.name)


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Both come of one year."""
    if not names & set(NAMES):
        return
    from senreg.store.kdf import Cost

    folder = sealed(workspace, PUPILS, Cost(memory=8, iterations=1))
    other = Path(shutil.copytree(folder, workspace.fresh("other.senreg")))
    seconds, bundles, before = [], 0, _size(folder)
    with opened(other) as theirs:
        keys, pupils = theirs.store.keys, [row.id for row in theirs.all("pupils")]
        since = dict(theirs.store.meta.included)
        for day in range(DAYS):
            for number in range(EDITS):
                with theirs.commit("Edit") as c:
                    pupil = pupils[(day * EDITS + number) % len(pupils)]
                    c.set(pupil, strengths=f"Day {day}, edit {number}")
            bundle, since = _exported(workspace, theirs, since)
            bundles += bundle.stat().st_size
            seconds.append(_taken_in(folder, bundle, keys))
            bundle.unlink()
        _agree(folder, theirs)
    if _TIME.name in names:
        yield _TIME.measured(zip(seconds[-ENDS:], seconds[:ENDS], strict=True))
    if _BYTES.name in names:
        yield _BYTES.measured([(float(_size(folder) - before), float(bundles))])


def _exported(
    workspace: Workspace, register: Register, since: dict[str, int]
) -> tuple[Path, dict[str, int]]:
    """The bundle of what came since, and since when the next one is to go on."""
    from senreg.sync.bundle import export_bundle, known_by

    path = workspace.fresh("day.senreg-bundle")
    export_bundle(register, path, since=since)
    return path, known_by(path, register.store.keys).known


def _taken_in(folder: Path, bundle: Path, keys: OpenKeys | None) -> float:
    """Seconds from opening a register to having it closed, a bundle richer."""
    from senreg.register import Register
    from senreg.sync.bundle import read_bundle
    from senreg.sync.copies import of_bundle
    from senreg.sync.merge import plan_merge
    from senreg.sync.taking_in import take_in

    start = perf_counter()
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge")
        brought = read_bundle(bundle, register.store.keys)
        plan = plan_merge(register, brought)
        take_in(register, plan, [of_bundle(brought)])
    seconds = perf_counter() - start
    if plan.operations != EDITS or plan.missing:
        raise RuntimeError(f"{plan.operations} of {EDITS} edits came in a day's bundle.")
    return seconds


def _agree(folder: Path, theirs: Register) -> None:
    """Raise RuntimeError where an edit of the year was lost on the way."""
    said = {row.id: row["strengths"] for row in theirs.all("pupils")}
    with opened(folder) as mine:
        if {row.id: row["strengths"] for row in mine.all("pupils")} != said:
            raise RuntimeError("The two copies do not show the same.")


def _size(folder: Path) -> int:
    """Bytes of a register and its history; its backups are cleared away by age."""
    places = (folder, folder / "history")
    return sum(
        each.stat().st_size for place in places for each in place.iterdir() if each.is_file()
    )
