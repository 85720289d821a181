"""Figures entered for many children at once, a child a line: what the column would write.

Each function takes what was typed by pupil, leaves out whoever has nothing, and raises
InvalidRecord with a problem named by pupil for what cannot be so; then nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import takewhile
from typing import NamedTuple, TypeVar

from senreg.errors import FieldProblem, InvalidRecord
from senreg.rules.dates import as_day, days_after
from senreg.rules.measures.scale_steps import Steps, scale_named, scales_of
from senreg.rules.open_days import OpenDays
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.scales import off_scale

T = TypeVar("T")

_SESSIONS = re.compile(r"(\d{1,4})\s*[\s,;/]\s*(\d{1,4})(?:\s*(?:of|[\s,;/])\s*(\d{1,4}))?")
_LONGEST = 400
"""Days of the longest period of which sessions are counted."""

_ATTENDANCE = ("possible", "authorised", "unauthorised")

NO_ACTIVITY = ""
"""Stands for the activity of a child who is known to take part in nothing."""


def results(
    register: Reading, subject: str, scale: str, day: str, given: Mapping[str, str]
) -> Proposal:
    """The assessments of children in a subject on one scale and day, with points it has.

    Args:
        register: The open register.
        subject: The code of the subject.
        scale: The name of the scale.
        day: The ISO day.
        given: What was typed, by pupil: a step, or its number where no step is one itself.
    """
    steps = scale_named(scales_of(register), scale)

    def one(pupil: str, typed: str) -> Add:
        value = steps.named(typed)
        if not steps.has(value):
            raise ValueError(f"“{value}” is no step of {scale}.")
        points = steps.points_of(value)
        return Add(
            "assessments",
            {
                "pupil": pupil,
                "subject": subject,
                "date": day,
                "scale": scale,
                "value": value,
                **({"points": points} if points is not None else {}),
            },
        )

    return Proposal(adds=tuple(_each("assessments", given, one)))


def wider_scales(register: Reading, category: str) -> list[str]:
    """The scales marks of a wider outcome can be given on: the one used last first."""
    own = [row for row in register.all("wider_marks") if row.get("scale")]
    own.sort(key=lambda row: str(row.get("date") or ""), reverse=True)
    used = [str(row["scale"]) for row in own if row.get("category") == category]
    described = [str(row["name"]) for row in register.all("scales") if row.get("kind") == "wider"]
    return list(dict.fromkeys([*used, *described]))


def direction_of(register: Reading, scale: str) -> str:
    """Up or down: as the scale says, or as its last mark did; empty where neither does."""
    for row in register.all("scales"):
        if str(row.get("name")).casefold() == scale.casefold() and row.get("direction"):
            return str(row["direction"])
    told = [
        row
        for row in register.all("wider_marks")
        if str(row.get("scale") or "").casefold() == scale.casefold() and row.get("direction")
    ]
    last = max(told, key=lambda row: str(row.get("date") or ""), default=None)
    return str(last["direction"]) if last is not None else ""


def wider_marks(
    register: Reading, category: str, scale: str, direction: str, day: str, given: Mapping[str, str]
) -> Proposal:
    """The marks of children in a wider outcome on one scale and day.

    A mark is a number; of a scale whose steps are words it may be the word, whose points or
    whose place from 1 up is kept.
    """
    steps = scale_named(scales_of(register), scale)

    def one(pupil: str, typed: str) -> Add:
        value = _mark(steps, typed)
        if value is None:
            raise ValueError(f"“{typed}” is no mark of {scale}.")
        if words := off_scale(scale, value):
            raise ValueError(words)
        values = {"pupil": pupil, "date": day, "category": category, "value": value, "scale": scale}
        return Add("wider_marks", values | ({"direction": direction} if direction else {}))

    return Proposal(adds=tuple(_each("wider_marks", given, one)))


def _mark(steps: Steps, typed: str) -> float | None:
    points, place = steps.points_of(typed), steps.place_of(typed)
    if points is not None:
        return points
    if place is not None:
        return place + 1 if steps.order and not _is_number(typed) else float(typed)
    return float(typed) if steps.points and _is_number(typed) else None


def _is_number(typed: str) -> bool:
    return re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", typed) is not None


class Sessions(NamedTuple):
    """What is typed of a child's attendance: sessions, each half a school day."""

    authorised: int
    unauthorised: int
    possible: int | None


