"""The store with one of its rules left out: each must be found by a harness.

A mutant is a change to a function of the store or to the files it is given, and the harness
that is to find it. `caught` gives what the harness found, empty where that is nothing.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from senreg.errors import CannotWrite
from senreg.store import codec, journal, rekeying, segments
from senreg.store.files import BACKUP, REGISTER
from senreg.store.folder import Store
from senreg.store.journal import HISTORY
from senreg.store.keeping import Keeper
from senreg.store.writer import Writer
from tests.store.crash.damage import Victim, damages, wrong_with
from tests.store.crash.disk import DiskFiles
from tests.store.crash.enumerate_states import Findings, explore, no_collecting
from tests.store.crash.faults import refusals, verdict_on
from tests.store.crash.forms import Form, Plain, Sealed
from tests.store.crash.steps import STEPS, Step, change_keys, close_and_open, edit

Patch = pytest.MonkeyPatch
_SEEDS = 12
_LENGTH = 16


@dataclass(frozen=True)
class Mutant:
    """A rule left out, and how it is looked for."""

    name: str
    apply: Callable[[Patch], None]
    caught: Callable[[], str]


def by_states(model: str, form: Form, steps: Sequence[tuple[Step, int]] = STEPS) -> str:
    findings = Findings()
    for seed in range(_SEEDS):
        explore(form, model, seed, length=_LENGTH, steps=steps, findings=findings)
        if findings.kinds:
            return str(findings.first)
    return ""


def by_faults(form: Form) -> str:
    with no_collecting():
        for given in refusals(form):
            verdict = verdict_on(form, given)
            if verdict.kind:
                return f"{verdict} after {given}"
    return ""


def by_damage(form: Form) -> str:
    with no_collecting():
        victim = Victim(form)
        for name in victim.names():
            for damage in damages(victim, name, every_bit=False):
                wrong = wrong_with(victim, damage)
                if wrong:
                    return f"{damage}: {wrong}"
    return ""


def posix() -> str:
    return by_states("posix", Plain())


def stick() -> str:
    return by_states("fat", Plain())


def stick_with_new_keys() -> str:
    return by_states("fat", Sealed(), ((edit, 3), (close_and_open, 3), (change_keys, 2)))


def new_keys() -> str:
    return by_states("posix", Sealed(), ((edit, 3), (close_and_open, 2), (change_keys, 2)))


def faults() -> str:
    return by_faults(Plain())


def damage() -> str:
    return by_damage(Plain())


# --- Reading ---------------------------------------------------------------------------------


def checksum_ignored(patch: Patch) -> None:
    def payload(self: codec.PlainLines, line: bytes) -> tuple[int, bytes]:
        number, _, rest = line[1:-1].split(b",", 2)
        return int(number), rest

    patch.setattr(codec.PlainLines, "payload", payload)


def no_cap(patch: Patch) -> None:
    def lines(found: list[segments.Segment]) -> tuple[dict[int, Any], bool]:
        every: dict[int, Any] = {}
        for each in found:
            every |= each.lines
        return every, any(each.damaged for each in found)

    for name, module in list(sys.modules.items()):
        if name.startswith("senreg.store.") and hasattr(module, "lines_of_opening"):
            patch.setattr(module, "lines_of_opening", lines)


def damage_not_told(patch: Patch) -> None:
    patch.setattr(Store, "_only_read", lambda self, sentence: None)
    patch.setattr(journal.Journal, "lost", lambda self, included: 0)


# --- Writing lines ---------------------------------------------------------------------------


def line_not_synced(patch: Patch) -> None:
    patch.setattr(
        Writer, "_add", lambda self, descriptor, data: self._files.append(descriptor, data)
    )


def header_not_synced_before_the_line(patch: Patch) -> None:
    def add(self: Writer, descriptor: int, data: bytes) -> None:
        self._files.append(descriptor, data)
        if not data.startswith(b"[-1,"):
            self._files.sync(descriptor)

    patch.setattr(Writer, "_add", add)


def sync_tried_again(patch: Patch) -> None:
    def add(self: Writer, descriptor: int, data: bytes) -> None:
        self._files.append(descriptor, data)
        try:
            self._files.sync(descriptor)
        except OSError:
            self._files.sync(descriptor)

    patch.setattr(Writer, "_add", add)


def file_used_after_a_refusal(patch: Patch) -> None:
    abandon = Writer._abandon

    def keep(self: Writer) -> None:
        if self._descriptor is not None and self._files.is_gone(self._descriptor):
            abandon(self)

    patch.setattr(Writer, "_abandon", keep)


def number_given_again(patch: Patch) -> None:
    append = Writer.append

    def again(self: Writer, *arguments: Any) -> int:
        before = self.lines
        try:
            return append(self, *arguments)
        except OSError:
            self.lines = before
            raise

    patch.setattr(Writer, "append", again)


def memory_ahead_of_the_disk(patch: Patch) -> None:
    append = Store._append

    def ahead(self: Store, commit: Any) -> None:
        try:
            append(self, commit)
        except CannotWrite:
            header = {"copy": self.meta.copy, "opening": self._writer.opening}
            self._take(header | commit)
            raise

    patch.setattr(Store, "_append", ahead)


# --- Names -----------------------------------------------------------------------------------


def names_not_synced(wanted: Callable[[Path], bool]) -> Callable[[Patch], None]:
    """Files that forget to make some names durable."""

    def apply(patch: Patch) -> None:
        sync = DiskFiles.sync_entry
        patch.setattr(
            DiskFiles, "sync_entry", lambda self, path: None if wanted(path) else sync(self, path)
        )

    return apply


def whole_files_not_synced(patch: Patch) -> None:
    def write_whole(self: DiskFiles, path: Path, data: bytes) -> None:
        descriptor = self.create(path)
        self.append(descriptor, data)
        self.close(descriptor)

    patch.setattr(DiskFiles, "write_whole", write_whole)


# --- Snapshots and what is put away ----------------------------------------------------------


def segments_deleted_early(patch: Patch) -> None:
    """Deleted once the new snapshot has them, whether or not its name is durable."""

    def delete(self: Keeper, found: journal.Journal, meta: Any) -> None:
        for opening, paths in found.open_segments().items():
            if opening in meta.ended:
                for path in paths:
                    self._files.remove(path)

    patch.setattr(Keeper, "seal_away", delete)
    names_not_synced(lambda path: path.name == REGISTER)(patch)


def segments_moved(patch: Patch) -> None:
    def move(self: Keeper, segment: Path) -> None:
        self._files.make_folder(segment.parent / HISTORY)
        self._files.replace(segment, segment.parent / HISTORY / segment.name)
        self._files.sync_entry(segment.parent / HISTORY / segment.name)

    patch.setattr(Keeper, "_put_away", move)


def snapshot_without_the_others(patch: Patch) -> None:
    """A snapshot that does not take in what other programs left, and says that it has."""

    def fold(self: Store) -> bool:
        for opening, paths in self.journal.open_segments().items():
            found = segments.lines_of_opening(self.journal.read(paths))[0]
            self.meta.included[opening] = max(found, default=-1) + 1
        return False

    snapshot = Store.snapshot

    def without(self: Store, **how: Any) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(Store, "_fold", fold)
            snapshot(self, **how)

    patch.setattr(Store, "snapshot", without)


# --- New keys --------------------------------------------------------------------------------


def orphans_discarded(patch: Patch) -> None:
    patch.setattr(rekeying, "put_in_place", lambda files, folders: None)


def keys_written_last(patch: Patch) -> None:
    """The new key file comes only when everything is already written under the new key."""
    held: list[Any] = []

    def later(files: Any, where: Path, keys: Any) -> None:
        if keys.unfinished:
            held.append(keys)
        else:
            write(files, where, keys)

    write = rekeying.write_keys
    patch.setattr(rekeying, "write_keys", later)
    patch.setattr(Store, "_check_keys", lambda self: None)


MUTANTS = (
    Mutant("the checksum of a line is ignored", checksum_ignored, damage),
    Mutant("a segment does not cap the one before", no_cap, faults),
    Mutant("damage is not told", damage_not_told, damage),
    Mutant("a line is acknowledged before it is synced", line_not_synced, posix),
    Mutant("a header is not synced first", header_not_synced_before_the_line, posix),
    Mutant("a sync that failed is tried again", sync_tried_again, faults),
    Mutant("a file is used after a refusal", file_used_after_a_refusal, faults),
    Mutant("the number of a refused line is given again", number_given_again, faults),
    Mutant("memory runs ahead of the disk", memory_ahead_of_the_disk, faults),
    Mutant(
        "a segment's name is not synced",
        names_not_synced(lambda path: path.name.endswith(".jsonl") and path.parent.name != HISTORY),
        posix,
    ),
    Mutant("a folder's name is not synced", names_not_synced(lambda path: not path.suffix), posix),
    Mutant(
        "a name in history is not synced",
        names_not_synced(lambda path: path.parent.name == HISTORY),
        posix,
    ),
    Mutant(
        "the backup's name is not synced", names_not_synced(lambda path: path.name == BACKUP), stick
    ),
    Mutant("files written whole are not synced", whole_files_not_synced, posix),
    Mutant("segments are deleted early", segments_deleted_early, posix),
    Mutant("segments are moved into history", segments_moved, stick),
    Mutant("a snapshot leaves the others out", snapshot_without_the_others, posix),
    Mutant("what lies beside a lost segment is discarded", orphans_discarded, stick_with_new_keys),
    Mutant("new keys are written last", keys_written_last, new_keys),
)
"""Each rule whose absence was tried."""
