"""Five copies of a register that part and meet in every way there is.

The laws, by number: (1) joining is commutative, associative and idempotent, and keeps all;
(2) the view does not depend on order, repetition or batches; (3) what is typed is what is seen
at once, whatever the clocks; (4) every operation is a head or named by a later one; (5) a
restart changes nothing; (6) settling leaves one head, and settling alike on two copies leaves
no conflict; (7) no value of an erased record is left, and no old bundle brings one back;
(8) a joined copy shows the same; (9) of a changed bundle nothing is taken in; (10) what a newer
version wrote goes through an older one untouched.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from senreg import clock
from senreg.errors import Locked, Unreadable
from senreg.rules.belonging import owned_by
from senreg.store import index
from senreg.store.files import Files
from senreg.store.folder import Change
from senreg.store.keys import OpenKeys
from senreg.store.operations import Operation
from senreg.sync import bundle_files
from senreg.sync.bundle import Bundle, export_bundle, known_by, read_bundle
from tests.sync.laws.copies import (
    FIELDS,
    Copy,
    Crashed,
    Sent,
    World,
    each_other,
    merge,
    parts_of,
    received,
    sent,
    take,
)
from tests.sync.laws.ending import all_laws

COPIES = 5
WHICH = st.integers(0, COPIES - 1)
ANY = st.integers(0, 1 << 20)
NAMES = st.sampled_from(FIELDS[:2])
WRONG = st.sampled_from([-(10**9), -1, 0, 0, 1, 10**9])


class Unsynced(Files):
    """Where bundles go on their way: no law is about their being on the disk at once."""

    def sync(self, descriptor: int) -> None:
        pass

    def sync_entry(self, path: Path) -> None:
        pass


class Copies(RuleBasedStateMachine):
    """Every step that did something is counted in `steps`."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(keys=self.keys())
        self.ahead = 0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(clock, "milliseconds", self.time)
        self.patch.setattr(index, "WORTH", 1)
        self.patch.setattr(bundle_files, "Files", Unsynced)
        self.folder = tempfile.TemporaryDirectory(prefix="laws-")
        self.place = Path(self.folder.name) / "b.senreg-bundle"
        self.offsets = [0] * COPIES
        first = Copy.first(self.world, "copy 0")
        first.register.store.write("Start", "copy 0", [Change("school", "s", {"name": "Hollow"})])
        self.copies = [first]
        self.sent: list[Sent] = []
        for number in range(1, COPIES):
            other = Copy.first(self.world, f"copy {number}")
            take(other, sent(first, self.place), self.place)
            self.copies.append(other)
        for number in (0, 1):
            self._add(self._copy(number), "strengths")

    def keys(self) -> OpenKeys | None:
        """What seals the copies."""
        return None

    def time(self) -> int:
        self.world.now += 1
        return self.world.now + self.ahead

    def _copy(self, which: int) -> Copy:
        self.ahead = self.offsets[which]
        return self.copies[which]

    def _did(self, *copies: Copy) -> None:
        type(self).steps += 1
        for copy in copies:
            copy.agrees()

    def _record(self, copy: Copy, number: int) -> str | None:
        rows = copy.register.all("pupils") + copy.register.all("pupils", archived=True)
        ids = sorted(row.id for row in rows)
        return ids[number % len(ids)] if ids else None

    def _bundle(self, number: int) -> Sent | None:
        return self.sent[number % len(self.sent)] if self.sent else None

    def _add(self, copy: Copy, name: str) -> None:
        record = f"p{len(self.world.typed)}"
        typed = copy.type(record, name)
        with copy.register.commit("Add") as c:
            values = {"surname": "S", "forename": "F", name: typed.value}
            c.add("pupils", values, record_id=record)
        copy.is_shown(typed)

    @rule(which=WHICH, name=NAMES)
    def add(self, which: int, name: str) -> None:
        copy = self._copy(which)
        if len(copy.register.all("pupils")) < 4:
            self._add(copy, name)
            self._did(copy)

    @rule(which=WHICH, number=ANY, name=NAMES)
    def edit(self, which: int, number: int, name: str) -> None:
        copy = self._copy(which)
        record = self._record(copy, number)
        if record:
            typed = copy.type(record, name)
            with copy.register.commit("Edit") as c:
                c.set(record, **{name: typed.value})
            copy.is_shown(typed)
            self._did(copy)

    @rule(which=WHICH, number=ANY)
    def edit_two(self, which: int, number: int) -> None:
        copy = self._copy(which)
        records = {self._record(copy, number), self._record(copy, number + 1)} - {None}
        typed = [
            copy.type(str(record), name)
            for record in sorted(map(str, records))
            for name in FIELDS[:2]
        ]
        if typed:
            with copy.register.commit("Edit") as c:
                for each in typed:
                    c.set(each.record, **{each.name: each.value})
            for each in typed:
                copy.is_shown(each)
            self._did(copy)

    @rule(which=WHICH, number=ANY)
    def empty(self, which: int, number: int) -> None:
        copy = self._copy(which)
        record = self._record(copy, number)
        if record:
            with copy.register.commit("Edit") as c:
                c.set(record, strengths=None)
            self._did(copy)

    @rule(which=WHICH, number=ANY, back=st.booleans())
    def archive(self, which: int, number: int, back: bool) -> None:
        copy = self._copy(which)
        record = self._record(copy, number)
        if record:
            with copy.register.commit("Archive") as c:
                (c.restore if back else c.archive)(record)
            self._did(copy)

    @rule(which=WHICH, number=ANY, table=st.sampled_from(["pupils", "newer_things"]))
    def edit_as_a_newer_version(self, which: int, number: int, table: str) -> None:
        copy = self._copy(which)
        record = self._record(copy, number) if table == "pupils" else f"n{number % 2}"
        if record:
            typed = copy.type(record, FIELDS[2], table)
            change = Change(table, record, {FIELDS[2]: typed.value})
            copy.register.store.write("Newer", copy.name, [change])
            copy.is_shown(typed)
            self._did(copy)

    @rule(which=WHICH, number=ANY)
    def erase(self, which: int, number: int) -> None:
        copy = self._copy(which)
        record = self._record(copy, number)
        if record and number % 3 == 0:
            places = [f"pupils/{record}", *self._left_of(copy, record)]
            copy.register.erase({"pupil": record, "records": places, "reason": "request"})
            copy.erased.update(places)
            copy.holds_nothing_erased()
            self._did(copy)

    def _left_of(self, copy: Copy, record: str) -> list[str]:
        """What is erased with a record, as `senreg.erasure` finds it."""
        return [f"{row.table}/{row.id}" for row in owned_by(copy.register.everything(), record)]

    @rule(which=WHICH, again=st.booleans())
    def undo(self, which: int, again: bool) -> None:
        copy = self._copy(which)
        if (copy.register.redo() if again else copy.register.undo()) is not None:
            self._did(copy)

    @rule(which=WHICH, ahead=WRONG)
    def set_the_clock(self, which: int, ahead: int) -> None:
        self.offsets[which] = ahead
        type(self).steps += 1

    @rule(which=WHICH, tidy=st.booleans())
    def restart(self, which: int, tidy: bool) -> None:
        copy = self._copy(which)
        before = copy.view()
        if tidy:
            copy.register.close()
        copy.reopen()
        assert copy.view() == before
        self._did(copy)

    @rule(which=WHICH)
    def rest(self, which: int) -> None:
        copy = self._copy(which)
        copy.register.rest()
        self._did(copy)

    @rule(which=WHICH, other=WHICH)
    def copy_the_folder(self, which: int, other: int) -> None:
        """Somebody copies a folder to another machine; both go on as the same copy."""
        if which != other:
            copy = self._copy(which)
            copy.as_clone_of(self.copies[other])
            self._did(copy)

    @rule(which=WHICH)
    def hand_out(self, which: int) -> None:
        self.sent.append(sent(self._copy(which), self.place))
        type(self).steps += 1

    @rule(which=WHICH, number=ANY)
    def take_in(self, which: int, number: int) -> None:
        copy, bundle = self._copy(which), self._bundle(number)
        if bundle:
            take(copy, bundle, self.place)
            assert merge(copy, received(bundle, self.place, copy.keys)) == 0, (
                "the same bundle brings more"
            )
            copy.has_lost_nothing()
            copy.holds_nothing_erased()
            self._did(copy)

    @rule(which=WHICH, number=ANY)
    def take_in_parts(self, which: int, number: int) -> None:
        """Some of a bundle, in no order and with parts twice, and then something of it again."""
        copy, bundle = self._copy(which), self._bundle(number)
        if bundle:
            chance = random.Random(number)
            for part in parts_of(received(bundle, self.place, copy.keys), chance):
                merge(copy, part)
                self._learn_part(copy, part)
            copy.has_lost_nothing()
            self._did(copy)

    @rule(which=WHICH, other=WHICH)
    def send_the_rest(self, which: int, other: int) -> None:
        """What the other lacks, by what its own bundle says, makes it know as much."""
        if which != other:
            one, two = self._copy(which), self._copy(other)
            sent(two, self.place)
            export_bundle(one.register, self.place, since=known_by(self.place, one.keys).known)
            merge(two, read_bundle(self.place, one.keys))
            two.learn(one.told())
            two.has_lost_nothing()
            self._did(two)

    @rule(which=WHICH, other=WHICH, number=ANY)
    def send_the_rest_to_another(self, which: int, other: int, number: int) -> None:
        """What somebody else lacks may have a gap here: what it names is waited for."""
        one, two, bundle = self._copy(which), self._copy(other), self._bundle(number)
        if bundle and which != other:
            self.place.write_bytes(bundle.data)
            export_bundle(one.register, self.place, since=known_by(self.place, one.keys).known)
            part = read_bundle(self.place, one.keys)
            merge(two, part)
            self._learn_part(two, part)
            two.has_lost_nothing()
            self._did(two)

    def _learn_part(self, copy: Copy, part: Bundle) -> None:
        gone = [each for each in _operations(part) if each["table"] == "erasures"]
        copy.erased.update(place for each in gone for place in each["v"]["records"])
        for operation in _operations(part):
            copy.held.add(operation["h"])
            copy.typed |= self.world.typed_by[operation["h"]]

    @rule(which=WHICH, other=WHICH)
    def meet(self, which: int, other: int) -> None:
        if which != other:
            one, two = self._copy(which), self._copy(other)
            each_other(one, two, self.place)
            assert one.view() == two.view()
            self._did(one, two)

    @rule(which=WHICH, number=ANY, bit=st.integers(0, 7))
    def take_in_damaged(self, which: int, number: int, bit: int) -> None:
        copy, bundle = self._copy(which), self._bundle(number)
        if bundle:
            data = bytearray(bundle.data)
            data[number % len(data)] ^= 1 << bit
            before = copy.files.disk.content()
            with pytest.raises((Unreadable, Locked)):
                merge(copy, received(Sent(bytes(data), bundle.told), self.place, copy.keys))
            assert copy.files.disk.content() == before
            self._did(copy)

    @rule(which=WHICH, number=ANY, calls=st.integers(0, 12), power_too=st.booleans())
    def crash_while_taking_in(self, which: int, number: int, calls: int, power_too: bool) -> None:
        """All of the bundle is there afterwards, or nothing of it."""
        copy, bundle = self._copy(which), self._bundle(number)
        if not bundle:
            return
        arriving = received(bundle, self.place, copy.keys)
        before = copy.told()
        copy.files.left = calls
        try:
            merge(copy, arriving)
        except Crashed:
            copy.reopen(copy.after_crash(power_too=power_too))
            gone = before[2] | bundle.told[2]
            fresh = {h for h in bundle.told[0] - before[0] if self._place(h) not in gone}
            here = copy.register.store.known() & fresh
            took = here == fresh
            assert took or not here, "half a bundle is there"
        else:
            copy.files.left = None
            took = True
        if took:
            copy.learn(bundle.told)
        copy.has_lost_nothing()
        self._did(copy)

    def _place(self, h: str) -> str:
        operation = self.world.made[h].operation
        return f"{operation['table']}/{operation['record']}"

    def teardown(self) -> None:
        try:
            all_laws(self.copies, self.place)
        finally:
            self.patch.undo()
            self.folder.cleanup()


def _operations(bundle: Bundle) -> list[Operation]:
    return [operation for commit in bundle.commits for operation in commit["ops"]]
