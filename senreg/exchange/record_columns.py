"""What the columns of a list of any other table than pupils may be.

A column is known by its field's title, name and other headings. Where records belong to a
pupil, the columns that tell a pupil (UPN, surname and forename, whole name, date of birth)
find whom a row is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.columns import ID_HEADING, is_words_heading
from senreg.exchange.grid import Grid
from senreg.exchange.headings import (
    NOTE,
    SKIP,
    Header,
    find_header,
    header_at,
    put_column,
    recogniser,
    squeezed,
)
from senreg.exchange.tabular import TableFile
from senreg.models.describe import Field
from senreg.models.tables import fields_of

ID = "id"
OF_PUPIL = ("pupils.upn", "pupils.name", "pupils.surname", "pupils.forename", "pupils.dob")
"""Targets that tell which pupil a row is about."""

_OF_PUPIL_TITLES = {
    "pupils.upn": "Pupil by UPN",
    "pupils.name": "Pupil by whole name",
    "pupils.surname": "Pupil's surname",
    "pupils.forename": "Pupil's forename",
    "pupils.dob": "Pupil's date of birth",
}

_OF_PUPIL_HEADINGS: dict[str, tuple[str, ...]] = {
    "pupils.upn": ("UPN", "Unique pupil number", "Pupil UPN"),
    "pupils.name": (
        "Pupil name",
        "Student name",
        "Child name",
        "Full name",
        "Pupil (name)",
        "Child",
        "Student",
        "Learner",
        "Name",
    ),
    "pupils.surname": ("Surname", "Last name", "Legal surname", "Pupil surname", "Legal last name"),
    "pupils.forename": (
        "Forename",
        "First name",
        "Legal forename",
        "Legal first name",
        "Preferred forename",
    ),
    "pupils.dob": ("Date of birth", "DOB", "D.O.B."),
}

SESSION_GROUP, SESSION_DAY = OF_SESSION = ("sessions.group", "sessions.date")
"""Targets that tell which session a row is about, where it has no name of its own."""

_OF_SESSION_HEADINGS: dict[str, tuple[str, ...]] = {
    SESSION_GROUP: ("Group", "Club", "Provision"),
    SESSION_DAY: ("Date", "Day", "Day of the session", "When", "Date of session"),
}

_OF_TIME_HEADINGS: dict[str, tuple[str, ...]] = {
    "start": ("Start", "Start date", "Date started", "Date from"),
    "end": ("To", "End", "End date", "Date ended", "Date to"),
}
"""What people call the first and the last day of whatever lasts."""


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns a table may have.

    Args:
        table: A table of `senreg.models.tables.TABLES`.
        fields: Its fields by name.
        titles: Every target of its columns, in words.
        headings: Every known heading, squeezed, with its target and how sure it is.
    """

    table: str
    fields: Mapping[str, Field]
    titles: Mapping[str, str]
    headings: Mapping[str, tuple[str, int]]

    @property
    def about_pupils(self) -> bool:
        """Whether each record belongs to a pupil."""
        return "pupil" in self.fields

    def gives_way(self, name: str) -> bool:
        """Whether a row may come in without what it says of a field and nobody understands.

        That is so of a choice, and of who did it where the record is about something else. Not of
        a figure or a yes or no: the rest of the row would say less than the truth without it; nor
        of a mark, beside which the record says nothing.
        """
        field = self.fields.get(name)
        if field is None or field.required:
            return False
        if field.kind in ("record", "records"):
            others = (each for each in self.fields.values() if each.kind == "record")
            return field.tables == ("staff",) and any(each.required for each in others)
        optional = [each for each in self.fields.values() if not each.required]
        return bool(field.choices()) and len(optional) > 1

    def target_named(self, words: str) -> str:
        """The target a person names. Raises WrongUsage where there is none."""
        if words in self.titles or words == SKIP:
            return words
        known = self.headings.get(squeezed(words))
        if known is None:
            raise WrongUsage(
                f"There is nothing called {words} to bring a column of {self.table} in as.",
                do="Choose one of: " + ", ".join((*self.titles, SKIP)) + ".",
            )
        return known[0]

    def suffices(self, targets: set[str], in_file: Collection[str] | None = None) -> bool:
        """Whether these targets can become records, or find them.

        Args:
            targets: All that is known of every row.
            in_file: Those with a column; all of them unless given.
        """
        if ID in targets and len(targets) > 1:
            return True
        if in_file is not None and not in_file:
            return False
        needed = {field.name for field in self.fields.values() if field.required}
        if "pupil" in needed and targets & set(OF_PUPIL):
            needed.discard("pupil")
        if "session" in needed and targets.issuperset(OF_SESSION):
            needed.discard("session")
        return bool(targets) and needed <= targets


