"""The frame of every dialog in which something secret is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog, T
from screens.plain import plain
from senreg.errors import SenregError


class SecretDialog(Dialog[T]):
    """Fields in which nothing is seen until that is asked for; Enter goes on.

    A subclass names its `FIELDS`, and does in `entered` what it is for.

    Args:
        title: What is asked for.
        said: What to know before.
    """

    DEFAULT_CSS = """
    SecretDialog {
        .asked { height: 1; padding: 0 1; margin-top: 1; color: $muted; }
        .secret { background: $panel; margin: 0 1; width: 1fr; }
        .secret:focus { background: $cursor; }
        #problem { height: auto; padding: 0 1; margin-top: 1; color: $error; }
        &.-short #said, &.-short .asked, &.-short #problem, &.-short #answers { margin-top: 0; }
        &.-tiny #said { display: none; }
        &.-tiny .asked { margin: 0; }
        &.-tiny #title { height: 1; }
        &.-tiny #problem, &.-tiny #answers { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (13, "-short"), (20, "-usual")]
    BINDINGS = [
        Binding("f4", "show", show=False),
        Binding("escape", "cancel", show=False),
    ]
    FIELDS: ClassVar[Sequence[tuple[str, str]]] = ()
    """Id and words of each field."""
    MASKED: ClassVar[bool] = True

    def __init__(self, title: str, said: str = "") -> None:
        super().__init__(title)
        self._said = said

    def content(self) -> ComposeResult:
        """What to know, the fields, and what is wrong with them."""
        if self._said:
            yield Static(plain(self._said), id="said")
        yield from self.above()
        for name, words in self.FIELDS:
            yield Static(plain(words), classes="asked")
            yield Input(password=self.MASKED, id=name, classes="secret", compact=True)
        yield from self.below()
        yield Static("", id="problem", markup=False)

    def above(self) -> ComposeResult:
        """What stands above the fields."""
        yield from ()

    def below(self) -> ComposeResult:
        """What stands below the fields."""
        yield from ()

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#{name}", Input).value

    def refuse(self, sentence: str, field: str = "") -> None:
        """Say what is wrong; the field it is about is come to, to be typed anew."""
        self.query_one("#problem", Static).update(plain(sentence))
        entry = self.query_one(f"#{field or self.FIELDS[0][0]}", Input)
        entry.focus()
        entry.select_all()

    def refused(self, error: SenregError) -> None:
        """Say what was refused, and what to do."""
        self.refuse(" ".join(each for each in (error.happened, error.do) if each))

    def entered(self) -> None:
        """Take what was typed."""
        raise NotImplementedError

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.submitted(event.input.id or "")

    def submitted(self, name: str) -> None:
        """Enter in a field: go on to the next, or on from the last."""
        names = [name for name, _ in self.FIELDS]
        place = names.index(name)
        if place + 1 < len(names):
            self.query_one(f"#{names[place + 1]}", Input).focus()
        else:
            self.entered()

    def on_click(self) -> None:
        """Keep the keys in the fields."""
        if not isinstance(self.focused, Input):
            self.query(Input).first().focus()

    def action_go_on(self) -> None:
        """Take what was typed."""
        self.entered()

    def action_show(self) -> None:
        """Let what is typed be seen, or hide it again."""
        for entry in self.query(Input):
            entry.password = not entry.password

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
