"""Going back to a backup: first in words, then in one step.

A sound register goes back by one commit, which can be undone: what was since is put away or
set as it was, and stays in the history. A damaged or missing one is put together again from
the backup and from everything that can still be read in its folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from senreg import clock, high_water
from senreg.errors import SenregError, Unreadable
from senreg.register import Register, Row
from senreg.rules.naming import pupil_named
from senreg.rules.nouns import counted_list
from senreg.store.archive import ROOT, ArchivedFiles
from senreg.store.backups import REASONS, Backup, Backups, described
from senreg.store.changes import Change, changes_to
from senreg.store.codec import PlainCodec
from senreg.store.erasures import erasures_in
from senreg.store.files import Files
from senreg.store.journal import Commit
from senreg.store.mending import Found, look_into, mend
from senreg.store.operations import ARCHIVED
from senreg.store.reading_back import opened
from senreg.store.state import State
from senreg.store.unlocking import is_sealed_folder
from senreg.sync.forms import refuse_odd_values
from senreg.sync.merge import new_to, pupil_behind

if TYPE_CHECKING:
    from senreg.store.mending import Unlock

__all__ = ["REASONS", "Backup", "Backups", "described", "reason_words"]

LABEL = "Go back to a backup"


def reason_words(backup: Backup) -> str:
    """Why a backup was made, in words; of one that cannot be read, that it cannot."""
    if not backup.readable:
        return "Cannot be read"
    return REASONS.get(backup.reason, backup.reason)


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What going back would do. Nothing has changed yet.

    Args:
        made_at: When the backup was made, in milliseconds since 1970.
        reason: Why, one of REASONS.
        back: Records that come back.
        away: Records that are put away.
        changed: Records of which something is set as it was.
        details: The preview in words, by pupil.
    """

    made_at: int
    reason: str
    back: int
    away: int
    changed: int
    details: list[str]
    commits: list[Commit] = field(default_factory=list)
    """What the backup knows and the register does not: it is joined in first."""
    then: State = field(default_factory=State)

    @property
    def records(self) -> int:
        """How many records are touched."""
        return self.back + self.away + self.changed


def plan_restore(register: Register, backup: Path) -> RestorePlan:
    """What going back to a backup would do to a sound register.

    Raises Unreadable for what is no backup, is damaged, is of another register, or is sealed
    with keys that this register does not know.
    """
    archive = read_backup(backup)
    said = archive.manifest
    if said.register != register.register_id:
        raise Unreadable(
            "That is a backup of another register.", do="Restore it into a folder of its own."
        )
    codec = register.store.codec if is_sealed_folder(archive, ROOT) else PlainCodec()
    try:
        store = opened(archive, codec)
    except Unreadable:
        raise
    except SenregError as refused:
        raise Unreadable(
            "That backup does not open with the keys of this register.",
            do="Restore it into a folder of its own, with the passphrase of that time.",
        ) from refused
    if store.read_only:
        raise Unreadable("That backup is damaged.", do="Choose another one.")
    now, then = register.store.state, store.state
    changes = changes_to(now, then)
    kinds = Counter(_kind(now, each) for each in changes)
    commits = store.journal.commits()
    erased = now.erased | erasures_in(commits)
    return RestorePlan(
        said.made_at,
        said.reason,
        kinds["back"],
        kinds["away"],
        kinds["changed"],
        _in_words(register, then, changes),
        new_to(register.store.known(), commits, erased),
        then,
    )


def apply_restore(register: Register, plan: RestorePlan) -> None:
    """Go back, in one commit that can be undone; a backup of what is now is made before."""
    refuse_odd_values(plan.commits)
    register.before("restore")
    if plan.commits:
        register.merged(plan.commits, "Join what a backup held")
    changes = changes_to(register.store.state, plan.then)
    refuse_odd_values([{"ops": [{"table": each.table, "v": each.values} for each in changes]}])
    with register.commit(LABEL) as c:
        c.take(changes)


@dataclass(frozen=True, slots=True)
class MendPlan:
    """What putting a register together again would do.

    Args:
        made_at: When the backup was made, in milliseconds since 1970.
        reason: Why.
        details: The preview in words.
    """

    made_at: int
    reason: str
    details: list[str]
    archive: ArchivedFiles
    folder: Path
    found: Found


def state_of(folder: Path, unlock: Unlock | None = None) -> Found:
    """Whether the register in a folder is sound, damaged or not there; see `look_into`."""
    return look_into(folder, unlock)


