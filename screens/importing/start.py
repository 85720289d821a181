"""How an import begins: the file is chosen and looked at, and its columns are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.importing.task import PUPILS, ImportTask, NoHeadings, looked_at, task_of
from screens.plain import line, say
from senreg.places import documents_folder, kind_of

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.exchange.grid import Grid
    from senreg.exchange.tabular import TableFile
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

ENDINGS = (".xlsx", ".csv", ".xls", ".ods", ".xlsm", ".tsv", ".txt", ".xml")
SAID = "CSV, Excel, LibreOffice, or a transfer file (CTF, .xml), as your system or you saved it."
BY_HAND = "If there are such rows in it all the same, you can bring them in by hand."
ROWS_OFFERED = 60
"""Rows among which the headings may be chosen."""


def start_import(app: SenregApp) -> None:
    """Bring the rows of a file into the register that is open."""
    if app.register is None:
        return
    if app.register.read_only:
        say(app, "This register is open for reading only.", severity="warning")
        return
    _ask_file(app, app.register)


def start_comparison(app: SenregApp) -> None:
    """Look what differs from a file of the school's own system; nothing is changed."""
    from screens.importing.comparing import start_comparing

    if app.register is not None:
        _ask_file(app, app.register, lambda task: start_comparing(app, task))


def start_from_spreadsheet(app: SenregApp) -> None:
    """Begin a register with the pupils of a file. Nothing is kept before the end."""
    from senreg.exchange.unmade import Unmade

    _ask_file(app, Unmade())


def _ask_file(
    app: SenregApp,
    register: Register | Unmade,
    took: Callable[[ImportTask], object] | None = None,
) -> None:
    """Ask for a file and look at it; then the columns, or whatever takes it."""
    last = Path(app.settings.last_folder) if app.settings.last_folder else documents_folder()
    start = last if kind_of(last) == "folder" else documents_folder()

    def chosen(path: Path | None) -> None:
        if path is not None:
            app.settings.last_folder = str(path.parent)
            app.settings.save()
            look_at_file(app, path, register, took)

    app.push_screen(
        PathDialog(
            "The file to bring in" if took is None else "The spreadsheet with the pupils",
            wants="file",
            start=start,
            endings=ENDINGS,
            said=SAID,
            words="Look at it",
        ),
        chosen,
    )


def look_at_file(
    app: SenregApp,
    path: Path,
    register: Register | Unmade,
    took: Callable[[ImportTask], object] | None = None,
    sheet: str | None = None,
) -> None:
    """Read a file and show its columns, or hand it to whatever takes it.

    Args:
        app: The app.
        path: The file.
        register: Where its rows go.
        took: Takes the import of a list of pupils, instead of its columns being shown.
        sheet: The one sheet that is meant; else that which looks most like such rows.
    """

    def job(doing: Work) -> ImportTask | NoHeadings:
        from senreg.exchange.tabular import read_table_file
        from senreg.exchange.unmade import Unmade

        doing.report(0, 0, "Reading the file…")
        file = read_table_file(path)
        doing.pause()
        pupils = took is not None or isinstance(register, Unmade)
        return looked_at(file, register, PUPILS if pupils else "", sheet)

    def read(found: ImportTask | NoHeadings) -> None:
        if isinstance(found, NoHeadings):
            no_headings(app, found, register, lambda task: begin(app, task))
        elif took is not None:
            took(found)
        else:
            begin(app, found)

    work(app, "Looking at the file", job, read)


def begin(app: SenregApp, task: ImportTask) -> None:
    """Show the columns of a sheet; a register that is still to be made is named first."""
    from screens.importing.columns import ImportColumns
    from screens.welcome.naming_school import SchoolForm
    from senreg.register import Register

    def named(school: dict[str, object] | None) -> None:
        if school is not None:
            task.school = school
            app.push_screen(ImportColumns(task))

    if isinstance(task.register, Register):
        app.push_screen(ImportColumns(task))
    else:
        app.push_screen(SchoolForm("Your school", save="Go on"), named)


def no_headings(
    app: SenregApp,
    found: NoHeadings,
    register: Register | Unmade,
    took: Callable[[ImportTask], object],
) -> None:
    """No headings were recognised: a person may know better.

    Args:
        app: The app.
        found: The file.
        register: Where its rows go.
        took: Takes the import that a person made of it.
    """
    from senreg.exchange.unmade import Unmade

    def answered(answer: str | None) -> None:
        if answer == "rows":
            choose_sheet(app, found.file, ask_row)
        elif answer == "table":
            ask_table(app, other, now=found.table)

    def other(table: str) -> None:
        work(app, "Looking at the file", lambda _: looked_at(found.file, register, table), looked)

    def looked(again: ImportTask | NoHeadings) -> None:
        if isinstance(again, NoHeadings):
            no_headings(app, again, register, took)
        else:
            took(again)

    def ask_row(sheet: str) -> None:
        choose_heading_row(app, found.file.grid(sheet), lambda place: go_on(sheet, place))

    def go_on(sheet: str, place: int) -> None:
        took(task_of(found.file, sheet, register, found.table, place=place))

    options = [Option("rows", "Show the rows: I say which has the headings, and what is what")]
    if not isinstance(register, Unmade):
        options.append(Option("table", "They are something else: say what"))
    options.append(Option("", "Leave it"))
    app.push_screen(ChooseDialog(found.refused.happened, options, said=BY_HAND), answered)


def ask_table(app: SenregApp, took: Callable[[str], object], now: str) -> None:
    """Ask what the rows of a file are: any table that goes into spreadsheets."""
    from screens.share.tables import many_of
    from senreg.exchange.spreadsheets_out import importable_tables

    def chosen(table: str | None) -> None:
        if table:
            app.attempt(lambda: took(table))

    options = [Option(table, many_of(table), search=table) for table in importable_tables()]
    app.push_screen(ChooseDialog("What are the rows of the file?", options, now=now), chosen)


def choose_sheet(
    app: SenregApp, file: TableFile, took: Callable[[str], object], now: str = ""
) -> None:
    """Ask for one of the sheets; the only one is taken without asking."""
    if len(file.sheets) == 1:
        took(file.sheets[0])
        return

    def chosen(place: str | None) -> None:
        if place is not None:
            app.attempt(lambda: took(file.sheets[int(place)]))

    options = [Option(str(place), line(sheet)) for place, sheet in enumerate(file.sheets)]
    here = str(file.sheets.index(now)) if now in file.sheets else None
    app.push_screen(ChooseDialog("Which sheet has the rows?", options, now=here), chosen)


def choose_heading_row(
    app: SenregApp, grid: Grid, took: Callable[[int], object], now: int | None = None
) -> None:
    """Ask which row holds the headings; gives its place in the grid, 0 first."""
    from senreg.exchange.headings import heading_text

    options = []
    for place, row in enumerate(grid.rows[:ROWS_OFFERED]):
        words = "  ".join(filter(None, (heading_text(cell) for cell in row.cells)))
        options.append(Option(str(place), line(f"{row.number:>3}  {words}")))

    def chosen(place: str | None) -> None:
        if place is not None:
            app.attempt(lambda: took(int(place)))

    app.push_screen(
        ChooseDialog(
            "Which row holds the headings?",
            options,
            now=None if now is None else str(now),
            said="The rows below it are brought in.",
        ),
        chosen,
    )
