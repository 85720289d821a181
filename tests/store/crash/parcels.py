"""What leaves a register's folder, or can be made anew, with one thing wrong with it.

Backups and the note of those that were read back, bundles, staff packs and what comes back from
them, files of a sync folder, drafts, the index of history, who has a register open, what a machine
remembers of it and of the copies it met, and the settings of the machine: each is refused in a
sentence, counts for nothing, or is read as exactly what was written.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from screens.forms.drafts import keep_draft, load_draft
from senreg import high_water
from senreg.errors import SenregError, Unreadable
from senreg.paths import settings_folder, state_folder
from senreg.register import Register
from senreg.restoring import plan_mend, plan_restore, state_of, unlocking
from senreg.settings import Settings
from senreg.store import index as indexing
from senreg.store.backups import described
from senreg.store.index import INDEX
from senreg.store.journal import HISTORY
from senreg.store.lock import IN_USE, Seat
from senreg.store.verified import BACKUPS
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.copies import Copy, Remembered, met, remembered, synced
from senreg.sync.folder import look_into, sync_folder
from senreg.sync.join import join
from senreg.sync.merge import plan_merge
from senreg.sync.packs import pack_keys
from senreg.vault import unlock, unlock_with_recovery
from tests.store.crash.disk import ROOT, Disk, DiskFiles
from tests.store.crash.forms import Form, Plain, Sealed, first_changes, shown
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY
from tests.sync.packing import TODAY, WORDS, joined, make_pack, school_of_two_classes

KEPT_OF_A_BUNDLE = ("keys", "recovery")
"""Of a bundle that was read, what is not from its contents."""

_numbers = count()

Reading = Callable[[bytes], Any]
"""What comes of these bytes, to be compared with ==; raises SenregError where it refuses them."""


@dataclass(slots=True)
class Parcel:
    """A file as it was written, what comes of it, and what must not change by reading it."""

    name: str
    whole: bytes
    read: Reading
    untouched: Callable[[], Any]

    def wrong_with(self, written: bytes) -> str:
        """What is made of these bytes that must not be; empty where that is nothing."""
        expected, before = self.expected, self.untouched()
        try:
            found = self.read(written)
        except SenregError as told:
            if not told.happened or "\n" in told.happened or "Traceback" in told.happened:
                return f"not told in a sentence: {told.happened!r}"
            found = None
        except Exception as raised:
            return f"raises {raised!r}"
        if self.untouched() != before:
            return "it was refused or looked at, and something changed"
        return "" if found is None or found == expected else "it is read as something else"

    @property
    def expected(self) -> Any:
        """What comes of it whole."""
        if self._expected is None:
            self._expected = self.read(self.whole)
        return self._expected

    _expected: Any = None


def spoilt(whole: bytes, *, stride: int, flips: int, name: str) -> Iterator[tuple[str, bytes]]:
    """A file cut, and with a bit turned, at every so-manieth byte and at random places.

    A stride of 1 is every cut and every bit of every byte.
    """
    for place in range(0, len(whole), stride):
        yield f"cut at {place}", whole[:place]
        for bit in range(8) if stride == 1 else (place // stride % 8,):
            yield f"bit {bit} turned at {place}", turned(whole, place, bit)
    drawn = Random(name)
    for _ in range(flips):
        place, bit = drawn.randrange(len(whole)), drawn.randrange(8)
        yield f"bit {bit} turned at {place}", turned(whole, place, bit)


def turned(whole: bytes, place: int, bit: int) -> bytes:
    """A file with one bit of one byte the other way round."""
    return whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]


@contextmanager
def parcels(home: Path) -> Iterator[list[Parcel]]:
    """Every kind, plain and sealed, in a folder that is made and used for them."""
    with ExitStack() as stack:
        stack.enter_context(patch("senreg.store.keys.calibrated", lambda: CHEAP))
        stack.enter_context(patch("senreg.clock.today", lambda: TODAY))
        stack.enter_context(patch.dict("os.environ", {"SENREG_HOME": str(home / "home")}))
        stack.enter_context(patch.object(indexing, "WORTH", 1))
        made: list[Parcel] = []
        for sealed in (False, True):
            folder = home / ("sealed" if sealed else "plain")
            made += _of_a_school(folder, stack, sealed=sealed)
            made.append(_index(Sealed() if sealed else Plain()))
        yield made


def _of_a_school(home: Path, stack: ExitStack, *, sealed: bool) -> list[Parcel]:
    home.mkdir(parents=True)
    school = stack.enter_context(school_of_two_classes(home / "senco", sealed=sealed))
    export_bundle(school, home / "first")
    passphrase = PASSPHRASE if sealed else None
    second = stack.enter_context(
        join(home / "first", home / "second", person="4B", passphrase=passphrase)
    )
    made = [_backup(school, home), _backup_elsewhere(school, home, passphrase), _noted(school)]
    _edit(second, "ben", "Counts in [fives]")
    made += [
        _bundle("bundle that is merged", school, second, home),
        _joining("bundle that is joined", home / "first", home, passphrase, RECOVERY_KEY),
        _sync_file(school, second, home),
        _draft(school, home),
        _in_use(school),
        _seen(school, home, stack, sealed=sealed),
        _met(school),
        _settings(school),
    ]
    if sealed:
        make_pack(school, home / "pack")
        copy = stack.enter_context(joined(home / "pack", home / "teacher"))
        _edit(copy, "ada", "小明 ‘reads’ to O'Neill")
        made += [
            _joining("staff pack", home / "pack", home, WORDS),
            _bundle("what comes back from a pack", school, copy, home),
        ]
    for each in made:
        each.name = f"{'sealed' if sealed else 'plain'} {each.name}"
    return made


def _edit(register: Register, pupil: str, strengths: str) -> None:
    with register.commit("Edit") as c:
        c.set(pupil, strengths=strengths)


def _standing(register: Register) -> Callable[[], Any]:
    """A register's version, which every change moves."""
    return lambda: register.version


