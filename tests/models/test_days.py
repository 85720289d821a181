"""Dates as people say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.days import (
    as_day,
    end_of_school_year,
    end_of_term,
    months_on,
    parse_day,
    short_day,
    shown_day,
    shown_moment,
    typed_day,
)

TODAY = date(2026, 11, 25)  # a Wednesday
TERMS = [
    {"name": "Autumn 2026", "start": "2026-09-02", "end": "2026-12-18"},
    {"name": "Spring 2027", "start": "2027-01-04", "end": "2027-03-26"},
    {"name": "Summer 2027", "start": "2027-04-12", "end": "2027-07-21"},
    {"name": "no dates", "start": None},
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-11-25"),
        (" Tomorrow ", "2026-11-26"),
        ("yesterday", "2026-11-24"),
        ("fri", "2026-11-27"),
        ("FRIDAY", "2026-11-27"),
        ("on fri", "2026-11-27"),
        ("wed", "2026-12-02"),
        ("tues", "2026-12-01"),
        ("next fri", "2026-12-04"),
        ("next mon", "2026-11-30"),
        ("this fri", "2026-11-27"),
        ("last fri", "2026-11-20"),
        ("last wed", "2026-11-18"),
        ("+6w", "2027-01-06"),
        ("+ 6 weeks", "2027-01-06"),
        ("+10d", "2026-12-05"),
        ("-2w", "2026-11-11"),
        ("+3m", "2027-02-25"),
        ("+1y", "2027-11-25"),
        ("in 6 weeks", "2027-01-06"),
        ("in 2 weeks' time", "2026-12-09"),
        ("2 weeks ago", "2026-11-11"),
        ("3/11", "2026-11-03"),
        ("3/3", "2027-03-03"),
        ("3/11/26", "2026-11-03"),
        ("3/11/2016", "2016-11-03"),
        ("03/11/2016", "2016-11-03"),
        ("3.11.2016", "2016-11-03"),
        ("3-11-2016", "2016-11-03"),
        ("3-Nov-2016", "2016-11-03"),
        ("03-Nov-2016", "2016-11-03"),
        ("03-NOV-16", "2016-11-03"),
        ("3 November 2016", "2016-11-03"),
        ("3rd of November 2016", "2016-11-03"),
        ("3 Sept", "2026-09-03"),
        ("November 3, 2016", "2016-11-03"),
        ("27 Nov", "2026-11-27"),
        ("Fri 27 Nov 2026", "2026-11-27"),
        ("Thursday, 3 November 2016", "2016-11-03"),
        ("2016-11-03", "2016-11-03"),
        ("2016-11-03T00:00:00", "2016-11-03"),
        ("2016-11-03 00:00:00", "2016-11-03"),
        ("2016-11-03T00:00:00Z", "2016-11-03"),
        ("03/11/2016 00:00", "2016-11-03"),
        ("29/2/2024", "2024-02-29"),
        ("29/2", "2028-02-29"),
        ("12/5/98", "1998-05-12"),
        ("12/5/36", "2036-05-12"),
        ("12/5/37", "1937-05-12"),
    ],
)
def test_a_date_is_understood(typed, meant):
    assert parse_day(typed, today=TODAY).isoformat() == meant


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        ("2026-12-10", "3/11", "2026-11-03"),
        ("2026-07-10", "3/11", "2026-11-03"),
        ("2026-06-10", "10/1", "2026-01-10"),
        ("2027-01-04", "18/12", "2026-12-18"),
        ("2026-12-18", "4/1", "2027-01-04"),
        ("2026-11-03", "3/11", "2026-11-03"),
    ],
)
def test_a_date_without_a_year_is_the_nearest(today, typed, meant):
    assert parse_day(typed, today=date.fromisoformat(today)).isoformat() == meant


@pytest.mark.parametrize(
    "typed",
    ["31/02/2014", "3/13/2016", "29/2/2025", "17", "half term", "soon", "1/1/0001", "+9999y",
     "2016-13-01", "fri fri", "+6", "6x", "-", "1/1/3000", "[b]", "=1+1"],
)  # fmt: skip
def test_what_is_no_date_is_named_in_one_sentence(typed):
    with pytest.raises(ValueError, match="is not a date") as refused:
        parse_day(typed, today=TODAY)
    assert str(refused.value) == f"{typed} is not a date."


def test_long_and_empty_text_is_refused_without_repeating_it():
    with pytest.raises(ValueError, match=r"^This is not a date.$"):
        parse_day("9" * 3_000_000, today=TODAY)
    with pytest.raises(ValueError, match=r"^A date is missing.$"):
        parse_day("  ", today=TODAY)


def test_a_weekday_that_does_not_fit_its_date_is_told():
    with pytest.raises(ValueError, match=r"^27 Nov 2026 is a Friday.$"):
        parse_day("Mon 27 Nov 2026", today=TODAY)


def test_ends_of_term_and_year_follow_the_terms_of_the_school():
    assert parse_day("end of term", today=TODAY, terms=TERMS) == date(2026, 12, 18)
    assert parse_day("End of Term", today=date(2026, 12, 25), terms=TERMS) == date(2027, 3, 26)
    assert parse_day("end of year", today=TODAY, terms=TERMS) == date(2027, 7, 21)
    assert end_of_school_year(date(2027, 7, 30), TERMS) == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        ("2026-09-01", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        ("2027-01-01", "2027-03-31"),
        ("2027-04-01", "2027-08-31"),
        ("2027-08-31", "2027-08-31"),
    ],
)
def test_without_terms_the_usual_ones_hold(today, end):
    day = date.fromisoformat(today)
    assert end_of_term(day).isoformat() == end
    assert end_of_school_year(day) == date(2027, 8, 31)


def test_terms_may_be_objects_with_a_start_and_an_end():
    class Autumn:
        start = date(2026, 9, 2)
        end = date(2026, 12, 17)

    assert end_of_term(TODAY, [Autumn()]) == date(2026, 12, 17)


def test_dates_are_shown_in_full():
    assert shown_day("2026-11-27") == "Fri 27 Nov 2026"
    assert shown_day(date(2026, 11, 3)) == "Tue 3 Nov 2026"
    assert short_day("2026-11-27") == "27 Nov 2026"
    assert typed_day("2026-11-03") == "03/11/2026"
    for show in (shown_day, short_day, typed_day):
        assert show(None) == ""
        assert show("soon") == "soon"
    assert as_day("not a date") is None
    assert as_day(17) is None


def test_months_end_where_the_shorter_one_does():
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 1, 31), -2) == date(2025, 11, 30)


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days, days)
def test_every_way_of_showing_a_date_reads_back(day, today):
    for text in (shown_day(day), short_day(day), typed_day(day), day.isoformat()):
        assert parse_day(text, today=today) == day


@given(days, st.dates(date(1910, 1, 1), date(2190, 1, 1)))
def test_a_day_and_month_mean_the_nearest_of_their_years(day, today):
    if (day.month, day.day) != (2, 29):
        meant = parse_day(f"{day.day}/{day.month}", today=today)
        assert (meant.day, meant.month) == (day.day, day.month)
        assert abs((meant - today).days) <= 183


@given(st.text(max_size=80), st.dates(date(1910, 1, 1), date(2190, 1, 1)))
def test_any_text_is_a_date_or_a_sentence(text, today):
    said = ""
    try:
        day = parse_day(text, today=today)
    except ValueError as refused:
        day, said = None, str(refused)
    assert isinstance(day, date) or said.endswith((" is not a date.", "day.", " is missing."))


def test_a_moment_is_shown_in_local_time_with_its_day_in_words(monkeypatch):
    monkeypatch.setattr("senreg.clock.shown", lambda at: f"2026-11-03 14:{at:02}")
    assert shown_moment(5) == "3 Nov 2026, 14:05"
