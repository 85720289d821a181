"""The frame of every step of an import: the file, where we are, and what is to be known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from screens.dialogs.ask import AskDialog
from screens.importing.task import ImportTask
from screens.page import Page, app_of
from screens.plain import line
from screens.widgets.line_list import fitted
from screens.widgets.spans import CommandLine, Span, Text, width_of

if TYPE_CHECKING:
    from screens.app import SenregApp

STEPS = ("Columns", "Preview", "Done")


class StepLine(CommandLine):
    """The name of the file, and the steps with the present one set off."""

    GROUND = "paper"

    def __init__(self, step: int) -> None:
        super().__init__(id="steps")
        self._step = step
        self._file = ""

    def name_file(self, name: str) -> None:
        """Show the name of another file."""
        self._file = name
        self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The file at the left, the steps at the right."""
        del y
        steps: list[Span] = []
        for place, title in enumerate(STEPS):
            if place:
                steps.append(Span(" › ", "faint"))
            words = f" {place + 1} {title} "
            press = "back" if place == self._step - 1 else "go_on" if place > self._step else ""
            steps.append(Span(words, "here" if place == self._step else "muted", press))
        room = max(0, width - width_of(steps) - 3)
        lead = "Bring in "
        named = fitted(lead + line(self._file), room)
        return [
            Span("  "),
            Span(named[: len(lead)], "muted"),
            Span(named[len(lead) :], "strong"),
            *steps,
        ]


class ImportPage(Page):
    """A step of an import.

    Args:
        task: The import.
    """

    STEP: ClassVar[int] = 0
    CSS_PATH = "importing.tcss"

    def __init__(self, task: ImportTask) -> None:
        super().__init__()
        self.import_task = task
        self.steps = StepLine(self.STEP)
        self.told = Text(id="told")
        self.told.GROUND = "paper"

    def body(self) -> ComposeResult:
        """The step and what is to be known, then the sheet of the step."""
        with Vertical(id="head"):
            yield self.steps
            yield self.told
        with Horizontal(id="sheets"):
            yield from self.sheet()
        self.name_file()

    def sheet(self) -> ComposeResult:
        """What the step is about."""
        raise NotImplementedError

    def name_file(self) -> None:
        """Show which file it is."""
        self.steps.name_file(self.import_task.title)

    @property
    def senreg(self) -> SenregApp:
        """The app, as the type it is."""
        return app_of(self)

    def command_back(self) -> None:
        """Go back; what was answered here is asked about."""
        if not self.answers_given:
            self.dismiss()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss()

        self.app.push_screen(
            AskDialog(
                "Go back and lose what you answered here?",
                "Nothing was brought in so far, and nothing was changed.",
                yes="Go back",
                no="Stay",
            ),
            answered,
        )


def leave_import(app: SenregApp) -> None:
    """Close every step of the import that is open."""
    while isinstance(app.screen, ImportPage):
        app.pop_screen()
