"""A sync folder: a network share, a stick or a cloud-synced folder in which copies meet.

Each copy writes only files of its own there, each once, and reads everybody's: no file has two
writers, and none is ever changed. A file holds what the folder lacked of what its copy knows.
A copy's own files are brought together into one now and then; those before it are removed only
when that one was found in the folder, whole, at a later sync.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from senreg import clock, export_log
from senreg.errors import CannotWrite, Unreadable
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.journal import Commit
from senreg.store.operations import new_id
from senreg.store.refusals import only_reading
from senreg.sync import copies
from senreg.sync.bundle import ENDING, Bundle, commits_of, packed
from senreg.sync.folder_files import (
    UNFINISHED,
    Contents,
    Lying,
    PassedBy,
    Watch,
    file_name,
    names_in,
    read_folder,
    refuse_folder,
)
from senreg.sync.merge import MergePlan, apply_merge, edits_by_copy, new_to, plan_merge

__all__ = [
    "Looked",
    "PassedBy",
    "Synced",
    "look_into",
    "meet",
    "new_files",
    "sync_folder",
    "unsent",
    "waiting",
]

MOST_OWN = 8
"""Files of its own above which a copy brings them together into one."""

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Looked:
    """What a sync would bring in. Nothing has changed yet."""

    folder: Path
    plan: MergePlan
    contents: Contents

    @property
    def passed(self) -> list[PassedBy]:
        """Files that cannot be used this time."""
        return self.contents.passed


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did."""

    plan: MergePlan
    """What came."""
    sent: int
    """Edits that were written into the folder."""
    passed: list[PassedBy]
    """Files that could not be used this time."""
    lost: int
    """Changes that are in the records and, because the journal lost them, not in the folder."""


def sync_folder(
    register: Register, folder: Path, watch: Watch | None = None, *, files: Files | None = None
) -> Synced:
    """Bring in what others left in a folder, and leave there what it lacks of this copy's.

    Args:
        register: The register, open for writing.
        folder: The folder; it must be there.
        watch: Told the steps done and all steps; what it raises stops the work before anything
            was changed.
        files: The disk.

    Raises:
        ReadOnly: The register is open for reading.
        Unreadable: The folder cannot be reached; nothing was changed.
        CannotWrite: The disk refused. What came is kept; the next sync goes on.
    """
    if register.read_only:
        raise only_reading(register.warnings)
    return meet(register, look_into(register, folder, watch, files=files), files=files)


def look_into(
    register: Register, folder: Path, watch: Watch | None = None, *, files: Files | None = None
) -> Looked:
    """What a sync would bring in; nothing is changed. Raises Unreadable."""
    refuse_folder(register, folder)
    found = read_folder(register, folder, watch or _unwatched, files or Files())
    fresh = [commit for each in found.files for commit in each.fresh]
    plan = plan_merge(register, _as_bundle(register, fresh))
    return Looked(folder, plan, found)


def meet(register: Register, looked: Looked, *, files: Files | None = None) -> Synced:
    """Do what was looked at: merge with a backup first, then write what the folder lacks.

    Raises as `sync_folder` does.
    """
    disk = files or Files()
    apply_merge(register, looked.plan)
    before = copies.remembered(register.copy_id)
    # What came is remembered also where the folder cannot be written to.
    copies.met(register, _seen(looked.contents.files), looked.plan.by_copy)
    sent = _send(register, looked, disk)
    if sent and before.folder != str(looked.folder.absolute()):
        export_log.note(register, export_log.BUNDLE, "Files in a sync folder", looked.folder)
    copies.synced(register, looked.folder, _done_with(register, looked, disk))
    return Synced(looked.plan, sent, looked.passed, register.lost_changes)


def unsent(register: Register, looked: Looked) -> int:
    """How many edits of this register the folder lacks; it reads the whole journal."""
    return _count(new_to(looked.contents.held, commits_of(register)))


def waiting(register: Register, *, files: Files | None = None) -> dict[str, int]:
    """By copy, how many edits wait in the remembered folder; it reads only files new there.

    The register may be written to meanwhile. Raises Unreadable where the folder cannot be
    reached, or none is remembered.
    """
    remembered = copies.remembered(register.copy_id)
    folder = Path(remembered.folder)
    refuse_folder(register, folder)
    found = read_folder(
        register,
        folder,
        _unwatched,
        files or Files(),
        passing=remembered.files,
        known=register.store.journal.operation_ids(),
    )
    fresh = [commit for each in found.files for commit in each.fresh]
    return edits_by_copy(new_to(set(), fresh))


def new_files(register: Register, *, files: Files | None = None) -> int:
    """How many files of others stand in the remembered folder since the last sync.

    Only names are read. Raises Unreadable as `waiting` does.
    """
    known = copies.remembered(register.copy_id)
    folder = Path(known.folder)
    refuse_folder(register, folder)
    own = f"{register.copy_id}-"
    new = set(names_in(files or Files(), folder)) - set(known.files)
    return sum(not each.startswith(own) and each.endswith(ENDING) for each in new)


