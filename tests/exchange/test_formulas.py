from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.exchange.formulas import guarded, unguarded, would_start_a_formula

SIGNS = "=+-@＝＋－＠"

hostile = st.text(
    alphabet=st.sampled_from("=+-@＝＋－＠' \t\r\n\u00a0\u3000aZ0小\U0001f600"), max_size=8
)


@given(st.one_of(hostile, st.text(max_size=40)))
def test_a_guarded_cell_starts_no_formula_and_comes_back_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert not cell.lstrip().startswith(tuple(SIGNS))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert unguarded(cell) == text


@given(hostile)
def test_text_that_was_never_guarded_loses_nothing_but_a_needed_guard(text: str) -> None:
    assert unguarded(text) in {text, text[1:]}
    if not would_start_a_formula(text):
        assert unguarded(text) == text


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  +44 7700 900123", "'  +44 7700 900123"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝cmd", "'＝cmd"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("' '=1", "'' '=1"),
        ("'hello'", "'hello'"),
        ("O'Neill", "O'Neill"),
        ("[/b]", "[/b]"),
        ("x=1", "x=1"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_the_guard(typed: str, cell: str) -> None:
    assert guarded(typed) == cell
    assert unguarded(cell) == typed
