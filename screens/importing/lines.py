"""What the preview of an import lists: a line for each fact or row, tab by tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from screens.widgets.columns import Cell, Column
from senreg.exchange.field_change import FieldChange
from senreg.exchange.pupil_changes import NOTES
from senreg.exchange.pupil_columns import NEEDS, STATUS
from senreg.exchange.pupils_import import ImportPlan, PlannedRow
from senreg.exchange.records_import import PlannedRecord, RecordsPlan
from senreg.rules.dates import short_day
from senreg.rules.years import year_word

AnyPlan = ImportPlan | RecordsPlan
AnyRow = PlannedRow | PlannedRecord


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the preview.

    Args:
        id: What it is about, unlike any other of its tab.
        row: The row of the file; None for a pupil who is not in it.
        change: The one change it shows, if it shows one.
        taken: Whether it is brought in; None where there is nothing to take.
        cells: The text of each column by the column's id, with its tone.
    """

    id: str
    row: AnyRow | None = None
    change: FieldChange | None = None
    taken: bool | None = None
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewTab:
    """One part of the preview.

    Args:
        id: Its name in code.
        title: Its name on the screen.
        tone: The tone of its title where there is something in it.
        lines: Its lines.
        columns: Its columns: id, title, width, most and rank.
        empty: What is said where it has none.
    """

    id: str
    title: str
    tone: str
    lines: Callable[[AnyPlan], Iterator[PreviewLine]]
    columns: tuple[tuple[str, str, int, int, int], ...]
    empty: str


def columns_of(tab: PreviewTab) -> list[Column[PreviewLine]]:
    """The columns of a tab, as the list takes them."""
    tick: list[Column[PreviewLine]] = [Column("taken", "", _tick, width=1)]
    return tick + [
        Column(name, title, _cell_of(name), width=width, most=most, rank=rank)
        for name, title, width, most, rank in tab.columns
    ]


def _tick(each: PreviewLine) -> Cell:
    if each.taken is None:
        return ""
    return ("☒", "heading") if each.taken else ("☐", "muted")


def _cell_of(name: str) -> Callable[[PreviewLine], Cell]:
    return lambda each: each.cells.get(name, "")