def _plan(plan: Any) -> Any:
    """All that a plan of going back holds, as values."""
    told = {each.name: getattr(plan, each.name) for each in fields(plan)}
    return told | {"then": shown(plan.then)}


def _backup(school: Register, home: Path) -> Parcel:
    """A backup among the others of its register: listed, verified, and gone back to."""
    path = home / "spoilt.backup"
    whole = school.backups.back_up().path.read_bytes()
    _edit(school, "cem", "since the backup")

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        verified = _verified(school, path)
        plan = _plan(plan_restore(school, path))
        if not verified:
            raise AssertionError("what is not verified can be gone back to")
        return plan

    return Parcel("backup", whole, read, _standing(school))


def _verified(school: Register, path: Path) -> bool:
    try:
        school.backups.verify(described(path))
    except Unreadable:
        return False
    return True


def _backup_elsewhere(school: Register, home: Path, passphrase: str | None) -> Parcel:
    """A backup from which a register that is gone is made anew."""
    path, nowhere = home / "elsewhere.backup", home / "nowhere"
    whole = school.backups.back_up().path.read_bytes()
    unlock = unlocking(passphrase)

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        plan = plan_mend(path, nowhere, state_of(nowhere, unlock), unlock=unlock)
        return plan.made_at, plan.reason, plan.details, dict(plan.archive.members())

    return Parcel("backup of a register that is gone", whole, read, nowhere.exists)


def _noted(school: Register) -> Parcel:
    """When each backup was read back: that, or nothing."""
    path = school.path / BACKUPS / "verified.json"

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = [each.verified_at for each in school.backups.all()]
        if not any(found):
            raise Unreadable("No backup was read back.")
        return found, school.backups.last_verified()

    return Parcel("note of verified backups", path.read_bytes(), read, _standing(school))


def _bundle(name: str, school: Register, other: Register, home: Path) -> Parcel:
    """A bundle of another copy, as it is merged."""
    path = home / "spoilt.bundle"
    export_bundle(other, path)

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = read_bundle(path, school.store.keys, packs=pack_keys(school))
        said = [
            getattr(found, each.name) for each in fields(found) if each.name not in KEPT_OF_A_BUNDLE
        ]
        return said, plan_merge(school, found)

    return Parcel(name, path.read_bytes(), read, _standing(school))


def _joining(
    name: str, whole: Path, home: Path, passphrase: str | None, recovery: str | None = None
) -> Parcel:
    """A bundle from which a copy is made, which opens as it was promised."""
    path = home / "joined.bundle"

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        folder = home / f"joined-{next(_numbers)}"
        with join(path, folder, person="me", passphrase=passphrase) as copy:
            found = shown(copy.store.state)
        if passphrase is not None and recovery is not None:
            unlock_with_recovery(folder, recovery)
        return found

    return Parcel(name, whole.read_bytes(), read, lambda: None)


