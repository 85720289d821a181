from datetime import date

import pytest

from senreg.rules.dates import school_days_after
from senreg.rules.findings import findings
from senreg.rules.retention import due_keepings, keepings, years_after
from senreg.rules.today import today_lines

from .sample import TODAY, Sample

TERMS = (
    {"name": "Autumn 1", "start": "2026-09-02", "end": "2026-10-23", "school_year": "2026/27"},
    {"name": "Autumn 2", "start": "2026-11-02", "end": "2026-12-18", "school_year": "2026/27"},
)


def of(sample, pupil):
    return next(each for each in keepings(sample, TODAY) if each.pupil == pupil)


def leaver(sample, status="K", **values):
    values = {"dob": "2015-05-06", "left": "2026-07-21"} | values
    return sample.pupil(status=status, **values)


def test_only_children_who_have_left_are_looked_at():
    sample = Sample()
    sample.pupil(status="K")
    gone = leaver(sample)
    assert [each.pupil for each in keepings(sample, TODAY)] == [gone]


@pytest.mark.parametrize(
    ("status", "values", "state", "day"),
    [
        ("K", {}, "kept", "2046-05-06"),
        ("E", {"dob": None}, "unknown", ""),
        ("K", {"dob": "1995-11-22"}, "erase", "2026-11-22"),
        ("K", {"dob": "1995-11-23"}, "kept", "2026-11-23"),
        ("K", {"destination": "High", "left": "2026-11-06"}, "to_send", "2026-11-27"),
        ("K", {"destination": "High", "records_sent": "2026-11-02"}, "sent", "2026-11-23"),
        ("K", {"records_sent": "2026-11-02", "records_receipt": "2026-11-09"}, "erase",
         "2026-11-09"),
        ("K", {"keep_until": "2030-01-01"}, "kept", "2030-01-01"),
        ("K", {"records_sent": "2026-09-02", "records_receipt": "2026-11-09",
               "keep_until": "2027-01-01"}, "kept", "2027-01-01"),
        ("N", {"records_sent": "2026-11-02"}, "erase", "2026-11-02"),
        ("M", {"left": "2026-11-06"}, "kept", "2026-11-27"),
        ("N", {"left": "2026-07-21"}, "erase", "2026-08-11"),
        ("N", {"left": None, "enrolment_status": "P"}, "unknown", ""),
    ],
)  # fmt: skip
def test_each_file_by_what_is_known_of_it(status, values, state, day):
    sample = Sample()
    found = of(sample, leaver(sample, status=status, **values))
    assert (found.state, found.day) == (state, day)
    assert found.sen == (status in "KE")


def test_the_schools_own_years_hold():
    sample = Sample()
    sample.add("school", name="S", keep_sen_years=25, keep_other_years=3)
    assert of(sample, leaver(sample)).day == "2040-05-06"
    assert of(sample, leaver(sample, status="N")).day == "2029-07-21"


def test_a_hold_keeps_a_file_off_the_list_of_what_is_due():
    sample = Sample()
    gone = leaver(sample, dob="1990-01-01")
    assert [each.pupil for each in due_keepings(sample, TODAY)] == [gone]
    hold = sample.add("holds", pupil=gone, reason="Claim", end="2026-12-31")
    assert due_keepings(sample, TODAY) == []
    words = of(sample, gone).words
    assert words == "It was to be kept until 1 Jan 2021; on hold until 31 Dec 2026"
    sample.set(hold, end="2026-11-21")
    assert [each.pupil for each in due_keepings(sample, TODAY)] == [gone]
    sample.set(hold, end=None)
    assert of(sample, gone).held == "open"


def test_school_days_are_weekdays_within_terms():
    assert school_days_after(date(2026, 10, 21), 2, TERMS) == "2026-10-23"
    assert school_days_after(date(2026, 10, 22), 2, TERMS) == "2026-11-02"
    assert school_days_after(date(2026, 10, 5), 15, TERMS) == "2026-11-02"
    assert school_days_after(date(2026, 11, 6), 1) == "2026-11-09"
    assert school_days_after(date(2026, 11, 6), 0) == "2026-11-06"


def test_a_leap_day_is_reached_in_every_year():
    assert years_after(date(2012, 2, 29), 31) == "2043-03-01"
    assert years_after(date(2012, 2, 29), 32) == "2044-02-29"
    assert years_after(date(2012, 2, 29), 10**9)[:4] == "9999"


def test_what_is_due_is_on_today_and_among_the_findings():
    sample = Sample()
    send = leaver(sample, surname="Abel", destination="High", left="2026-11-06")
    ask = leaver(sample, surname="Bell", records_sent="2026-10-01")
    erase = leaver(sample, surname="Cole", dob="1990-01-01")
    leaver(sample, surname="Dale")
    lines = today_lines(sample, TODAY).files
    assert [(line.record, line.state) for line in lines] == [
        (send, "due"),
        (ask, "overdue"),
        (erase, "none"),
    ]
    assert lines[0].words == (
        "Send the file to High by 27 Nov 2026  ·  Pupil Information Regs 2005, reg 9: "
        "15 school days"
    )
    told = {each.code: each for each in findings(sample, TODAY) if each.code.startswith("file_")}
    assert {code: each.record for code, each in told.items()} == {
        "file_to_send": send,
        "file_sent": ask,
        "file_erase": erase,
    }
    assert told["file_erase"].message == "Cole, Sam: Erase: it was to be kept until 1 Jan 2021."
