"""Objectives, each beside what it is measured by, counted for the pupils it rests on."""

from __future__ import annotations

from datetime import date

from senreg.models.improvement import OBJECTIVE_KINDS
from senreg.models.tables import field_of
from senreg.rules.leading.judging import Judged, Judging, measure_of
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.who import on_roll
from senreg.rules.naming import UNWORDED, excerpt, staff_named
from senreg.rules.reading import Reading, Row

_NOTE = (
    "Counted for the objective's own pupils by what it names under Measured by, as on the "
    "leadership screen: of those of whom it is known, how many have reached it. Progress is that "
    "of the twelve months to today, in its subject, or in every subject where it names none: at or "
    "above what is expected, in each of these, of those assessed twice, two terms apart. A pupil "
    "without the data is unknown."
)
_BY_SCHOOL = (
    "What it is measured by is none of the measures the register knows: the school writes how it "
    "went. Choose one under Measured by to have its pupils counted."
)

_UNKNOWN = "not known"
_OF_SCHOOL = "improvement"


def objectives(register: Reading, today: date) -> list[LeadPart]:
    """Every objective under its kind, the open ones first.

    One of the improvement plan that names no pupils rests on the whole SEN register.
    """
    parts = Parts(register, today)
    whole = tuple(row["id"] for row in on_roll(register, today) if parts.has_sen(row, today))
    rows = register.all("objectives")
    named = {each for row in rows for each in row.get("pupils") or ()}
    judging = Judging(register, today, named.union(whole))
    found = []
    for kind, title in OBJECTIVE_KINDS:
        own = [row for row in newest_first(rows, "set_on") if row.get("kind") == kind]
        own.sort(key=lambda row: row.get("status") not in (None, "open"))
        lines = tuple(_line(register, row, judging, whole, today) for row in own)
        if lines:
            found.append(
                LeadPart(title, lines, "how many of its pupils have reached it, of those known")
            )
    return found


def _line(
    register: Reading, row: Row, judging: Judging, whole: tuple[str, ...], today: date
) -> LeadLine:
    named = tuple(row.get("pupils") or ())
    pupils = named or (whole if row.get("kind") == _OF_SCHOOL else ())
    judged = judging.of(row, pupils)
    due = str(row.get("due") or "")
    status = field_of("objectives", "status").label_of(row.get("status"))
    late = due and due < today.isoformat() and row.get("status") in (None, "open")
    owner, text = staff_named(row.get("owner"), register.get), row.get("text") or UNWORDED
    own = bool(owner) and row.get("kind") != _OF_SCHOOL
    of = said(
        _measured(row, judged),
        _counted(pupils, judged, bool(named)),
        f"overdue since {when(due)}" if late else f"{status or 'Open'}, due {when(due)}" if due
        else status,
        "" if own else owner,
    )  # fmt: skip
    title = f"{owner}: {text}" if own else text
    note = _BY_SCHOOL if judged is None else _NOTE
    return LeadLine(
        excerpt(title, 90), judged.value if judged else "–", of, row["id"], pupils, note,
        dict.fromkeys(pupils, _UNKNOWN) | dict(judged.said) if judged else {},
    )  # fmt: skip


def _measured(row: Row, judged: Judged | None) -> str:
    """What is counted; where words stand that are no measure's, these words."""
    given = str(row.get("measure") or "")
    if judged is None:
        return f"measured by: {given}"
    plain = not given or given.casefold() == measure_of(row) or _is_label(row)
    return judged.what if plain else f"{given}: {judged.what}"


def _is_label(row: Row) -> bool:
    field = field_of("objectives", "measure")
    return str(row["measure"]).casefold() == field.label_of(measure_of(row)).casefold()


def _counted(pupils: tuple[str, ...], judged: Judged | None, named: bool) -> str:
    if not pupils:
        return "names no pupils"
    words = f"{len(pupils)} pupils"
    if judged is not None:
        words += f", {len(pupils) - len(judged.known)} unknown"
    return words if named else f"the whole SEN register: {words}"
