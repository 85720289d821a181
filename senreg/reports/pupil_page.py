"""The pupil page: one child's support in full, for the adults who plan it with the family.

Notes are never on it, nor what the models call confidential, nor a contact about whom there is
a restriction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from senreg.models.tables import field_of
from senreg.models.text import clean, clean_line
from senreg.reports.fitting import near_day
from senreg.rules.belonging import is_archived
from senreg.rules.contact_cautions import interpreter_words
from senreg.rules.dates import short_day
from senreg.rules.group_times import time_of, times_words
from senreg.rules.meeting import weekly_minutes
from senreg.rules.naming import group_name, known_as, pupil_name, staff_named
from senreg.rules.needs import need_word, open_needs, primary_of
from senreg.rules.reading import Reading, Row, covers, iso
from senreg.rules.reviews import NONE_PLANNED, next_review
from senreg.rules.status import has_sen, status_look, status_on
from senreg.rules.target_life import is_open, last_review, outcome_words
from senreg.rules.years import year_word


@dataclass(frozen=True, slots=True)
class TargetLines:
    """One open target as the page tells it; empty text where nothing was written."""

    statement: str
    child_statement: str
    kind: str
    baseline: str
    success: str
    due: str
    reviewed: str
    outcome: str
    figure: str
    evidence: str
    child_says: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Help:
    """One group the child is in."""

    name: str
    tier: str
    times: str
    hours: str
    adults: str
    dates: str
    entry: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the child's life at school or at home."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class PupilPage:
    """What the template of the pupil page is given; empty where nothing is known."""

    name: str
    full_name: str
    called: str
    facts: tuple[tuple[str, str], ...]
    status: str
    strengths: str
    interests: str
    hopes: str
    helps: tuple[str, ...]
    helps_at_home: tuple[str, ...]
    access: str
    primary_need: str
    further_needs: tuple[str, ...]
    barriers: tuple[tuple[str, str], ...]
    targets: tuple[TargetLines, ...]
    provision: tuple[Help, ...]
    hours: str
    people: tuple[Person, ...]
    next_review: str
    last_review: str


def pupil_page(register: Reading, row: Row, today: date) -> PupilPage:
    """The page of one child on roll.

    Args:
        register: The register to read.
        row: The child's record.
        today: The day it is made for.
    """
    pupil = row["id"]
    strategies = [each for each in _of(register, "strategies", pupil) if each.get("description")]
    needs = open_needs(_of(register, "needs", pupil), today)
    primary = primary_of(needs)
    provision, hours = _provision(register, pupil, today)
    full = clean_line(f"{row.get('forename') or ''} {row.get('surname') or ''}")
    name = clean_line(pupil_name(row))
    return PupilPage(
        name=name,
        full_name="" if full == name else full,
        called=clean_line(known_as(row)) or name,
        facts=_facts(register, row),
        status=_status(_of(register, "sen_statuses", pupil), today),
        strengths=_text(row.get("strengths")),
        interests=_text(row.get("interests")),
        hopes=_text(row.get("aspirations")),
        helps=(
            *_lines(row.get("what_helps")),
            *(_text(each["description"]) for each in strategies if each.get("place") != "home"),
        ),
        helps_at_home=tuple(
            _text(each["description"]) for each in strategies if each.get("place") == "home"
        ),
        access=_text(row.get("access_arrangements")),
        primary_need=need_word(primary["code"]) if primary else "",
        further_needs=tuple(need_word(each["code"]) for each in needs if each is not primary),
        barriers=_barriers(_of(register, "barriers", pupil), today),
        targets=_targets(register, pupil),
        provision=provision,
        hours=hours,
        people=_people(register, row, today),
        next_review=_next_review(register, pupil, today),
        last_review=_last_review(_of(register, "reviews", pupil)),
    )


def _of(register: Reading, table: str, pupil: str) -> Sequence[Row]:
    return register.by(table, "pupil").get(pupil, ())


def _text(value: object) -> str:
    return clean(str(value or "")).strip()


def _lines(value: object) -> list[str]:
    lines = (clean_line(line).lstrip("-–—•* ") for line in str(value or "").split("\n"))
    return [line for line in lines if line]


def _day(value: object) -> str:
    return short_day(value) if value else ""


def _facts(register: Reading, row: Row) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Class", clean_line(str(row.get("class_name") or ""))),
        ("Year", year_word(row.get("year_group")).removeprefix("Year ")),
        ("Born", _day(row.get("dob"))),
        ("Key teacher", clean_line(staff_named(row.get("key_teacher"), register.get))),
    )
    return tuple((title, words) for title, words in facts if words)


def _status(statuses: Sequence[Row], today: date) -> str:
    status = status_on(statuses, today)
    code = status.get("code") if status else None
    if status is None or not (has_sen(code) or code == "M"):
        return ""
    since = _day(status.get("start"))
    return f"{status_look(code).word} since {since}" if since else status_look(code).word


def _barriers(barriers: Iterable[Row], today: date) -> tuple[tuple[str, str], ...]:
    category = field_of("barriers", "category")
    found = []
    for row in barriers:
        if not row.get("resolved_on") or row["resolved_on"] > iso(today):
            label = clean_line(category.label_of(row.get("category")))
            text = _text(row.get("description"))
            if label or text:
                found.append((label, text))
    return tuple(found)


def _targets(register: Reading, pupil: str) -> tuple[TargetLines, ...]:
    area, kind = field_of("targets", "area"), field_of("targets", "kind")
    reviews = register.by("target_reviews", "target")
    rows = [row for row in _of(register, "targets", pupil) if is_open(row)]
    rows.sort(key=lambda row: (row.get("due") or "9999", row.get("set_on") or ""))
    found = []
    for row in rows:
        last = last_review(reviews.get(row["id"], ())) or {}
        labels = (kind.label_of(row.get("kind")), area.label_of(row.get("area")))
        found.append(
            TargetLines(
                statement=_text(row.get("statement")),
                child_statement=_text(row.get("child_statement")),
                kind=clean_line(": ".join(label for label in labels if label)),
                baseline=_text(row.get("baseline")),
                success=_text(row.get("success_criterion")),
                due=_day(row.get("due")),
                reviewed=_day(last.get("date")),
                outcome=outcome_words(last.get("outcome")),
                figure=_figure(last.get("value"), row.get("unit")),
                evidence=_text(last.get("evidence")),
                child_says=_child_says(last),
                next_step=_text(last.get("next_step")),
            )
        )
    return tuple(found)


def _child_says(review: Mapping[str, object]) -> str:
    """The child's own rating and words: 'Nearly: I keep most of them.'."""
    given = review.get("pupil_rating")
    rating = field_of("target_reviews", "pupil_rating").label_of(given) if given else ""
    return ": ".join(filter(None, (rating, _text(review.get("pupil_view")))))


