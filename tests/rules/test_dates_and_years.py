from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.dates import (
    TermDays,
    days_after,
    end_of_term,
    first_of_school_year,
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


SPRING = {"name": "Spring", "start": "2027-01-05", "end": "2027-04-02"}
SUMMER = {"name": "Summer", "start": "2027-04-19", "end": "2027-07-22"}
FIRST_HALF = {"name": "Autumn 1", "start": "2026-09-02", "end": "2026-10-23"}
SECOND_HALF = {"name": "Autumn 2", "start": "2026-11-02", "end": "2026-12-18"}


def spans(own):
    return [(each.name, each.start, each.end) for each in terms_of_year("2026/27", own)]


def test_a_spring_term_that_reaches_into_april_leaves_the_usual_summer_its_other_days():
    assert spans([SPRING])[1:] == [
        ("Spring", date(2027, 1, 5), date(2027, 4, 2)),
        ("Summer", date(2027, 4, 3), date(2027, 8, 31)),
    ]
    assert term_of("2027-06-20", [SPRING]).name == "Summer"
    assert TermDays([SPRING]).supposed("2027-06-20")
    assert [name for name, _, _ in spans([SPRING, SUMMER])] == ["Autumn", "Spring", "Summer"]
    assert not TermDays([SPRING, SUMMER]).has("2027-08-02")


@pytest.mark.parametrize(
    ("half", "start", "end"),
    [
        (FIRST_HALF, date(2026, 10, 24), date(2026, 12, 31)),
        (SECOND_HALF, date(2026, 9, 1), date(2026, 11, 1)),
    ],
)
def test_where_half_a_term_is_recorded_the_usual_one_stands_for_the_other_half(half, start, end):
    autumn = sorted(spans([half])[:2], key=lambda each: len(each[0]))
    assert autumn[0] == ("Autumn", start, end)
    for day in ("2026-10-05", "2026-12-05"):
        assert TermDays([half]).has(day)
    both = [FIRST_HALF, SECOND_HALF]
    assert [name for name, _, _ in spans(both)] == ["Autumn 1", "Autumn 2", "Spring", "Summer"]
    assert not TermDays(both).has("2026-10-28")


own_terms = st.lists(
    st.tuples(st.dates(date(2026, 8, 15), date(2027, 7, 31)), st.integers(0, 110)), max_size=6
).map(
    lambda pairs: [
        {"name": "T", "start": start.isoformat(), "end": days_after(start, long)}
        for start, long in pairs
    ]
)


@given(own_terms, st.dates(date(2026, 9, 1), date(2027, 8, 31)))
def test_no_day_is_of_a_usual_term_and_a_recorded_one_and_no_day_of_neither_is_lost(own, day):
    terms = TermDays(own)
    recorded = any(each["start"] <= day.isoformat() <= each["end"] for each in own)
    if recorded:
        assert terms.has(day.isoformat())
        assert not terms.supposed(day.isoformat())
    known = terms_of_year("2026/27", own)
    for probe in ("2026-10-01", "2026-12-01", "2027-01-25", "2027-03-10", "2027-05-10"):
        assert any(each.start <= date.fromisoformat(probe) <= each.end for each in known)


def test_a_school_year_begins_with_the_autumn_term_that_begins_in_august():
    early = [{"name": "Autumn", "start": "2026-08-27", "end": "2026-12-18"}]
    assert school_year_of("2026-08-26", early) == "2025/26"
    assert school_year_of("2026-08-27", early) == "2026/27"
    assert school_year_span("2025/26", early) == (date(2025, 9, 1), date(2026, 8, 26))
    assert school_year_span("2026/27", early) == (date(2026, 8, 27), date(2027, 8, 31))
    assert first_of_school_year(date(2026, 8, 30), early) == date(2026, 8, 27)
    late = [{**early[0], "start": "2026-09-03"}]
    assert school_year_of("2026-09-01", late) == "2026/27"
    assert school_year_of("2026-08-31", late) == "2025/26"
    named = [{"name": "Camp", "start": "2026-08-03", "end": "2026-08-07", "school_year": "2025/26"}]
    assert school_year_of("2026-08-05", named) == "2025/26"


@given(own_terms, st.dates(date(2026, 8, 1), date(2027, 8, 31)))
def test_a_day_lies_in_the_span_of_its_school_year_whatever_terms_there_are(own, day):
    first, last = school_year_span(school_year_of(day, own), own)
    assert first <= day <= last


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
