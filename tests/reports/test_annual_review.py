"""The papers that go out before the annual review of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import SenregError
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import Paper, make, save

from .conftest import TODAY, Book
from .reading import said_in_docx, said_in_html, said_in_pdf


def made(book: Book, pupil: str) -> Paper:
    return make(book.register, "annual-review", pupil=pupil, today=TODAY)


def text_of(paper: Paper) -> str:
    assert paper.document is not None
    return as_text(paper.document)


@pytest.fixture
def pupil(book: Book) -> str:
    """小明, with a plan, an outcome, what is demanded, and a review to come."""
    pupil = book.add(
        "pupils", forename="小明", surname="[李]", year_group="4", class_name="4B",
        aspirations="To drive a bus",
    )  # fmt: skip
    book.add("sen_statuses", pupil=pupil, code="E", start="2025-03-03")
    book.add("ehc_processes", pupil=pupil, final_on="2025-03-03", final_exception="SECRET")
    last = {"held_on": "2026-01-20", "la_decision": "maintain", "la_decided_on": "2026-02-10"}
    book.add("reviews", pupil=pupil, kind="annual", **last)
    book.add(
        "reviews", pupil=pupil, kind="annual", planned_for="2027-01-05", invited="Ewa <b>\nSENCO"
    )
    book.add("ehc_outcomes", pupil=pupil, section="E", wording="Reads a page", quantity="Year 6")
    book.add("ehc_provisions", pupil=pupil, section="F", wording="A therapist", quantity="2 a week")
    book.add("conversations", pupil=pupil, held_on="2026-05-05", pupil_words="I like maps")
    book.add("conversations", pupil=pupil, held_on="2025-12-01", pupil_words="Before the last")
    return pupil


def test_what_is_on_it(book: Book, pupil: str) -> None:
    said = text_of(made(book, pupil))
    assert "Meeting on 5 Jan 2027. What is told is of 20 Jan 2026 to 22 Nov 2026." in said
    assert "22 Dec 2026; What: Annual review: advice out to all who are invited" in said
    assert "reg 20(4): 2 weeks before the meeting" in said
    assert "Last annual review: 20 Jan 2026: keep the plan as it is" in said
    assert "In 小明’s words, 5 May 2026: I like maps" in said
    assert "Hopes: To drive a bus" in said
    assert "Reads a page\nBy when: Year 6" in said
    assert "A therapist; How much: 2 a week" in said
    assert "Attendance\nNot known for these days." in said
    assert "A: views, wishes and feelings" in said
    for words in ("Before the last", "SECRET", "£", "adulthood"):
        assert words not in said


def test_from_year_9_on_it_looks_to_adulthood_and_not_where_the_year_is_unknown(
    book: Book, pupil: str
) -> None:
    for year, there in (("9", True), ("8", False), (None, False), ("13", True)):
        with book.register.commit("Year") as c:
            c.set(pupil, year_group=year)
        assert ("Towards adulthood" in text_of(made(book, pupil))) is there


def test_the_sender_is_told_what_is_lacking(book: Book, pupil: str) -> None:
    book.add("contacts", pupil=pupil, name="Jan", parental_responsibility=True)
    look = " ".join(made(book, pupil).look)
    assert "Jan has parental responsibility and is not named among the invited." in look
    assert "These papers are to be with everybody by 22 Dec 2026." in look


def test_a_child_without_a_plan_has_none(book: Book) -> None:
    with pytest.raises(SenregError, match="no EHC plan today"):
        made(book, book.child("Sam"))


def test_names_stand_in_every_form(book: Book, pupil: str, tmp_path: Path) -> None:
    paper = made(book, pupil)
    save(paper, tmp_path / "a.docx")
    told = [said_in_html(paper.html), said_in_docx((tmp_path / "a.docx").read_bytes())]
    pytest.importorskip("typst")
    save(paper, tmp_path / "a.pdf")
    told.append(said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path))
    for said in told:
        assert "Annual review of the EHC plan: 小明 [李]" in said
        assert "Ewa <b>" in said
