"""A plan of an import in words and as JSON: for the command line, and wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from senreg.exchange.belongings import Belonging
from senreg.exchange.field_change import FieldChange
from senreg.exchange.headings import NOTE, SKIP
from senreg.exchange.import_parts import Absent, Applied, Counts, PlannedRow
from senreg.exchange.pupil_changes import NOTES
from senreg.exchange.staff_book import NewStaff

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import PlannedRecord, RecordsPlan
    from senreg.exchange.session_names import NewSession

    AnyPlan = ImportPlan | RecordsPlan
    AnyRow = PlannedRow | PlannedRecord

NEW_SHOWN = 20
"""New pupils listed by name; the others are counted."""


def counts_in_words(counts: Counts) -> str:
    """Such as '240 rows: 12 new, 5 changed, 220 unchanged, 3 problems.'."""
    sentence = (
        f"{counts.rows:,} {'row' if counts.rows == 1 else 'rows'}: {counts.new:,} new, "
        f"{counts.changed:,} changed, {counts.unchanged:,} unchanged, {counts.problems:,} "
        f"{'problem' if counts.problems == 1 else 'problems'}"
    )
    if counts.absent:
        sentence += f"; {counts.absent:,} on roll {'is' if counts.absent == 1 else 'are'} not in it"
    return sentence + "."


def as_document(plan: AnyPlan, applied: Applied | None = None) -> dict[str, Any]:
    """The plan as scripts read it.

    Args:
        plan: What was, or would be, brought in.
        applied: What applying it gave; None for a preview.
    """
    counts = applied.counts if applied else plan.counts
    ids = applied.ids if applied else {}
    kind = "pupil" if plan.table == "pupils" else "record"
    details = [_row_detail(row, kind, ids.get(row.number)) for row in plan.rows]
    details += [_absent_detail(each) for each in plan.absent]
    details += [_staff_detail(each) for each in plan.new_staff]
    details += [_session_detail(each, made=applied is not None) for each in plan.new_sessions]
    details += [_file_detail(plan, each) for each in plan.file_remarks]
    return {**counts._asdict(), "details": details}


def _row_detail(row: AnyRow, kind: str, new_id: str | None) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "row": row.number,
        "state": row.state,
        kind: new_id or row.pupil or None,
        "name": row.name,
    }
    if row.problem:
        detail["message"] = row.problem
        detail["candidates"] = [
            {"pupil": each.pupil, "words": each.words} for each in row.candidates
        ]
    changes = [change for change in row.changes if change.taken]
    if changes:
        detail["changes"] = [
            {
                "field": each.field,
                "old": _plain(each, each.old),
                "new": _plain(each, each.new),
                **({"typed": True} if each.typed else {}),
            }
            for each in changes
        ]
    remarks = row.remarks + row.upn_remarks
    if remarks:
        detail["warnings"] = remarks
    return detail


def _plain(change: FieldChange, value: object) -> object:
    """A value for a script: members of staff by name, everything else as it is stored."""
    if isinstance(value, NewStaff):
        return value.name
    if isinstance(value, Belonging):
        return dict(value.values)
    if change.field == "key_teacher":
        return (change.old_words if value is change.old else change.new_words) or None
    return value


def _absent_detail(absent: Absent) -> dict[str, Any]:
    return {
        "row": None,
        "state": "absent",
        "pupil": absent.pupil,
        "name": absent.name,
        "message": f"Left on {absent.left_on}." if absent.left_on else "On roll, not in the file.",
    }


def _staff_detail(staff: NewStaff) -> dict[str, Any]:
    return {
        "row": None,
        "state": "staff",
        "pupil": None,
        "name": staff.name,
        "message": "A new member of staff.",
    }


def _session_detail(session: NewSession, *, made: bool) -> dict[str, Any]:
    return {
        "row": None,
        "state": "session",
        "record": session["id"] if made else None,
        "name": session.name,
        "message": "A new session.",
    }


def sessions_in_words(number: int, *, made: bool) -> str:
    """How many sessions are made for their marks; empty for none."""
    if not number:
        return ""
    sessions = "1 session" if number == 1 else f"{number:,} sessions"
    if made:
        return f"{sessions} made for these marks."
    return f"{sessions} would be made for these marks."


def _file_detail(plan: AnyPlan, words: str) -> dict[str, Any]:
    return {"row": None, "state": "file", "pupil": None, "name": plan.file_name, "message": words}


def as_lines(plan: AnyPlan) -> Iterator[str]:
    """The plan as a person reads it, line by line; everything that would change is there."""
    yield counts_in_words(plan.counts)
    yield from _section("The file", [f"  {each}" for each in plan.file_remarks])
    yield from _columns(plan)
    yield from _section("New", _new(plan.rows))
    yield from _section("Changed", _each(plan.rows, lambda row: row.state == "changed", _changes))
    staff = [f"  {each.name}" for each in plan.new_staff]
    yield from _section("New members of staff", staff)
    yield from _section("New sessions", [f"  {each.name}" for each in plan.new_sessions])
    yield from _section("Left out", _each(plan.rows, lambda row: bool(row.problem), _problem))
    yield from _section("To look at", _each(plan.rows, _has_remarks, _remarks))
    yield from _section("On roll, and not in the file", [_missing(each) for each in plan.absent])


def column_words(plan: AnyPlan) -> list[tuple[str, str]]:
    """Each column's label, and what it is taken for in words."""
    words = {NOTE: "kept as a note", SKIP: "passed over", **plan.titles}
    return [(column.label, words[column.target]) for column in plan.header.columns]


