"""What to do with a register that is open somewhere already."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain
from screens.widgets.menu import Item, Menu

READ = Item("read", "Only read it", said="Nothing can be changed here. This is what Esc does.")
HERE = (
    Item(
        "on",
        "Go on in this window too",
        said="Each window takes in what the other writes; neither loses anything.",
    ),
    READ,
)
ELSEWHERE = (
    READ,
    Item(
        "copy",
        "Work on my own copy and merge later",
        said="A copy is made in a folder of yours; when you meet, a bundle brings both together.",
    ),
    Item(
        "over",
        "It is closed there: take it over",
        said="When that computer was switched off, or lost power. You type two words.",
    ),
)


class InUseDialog(Dialog[str]):
    """Gives what is to be done: on, read, copy or over.

    Args:
        title: Who has it open, and where.
        said: Since when.
        here: It is open on this computer.
    """

    DEFAULT_CSS = """
    InUseDialog #ways { height: auto; margin-top: 1; }
    """
    BINDINGS = [Binding("escape", "read", show=False)]
    ANSWERS = (("Enter", "Choose", "choose"), ("Esc", "Only read it", "read"))
    AUTO_FOCUS = "#ways"

    def __init__(self, title: str, said: str, *, here: bool) -> None:
        super().__init__(title)
        self._said = said
        self._ways = HERE if here else ELSEWHERE
        self._menu = Menu(id="ways")

    def content(self) -> ComposeResult:
        """Since when, and what can be done."""
        yield Static(plain(self._said), id="said")
        yield self._menu

    def on_mount(self) -> None:
        """List what can be done; all of it is seen."""
        self._menu.fill(self._ways)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Show all of it in the new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._menu.styles.height = max(3, min(self._menu.line_count, self.size.height - 9))

    def action_choose(self) -> None:
        """Choose what is highlighted."""
        self._menu.action_choose()

    @on(Menu.Chosen)
    def _chosen(self, event: Menu.Chosen) -> None:
        self.dismiss(event.item.id)

    def action_read(self) -> None:
        """Only read."""
        self.dismiss("read")
