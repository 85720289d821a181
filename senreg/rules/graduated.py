"""The graduated approach of one child, term by term: assess, plan, do, review.

Source: SEND Code of Practice 2015, 6.44 to 6.56. Each thing stands in the term of the day on
which it happened; what has no day stands in none, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from senreg.rules.dates import TermDays
from senreg.rules.measures.absence import tally_in
from senreg.rules.measures.delivered import Delivered, delivered, planned_meetings
from senreg.rules.naming import group_name, staff_named
from senreg.rules.periods import Period, by_terms
from senreg.rules.reading import Reading, Row, covers


@dataclass(frozen=True, slots=True)
class HelpHad:
    """A group that a child was in, in one term.

    Args:
        name: The name of the group.
        adults: The names of the adults who lead it.
        pupils: How many were placed in it in the term.
        hours: Hours of its sessions on days the child was in it, without those the child is
            marked absent from; None where a length or every time of it is not known.
        planned: Whether these are planned hours, because no session of it was ever recorded.
        holidays: Whether planned hours may count holidays, because no terms are recorded.
        came: Sessions the child is marked present at, or late.
        marked: Sessions the child is marked at in any way.
        cost: Pounds of the child's place, by the formula of `measures.delivered`; None where a
            rate, or what the hours come from, is not known.
        placements: The child's places in it in the term.
    """

    name: str
    adults: tuple[str, ...]
    pupils: int
    hours: float | None
    planned: bool
    holidays: bool
    came: int
    marked: int
    cost: float | None
    placements: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TermOfSupport:
    """What happened in one term.

    Args:
        period: The days, until the next term begins.
        needs: Needs recorded from a day of it.
        barriers: Barriers seen in it.
        assessments: Assessments of it, by day.
        referrals: Referrals sent, or of which a report came, in it.
        targets: Targets set in it.
        looked: Targets with a review of each in it, by day.
        talks: Conversations held in it.
        reviews: Reviews held in it.
        given: Plans given out in it.
        help: The groups the child was in, by name.
        absence: Sessions missed and possible; None where that cannot be told.
    """

    period: Period
    needs: tuple[Row, ...]
    barriers: tuple[Row, ...]
    assessments: tuple[Row, ...]
    referrals: tuple[Row, ...]
    targets: tuple[Row, ...]
    looked: tuple[tuple[Row, Row], ...]
    talks: tuple[Row, ...]
    reviews: tuple[Row, ...]
    given: tuple[Row, ...]
    help: tuple[HelpHad, ...]
    absence: tuple[int, int] | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written of it."""
        return self.absence is None and not any(
            (
                self.needs, self.barriers, self.assessments, self.referrals, self.targets,
                self.looked, self.talks, self.reviews, self.given, self.help,
            )
        )  # fmt: skip

    @property
    def hours(self) -> tuple[float | None, int]:
        """Hours of help that are known, and of how many groups they are not."""
        return known_sum(each.hours for each in self.help)

    @property
    def cost(self) -> tuple[float | None, int]:
        """Pounds that are known, and of how many groups they are not."""
        return known_sum(each.cost for each in self.help)


@dataclass(frozen=True, slots=True)
class Graduated:
    """The terms, the earliest first, and how many records without a day are in none of them.

    Args:
        terms: The terms.
        undated: By table, how many of the child's records have no day.
    """

    terms: tuple[TermOfSupport, ...]
    undated: Mapping[str, int]


_DAYS = {
    "needs": "start",
    "barriers": "identified_on",
    "assessments": "date",
    "targets": "set_on",
    "conversations": "held_on",
    "reviews": "held_on",
    "plans": "shared_on",
}
"""By table, the day on which it happened."""

_MOST_EMPTY = 12
"""So many terms are told even where nothing is written of the first of them."""

_ALWAYS_DATED = ("barriers", "assessments", "targets")
"""Tables of which a record without a day is a gap, and not something that is still to come."""