def _done_with(register: Register, looked: Looked, files: Files) -> list[str]:
    """The names of files in which nothing waits: those that were used, and one's own."""
    passed = {each.name for each in looked.passed}
    used = {each.name for each in looked.contents.files} - passed
    with suppress(Unreadable):
        own = f"{register.copy_id}-"
        used.update(each for each in names_in(files, looked.folder) if each.startswith(own))
    return sorted(used)


def _send(register: Register, looked: Looked, files: Files) -> int:
    """Write what the folder lacks; how many edits that was. Raises CannotWrite."""
    try:
        refuse_folder(register, looked.folder)
        count = _write_lacking(register, looked, files)
        # What they hold was written anew under the key in use.
        for name in looked.contents.outdated:
            files.remove(looked.folder / name)
        _sweep(register, looked.folder, files)
    except OSError as refusal:
        raise _refused(refusal.strerror or "unknown reason") from refusal
    except Unreadable as gone:
        raise _refused("it is not there any more") from gone
    return count


def _refused(why: str) -> CannotWrite:
    return CannotWrite(
        f"The sync folder could not be written to: {why}.",
        safe="What came from it is kept, and everything saved here is safe.",
        do="Make room there or plug it in again, then sync again.",
    )


def _write_lacking(register: Register, looked: Looked, files: Files) -> int:
    folder, erased = looked.folder, register.store.state.erased
    own = [each for each in looked.contents.files if each.own]
    own = _without_superseded(own, folder, files, erased)
    spoiled = [each for each in own if not erased.isdisjoint(each.valued)]
    commits = commits_of(register)
    lacking = new_to(looked.contents.held, commits)
    count = _count(lacking)
    if spoiled or len(own) > MOST_OWN:
        lacking = _only(commits, _ids(lacking).union(*(each.ids for each in own)))
    if not lacking:
        return 0
    written = packed(register, lacking)
    name = _put(register, folder, written, files)
    if spoiled and files.read(folder / name) == written:
        # The law's erasure does not wait for a later sync.
        for each in spoiled:
            if _needed(each, erased) <= _ids(lacking):
                files.remove(folder / each.name)
    return count


def _without_superseded(
    own: list[Lying], folder: Path, files: Files, erased: set[str]
) -> list[Lying]:
    """Remove those of one's own files of which another, read here just now, holds everything."""
    kept: list[Lying] = []
    for each in sorted(own, key=lambda each: (-len(each.ids), each.name)):
        stays = any(
            _needed(each, erased) <= other.ids and files.size(folder / other.name) is not None
            for other in kept
            if erased.isdisjoint(other.valued) or not erased.isdisjoint(each.valued)
        )
        if stays:
            files.remove(folder / each.name)
        else:
            kept.append(each)
    return kept


def _needed(each: Lying, erased: set[str]) -> set[str]:
    """The operations of a file that must not be lost: all but those of erased records."""
    return {h for h, place in each.places.items() if place not in erased}


def _put(register: Register, folder: Path, written: bytes, files: Files) -> str:
    """Write a file beside its place, then give it its name. Raises OSError."""
    name = file_name(register.copy_id, written)
    beside = folder / f"{name}.{new_id()}{UNFINISHED}"
    try:
        files.write_whole(beside, written)
        files.replace(beside, folder / name)
    except OSError:
        files.discard(beside)
        raise
    files.sync_entry(folder / name)
    return name


def _sweep(register: Register, folder: Path, files: Files) -> None:
    """Remove what this copy began to write a day ago or longer, and a crash left unfinished."""
    with suppress(OSError):
        for name in files.names(folder):
            if name.startswith(f"{register.copy_id}-") and name.endswith(UNFINISHED):
                path = folder / name
                if clock.milliseconds() - files.modified(path) > _DAY_MS:
                    files.discard(path)


def _only(commits: list[Commit], wanted: set[str]) -> list[Commit]:
    """The commits with only those of their operations that are wanted."""
    some = []
    for commit in commits:
        operations = [each for each in commit["ops"] if each["h"] in wanted]
        if operations:
            some.append(commit | {"ops": operations})
    return some


def _ids(commits: list[Commit]) -> set[str]:
    return {each["h"] for commit in commits for each in commit["ops"]}


def _count(commits: list[Commit]) -> int:
    return sum(len(each["ops"]) for each in commits)


def _seen(lying: list[Lying]) -> list[copies.Copy]:
    """The copies that wrote these files, each as its latest file has it."""
    latest: dict[str, Lying] = {}
    for each in lying:
        if each.copy not in latest or latest[each.copy].made_at < each.made_at:
            latest[each.copy] = each
    return [copies.Copy(each.copy, each.by, each.machine, each.made_at) for each in latest.values()]


def _as_bundle(register: Register, commits: list[Commit]) -> Bundle:
    return Bundle(
        register=register.register_id,
        copy="",
        school="",
        invented=register.invented,
        made_at=0,
        by="",
        commits=commits,
    )


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""
