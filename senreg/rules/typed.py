"""What is odd about a record that was just typed: told at once, and never in the way.

The same findings as of the whole register, looked for where this one record can bring them
about. What is still to be typed, such as the primary need of a new status, is none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from senreg.rules.clashes import all_clashes
from senreg.rules.findings import findings
from senreg.rules.findings_conversations import findings_of
from senreg.rules.findings_days import findings_of_days
from senreg.rules.findings_evidence import (
    assessment_findings,
    attendance_typed,
    mark_findings,
    score_findings,
    wider_findings,
)
from senreg.rules.findings_links import ends_before_it_begins
from senreg.rules.findings_pupils import date_findings, entered_twice, person_key
from senreg.rules.findings_sen import need_findings, status_findings
from senreg.rules.findings_sessions import findings_of_mark, findings_of_session
from senreg.rules.found import Finding, who
from senreg.rules.needs import open_needs
from senreg.rules.reading import Reading, Row
from senreg.rules.scale_changes import ScaleChanges
from senreg.rules.scales import scores_off_scale
from senreg.rules.statutory.order import out_of_order

_TOLD = ("two_scales", "scale_changed")
"""The notes that are told where they are typed: who typed it may have meant the other scale."""


def typed_findings(register: Reading, table: str, record: str, today: date) -> list[Finding]:
    """What is odd about one record as the register now holds it, most notes apart.

    Args:
        register: The open register.
        table: The table of the record.
        record: Its id.
        today: The day on which needs and places are looked at.
    """
    row = register.get(record)
    if row is None:
        return []
    found = [
        *ends_before_it_begins(register, table, row),
        *scores_off_scale(register, table, row),
        *out_of_order(register, table, row),
        *findings_of_days(register, table, row, today),
    ]
    if table == "pupils":
        found += date_findings(row, today.isoformat())
        found += _twice(register, record)
        for talk in register.by("conversations", "pupil").get(record, ()):
            found += findings_of(register, talk, today)
    elif table == "conversations":
        found += findings_of(register, row, today)
    elif table == "placements":
        found += score_findings(register, row)
        found += _clashing(register, record, today)
    elif table in ("sen_statuses", "needs"):
        found += _of_sen(register, table, row, today)
    for look in _LOOKS.get(table, ()):
        found += look(register, row)
    return [each for each in found if _is_told(each)]


_LOOKS: dict[str, tuple[Callable[[Reading, Row], Iterable[Finding]], ...]] = {
    "attendance": (attendance_typed,),
    "assessments": (
        assessment_findings,
        lambda register, row: ScaleChanges(register).told(row),
    ),
    "wider_marks": (wider_findings,),
    "sessions": (findings_of_session,),
    "session_marks": (mark_findings, findings_of_mark),
}
"""By table, what looks at one record of it."""


def _of_sen(register: Reading, table: str, row: Row, today: date) -> Iterable[Finding]:
    """What is odd about a child's statuses, or about the needs that are open."""
    pupil = register.get(str(row.get("pupil") or ""))
    if pupil is None:
        return ()
    rows = register.by(table, "pupil").get(pupil["id"], ())
    if table == "sen_statuses":
        return status_findings(pupil, rows)
    return need_findings(who(pupil), open_needs(rows, today))


def odd_now(register: Reading, today: date) -> list[Finding]:
    """What is odd in the whole register, most notes apart: to ask before and after a change."""
    return [each for each in findings(register, today) if _is_told(each)]


def _is_told(finding: Finding) -> bool:
    return finding.severity != "note" or finding.code in _TOLD


def new_findings(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """Those that a change brought about: what was odd already is not told again."""
    known = {(each.code, each.message) for each in before}
    return [each for each in after if (each.code, each.message) not in known]


def _twice(register: Reading, record: str) -> Iterator[Finding]:
    pupil = register.get(record) or {}
    key, upn = person_key(pupil), pupil.get("upn")
    same = [
        row
        for row in register.all("pupils")
        if (upn and row.get("upn") == upn) or (pupil.get("dob") and person_key(row) == key)
    ]
    yield from entered_twice(same)


def _clashing(register: Reading, record: str, today: date) -> Iterator[Finding]:
    """Where a place puts the child in two places at once, or its group over its size."""
    place = register.get(record) or {}
    for clash in all_clashes(register, since=today):
        if place.get("group") in clash.groups and clash.person in ("", place.get("pupil")):
            code = "group_over_size" if clash.kind == "size" else f"{clash.kind}_clash"
            yield Finding(code, "warning", "placements", record, clash.words)
