"""The chronology of a child on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.reports.document.plainly import as_text
from senreg.reports.papers import Paper, make, save

from .conftest import TODAY, Book
from .one_childs import written_about
from .reading import needs, said_in_docx, said_in_html

WORD = st.text(st.sampled_from("abcłş小'[]<&"), min_size=5, max_size=8)


def made(book: Book, pupil: str) -> Paper:
    return make(book.register, "chronology", pupil=pupil, today=TODAY)


def text_of(paper: Paper) -> str:
    assert paper.document is not None
    return as_text(paper.document)


def test_it_goes_by_school_years_and_says_what_is_left_out(book: Book, tmp_path: Path) -> None:
    pupil = book.child("小明", "O'Neill")
    note = {"pupil": pupil, "kind": "call"}
    book.add("notes", **note, happened_on="2026-07-01", text="Said <b>[yes]</b>")
    book.add("notes", **note, happened_on="2026-09-02", text="SECRET", confidential=True)
    book.add("notes", **note, text="UNDATED")
    paper = made(book, pupil)
    said = text_of(paper)
    assert said.index("2025/26") < said.index("1 Jul 2026; What happened: Phone call")
    for words in ("SECRET", "UNDATED"):
        assert words not in said
    assert "1 note is confidential and not in it." in paper.look
    assert "1 note has no day and cannot be in it." in paper.look
    assert '@bottom-left { content: "Made on 22 Nov 2026. Delete after ' in paper.html
    save(paper, tmp_path / "a.docx")
    for told in (said_in_html(paper.html), said_in_docx((tmp_path / "a.docx").read_bytes())):
        assert "Said <b>[yes]</b>" in told
        assert "Chronology: 小明 O'Neill" in told


@settings(
    max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(WORD, min_size=2, max_size=2, unique=True))
def test_no_word_about_another_child_is_in_it(book: Book, words: list[str]) -> None:
    mine, others = f"Q{words[0]}Q", f"X{words[1]}X"
    pupil, other = written_about(book, mine), written_about(book, others)
    said = text_of(made(book, pupil))
    assert mine in said
    assert others not in said
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)


def test_a_long_one_has_pages_with_numbers_and_headings_on_each(book: Book, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pupil = book.child("Sam")
    with book.register.commit("Write") as c:
        for day in range(1, 29):
            for month in range(1, 7):
                c.add(
                    "notes",
                    {"pupil": pupil, "kind": "call", "happened_on": f"2026-{month:02d}-{day:02d}",
                     "text": "Asked how the week had gone. " * 3},
                )  # fmt: skip
    save(made(book, pupil), tmp_path / "a.pdf")
    words = [needs("pdftotext"), "-layout", "-f", "2", "-l", "2", str(tmp_path / "a.pdf"), "-"]
    page = subprocess.run(words, check=True, capture_output=True).stdout.decode()
    assert "What happened" in page
    assert "2/" in page.replace(" ", "")
    assert "Delete after" in page


def test_nothing_written_says_so(book: Book) -> None:
    pupil = book.add("pupils", forename="Sam", surname="O'Neill")
    assert "Nothing with a day is written of this child." in text_of(made(book, pupil))
