"""The provision map on paper."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError
from senreg.reports.asked import Choices
from senreg.reports.document.parts import Table
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import make
from senreg.reports.pupil_page import pupil_page

from .conftest import TODAY, Book


def told(book: Book, *, costs: bool = False, **about: str) -> str:
    choices = Choices(costs=costs)
    paper = make(book.register, "provision", choices=choices, today=TODAY, **about)  # type: ignore[arg-type]
    assert paper.document is not None
    return as_text(paper.document)


@pytest.fixture
def run(book: Book) -> dict[str, str]:
    """Lego therapy of two children of two classes with a teacher at £20 an hour."""
    adult = book.add("staff", name="Ms Olu [TA]", role="ta")
    book.add("rates", role="ta", per_hour=20, start="2026-09-01")
    lego = book.add(
        "interventions",
        name="Lego & <talk>",
        tier="targeted",
        session_minutes=30,
        measure="Turns taken",
        resource_cost=10,
    )
    group = book.add("groups", intervention=lego, staff=[adult], start="2026-11-02")
    book.add("slots", group=group, weekday="mon", at="09:30", minutes=30)
    seen = {"group": group, "lego": lego}
    for forename, class_name, year in (("Łukasz", "4B", "4"), ("Zoë", "5A", "5")):
        child = book.child(forename, class_name=class_name, year_group=year)
        book.add("placements", pupil=child, group=group, start="2026-11-02", end="2026-12-18")
        seen[forename] = child
    return seen


def test_the_schools_map_counts_and_names_nobody(book: Book, run: dict[str, str]) -> None:
    said = told(book)
    assert "2 pupils, 1 hour a week" in said
    assert "Lego & <talk>; Tier: Targeted; With: Ms Olu [TA]; How long: 30 minutes" in said
    assert "How often: 1 × a week: Mon 09:30; In the group: 2; Measured by: Turns taken" in said
    assert "Until: 18 Dec 2026" in said
    assert "Year 4: 1 · 0.5 h; Year 5: 1 · 0.5 h; All: 2 · 1 h" in said
    for words in ("Łukasz", "Zoë", "O'Neill", "£"):
        assert words not in said


def test_days_of_one_time_stand_together(book: Book, run: dict[str, str]) -> None:
    for weekday, at in (("thu", "13:15"), ("wed", "09:30"), ("tue", "09:30")):
        book.add("slots", group=run["group"], weekday=weekday, at=at)
    assert "How often: 4 × a week: Mon–Wed 09:30; Thu 13:15; In the group" in told(book)
    page = pupil_page(book.register, book.register.get(run["Zoë"], "pupils") or {}, TODAY)
    assert [each.times for each in page.provision] == ["Mon–Wed 09:30; Thu 13:15"]


def test_costs_are_shared_by_the_children_placed_and_say_how(
    book: Book, run: dict[str, str]
) -> None:
    # Three Mondays of half an hour at £20, and £10 for the run: £40, of which each child has £20.
    said = told(book, costs=True)
    assert "£ a child: 20; £ in all: 40" in said
    assert "rate of their role" in said
    assert "£ a child: 20; £ for this class: 20" in told(book, costs=True, class_name="4B")
    own = told(book, costs=True, pupil=run["Łukasz"])
    assert "£ a child: 20" in own
    assert "£ in all" not in own
    assert "£20 for this child this school year so far; the school meets £6,000 a year first" in own
    assert "not a test" in own
    assert "£" not in told(book, pupil=run["Łukasz"])


def test_a_class_is_not_charged_for_the_children_of_others(book: Book, run: dict[str, str]) -> None:
    # A second group, of two children of 4B alone: an hour of £20 on each of three Tuesdays.
    talk = book.add("interventions", name="Talk", session_minutes=60)
    adult = (book.register.get(run["group"], "groups") or {})["staff"]
    group = book.add("groups", intervention=talk, staff=adult, start="2026-11-03")
    book.add("slots", group=group, weekday="tue", at="10:00", minutes=60)
    for pupil in (run["Łukasz"], book.child("Ann", class_name="4B")):
        book.add("placements", pupil=pupil, group=group, start="2026-11-03")
    said = told(book, costs=True, class_name="4B")
    assert "£ a child: 30; £ for this class: 60" in said
    assert "All that is known; £ for this class: 80" in said
    assert "All that is known; £ in all: 100" in told(book, costs=True)


def test_a_cost_without_a_rate_is_not_known_and_is_no_nought(
    book: Book, run: dict[str, str]
) -> None:
    other = book.add("staff", name="Mr Hill", role="senco")
    with book.register.commit("Change") as c:
        c.set(run["group"], staff=[other])
    assert "£ a child: not known" in told(book, costs=True)
    assert "£6,000" not in told(book, costs=True, pupil=run["Zoë"])


def test_a_classs_map_names_its_own_children_only(book: Book, run: dict[str, str]) -> None:
    said = told(book, class_name="4b")
    assert "Children: Łukasz O'Neill; " in said
    assert "In the group: 2" in said
    assert "Zoë" not in said
    with pytest.raises(SenregError, match="class"):
        told(book, class_name="9Z")


def test_where_nothing_runs_it_says_so(book: Book) -> None:
    pupil = book.child("Sam", what_helps="Pictures")
    assert "Nothing runs today." in told(book, costs=True)
    assert "No child of this class is in a group today." in told(book, class_name="4B")
    own = told(book, costs=True, pupil=pupil)
    assert "• Pictures" in own
    assert "This child is in no group today." in own


@settings(
    max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(st.sampled_from("abcłş小明'[]<&"), min_size=5, max_size=9))
def test_nothing_of_another_child_of_the_group_is_on_a_childs_map(
    book: Book, run: dict[str, str], word: str
) -> None:
    mark = f"Q{word}Q"
    other = book.child(mark, mark, what_helps=mark, class_name="4C")
    book.add("strategies", pupil=other, description=mark)
    book.add("placements", pupil=other, group=run["group"], ended_reason=mark)
    for costs in (False, True):
        assert mark not in told(book, costs=costs, pupil=run["Łukasz"])
        assert mark not in told(book, costs=costs, class_name="4B")
        assert mark not in told(book, costs=costs)
    with book.register.commit("Away") as c:
        c.archive(other)


def test_every_row_has_a_cell_for_each_column(book: Book, run: dict[str, str]) -> None:
    for about in ({}, {"class_name": "4B"}, {"pupil": run["Zoë"]}):
        for costs in (False, True):
            paper = make(
                book.register, "provision", choices=Choices(costs=costs), today=TODAY, **about
            )
            assert paper.document is not None
            for part in paper.document.parts:
                if isinstance(part, Table):
                    assert {len(row) for row in part.rows} == {len(part.columns)}
