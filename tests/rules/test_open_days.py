"""Days on which nobody can be asked to come: the true bank holidays, weekends, no term."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.conversation_plan import offered_days, plan_year
from senreg.rules.conversation_year import parts_of_year
from senreg.rules.findings import findings
from senreg.rules.open_days import OpenDays, bank_holidays, shut_words, why_closed
from tests.rules.sample import Sample

SUMMER = {"name": "Summer", "start": "2027-04-12", "end": "2027-07-21", "school_year": "2026/27"}


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # As gov.uk/bank-holidays gave them for England and Wales.
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
    ],
)
def test_the_bank_holidays_of_england(year: int, days: str) -> None:
    assert [f"{day:%m-%d}" for day in sorted(bank_holidays(year))] == days.split()


@given(st.integers(1990, 2199))
def test_a_bank_holiday_is_a_weekday_and_none_is_lost(year: int) -> None:
    found = bank_holidays(year)
    assert all(day.weekday() < 5 and day.year == year for day in found)
    assert len(found) >= 8


def test_why_the_school_is_shut() -> None:
    assert why_closed("2026-11-28") == "a Saturday"
    assert why_closed("2027-05-03") == "a bank holiday (early May)"
    assert why_closed("2027-04-08", [SUMMER]) == "no day of term"
    assert why_closed("2027-04-12", [SUMMER]) == ""
    assert why_closed("2027-04-08") == "", "without terms nobody knows"
    assert why_closed(None) == ""
    said = shut_words("2027-05-03", (), date(2026, 11, 27))
    assert said == "3 May 2027 is a bank holiday (early May)."
    assert shut_words("2027-05-03", (), date(2027, 5, 4)) == "", "what is past is not changed"


@given(children=st.integers(1, 60), a_day=st.integers(1, 4), day=st.integers(12, 30))
def test_planning_many_asks_nobody_on_a_day_that_is_shut(
    children: int, a_day: int, day: int
) -> None:
    sample = Sample()
    sample.add("terms", **SUMMER)
    ids = [sample.pupil(f"Child {n}", "Ó", key_teacher="khan") for n in range(children)]
    today = date(2027, 4, 10)
    parts = parts_of_year(today, sample.all("terms"))
    planned = plan_year(sample, ids, parts, {2: f"2027-04-{day:02}"}, today, a_day=a_day)
    assert len(planned) == children
    for each in planned:
        assert not why_closed(each.day, sample.all("terms")), each.day


def test_the_day_offered_is_no_bank_holiday() -> None:
    # Three weeks into this term is the early May holiday.
    term = {"name": "Summer", "start": "2027-04-12", "end": "2027-07-21", "school_year": "2026/27"}
    parts = parts_of_year(date(2027, 4, 12), [term])
    assert offered_days(parts, date(2027, 4, 12), [term])[2] == "2027-05-04"
    assert next(OpenDays([term]).since(date(2027, 5, 1))) == date(2027, 5, 4)


def test_check_points_out_who_is_asked_on_a_day_that_is_shut() -> None:
    sample = Sample()
    sam = sample.pupil()
    for day, held in (("2026-12-05", None), ("2026-12-28", None), ("2026-12-06", "2026-11-20")):
        sample.add("conversations", pupil=sam, planned_for=day, held_on=held)
    sample.add("conversations", pupil=sam, planned_for="2026-11-21")
    found = [each for each in findings(sample, date(2026, 11, 27)) if "while_shut" in each.code]
    boxing = "28 Dec 2026 is a bank holiday (Boxing Day)."
    assert [each.message for each in found] == [
        "Sam O'Neill (4B): a conversation is planned, but 5 Dec 2026 is a Saturday.",
        f"Sam O'Neill (4B): a conversation is planned, but {boxing}",
    ]
