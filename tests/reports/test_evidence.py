"""The graduated approach of a child on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.errors import WrongUsage
from senreg.reports.asked import Choices
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import Paper, make, save

from .conftest import TODAY, Book
from .reading import said_in_docx, said_in_html, said_in_pdf


def made(book: Book, pupil: str, **choices: object) -> Paper:
    days = Choices(**choices)  # type: ignore[arg-type]
    return make(book.register, "evidence", pupil=pupil, choices=days, today=TODAY)


def text_of(paper: Paper) -> str:
    assert paper.document is not None
    return as_text(paper.document)


@pytest.fixture
def pupil(book: Book) -> str:
    """Łukasz, who reads with Ms Olu at £20 an hour in the autumn."""
    pupil = book.child("Łukasz", "[O'Neill]", year_group="4")
    adult = book.add("staff", name="Ms Olu", role="ta")
    book.add("rates", role="ta", per_hour=20, start="2025-09-01")
    kind = book.add("interventions", name="Reading <b>", session_minutes=30)
    group = book.add("groups", intervention=kind, staff=[adult], start="2026-09-07")
    book.add("placements", pupil=pupil, group=group, start="2026-09-07", entry_score=80)
    for day in ("2026-10-05", "2026-10-12"):
        book.add("sessions", group=group, date=day, minutes=60)
    target = book.add(
        "targets", pupil=pupil, kind="wider", statement="Joins in", set_on="2026-03-02",
        start_value=1, target_value=4, unit="times a week",
    )  # fmt: skip
    book.add(
        "target_reviews", target=target, date="2026-10-20", outcome=1, value=5,
        evidence="Sang", pupil_view="I did it", parent_view="So proud",
    )  # fmt: skip
    book.add(
        "conversations", pupil=pupil, held_on="2026-03-02", attendees="Mum [Ewa]\nDad",
        pupil_words="I like maps", parent_words="He talks at home",
    )  # fmt: skip
    return pupil


def test_each_term_has_its_four_steps_with_hours_cost_and_views(book: Book, pupil: str) -> None:
    said = text_of(made(book, pupil))
    assert "1 Jan 2026 to 22 Nov 2026" not in said.split("\n")[1]
    spring, autumn = said.index("Spring 2026: "), said.index("Autumn 2026: ")
    assert spring < said.index("Joins in") < autumn
    assert "1 times a week" in said
    assert spring < said.index("I like maps") < autumn
    assert autumn < said.index("Reading <b>; With: Ms Olu; In the group: 1") < len(said)
    assert "Score: 80; Hours: 2.0; £: 40" in said
    assert "+1: More than expected" in said
    assert "Family: So proud" in said
    assert (
        "2 Mar 2026; What: Structured conversation; Who took part, or has it: Mum [Ewa], Dad"
        in said
    )
    assert "Autumn 2026; Hours of help: 2.0; Cost, £: 40; Targets set: 0; Looked at: 1; " in said
    assert "As expected or better: 1 of 1; Attendance: not known" in said
    assert "no law makes help, or an assessment, depend on what was spent" in said


def test_the_days_are_those_asked_for(book: Book, pupil: str) -> None:
    said = text_of(made(book, pupil, since=date(2026, 9, 1), until=date(2027, 3, 1)))
    assert "1 Sep 2026 to 22 Nov 2026: " in said
    assert "Spring 2026" not in said
    assert "Reading <b>" in said
    said = text_of(made(book, pupil, until=date(2026, 3, 20)))
    assert "1 Jan 2025 to 20 Mar 2026: " in said
    assert "Joins in" in said
    assert "Reading <b>" not in said
    with pytest.raises(WrongUsage, match="No day lies between"):
        made(book, pupil, since=date(2026, 12, 1))


def test_the_sender_is_told_what_is_lacking(book: Book, pupil: str) -> None:
    book.add("contacts", pupil=pupil, name="Dad", restriction="No letters")
    book.add("targets", pupil=pupil, kind="wider", statement="Undated")
    look = " ".join(made(book, pupil).look)
    assert "has a restriction" in look
    assert "1 target has no day and cannot be in it." in look
    assert "Summer 2026 no target was looked at" in look.replace("Spring 2026, ", "")
    assert "Undated" not in text_of(made(book, pupil))


def test_a_child_of_whom_nothing_is_written_has_it_said_in_every_term(book: Book) -> None:
    said = text_of(made(book, book.add("pupils", forename="Sam", surname="O'Neill")))
    assert said.count("The child was in no group.") == 4
    assert "Cost, £: –" in said


def test_a_term_before_the_child_came_is_no_gap_unless_something_is_written_of_it(
    book: Book,
) -> None:
    child = book.add("pupils", forename="Sam", surname="O'Neill", joined="2026-09-01")
    paper = made(book, child)
    assert text_of(paper).count("The child was not at this school yet.") == 3
    assert text_of(paper).count("The child was in no group.") == 1
    assert not any("Spring 2026" in each for each in paper.look)
    book.add(
        "barriers", pupil=child, category="other", description="Far", identified_on="2026-03-02"
    )
    assert text_of(made(book, child)).count("The child was not at this school yet.") == 2


def test_names_stand_in_every_form(book: Book, pupil: str, tmp_path: Path) -> None:
    paper = made(book, pupil)
    save(paper, tmp_path / "a.docx")
    told = [said_in_html(paper.html), said_in_docx((tmp_path / "a.docx").read_bytes())]
    pytest.importorskip("typst")
    save(paper, tmp_path / "a.pdf")
    told.append(said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path))
    for said in told:
        assert "Łukasz [O'Neill]" in said
        assert "Reading <b>" in said
        assert "Mum [Ewa], Dad" in said