def graduated(register: Reading, pupil: str, start: date, end: date) -> Graduated:
    """What happened from one day to another, both counted.

    Of many terms, those before anything was written are left out.

    Args:
        register: The register.
        pupil: The child's id.
        start: The first day.
        end: The last day.
    """
    own = {table: register.by(table, "pupil").get(pupil, ()) for table in (*_DAYS, "referrals")}
    target_reviews = register.by("target_reviews", "target")
    looked = [
        (target, review)
        for target in own["targets"]
        for review in target_reviews.get(target["id"], ())
    ]
    undated = {
        table: count
        for table in _ALWAYS_DATED
        if (count := sum(not row.get(_DAYS[table]) for row in own[table]))
    }
    lacking = sum(not review.get("date") for _, review in looked)
    if lacking:
        undated["target_reviews"] = lacking
    attended = register.by("attendance", "pupil").get(pupil, ())
    had = _Had(register, pupil)
    terms = []
    for period in by_terms(start, end, register.all("terms")):
        first, last = period.start.isoformat(), period.end.isoformat()
        held = {table: _within(own[table], day, first, last) for table, day in _DAYS.items()}
        terms.append(
            TermOfSupport(
                period,
                needs=held["needs"],
                barriers=held["barriers"],
                assessments=held["assessments"],
                referrals=tuple(
                    row
                    for row in own["referrals"]
                    if any(_is_in(row, day, first, last) for day in ("sent_on", "report_on"))
                ),
                targets=held["targets"],
                looked=_looked(looked, first, last),
                talks=held["conversations"],
                reviews=held["reviews"],
                given=held["plans"],
                help=had.between(first, last),
                absence=tally_in(attended, first, last),
            )
        )
    while len(terms) > _MOST_EMPTY and terms[0].is_empty:
        del terms[0]
    return Graduated(tuple(terms), undated)


def help_had(register: Reading, pupil: str, start: date, end: date) -> tuple[HelpHad, ...]:
    """The groups a child was in from one day to another, by name."""
    return _Had(register, pupil).between(start.isoformat(), end.isoformat())


def known_sum(figures: Iterable[float | None]) -> tuple[float | None, int]:
    """The sum of those that are known, None where none is; and how many are not."""
    every = list(figures)
    known = [each for each in every if each is not None]
    return sum(known) if known else None, len(every) - len(known)


def _is_in(row: Row, field: str, first: str, last: str) -> bool:
    return first <= str(row.get(field) or "") <= last


def _within(rows: Sequence[Row], field: str, first: str, last: str) -> tuple[Row, ...]:
    found = [row for row in rows if _is_in(row, field, first, last)]
    return tuple(sorted(found, key=lambda row: str(row[field])))


def _looked(pairs: Sequence[tuple[Row, Row]], first: str, last: str) -> tuple[tuple[Row, Row], ...]:
    found = [pair for pair in pairs if _is_in(pair[1], "date", first, last)]
    return tuple(sorted(found, key=lambda pair: str(pair[1]["date"])))


class _Had:
    """The groups of one child, read once for all terms."""

    def __init__(self, register: Reading, pupil: str) -> None:
        self._register = register
        self._pupil = pupil
        self._placed = register.by("placements", "pupil").get(pupil, ())
        self._groups = {str(row.get("group")) for row in self._placed}
        self._sessions = register.by("sessions", "group")
        self._slots = register.by("slots", "group")
        own = register.by("session_marks", "pupil").get(pupil, ())
        self._marks = {str(row.get("session")): str(row.get("mark") or "") for row in own}
        self._days = TermDays(register.all("terms"))

    def between(self, first: str, last: str) -> tuple[HelpHad, ...]:
        """Those the child was in from one ISO day to another, by name."""
        if not self._groups:
            return ()
        every = delivered(self._register, first, last, self._groups)
        found = [
            self._had(each, own, first, last)
            for each in every
            if (own := tuple(row for row in each.placed if row.get("pupil") == self._pupil))
        ]
        return tuple(sorted(found, key=lambda each: each.name))

    def _had(self, given: Delivered, own: tuple[Row, ...], first: str, last: str) -> HelpHad:
        group, get = given.group, self._register.get
        sessions = [
            row
            for row in self._sessions.get(group["id"], ())
            if _is_in(row, "date", first, last)
            and any(covers(place, str(row["date"])) for place in own)
        ]
        marks = [mark for row in sessions if (mark := self._marks.get(row["id"]))]
        slots = self._slots.get(group["id"], ())
        if given.planned:
            minutes: list[int | None] = [
                length
                for day, length in planned_meetings(group, slots, first, last, self._days)
                if any(covers(place, day) for place in own)
            ]
        else:
            came = [row for row in sessions if self._marks.get(row["id"]) != "absent"]
            minutes = [_length(row, given.intervention) for row in came]
        unknown = None in minutes or (given.hours is None and not minutes)
        return HelpHad(
            group_name(group, get),
            tuple(staff_named(each, get) for each in group.get("staff") or ()),
            given.pupils,
            None if unknown else sum(each or 0 for each in minutes) / 60,
            given.planned,
            given.holidays,
            sum(mark != "absent" for mark in marks),
            len(marks),
            None if unknown else given.cost_a_pupil,
            own,
        )


def _length(session: Row, intervention: Row | None) -> int | None:
    """Minutes of a session: its own, else those of the intervention's sessions."""
    length = session.get("minutes")
    if length is None:
        length = (intervention or {}).get("session_minutes")
    return int(length) if length is not None else None
