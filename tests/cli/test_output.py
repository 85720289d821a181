from __future__ import annotations

import contextlib
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.cli import output
from senreg.models.text import clean_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_json_reads_back_and_acts_on_no_terminal(document: object) -> None:
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        output.print_json(document)
    text = written.getvalue()
    assert json.loads(text) == document
    assert not [each for each in text if each != "\n" and unicodedata.category(each) == "Cc"]
    assert not {"\u202e", "\u2028", "\ud800", "\x9b", "\x1b"} & set(text)


@given(st.text(), st.integers(min_value=2, max_value=30))
def test_a_shortened_text_fits_and_a_short_one_is_whole(text: str, widest: int) -> None:
    short = output.shortened(text, widest)
    assert output.cells(short) <= widest
    if output.cells(clean_line(text)) <= widest:
        assert short == clean_line(text)
    else:
        assert short.endswith("…")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("Sean", 4), ("小明", 4), ("Łukasz", 6), ("e\u0301", 1), ("ａ", 2), ("🙂", 2), ("", 0)],
)
def test_cells_are_the_columns_of_a_terminal(text: str, columns: int) -> None:
    assert output.cells(text) == columns


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=6))
def test_the_columns_of_a_table_begin_below_their_headings(
    rows: list[tuple[str, str, str]],
) -> None:
    lines = output.table(["id", "Name", "Class"], [(*row[:2], "#") for row in rows])
    assert len(lines) == len(rows) + 1
    places = {output.cells(line[: line.rindex("#")]) for line in lines[1:]}
    assert places <= {output.cells(lines[0][: lines[0].index("Class")])}


def test_numbers_have_their_nouns() -> None:
    assert output.counted(1, "record") == "1 record"
    assert output.counted(2000, "record") == "2,000 records"
    assert output.counted(0, "entry", "entries") == "0 entries"


def test_on_a_terminal_what_is_pointed_out_is_broken_between_words(monkeypatch, capsys):
    sentence = "That passphrase is too easy to guess. Take several words, no name, no date."
    output.warn(sentence)
    assert capsys.readouterr().err == sentence + "\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    output.warn(sentence)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 30
    assert " ".join(lines) == sentence
