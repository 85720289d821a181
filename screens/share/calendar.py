"""The calendar file: by initials or by name, then where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.forms.form import Form
from screens.forms.section import Section
from screens.share.places import remember_folder, suggested
from screens.share.spreadsheets import NOT_ENCRYPTED
from senreg.clock import today
from senreg.models.describe import About, Field
from senreg.rules.dates import short_day

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.exchange.calendar_out import CalendarMade

ENDING = ".ics"
AGAIN = (
    "Open it with your calendar. When dates change, make it again and open it again: entries are "
    "changed, not doubled."
)


class CalendarForm(Form[dict[str, object] | None]):
    """Asks whether children are named."""

    def __init__(self) -> None:
        whom = About(
            "Children are given by",
            "Calendars are shared and shown on phones: initials tell less.",
            choices=(("initials", "Initials"), ("names", "Names")),
        )
        super().__init__(
            "A calendar file: conversations, reviews, statutory dates",
            [Section("", (Field("form", "whom", "choice", True, whom),))],
            {"whom": "initials"},
            save="Choose where",
        )

    @property
    def unsaved(self) -> bool:
        """Nothing is lost by leaving this question."""
        return False

    def save(self, values: dict[str, object]) -> None:
        """Give the answer."""
        self.finish(values)


def export_calendar(app: SenregApp) -> None:
    """Ask by what children are given, then where it goes, and write it."""

    def answered(values: dict[str, object] | None) -> None:
        if values is not None:
            _ask_where(app, names=values["whom"] == "names")

    app.push_screen(CalendarForm(), answered)


def _ask_where(app: SenregApp, *, names: bool) -> None:
    def chosen(path: Path | None) -> None:
        if path is not None:
            remember_folder(app, path)
            _write(app, path, names=names)

    app.push_screen(
        PathDialog(
            "Where the calendar file goes",
            wants="new file",
            start=suggested(app, "dates", ENDING),
            endings=(ENDING,),
            said=NOT_ENCRYPTED,
            words="Write it here",
        ),
        chosen,
    )


def _write(app: SenregApp, path: Path, *, names: bool) -> None:
    register = app.register
    assert register is not None

    def job(doing: Work) -> CalendarMade:
        from senreg.exchange.calendar_out import hand_out_calendar

        doing.report(0, 0, "Working out the dates…")
        return hand_out_calendar(register, path, today(), names=names)

    work(app, "Writing the calendar", job, lambda made: _told(app, made))


def _told(app: SenregApp, made: CalendarMade) -> None:
    until = f"Delete it after {short_day(made.delete_after)}. {NOT_ENCRYPTED}"
    app.push_screen(
        MessageDialog(
            "The calendar file is written", f"{made.words}.\n{made.path}\n\n{AGAIN}\n\n{until}"
        )
    )
