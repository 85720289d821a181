"""Choosing one thing, or several, from a list that narrows as you type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog, T
from screens.plain import plain
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from senreg.models.text import clean_line, folded


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Args:
        id: What choosing it gives.
        text: Its words.
        note: More about it, in a second column.
        tone: The tone of its words.
        search: What else it is found by.
    """

    id: str
    text: str
    note: str = ""
    tone: str = ""
    search: str = ""

    @property
    def haystack(self) -> str:
        """Everything it is found by, folded."""
        return folded(f"{self.text} {self.note} {self.search}")


TYPED = "\x00typed"
"""The option that stands for what was typed, where other values may be given."""


class _Choosing(Dialog[T]):
    """A filter over a list; the keys of the list work while the filter has the focus.

    One click on a line chooses it, or marks it where several can be chosen.
    """

    DEFAULT_CSS = """
    _Choosing {
        #said { margin-top: 0; color: $muted; }
        #filter { background: $panel; margin: 1 0 0 0; }
        #filter:focus { background: $cursor; }
        #options { height: 18; max-height: 60vh; }
        &.-short #said { display: none; }
        &.-short #filter, &.-short #answers { margin: 0; }
        &.-short #options { max-height: 30vh; }
    }
    """
    GIVES_WAY = "#options"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]

    BINDINGS = [
        Binding("escape", "cancel", show=False),
        Binding("up", "options('move', -1)", show=False),
        Binding("down", "options('move', 1)", show=False),
        Binding("pageup", "options('page', -1)", show=False),
        Binding("pagedown", "options('page', 1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Iterable[Option],
        *,
        said: str = "",
        typed: bool = False,
        start: str = "",
        markable: bool = False,
        empty: str = "There is nothing to choose from.",
    ) -> None:
        super().__init__(title)
        self._options = list(options)
        self._hay = {option.id: option.haystack for option in self._options}
        self._said = said
        self._may_type = typed
        self._start = start
        self._now: str | None = None
        widest = max((len(option.text) for option in self._options), default=10)
        noted = any(option.note for option in self._options)
        text = Column[Option](
            "text", "", lambda each: (each.text, each.tone), width=min(30, widest), most=66
        )
        note = Column[Option](
            "note", "", lambda each: (each.note, "muted"), width=20, most=40, rank=1
        )
        self._list: RecordList[Option] = _Options(
            [text, note] if noted else [text],
            markable=markable,
            one_click=True,
            empty=empty,
            id="options",
        )

    def content(self) -> ComposeResult:
        """The filter and the list."""
        if self._said:
            yield Static(plain(self._said), id="said")
        hint = "Type to find"
        if self._may_type:
            hint = "Type to find, or write another" if self._options else "Type it here"
        yield Input(self._start, placeholder=hint, id="filter", compact=True, select_on_focus=False)
        yield self._list

    def on_mount(self) -> None:
        """Fill the list; a start is typed already, and the present choice is highlighted."""
        self._list.styles.height = min(18, max(3, len(self._options) + self._may_type))
        self._narrow(self.query_one("#filter", Input).value)
        self._list.go_to(self._now)
        self.call_after_refresh(self._list.show_from_top)

    @on(Input.Changed, "#filter")
    def _typed_on(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        words = folded(typed).split()
        rows = [
            option
            for option in self._options
            if all(word in self._hay[option.id] for word in words)
        ]
        typed = clean_line(typed)
        if self._may_type and typed and all(folded(row.text) != folded(typed) for row in rows):
            rows.append(Option(TYPED, f"Use “{typed}”", tone="accent"))
        self._list.fill(rows)
        if not rows:
            self._list.narrow(None, "Nothing fits what is typed." if typed else "")

    def action_options(self, move: str, by: int) -> None:
        """Move in the list."""
        getattr(self._list, f"action_{move}")(by)

    def type_on(self, text: str) -> None:
        """Add to what is typed in the filter, which need not be there yet."""
        for filtering in self.query("#filter").results(Input):
            filtering.value += text
            filtering.cursor_position = len(filtering.value)
            return
        self._start += text

    def on_key(self, event: events.Key) -> None:
        """What is typed before the filter has the focus goes into it."""
        if event.is_printable and event.character and event.character.strip():
            event.stop()
            self.type_on(event.character)

    def on_click(self) -> None:
        """Keep the keys in the filter."""
        self.query_one("#filter", Input).focus()

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _value(self, option_id: str) -> str:
        if option_id == TYPED:
            return clean_line(self.query_one("#filter", Input).value)
        return option_id


class _Options(RecordList[Option]):
    """The list of options: in the order given, without headings."""

    FIXED_LINES = 0


class ChooseDialog(_Choosing[str | None]):
    """One thing from a list: gives its id, or what was typed, or None.

    Args:
        title: What is chosen.
        options: What there is, in order.
        now: The id of the present choice, which is highlighted.
        said: What the choice means.
        typed: Whether something else may be typed.
        start: What the filter begins with.
        empty: What to say where there is nothing.
    """

    ANSWERS = (("Enter", "Choose", "choose"), ("Esc", "Cancel", "cancel"))

    def __init__(
        self,
        title: str,
        options: Iterable[Option],
        *,
        now: str | None = None,
        said: str = "",
        typed: bool = False,
        start: str = "",
        empty: str = "There is nothing to choose from.",
    ) -> None:
        super().__init__(title, options, said=said, typed=typed, start=start, empty=empty)
        self._now = now

    @on(Input.Submitted, "#filter")
    def action_choose(self) -> None:
        """Choose what is highlighted."""
        if self._list.current_id is not None:
            self.dismiss(self._value(self._list.current_id))

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.dismiss(self._value(event.record_id))


class ChooseManyDialog(_Choosing[list[str] | None]):
    """Several things from a list: gives their ids in order, or None where it was cancelled.

    Args:
        title: What is chosen.
        options: What there is, in order.
        now: The ids chosen at present.
        said: What the choice means.
        empty: What to say where there is nothing.
    """

    BINDINGS = [Binding("ctrl+s", "done", show=False)]
    ANSWERS = (
        ("Enter", "Mark", "mark"),
        ("Ctrl+S", "Done", "done"),
        ("Esc", "Cancel", "cancel"),
    )

    def __init__(
        self,
        title: str,
        options: Iterable[Option],
        *,
        now: Sequence[str] = (),
        said: str = "",
        empty: str = "There is nothing to choose from.",
    ) -> None:
        super().__init__(title, options, said=said, markable=True, empty=empty)
        self._chosen = list(now)

    def _narrow(self, typed: str) -> None:
        super()._narrow(typed)
        self._list.marks = set(self._chosen) & {row.id for row in self._list.rows}
        self._list.refresh()

    @on(Input.Submitted, "#filter")
    @on(RecordList.Opened)
    def action_mark(self) -> None:
        """Mark what is highlighted, or take the mark away."""
        self._list.action_mark()

    @on(RecordList.Marked)
    def _marked(self) -> None:
        shown = {row.id for row in self._list.rows}
        kept = [each for each in self._chosen if each not in shown or each in self._list.marks]
        self._chosen = kept + [
            row.id for row in self._list.rows if row.id in self._list.marks and row.id not in kept
        ]

    def action_done(self) -> None:
        """Take what is marked."""
        self.dismiss(self._chosen)
