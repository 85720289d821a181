"""Participation: families met in three structured conversations or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from senreg.rules.measures.asked import NOT_KNOWN, Asked, Measure, MeasureRow, ids, parted, share
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.term_count import TermCount
from senreg.rules.measures.who import on_roll_throughout
from senreg.rules.reading import Reading, Row, covers

WANTED = 3
"""Conversations in the period; the programme holds one a term (Achievement for All)."""

TOO_SHORT = (
    "The period holds fewer than three terms: three conversations in it are not to be expected."
)

LEAD_ROLE, LED_BY_ROLE = "lead_role", "led_by_role"

DEFINITION = (
    "Of pupils in the cohort and on roll throughout the period, the share whose family took part "
    "in at least 3 structured conversations held in it."
)
WHOM = "the pupils in the cohort and on roll throughout the period"
NOT_PUBLISHED = (
    "By the role of whoever led most of a pupil's conversations: this is not the published "
    "evaluation's figure, which goes by the role that leads the programme in the school."
)


def participation(register: Reading, asked: Asked) -> Measure:
    """The measure `participation`; by a part of pupils, by lead_role or by led_by_role."""
    refuse_other_parts(asked, LEAD_ROLE, LED_BY_ROLE)
    parts = Parts(register, asked.today)
    held = held_in(register, asked)
    pupils = [
        pupil
        for pupil in on_roll_throughout(register, asked.first, asked.last)
        if parts.in_cohort_throughout(pupil, asked.first, asked.last)
    ]

    def part_of(pupil: Row) -> str:
        if asked.by == LEAD_ROLE:
            return _lead_role(register, held.get(pupil["id"], ()), asked)
        if asked.by == LED_BY_ROLE:
            return _led_by_role(register, held.get(pupil["id"], ()))
        return parts.of(pupil, asked.by, asked.end) if asked.by else ""

    rows = []
    for part, members in parted(pupils, part_of) or [("", [])]:
        full = [each for each in members if len(held.get(each["id"], ())) >= WANTED]
        rows.append(
            MeasureRow(
                {asked.by: str(part)} if asked.by and members else {},
                len(members),
                0,
                share(len(full), len(members)),
                "share",
                {"full": len(full), "held": sum(len(held.get(each["id"], ())) for each in members)},
                ids(members),
            )
        )
    notes = (NOT_PUBLISHED,) if asked.by == LED_BY_ROLE else ()
    terms = TermCount(register.all("terms"))
    if terms.of(asked.last) - terms.of(asked.first) < WANTED - 1:
        notes = (*notes, TOO_SHORT)
    return Measure("participation", DEFINITION, asked.start, asked.end, tuple(rows), notes, WHOM)


def held_in(register: Reading, asked: Asked) -> dict[str, list[Row]]:
    """The conversations held in the period, by pupil, earliest first."""
    found: dict[str, list[Row]] = {}
    for row in register.all("conversations"):
        if asked.holds(row.get("held_on")):
            found.setdefault(str(row.get("pupil")), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: str(row["held_on"]))
    return found


def times_met(count: int) -> str:
    """How often a family was met, in words; a tick where it is often enough."""
    words = ("not met", "met once", "met twice")
    return words[count] if count < len(words) else f"✓ met {count} times"


def lead_role_on(register: Reading, day: date | str) -> str:
    """The role that leads the programme in the school on a day; empty where none is recorded."""
    when = day if isinstance(day, str) else day.isoformat()
    holding = [row for row in register.all("lead_roles") if covers(row, when)]
    holding.sort(key=lambda row: str(row.get("start") or ""))
    return str(holding[-1].get("role") or "") if holding else ""


def _lead_role(register: Reading, conversations: Iterable[Row], asked: Asked) -> str:
    """The role that led the school on most of the days on which the family was met."""
    days = [str(row["held_on"]) for row in conversations] or [asked.last]
    return _most(lead_role_on(register, day) for day in days)


def _led_by_role(register: Reading, conversations: Iterable[Row]) -> str:
    roles = []
    for row in conversations:
        leader = register.get(str(row.get("led_by") or "")) or {}
        roles.append(str(leader.get("role") or ""))
    return _most(roles) if roles else "none held"


def _most(words: Iterable[str]) -> str:
    """The word that comes most often; of several the last of them."""
    listed = [word for word in words if word]
    if not listed:
        return NOT_KNOWN
    counts = Counter(listed)
    most = max(counts.values())
    return [word for word in listed if counts[word] == most][-1]
