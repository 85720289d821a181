"""Folding a set of operations: the same whatever their order, and nothing silently lost."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from senreg.store.operations import make_operation
from senreg.store.state import State


class Writers:
    """Copies that edit apart and sometimes meet; every operation ever made is kept."""

    def __init__(self, copies):
        self.states = [State() for _ in range(copies)]
        self.held = [set() for _ in range(copies)]
        self.made = {}

    def edit(self, copy, record, name, value, t):
        state = self.states[copy]
        n = len(self.made)
        header = {"tx": f"t{n}", "t": t, "copy": str(copy), "opening": "o", "n": n, "by": "x"}
        replaced = {name: state.heads_of("pupils", record, name)}
        if name == "archived":
            value = bool(value % 2)
        if value is True or state.was_archived("pupils", record):
            replaced["*"] = state.all_heads_of("pupils", record)
        new = state.document("pupils", record) is None
        operation = make_operation(header, "pupils", record, {name: value}, replaced, new=new)
        self.made[operation["h"]] = (header, operation)
        self._apply(copy, operation["h"])
        return operation["h"]

    def meet(self, copy, other, order):
        for h in order(sorted(self.held[other] - self.held[copy])):
            self._apply(copy, h)

    def _apply(self, copy, h):
        header, operation = self.made[h]
        state = self.states[copy]
        state.stamps[h] = (header["t"], header["by"], header["copy"])
        state.apply(header, operation)
        self.held[copy].add(h)


def view(state):
    waiting = {
        place: sorted((head["h"], head["v"]) for head in heads)
        for place, heads in state.conflicts()
    }
    return (
        {name: records for name, records in state.live.items() if records},
        {name: records for name, records in state.archived.items() if records},
        waiting,
        {place: [head["h"] for head in heads] for place, heads in state.contested.items()},
    )


EDITS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["surname", "strengths", "archived"]),
        st.integers(0, 3),
        st.integers(-5, 5),
        st.none() | st.integers(0, 2),
    ),
    max_size=25,
)


@settings(max_examples=200)
@given(EDITS, st.randoms())
def test_copies_that_hold_the_same_operations_show_the_same(edits, random):
    writers = Writers(3)

    def shuffled(ids):
        random.shuffle(ids)
        return ids

    for copy, record, name, value, t, other in edits:
        writers.edit(copy, record, name, value, t)
        if other is not None and other != copy:
            writers.meet(copy, other, shuffled)
    for copy in range(3):
        for other in range(3):
            writers.meet(copy, other, shuffled)
    for copy in range(2):
        writers.meet(copy, 2, shuffled)
    first = view(writers.states[0])
    for each in writers.states[1:]:
        assert view(each) == first


@settings(max_examples=200)
@given(EDITS)
def test_every_operation_is_a_head_or_named_by_a_later_one(edits):
    writers = Writers(3)
    for copy, record, name, value, t, other in edits:
        h = writers.edit(copy, record, name, value, t)
        if name != "archived":
            shown = writers.states[copy].document("pupils", record)[name]
            assert shown == value, "what I typed is what I see at once, whatever the clocks"
        assert writers.states[copy].heads_of("pupils", record, name) == [h]
        if other is not None and other != copy:
            writers.meet(copy, other, list)
    for other in (1, 2):
        writers.meet(0, other, list)
    named = {h for _, op in writers.made.values() for heads in op["o"].values() for h in heads}
    for h, (_, op) in writers.made.items():
        if h in writers.held[0] and h not in named:
            (name,) = op["c"]
            assert h in writers.states[0].heads_of("pupils", op["record"], name)


def test_three_writers_in_every_order_give_one_view():
    writers = Writers(3)
    writers.edit(0, "a", "surname", "O'Neill", 1)
    for copy in (1, 2):
        writers.meet(copy, 0, list)
    for copy in range(3):
        writers.edit(copy, "a", "surname", f"from {copy}", 10 - copy)
    seen = set()
    for order in permutations(sorted(writers.made)):
        state = State()
        for h in order:
            header, operation = writers.made[h]
            state.stamps[h] = (header["t"], header["by"], header["copy"])
            state.apply(header, operation)
        assert state.live["pupils"]["a"]["surname"] == "from 0", "the greatest time is shown"
        seen.add(repr(sorted(state.heads_of("pupils", "a", "surname"))))
    assert len(seen) == 1


def test_two_copies_that_wrote_the_same_value_have_no_conflict():
    writers = Writers(2)
    writers.edit(0, "a", "surname", "O'Neill", 1)
    writers.meet(1, 0, list)
    writers.edit(0, "a", "surname", "Oneil", 2)
    writers.edit(1, "a", "surname", "Oneil", 3)
    writers.meet(0, 1, list)
    assert list(writers.states[0].conflicts()) == []
    assert len(writers.states[0].heads_of("pupils", "a", "surname")) == 2
