"""The records of one table of the school's own: seen, added, changed and put away."""

from __future__ import annotations

import json

from textual import on
from textual.app import ComposeResult

from screens.page import Page, app_of
from screens.plain import line
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from screens.wording import value_words
from senreg.models.tables import field_of, fields_of
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.nouns import NOUNS

COLUMNS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "terms": (("name", 18, 30), ("start", 16, 18), ("end", 16, 18), ("school_year", 11, 12)),
    "staff": (
        ("name", 20, 34),
        ("initials", 8, 10),
        ("role", 18, 26),
        ("since", 16, 18),
        ("until", 16, 18),
    ),
    "consultations": (
        ("reference", 16, 24),
        ("authority", 16, 24),
        ("received_on", 16, 18),
        ("answered_on", 16, 18),
        ("answer", 20, 60),
    ),
    "workshops": (
        ("name", 24, 50),
        ("date", 15, 18),
        ("asked_by", 8, 14),
        ("invited", 8, 12),
        ("attended", 8, 12),
    ),
    "objectives": (
        ("text", 40, 110),
        ("status", 14, 20),
        ("due", 15, 18),
        ("owner", 10, 24),
        ("kind", 12, 26),
    ),
    "surveys": (
        ("name", 40, 80),
        ("asked_on", 15, 18),
        ("of_whom", 13, 26),
        ("given_out", 9, 12),
    ),
    "saved_views": (("name", 30, 60), ("mode", 14, 20)),
    "column_mappings": (("name", 30, 60), ("used_on", 16, 18)),
}
"""The fields that are shown of some tables, with the width each needs and can use."""

HEADINGS = {("workshops", "asked_by"): "Asked"}
"""Headings of fields whose own title is longer than their column."""

_WIDTHS = {"day": (16, 18), "text": (24, 60), "line": (14, 34), "choice": (12, 26)}
_SHOWN = 5
"""How many fields are shown of a table that has no columns of its own."""


def columns_of(table: str) -> tuple[tuple[str, int, int], ...]:
    """The fields that are shown of a table, with the width each needs and can use."""
    if table in COLUMNS:
        return COLUMNS[table]
    fields = sorted(fields_of(table), key=lambda field: field.kind == "records")
    return tuple((field.name, *_WIDTHS.get(field.kind, (8, 20))) for field in fields[:_SHOWN])


def _latest_first(table: str) -> str:
    """The field that a table is sorted by, where it is not by name."""
    names = [name for name, _, _ in columns_of(table)]
    days = [name for name in ("start", "date", "asked_on", "set_on") if name in names]
    return days[0] if days and "name" not in names else names[0] if "name" not in names else "name"


TITLES = {
    "terms": "Terms",
    "staff": "Staff",
    "consultations": "Consultations of authorities",
    "saved_views": "Saved views",
    "column_mappings": "Columns remembered from imports",
}

EMPTY = {
    "consultations": "Press n, or click New below, when an authority asks whether the school could "
    "take a child with a plan. The answer is due in fifteen days.",
    "terms": "Press n, or click New below, to add the first. Until then the terms "
    "begin on 1 September, 1 January and 1 April.",
    "staff": "Press n, or click New below, to add the first member of staff.",
    "saved_views": "Views are saved on the Register: press v there.",
    "column_mappings": "When you place columns of a file by hand, they are remembered here.",
    "year_figures": "The figures of a year are kept from the School page: press z there.",
}

_NONE_YET = "Press n, or click New below, to add the first."


def title_of(table: str) -> str:
    """What the list of a table is called."""
    return TITLES.get(table) or NOUNS[table][1].capitalize()


MADE_ELSEWHERE = frozenset({"saved_views", "column_mappings", "year_figures"})
"""Tables whose records come about by working, and are not written by hand."""


