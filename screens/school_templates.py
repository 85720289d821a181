"""The school's own Word template of a paper: chosen, begun, and what it can name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.plain import line, say
from screens.share.places import remember_folder, suggested, usual_folder

if TYPE_CHECKING:
    from screens.app import SenregApp

ENDING = ".docx"
CHOOSE, BEGIN, FIELDS, NONE = "choose", "begin", "fields", "none"
SAID = (
    "A Word document of your school’s, with its letterhead, in which {{ name }} and the like stand "
    "where senreg is to write. It is remembered on this computer."
)

Chosen = Callable[["Path | None"], object]
"""Told the template that is used from now on, or None for senreg's own paper."""


def choose_template(app: SenregApp, paper: str, then: Chosen) -> None:
    """Ask which template a paper is written into, and remember it on this computer.

    Args:
        app: The running interface.
        paper: A name of `senreg.reports.school_template.fields.TEMPLATED`.
        then: Told what was chosen; not called where nothing was.
    """
    now = app.settings.template_of(paper)
    options = [
        Option(CHOOSE, "Choose a template", line(now.name) if now else "A Word document"),
        Option(BEGIN, "Have one made to begin from", "With every field in it"),
        Option(FIELDS, "What it can name", "Its fields, one by one"),
    ]
    if now is not None:
        options.append(Option(NONE, "Use none", "senreg’s own paper"))

    def chosen(what: str | None) -> None:
        if what == CHOOSE:
            _choose(app, paper, now, then)
        elif what == BEGIN:
            _begin(app, paper)
        elif what == FIELDS:
            _show_fields(app, paper, then)
        elif what == NONE:
            app.settings.templates.pop(paper, None)
            app.settings.save()
            then(None)

    app.push_screen(ChooseDialog("Your school’s own template", options, said=SAID), chosen)


def _choose(app: SenregApp, paper: str, now: Path | None, then: Chosen) -> None:
    def chosen(path: Path | None) -> None:
        if path is None:
            return
        from senreg.reports.school_template.filling import check_template

        def used(_: None) -> None:
            app.settings.templates[paper] = str(path.absolute())
            remember_folder(app, path)
            then(path)

        work(app, "Reading the template", lambda _: check_template(path, paper), used)

    app.push_screen(
        PathDialog(
            "The template",
            wants="file",
            start=now.parent if now is not None else usual_folder(app),
            endings=(ENDING,),
            words="Use it",
        ),
        chosen,
    )


def _begin(app: SenregApp, paper: str) -> None:
    def chosen(path: Path | None) -> None:
        if path is None:
            return

        def job(_: object) -> None:
            from senreg.exchange.written import write_out
            from senreg.reports.school_template.starting import starting_template

            write_out(path, [starting_template(paper)])

        def made(_: None) -> None:
            remember_folder(app, path)
            say(app, f"Made. Change it in Word, then choose it here. It is {path}")

        work(app, "Making the template", job, made, stoppable=False)

    app.push_screen(
        PathDialog(
            "Where the template goes",
            wants="new file",
            start=suggested(app, f"template-{paper}", ENDING),
            endings=(ENDING,),
            words="Make it here",
        ),
        chosen,
    )


def _show_fields(app: SenregApp, paper: str, then: Chosen) -> None:
    from senreg.reports.school_template.fields import in_lines

    options = [
        Option(str(number), written, told) for number, (written, told) in enumerate(in_lines(paper))
    ]
    app.push_screen(
        ChooseDialog("What a template of this paper can name", options),
        lambda _: choose_template(app, paper, then),
    )