def _columns(plan: AnyPlan) -> Iterator[str]:
    taken = [f"  {label}: {words}" for label, words in column_words(plan)]
    of = "" if plan.table == "pupils" else f" of {plan.table.replace('_', ' ')}"
    yield from _section(f"Columns{of} (headings in row {plan.header.number})", taken)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from lines


def _new(rows: Sequence[AnyRow]) -> list[str]:
    new = [f"  row {row.number}  {row.name}" for row in rows if row.state == "new"]
    more = len(new) - NEW_SHOWN
    return new if more <= 0 else [*new[:NEW_SHOWN], f"  and {more:,} more"]


def _each(
    rows: Sequence[AnyRow],
    chosen: Callable[[AnyRow], bool],
    lines: Callable[[AnyRow], list[str]],
) -> list[str]:
    found = []
    for row in rows:
        if chosen(row):
            found.append(f"  row {row.number}  {row.name}".rstrip())
            found += [f"    {line}" for line in lines(row)]
    return found


def _changes(row: AnyRow) -> list[str]:
    lines = []
    for change in row.changes:
        if not change.taken:
            lines.append(f"{change.title}: kept as it is")
        elif change.field == NOTES:
            lines += ["Note:", *(f"  {line}" for line in change.new_words.splitlines())]
        else:
            words = f"{change.title}: {change.old_words or '(blank)'} -> {change.new_words}"
            lines.append(f"{words}  (over what was typed here)" if change.typed else words)
    return lines


def _problem(row: AnyRow) -> list[str]:
    lines = [row.problem]
    lines += [f"{each.words}: --match {row.number}={each.pupil}" for each in row.candidates]
    if row.may_be_new:
        lines.append(f"a new pupil: --match {row.number}=new")
    return lines


def _has_remarks(row: AnyRow) -> bool:
    return not row.problem and bool(row.remarks or row.upn_remarks)


def _remarks(row: AnyRow) -> list[str]:
    return row.remarks + row.upn_remarks


def _missing(absent: Absent) -> str:
    if absent.left_on:
        return f"  {absent.name}, {absent.words}: marked as left"
    return f"  {absent.name}, {absent.words}: --left {absent.pupil}"
