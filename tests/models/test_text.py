"""Text at the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.text import clean, clean_line, folded

PRECIOUS = [
    "O'Neill",
    "Łukasz",
    "小明",
    "Sam [EAL] O'Neil",
    "[/b]",
    "=1+1",
    "“Bo”",
    "👩‍👧",
    "محمد",
    "{x}",
]


@pytest.mark.parametrize("text", PRECIOUS)
def test_names_come_out_as_they_went_in(text):
    assert clean(text) == text
    assert clean_line(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("a\u202eb", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("e\u0301", "é"),
        ("a\x00b\x9bc", "abc"),
        ("\ufeffUPN", "UPN"),
        ("a\tb", "a\tb"),
    ],
)
def test_what_steers_a_terminal_is_taken_out(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line
    assert line == line.strip()


@given(st.text())
def test_folding_twice_changes_nothing_that_searching_sees(text):
    assert folded(folded(text)) == folded(text)


def test_searching_sets_accents_and_apostrophes_aside():
    assert folded("Zoë O’NEILL") == "zoe o'neill"
    assert folded("Łukasz") == "lukasz"