def columns_of_table(table: str) -> TableColumns:
    """The columns a table may have. Raises WrongUsage where there is no such table."""
    fields = {field.name: field for field in fields_of(table)}
    titles = {ID: "Record id"} | {field.name: field.title for field in fields.values()}
    known: dict[str, tuple[str, int]] = {squeezed(ID_HEADING): (ID, 0)}
    for field in fields.values():
        for heading in (field.title, field.name, f"{field.title} ({field.name})"):
            known.setdefault(squeezed(heading), (field.name, 0))
    for field in fields.values():
        for heading in field.about.headings:
            known.setdefault(squeezed(heading), (field.name, 1))
    for name, headings in _OF_TIME_HEADINGS.items():
        for heading in headings if name in fields else ():
            known.setdefault(squeezed(heading), (name, 2))
    for target, title, headings in _told_by_several(fields):
        titles[target] = title
        for heading in headings:
            known.setdefault(squeezed(heading), (target, 1))
    return TableColumns(table, fields, titles, known)


def _told_by_several(
    fields: Collection[str],
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The targets that tell a child or a session, each with its title and its headings."""
    if "pupil" in fields:
        for target, headings in _OF_PUPIL_HEADINGS.items():
            yield target, _OF_PUPIL_TITLES[target], headings
    if "session" in fields:
        for target, headings in _OF_SESSION_HEADINGS.items():
            about = session_field(target).about
            yield target, about.title, (target, *headings, *about.headings)


def session_field(target: str) -> Field:
    """The field by which a session is told: its group, or its day."""
    name = target.partition(".")[2]
    found = next(each for each in fields_of("sessions") if each.name == name)
    title = "Group of the session" if target == SESSION_GROUP else "Day of the session"
    return replace(found, name=target, about=replace(found.about, title=title))


def read_record_header(
    grid: Grid,
    columns: TableColumns,
    chosen: Mapping[str, str] | None = None,
    given: Collection[str] = (),
) -> Header | None:
    """The header of a sheet of records; None where no row names enough columns.

    Args:
        grid: The rows of the sheet.
        columns: What its columns may be.
        chosen: Headings placed by a person: heading to target.
        given: Fields that need no column, because one value holds for every row.
    """
    own = {squeezed(heading): (target, 0) for heading, target in (chosen or {}).items()}
    known = recogniser({**columns.headings, **own})
    header = find_header(grid, known, lambda found: columns.suffices(found | {*given}, found))
    return _settled(header) if header is not None else None


def record_header_by_hand(grid: Grid, place: int, columns: TableColumns) -> Header:
    """The header where a person says which row of the grid it is, 0 first."""
    return _settled(header_at(grid, place, recogniser(columns.headings)))


def _settled(header: Header) -> Header:
    headings = [column.heading for column in header.columns]
    for column in header.columns:
        if is_words_heading(column.heading, headings):
            column.target, column.how = SKIP, "recognised"
        elif column.target == NOTE and column.how == "kept":
            column.target = SKIP
    return header


def place_record_column(header: Header, target: str, words: str) -> None:
    """Take a column for what a person says. Raises WrongUsage where there is no such column."""
    put_column(header, target, words, otherwise=SKIP)


def sheet_of_records(
    file: TableFile,
    columns: TableColumns,
    chosen: Mapping[str, str] | None = None,
    given: Collection[str] = (),
) -> str:
    """The sheet of the table's name, else the one most like it.

    Raises:
        Unreadable: No sheet names the columns that records of this table need.
    """
    best, choice = (0, 0), None
    named = [each for each in file.sheets if squeezed(each) == squeezed(columns.table)]
    for sheet in [*named, *(each for each in file.sheets if each not in named)]:
        grid = file.grid(sheet)
        header = read_record_header(grid, columns, chosen, given)
        if header is None or len(grid.rows) <= header.place + 1:
            continue
        if sheet in named:
            return sheet
        score = (len(header.targets), len(grid.rows) - header.place)
        if score > best:
            best, choice = score, sheet
    if choice is None:
        raise no_records(file.name, columns)
    return choice


def wanting_in(grid: Grid, columns: TableColumns) -> tuple[str, ...]:
    """What records need that no column gives, in words, of a sheet that has some such columns.

    Empty where the sheet has no columns of such records at all, or fewer than are wanting.
    """
    header = find_header(grid, recogniser(columns.headings), bool)
    if header is None:
        return ()
    needed = [field for field in columns.fields.values() if field.required]
    missing = tuple(
        field.title
        for field in needed
        if not columns.suffices({*(each.name for each in needed if each != field), *header.targets})
    )
    return missing if len(header.targets) > len(missing) else ()


def no_records(name: str, columns: TableColumns) -> Unreadable:
    """The refusal of a file with no records of a table."""
    needed = [
        f"{field.title} (or Group and Date)" if field.name == "session" else field.title
        for field in columns.fields.values()
        if field.required
    ]
    return Unreadable(
        f"There are no {columns.table.replace('_', ' ')} in {name}: it has no row of headings "
        f"such as {' and '.join(needed)} with records below it.",
        do="Choose another file or sheet, give its columns names, or say what holds for every row.",
    )
