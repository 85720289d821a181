"""Tables as spreadsheets: which, in what form, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.forms.form import Form
from screens.forms.section import Section
from screens.share.places import remember_folder, suggested
from screens.share.tables import many_of
from senreg.models.days import short_day
from senreg.models.describe import About, Field

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.exchange.spreadsheets_out import Exported

EVERYTHING = "everything"
CENSUS = "census"
_ASKED = 8
"""Queries of the census named where it is written; the file names all of them."""

NOT_ENCRYPTED = "It is not encrypted: whoever has the file can read it."


class SpreadsheetForm(Form[dict[str, object] | None]):
    """Asks which tables, as what kind of file, and whether with what is confidential."""

    def __init__(self, tables: tuple[tuple[str, str], ...]) -> None:
        what = About("What", "One table, or all of them in one workbook.", choices=tables)
        kind = About(
            "As",
            "Excel keeps dates and widths; CSV is for other programs, and holds one table.",
            choices=(("xlsx", "Excel workbook (.xlsx)"), ("csv", "CSV file (.csv)")),
        )
        confidential = About(
            "Confidential too",
            "Yes adds confidential notes, and the fields that the register calls confidential.",
        )
        super().__init__(
            "A spreadsheet of the register",
            [
                Section(
                    "",
                    (
                        Field("form", "what", "choice", True, what),
                        Field("form", "kind", "choice", True, kind),
                        Field("form", "confidential", "yes_no", False, confidential),
                    ),
                )
            ],
            {"what": EVERYTHING, "kind": "xlsx", "confidential": False},
            save="Choose where",
        )

    @property
    def unsaved(self) -> bool:
        """Nothing is lost by leaving these questions."""
        return False

    def save(self, values: dict[str, object]) -> None:
        """Give the answers. Raises InvalidRecord where a CSV file is to hold every table."""
        from senreg.errors import FieldProblem, InvalidRecord

        if values["kind"] == "csv" and values["what"] == EVERYTHING:
            problem = FieldProblem("kind", "A CSV file holds one table: choose which, or Excel.")
            raise InvalidRecord("form", [problem])
        self.finish(values)


def ask_what(app: SenregApp) -> None:
    """Ask what is to be written, then where, and write it."""
    from senreg.exchange.spreadsheets_out import spreadsheet_tables

    register = app.register
    assert register is not None
    tables = tuple(
        (table, f"{many_of(table)} ({register.count(table):,})") for table in spreadsheet_tables()
    )

    def answered(values: dict[str, object] | None) -> None:
        if values is not None:
            _ask_where(app, str(values["what"]), str(values["kind"]), bool(values["confidential"]))

    whole = (
        (EVERYTHING, "Every table, a sheet each"),
        (CENSUS, "The school census: its SEN part, with its check"),
    )
    app.push_screen(SpreadsheetForm((*whole, *tables)), answered)


def _ask_where(app: SenregApp, what: str, kind: str, confidential: bool) -> None:
    from senreg.clock import today
    from senreg.rules.out_of_date import delete_after

    register = app.register
    assert register is not None
    ending = f".{kind}"
    until = delete_after(register, today()) if kind == "csv" else None
    stem = "register" if what == EVERYTHING else what

    def chosen(path: Path | None) -> None:
        if path is not None:
            remember_folder(app, path)
            _write(app, what, path, confidential)

    app.push_screen(
        PathDialog(
            "Where the spreadsheet goes",
            wants="new file",
            start=suggested(app, stem, ending, until),
            endings=(ending,),
            said=NOT_ENCRYPTED,
            words="Write it here",
        ),
        chosen,
    )


def _write(app: SenregApp, what: str, path: Path, confidential: bool) -> None:
    if what == CENSUS:
        _write_census(app, path)
        return
    register = app.register
    assert register is not None

    def job(doing: Work) -> Exported:
        from senreg.exchange.spreadsheets_out import export_csv, export_xlsx
        from senreg.export_log import SPREADSHEET, note, tables_handed_out

        doing.report(0, 0, "Writing the tables…")
        tables = None if what == EVERYTHING else [what]
        if path.suffix.lower() == ".csv":
            written = export_csv(register, what, path, confidential=confidential)
        else:
            written = export_xlsx(
                register, path, tables, confidential=confidential, watch=doing.watch
            )
        handed = tables_handed_out(written.rows, confidential=confidential)
        note(register, SPREADSHEET, handed, path, delete_after=written.delete_after)
        return written

    work(app, "Writing the spreadsheet", job, lambda exported: _told(app, exported))


def _write_census(app: SenregApp, path: Path) -> None:
    from senreg.clock import today
    from senreg.rules.census import CensusQuery, next_census
    from senreg.rules.out_of_date import delete_after

    register, day = app.register, next_census(today())
    assert register is not None
    until = short_day(delete_after(register, today()))

    def job(doing: Work) -> tuple[int, list[CensusQuery]]:
        from senreg.exchange.census_out import export_census

        doing.report(0, 0, "Writing the census…")
        return export_census(register, path, day)

    def told(made: tuple[int, list[CensusQuery]]) -> None:
        count, queries = made
        said = [f"{count:,} pupils on roll on {short_day(day)}, the next census day.", str(path)]
        said += [f"? {each.finding.message} {each.remedy}" for each in queries[:_ASKED]]
        if len(queries) > _ASKED:
            said.append(f"… and {len(queries) - _ASKED} more: they stand in the Excel file.")
        said.append("" if queries else "✓ The census would query nothing.")
        said.append(f"Delete it after {until}. {NOT_ENCRYPTED}")
        app.push_screen(MessageDialog("The census is written", "\n".join(said)))

    work(app, "Writing the census", job, told)


def _told(app: SenregApp, exported: Exported) -> None:
    rows, tables = sum(exported.rows.values()), len(exported.rows)
    said = f"{rows:,} {'record' if rows == 1 else 'records'}"
    if tables > 1:
        said += f" of {tables} tables"
    if exported.lacking:
        said += f". Left out as confidential: {exported.lacking}"
    if exported.staying:
        said += f". Left out as records of employment: {exported.staying}"
    until = exported.delete_after
    kept = f"Delete it after {short_day(until)}. {NOT_ENCRYPTED}" if until else NOT_ENCRYPTED
    app.push_screen(
        MessageDialog("The spreadsheet is written", f"{said}.\n{exported.path}\n\n{kept}")
    )