def _figure(value: object, unit: object) -> str:
    """'52 words a minute'; empty where nothing was counted."""
    return clean_line(f"{value:g} {unit or ''}") if isinstance(value, int | float) else ""


def _places(register: Reading, pupil: str, today: date) -> list[tuple[Row, Row]]:
    """The child's placements and their groups that run today or from a day to come, each once."""
    found: dict[str, tuple[Row, Row]] = {}
    for row in _of(register, "placements", pupil):
        group = register.get(str(row.get("group") or ""))
        if group is not None and not (
            is_archived(group) or _over(row, today) or _over(group, today)
        ):
            found.setdefault(group["id"], (row, group))
    return list(found.values())


def _provision(register: Reading, pupil: str, today: date) -> tuple[tuple[Help, ...], str]:
    """The groups the child is in, and the hours a week of those that run today."""
    found, minutes = [], 0.0
    for placement, group in _places(register, pupil, today):
        intervention = register.get(str(group.get("intervention") or ""))
        slots = register.by("slots", "group").get(group["id"], ())
        weekly = weekly_minutes(slots, intervention)
        if weekly and covers(placement, iso(today)) and covers(group, iso(today)):
            minutes += weekly
        found.append(_help(register, placement, group, weekly, today))
    return tuple(sorted(found, key=lambda each: each.name)), _hours(minutes)


