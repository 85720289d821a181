"""The open register: the one way to read a school's register or to change it.

Reads give immutable rows; every change goes through `commit`, which is atomic, durable when
its block ends, attributed, one line of the journal and one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg import high_water
from senreg.clock import stand_at
from senreg.errors import NoSuchRecord
from senreg.keeping import Keeping
from senreg.standing import stand
from senreg.store.conflicts import Conflict, ConflictValue
from senreg.store.creating import whole_or_gone
from senreg.store.erasures import ERASURES, finish_erasing, place_named
from senreg.store.folder import Change, Store
from senreg.store.journal import Commit as StoredCommit
from senreg.store.operations import ARCHIVED, new_id
from senreg.store.pack_record import ASIDE, PACKS
from senreg.store.rows import Row
from senreg.store.session import Session
from senreg.store.undo import Left, Undone, reversal

if TYPE_CHECKING:
    from tinydb import TinyDB

    # Loaded where they are used: a start needs none of them.
    from senreg.commit import Commit
    from senreg.search import Hit  # noqa: TC004
    from senreg.store.scrubbing import Scrubbed
    from senreg.store.story import FieldChange  # noqa: TC004
    from senreg.trial import Trial
    from senreg.vault import OpenKeys, Seal

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


class Register(Keeping):
    """An open register. Make one with `create` or `open`, and `close` it."""

    def __init__(self, store: Store, person: str | None = None) -> None:
        super().__init__(store, person or login_name())
        self._session = Session(store)
        self._listeners: list[Callable[[], None]] = []
        self._db: TinyDB | None = None
        self._made = True
        """It was made here, and not opened."""
        self._newest = ""
        self._stands = False

    @classmethod
    def create(
        cls,
        folder: Path,
        school: str | Mapping[str, Any],
        *,
        invented: bool = False,
        person: str | None = None,
        seal: Seal | None = None,
    ) -> Register:
        """Make a new register in a folder that does not exist or is empty.

        Args:
            folder: It becomes the register itself.
            school: The school's name, or the fields of its record.
            invented: Nobody in it is real.
            person: Who made it; without it, the login name.
            seal: What is to open it; without it, the register is plain.
        """
        values = {"name": school} if isinstance(school, str) else dict(school)
        from senreg.models.validate import checked

        checked("school", values, partial=False)
        with whole_or_gone(folder):
            keys = seal.keys() if seal is not None else None
            register = cls(Store.create(folder, invented=invented, keys=keys), person)
            with register.commit("Start the register", step=False) as c:
                c.add("school", values)
        return register

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        unlock: OpenKeys | None = None,
        person: str | None = None,
        read_only: bool = False,
        watch: Callable[[int, int], object] | None = None,
    ) -> Register:
        """Open the register in a folder.

        Damage is told in `warnings`; what can be read is read, and nothing can be written. What
        speaks against this being what was last used here is told in `doubts`.

        Args:
            folder: The register.
            unlock: What opens a sealed one, from `senreg.vault`; a plain one needs nothing.
            person: Who sits here; without it, the login name.
            read_only: Whether nothing is to be written.
            watch: Told the steps done and all steps of a change of keys that was interrupted,
                where one is gone on with.

        Raises:
            Locked: it is sealed, and was not unlocked.
            Unreadable: there is no register there, or it is of a newer version.
            DamagedRegister: nothing in it can be read.
        """
        store = Store.open(Path(folder), keys=unlock, read_only=read_only)
        if store.keys is not None:
            from senreg.vault import tend

            tend(store, watch)
        finish_erasing(store)
        register = cls(store, person)
        register._made = False
        register.doubts = high_water.doubts_of(store)
        register._stands = stand(register)
        if register.pack is not None:
            from senreg.pack_guard import end_if_over

            register.ended = end_if_over(store, register.pack)
            register.person = person or register.pack.staff
        return register

    def close(self) -> None:
        """Leave a snapshot that holds everything, and end the journal's segment."""
        with self._lock:
            self.forget_prepared()
            if self._stands:
                stand_at(None)
            self._store.close()
            finish_erasing(self._store)
            high_water.keep(self._store, newest=self._newest, made=self._made)
            if self.sitting is not None:
                self.sitting.leave()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def invented(self) -> bool:
        """Whether nobody in it is real."""
        return self._store.meta.invented

    @property
    def db(self) -> TinyDB:
        """TinyDB over the same records: its Query API; each of its writes is one commit."""
        if self._db is None:
            from senreg.store.tables import RegisterDB

            self._db = RegisterDB(self._store.state, self._write_unnamed)
        return self._db

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
                self._written(self._save(label, changes, kind=kind))

    def trial(self) -> Trial:
        """This register as it is now, in which anything can be tried: nothing of it is written."""
        from senreg.trial import Trial

        with self._lock:
            return Trial(self._store, self.person)

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

    def settle(self, conflict: str, value: Any) -> None:
        """Give a contested field the value a person chose. Raises as `settle_all` does."""
        self.settle_all({conflict: value})

    def settle_all(self, chosen: Mapping[str, Any]) -> None:
        """Give contested fields the values a person chose, by conflict: one commit, one undo.

        Raises NoSuchRecord for a conflict there is none of, InvalidRecord for a bad value; then
        nothing is settled.
        """
        known = {each.id: each for each in self.conflicts()}
        if not known.keys() >= chosen.keys():
            raise NoSuchRecord(
                "There is no such conflict; it may be settled already.",
                do="`senreg conflicts` lists those that are open.",
            )
        with self.commit("Settle a conflict" if len(chosen) == 1 else "Settle conflicts") as c:
            for place, value in chosen.items():
                conflict = known[place]
                if conflict.field == ARCHIVED:
                    (c.archive if value else c.restore)(conflict.record)
                else:
                    c.set(conflict.record, **{conflict.field: value})

    def refresh(self) -> bool:
        """Take in what other programs wrote to this folder; True where there was anything."""
        with self._lock:
            changed = self._store.fold()
        if changed:
            self._announce()
        return changed

    def merged(
        self,
        commits: Iterable[StoredCommit],
        label: str,
        brought: Mapping[str, tuple[int, int]] | None = None,
    ) -> None:
        """Take in commits of other copies as one commit, no step of undo; their erasures too.

        Args:
            commits: What is new here.
            label: What is done, in the program's own words.
            brought: By opening, from which of its lines to which all is known now.
        """
        also = {"knows": dict(brought)} if brought else None
        with self._lock, self._taking_newer():
            self._save(label, [], kind="merge", merged=commits, also=also)
            self._erase_what_was_left()
            finish_erasing(self._store)
            self._announce()

    def erase(self, erasure: Mapping[str, Any]) -> Scrubbed | None:
        """Take values out of every file (`senreg.erasure` asks first). Raises CannotWrite.

        None where the disk refused half-way: the next opening goes on.
        """
        if self.pack is not None:
            from senreg.pack_guard import refuse_in_pack

            refuse_in_pack(self.pack, "Erasing")
        change = Change(ERASURES, new_id(), dict(erasure))
        with self._lock:
            self._store.write("Erase a pupil", self.person, [change], kind="erase")
            done = finish_erasing(self._store)
            self._announce()
        return done

    def fields_changed(self, row: Row) -> frozenset[str]:
        """The fields of a record that may be changed here: all of them, but in a staff pack.

        `archived` is among them where the record may be put away.
        """
        if self.pack is not None:
            from senreg.pack_guard import fields_of_holder

            return fields_of_holder(self._store, self.pack, row)
        from senreg.models.tables import fields_of

        return frozenset({*(field.name for field in fields_of(row.table)), ARCHIVED})

    def keep_pack(
        self, record: str, values: Mapping[str, Any], label: str = "Make a staff pack"
    ) -> None:
        """Remember a staff pack, or what is new of it; no step of undo. Raises CannotWrite."""
        with self._lock:
            self._save(label, [Change(PACKS, record, dict(values))], kind="pack")
            self._announce()

    def keep_aside(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep what came back from a pack and was left, by id; no step of undo."""
        changes = [Change(ASIDE, record, dict(each)) for record, each in records.items()]
        with self._lock:
            self._save("Set aside what a pack brought", changes, kind="pack")
            self._announce()

    def _erase_what_was_left(self) -> None:
        """Of a child who was erased elsewhere, what a pack brought and was left here goes too."""
        erased = self._store.state.erased
        found: dict[str, list[str]] = {}
        for row in (*self.all(ASIDE), *self.all(ASIDE, archived=True)):
            if place_named("pupils", str(row["pupil"])) in erased:
                found.setdefault(str(row["pupil"]), []).append(place_named(ASIDE, row.id))
        for pupil, records in found.items():
            values = {"pupil": pupil, "records": sorted(records), "reason": "request"}
            change = Change(ERASURES, new_id(), values)
            self._store.write("Erase a pupil", self.person, [change], kind="erase")

    def note(self, label: str, kind: str, noted: Mapping[str, Any]) -> None:
        """A line of the journal of this copy that changes no record and goes into no bundle."""
        with self._lock:
            self._store.write(label, self.person, [], kind=kind, also={kind: dict(noted)})

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change, on the thread that made it.

        The result is called to stop that.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _reverse(self, step: StoredCommit | None, kind: str) -> Undone | None:
        if step is None:
            return None
        changes, left = reversal(self._store, step, self._session.own_reversals())
        label = step.get("label", "")
        self._written(self._save(label, changes, kind=kind, of=step["tx"]))
        records = {(change.table, change.record) for change in changes}
        return Undone(label, len(records), left)

    def _write_unnamed(self, changes: list[Change]) -> None:
        from senreg.models.tables import TABLES
        from senreg.models.validate import checked

        for change in changes:
            if change.table in TABLES:
                plain = {name: value for name, value in change.values.items() if name != "archived"}
                checked(change.table, plain, partial=True)
        with self._lock:
            self._written(self._save("Edit", changes))

    def _save(self, label: str, changes: list[Change], **more: Any) -> StoredCommit:
        if changes and self.pack is not None:
            from senreg.pack_guard import refuse_outside

            refuse_outside(self._store, self.pack, changes)
        if self.sitting is not None:
            self.sitting.before_edit()
        commit = self._store.write(label, self.person, changes, **more)
        if commit["ops"]:
            self._newest = commit["ops"][-1]["h"]
        return commit

    def _written(self, commit: StoredCommit) -> None:
        self._session.add(commit)
        self._announce()

    def _announce(self) -> None:
        self.version += 1
        for listener in list(self._listeners):
            listener()


def login_name() -> str:
    """Who is logged in on this machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