class RecordsPage(Page):
    """A list of the records of one table.

    Args:
        table: Any table of the register that is no child's.
        mode: The mode it is opened from.
    """

    PLACE = "settings_list"
    AUTO_FOCUS = "#records"

    def __init__(self, table: str, mode: str = "settings") -> None:
        super().__init__()
        self.table = table
        self.MODE = mode  # type: ignore[misc]
        self.archived = False
        self.title_line = Text(id="title")
        self.records: RecordList[Row] = RecordList(
            [
                self._column(name, width, most, rank)
                for rank, (name, width, most) in enumerate(columns_of(table))
            ],
            sort="start" if table == "terms" else _latest_first(table),
            markable=False,
            empty=EMPTY.get(table, _NONE_YET),
            id="records",
        )

    def _column(self, name: str, width: int, most: int, rank: int) -> Column[Row]:
        field = field_of(self.table, name)

        def cell(row: Row) -> Cell:
            words = line(value_words(self.register, field, row[name]))
            return (words, "muted") if row.archived else words

        def order(row: Row) -> str:
            return folded(str(row[name] or ""))

        title = HEADINGS.get((self.table, name), field.title)
        return Column(name, title, cell, order, width=width, most=most, rank=rank)

    def body(self) -> ComposeResult:
        """The title and the list."""
        yield self.title_line
        yield self.records

    def refill(self) -> None:
        """Read the records again."""
        rows = self.register.all(self.table)
        if self.archived:
            rows = [*rows, *self.register.all(self.table, archived=True)]
        count = f"{len(rows):,} with the archived" if self.archived else f"{len(rows):,}"
        self.title_line.show(Span(f"  {title_of(self.table)}  ", "title"), Span(count, "muted"))
        self.records.fill(rows)

    @on(RecordList.Opened, "#records")
    def _opened(self) -> None:
        self.command_edit()

    def command_open(self) -> None:
        """Open what is highlighted."""
        self.command_edit()

    def command_edit(self) -> None:
        """Change the highlighted record; show what a remembered file's columns are."""
        row = self.records.current
        if row is None:
            return
        if self.table == "column_mappings":
            self._show_mapping(row)
            return
        from screens.forms.record_form import RecordForm

        fields = ("name",) if self.table == "saved_views" else None
        self.app.push_screen(RecordForm(self.register, self.table, row, fields=fields))

    def _show_mapping(self, row: Row) -> None:
        from screens.dialogs.message import MessageDialog

        self.app.push_screen(
            MessageDialog(
                f"The columns of {line(row['name'])}",
                "\n".join(mapping_lines(row)) + "\n\nd forgets them.",
            )
        )

    def command_new(self) -> None:
        """Add a record, where records are written by hand."""
        from screens.forms.record_form import RecordForm
        from screens.plain import say

        if self.table in MADE_ELSEWHERE:
            say(self.app, EMPTY[self.table])
            return

        def added(record_id: str | None) -> None:
            if record_id is not None:
                self.follow()
                self.records.go_to(record_id)

        self.app.push_screen(RecordForm(self.register, self.table), added)

    def command_archive(self) -> None:
        """Put the highlighted record away, or bring it back."""
        from screens.pupil.changing import archive

        if self.records.current is not None:
            archive(app_of(self), self.records.current)

    def command_archived(self) -> None:
        """Show archived records too, or hide them again."""
        self.archived = not self.archived
        self.refill()


def mapping_lines(row: Row) -> list[str]:
    """What each column of a remembered file is taken for, a line each."""
    from senreg.exchange.headings import NOTE, SKIP
    from senreg.exchange.pupil_columns import pupil_targets

    titles = {NOTE: "a note under its heading", SKIP: "left out"}
    titles |= {target.name: target.title for target in pupil_targets().values()}
    try:
        stored = json.loads(row["columns"] or "{}")
    except ValueError:
        return ["What it held cannot be read."]
    return [f"{line(label)}: {titles.get(str(to), line(to))}" for label, to in stored.items()]
