"""One field of one pupil changed and safe on the disk, against SQLite and stock TinyDB."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

if TYPE_CHECKING:
    from senreg.register import Register

_SQLITE = "SQLite, WAL, synchronous=FULL"
_TINYDB = "stock TinyDB with JSONStorage"
SMALL, LARGE = 200, 2000

_AGAINST_SQLITE = {
    pupils: Subject(f"edit-{pupils}", f"durable edit, {pupils:,} pupils", _SQLITE, 1.3)
    for pupils in (SMALL, LARGE)
}
_AGAINST_TINYDB = {
    pupils: Subject(f"edit-tinydb-{pupils}", f"durable edit, {pupils:,} pupils", _TINYDB, budget)
    for pupils, budget in ((SMALL, None), (LARGE, 1 / 500))
}
_FLAT = Subject(
    "edit-flat", f"durable edit at {LARGE:,} pupils", f"the same at {SMALL} pupils", 1.25
)
"""The design asks for a cost that does not grow; a quarter is what the disk itself varies."""

_PAIRS, _TINYDB_PAIRS, _WARM_UP = 300, {SMALL: 20, LARGE: 5}, 20
_STRETCH = 25

NAMES = (
    *(subject.name for subject in _AGAINST_SQLITE.values()),
    _FLAT.name,
    *(subject.name for subject in _AGAINST_TINYDB.values()),
)


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Edits against each peer, and one size against the other."""
    from senreg.register import Register

    for pupils, subject in _AGAINST_SQLITE.items():
        if subject.name in names:
            with Register.open(workspace.copy(pupils)) as register:
                peer, done = sqlite_editor(register, workspace.fresh("peer.sqlite"))
                with done:
                    yield subject.measured(
                        in_turn(_PAIRS, register_editor(register), peer, _WARM_UP)
                    )
    if _FLAT.name in names:
        with (
            Register.open(workspace.copy(SMALL)) as small,
            Register.open(workspace.copy(LARGE)) as large,
        ):
            yield _FLAT.measured(
                in_turn(_PAIRS, register_editor(large), register_editor(small), _WARM_UP)
            )
    for pupils, subject in _AGAINST_TINYDB.items():
        if subject.name in names:
            path = workspace.copy(pupils)
            stock = shutil.copy(path / "register.json", workspace.fresh("peer.json"))
            with Register.open(path) as register:
                peer, done = tinydb_editor(register, Path(stock))
                with done:
                    ours = usual(register_editor(register))
                    yield subject.measured(in_turn(_TINYDB_PAIRS[pupils], ours, peer))


def register_editor(register: Register) -> Callable[[], float]:
    """Seconds of one edit of the register, of another pupil each time."""
    pupils = cycle([row.id for row in register.all("pupils")])
    names = cycle(["Sam", "Łukasz", "小明"])

    def edit() -> float:
        pupil, name = next(pupils), next(names)
        start = perf_counter()
        with register.commit("Change a pupil") as commit:
            commit.set(pupil, preferred_name=name)
        return perf_counter() - start

    return edit


def usual(edit: Callable[[], float]) -> Callable[[], float]:
    """The median of a stretch of edits.

    Stock TinyDB writes the whole file anew: the first edit after it pays for the disk and the
    caches that it left behind, which nobody's second edit would.
    """
    return lambda: median([edit() for _ in range(_STRETCH)])


def sqlite_editor(register: Register, path: Path) -> tuple[Callable[[], float], Any]:
    """Seconds of one UPDATE of a table with the same pupils, and what closes it."""
    rows = register.all("pupils")
    fields = sorted({name for row in rows for name in row if name != "id"} | {"preferred_name"})
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f'"{name}"' for name in fields)
    base.execute(f"CREATE TABLE pupils (id TEXT PRIMARY KEY, {columns})")
    marks = ", ".join("?" * (len(fields) + 1))
    base.execute("BEGIN")
    base.executemany(
        f"INSERT INTO pupils VALUES ({marks})",
        [(row.id, *(row[name] for name in fields)) for row in rows],
    )
    base.execute("COMMIT")
    pupils = cycle([row.id for row in rows])
    names = cycle(["Sam", "Łukasz", "小明"])

    def edit() -> float:
        values = (next(names), next(pupils))
        start = perf_counter()
        base.execute("UPDATE pupils SET preferred_name = ? WHERE id = ?", values)
        return perf_counter() - start

    return edit, closing(base)


def tinydb_editor(register: Register, path: Path) -> tuple[Callable[[], float], Any]:
    """Seconds of one update through TinyDB as it comes, over the same records."""
    from tinydb import TinyDB

    base = TinyDB(path, encoding="utf-8")
    table = base.table("pupils")
    table.document_id_class = str  # type: ignore[assignment]
    pupils = cycle([row.id for row in register.all("pupils")])
    names = cycle(["Sam", "Łukasz", "小明"])

    def edit() -> float:
        values, pupil = {"preferred_name": next(names)}, next(pupils)
        start = perf_counter()
        table.update(values, doc_ids=[pupil])  # type: ignore[list-item]
        return perf_counter() - start

    return edit, closing(base)
