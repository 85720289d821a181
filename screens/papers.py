"""Which paper of a child or of a class: chosen, with what may be said about it, and made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line, say
from screens.printing import Made, print_paper
from senreg.clock import today

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.reports.asked import Choices
    from senreg.reports.definitions import Definition

FOR_CHILD = "\x00child"


def papers_of_pupil(app: SenregApp, pupil: str) -> None:
    """Ask which paper of a child, and make it; the pupil page comes first."""
    from senreg.reports.definitions import PAPERS

    def chosen(name: str | None) -> None:
        if name is not None:
            _asked_about(app, PAPERS[name], pupil)

    options = [
        Option(each.name, each.title, each.brief)
        for each in PAPERS.values()
        if each.about == "pupil"
    ]
    app.push_screen(ChooseDialog("Which paper?", options), chosen)


def _asked_about(app: SenregApp, paper: Definition, pupil: str) -> None:
    if "kind" in paper.choices:
        _ask_kind(app, paper, pupil)
    else:
        _make(app, paper, pupil, None)


def _ask_kind(app: SenregApp, paper: Definition, pupil: str) -> None:
    from senreg.models.plans import PLAN_KINDS
    from senreg.reports.asked import Choices

    def chosen(kind: str | None) -> None:
        if kind is not None:
            child = kind == FOR_CHILD
            _make(app, paper, pupil, Choices(kind="" if child else kind, for_child=child))

    options = [Option(code, words) for code, words in PLAN_KINDS if code != "passport"]
    options.append(Option(FOR_CHILD, "My plan", "For the child to read"))
    app.push_screen(ChooseDialog("What does your school call it?", options, typed=True), chosen)


def _make(app: SenregApp, paper: Definition, pupil: str, choices: Choices | None) -> None:
    print_paper(
        app,
        paper.name,
        pupil=pupil,
        choices=choices,
        kept=(lambda made: _ask_given(app, made)) if paper.version else None,
    )


def _ask_given(app: SenregApp, made: Made) -> None:
    """Ask who was given a plan that was just kept; the version is kept with the child then."""
    register = app.register
    assert register is not None
    contacts = register.by("contacts", "pupil").get(made.paper.pupil or "", ())
    options = [
        Option(name, line(name), "! Read the restriction" if row["restriction"] else "")
        for row in contacts
        if (name := str(row["name"] or ""))
    ]

    def chosen(to: str | None) -> None:
        if to is None:
            return
        from senreg.reports.giving import give_out

        def give() -> None:
            version = give_out(register, made.paper, to, today())
            say(app, f"Kept with the child: {version}, given to {to}")

        app.attempt(give)
        app.follow()

    app.push_screen(
        ChooseDialog(
            "Who was given it?",
            options,
            said="The version with its text is kept with the child. Esc: nobody has it yet.",
            typed=True,
            empty="Type a name.",
        ),
        chosen,
    )
