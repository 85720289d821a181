"""Times of the week as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.group_times import (
    Time,
    read_times,
    time_changes,
    time_of,
    times_words,
    write_times,
)
from senreg.rules.meeting import WEEKDAYS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "mon wed 9:30, fri 13:15 for 20",
            "Monday and Wednesday 09:30; Friday 13:15 for 20 minutes",
        ),
        ("Mon and Wed at 9.30", "Monday and Wednesday 09:30"),
        ("tues 9:30-10:00", "Tuesday 09:30 for 30 minutes"),
        ("mon-thu 1:15pm 30 min", "Monday, Tuesday, Wednesday and Thursday 13:15 for 30 minutes"),
        ("tuesday to thursday 8:45 to 9", "Tuesday, Wednesday and Thursday 08:45 for 15 minutes"),
        ("daily 9", "Monday, Tuesday, Wednesday, Thursday and Friday 09:00"),
        ("every day 8:45", "Monday, Tuesday, Wednesday, Thursday and Friday 08:45"),
        ("thursdays 2", "Thursday 14:00"),
        ("wed 9 am; wed 9:00", "Wednesday 09:00"),
        ("fri 10:45 9:30", "Friday 09:30; Friday 10:45"),
        ("mon 12am", "Monday 00:00"),
        ("mon 01:15", "Monday 01:15"),
        ("", ""),
    ],
)
def test_times_are_read_as_people_write_them(text, words):
    assert times_words(read_times(text)) == words
    assert read_times(write_times(read_times(text))) == read_times(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("mon", "Say at what time on Monday."),
        ("9:30", "Say on which day first."),
        ("mon [/b]", "“[/b]” is neither a day nor a time."),
        ("mon 9:30 x", "“x” is neither a day nor a time."),
        ("mon 25:00", "“25:00” is neither a day nor a time."),
        ("mon 9:75", "“9:75” is neither a day nor a time."),
        ("mon 13pm", "“13pm” is neither a day nor a time."),
        ("for 20 mon 9", "Say the time before how long it is."),
        ("mon 10-9:30", "It cannot end at 09:30: it begins at 10:00."),
        ("mon 9:30 for 999", "A session lasts from 1 minute to 600."),
        ("fri-mon 9", "“fri-mon” is neither a day nor a time."),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(text, problem):
    with pytest.raises(ValueError, match="^" + problem.replace("[", r"\[").replace("]", r"\]")):
        read_times(text)


@given(
    st.lists(
        st.builds(
            Time,
            st.sampled_from(list(WEEKDAYS)),
            st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.integers(0, 59)),
            st.one_of(st.none(), st.integers(1, 600)),
        ),
        unique=True,
    )
)
def test_times_read_back_as_they_were_written(times):
    assert set(read_times(write_times(times))) == set(times)


def test_words_for_a_narrow_column():
    times = [Time("wed", "09:30", 20), Time("mon", "09:30", 20), Time("fri", "13:15")]
    assert times_words(times, short=True) == "Mon, Wed 09:30; Fri 13:15"
    assert times_words([Time("", "")]) == times_words([Time("", "")], short=True) == ""
    assert times_words(read_times("mon-wed fri 9"), short=True) == "Mon–Wed, Fri 09:00"
    assert times_words(read_times("sun mon 9"), short=True) == "Mon, Sun 09:00"


def test_only_times_that_differ_are_written():
    slots = [
        {"id": "one", "weekday": "mon", "at": "09:30", "minutes": 20},
        {"id": "two", "weekday": "tue", "at": "09:30", "minutes": None},
        {"id": "twice", "weekday": "mon", "at": "09:30", "minutes": 20},
    ]
    changes = time_changes(slots, [time_of(slots[0]), Time("fri", "13:15"), Time("fri", "13:15")])
    assert changes.add == (Time("fri", "13:15"),)
    assert changes.drop == ("two", "twice")
    assert changes.add[0].values == {"weekday": "fri", "at": "13:15", "minutes": None}
