"""What interventions gained, on paper."""

from __future__ import annotations

import pytest

from senreg.errors import WrongUsage
from senreg.reports.asked import Choices
from senreg.reports.document.charts import Bars
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import make

from .conftest import TODAY, Book


def told(book: Book, **choices: object) -> str:
    paper = make(book.register, "impact", choices=Choices(**choices), today=TODAY)  # type: ignore[arg-type]
    assert paper.document is not None
    return as_text(paper.document)


@pytest.fixture
def reading(book: Book) -> None:
    """Reading partners: gains of 4 and 8 months in the autumn, at £20 an hour for an hour."""
    adult = book.add("staff", name="Ms Olu", role="ta")
    book.add("rates", role="ta", per_hour=20, start="2026-09-01")
    kind = book.add("interventions", name="Reading <partners>", measure="Reading age in months")
    group = book.add("groups", intervention=kind, staff=[adult], start="2026-09-07")
    book.add("sessions", group=group, date="2026-10-05", minutes=60)
    for forename, after in (("Łukasz", 84), ("Zoë", 88)):
        book.add(
            "placements",
            pupil=book.child(forename),
            group=group,
            start="2026-09-07",
            end="2026-11-13",
            entry_on="2026-09-07",
            entry_score=80,
            exit_on="2026-11-13",
            exit_score=after,
        )


def test_it_tells_gain_count_and_range_and_names_no_child(book: Book, reading: None) -> None:
    said = told(book)
    assert "1 Sep 2026 to 22 Nov 2026, school year 2026/27 so far." in said
    assert "Reading <partners>; Measured by: Reading age in months" in said
    assert "Children with both scores: 2; Mean gain: +6.0; Least to most: 4 to 8" in said
    assert "Hours: 1.0" in said
    assert "no comparison group" in said
    assert "chance weighs more" in said
    for words in ("Łukasz", "Zoë", "£ in all"):
        assert words not in said


def test_where_nothing_is_scored_yet_it_says_so_and_what_to_ask_for(book: Book) -> None:
    kind = book.add("interventions", name="Talk", measure="Words of 20")
    group = book.add("groups", intervention=kind, start="2026-09-07")
    book.add("sessions", group=group, date="2026-10-05", minutes=60)
    book.add("placements", pupil=book.child("Sam"), group=group, start="2026-09-07", entry_score=3)
    said = told(book)
    assert "No child has a score from before and after in these days yet" in said
    assert "Talk; Measured by: Words of 20; Children with both scores: 0" in said


def test_where_something_is_scored_nothing_is_said_to_be_lacking(book: Book, reading: None) -> None:
    assert "before and after in these days yet" not in told(book)


def test_costs_are_those_of_all_children_together(book: Book, reading: None) -> None:
    said = told(book, costs=True)
    # One hour at £20; £10 a child for 6 months gained.
    assert "£ in all: 20; £ a month gained: 2" in said


def test_a_term_is_its_own_days(book: Book, reading: None) -> None:
    assert "Reading <partners>" in told(book, term="autumn")
    assert "No intervention ran, or ended" in told(book, term="Summer 2026")
    with pytest.raises(WrongUsage, match="No term of that name") as refusal:
        told(book, term="Lent")
    assert "Autumn 2026" in refusal.value.do


def test_it_is_about_the_school(book: Book) -> None:
    assert "No intervention ran" in told(book)
    with pytest.raises(WrongUsage):
        make(book.register, "impact", class_name="4B", today=TODAY)


def test_the_chart_says_what_gained_most_and_does_not_rank_few(book: Book, reading: None) -> None:
    paper = make(book.register, "impact", today=TODAY)
    assert paper.document is not None
    chart = paper.document.parts[0]
    assert isinstance(chart, Bars)
    assert chart.title == "No intervention has enough scores to be laid beside another"
    assert "hatched: too few to be ranked" in chart.of
    # A gain of 6 months between 7 September and 13 November, 67 days.
    assert chart.bars[0].words == "2.7 (n 2)"
    with book.register.commit("Rank") as c:
        c.set(book.register.school.id, rank_from=2)
    chart = make(book.register, "impact", today=TODAY).document.parts[0]  # type: ignore[union-attr]
    assert isinstance(chart, Bars)
    assert chart.title == "Reading <partners> gained 2.7 months a month"
    assert chart.bars[0].manner == 0
