"""Operations are named by their content, and stay verifiable when values are erased."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.store.operations import is_genuine, make_operation, new_id, operation_id

HEADER = {"tx": "t", "t": 1, "copy": "c", "opening": "o", "n": 0, "by": "me"}
JSON = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.lists(st.text())


@given(st.dictionaries(st.text(min_size=1, max_size=8), JSON.filter(lambda v: v is not None)))
def test_an_operation_as_made_is_genuine(values):
    operation = make_operation(HEADER, "pupils", "a", values, {})
    assert is_genuine(HEADER, operation)


@given(JSON, JSON)
def test_another_value_is_not_genuine(value, other):
    operation = make_operation(HEADER, "pupils", "a", {"surname": value}, {})
    operation["v"]["surname"] = other
    assert is_genuine(HEADER, operation) == (type(value) is type(other) and value == other)


@pytest.mark.parametrize("key", ["tx", "t", "copy", "opening", "n", "by"])
def test_the_header_is_part_of_the_name(key):
    operation = make_operation(HEADER, "pupils", "a", {"surname": "O'Neill"}, {})
    assert not is_genuine(HEADER | {key: "other"}, operation)


@pytest.mark.parametrize("change", [{"table": "notes"}, {"record": "b"}, {"o": {"x": ["y"]}}])
def test_where_it_writes_and_what_it_replaces_are_part_of_the_name(change):
    operation = make_operation(HEADER, "pupils", "a", {"surname": "O'Neill"}, {})
    assert not is_genuine(HEADER, operation | change)


def test_an_operation_without_its_values_keeps_its_name():
    operation = make_operation(HEADER, "pupils", "a", {"surname": "O'Neill"}, {}, ["dob"])
    bare = operation | {"s": {}, "v": {}}
    assert operation_id(HEADER, bare) == operation["h"]
    assert is_genuine(HEADER, bare)


def test_equal_values_have_different_commitments():
    one, two = (make_operation(HEADER, "needs", "a", {"code": "K"}, {}) for _ in range(2))
    assert one["c"]["code"] != two["c"]["code"]


def test_ids_are_random_and_easy_to_read_out():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(each) == 16 and not set(each) & set("lo01") for each in ids)