def sessions_typed(typed: str) -> Sessions:
    """'3 1' is three authorised and one unauthorised; '3 1 120' of 120 possible; '0' is none.

    Raises:
        ValueError: It is not written so.
    """
    if typed.strip() == "0":
        return Sessions(0, 0, None)
    found = _SESSIONS.fullmatch(typed.strip())
    if found is None:
        raise ValueError("Write it such as 3 1: authorised, then unauthorised.")
    possible = int(found[3]) if found[3] else None
    return Sessions(int(found[1]), int(found[2]), possible)


def attendance_kept(
    register: Reading, pupils: Iterable[str], start: str, end: str, possible: int
) -> dict[str, str]:
    """What is kept of the same period already, by pupil, as it would be typed."""
    found = {}
    for pupil in pupils:
        row = _same_period(register, pupil, start, end)
        if row is not None and all(row.get(name) is not None for name in _ATTENDANCE):
            own = "" if row["possible"] == possible else f" {row['possible']}"
            found[pupil] = f"{row['authorised']} {row['unauthorised']}{own}"
    return found


def possible_kept(register: Reading, start: str, end: str) -> int | None:
    """The sessions that most children had in a period, where attendance of it is kept already."""
    counts = Counter(
        int(row["possible"])
        for row in register.all("attendance")
        if row.get("start") == start and row.get("end") == end and row.get("possible")
    )
    return counts.most_common(1)[0][0] if counts else None


def most_sessions(start: str, end: str, terms: Iterable[Row]) -> int:
    """The sessions of a period's open days, two each; half terms count where none is recorded.

    Args:
        start: The first ISO day; 0 is given where it is none.
        end: The last ISO day.
        terms: Rows of the table `terms`.
    """
    first, last = as_day(start), as_day(end)
    if first is None or last is None or (last - first).days > _LONGEST:
        return 0
    days = takewhile(lambda day: day <= last, OpenDays(terms).since(first))
    return 2 * sum(1 for _ in days)


def attendance(
    register: Reading, start: str, end: str, possible: int, given: Mapping[str, str]
) -> Proposal:
    """The attendance of children over one period; what is kept of the same period is corrected.

    Args:
        register: The open register.
        start: The first ISO day.
        end: The last ISO day.
        possible: The sessions there were, for all whose line says no smaller number.
        given: What was typed, by pupil: see `sessions_typed`.
    """
    if end < start:
        raise InvalidRecord("attendance", [FieldProblem("end", "It ends before it starts.")])

    def one(pupil: str, typed: str) -> Add | Set | None:
        told = sessions_typed(typed)
        of = told.possible if told.possible is not None else possible
        if told.authorised + told.unauthorised > of:
            raise ValueError(f"More sessions were missed than there were: {of}.")
        values = {
            "possible": of,
            "authorised": told.authorised,
            "unauthorised": told.unauthorised,
        }
        row = _same_period(register, pupil, start, end)
        if row is not None:
            changed = {name: new for name, new in values.items() if row.get(name) != new}
            if not changed:
                return None
        if of > possible:
            raise ValueError(f"{of} is more than the {possible} sessions there were.")
        if row is not None:
            return Set("attendance", row["id"], changed)
        if _overlaps(register, pupil, start, end):
            raise ValueError("There is attendance of days within these already; it would overlap.")
        return Add("attendance", {"pupil": pupil, "start": start, "end": end, **values})

    changes = [*_each("attendance", given, one)]
    return Proposal(
        sets=tuple(each for each in changes if isinstance(each, Set)),
        adds=tuple(each for each in changes if isinstance(each, Add)),
    )


