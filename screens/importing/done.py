"""The end of an import: what the register knows now, and the class sheets to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from screens.importing.brought import BroughtIn
from screens.importing.frame import leave_import
from screens.page import app_of
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.exchange.import_parts import IMPORT_PUPILS
from senreg.exchange.known_now import known_now
from senreg.rules.classes import SchoolClass, classes
from senreg.rules.order import natural

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.exchange.import_parts import Applied
    from senreg.register import Register


class ImportDone(BroughtIn):
    """What was brought in, what is known, and the classes to print a sheet for.

    Args:
        applied: What was written.
    """

    PLACE = "import_done"
    LABEL = IMPORT_PUPILS
    AUTO_FOCUS = "#classes"

    def __init__(self, applied: Applied) -> None:
        super().__init__(applied)
        self.offer = Text(id="offer")
        self.offer.GROUND = "paper"
        self.sheets: RecordList[SchoolClass] = RecordList(
            [
                Column("class", "Class", lambda each: each.name, _by_name, width=12, most=30),
                Column("children", "Children", _children, _by_children, width=10),
                Column("sen", "On the register", _on_register, _by_register, width=16),
            ],
            sort="class",
            empty="No pupil has a class yet, so there is no class sheet to print.",
            id="classes",
        )

    def below(self) -> Iterator[Widget]:
        """The offer, then the classes."""
        yield self.offer
        yield self.sheets

    def refill(self) -> None:
        """Count again: an undo, for one, takes it all back."""
        super().refill()
        known = known_now(self.register, today())
        self.known.show(
            Span(f"  {known.on_roll:,} on roll.  ", "muted"), Span(known.words, "strong")
        )
        self.offer.show(
            Span("  Class sheets to print: what helps each child, on one A4.  ", "muted"),
            Span(" p Print ", "heading", "print", "band"),
        )
        self.sheets.fill(classes(self.register, today()))

    @on(RecordList.Opened, "#classes")
    def _opened(self) -> None:
        self.command_print()

    def command_mark(self) -> None:
        """Mark the highlighted class."""
        self.sheets.action_mark()

    def command_print(self) -> None:
        """Print the sheets of the marked classes, or of the highlighted one."""
        from screens.printing import print_classes

        names = [each.name for each in self.sheets.marked_or_current()]
        if names:
            print_classes(app_of(self), names)

    async def command_go_on(self) -> None:
        """Go to the Register."""
        app = app_of(self)
        self.dismiss()
        if app.current_mode != "register":
            await app.go_to_mode("register")


def show_done(app: SenregApp, applied: Applied) -> None:
    """Close the steps of the import, and show what came of it."""
    leave_import(app)
    app.push_screen(ImportDone(applied))


def show_started(app: SenregApp, register: Register, applied: Applied) -> None:
    """Show a register that was just made of an import, and what came of it."""
    from senreg.cli.opening import attribute

    attribute(register, None)

    async def shown() -> None:
        await app.show_register(register)
        await app.push_screen(ImportDone(applied))

    app.call_later(shown)


def _by_name(each: SchoolClass) -> object:
    return natural(each.name)


def _by_children(each: SchoolClass) -> int:
    return each.children


def _by_register(each: SchoolClass) -> int:
    return each.on_register


def _children(each: SchoolClass) -> str:
    return f"{each.children:>4}"


def _on_register(each: SchoolClass) -> str:
    return f"{each.on_register:>4}"
