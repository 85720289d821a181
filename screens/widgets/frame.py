"""The lines above and below every page: where we are, whose copy this is, which keys there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal

from screens.command import Command
from screens.commands import command_named, footer_of
from screens.modes import Mode, modes_of
from screens.plain import line
from screens.widgets.line_list import fitted
from screens.widgets.spans import CommandLine, Span, width_of
from screens.withheld import commands_away
from senreg.models.days import short_day
from senreg.rules.naming import staff_named

if TYPE_CHECKING:
    from senreg.register import Register


class Side(Horizontal):
    """Things side by side, with nothing of its own to draw."""

    BLANK = True


_NAME_IN_PACK = 12
"""Cells of the school's name that give way only to the day on which a staff pack ends."""

INVENTED = "Nobody in this school is real"
_INVENTED_SHORT = "Nobody here is real"


class TopLines(CommandLine):
    """The modes, and under them the register: its school, whose copy, how it is kept."""

    DEFAULT_CSS = """
    TopLines { dock: top; height: 2; }
    """
    GROUND = "band"

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The modes, or the register."""
        from screens.page import app_of

        app = app_of(self)
        if y == 0:
            return self._modes(app.current_mode, modes_of(app.register), width)
        return register_line(app.register, app.person_name, width, initials=app.initials)

    def _modes(self, current: str, modes: Sequence[Mode], width: int) -> list[Span]:
        here = getattr(self.screen, "MODE", "") or current
        least = 1 + width_of(_TAILS[-1])
        spans = _mode_names(modes, here, 0)
        for letters in _LETTERS:
            spans = _mode_names(modes, here, letters)
            if width_of(spans) + (least if letters < _LETTERS[0] else 0) <= width:
                break
        for tail in _TAILS:
            spare = width - width_of(spans) - width_of(tail)
            if spare >= 1:
                return [*spans, Span(" " * spare), *tail]
        return spans


_LETTERS = (99, 8, 6, 5, 4, 0)
"""To how many letters the names of modes are cut, in turn, until all have room; 0 leaves digits."""


def _mode_names(modes: Sequence[Mode], here: str, letters: int) -> list[Span]:
    """The modes by digit and name; that which is seen is never cut."""
    spans = [Span(" ", "")]
    room = " " if letters == _LETTERS[0] else ""
    for mode in modes:
        press = f"mode_{mode.id}"
        if mode.id == here:
            spans.append(Span(f" {mode.digit} {mode.title} ", "here", press))
            continue
        cut = len(mode.title) > letters + (letters > _LETTERS[-2])
        name = f"{mode.title[: letters - 1]}." if cut else mode.title
        spans.append(Span(f" {mode.digit}", "heading", press))
        spans.append(Span(f" {name}{room}" if letters else " ", "", press))
    return spans


_HELP = [Span("?", "heading", "help"), Span(" Help ", "", "help")]
_MENU = [Span("≡", "heading", "palette"), Span(" Menu  ", "", "palette")]
_FIND = [Span("f", "heading", "find"), Span(" Find   ", "", "find")]
_TAILS = (
    [*_FIND, Span("Ctrl+P", "heading", "palette"), Span(" All commands   ", "", "palette"), *_HELP],
    [Span("Ctrl+P", "heading", "palette"), Span(" All commands   ", "", "palette"), *_HELP],
    [*_MENU, *_HELP],
    [*_MENU, Span("? ", "heading", "help")],
    [Span("≡ ", "heading", "palette"), Span("? ", "heading", "help")],
)
"""The way to every command and to the help, as long as there is room."""


def register_line(
    register: Register | None, person: str, width: int, *, initials: bool = False
) -> list[Span]:
    """Which register this is: school, copy, saved or read-only, invented, plain or sealed."""
    ground = "sheet"
    if register is None:
        return [Span(fitted("  No register is open", width), "muted", ground=ground)]
    state = "Read-only" if register.read_only else "Saved"
    tail = _taking_back(register, width)
    if initials:
        tail += [Span(" Initials ", "here", "initials", ground), Span(" ", ground=ground)]
    if register.invented:
        banner = INVENTED if width >= 100 else _INVENTED_SHORT if width >= 60 else "Invented"
        tail.append(Span(f" {banner} ", "here", ground=ground))
        tail.append(Span(" ", ground=ground))
    elif register.sealed:
        if width >= 100:
            tail += [Span("Encrypted", "muted", ground=ground), Span("  ", ground=ground)]
    else:
        plain_words = "Plain: not encrypted" if width >= 60 else "Plain"
        tail.append(Span(plain_words, "warn", ground=ground))
        tail.append(Span("  ", ground=ground))
    tail.append(Span(f"{state} ", "warn" if register.read_only else "good", ground=ground))
    school = line(register.school.get("name")) or "School without a name"
    room = max(0, width - width_of(tail))
    named = f"  {school}"
    copy, *shorter_words = _whose(register, person)
    in_pack = register.pack is not None
    wanted = min(cell_len(named), _NAME_IN_PACK) if in_pack else cell_len(named)
    for shorter in shorter_words:
        if wanted + cell_len(copy) + 2 > room:
            copy = shorter
    for_name = max(room - cell_len(copy), 0) if in_pack else room
    width_of_name = min(for_name, cell_len(named))
    first = fitted(named, width_of_name)
    rest = fitted(copy, max(0, room - width_of_name))
    return [
        Span(first, "strong", ground=ground),
        Span(rest, "muted", ground=ground),
        *tail,
    ]


def _whose(register: Register, person: str) -> tuple[str, ...]:
    """Whose copy it is; of a staff pack, whose and until when. The longest words first."""
    pack = register.pack
    if pack is None:
        who = f"  {line(person)}’s copy"
        return (f"{who} in {line(register.path.name)}", who, "")
    day = short_day(pack.until)
    who = line(staff_named(pack.staff, register.get))
    return (f"  Staff pack of {who}, until {day}", f"  Pack until {day}", f"  {day}")


def _taking_back(register: Register, width: int) -> list[Span]:
    """The places to click for undo, and for redo where something was undone.

    Whether there is something to undo is not asked: after a start that takes reading the history.
    """
    if register.read_only or width < 60:
        return []
    ids = ["undo"] if register.redo_label is None else ["undo", "redo"]
    spans: list[Span] = []
    for command in map(command_named, ids):
        key = command.shown_key if len(command.shown_key) == 1 or width >= 100 else ""
        spans.append(Span(f" {key}" if key else "", "heading", command.id, "sheet"))
        spans.append(Span(f" {command.label} ", "", command.id, "sheet"))
    return [*spans, Span(" ", ground="sheet")]


class FooterLine(CommandLine):
    """The keys of a page, each can be clicked: at most six, and the way back where there is one."""

    DEFAULT_CSS = """
    FooterLine { dock: bottom; height: 1; }
    """

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place
        self._commands = footer_of(place)

    def show(self, command_ids: Sequence[str] | None = None) -> None:
        """Show other commands, or those of the table again."""
        if command_ids is None:
            commands = footer_of(self._place)
        else:
            commands = [command_named(each) for each in command_ids][:6]
        if commands != self._commands:
            self._commands = commands
            self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """Key and label of each command, as many as fit."""
        del y
        spans = [Span(" ")]
        back = _footer_words(command_named("back")) if self._leads_back else []
        for command in self._there:
            more = _footer_words(command)
            if width_of(spans) + width_of(more) + width_of(back) > width:
                break
            spans += more
        return [*spans, *back]

    @property
    def _there(self) -> list[Command]:
        """The commands that the register has."""
        from screens.page import app_of

        away = commands_away(app_of(self).register, self.screen)
        return [command for command in self._commands if command.id not in away]

    @property
    def _leads_back(self) -> bool:
        """Whether the page lies over another, and no other word of the footer leaves it."""
        stack = self.app.screen_stack
        if self.screen not in stack[1:]:
            return False
        return all(command.key != "escape" for command in self._commands)


def _footer_words(command: Command) -> list[Span]:
    return [
        Span(f" {command.shown_key}", "heading", command.id),
        Span(f" {command.label} ", "", command.id),
    ]
