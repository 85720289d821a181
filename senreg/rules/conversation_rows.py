"""The planner of conversations: a plain row a child, with what became of each part of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.text import folded
from senreg.rules.conversation_year import Part, conversations_a_year, part_of, parts_of_year
from senreg.rules.conversations import (
    HELD,
    MISSED,
    NONE,
    PLANNED,
    Spoken,
    attempts_made,
    day_of,
    in_cohort,
    is_held,
    last_held,
    next_planned,
    spoken,
    state_of,
    summary_due,
)
from senreg.rules.facets import Facet, by_name, by_year
from senreg.rules.naming import initials, known_as, list_name, staff_name, staff_named
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import roll_state


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One child in the planner.

    Args:
        id: The pupil's id.
        name: 'Surname, Known-as'.
        year: The pupil's year group.
        class_name: The pupil's class.
        teacher: The id of the key teacher; empty for nobody.
        teacher_short: Their initials, for a narrow column.
        teacher_name: Their name.
        parts: What became of each part of the year, in order.
        now: What became of the present part.
        held: How many were held in the year.
        planned: How many the school means to hold with the family in a year.
        last: The ISO day of the last one that was held, in any year; empty for none.
        next: The ISO day of the next one; empty where none is planned.
        summary: The id of the last one held whose summary is not given; empty for none.
        to_hand: The last one was led by another than the present key teacher, who has not had it.
        handed_to: The id of who was handed the last one; empty for nobody.
        order: What the list sorts names by.
        haystack: Folded text that the filter looks in.
    """

    id: str
    name: str
    year: str
    class_name: str
    teacher: str
    teacher_short: str
    teacher_name: str
    parts: tuple[Spoken, ...]
    now: Spoken
    held: int
    planned: int
    last: str
    next: str
    summary: str
    to_hand: bool
    handed_to: str
    order: tuple[str, str]
    haystack: str

    @property
    def lacking(self) -> bool:
        """Nothing is held or planned in the present part of the year."""
        return self.now.state in (NONE, MISSED)


@dataclass(frozen=True, slots=True)
class Planner:
    """The whole page: the parts of the year, and a row for every child of the cohort.

    Args:
        parts: The parts of the school year.
        now: The number of the present part, from 0.
        rows: The children of the cohort, and those who are spoken of this year without it.
    """

    parts: tuple[Part, ...]
    now: int
    rows: tuple[TalkRow, ...]


def planner(register: Reading, school: Row, today: date) -> Planner:
    """The planner of the school year of a day.

    A child is in it who is on roll and belongs to the cohort on the day, or for whom a
    conversation is held or planned in this year.

    Args:
        register: The open register.
        school: The school's record, which says how many are held in a year.
        today: The day of the question.
    """
    count = conversations_a_year(school)
    parts = parts_of_year(today, register.all("terms"), count)
    now = parts.index(part_of(parts, today))
    conversations = register.by("conversations", "pupil")
    memberships = register.by("cohort_memberships", "pupil")
    staff = {row["id"]: (initials(row), staff_name(row)) for row in register.all("staff")}
    tried = attempts_made(register)
    begins, ends = parts[0].start.isoformat(), parts[-1].end.isoformat()
    rows = []
    for pupil in register.all("pupils"):
        own = conversations.get(pupil["id"], ())
        if roll_state(pupil, today) != "here":
            continue
        if not in_cohort(memberships.get(pupil["id"], ()), today) and not any(
            begins <= day_of(row) <= ends for row in own
        ):
            continue
        told = tuple(spoken(own, part, today, tried) for part in parts)
        rows.append(_row(pupil, own, told, now, staff, today, (begins, ends), count))
    return Planner(tuple(parts), now, tuple(rows))


def _row(
    pupil: Row,
    own: Sequence[Row],
    told: tuple[Spoken, ...],
    now: int,
    staff: Mapping[str, tuple[str, str]],
    today: date,
    year: tuple[str, str],
    count: int,
) -> TalkRow:
    teacher = str(pupil.get("key_teacher") or "")
    short, full = staff.get(teacher, (teacher, teacher))
    last, following = last_held(own), next_planned(own, today)
    name, class_name = list_name(pupil), str(pupil.get("class_name") or "")
    haystack = folded("\n".join((name, known_as(pupil), class_name, full)))
    if "'" in haystack:
        haystack += "\n" + haystack.replace("'", "")
    owed = last is not None and bool(summary_due(last))
    return TalkRow(
        pupil["id"],
        name,
        str(pupil.get("year_group") or ""),
        class_name,
        teacher,
        short,
        full,
        told,
        told[now],
        sum(is_held(row) and year[0] <= str(row["held_on"]) <= year[1] for row in own),
        count,
        str(last["held_on"]) if last is not None else "",
        str(following["planned_for"]) if following is not None else "",
        str(last["id"]) if last is not None and owed else "",
        last is not None and to_hand_over(last, pupil, year[0]),
        str(last.get("handed_to") or "") if last is not None else "",
        (folded(str(pupil.get("surname") or "")), folded(known_as(pupil))),
        haystack,
    )