def _to_settle(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.problem and _open(row):
            yield PreviewLine(
                str(row.number), row, cells={**_who(row), "what": (row.problem, "warn")}
            )


def _problems(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.problem and not _open(row):
            taken = None if row.spoilt else False
            cells = {**_who(row), "what": (row.problem, "bad" if row.spoilt else "muted")}
            yield PreviewLine(str(row.number), row, taken=taken, cells=cells)


def _open(row: AnyRow) -> bool:
    """Whether a person can settle what is the matter with a row."""
    return bool(row.candidates) or row.may_be_new


def _changed(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.problem or not row.pupil:
            continue
        for place, change in enumerate(row.changes):
            tone = "strong" if change.taken else "muted"
            yield PreviewLine(
                f"{row.number}/{place}",
                row,
                change,
                change.taken,
                {
                    "name": row.name if place == 0 else (row.name, "muted"),
                    "fact": change.title,
                    "old": _old(change),
                    "new": (_news(change), tone),
                    "look": _remark(row) if place == 0 else "",
                },
            )


def _old(change: FieldChange) -> Cell:
    """What stands in the register; with a sign, where a person typed it."""
    if change.typed:
        return (f"! {change.old_words}", "warn")
    return (change.old_words or "(nothing)", "muted")


def _news(change: FieldChange) -> str:
    """What a change brings, in a line: of a note what it says, not where it comes from."""
    if change.field != NOTES:
        return change.new_words
    return change.new_words.partition("\n")[2] or change.new_words


def _new(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.state == "new":
            facts = {change.field: change for change in row.changes}
            yield PreviewLine(
                str(row.number),
                row,
                taken=True,
                cells={
                    "name": row.name,
                    "born": _said(facts, "dob"),
                    "year": year_word(str(facts["year_group"].new))
                    if "year_group" in facts
                    else "",
                    "class": _said(facts, "class_name"),
                    "status": _said(facts, STATUS),
                    "need": str(facts[NEEDS[0]].new) if NEEDS[0] in facts else "",
                    "look": _remark(row),
                },
            )


def _new_records(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.state == "new":
            said = "  ".join(
                f"{each.title}: {each.new_words}" for each in row.changes if each.taken
            )
            cells: dict[str, Cell] = {"name": row.name, "says": (said, "muted")}
            yield PreviewLine(str(row.number), row, taken=True, cells=cells)


def _said(facts: dict[str, FieldChange], name: str) -> str:
    return facts[name].new_words if name in facts else ""


def _unchanged(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if row.state == "unchanged" and not row.changes:
            yield PreviewLine(str(row.number), row, cells={**_who(row), "what": _remark(row)})


def _absent(plan: AnyPlan) -> Iterator[PreviewLine]:
    for each in plan.absent:
        said: Cell = ("still here", "good")
        if each.left_on:
            said = (f"left, last day {short_day(each.left_on)}", "warn")
        yield PreviewLine(
            each.pupil,
            taken=bool(each.left_on),
            cells={"name": each.name, "where": (each.words, "muted"), "what": said},
        )


def _file(plan: AnyPlan) -> Iterator[PreviewLine]:
    for number, words in enumerate(plan.file_remarks):
        yield PreviewLine(str(number), cells={"what": words})


def _to_look_at(plan: AnyPlan) -> Iterator[PreviewLine]:
    for row in plan.rows:
        if not row.problem and (row.remarks or row.upn_remarks):
            said = " ".join(row.remarks + row.upn_remarks)
            yield PreviewLine(str(row.number), row, cells={**_who(row), "what": (said, "warn")})


def _who(row: AnyRow) -> dict[str, Cell]:
    return {"row": (f"{row.number:>5}", "muted"), "name": row.name or ("(no name)", "muted")}


def _remark(row: AnyRow) -> Cell:
    """The first thing to look at about a row that is taken."""
    remarks = row.remarks + row.upn_remarks
    return (f"! {remarks[0]}", "warn") if remarks else ""


_ROW = ("row", "Row", 5, 0, 2)
_NAME = ("name", "Name", 18, 30, 0)

TABS: tuple[PreviewTab, ...] = (
    PreviewTab(
        "settle",
        "To settle",
        "warn",
        _to_settle,
        (_ROW, _NAME, ("what", "Who is it?", 30, 100, 0)),
        "No row asks who it is.",
    ),
    PreviewTab(
        "changed",
        "Changed",
        "info",
        _changed,
        (
            _NAME,
            ("fact", "What", 12, 22, 0),
            ("old", "In the register", 14, 30, 0),
            ("new", "In the file", 14, 44, 0),
            ("look", "To look at", 12, 40, 3),
        ),
        "Nothing that the register knows would change.",
    ),
    PreviewTab(
        "new",
        "New",
        "good",
        _new,
        (
            _NAME,
            ("born", "Born", 11, 12, 3),
            ("year", "Year", 7, 8, 2),
            ("class", "Class", 5, 10, 1),
            ("status", "SEN status", 12, 28, 0),
            ("need", "Need", 5, 6, 1),
            ("look", "To look at", 10, 40, 4),
        ),
        "Nobody in the file is new to the register.",
    ),
    PreviewTab(
        "unchanged",
        "Unchanged",
        "",
        _unchanged,
        (_ROW, _NAME, ("what", "To look at", 30, 100, 0)),
        "No row of the file is in the register as it stands.",
    ),
    PreviewTab(
        "absent",
        "Not in the file",
        "warn",
        _absent,
        (_NAME, ("where", "Where", 14, 24, 1), ("what", "Left, or still here?", 28, 40, 0)),
        "Nobody on roll is missing from the file, or the file does not have everyone.",
    ),
    PreviewTab(
        "problems",
        "Left out",
        "bad",
        _problems,
        (_ROW, _NAME, ("what", "Because", 30, 100, 0)),
        "Every row can be brought in.",
    ),
)
"""The parts of the preview, in the order in which a person looks at them."""


def _with_room(tab: PreviewTab) -> PreviewTab:
    """A tab for records, which are called by more words than a child."""
    wide = tuple(("name", "Name", 18, 70, 0) if each == _NAME else each for each in tab.columns)
    return replace(tab, columns=wide)


_NEW_RECORDS = PreviewTab(
    "new",
    "New",
    "good",
    _new_records,
    (_NAME, ("says", "What it says", 30, 120, 0)),
    "Every row is in the register already.",
)

RECORD_TABS: tuple[PreviewTab, ...] = tuple(
    _NEW_RECORDS if tab.id == "new" else _with_room(tab)
    for tab in TABS
    if tab.id in ("changed", "new", "unchanged", "problems")
)
"""The parts of the preview of records that are no pupils."""

LOOK_TAB = PreviewTab(
    "look",
    "To look at",
    "warn",
    _to_look_at,
    (_ROW, _NAME, ("what", "What is to be known of it", 30, 400, 0)),
    "Every row comes in as it stands in the file.",
)

FILE_TAB = PreviewTab(
    "file",
    "The file",
    "",
    _file,
    (("what", "What is to be known of it", 30, 400, 0),),
    "There is nothing to be known of the file as a whole.",
)


SHORT = {
    "settle": "Settle",
    "unchanged": "Same",
    "absent": "Missing",
    "problems": "Out",
    "file": "File",
}
"""Names of the parts where there is little room."""


def tabs_of(plan: AnyPlan) -> tuple[PreviewTab, ...]:
    """The parts there are of a plan: what is said of rows and of the file where anything is."""
    tabs = TABS if plan.table == "pupils" else RECORD_TABS
    look = (LOOK_TAB,) if any(_to_look_at(plan)) else ()
    return (*tabs, *look, *((FILE_TAB,) if plan.file_remarks else ()))


def typed_words(plan: AnyPlan) -> str:
    """How many values typed here the import would go over; nothing where there are none."""
    typed = sum(
        change.typed and change.taken
        for row in plan.rows
        if row.state == "changed"
        for change in row.changes
    )
    if not typed:
        return ""
    what = "A value typed here is" if typed == 1 else f"{typed:,} values typed here are"
    return f"{what} overwritten."


def remarked_words(plan: AnyPlan) -> str:
    """How many rows come in with something to look at; nothing where none does."""
    rows = sum(1 for row in plan.rows if not row.problem and row.remarks)
    if not rows:
        return ""
    return f"{rows:,} {'row' if rows == 1 else 'rows'} to look at: see “{LOOK_TAB.title}”."


def counts_of(plan: AnyPlan) -> dict[str, int]:
    """How many rows, or pupils, stand in each tab."""
    counts = plan.counts
    settle = sum(1 for row in plan.rows if row.problem and _open(row))
    return {
        "settle": settle,
        "changed": counts.changed,
        "new": counts.new,
        "unchanged": counts.unchanged,
        "absent": counts.absent,
        "problems": counts.problems - settle,
        "look": sum(1 for _ in _to_look_at(plan)),
        "file": len(plan.file_remarks),
    }
