"""The list and the stories for an inspection."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError
from senreg.reports.document.parts import Break, Document
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import make, save

from .conftest import TODAY, Book
from .reading import needs, said_in_html


def made(book: Book, **about: str) -> Document:
    paper = make(book.register, "inspection", today=TODAY, **about)  # type: ignore[arg-type]
    assert paper.document is not None
    assert said_in_html(paper.html)
    return paper.document


def test_the_list_is_by_initials_and_each_has_a_page_of_the_story(book: Book) -> None:
    sam = book.child("Łukasz", "Żak", year_group="4", strengths="Łukasz sings", what_helps="Maps")
    book.child("Seán", "O'Neill", year_group="3")
    book.add("pupils", forename="Nobody", surname="Without", class_name="4B")
    book.add("needs", pupil=sam, code="SLCN", rank=1, start="2025-09-05")
    aim = book.add("targets", pupil=sam, kind="wider", statement="Joins in", status="met")
    book.add("target_reviews", target=aim, date="2026-10-01", outcome=1)
    book.add("conversations", pupil=sam, held_on="2026-11-01", parent_words="He talks at home")
    document = made(book)
    said = as_text(document)
    assert said.index("SO; Year: Year 3") < said.index("ŁŻ; Year: Year 4")
    assert sum(isinstance(part, Break) for part in document.parts) == 2
    for words in ("ŁŻ: SEN support since", "ŁŻ sings", "• Maps", "He talks at home"):
        assert words in said
    assert "Joins in: met, " in said
    assert "1 conversation held with the family." in said
    for words in ("Łukasz", "Żak", "Seán", "O'Neill", "Without"):
        assert words not in said
    assert document.look


def test_the_list_is_in_the_order_that_can_be_seen_and_says_where_no_need_is_recorded(
    book: Book,
) -> None:
    for forename, class_name in (("Zoë", "4A"), ("Ann", "4B")):
        pupil = book.child(forename, year_group="4", class_name=class_name)
        book.add("targets", pupil=pupil, kind="wider", statement="Joins in", baseline="Never yet.",
                 due="2027-01-27")  # fmt: skip
    said = as_text(made(book))
    order = [said.index(f"{short}; Year: Year 4") for short in ("AO", "ZO")]
    assert order == sorted(order)
    assert said.count("Main need: not recorded") == 2
    assert "Joins in — from: Never yet; by 27 Jan 2027" in said


def test_children_with_the_same_initials_are_told_apart(book: Book) -> None:
    for forename in ("Sam", "Sue"):
        book.child(forename, year_group="4")
    said = as_text(made(book, class_name="4B"))
    assert "SO (1): SEN support" in said
    assert "SO (2): SEN support" in said


NAME = st.text(st.sampled_from("abdefghkłmnoprszüé"), min_size=4, max_size=9).map(str.capitalize)


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(NAME, NAME, NAME)
def test_no_name_of_a_child_is_in_it_wherever_it_was_written(
    book: Book, forename: str, surname: str, friend: str
) -> None:
    forename, surname, friend = f"Q{forename}", f"X{surname}", f"V{friend}"
    text = f"{forename} and {friend} play. {forename} {surname}’s brother, {surname}."
    pupil = book.child(forename, surname, strengths=text, what_helps=text)
    other = book.child(friend, "Vale")
    for kind in ("curricular", "wider"):
        book.add("targets", pupil=pupil, kind=kind, statement=text, child_statement=text)
    book.add("barriers", pupil=pupil, category=forename, description=text)
    book.add("conversations", pupil=pupil, held_on="2026-11-01", parent_words=text)
    for about in ({}, {"pupil": pupil}, {"class_name": "4B"}):
        said = as_text(made(book, **about))
        for name in (forename, surname, friend):
            assert name not in said
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)


@pytest.mark.parametrize(("groups", "times"), [(0, 4), (6, 4), (6, 40)])
def test_a_story_is_one_page_however_much_is_written(
    book: Book, tmp_path: Path, groups: int, times: int
) -> None:
    pytest.importorskip("typst")
    text = "Sits near the front and looks at Anneliese when she speaks. " * times
    pupil = book.child(
        "Anneliese", strengths=text, what_helps="\n".join([text] * 4), access_arrangements=text
    )
    for number in range(groups):
        kind = book.add("interventions", name=f"Talk and listen {number}", tier="targeted")
        group = book.add("groups", intervention=kind, start="2026-09-07", place="Rainbow room")
        book.add("slots", group=group, weekday="mon", at="09:30", minutes=30)
        book.add("placements", pupil=pupil, group=group, start="2026-09-07")
    for number in range(6):
        book.add("barriers", pupil=pupil, category="attention", description=text)
        for status in ("set", "met"):
            book.add("targets", pupil=pupil, kind="wider", statement=text, baseline=text,
                     due=f"2026-12-0{number + 1}", status=status)  # fmt: skip
    book.add(
        "conversations", pupil=pupil, held_on="2026-10-01", parent_words=text, pupil_words=text
    )
    paper = make(book.register, "inspection", today=TODAY)
    assert " more\n" in as_text(made(book))
    assert "Annel" not in as_text(made(book))
    save(paper, tmp_path / "a.pdf")
    told = subprocess.run([needs("pdfinfo"), tmp_path / "a.pdf"], capture_output=True, check=True)
    assert b"Pages:           2" in told.stdout


def test_where_nobody_has_sen_it_is_refused(book: Book) -> None:
    pupil = book.add("pupils", forename="Sam", surname="O'Neill", class_name="4B")
    for about in ({}, {"pupil": pupil}, {"class_name": "4B"}):
        with pytest.raises(SenregError, match="SEN register"):
            made(book, **about)


def test_of_many_closed_targets_the_last_are_told_and_the_others_counted(book: Book) -> None:
    pupil = book.child("Sam")
    for day in range(1, 10):
        statement = f"Aim {day}."
        book.add(
            "targets",
            pupil=pupil,
            kind="wider",
            statement=statement,
            status="met",
            due=f"2026-10-0{day}",
        )
    said = as_text(made(book, pupil=pupil))
    assert "Aim 9." in said
    assert "Aim 4." in said
    assert "Aim 3." not in said
    assert "and 3 before" in said