def plan_mend(
    backup: Path, folder: Path, found: Found, *, unlock: Unlock | None = None
) -> MendPlan:
    """What putting a damaged or missing register together would do.

    Raises:
        Locked: The backup is sealed, and was not unlocked.
        Unreadable: It is no backup, is damaged, or is one of another register.
    """
    archive = read_backup(backup)
    would = mend(archive, folder, found, by="", unlock=unlock, dry_run=True)
    details = ["The register is made anew from the backup."]
    if found.state != "none":
        changes = _many(would.commits, "saved change")
        join = "is" if would.commits == 1 else "are"
        details.append(f"{changes} made since can still be read, and {join} joined in.")
        details.append("The damaged files are moved into a folder of their own, never deleted.")
    said = archive.manifest
    return MendPlan(said.made_at, said.reason, details, archive, folder, found)


def unlocking(typed: str | None) -> Unlock | None:
    """What opens a sealed backup by a passphrase, or by the printed recovery key."""
    return None if typed is None else lambda file: file.open_by(typed)


def plan_for(register: Register, backup: Path) -> RestorePlan | MendPlan:
    """What going back would do to an open register, sound or damaged. Raises as both plans do."""
    if not (register.read_only and register.warnings):
        return plan_restore(register, backup)
    unlock = _keys_of(register)
    return plan_mend(backup, register.path, look_into(register.path, unlock), unlock=unlock)


def mended(register: Register, plan: MendPlan) -> Register:
    """A damaged register that was open, put together and open again; the old one is closed.

    Raises as `apply_mend`; the register is closed all the same.
    """
    keys, person = register.store.keys, register.person
    register.close()
    apply_mend(plan, by=person, unlock=_keys_of(register))
    return Register.open(plan.folder, unlock=keys, person=person)


def _keys_of(register: Register) -> Unlock | None:
    keys = register.store.keys
    return (lambda _file: keys) if keys is not None else None


def apply_mend(plan: MendPlan, *, by: str, unlock: Unlock | None = None) -> list[str]:
    """Put the register together, and say what was done. Raises as `plan_mend`, CannotWrite."""
    done = mend(plan.archive, plan.folder, plan.found, by=by, unlock=unlock)
    high_water.forget(plan.folder)
    told = [f"The register at {plan.folder} is whole again."]
    if done.commits:
        told.append(f"{_many(done.commits, 'saved change')} made since the backup came with it.")
    if done.kept:
        told.append(f"{_many(done.kept, 'record')} had values that only the snapshot still held.")
    if done.aside is not None:
        told.append(f"The damaged files lie in {done.aside}.")
    return told


def read_backup(path: Path) -> ArchivedFiles:
    """A backup, every byte of it found to be what was written. Raises Unreadable."""
    try:
        archive = ArchivedFiles(Files().read(path))
        archive.check()
    except OSError as refusal:
        raise Unreadable(
            f"That backup cannot be read whole: {refusal.strerror or 'unknown reason'}.",
            do="Choose another one.",
        ) from refusal
    return archive


def made_words(made_at: int, reason: str) -> str:
    """A backup in a sentence: 'The backup of 2026-11-25 09:41, made before an import.'."""
    why = REASONS.get(reason, "")
    return f"The backup of {clock.shown(made_at)}" + (
        f", made {why[:1].lower()}{why[1:]}." if why.startswith("Before") else "."
    )


def _kind(now: State, change: Change) -> str:
    document = now.document(change.table, change.record)
    if document is None:
        return "back"
    put_away = change.values.get(ARCHIVED)
    if put_away is None:
        return "changed"
    return "away" if put_away else "back"


def _in_words(register: Register, then: State, changes: list[Change]) -> list[str]:
    """A sentence for each pupil, and one for what belongs to none."""

    def get(record: str) -> Row | None:
        row = register.get(record)
        if row is not None:
            return row
        table = then.table_of(record)
        document = then.document(table, record) if table else None
        return Row(table, record, document) if table and document is not None else None

    told: dict[str, dict[str, Counter[str]]] = {}
    for change in changes:
        name = _of_whom(change, get)
        kind = _kind(register.store.state, change)
        told.setdefault(name, {}).setdefault(kind, Counter())[change.table] += 1
    return [_sentence(name, kinds) for name, kinds in sorted(told.items())]


def _of_whom(change: Change, get: Callable[[str], Row | None]) -> str:
    row = get(change.record)
    pupil = change.record if change.table == "pupils" else pupil_behind(row, get)
    return pupil_named(pupil, get) if pupil else "The school"


_KINDS = (("back", "comes back"), ("away", "is put away"), ("changed", "is as it was then"))


def _sentence(name: str, kinds: dict[str, Counter[str]]) -> str:
    parts = [
        f"{words}: {counted_list(dict(kinds[kind]))}" for kind, words in _KINDS if kind in kinds
    ]
    return f"{name}: {'; '.join(parts)}."


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")
