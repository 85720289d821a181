from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.dates import (
    days_after,
    end_of_term,
    parse_day,
    school_year_of,
    school_year_span,
    short_day,
    shown_day,
    term_of,
    terms_of_year,
)
from senreg.rules.order import natural
from senreg.rules.years import YEARS, next_year, year_rank, year_word

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2026-08-31", "2025/26"),
        ("2026-09-01", "2026/27"),
        ("2026-11-22", "2026/27"),
        ("1999-10-01", "1999/00"),
        ("2000-01-01", "1999/00"),
    ],
)
def test_school_year_turns_on_the_first_of_september(day, year):
    assert school_year_of(day) == year
    assert school_year_of(date.fromisoformat(day)) == year


@given(days)
def test_a_day_lies_in_its_school_year_and_in_one_of_its_terms(day):
    year = school_year_of(day)
    first, last = school_year_span(year)
    assert first <= day <= last
    terms = terms_of_year(year)
    assert [term.name for term in terms] == ["Autumn", "Spring", "Summer"]
    assert [term for term in terms if term.start <= day <= term.end] == [term_of(day)]


@pytest.mark.parametrize("text", ["2026", "2026/28", "26/27", "2026-27", "٢٠٢٦/27", "", "next/27"])
def test_what_is_no_school_year_is_refused(text):
    with pytest.raises(ValueError, match="2026/27"):
        school_year_span(text)


def test_the_schools_own_terms_replace_the_usual_ones_they_overlap():
    own = [{"name": "Michaelmas", "start": "2026-09-03", "end": "2026-12-18"}]
    year = terms_of_year("2026/27", own)
    assert [term.name for term in year] == ["Michaelmas", "Spring", "Summer"]
    assert term_of("2026-12-25", own).name == "Michaelmas"
    assert term_of("2026-09-01", own).name == "Michaelmas"
    assert terms_of_year("2025/26", own)[0].name == "Autumn"


def test_terms_without_sense_are_passed_over():
    broken = [
        {"name": "No end", "start": "2026-09-03"},
        {"name": "Backwards", "start": "2026-12-18", "end": "2026-09-03"},
        {"name": "Not a day", "start": "soon", "end": "later"},
    ]
    assert [term.name for term in terms_of_year("2026/27", broken)] == [
        "Autumn",
        "Spring",
        "Summer",
    ]


def test_a_term_belongs_to_the_year_it_names():
    early = {
        "name": "Autumn",
        "start": "2026-08-27",
        "end": "2026-12-18",
        "school_year": "2026/2027",
    }
    assert terms_of_year("2026/27", [early])[0].start == date(2026, 8, 27)
    assert terms_of_year("2025/26", [early])[-1].start == date(2026, 4, 1)


def test_days_are_read_and_shown_as_people_do():
    today = date(2026, 11, 22)
    assert parse_day("fri", today=today) == date(2026, 11, 27)
    assert end_of_term(today, []) == date(2026, 12, 31)
    assert shown_day("2026-11-27") == "Fri 27 Nov 2026"
    assert short_day("2026-11-27") == "27 Nov 2026"


@given(days, st.integers(-4000000, 4000000))
def test_counting_days_never_leaves_the_calendar(day, count):
    there = date.fromisoformat(days_after(day, count))
    assert (there - day).days == count or there in (date.min, date.max)


def test_year_groups_follow_one_another():
    assert YEARS[0] == "E1"
    assert [next_year(year) for year in ("N2", "R", "1", "13")] == ["R", "1", "2", "14"]
    assert next_year("14") is None
    assert next_year("X") is None
    assert next_year(None) is None
    assert sorted(["10", "R", "2", None, "E1"], key=year_rank) == ["E1", "R", "2", "10", None]
    assert [year_word(year) for year in ("R", "4", "X", None)] == ["Reception", "Year 4", "X", ""]


def test_classes_sort_as_people_count():
    classes = ["10A", "4B", "Oak", "4A", "RB", "1 Elm"]
    assert sorted(classes, key=natural) == ["1 Elm", "4A", "4B", "10A", "Oak", "RB"]
