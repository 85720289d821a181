"""Which paper of a child, a class or the school: chosen, with what is said of it, and made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line, say
from screens.printing import Made, print_paper
from senreg.clock import today
from senreg.rules.dates import short_day

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.reports.asked import Choices
    from senreg.reports.definitions import Definition

SEN_FILE: Final = "transfer"
FOR_CHILD = "\x00child"
THE_YEAR = "\x00year"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a paper is about: a child by id, a class by name, or with neither the school."""

    pupil: str | None = None
    class_name: str | None = None

    @property
    def kind(self) -> str:
        """What can be asked of a paper's definition."""
        return "pupil" if self.pupil else "class" if self.class_name else "school"


def papers_of(app: SenregApp, whom: Whom) -> None:
    """Ask which paper of a child, a class or the school, and make it; the usual one is first."""
    from senreg.reports.definitions import PAPERS

    papers = [each for each in PAPERS.values() if each.can_be_about(whom.kind)]
    in_pack = app.register is not None and app.register.pack is not None
    if in_pack:
        papers = [each for each in papers if not each.whole]
    if not _has_plan(app, whom):
        papers = [each for each in papers if not each.with_plan]

    def chosen(name: str | None) -> None:
        if name == SEN_FILE and whom.pupil is not None:
            from screens.pupil.pack import hand_out

            hand_out(app, whom.pupil, SEN_FILE)
        elif name is not None:
            _ask_choices(app, PAPERS[name], whom)

    options = [Option(each.name, each.title, each.brief) for each in papers]
    if whom.pupil and not in_pack:
        options.append(Option(SEN_FILE, "SEN file", "For the next school"))
    app.push_screen(ChooseDialog("Which paper?", options), chosen)


def _has_plan(app: SenregApp, whom: Whom) -> bool:
    from senreg.rules.annual_review import has_plan

    assert app.register is not None
    return whom.pupil is not None and has_plan(app.register, whom.pupil, today())


def _ask_choices(app: SenregApp, paper: Definition, whom: Whom) -> None:
    if "kind" in paper.choices:
        _ask_kind(app, paper, whom)
    elif "costs" in paper.choices:
        _ask_costs(app, paper, whom)
    elif "letter" in paper.choices:
        _ask_letter(app, paper, whom)
    elif "days" in paper.choices:
        _ask_days(app, paper, whom)
    else:
        _make(app, paper, whom, None)


def _ask_kind(app: SenregApp, paper: Definition, whom: Whom) -> None:
    from senreg.models.plans import PLAN_KINDS
    from senreg.reports.asked import Choices

    def chosen(kind: str | None) -> None:
        if kind is not None:
            child = kind == FOR_CHILD
            _make(app, paper, whom, Choices(kind="" if child else kind, for_child=child))

    options = [Option(code, words) for code, words in PLAN_KINDS if code != "passport"]
    options.append(Option(FOR_CHILD, "My plan", "For the child to read"))
    app.push_screen(ChooseDialog("What does your school call it?", options, typed=True), chosen)


def _ask_costs(app: SenregApp, paper: Definition, whom: Whom) -> None:
    from senreg.reports.asked import Choices

    def chosen(which: str | None) -> None:
        if which is None:
            return
        choices = Choices(costs=which == "with")
        if "term" in paper.choices:
            _ask_term(app, paper, whom, choices)
        elif "least" in paper.choices:
            _ask_least(app, paper, whom, choices)
        else:
            _make(app, paper, whom, choices)

    options = [
        Option("without", "Without costs", "Nothing about money"),
        Option("with", "With costs", "Of this school year so far"),
    ]
    app.push_screen(ChooseDialog("With what it costs?", options), chosen)


def _ask_least(app: SenregApp, paper: Definition, whom: Whom, choices: Choices) -> None:
    def chosen(least: str | None) -> None:
        if least is not None:
            _make(app, paper, whom, replace(choices, least=int(least)))

    options = [
        Option(str(least), f"Of fewer than {least}", note)
        for least, note in ((5, "As usual"), (10, "Of a small school"), (3, "Of a large school"))
    ]
    app.push_screen(
        ChooseDialog(
            "Which numbers are not told?",
            options,
            said="So that no child can be told from the figures.",
        ),
        chosen,
    )


def _ask_term(app: SenregApp, paper: Definition, whom: Whom, choices: Choices) -> None:
    from senreg.rules.periods import terms_so_far, year_so_far

    assert app.register is not None

    def chosen(term: str | None) -> None:
        if term is not None:
            _make(app, paper, whom, replace(choices, term="" if term == THE_YEAR else term))

    so_far = year_so_far(today())
    options = [Option(THE_YEAR, so_far.name.capitalize())]
    options += [
        Option(each.name, line(each.name), f"{short_day(each.start)} to {short_day(each.end)}")
        for each in terms_so_far(today(), app.register.all("terms"))
    ]
    app.push_screen(ChooseDialog("Of which days?", options), chosen)


def _ask_days(app: SenregApp, paper: Definition, whom: Whom) -> None:
    """Ask from which term on it tells; another first and last day may be typed."""
    from senreg.reports.asked import Choices
    from senreg.reports.evidence import USUAL_TERMS
    from senreg.rules.periods import days_typed, terms_so_far

    assert app.register is not None
    terms = app.register.all("terms")
    begun = terms_so_far(today(), terms)
    usual = begun[min(USUAL_TERMS, len(begun)) - 1] if begun else None

    def chosen(which: str | None) -> None:
        if which is None:
            return
        period = next((each for each in begun if each.name == which), None)
        since, until = (period.start, today()) if period else (None, None)
        if period is None:
            try:
                since, until = days_typed(which, today(), terms)
            except ValueError as problem:
                say(app, str(problem), severity="warning")
                _ask_days(app, paper, whom)
                return
        _make(app, paper, whom, Choices(since=since, until=until))

    options = [
        Option(each.name, f"Since {line(each.name)}", f"{short_day(each.start)} to today")
        for each in begun
    ]
    app.push_screen(
        ChooseDialog(
            "From when on?",
            options,
            now=usual.name if usual else None,
            said="Or type two days: 1 Sep 2025 to 20 Mar 2026.",
            typed=True,
        ),
        chosen,
    )


def _ask_letter(app: SenregApp, paper: Definition, whom: Whom) -> None:
    from senreg.reports.asked import Choices

    def chosen(kind: str | None) -> None:
        if kind is not None:
            _make(app, paper, whom, Choices(kind=kind))

    options = [
        Option("invitation", "Invitation", "To the next conversation"),
        Option("reminder", "Reminder", "Of a class, two weeks ahead"),
    ]
    app.push_screen(ChooseDialog("Which letter?", options), chosen)


def _make(app: SenregApp, paper: Definition, whom: Whom, choices: Choices | None) -> None:
    versions = paper.version and whom.pupil
    print_paper(
        app,
        paper.name,
        pupil=whom.pupil,
        class_name=whom.class_name,
        choices=choices,
        kept=(lambda made: _ask_given(app, made)) if versions else None,
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
