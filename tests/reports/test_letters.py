"""Letters to families about structured conversations."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError, WrongUsage
from senreg.reports.asked import Choices
from senreg.reports.document.parts import Break
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import Paper, make, save

from .conftest import TODAY, Book
from .one_childs import written_about
from .reading import needs, said_in_docx, said_in_html


def made(book: Book, kind: str = "", **about: str) -> Paper:
    return make(book.register, "letter", choices=Choices(kind=kind), today=TODAY, **about)  # type: ignore[arg-type]


def text_of(paper: Paper) -> str:
    assert paper.document is not None
    return as_text(paper.document)


def family(book: Book, forename: str, *contacts: str, day: str = "2026-12-03") -> str:
    pupil = book.child(forename, "Żak")
    book.add("conversations", pupil=pupil, planned_for=day, at="15:45")
    for name in contacts:
        book.add("contacts", pupil=pupil, name=name, send_letters=True)
    return pupil


def pages(paper: Paper) -> list[str]:
    """The words of each letter."""
    assert paper.document is not None
    found: list[list[object]] = [[]]
    for part in paper.document.parts:
        if isinstance(part, Break):
            found.append([])
        else:
            found[-1].append(part)
    return [str(each) for each in found]


def test_an_invitation_says_who_when_and_with_whom(book: Book) -> None:
    pupil = family(book, "Łukasz", "Mrs O'Neill <Żak>")
    teacher = book.add("staff", name="Ms Olu [TA]", role="class_teacher")
    with book.register.commit("Change") as c:
        c.set(pupil, key_teacher=teacher)
    said = text_of(made(book, pupil=pupil))
    for words in (
        "Invitation: let us talk about Łukasz",
        "Dear Mrs O'Neill <Żak>,",
        "When: Thursday 3 Dec 2026 at 15:45",
        "With: Ms Olu [TA]",
    ):
        assert words in said
    assert "With kind regards,\n\n\nMs Olu [TA]\n" in said
    slip = said.partition("Please send this back to school")[2]
    assert slip.startswith("\nFrom: Mrs O'Neill <Żak>\nAbout: Łukasz\n")
    assert "Reminder: let us talk about Łukasz" in text_of(made(book, "Reminder", pupil=pupil))


def test_a_class_gets_a_page_for_each_contact_in_every_form(book: Book, tmp_path: Path) -> None:
    family(book, "Łukasz", "Mum & <co>", "Dad")
    family(book, "小明", "王 [x]")
    paper = made(book, class_name="4B")
    first, second, third = pages(paper)
    assert ("Dad" in first, "Dad" in second) == (False, True)
    assert "Łukasz" not in third
    assert "Delete after" not in paper.html
    for ending in (".html", ".docx"):
        save(paper, tmp_path / f"a{ending}")
    told = (
        said_in_html((tmp_path / "a.html").read_text(encoding="utf-8")),
        said_in_docx((tmp_path / "a.docx").read_bytes()),
    )
    for said in told:
        for words in ("Dear Mum & <co>,", "Dear Dad,", "Dear 王 [x],"):
            assert words in said
    pytest.importorskip("typst")
    save(paper, tmp_path / "a.pdf")
    told_of = subprocess.run(
        [needs("pdfinfo"), str(tmp_path / "a.pdf")], capture_output=True, check=True
    )
    assert b"Pages:           3" in told_of.stdout


def test_nothing_of_the_restriction_or_of_whom_it_is_about_is_printed(book: Book) -> None:
    pupil = family(book, "Sam", "Mum")
    book.add("contacts", pupil=pupil, name="Carl", send_letters=True, restriction="Court order")
    paper = made(book, pupil=pupil)
    assert "Carl" not in text_of(paper)
    assert "Court" not in "".join(paper.look)
    assert any("Carl" in sentence for sentence in paper.look)


@settings(
    max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(st.sampled_from("abcłş小明'[]<&"), min_size=5, max_size=9))
def test_a_letter_holds_nothing_of_what_is_written_about_the_child_or_another(
    book: Book, word: str
) -> None:
    mark = f"Q{word}Q"
    other = written_about(book, mark)
    pupil = family(book, "Zoë", "Mum")
    book.add("notes", pupil=pupil, kind="call", text="NOTE")
    book.add("needs", pupil=pupil, code="ASD", rank=1)
    said = text_of(made(book, pupil=pupil))
    for words in (mark, "NOTE", "utis", "SEN"):
        assert words not in said
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)


def test_what_is_refused(book: Book) -> None:
    pupil = book.child("Sam")
    with pytest.raises(SenregError, match="no conversation is planned"):
        made(book, pupil=pupil)
    family(book, "Zoë", "Mum", day="2027-02-01")
    assert "Zoë" in text_of(made(book, class_name="4B"))
    with pytest.raises(SenregError, match="nobody to write to"):
        made(book, "reminder", class_name="4B")
    with pytest.raises(WrongUsage, match="invitation or a reminder"):
        made(book, "threat", class_name="4B")
    with pytest.raises(WrongUsage, match="one class"):
        made(book)
