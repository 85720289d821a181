"""An empty workbook to fill in: for which table, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.share.places import remember_folder, suggested
from screens.share.tables import many_of

if TYPE_CHECKING:
    from screens.app import SenregApp

NOBODYS = "It holds nobody's data: only headings, notes and lists to choose from."
THEN = "Fill it in, a row for each record, and bring it in with Import."


def ask_template(app: SenregApp, table: str = "") -> None:
    """Ask which table a template is for, unless that is known, then where it goes; write it."""
    from senreg.exchange.spreadsheets_out import importable_tables

    if table:
        _ask_where(app, table)
        return

    def chosen(name: str | None) -> None:
        if name is not None:
            _ask_where(app, name)

    options = [Option(each, many_of(each), search=each) for each in importable_tables()]
    app.push_screen(ChooseDialog("A template for what?", options, said=NOBODYS), chosen)


def _ask_where(app: SenregApp, table: str) -> None:
    def chosen(path: Path | None) -> None:
        if path is not None:
            remember_folder(app, path)
            _write(app, table, path)

    app.push_screen(
        PathDialog(
            "Where the template goes",
            wants="new file",
            start=suggested(app, f"{table}-template", ".xlsx"),
            endings=(".xlsx",),
            said=NOBODYS,
            words="Write it here",
        ),
        chosen,
    )


def _write(app: SenregApp, table: str, path: Path) -> None:
    from senreg.exchange.templates import write_template

    def told(_: None) -> None:
        app.push_screen(MessageDialog("The template is written", f"{path}\n\n{THEN}"))

    work(app, "Writing the template", lambda _: write_template(path, [table]), told)
