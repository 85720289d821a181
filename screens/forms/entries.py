"""What is typed or chosen for one field, by its kind: text, and the value it stands for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.forms.picking import Picking, Typing
from screens.widgets.spans import Span, SpanLine
from senreg.models.describe import Field

if TYPE_CHECKING:
    from collections.abc import Sequence


class Changed(Message):
    """Something else stands in an entry."""

    def __init__(self, entry: Widget) -> None:
        super().__init__()
        self.entry = entry

    @property
    def control(self) -> Widget:
        """The entry."""
        return self.entry


class Entry(Protocol):
    """What every entry can do."""

    def read(self) -> str:
        """What stands there, as text that a draft can keep."""
        ...

    def write(self, text: str) -> None:
        """Put text there that `read` gave."""
        ...


class LineEntry(Input):
    """One line of typed text: lines, numbers and dates.

    A number, a date or a figure of another kind is selected as a whole when it is come to: it is
    typed anew, never added to.
    """

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(
            text,
            placeholder="a date" if field.kind == "day" else "",
            max_length=500,
            select_on_focus=field.about.anew or field.kind in ("day", "number", "whole"),
            compact=True,
        )

    async def action_submit(self) -> None:
        """Go on to the next entry, as Enter does in a spreadsheet."""
        self.screen.focus_next()

    def read(self) -> str:
        """What was typed."""
        return self.value

    def write(self, text: str) -> None:
        """Type something else."""
        self.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Changed(self))


class TextEntry(TextArea):
    """Several lines of typed text."""

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False)

    def read(self) -> str:
        """What was typed."""
        return self.text

    def write(self, text: str) -> None:
        """Type something else."""
        self.text = text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Changed(self))


class _Held(SpanLine, can_focus=True):
    """A value that is chosen rather than typed, shown in one line."""

    DEFAULT_CSS = """
    _Held { height: 1; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    @property
    def ground(self) -> str:
        """What lies behind it."""
        return "cursor" if self.has_focus else "sheet"

    def read(self) -> str:
        """What is chosen."""
        return self._text

    def write(self, text: str) -> None:
        """Choose something else."""
        if text != self._text:
            self._text = text
            self.post_message(Changed(self))
        self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def shown(self) -> tuple[str, str]:
        """The words and their tone."""
        raise NotImplementedError

    def sign(self) -> str:
        """The sign at the left."""
        raise NotImplementedError

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The sign and the words."""
        del y
        from screens.widgets.line_list import fitted

        text, tone = self.shown()
        return [
            Span(f" {self.sign()} ", "heading", "press", self.ground),
            Span(fitted(text, max(0, width - 4)), tone, "press", self.ground),
            Span(" ", "", "", self.ground),
        ]


class YesNoEntry(_Held):
    """Yes or no."""

    BINDINGS = [
        Binding("space,enter", "turn", show=False),
        Binding("y", "answer('Yes')", show=False),
        Binding("n", "answer('No')", show=False),
    ]
    HELP = "Space turns yes into no and back; y and n answer."

    def __init__(self, text: str) -> None:
        super().__init__(text or "No")

    def sign(self) -> str:
        """A box, crossed for yes."""
        return "☒" if self._text == "Yes" else "☐"

    def shown(self) -> tuple[str, str]:
        """The answer."""
        return self._text, "strong" if self._text == "Yes" else "muted"

    def action_turn(self) -> None:
        """The other answer."""
        self.write("No" if self._text == "Yes" else "Yes")

    def action_answer(self, text: str) -> None:
        """This answer."""
        self.write(text)

    def press(self, press: str) -> None:
        """The other answer, by the mouse."""
        del press
        self.action_turn()


class PickEntry(_Held):
    """One code or record, or several records, from a list that opens.

    Args:
        field: What is asked for.
        text: The code, the id, or ids by commas, to begin with.
        picking: Where the options come from.
    """

    BINDINGS = [
        Binding("space,enter,down", "pick", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    HELP = "Enter or a letter opens the list; Backspace empties the field."

    def __init__(self, field: Field, text: str, picking: Picking) -> None:
        super().__init__(text)
        self._field = field
        self._picking = picking
        self._list: Typing | None = None
        """The list while it is open; what is typed before it can be seen goes there."""

    def sign(self) -> str:
        """A triangle: there is a list behind it."""
        return "▾"

    def shown(self) -> tuple[str, str]:
        """The words of what is chosen."""
        words = self._picking.words(self._field, self._text)
        return (words, "") if words else ("choose", "muted")

    def on_key(self, event: events.Key) -> None:
        """A letter opens the list with the letter typed; what follows it goes there, too."""
        typed = event.character if event.is_printable else None
        if typed and (typed.strip() or self._list is not None):
            event.stop()
            event.prevent_default()
            self._open(typed)

    def action_pick(self) -> None:
        """Open the list."""
        self._open("")

    def press(self, press: str) -> None:
        """Open the list, by the mouse."""
        del press
        self._open("")

    def action_clear(self) -> None:
        """Choose nothing."""
        self.write("")

    def _open(self, start: str) -> None:
        if self._list is not None:
            self._list.type_on(start)
            return
        self._list = self._picking.ask(self.app, self._field, self._text, start, self._picked)

    def _picked(self, text: str | None) -> None:
        self._list = None
        if text is not None:
            self.write(text)


class ScaleEntry(_Held):
    """One step of a scale of whole numbers, each step in words on a line of its own.

    Args:
        field: What is asked for; its choices are the steps, lowest first.
        text: The step to begin with; empty for none.
    """

    DEFAULT_CSS = """
    ScaleEntry { height: auto; }
    """

    BINDINGS = [
        Binding("up,left", "step(-1)", show=False),
        Binding("down,right", "step(1)", show=False),
        Binding("enter", "app.focus_next", show=False),
        Binding("minus", "turn", show=False),
        *(Binding(each, f"choose('{each}')", show=False) for each in "0123456789"),
        Binding("backspace,delete", "choose('')", show=False),
    ]
    HELP = "Up and down choose a step; 0, 1, 2 too, and the minus key turns it round."

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(text)
        self._steps = field.choices()
        self._signed = any(step.code.startswith("-") for step in self._steps)
        self._below = False

    def get_content_height(self, *_: object) -> int:
        """A line for each step."""
        return len(self._steps)

    def action_step(self, by: int) -> None:
        """The next step, or the one before; the middle one where none is chosen."""
        codes = [step.code for step in self._steps]
        if self._text not in codes:
            self.write(codes[len(codes) // 2])
            return
        self.write(codes[max(0, min(len(codes) - 1, codes.index(self._text) + by))])

    def action_choose(self, code: str) -> None:
        """A step by its number, below nought after a minus; or none."""
        if self._below and code not in ("", "0"):
            code = f"-{code}"
        self._below = False
        if not code or any(step.code == code for step in self._steps):
            self.write(code)

    def action_turn(self) -> None:
        """A minus: the step on the other side of nought, or the one that is typed next."""
        if self._text.isdigit():
            self.write(str(-int(self._text)))
        self._below = True

    def press(self, press: str) -> None:
        """A step, by the mouse; the chosen one is let go."""
        self.action_choose("" if press == self._text else press)

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """A step: its sign, its number and its words."""
        from screens.widgets.line_list import fitted

        step = self._steps[y]
        here = step.code == self._text
        number = int(step.code)
        plus = "+" if self._signed else " "
        figure = f"−{-number}" if number < 0 else f"{plus}{number}" if number else " 0"
        words = f"{figure}  {step.label}"
        return [
            Span(f" {'●' if here else '○'} ", "heading", step.code, self.ground),
            Span(
                fitted(words, max(0, width - 3)), "strong" if here else "", step.code, self.ground
            ),
        ]


def entry_for(field: Field, text: str, picking: Picking) -> Widget:
    """The entry for a field, with a text in it."""
    if field.kind == "text":
        return TextEntry(text)
    if field.kind == "yes_no":
        return YesNoEntry(text)
    if field.kind in ("choice", "record", "records"):
        return PickEntry(field, text, picking)
    if field.kind == "whole" and field.about.choices:
        return ScaleEntry(field, text)
    return LineEntry(field, text)


def text_of(field: Field, value: object) -> str:
    """The text an entry begins with for a stored value: codes and ids as they are stored."""
    from senreg.models.entry import write_entry

    if field.kind in ("choice", "record"):
        return "" if value is None else str(value)
    if field.kind == "records":
        return ",".join(str(each) for each in value) if isinstance(value, list | tuple) else ""
    if field.kind == "yes_no":
        return "Yes" if value else "No"
    return write_entry(field, value)


def value_of(field: Field, text: str, today: date, terms: Sequence[object]) -> object:
    """The stored value that an entry's text stands for. Raises EntryProblem."""
    from senreg.models.entry import read_entry

    if field.kind in ("choice", "record") and text:
        return _chosen(field, text)
    if field.kind == "records":
        return [each for each in text.split(",") if each]
    return read_entry(field, text, today=today, terms=terms)


def _chosen(field: Field, text: str) -> object:
    """A choice's code or a record's id; a whole number where the codes are numbers."""
    from senreg.models.entry import choice_meant

    if field.kind == "choice":
        meant = choice_meant(field, text)
        return meant.code if meant else text
    return text