def _same_period(register: Reading, pupil: str, start: str, end: str) -> Row | None:
    rows = register.by("attendance", "pupil").get(pupil, ())
    return next((row for row in rows if row.get("start") == start and row.get("end") == end), None)


def _overlaps(register: Reading, pupil: str, start: str, end: str) -> bool:
    rows = register.by("attendance", "pupil").get(pupil, ())
    return any(
        str(row.get("start") or "") <= end and start <= str(row.get("end") or "9999")
        for row in rows
    )


def takes_part(register: Reading, pupil: str, activity: str, day: str) -> list[Row]:
    """The records by which a child is in an activity on a day; or in nothing, for NO_ACTIVITY."""
    rows = register.by("participations", "pupil").get(pupil, ())
    return [
        row
        for row in rows
        if covers(row, day)
        and (
            row.get("activity") == activity
            if activity
            else row.get("takes_no_part") and not row.get("activity")
        )
    ]


def participation(
    register: Reading, activity: str, day: str, taking: Mapping[str, bool]
) -> Proposal:
    """Who takes part in an activity from a day on; who did and does not ended the day before.

    A child who joins an activity is from then on no longer one who takes part in nothing.

    Args:
        register: The open register.
        activity: The id of the activity; NO_ACTIVITY: known to take part in nothing.
        day: The ISO day.
        taking: By pupil, whether they take part.
    """
    sets: list[Set] = []
    adds: list[Add] = []
    archives: list[str] = []
    problems: list[FieldProblem] = []
    for pupil, takes in taking.items():
        now = takes_part(register, pupil, activity, day)
        if takes and not now:
            values = {"activity": activity} if activity else {"takes_no_part": True}
            adds.append(Add("participations", {"pupil": pupil, **values, "start": day}))
            if activity:
                now = takes_part(register, pupil, NO_ACTIVITY, day)
            elif _in_any(register, pupil, day):
                problems.append(FieldProblem(pupil, "Is in an activity on that day."))
        elif takes:
            continue
        begun_before = [row for row in now if str(row.get("start") or "") < day]
        ended = {"end": days_after(date.fromisoformat(day), -1)}
        sets += [Set("participations", row["id"], ended) for row in begun_before]
        archives += [row["id"] for row in now if row not in begun_before]
    if problems:
        raise InvalidRecord("participations", problems)
    return Proposal(sets=tuple(sets), adds=tuple(adds), archives=tuple(archives))


def participation_words(register: Reading, proposal: Proposal) -> str:
    """Who joined and who ended by a column of `participation`, counted apart."""
    ends = [*(each.record for each in proposal.sets), *proposal.archives]
    rows = [row for row in map(register.get, ends) if row is not None]
    asked = sum(1 for each in proposal.adds if each.values.get("takes_no_part"))
    left = sum(1 for row in rows if row.get("activity"))
    counts = (
        (len(proposal.adds) - asked, "now takes part", "now take part"),
        (left, "no longer takes part", "no longer take part"),
        (asked, "takes part in nothing", "take part in nothing"),
        (len(rows) - left, "no longer takes part in nothing", "no longer take part in nothing"),
    )
    return ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in counts if n)


def _in_any(register: Reading, pupil: str, day: str) -> bool:
    rows = register.by("participations", "pupil").get(pupil, ())
    return any(row.get("activity") and covers(row, day) for row in rows)


def _each(table: str, given: Mapping[str, str], one: Callable[[str, str], T | None]) -> list[T]:
    """What each line gives; InvalidRecord with what is wrong of every line that cannot be so."""
    found: list[T] = []
    problems: list[FieldProblem] = []
    for pupil, typed in given.items():
        if not typed.strip():
            continue
        try:
            made = one(pupil, typed.strip())
        except ValueError as wrong:
            problems.append(FieldProblem(pupil, str(wrong)))
            continue
        if made is not None:
            found.append(made)
    if problems:
        raise InvalidRecord(table, problems)
    return found
