"""Whose responsibility: by key teacher, their pupils, conversations, reviews and progress."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

from senreg.rules.measures.asked import Asked, Measure, MeasureRow, mean, parted, share
from senreg.rules.measures.assessed import Assessed
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.progress import gains
from senreg.rules.measures.who import on_roll
from senreg.rules.reading import Reading, Row
from senreg.rules.today import due_and_overdue

DEFINITION = (
    "By key teacher, of pupils on the SEN register or in the cohort on the last day: conversations "
    "held in the period of those planned for it or held in it, by the key teacher of each "
    "conversation's own day; the teacher's pupils, and reviews and targets overdue, on the last "
    "day; and mean progress in points a year, by the teacher of the last assessment's day. A pupil "
    "of the last day of whom no conversation with the teacher was planned is unknown."
)
WHOM = (
    "the teacher's pupils of the last day, and others with whose family a conversation was the "
    "teacher's"
)


def responsibility(register: Reading, asked: Asked) -> Measure:
    """The measure `responsibility`: by key teacher, or by class, year and the like."""
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    part = asked.by or "key_teacher"
    pupils = [
        pupil
        for pupil in on_roll(register, asked.end)
        if parts.has_sen(pupil, asked.end) or parts.in_cohort(pupil, asked.last)
    ]
    here = dict(parted(pupils, lambda pupil: parts.of(pupil, part, asked.end)))
    talks = _talks(register, asked, parts, part, pupils)
    moved = _moved(register, asked, parts, part, pupils)
    overdue: dict[str, int] = {}
    for line in due_and_overdue(register, asked.end):
        if line.state == "overdue" and line.kind in ("review", "target"):
            overdue[line.pupil] = overdue.get(line.pupil, 0) + 1
    rows = []
    for word, _ in parted(dict.fromkeys([*here, *talks, *moved]), str):
        names = [each["id"] for each in here.get(word, ())]
        planned = talks.get(word, {})
        met, meant = (sum(each[place] for each in planned.values()) for place in (0, 1))
        missing = tuple(each for each in names if each not in planned)
        gained = moved.get(word, {})
        rows.append(
            MeasureRow(
                {part: str(word)},
                len(planned),
                len(missing),
                share(met, meant),
                "share of planned conversations held",
                {
                    "pupils": len(names),
                    "held": met,
                    "planned": meant,
                    "overdue": sum(overdue.get(each, 0) for each in names),
                    "mean_progress": mean([each for own in gained.values() for each in own]),
                    "n_progress": len(gained),
                },
                tuple(planned),
                missing,
                said={each: held_in_words(*own) for each, own in planned.items()},
            )
        )
    return Measure("responsibility", DEFINITION, asked.start, asked.end, tuple(rows), whom=WHOM)


def _talks(
    register: Reading, asked: Asked, parts: Parts, part: str, pupils: Sequence[Row]
) -> dict[Hashable, dict[str, tuple[int, int]]]:
    """Conversations held, and planned, by the part of their own day and by pupil.

    A conversation is of the period that was planned for a day in it, or held in it; its day is
    the one on which it was held in the period, else the one it was planned for.
    """
    conversations = register.by("conversations", "pupil")
    found: dict[Hashable, dict[str, tuple[int, int]]] = {}
    for pupil in pupils:
        for row in conversations.get(pupil["id"], ()):
            day = _day_of(row, asked)
            if day is None:
                continue
            own = found.setdefault(parts.of(pupil, part, date.fromisoformat(day)), {})
            met, meant = own.get(pupil["id"], (0, 0))
            own[pupil["id"]] = met + asked.holds(row.get("held_on")), meant + 1
    return found


def held_in_words(held: int, planned: int) -> str:
    """'✓ 2 of 2 held', '▼ 1 of 2 held'."""
    return f"{'✓' if held >= planned else '▼'} {held} of {planned} held"


def planned_in(register: Reading, asked: Asked) -> dict[str, int]:
    """Conversations of the period by pupil: planned for a day in it, or held in it unplanned."""
    found: dict[str, int] = {}
    for row in register.all("conversations"):
        if _day_of(row, asked) is not None:
            pupil = str(row.get("pupil"))
            found[pupil] = found.get(pupil, 0) + 1
    return found


def _day_of(conversation: Row, asked: Asked) -> str | None:
    """The day in the period a conversation was held, else was planned for, if there is one."""
    for name in ("held_on", "planned_for"):
        if asked.holds(conversation.get(name)):
            return str(conversation[name])
    return None


def _moved(
    register: Reading, asked: Asked, parts: Parts, part: str, pupils: Sequence[Row]
) -> dict[Hashable, dict[str, list[float]]]:
    """Points a year in each subject, by the part of the last assessment's day and by pupil."""
    assessed = Assessed(register, asked)
    found: dict[Hashable, dict[str, list[float]]] = {}
    for subject in assessed.subjects(asked):
        for each in gains(register, asked, parts, assessed, subject, pupils):
            word = parts.of(each.pupil, part, date.fromisoformat(each.day))
            found.setdefault(word, {}).setdefault(each.pupil["id"], []).append(each.a_year)
    return found