def _sync_file(school: Register, second: Register, home: Path) -> Parcel:
    """A file that another copy left in a sync folder."""
    folder = home / "shared"
    folder.mkdir()
    sync_folder(second, folder)
    (path,) = folder.iterdir()

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        looked = look_into(school, folder)
        if looked.passed and not looked.plan.operations:
            raise Unreadable(looked.passed[0].why)
        return looked.plan, looked.contents.held, looked.passed

    return Parcel("file of a sync folder", path.read_bytes(), read, _standing(school))


def _draft(school: Register, home: Path) -> Parcel:
    """What was typed and not saved, offered again or forgotten."""
    key = f"draft of {school.register_id}"
    drafts = home.parent / "home" / "drafts"
    before = set(drafts.glob("*"))
    keep_draft(school, key, {"text": "Łukasz [bit] his lip", "with_whom": "O'Neill"})
    (path,) = set(drafts.glob("*")) - before

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = load_draft(school, key)
        if found is None:
            raise Unreadable("There is no draft.")
        return found

    return Parcel("draft", path.read_bytes(), read, _standing(school))


def _in_use(school: Register) -> Parcel:
    """Who has a register open, where and since when: that, or nobody."""
    path = school.path / IN_USE
    seat = Seat(school.path)
    assert seat.take("O'Neill, Łukasz") is None
    whole = path.read_bytes()

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = Seat(school.path).look()
        if found is None:
            raise Unreadable("Nobody can be named.")
        return found

    return Parcel("note of who has it open", whole, read, _standing(school))


def _seen(school: Register, home: Path, stack: ExitStack, *, sealed: bool) -> Parcel:
    """What a machine has seen of a register of which an older copy came back: that, or nothing."""
    shutil.copytree(school.path, home / "older")
    keys = unlock(home / "older", PASSPHRASE) if sealed else None
    older = stack.enter_context(Register.open(home / "older", unlock=keys, read_only=True))
    _edit(school, "cem", "since the copy")
    whole = _marked(school).read_bytes()
    path = _marked(older)

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = high_water.doubts_of(older.store)
        if [each.code for each in found] == [high_water.DAMAGED]:
            raise Unreadable(found[0].happened)
        return found

    return Parcel("note of what was seen here", whole, read, _standing(school))


def _marked(register: Register) -> Path:
    """The file in which a machine keeps what it has seen of a register."""
    before = set(state_folder().iterdir())
    high_water.keep(register.store)
    (path,) = set(state_folder().iterdir()) - before
    return path


def _settings(school: Register) -> Parcel:
    """The settings of this machine: those, or told that they are not as they were written."""
    path = settings_folder() / "settings.json"
    Settings(people={school.register_id: "O'Neill"}, lock_minutes=7, last_folder="小明").save()

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = Settings.load()
        if found.doubt:
            raise Unreadable(found.doubt)
        return replace(found, other={})

    return Parcel("settings of the machine", path.read_bytes(), read, _standing(school))


def _met(school: Register) -> Parcel:
    """The copies that were met, and the folder that was synced with: those, or none."""
    met(school, [Copy("another-copy", "4B", "LAPTOP [12]", 1, 2, {"opening": 7})], {})
    synced(school, school.path.with_name("Łukasz"), ["one", "two"])
    path = state_folder() / f"copies-{school.copy_id}.json"

    def read(written: bytes) -> Any:
        path.write_bytes(written)
        found = remembered(school.copy_id)
        if found == Remembered():
            raise Unreadable("No copy was met.")
        return found

    return Parcel("note of copies that were met", path.read_bytes(), read, _standing(school))


def _index(form: Form) -> Parcel:
    """The index of history: where it is damaged, history itself is read."""
    disk, path = Disk(), str(ROOT / HISTORY / INDEX)
    form.create(DiskFiles(disk)).close()
    for number in range(4):
        store = form.open(DiskFiles(disk))
        store.write("Edit", "me", first_changes(f"{number}"))
        store.close()
    form.open(DiskFiles(disk)).known()
    content = disk.content()

    def read(written: bytes) -> Any:
        spoilt_disk = Disk.holding({**content, path: written})
        store = form.open(DiskFiles(spoilt_disk))
        return sorted(store.known()), shown(store.state)

    whole = content[path]
    assert whole
    return Parcel(f"{form.name} index of history", whole, read, lambda: None)
