"""What the columns of a list of pupils may be, and the headings school systems give them.

Most headings stand with the fields of the models. Here are those of facts that live in
tables of their own (SEN status, needs), of whole names, and of school systems' ways of
asking yes or no.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.arrivals import is_an_id
from senreg.exchange.columns import NAME_MARK, is_words_heading
from senreg.exchange.grid import Grid
from senreg.exchange.headings import (
    NOTE,
    SKIP,
    Column,
    Header,
    Recognise,
    find_header,
    header_at,
    put_column,
    recogniser,
    squeezed,
)
from senreg.exchange.pupil_cells import BadCell, CellReader, NotUnderstood, cell_text
from senreg.exchange.tabular import TableFile
from senreg.models.describe import Field
from senreg.models.tables import field_of, fields_of

ID = "id"
NAME = "name"
KEY_TEACHER = "key_teacher"
STATUS = "sen_statuses.code"
STATUS_START = "sen_statuses.start"
PLAN = "ehcp"
NEEDS = ("needs.code", "needs.code.2", "needs.code.3")
"""The targets of needs by rank, the primary first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column may be taken for.

    Args:
        name: By which mappings name it: a field of pupils, or table.field.
        title: Its words for people.
        field: The described field its cells are read as; None for names, ids and flags.
    """

    name: str
    title: str
    field: Field | None = None


_MORE_HEADINGS: dict[str, tuple[str, ...]] = {
    ID: ("Id",),
    NAME: (
        "Name", "Full name", "Pupil name", "Student name", "Child name", "Pupil", "Student",
        "Child", "Legal name", "Legal full name", "Pupil full name", "Name of child",
        "Name of pupil", "Surname, Forename", "Surname Forename", "Forename Surname",
        "First name Surname", "Pupils", "Children", "Preferred full name", "Display name",
    ),
    "surname": ("Last", "Legal last", "Sname", "Surname (legal)"),
    "forename": ("First", "Legal first", "Fname", "Forename (legal)", "First names", "Given names"),
    KEY_TEACHER: ("Teacher", "Class tutor", "Teacher's name"),
    STATUS: ("sen_status", "SEN status description", "SEND stage", "Status of SEN", "SEN Y/N"),
    STATUS_START: ("sen_start", "SEN status from", "SEN since", "On register since"),
    PLAN: ("EHCP", "EHC plan", "Has EHCP", "EHCP Y/N", "Education health and care plan"),
    NEEDS[0]: ("primary_need", "Main need", "Primary type of need", "SEND type", "Area of need"),
    NEEDS[1]: ("secondary_need", "Secondary type of need", "Second need"),
    NEEDS[2]: ("Third need", "Tertiary need", "SEN need 3", "Need 3", "SEN type 3", "Other needs"),
}  # fmt: skip

_UNSURE_BESIDE_SEN = frozenset({"startdate", "enddate", "date"})
"""Headings that mean admission in one report and SEN provision in another."""


_MAY_BE_STATUS = frozenset({"status", "stage", "code", "level", "provision"})
"""Headings that mean SEN status where everything below them is one."""


@cache
def pupil_targets() -> dict[str, Target]:
    """Everything a column of a list of pupils may be taken for, by name."""
    status, start, need = (
        field_of("sen_statuses", "code"),
        field_of("sen_statuses", "start"),
        field_of("needs", "code"),
    )
    found = [Target(NAME, "Whole name")]
    found += [
        Target(field.name, field.title, field)
        for field in fields_of("pupils")
        if not field.about.unasked
    ]
    found += [
        Target(STATUS, "SEN status", status),
        Target(STATUS_START, "SEN status from", start),
        Target(PLAN, "Has an EHC plan (yes or no)"),
        Target(NEEDS[0], "Primary need", need),
        Target(NEEDS[1], "Secondary need", need),
        Target(NEEDS[2], "Third need", need),
        Target(ID, "Record id"),
    ]
    return {target.name: target for target in found}


@cache
def _vocabulary() -> Mapping[str, tuple[str, int]]:
    from senreg.models.sen import SECONDARY_NEED_HEADINGS

    known: dict[str, tuple[str, int]] = {}

    def learn(target: str, headings: Iterable[str], rank: int) -> None:
        for heading in headings:
            known.setdefault(squeezed(heading), (target, rank))

    targets = pupil_targets()
    for target in targets.values():
        if target.name not in (ID, NAME):
            learn(target.name, (target.title, target.name), 0)
    for target in targets.values():
        if target.field is not None and target.name not in NEEDS[1:]:
            learn(target.name, target.field.about.headings, 1)
    learn(NEEDS[1], SECONDARY_NEED_HEADINGS, 1)
    for name, headings in _MORE_HEADINGS.items():
        learn(name, headings, 1)
    return known


@cache
def _recognise() -> Recognise:
    return recogniser(_vocabulary())


def suffice(targets: set[str]) -> bool:
    """Whether a pupil can be told by these: whole name, both names, UPN or id."""
    return bool(targets & {NAME, "upn", ID}) or {"surname", "forename"} <= targets


def read_header(grid: Grid, chosen: Mapping[str, str] | None = None) -> Header | None:
    """The header of a sheet of pupils; None where no row names pupils.

    Args:
        grid: The rows of the sheet.
        chosen: Headings placed by a person: heading to target.
    """
    own = {squeezed(heading): (target, 0) for heading, target in (chosen or {}).items()}
    usual = _recognise()

    def recognise(heading: str) -> tuple[str, int] | None:
        return own.get(squeezed(heading)) or usual(heading)

    header = find_header(grid, recognise, suffice)
    if header is None and not own:
        header = _by_preferred_name(grid)
    return _settled(header, grid) if header else None


def header_by_hand(grid: Grid, place: int) -> Header:
    """The header where a person says which row of the grid it is, 0 first."""
    return _settled(header_at(grid, place, _recognise()), grid)


def _by_preferred_name(grid: Grid) -> Header | None:
    """A list whose only names are in a column such as "Preferred name": whole names."""
    header = find_header(grid, _recognise(), lambda targets: "preferred_name" in targets)
    if header is not None and not header.targets & {"surname", "forename"}:
        for column in header.of("preferred_name"):
            column.target = NAME
        return header
    return None


def _settled(header: Header, grid: Grid) -> Header:
    """The header with what only the whole row, and the cells below it, can tell."""
    headings = [column.heading for column in header.columns]
    about_sen = bool(header.targets & {STATUS, *NEEDS})
    both_names = {"surname", "forename"} <= header.targets
    for column in header.columns:
        if is_words_heading(column.heading, headings):
            column.target, column.how = SKIP, "recognised"
        elif column.how == "recognised" and (
            (about_sen and squeezed(column.heading) in _UNSURE_BESIDE_SEN)
            or (both_names and column.target == NAME)
        ):
            column.target, column.how = NOTE, "kept"
    if STATUS not in header.targets:
        for column in header.columns:
            if squeezed(column.heading) in _MAY_BE_STATUS and _holds_statuses(grid, header, column):
                column.target, column.how, column.rank = STATUS, "recognised", 9
    return header


def _holds_statuses(grid: Grid, header: Header, column: Column) -> bool:
    """Whether every cell of a column that says anything is an SEN status."""
    reader = CellReader(field_of("sen_statuses", "code"), "", date.max)
    found = False
    for row in grid.rows[header.place + 1 :]:
        try:
            value = reader.read(row.cells[column.index]) if column.index < len(row.cells) else None
        except (BadCell, NotUnderstood):
            return False
        found = found or value is not None
    return found


def place_column(header: Header, target: str, words: str) -> None:
    """Take a column for what a person says.

    Args:
        header: The header to change.
        target: A name of `pupil_targets`, one of their headings, `NOTE` or `SKIP`.
        words: The column: its heading, or "column D".

    Raises:
        WrongUsage: There is no such target or column.
    """
    put_column(header, target_named(target), words, otherwise=NOTE)


def target_named(words: str) -> str:
    """The target a person names. Raises WrongUsage where there is none."""
    if words.lower() in (NOTE, SKIP):
        return words.lower()
    if words in pupil_targets():
        return words
    known = _vocabulary().get(squeezed(words)) or _vocabulary().get(
        squeezed(words.partition(".")[2])
    )
    if known is None:
        raise WrongUsage(
            f"There is nothing called {words} to bring a column in as.",
            do="Choose one of: " + ", ".join((*pupil_targets(), NOTE, SKIP)) + ".",
        )
    return known[0]


def sheet_of_pupils(file: TableFile, chosen: Mapping[str, str] | None = None) -> str:
    """The name of the sheet that looks most like a list of pupils.

    Raises:
        Unreadable: No sheet has a row of headings by which pupils could be told.
    """
    best: tuple[int, int] = (0, 0)
    choice: str | None = None
    for sheet in file.sheets:
        grid = file.grid(sheet)
        header = read_header(grid, chosen)
        if header is not None:
            score = (len(header.targets), len(grid.rows) - header.place)
            if score[1] > 1 and score > best:
                best, choice = score, sheet
    if choice is None:
        raise no_pupils(file.name)
    return choice


def use_ids(header: Header, grid: Grid, pupils: Container[str], staff: Container[str]) -> None:
    """Ids in a file are ours only where they are of this register.

    A column headed "Id" is another system's otherwise, and kept as a note; in a file that
    another register exported, it is passed over, and key teachers are taken by the names beside
    their ids.
    """
    for column in header.of(ID):
        if not _any_of(column, header, grid, pupils):
            theirs = all(map(is_an_id, _texts_below(column, header, grid)))
            column.target, column.how = (SKIP, "recognised") if theirs else (NOTE, "kept")
    for column in header.of(KEY_TEACHER):
        named = squeezed(column.heading + NAME_MARK)
        beside = [each for each in header.columns if squeezed(each.heading) == named]
        if beside and not _any_of(column, header, grid, staff):
            column.target, beside[0].target = SKIP, KEY_TEACHER


def _texts_below(column: Column, header: Header, grid: Grid) -> list[str]:
    rows = grid.rows[header.place + 1 :]
    return [cell_text(row.cells[column.index]) for row in rows if column.index < len(row.cells)]


def _any_of(column: Column, header: Header, grid: Grid, ids: Container[str]) -> bool:
    """Whether any cell below a heading is one of these ids."""
    return any(
        str(row.cells[column.index]) in ids
        for row in grid.rows[header.place + 1 :]
        if column.index < len(row.cells)
    )


def no_pupils(name: str) -> Unreadable:
    """The refusal of a file, or a sheet, in which there are no pupils."""
    return Unreadable(
        f"There are no pupils in {name}: it has no row of headings such as Surname and Forename "
        "with pupils below it.",
        do="Choose another file or sheet, or give its columns names.",
    )
