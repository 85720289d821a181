"""The papers with a page of their own say the same in Word and as a PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from senreg.reports.papers import make, save

from .conftest import TODAY, Book
from .one_childs import written_about
from .reading import said_in_docx, said_in_html, said_in_pdf

MARK = re.compile(r"Qq [a-z_]+")


@pytest.mark.parametrize("name", ["class", "pupil", "summary", "conversation"])
def test_the_same_is_said_in_every_form(book: Book, name: str, tmp_path: Path) -> None:
    pupil = written_about(book, "Qq")
    about = {"class_name": "4B"} if name == "class" else {"pupil": pupil}
    paper = make(book.register, name, today=TODAY, **about)
    wanted = set(MARK.findall(said_in_html(paper.html)))
    assert len(wanted) >= 4
    save(paper, tmp_path / "a.docx")
    assert set(MARK.findall(said_in_docx((tmp_path / "a.docx").read_bytes()))) == wanted
    pytest.importorskip("typst")
    save(paper, tmp_path / "a.pdf")
    said = said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path)
    assert set(MARK.findall(said)) == wanted
    assert ("Delete after" in said) == (name != "summary")


def test_a_name_of_any_kind_stands_on_each(book: Book, tmp_path: Path) -> None:
    for number, (forename, surname) in enumerate((("小明", "[李]"), ("Łukasz", "O'Neill <b>"))):
        pupil = book.child(forename, surname, what_helps="Pictures", class_name=f"{number}B")
        book.add("conversations", pupil=pupil, held_on="2026-11-12", focus="[b]=1+1")
        for name in ("class", "pupil", "summary", "conversation"):
            about = {"class_name": f"{number}B"} if name == "class" else {"pupil": pupil}
            save(make(book.register, name, today=TODAY, **about), tmp_path / "a.docx")
            said = said_in_docx((tmp_path / "a.docx").read_bytes())
            assert (forename if name == "summary" else f"{forename} {surname}") in said


def test_an_empty_class_says_so(book: Book, tmp_path: Path) -> None:
    book.add("pupils", forename="Sam", surname="O'Neill", class_name="4B")
    save(make(book.register, "class", class_name="4B", today=TODAY), tmp_path / "a.docx")
    assert "Nobody in this class" in said_in_docx((tmp_path / "a.docx").read_bytes())
