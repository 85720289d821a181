"""The calendar file, read back strictly by the library that calendars are read with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from senreg.errors import CannotWrite
from senreg.exchange.calendar_out import CalendarMade, calendar_of, hand_out_calendar
from senreg.export_log import handed_out
from senreg.register import Register
from senreg.rules.calendar_entries import CalendarEntry

TODAY = date(2026, 11, 27)
NAMES = [
    "O'Neill",
    "Łukasz; [/b]",
    "小明, 王",
    "Zoë \\n d’Arcy",
    "BEGIN:VEVENT",
    "مرحبا",
    "😀" * 60,
]


def made(
    entries: list[CalendarEntry], school: str = "Hill", at: datetime | None = None
) -> Calendar:
    return calendar_of(
        entries,
        register_id="r1",
        school=school,
        made_on=TODAY,
        made_at=at or datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
        until=date(2026, 12, 18),
    )


def read(data: bytes) -> tuple[Calendar, list[Event]]:
    """A calendar file as another program reads it; nothing in it may be in error."""
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (calendar,) = Calendar.from_ical(data, multiple=True)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    events = calendar.events
    assert not any(each.errors for each in events)
    return calendar, events


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = Register.create(tmp_path / "hill.senreg", "Hill; School, [/b]")
    with made.commit("Fill") as c:
        c.add("staff", {"name": "Mrs Khan", "role": "senco"}, record_id="khan")
        for place, name in enumerate(NAMES):
            key = f"p{place}"
            c.add("pupils", {"forename": name, "surname": name}, record_id=key)
            c.add("sen_statuses", {"pupil": key, "code": "E", "start": "2026-03-02"})
            c.add(
                "conversations",
                {"pupil": key, "planned_for": "2026-12-01", "at": "15:45", "led_by": "khan"},
                record_id=f"talk{place}",
            )
            c.add("reviews", {"pupil": key, "kind": "annual", "planned_for": "2027-01-11"})
    return made


def out(register: Register, path: Path, *, names: bool = False) -> tuple[CalendarMade, list[Event]]:
    told = hand_out_calendar(register, path, TODAY, names=names)
    return told, read(path.read_bytes())[1]


def test_days_and_times_are_read_back(register: Register, tmp_path: Path) -> None:
    told, events = out(register, tmp_path / "dates.ics")
    found = {str(each["uid"]).partition("@")[0]: each for each in events}
    talk = found["talk0-conversation"]
    assert talk.start == datetime(2026, 12, 1, 15, 45)  # noqa: DTZ001 - the school's own time
    assert talk.end - talk.start == timedelta(hours=1)
    assert "Led by K" in str(talk["description"])
    review = next(each for each in events if "Annual review of the plan" in str(each["summary"]))
    assert (review.start, review.end) == (date(2027, 1, 11), date(2027, 1, 12))
    assert {str(each["class"]) for each in events} == {"PRIVATE"}
    assert (talk["transp"], review["transp"]) == ("OPAQUE", "TRANSPARENT")
    assert told.entries + told.called_off == len(events) == len(found)


def test_names_are_in_it_only_where_they_are_asked_for(register: Register, tmp_path: Path) -> None:
    _, events = out(register, tmp_path / "short.ics")
    _, named = out(register, tmp_path / "names.ics", names=True)
    said = " ".join(str(each["summary"]) + str(each["description"]) for each in events)
    for name in NAMES:
        assert name not in said
        assert any(name in str(each["summary"]) for each in named)
    assert {each["uid"] for each in events} < {each["uid"] for each in named}


def test_made_again_the_entries_are_the_same_and_later(register: Register, tmp_path: Path) -> None:
    out(register, tmp_path / "zero.ics")
    _, first = out(register, tmp_path / "one.ics")
    with register.commit("Change") as c:
        c.set("talk0", planned_for="2026-12-08")
        c.archive("talk1")
    _, second = out(register, tmp_path / "two.ics")
    before = {each["uid"]: each for each in first}
    after = {each["uid"]: each for each in second}
    assert before.keys() == after.keys()
    assert all(after[uid]["sequence"] >= before[uid]["sequence"] for uid in after)
    uid = f"talk0-conversation@{register.register_id}.senreg"
    assert after[uid].start.date() == date(2026, 12, 8)
    off = f"talk1-conversation@{register.register_id}.senreg"
    assert (before[off]["status"], after[off]["status"]) == ("CONFIRMED", "CANCELLED")


def test_the_first_file_calls_nothing_off(register: Register, tmp_path: Path) -> None:
    with register.commit("Put away") as c:
        c.archive("talk2")
    first, events = out(register, tmp_path / "one.ics")
    assert first.called_off == 0
    assert {each["status"] for each in events} == {"CONFIRMED"}
    second, events = out(register, tmp_path / "two.ics")
    off = [str(each["uid"]).partition("@")[0] for each in events if each["status"] == "CANCELLED"]
    assert "talk2-conversation" in off
    assert second.called_off == len(off)


def test_sequence_grows_with_the_time_it_is_made() -> None:
    entry = CalendarEntry("a-review", "2026-12-01", "SO: Termly review")
    at = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    one, two = (made([entry], at=at + timedelta(seconds=each)).events[0] for each in (0, 1))
    assert two["sequence"] == one["sequence"] + 1
    assert one["last-modified"].dt == at
    late = made([entry], at=datetime(2080, 1, 1, tzinfo=UTC)).events[0]
    assert late["sequence"] < 2**31


def test_it_says_when_it_was_made_and_until_when_to_keep_it(
    register: Register, tmp_path: Path
) -> None:
    told = hand_out_calendar(register, tmp_path / "dates.ics", TODAY)
    calendar, events = read((tmp_path / "dates.ics").read_bytes())
    words = "Made on 27 Nov 2026, delete after 31 Dec 2026."
    assert str(calendar["description"]).startswith(words)
    assert all(str(each["description"]).endswith(words) for each in events)
    assert calendar["x-wr-calname"] == "SEN dates, Hill; School, [/b]"
    (noted,) = handed_out(register)
    assert (noted.kind, noted.delete_after) == ("calendar", "2026-12-31")
    assert noted.what == f"Calendar: {told.words}"


def test_a_disk_that_refuses_leaves_no_note(register: Register, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        hand_out_calendar(register, tmp_path / "no folder" / "dates.ics", TODAY)
    assert handed_out(register) == []


texts = st.text(max_size=300)


@given(
    titles=st.lists(texts, max_size=5),
    school=texts,
    at=st.one_of(st.just(""), st.just("25:99"), st.times().map(lambda t: t.strftime("%H:%M"))),
    day=st.one_of(st.dates().map(date.isoformat), st.just("soon")),
)
def test_whatever_is_written_it_can_be_read(
    titles: list[str], school: str, at: str, day: str
) -> None:
    entries = [
        CalendarEntry(f"k{place}", day, title, at, more=title) for place, title in enumerate(titles)
    ]
    calendar, events = read(made(entries, school).to_ical())
    assert len(events) == (0 if day in ("soon", "9999-12-31") else len(titles))
    assert len(calendar.subcomponents) == len(events)
    for title, event in zip(titles, events, strict=False):
        from senreg.models.text import clean_line

        assert str(event["summary"]) == clean_line(title)
