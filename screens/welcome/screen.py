"""The page without a register: look round, start, open or join."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from screens.page import Page, app_of
from screens.plain import line, plain
from screens.welcome import coming
from screens.widgets.menu import Item, Menu, command_item, heading

ABOUT = "The register of special educational needs that only your school holds."
ENCRYPTED = (
    "Your own register is encrypted: before anything of yours is saved you choose a passphrase, "
    "and print a recovery key for the safe. Nothing is sent anywhere."
)
FRAME = 3
"""Lines above and below what a page shows."""

WAYS = ("look_round", "from_spreadsheet", "open_or_join", "restore_backup", "start_empty")

SHOWN = 5
"""Registers opened lately that are listed."""


class Welcome(Page):
    """What a person without an open register can do, and the registers opened lately."""

    PLACE = "welcome"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#menu"

    def __init__(self) -> None:
        super().__init__()
        self.menu = Menu(titles=24, id="menu")

    def body(self) -> ComposeResult:
        """The name, what there is to do, and what to know before."""
        with Vertical(id="sheet"):
            yield Static("senreg", id="name", markup=False)
            yield Static(plain(ABOUT), id="about")
            yield self.menu
            yield Static(plain(ENCRYPTED), id="notice")

    def refill(self) -> None:
        """List the registers opened lately again."""
        self.menu.fill(self._items())
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Give the menu the room there is now."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As many lines for the menu as it has, or as there is room for beside the words."""
        around = self.query_one("#sheet").outer_size.height - self.menu.outer_size.height
        room = self.size.height - FRAME - around
        self.menu.styles.height = max(3, min(self.menu.line_count, room))

    def _items(self) -> Iterator[Item]:
        """What was opened lately first: who comes back wants that."""
        recent = [Path(each) for each in app_of(self).settings.recent[:SHOWN]]
        if recent:
            yield heading("Opened lately")
            for path in recent:
                yield Item(f"path:{path}", line(path.name), value=line(path.parent), tail=True)
            yield heading("Or")
        for command_id in (
            "look_round",
            "from_spreadsheet",
            "open_or_join",
            "restore_backup",
            "start_empty",
        ):
            yield command_item(command_id)

    @on(Menu.Chosen)
    async def _chosen(self, event: Menu.Chosen) -> None:
        kind, _, path = event.item.id.partition(":")
        if kind == "path":
            coming.open_folder(app_of(self), Path(path))
        else:
            await app_of(self).action_run(event.item.id)

    def command_look_round(self) -> None:
        """Open the invented school."""
        coming.look_round(app_of(self))

    def command_from_spreadsheet(self) -> None:
        """Begin with a list of pupils."""
        from screens.importing.start import start_from_spreadsheet

        start_from_spreadsheet(app_of(self))

    def command_open_or_join(self) -> None:
        """Choose a register, or a bundle to join."""
        coming.open_or_join(app_of(self))

    def command_restore_backup(self) -> None:
        """Make a register from a backup."""
        from screens.welcome.restoring import ask_for_backup

        ask_for_backup(app_of(self))

    def command_start_empty(self) -> None:
        """Make a register with nobody in it."""
        coming.start_empty(app_of(self))