def _help(register: Reading, placement: Row, group: Row, weekly: float | None, today: date) -> Help:
    intervention = register.get(str(group.get("intervention") or "")) or {}
    adults = (staff_named(each, register.get) for each in group.get("staff") or ())
    start = placement.get("start") or group.get("start")
    return Help(
        name=clean_line(group_name(group, register.get)),
        tier=clean_line(field_of("interventions", "tier").label_of(intervention.get("tier"))),
        times=_times(register.by("slots", "group").get(group["id"], ())),
        hours=_hours(weekly or 0),
        adults=clean_line(", ".join(adults)),
        dates=_span(start, placement.get("end") or group.get("end"), today),
        entry=_score(placement.get("entry_score"), placement.get("entry_on"), today),
    )


def _over(row: Row, today: date) -> bool:
    return bool(row.get("end")) and row["end"] < iso(today)


def _times(slots: Sequence[Row]) -> str:
    """'Mon–Fri 08:25; Thu 13:15'."""
    times = sorted(map(time_of, slots), key=lambda time: time.at)
    return times_words((time._replace(minutes=None) for time in times), short=True)


def _hours(minutes: float) -> str:
    """Minutes as hours and minutes: '1 h 30 min'; nothing for none."""
    hours, rest = divmod(round(minutes), 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part
    )


def _span(start: object, end: object, today: date) -> str:
    first, last = near_day(start, today), near_day(end, today)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _score(score: object, on: object, today: date) -> str:
    if score is None:
        return ""
    number = int(score) if isinstance(score, float) and score.is_integer() else score
    day = near_day(on, today)
    return f"{number} ({day})" if day else str(number)


def _people(register: Reading, row: Row, today: date) -> tuple[Person, ...]:
    """The adults around a child: at school first, then the family in the order they are called."""
    staff = []
    if row.get("key_teacher"):
        staff.append(Person(staff_named(row["key_teacher"], register.get), "Key teacher"))
    for _, group in _places(register, row["id"], today):
        part = group_name(group, register.get)
        staff += [
            Person(staff_named(each, register.get), part) for each in group.get("staff") or ()
        ]
    contacts = [
        each for each in _of(register, "contacts", row["id"]) if not each.get("restriction")
    ]
    contacts.sort(key=lambda each: each.get("priority") or 99)
    return (*_joined(staff), *_joined([_contact(each) for each in contacts]))


def _contact(row: Row) -> Person:
    parts = [field_of("contacts", "relationship").label_of(row.get("relationship"))]
    parts.append(interpreter_words(row))
    return Person(str(row.get("name") or ""), ", ".join(filter(None, parts)))


def _joined(people: Sequence[Person]) -> tuple[Person, ...]:
    """Each person once, with every part they have."""
    parts: dict[str, list[str]] = {}
    for person in people:
        known = parts.setdefault(clean_line(person.name), [])
        if person.part and person.part not in known:
            known.append(clean_line(person.part))
    return tuple(Person(name, "; ".join(known)) for name, known in parts.items() if name)


def _next_review(register: Reading, pupil: str, today: date) -> str:
    due = next_review(
        _of(register, "reviews", pupil),
        _of(register, "targets", pupil),
        today,
        register.by("target_reviews", "target"),
    )
    if due == NONE_PLANNED:
        return ""
    record = register.get(due.record) or {}
    if due.kind == "review":
        return f"{field_of('reviews', 'kind').label_of(record.get('kind'))}, {_day(due.day)}"
    return f"A target is due on {_day(due.day)}"


def _last_review(reviews: Iterable[Row]) -> str:
    held = max(
        (row for row in reviews if row.get("held_on")), key=lambda row: row["held_on"], default=None
    )
    if held is None:
        return ""
    return f"{field_of('reviews', 'kind').label_of(held.get('kind'))}, {_day(held['held_on'])}"
