"""Files with one thing wrong with them, and what may come of that."""

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

from senreg.errors import SenregError
from senreg.store.files import BACKUP
from senreg.store.folder import Change
from senreg.store.journal import Commit
from tests.store.crash.disk import ROOT, Disk, DiskFiles
from tests.store.crash.forms import Form, View
from tests.store.crash.states import State

_MORE_FLIPS = 150


class Damage(NamedTuple):
    """A file as it is after a piece was cut off or a bit was turned."""

    name: str
    written: bytes
    cut: bool
    place: int

    def __str__(self) -> str:
        return f"{self.name.rpartition('/')[2]} {'cut' if self.cut else 'changed'} at {self.place}"


class Victim:
    """A register with every kind of file, the last of its programs killed in mid-sitting."""

    def __init__(self, form: Form) -> None:
        self.form = form
        disk = Disk()
        files = DiskFiles(disk)
        self.commits: list[Commit] = []
        store = form.create(files)
        for sitting in range(4):
            for number in range(2 if sitting < 3 else 3):
                name = f"Ó {sitting}-{number}"
                changes = [
                    Change("pupils", f"r{sitting}-{number}", {"surname": name}),
                    Change("pupils", "shared", {"n": 10 * sitting + number}),
                ]
                self.commits.append(store.write(name, "me", changes))
            if sitting < 3:
                store.close()
                store = form.open(files)
        self.content = disk.content()
        self.live = [each["tx"] for each in self.commits[-3:]]
        """The commits that no snapshot has."""

    def names(self) -> list[str]:
        return [name for name, data in self.content.items() if data]

    @cached_property
    def views(self) -> tuple[list[View], list[View]]:
        """What may be shown: after a turned bit, and after a cut."""
        every = self.commits
        one_missing = [every[:n] + every[n + 1 :] for n in range(len(every))]
        prefixes = [every[:n] for n in range(len(every) - 3, len(every))]
        view = self.form.expected
        return (
            [view(each) for each in [every, *one_missing]],
            [view(each) for each in [every, *prefixes]],
        )


def damages(victim: Victim, name: str, *, every_bit: bool) -> Iterator[Damage]:
    """A cut at every byte, and at every byte a turned bit, or all eight one after another."""
    whole = victim.content[name] or b""
    for place in range(len(whole)):
        yield Damage(name, whole[:place], cut=True, place=place)
        for bit in range(8) if every_bit else (place % 8,):
            yield _turned(name, whole, place, bit)
    drawn = Random(name.rpartition("-")[0])
    for _ in range(0 if every_bit else _MORE_FLIPS):
        yield _turned(name, whole, drawn.randrange(len(whole)), drawn.randrange(8))


def _turned(name: str, whole: bytes, place: int, bit: int) -> Damage:
    changed = bytes([whole[place] ^ 1 << bit])
    return Damage(name, whole[:place] + changed + whole[place + 1 :], cut=False, place=place)


def wrong_with(victim: Victim, damage: Damage) -> str:
    """What a damaged register does that it must not; empty where that is nothing."""
    content: State = {**victim.content, damage.name: damage.written}
    disk = Disk.holding(content)
    try:
        store = victim.form.open(DiskFiles(disk))
    except SenregError as told:
        return f"it does not open: {told.happened}"
    try:
        found = {each["tx"]: each for each in victim.form.commits(store)}
    except (LookupError, TypeError, ValueError) as raised:
        return f"looking back raises {raised!r}"
    missing = [each for each in victim.commits if each["tx"] not in found]
    whole = [each for each in victim.commits if found.get(each["tx"], each)["ops"] == each["ops"]]
    if len(whole) < len(victim.commits) or len(found) + len(missing) > len(victim.commits):
        return "a commit reads otherwise, or one was invented"
    if victim.form.view(store) not in victim.views[damage.cut]:
        return "what is shown is neither all nor all but one commit"
    told = store.read_only or store.warnings or store.journal.lost(store.meta.included)
    if damage.cut:
        if missing and not told and not _live_tail(victim, missing):
            return "commits are missing and nobody was told"
    elif len(missing) > 1:
        return "more than one commit was set aside"
    elif missing and not told:
        return "a commit is missing and nobody was told"
    if not told and not missing:
        return ""
    return _kept(store, disk, damage)


def _live_tail(victim: Victim, missing: list[Commit]) -> bool:
    """Whether they are the last that were written: a cut tail is as a write cut off."""
    gone = [each["tx"] for each in missing]
    return gone == victim.live[-len(gone) :]


def _kept(store: Any, disk: Disk, damage: Damage) -> str:
    """Work goes on, if it may: the damaged bytes are still somewhere afterwards."""
    if not store.read_only:
        store.write("Later", "me", [Change("pupils", "later", {"surname": "x"})])
    store.close()
    # The backup is written anew with each snapshot, and holds nothing that is not elsewhere; in
    # a segment that was cut off behind a line there is nothing that cannot be read.
    if damage.name == str(ROOT / BACKUP) or (damage.cut and damage.written.endswith(b"\n")):
        return ""
    return "" if damage.written in disk.content().values() else "the damaged bytes are gone"
