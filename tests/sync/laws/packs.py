"""The five copies, and a staff pack of some of them that goes out, is worked in and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from senreg.errors import SenregError
from senreg.register import Register
from senreg.store.folder import Change, Store
from senreg.store.keys import OpenKeys, make_keys
from senreg.store.operations import ARCHIVED
from senreg.sync.asides import asides, set_aside, take_after_all
from senreg.sync.bundle import Bundle, export_bundle, read_bundle
from senreg.sync.merge import apply_merge, plan_merge
from senreg.sync.packs import StaffPack, export_pack, pack_keys, packs_made, plan_pack
from tests.store.crash.disk import ROOT, Disk
from tests.store.sealing_keys import CHEAP, fresh_keys
from tests.sync.laws.contested import Contested
from tests.sync.laws.copies import FIELDS, REGISTER, Copy, Crashed, CrashingFiles
from tests.sync.laws.ending import all_laws
from tests.sync.laws.machine import ANY, COPIES, NAMES, WHICH, WRONG
from tests.sync.packing import WORDS

UNTIL, TODAY = date(2099, 7, 21), date(2026, 11, 26)
TEACHER = "teacher"


class WithPacks(Contested):
    """What its holder wrote in a pack is lost no more than what anybody else wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.patch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
        self.pack: Copy | None = None
        self.pack_ahead = 0
        self.given: set[str] = set()
        self.returned: list[bytes] = []
        """What came back from the pack, each time it was exported."""

    @initialize(number=ANY, others=st.integers(0, COPIES - 1))
    def begin_with_a_pack(self, number: int, others: int) -> None:
        """One goes out at once, and some of the other copies hear of it."""
        self.hand_out_a_pack(0, number)
        for other in range(1, others + 1):
            self.meet(0, other)

    @rule(which=WHICH, number=ANY)
    def hand_out_a_pack(self, which: int, number: int) -> None:
        """The first is joined; every later one that is made for it is merged into it."""
        copy = self._copy(which)
        chosen = {self._record(copy, number), self._record(copy, number + 1)} - {None}
        if not chosen or (self.pack is not None and not self._knows(copy)):
            return
        if copy.register.get(TEACHER) is None:
            change = Change("staff", TEACHER, {"name": "T", "role": "class_teacher"})
            copy.register.store.write("Add", copy.name, [change])
        plan = plan_pack(copy.register, TEACHER, UNTIL, TODAY, pupils=sorted(map(str, chosen)))
        export_pack(copy.register, plan, self.place, WORDS)
        self.given.update(map(str, chosen))
        if self.pack is None:
            self.pack = self._joined(read_bundle(self.place, passphrase=WORDS))
        else:
            register = self.pack.register
            newer = read_bundle(self.place, register.store.keys)
            apply_merge(register, plan_merge(register, newer))
        self._holds_only_what_it_may()
        self._did(copy)

    @rule(number=ANY, name=NAMES)
    def write_in_the_pack(self, number: int, name: str) -> None:
        pack = self._in_pack()
        own = pack.register.pack if pack is not None else None
        if pack is None or own is None:
            return
        hers = [each for each in sorted(own.pupils) if pack.register.get(each) is not None]
        if hers:
            record = hers[number % len(hers)]
            typed = pack.type(record, name)
            with pack.register.commit("Edit") as c:
                c.set(record, **{name: typed.value})
            pack.is_shown(typed)
            self._did()

    @rule(number=ANY)
    def settle_in_the_pack(self, number: int) -> None:
        pack = self._in_pack()
        standing = pack.register.conflicts() if pack is not None else []
        if pack is not None and standing:
            before = pack.files.disk.content()
            try:
                self._settle(pack, number % len(standing), number)
            except SenregError:
                assert pack.files.disk.content() == before
            self._did()

    @rule(again=st.booleans())
    def undo_in_the_pack(self, again: bool) -> None:
        """What has left the pack meanwhile is not the holder's to take back either."""
        pack = self._in_pack()
        if pack is not None:
            before = pack.files.disk.content()
            try:
                done = pack.register.redo() if again else pack.register.undo()
            except SenregError:
                assert pack.files.disk.content() == before
            else:
                if done is not None:
                    self._did()

    @rule(ahead=WRONG)
    def set_the_clock_of_the_pack(self, ahead: int) -> None:
        self.pack_ahead = ahead
        type(self).steps += self.pack is not None

    def _in_pack(self) -> Copy | None:
        self.ahead = self.pack_ahead
        return self.pack

    @rule(tidy=st.booleans())
    def restart_the_pack(self, tidy: bool) -> None:
        if self.pack is not None:
            before = self.pack.view()
            if tidy:
                self.pack.register.close()
            self.pack.reopen()
            assert self.pack.view() == before
            self._did()

    @rule(which=WHICH, taken=st.booleans())
    def take_back(self, which: int, taken: bool) -> None:
        """What is within the pack comes in; the rest is kept aside, and perhaps taken then."""
        copy = self._copy(which)
        if self.pack is not None and self._knows(copy):
            self._take_back(copy, taken=taken)
            copy.has_lost_nothing()
            self._did(copy)

    @rule(which=WHICH, number=ANY, taken=st.booleans())
    def take_back_an_older_one(self, which: int, number: int, taken: bool) -> None:
        """A return that lay about is taken in after a newer one, or on another copy."""
        copy = self._copy(which)
        if self.returned and self._knows(copy):
            self._take_back(copy, taken=taken, data=self.returned[number % len(self.returned)])
            copy.has_lost_nothing()
            self._did(copy)

    @rule(which=WHICH, number=ANY, bit=st.integers(0, 7))
    def take_back_a_damaged_one(self, which: int, number: int, bit: int) -> None:
        copy = self._copy(which)
        if self.returned and self._knows(copy):
            data = bytearray(self.returned[-1])
            data[number % len(data)] ^= 1 << bit
            self.place.write_bytes(bytes(data))
            before = copy.files.disk.content()
            with pytest.raises(SenregError):  # a bit of the key's id makes it an unknown pack's
                self._read_back(copy)
            assert copy.files.disk.content() == before
            self._did(copy)

    @rule(which=WHICH, calls=st.integers(0, 12), power_too=st.booleans())
    def crash_while_taking_back(self, which: int, calls: int, power_too: bool) -> None:
        """All that is within the pack is there afterwards, or nothing of it."""
        copy = self._copy(which)
        if self.pack is None or not self._knows(copy):
            return
        export_bundle(self.pack.register, self.place)
        back = self._read_back(copy)
        plan = plan_merge(copy.register, back)
        copy.files.left = calls
        try:
            apply_merge(copy.register, plan)
        except Crashed:
            copy.reopen(copy.after_crash(power_too=power_too))
        copy.files.left = None
        fresh = {each["h"] for commit in plan.commits for each in commit["ops"]}
        here = fresh & copy.register.store.known()
        assert here in (fresh, set()), "half of what came back is there"
        if here:
            self._learn_part(copy, replace(back, commits=plan.commits))
        copy.has_lost_nothing()
        self._did(copy)

    def _read_back(self, copy: Copy) -> Bundle:
        register = copy.register
        return read_bundle(self.place, register.store.keys, packs=pack_keys(register))

    def _take_back(self, copy: Copy, *, taken: bool, data: bytes = b"") -> None:
        assert self.pack is not None
        register = copy.register
        if data:
            self.place.write_bytes(data)
        else:
            export_bundle(self.pack.register, self.place)
            self.returned.append(self.place.read_bytes())
        back = self._read_back(copy)
        plan = plan_merge(register, back)
        for operation in (each for commit in plan.commits for each in commit["ops"]):
            hers = self._as_known(register).pupils
            assert operation["table"] == "pupils"
            assert operation["record"] in hers, "what is outside the pack came in"
        apply_merge(register, plan)
        self._learn_part(copy, replace(back, commits=plan.commits))
        left = {op["h"] for commit in plan.outside for op in commit["ops"]}
        set_aside(register, plan)
        kept = {op["h"] for each in asides(register) for c in each.commits for op in c["ops"]}
        assert left <= kept, "what was left is not kept"
        if taken:
            entries = asides(register)
            commits = [each for entry in entries for each in entry.commits]
            if entries:
                take_after_all(register, [each.id for each in entries])
                self._learn_part(copy, replace(back, commits=commits))
            assert asides(register) == []

    def _knows(self, copy: Copy) -> bool:
        own = self.pack.register.pack if self.pack is not None else None
        return own is not None and own.key in {each.key for each in packs_made(copy.register)}

    def _as_known(self, register: Register) -> StaffPack:
        assert self.pack is not None
        own = self.pack.register.pack
        return next(each for each in packs_made(register) if own and each.key == own.key)

    def _joined(self, bundle: Bundle) -> Copy:
        assert bundle.keys is not None
        files = CrashingFiles(Disk())
        keys = make_keys(REGISTER, WORDS, bundle.recovery, 1, bundle=bundle.keys.key)
        register = Register(Store.create(ROOT, register=REGISTER, files=files, keys=keys), TEACHER)
        register.merged(bundle.commits, "Join a copy")
        return Copy(self.world, TEACHER, files, register, keys)._listening()

    def _holds_only_what_it_may(self) -> None:
        assert self.pack is not None
        for commit in self.pack.register.store.journal.commits():
            for each in commit["ops"]:
                if each["table"] == "pupils":
                    assert each["record"] in self.given, "a child who was never in it"
                    known = {"surname", "forename", ARCHIVED, *FIELDS[:2]}
                    assert set(each.get("v") or ()) <= known, "a field that packs never hold"

    def teardown(self) -> None:
        try:
            known = [each for each in self.copies if self.pack is not None and self._knows(each)]
            if known:
                self._take_back(known[0], taken=True)
                assert self.pack is not None
                gone = self.pack.register.store.state.erased
                known[0].typed |= {
                    each for each in self.pack.typed if f"{each.table}/{each.record}" not in gone
                }
            all_laws(self.copies, self.place)
        finally:
            self.patch.undo()
            self.folder.cleanup()


class Sealed(WithPacks):
    """The same with encrypted copies, bundles and packs."""

    def keys(self) -> OpenKeys | None:
        """The same for all, for they are of one school."""
        return fresh_keys(REGISTER)
