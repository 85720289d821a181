"""Objectives of the school and of its teachers, beside the progress of the pupils they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from senreg.errors import WrongUsage
from senreg.models.entry import choice_meant
from senreg.models.improvement import OBJECTIVE_KINDS
from senreg.models.tables import field_of
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when, year_back
from senreg.rules.measures import Asked
from senreg.rules.measures.asked import mean
from senreg.rules.measures.assessed import Assessed
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.progress import Gained, gains
from senreg.rules.measures.who import on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import UNWORDED, excerpt, staff_named
from senreg.rules.reading import Reading, Row

_NOTE = (
    "Progress of the objective's own pupils in the twelve months to today, in its subject, or in "
    "every subject where it names none: how many are at or above what is expected, in each of "
    "these, of those who were assessed twice, two terms apart. A child without both is unknown."
)

_OF_SCHOOL = "improvement"

Gains = Mapping[str, Mapping[str, Gained]]
"""By subject and pupil."""


def objectives(register: Reading, today: date) -> list[LeadPart]:
    """Every objective under its kind, the open ones first.

    One of the improvement plan that names no pupils rests on the whole SEN register.
    """
    parts = Parts(register, today)
    whole = tuple(row["id"] for row in on_roll(register, today) if parts.has_sen(row, today))
    gained = _gained(register, today, parts, whole)
    rows = register.all("objectives")
    found = []
    for kind, title in OBJECTIVE_KINDS:
        own = [row for row in newest_first(rows, "set_on") if row.get("kind") == kind]
        own.sort(key=lambda row: row.get("status") not in (None, "open"))
        lines = tuple(_line(register, row, gained, whole, today) for row in own)
        if lines:
            found.append(LeadPart(title, lines, "pupils at expected, of those known"))
    return found


def _gained(
    register: Reading, today: date, parts: Parts, whole: tuple[str, ...]
) -> dict[str, dict[str, Gained]]:
    named = {each for row in register.all("objectives") for each in row.get("pupils") or ()}
    named.update(whole)
    pupils = [row for row in map(register.get, sorted(named)) if row is not None]
    asked = Asked(year_back(today), today, today)
    assessed = Assessed(register, asked)
    found: dict[str, dict[str, Gained]] = {}
    for subject in assessed.by_subject:
        try:
            own = gains(register, asked, parts, assessed, subject, pupils)
        except WrongUsage:
            continue
        found[subject] = {each.pupil["id"]: each for each in own}
    return found


def _subject_of(row: Row) -> str:
    given = str(row.get("subject") or "")
    choice = choice_meant(field_of("assessments", "subject"), given) if given else None
    return choice.code if choice else given


def _line(
    register: Reading, row: Row, gained: Gains, whole: tuple[str, ...], today: date
) -> LeadLine:
    named = tuple(row.get("pupils") or ())
    pupils = named or (whole if row.get("kind") == _OF_SCHOOL else ())
    subject = _subject_of(row)
    listed = [gained.get(subject, {})] if subject else list(gained.values())
    known = [own[each] for own in listed for each in pupils if each in own]
    judged = [each for each in known if each.expected is not None]
    behind = {each.pupil["id"] for each in judged if each.a_year < (each.expected or 0) - 1e-9}
    seen = {each.pupil["id"] for each in judged}
    value = f"{len(seen - behind)} of {len(seen)}" if seen else "–"
    pace = mean([each.a_year for each in judged])
    due = str(row.get("due") or "")
    status = field_of("objectives", "status").label_of(row.get("status"))
    late = due and due < today.isoformat() and row.get("status") in (None, "open")
    owner, text = staff_named(row.get("owner"), register.get), row.get("text") or UNWORDED
    own = bool(owner) and row.get("kind") != _OF_SCHOOL
    of = said(
        "" if own else owner,
        str(row.get("subject") or row.get("measure") or ""),
        f"mean {value_in_words(pace)} a year" if pace is not None else "",
        _counted(pupils, len(pupils) - len(seen), bool(named)),
        f"overdue since {when(due)}" if late else f"{status or 'Open'}, due {when(due)}" if due
        else status,
    )  # fmt: skip
    title = f"{owner}: {text}" if own else text
    return LeadLine(excerpt(title, 90), value, of, row["id"], pupils, _NOTE)


def _counted(pupils: tuple[str, ...], unknown: int, named: bool) -> str:
    if not pupils:
        return "names no pupils"
    words = f"{len(pupils)} pupils, {unknown} unknown"
    return words if named else f"the whole SEN register: {words}"