def to_hand_over(last: Row, pupil: Row, year_begins: str) -> bool:
    """Whether a conversation of the year before is still to be handed to the child's teacher.

    Args:
        last: The last one that was held.
        pupil: The child, whose key teacher is today's.
        year_begins: The ISO day on which the school year begins.
    """
    teacher = pupil.get("key_teacher")
    return bool(
        teacher
        and last["held_on"] < year_begins
        and last.get("led_by") != teacher
        and last.get("handed_to") != teacher
    )


# Views

VIEWS: dict[str, str] = {
    "cohort": "Everybody",
    "lacking": "Nobody seen yet",
    "missed": "Missed",
    "summary": "Summary owed",
    "full": "All held",
    "handover": "To hand over",
    "mine": "Mine",
    "calendar": "Calendar",
}
"""The ways of looking at the planner, and their words."""


def in_view(view: str, person: str) -> Callable[[TalkRow], bool]:
    """The test by which rows belong to a view.

    Args:
        view: One of `VIEWS`; any other holds every row.
        person: The staff id of who is looking, for "mine".
    """
    tests: dict[str, Callable[[TalkRow], bool]] = {
        "lacking": lambda row: row.lacking,
        "missed": lambda row: row.now.state == MISSED,
        "summary": lambda row: bool(row.summary),
        "full": lambda row: row.held >= row.planned,
        "handover": lambda row: row.to_hand,
        "mine": lambda row: bool(person) and person in (row.teacher, row.handed_to),
    }
    return tests.get(view, lambda _: True)


def view_counts(rows: Sequence[TalkRow], person: str) -> dict[str, int]:
    """How many of these rows each view of children holds."""
    return {view: sum(map(in_view(view, person), rows)) for view in VIEWS}


# Facets

STATES: dict[str, str] = {
    HELD: "Held this term",
    PLANNED: "Planned this term",
    MISSED: "Missed this term",
    NONE: "Nothing planned",
}

FACETS: tuple[Facet[TalkRow], ...] = (
    Facet(
        "state",
        "This term",
        lambda row: (row.now.state,),
        STATES.__getitem__,
        list(STATES).index,
    ),
    Facet("held", "Held this year", lambda row: (str(row.held),), str, int),
    by_year(lambda row: row.year),
    by_name("class", "Class", lambda row: row.class_name, "No class"),
    by_name("teacher", "Key teacher", lambda row: row.teacher_name, "Nobody named"),
)
"""What the planner can be narrowed by."""


# Order

COLUMNS: dict[str, str] = {
    "name": "Pupil",
    "class": "Class",
    "teacher": "Teacher",
    "next": "Next",
    "held": "Held",
}
"""Each column the planner can be sorted by beside the parts of the year, and its heading."""


def part_column(place: int) -> str:
    """The id of the column of a part of the year."""
    return f"part{place}"


def sort_rows(rows: Iterable[TalkRow], column: str, backwards: bool = False) -> list[TalkRow]:
    """The rows by a column; those without a value last either way, equal ones by name."""
    by_name = sorted(rows, key=lambda row: (row.order, row.id))
    key = _sort_key(column)
    if key is None:
        return by_name[::-1] if backwards else by_name
    having = [row for row in by_name if key(row) is not None]
    having.sort(key=key, reverse=backwards)
    return having + [row for row in by_name if key(row) is None]


def _sort_key(column: str) -> Callable[[TalkRow], Any] | None:
    if column.startswith("part"):
        place = int(column.removeprefix("part"))
        return lambda row: row.parts[place].day or None if place < len(row.parts) else None
    return _SORT.get(column)


_SORT: dict[str, Callable[[TalkRow], Any]] = {
    "class": lambda row: natural(row.class_name) or None,
    "teacher": lambda row: folded(row.teacher_name) or None,
    "next": lambda row: row.next or None,
    "held": lambda row: row.held,
}


# Calendar


@dataclass(frozen=True, slots=True)
class Seen:
    """One conversation on the calendar of who is seen when.

    Args:
        id: The conversation's id.
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        class_name: The pupil's class.
        day: The ISO day.
        at: The time of the day; empty where none is said.
        led: The name of who leads; empty for nobody.
        state: held, planned or missed.
    """

    id: str
    pupil: str
    name: str
    class_name: str
    day: str
    at: str
    led: str
    state: str


def calendar(register: Reading, pupils: Iterable[str], today: date, since: str) -> list[Seen]:
    """Who is seen when, by day and time: every conversation of some children from a day on.

    Args:
        register: The open register.
        pupils: The ids of the children.
        today: The day that tells planned from missed.
        since: The ISO day before which nothing is told.
    """
    conversations = register.by("conversations", "pupil")
    found = [
        _seen(register, row, register.get(key) or {}, today)
        for key in pupils
        for row in conversations.get(key, ())
        if day_of(row) >= since
    ]
    found.sort(key=lambda each: (each.day, each.at or "99", each.name))
    return found


def _seen(register: Reading, row: Row, pupil: Row, today: date) -> Seen:
    return Seen(
        str(row["id"]),
        str(row.get("pupil") or ""),
        list_name(pupil),
        str(pupil.get("class_name") or ""),
        day_of(row),
        str(row.get("at") or ""),
        staff_named(row.get("led_by"), register.get),
        state_of(row, today),
    )
