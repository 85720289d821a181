"""The open register: the one way to read a school's register or to change it.

Reads give immutable rows; every change goes through `commit`, which is atomic, durable when
its block ends, attributed, one line of the journal and one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from senreg.errors import NoSuchRecord
from senreg.store.creating import whole_or_gone
from senreg.store.folder import Change, Store
from senreg.store.journal import Commit as StoredCommit
from senreg.store.operations import ARCHIVED
from senreg.store.rows import Row
from senreg.store.session import Session
from senreg.store.undo import Left, Undone, reversal

if TYPE_CHECKING:
    from tinydb import TinyDB

    # Loaded where they are used: a start needs none of them.
    from senreg.commit import Commit
    from senreg.search import Hit  # noqa: TC004
    from senreg.store.story import FieldChange  # noqa: TC004

__all__ = [
    "Conflict",
    "ConflictValue",
    "FieldChange",
    "Hit",
    "Left",
    "Register",
    "Row",
    "Undone",
]


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the values people gave to a field: who, and when in milliseconds since 1970."""

    value: Any
    by: str
    at: int
    head: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed apart. The last value is the one shown meanwhile."""

    id: str
    table: str
    record: str
    field: str
    values: list[ConflictValue]


class Register:
    """An open register. Make one with `create` or `open`, and `close` it."""

    def __init__(self, store: Store, person: str | None = None) -> None:
        self.person = person or _login_name()
        self.version = 0
        self._store = store
        self._session = Session(store)
        self._lock = RLock()
        self._listeners: list[Callable[[], None]] = []
        self._db: TinyDB | None = None

    @classmethod
    def create(
        cls,
        folder: Path,
        school: str | Mapping[str, Any],
        *,
        invented: bool = False,
        person: str | None = None,
    ) -> Register:
        """Make a new register in a folder that does not exist or is empty.

        Args:
            folder: It becomes the register itself.
            school: The school's name, or the fields of its record.
            invented: Nobody in it is real.
            person: Who made it; without it, the login name.
        """
        values = {"name": school} if isinstance(school, str) else dict(school)
        from senreg.models.validate import checked

        checked("school", values, partial=False)
        with whole_or_gone(folder):
            register = cls(Store.create(folder, invented=invented), person)
            with register.commit("Start the register", step=False) as c:
                c.add("school", values)
        return register

    @classmethod
    def open(cls, folder: Path, *, person: str | None = None, read_only: bool = False) -> Register:
        """Open the register in a folder.

        Damage is told in `warnings`; what can be read is read, and nothing can be written.

        Raises:
            Unreadable: there is no register there, or it is of a newer version.
            DamagedRegister: nothing in it can be read.
        """
        return cls(Store.open(Path(folder), read_only=read_only), person)

    def close(self) -> None:
        """Leave a snapshot that holds everything, and end the journal's segment."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The register's folder."""
        return self._store.folder

    @property
    def register_id(self) -> str:
        """What all copies of this register have in common."""
        return self._store.meta.register

    @property
    def copy_id(self) -> str:
        """Which copy this is."""
        return self._store.meta.copy

    @property
    def invented(self) -> bool:
        """Whether nobody in it is real."""
        return self._store.meta.invented

    @property
    def read_only(self) -> bool:
        """Whether it can only be read."""
        return self._store.read_only

    @property
    def warnings(self) -> list[str]:
        """What was found damaged, in plain sentences."""
        return list(self._store.warnings)

    @property
    def lost_changes(self) -> int:
        """How many saved changes the journal has lost: records hold them, history does not.

        It reads the whole journal.
        """
        return self._store.journal.lost(self._store.meta.included)

    @property
    def store(self) -> Store:
        """Where it is kept: for sync, which exchanges whole commits."""
        return self._store

    @property
    def school(self) -> Row:
        """The school's own record."""
        schools = self.all("school")
        return schools[0] if schools else Row("school", "", {})

    @property
    def db(self) -> TinyDB:
        """TinyDB over the same records: its Query API; each of its writes is one commit."""
        if self._db is None:
            from senreg.store.tables import RegisterDB

            self._db = RegisterDB(self._store.state, self._write_unnamed)
        return self._db

    def all(self, table: str, *, archived: bool = False) -> list[Row]:
        """The records of a table: live ones, or those that were archived."""
        state = self._store.state
        with self._lock:
            documents = (state.archived if archived else state.live).get(table, {})
            return [Row(table, record, document) for record, document in documents.items()]

    def get(self, record: str) -> Row | None:
        """One record by its id, live or archived."""
        state = self._store.state
        with self._lock:
            table = state.table_of(record)
            document = state.document(table, record) if table else None
            return Row(table, record, document) if table and document is not None else None

    def find(self, table: str, **fields: Any) -> list[Row]:
        """The live records whose stored values equal these."""
        return [
            row
            for row in self.all(table)
            if all(row[name] == value for name, value in fields.items())
        ]

    def by(self, table: str, name: str) -> dict[Any, list[Row]]:
        """The live records of a table grouped by a field, in one pass."""
        grouped: dict[Any, list[Row]] = {}
        with self._lock:
            for record, document in self._store.state.live.get(table, {}).items():
                grouped.setdefault(document.get(name), []).append(Row(table, record, document))
        return grouped

    def count(self, table: str) -> int:
        """How many live records a table has."""
        return len(self._store.state.live.get(table, {}))

    def search(self, words: str, *, limit: int = 200) -> list[Hit]:
        """The live records in whose text all the words stand, best first."""
        from senreg.search import hits

        return hits(self.all, words, limit=limit)

    @contextmanager
    def commit(self, label: str, *, step: bool = True) -> Iterator[Commit]:
        """A block whose changes are made together, durable when it ends.

        Args:
            label: What is done, in the program's own words: never a name or other user text.
            step: It can be undone. False for what a register begins with.

        Raises:
            InvalidRecord: at the call in the block that gave a value that cannot be taken.
            ReadOnly: the register is open for reading.
            CannotWrite: the disk refused; nothing changed.
        """
        with self._lock:
            from senreg.commit import Commit

            commit = Commit(self._store.state)
            yield commit
            changes = commit.changes()
            if changes:
                kind = "edit" if step else "start"
                self._written(self._store.write(label, self.person, changes, kind=kind))

    @property
    def undo_label(self) -> str | None:
        """What undo would take back of this session; None where that takes looking further."""
        step = self._session.to_undo(look_back=False)
        return step.get("label", "") if step else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back of this session."""
        step = self._session.to_redo(look_back=False)
        return step.get("label", "") if step else None

    def undo(self) -> Undone | None:
        """Reverse this copy's newest own commit; None where there is nothing to undo."""
        with self._lock:
            return self._reverse(self._session.to_undo(look_back=True), "undo")

    def redo(self) -> Undone | None:
        """Reverse the newest undo; None where there is nothing to redo."""
        with self._lock:
            return self._reverse(self._session.to_redo(look_back=True), "redo")

    def history(self, record: str | None = None, *, children: bool = False) -> list[FieldChange]:
        """Every change, or those of one record, oldest first.

        Args:
            record: The record's id.
            children: Also the records that belong to it, such as a pupil's targets.
        """
        records = None
        if record is not None:
            records = {record, *(self._children(record) if children else ())}
        from senreg.store.story import field_changes

        return field_changes(self._store.journal.commits(), records)

    def changes_since(self, milliseconds: int) -> list[FieldChange]:
        """The changes made, or merged in, at that time or later; old values may be unknown."""
        from senreg.store.story import field_changes

        return field_changes(self._store.journal.commits(since=milliseconds))

    def conflicts(self) -> list[Conflict]:
        """The fields that people changed apart and nobody has settled."""
        found = []
        for place, standing in self._store.state.conflicts():
            values = [
                ConflictValue(head.get("v"), head["by"], head["t"], head["h"]) for head in standing
            ]
            found.append(Conflict("/".join(place), *place, values))
        return found

    def settle(self, conflict: str, value: Any) -> None:
        """Give a contested field the value a person chose.

        Raises NoSuchRecord for a conflict there is none of, InvalidRecord for a bad value.
        """
        known = {each.id: each for each in self.conflicts()}
        chosen = known.get(conflict)
        if chosen is None:
            raise NoSuchRecord(
                "There is no such conflict; it may be settled already.",
                do="`senreg conflicts` lists those that are open.",
            )
        with self.commit("Settle a conflict") as c:
            if chosen.field == ARCHIVED:
                (c.archive if value else c.restore)(chosen.record)
            else:
                c.set(chosen.record, **{chosen.field: value})

    def refresh(self) -> bool:
        """Take in what other programs wrote to this folder; True where there was anything."""
        with self._lock:
            changed = self._store.fold()
        if changed:
            self._announce()
        return changed

    def merged(self, commits: Iterable[StoredCommit], label: str) -> None:
        """Take in commits of other copies as one commit, which is no step of undo."""
        with self._lock:
            self._store.write(label, self.person, [], kind="merge", merged=commits)
            self._announce()

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change, on the thread that made it.

        The result is called to stop that.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _children(self, record: str) -> Collection[str]:
        state = self._store.state
        return {
            child
            for tables in (state.live, state.archived)
            for documents in tables.values()
            for child, document in documents.items()
            if record in (document.get("pupil"), document.get("target"), document.get("group"))
        }

    def _reverse(self, step: StoredCommit | None, kind: str) -> Undone | None:
        if step is None:
            return None
        changes, left = reversal(self._store, step, self._session.own_reversals())
        label = step.get("label", "")
        self._written(self._store.write(label, self.person, changes, kind=kind, of=step["tx"]))
        return Undone(label, len(changes), left)

    def _write_unnamed(self, changes: list[Change]) -> None:
        from senreg.models.tables import TABLES
        from senreg.models.validate import checked

        for change in changes:
            if change.table in TABLES:
                plain = {name: value for name, value in change.values.items() if name != "archived"}
                checked(change.table, plain, partial=True)
        with self._lock:
            self._written(self._store.write("Edit", self.person, changes))

    def _written(self, commit: StoredCommit) -> None:
        self._session.add(commit)
        self._announce()

    def _announce(self) -> None:
        self.version += 1
        for listener in list(self._listeners):
            listener()


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
