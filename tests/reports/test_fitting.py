from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from senreg.reports.fitting import ELLIPSIS, Item, cut, fit, lines_of, share, width

WORDS = st.sampled_from(["the", "reads", "WWMM", "x" * 60, "小明", "مرحبا", "😀", "O'Neill", "é"])
texts = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
rooms = st.floats(8, 40)


def test_widths_are_those_of_the_letters() -> None:
    assert width("iii") < width("nnn") < width("WWW")
    assert width("nnn", bold=True) > width("nnn")
    assert width("Łódź") == pytest.approx(width("Łodz"))
    assert width("小") > width("n")


def test_lines_break_at_blanks_and_inside_what_is_too_long() -> None:
    assert lines_of("one two three", 100) == 1
    assert lines_of("one two three", width("one two") + 0.1) == 2
    assert lines_of("x" * 40, width("x" * 10) + 0.1) == 4
    assert lines_of("a\nb", 100) == 2


@given(texts, rooms, st.integers(1, 5), st.sampled_from(["", "(by 18 Dec)"]))
@example("the the the the the reads WWMM the the the the WWMM reads", 8.0, 5, "(by 18 Dec)")
def test_a_cut_text_fits_and_shows_that_it_was_cut(
    text: str, room: float, lines: int, tail: str
) -> None:
    kept = cut(text, room, lines, tail)
    assert lines_of(f"{kept} {tail}".strip(), room) <= max(lines, lines_of(f"… {tail}", room))
    if kept != text:
        assert kept.endswith(ELLIPSIS)
        assert text.startswith(kept.removesuffix(ELLIPSIS))


@given(st.lists(texts, max_size=6), rooms, st.integers(2, 12))
def test_a_list_fits_and_says_how_much_is_missing(
    points: list[str], room: float, lines: int
) -> None:
    fitted = fit([Item(point) for point in points], room, lines)
    taken = sum(lines_of(str(item), room) for item in fitted.items)
    assert taken + (1 if fitted.more else 0) <= lines
    assert len(fitted.items) + fitted.more == len(points)


def test_every_point_is_shown_in_part_before_one_is_shown_in_whole() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve " * 3
    room = width("one two three four five six")
    fitted = fit([Item(long), Item(long), Item("short")], room, 6)
    assert fitted.more == 0
    assert [lines_of(item.text, room) for item in fitted.items] == [3, 2, 1]
    assert fit([Item(long)] * 5, room, 5).more == 3


@given(st.lists(st.integers(1, 30), max_size=10), st.integers(0, 100))
def test_lines_are_dealt_out_fairly(needs: list[int], there_are: int) -> None:
    shares = share(needs, there_are)
    assert sum(shares) == min(sum(needs), there_are)
    assert all(given <= need for given, need in zip(shares, needs, strict=True))
    cut_ones = [given for given, need in zip(shares, needs, strict=True) if given < need]
    if cut_ones:
        assert max(shares) - min(cut_ones) <= 1
