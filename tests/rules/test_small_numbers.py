"""No small number is told, and none can be worked out from what is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.small_numbers import count_told, share_told, together, too_small

COUNTS = st.lists(st.integers(0, 12), max_size=8).map(
    lambda counts: [(f"part {number}", count) for number, count in enumerate(counts)]
)
LEAST = st.integers(2, 10)


@given(COUNTS, LEAST)
def test_parts_are_whole_and_none_is_too_small_unless_all_together_are(counts, least):
    found = together(counts, least, "others")
    total = sum(count for _, count in counts)
    assert sum(count for _, count in found) == total
    if not too_small(total, least):
        assert not any(too_small(count, least) for _, count in found)
    else:
        assert found == [("others", total)]
    named = dict(counts)
    assert all(named[name] == count for name, count in found if name != "others")


@given(st.integers(0, 40), st.integers(0, 40), LEAST)
def test_neither_a_part_nor_the_rest_can_be_worked_out(count, more, least):
    whole = count + more
    told = share_told(count, whole, least)
    if told.value is not None:
        assert not too_small(count, least)
        assert not too_small(more, least)
        assert not too_small(whole, least)
        assert told.words == f"{100 * count / whole:.0f}% ({count} of {whole})"
    elif whole:
        figures = {int(each) for each in re.findall(r"\d+", told.words)}
        assert figures <= {least, whole, whole - least}
        assert not too_small(whole, least) or figures == {least}


def test_a_count_is_told_or_said_to_be_small():
    assert [count_told(each, 5) for each in (0, 1, 4, 5, 1204)] == [
        "0", "fewer than 5", "fewer than 5", "5", "1,204",
    ]  # fmt: skip
    assert share_told(0, 40, 5).words == "0% (0 of 40)"
    assert share_told(40, 40, 5).words == "more than 35 of 40"
    assert share_told(40, 40, 1).words == "100% (40 of 40)"
    assert together([("a", 9), ("b", 2), ("c", 8)], 5, "x") == [("a", 9), ("x", 10)]
