"""The five copies, on which people write the same field apart, and settle what comes of it."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.sync.laws.copies import FIELDS, Copy, each_other, sent, take
from tests.sync.laws.machine import ANY, NAMES, WHICH, Copies


class Contested(Copies):
    """Of random edits few meet: here two people write one field before either hears of it."""

    @rule(which=WHICH, other=WHICH, number=ANY, name=NAMES, both=st.booleans())
    def write_apart(self, which: int, other: int, number: int, name: str, both: bool) -> None:
        """Two write the same field, or one writes and the other archives; then they meet."""
        one, two = self._copy(which), self._copy(other)
        record = self._record(one, number)
        if which == other or not record or two.register.get(record) is None:
            return
        typed = one.type(record, name)
        with one.register.commit("Edit") as c:
            c.set(record, **{name: typed.value})
        one.is_shown(typed)
        self.ahead = self.offsets[other]
        with two.register.commit("Edit") as c:
            if both:
                again = two.type(record, name)
                c.set(record, **{name: again.value})
            else:
                c.archive(record)
        if both:
            two.is_shown(again)
        take(one, sent(two, self.place), self.place)
        if number % 2:
            take(two, sent(one, self.place), self.place)
        self._did(one, two)

    @rule(which=WHICH, number=ANY)
    def settle(self, which: int, number: int) -> None:
        copy = self._copy(which)
        standing = copy.register.conflicts()
        if standing:
            self._settle(copy, number % len(standing), number)
            self._did(copy)

    def _settle(self, copy: Copy, place: int, number: int) -> None:
        conflict = copy.register.conflicts()[place]
        if conflict.field not in ("archived", *FIELDS[:2]):
            return
        value = conflict.values[number % len(conflict.values)].value
        copy.register.settle(conflict.id, value)
        assert conflict.id not in {each.id for each in copy.register.conflicts()}
        where = (conflict.table, conflict.record, conflict.field)
        assert len(copy.register.store.state.heads_of(*where)) == 1

    @rule(which=WHICH, other=WHICH, number=ANY)
    def settle_alike(self, which: int, other: int, number: int) -> None:
        """The same conflict, settled with the same value on two copies that do not know it."""
        one, two = self._copy(which), self._copy(other)
        found = {each.id: each for each in one.register.conflicts() if each.field in FIELDS[:2]}
        shared = sorted(found.keys() & {each.id for each in two.register.conflicts()})
        if which == other or not shared:
            return
        wanted = shared[number % len(shared)]
        place = (found[wanted].table, found[wanted].record, found[wanted].field)
        value = found[wanted].values[0].value
        same = one.register.store.state.heads_of(*place) == two.register.store.state.heads_of(
            *place
        )
        one.register.settle(wanted, value)
        two.register.settle(wanted, value)
        each_other(one, two, self.place)
        if same:
            assert wanted not in {each.id for each in one.register.conflicts()}
        self._did(one, two)
