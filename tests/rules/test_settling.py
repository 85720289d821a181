"""Word by word what differs, and one value that holds two."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.settling import both, by_person, in_both, own_words, shortened


class Value(NamedTuple):
    value: object
    by: str
    at: int


class Conflict(NamedTuple):
    id: str
    field: str
    values: list[Value]


TEXTS = st.text(alphabet=st.sampled_from("ab \nć[/]"), max_size=60)


def test_words_of_one_text_alone_are_marked() -> None:
    mine = "Short steps, pictures first, then a quiet place."
    theirs = "Short steps, words first, then a quiet place."
    assert [piece.text.strip() for piece in own_words(mine, theirs) if piece.own] == ["pictures"]
    assert [piece.text.strip() for piece in own_words(theirs, mine) if piece.own] == ["words"]


def test_texts_with_little_in_common_are_not_marked() -> None:
    assert [piece.own for piece in own_words("Quiet place.", "Fidget toys at noon")] == [False]
    assert [piece.own for piece in own_words("Quiet place.", "")] == [False]
    assert own_words("", "Quiet place.") == []


def test_a_line_that_was_broken_is_marked_and_a_wider_gap_is_not() -> None:
    assert not any(piece.own for piece in own_words("one  two three", "one two three"))
    assert any(piece.own for piece in own_words("one two\nthree four", "one two three four"))


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_text(mine: str, theirs: str) -> None:
    assert "".join(piece.text for piece in own_words(mine, theirs)) == mine


def test_long_stretches_of_both_are_left_out_around_what_differs() -> None:
    words = [f"w{number}" for number in range(200)]
    mine = " ".join([*words[:100], "mine", *words[100:]])
    shown = shortened(own_words(mine, " ".join(words)))
    assert "".join(piece.text for piece in shown).split() == [
        "[…]", *words[92:100], "mine", *words[100:108], "[…]"
    ]  # fmt: skip
    assert [piece.text.strip() for piece in shown if piece.own] == ["mine"]


def test_a_short_text_and_one_in_which_nothing_is_marked_stay_whole() -> None:
    for mine, theirs in (("one two three", "one two"), ("a " * 300, "b " * 300)):
        pieces = own_words(mine, theirs)
        assert shortened(pieces) == pieces


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_both_holds_every_line_of_each_in_its_order(texts: list[str]) -> None:
    held = both("text", texts).split("\n")
    for text in texts:
        rest = iter(held)
        assert not text or all(line in rest for line in text.split("\n"))


@pytest.mark.parametrize(
    ("kind", "values", "held"),
    [
        ("text", ["Same.\nMine.", "Same.\nTheirs."], "Same.\nMine.\nTheirs."),
        ("text", [None, "Theirs."], "Theirs."),
        ("text", ["Once.", "Once.\nMore."], "Once.\nMore."),
        ("records", [["a", "b"], ["b", "c"]], ["a", "b", "c"]),
        ("records", [None, ["c"]], ["c"]),
    ],
)
def test_both_says_nothing_twice(kind: str, values: list[object], held: object) -> None:
    assert both(kind, values) == held


def test_what_one_person_wrote_of_several() -> None:
    conflicts = [
        Conflict("x", "notes", [Value("new", "khan", 9), Value("old", "fox", 3)]),
        Conflict("y", "class_name", [Value("4A", "khan", 1), Value("4B", "khan", 2)]),
    ]
    assert by_person(conflicts) == {"khan": {"x": "new", "y": "4B"}, "fox": {"x": "old"}}
    assert in_both(conflicts, {"x": "text", "y": "line"}) == {"x": "new\nold"}


def test_both_of_long_texts_of_lines_that_repeat_holds_every_line() -> None:
    mine, theirs = "x\n" * 20_000, "x\ny\n" * 10_000
    held = both("text", [mine, theirs])
    assert held.count("y") == 10_000
    assert held.count("x") >= 20_000
