"""Where a file or a folder is, or is to go: typed with completion, or found by browsing."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, Static

from screens.dialogs.ask import AskDialog
from screens.dialogs.dialog import Dialog
from screens.dialogs.listed import HERE, UP, shown_name, size_words, when_words
from screens.plain import line, plain
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, SpanLine, Text
from senreg.errors import SenregError
from senreg.models.text import folded
from senreg.places import (
    Listed,
    Place,
    Typed,
    completed,
    is_empty,
    kind_of,
    listed,
    places,
    typed,
    written,
)

Wants = Literal["file", "folder", "register", "new file", "new folder"]
"""An existing file; an existing folder; an existing register, or a file that makes one; a file or
a folder to make."""


NOTHING = {
    "file": "There is no such file in this folder.",
    "folder": "",
    "register": "There is no register in this folder, and no bundle.",
    "new file": "",
    "new folder": "",
}
"""What is said of a folder in which there is nothing to choose."""


class PathDialog(Dialog["Path | None"]):
    """Asks for a path; gives it, or None where it was left.

    Args:
        title: What is looked for, or made.
        wants: What kind of path it is.
        start: The folder to begin in, or the path that is suggested for something new.
        endings: The endings a file may have, in lower case with their dot. The first is added
            to a new file's name that has none of them.
        said: What is to be known before choosing.
        words: The words of choosing.
    """

    DEFAULT_CSS = """
    PathDialog {
        & > #box { width: 100; height: 94%; max-height: 34; }
        #places { margin-top: 1; }
        #path { background: $panel; }
        #path:focus { background: $cursor; }
        #entries { height: 1fr; min-height: 3; }
        #problem { height: auto; min-height: 1; color: $muted; padding: 0 1; }
        &.-refused #problem { color: $error; }
        &.-short #said, &.-short #places { display: none; }
        &.-short #title { height: 1; }
        &.-short #entries { min-height: 1; }
        &.-short #answers { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]

    BINDINGS = [
        Binding("escape", "cancel", show=False),
        Binding("up", "entries('move', -1)", show=False),
        Binding("down", "entries('move', 1)", show=False),
        Binding("pageup", "entries('page', -1)", show=False),
        Binding("pagedown", "entries('page', 1)", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    class Read(Message):
        """A folder was looked into."""

        def __init__(self, folder: Path, entries: list[Listed], refused: str) -> None:
            super().__init__()
            self.folder = folder
            self.entries = entries
            self.refused = refused

    class Known(Message):
        """The folders to start from are known."""

        def __init__(self, found: list[Place]) -> None:
            super().__init__()
            self.found = found

    def __init__(
        self,
        title: str,
        *,
        wants: Wants,
        start: Path,
        endings: Collection[str] = (),
        said: str = "",
        words: str = "Open",
    ) -> None:
        super().__init__(title)
        self._wants = wants
        self._new = wants in ("new file", "new folder")
        self._endings = tuple(endings)
        self._said = said
        self._words = words
        self._folder = start.parent if self._new else start
        self._exact: dict[str, Path] = {}
        """Folders by the way they are shown, which is not always how they are called."""
        self._start = self._shown(self._folder, start.name if self._new else "")
        self._entries: list[Listed] = []
        self._places: list[Place] = []
        self._nothing = ""
        self._moved = False
        self._list: RecordList[Listed] = _Entries(
            [
                Column("name", "", shown_name, width=24, most=76),
                Column("size", "", lambda each: (size_words(each), "muted"), width=9, rank=1),
                Column("when", "", lambda each: (when_words(each), "muted"), width=16, rank=2),
            ],
            markable=False,
            one_click=True,
            empty="",
            id="entries",
        )

    def content(self) -> ComposeResult:
        """The path, the folders to start from, and what stands in the folder."""
        if self._said:
            yield Static(plain(self._said), id="said")
        yield _Places(id="places")
        yield Input(self._start, id="path", compact=True, select_on_focus=False)
        yield Static(id="problem", markup=False)
        yield self._list

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Choosing, completing, and leaving it."""
        return (
            ("Enter", self._words, "choose"),
            ("Tab", "Complete", "complete"),
            ("Esc", "Cancel", "cancel"),
        )

    def on_mount(self) -> None:
        """Look into the first folder; of a long path the end is seen."""
        self.call_after_refresh(self.query_one("#path", Input).action_home)
        self.call_after_refresh(self.query_one("#path", Input).action_end)
        self._look(self._folder)
        self.run_worker(
            lambda: self.post_message(self.Known(places())), thread=True, group="places"
        )

    # What is shown

    def _look(self, folder: Path) -> None:
        """Look into a folder on a thread: a network drive may take its time."""
        self._folder = folder
        self._entries = []
        self.run_worker(lambda: self._read(folder), thread=True, group="look", exclusive=True)

    def _read(self, folder: Path) -> None:
        try:
            files = self._wants not in ("folder", "new folder")
            entries, refused = listed(folder, endings=self._endings, files=files), ""
        except SenregError as error:
            entries, refused = [], error.happened
        self.post_message(self.Read(folder, entries, refused))

    @on(Read)
    def _read_in(self, event: Read) -> None:
        if event.folder == self._folder:
            self._entries = event.entries
            self._nothing = "" if event.entries else event.refused or NOTHING[self._wants]
            self._narrow()
            self._note()

    @on(Known)
    def _known(self, event: Known) -> None:
        self._places = event.found
        spans = [Span(" ")]
        for place in event.found[:7]:
            spans += [Span(f" {place.name} ", "heading", str(place.path), "band"), Span(" ")]
        self.query_one("#places", Text).show(*spans)

    @on(SpanLine.Pressed, "#places")
    def _place_pressed(self, event: SpanLine.Pressed) -> None:
        self._go(Path(event.press))

    @property
    def _typed(self) -> str:
        return self.query_one("#path", Input).value

    def _shown(self, folder: Path, name: str = "") -> str:
        """A path as it stands in the field."""
        text = line(written(folder))
        self._exact[text] = folder
        return text + line(name)

    def _meaning(self, text: str) -> Typed:
        """What a text in the field means."""
        head, sep, name = text.rpartition(os.sep)
        folder = self._exact.get(head + sep)
        return Typed(folder, name.strip()) if folder else typed(text, self._folder)

    def _put(self, text: str) -> None:
        path = self.query_one("#path", Input)
        path.value = text
        path.cursor_position = len(text)

    @on(Input.Changed, "#path")
    def _typed_on(self, event: Input.Changed) -> None:
        self._moved = False
        self._note()
        folder = self._meaning(event.value).folder
        if folder != self._folder:
            self._look(folder)
        else:
            self._narrow()

    def _narrow(self) -> None:
        begun = "" if self._new else folded(self._meaning(self._typed).name)
        rows = [each for each in self._entries if begun in folded(each.name)]
        rows.sort(key=lambda each: not folded(each.name).startswith(begun))
        up = [] if begun else [Listed(self._folder.parent, UP, "folder")]
        if self._wants == "folder" and not begun:
            rows.insert(0, Listed(self._folder, HERE, "folder"))
        self._list.fill([*up, *rows])
        if not self._moved:
            self._list.go_to(rows[0].id if rows else None)

    def _refuse(self, sentence: str) -> None:
        self.set_class(True, "-refused")
        self.query_one("#problem", Static).update(plain(f"! {sentence}"))

    def _note(self) -> None:
        """Say what is to be said of the folder, in the place of what was refused."""
        self.set_class(False, "-refused")
        self.query_one("#problem", Static).update(plain(self._nothing))

    # Keys and mouse

    def action_entries(self, move: str, by: int) -> None:
        """Move in the list."""
        self._moved = True
        getattr(self._list, f"action_{move}")(by)

    def action_complete(self) -> None:
        """Complete what is typed as far as only one thing can be meant."""
        begun = self._meaning(self._typed)
        names = {each.name: each for each in self._entries}
        name = completed(begun.name, names)
        whole = names.get(name)
        if whole is not None and whole.kind == "folder" and not self._new:
            self._put(self._shown(whole.path))
        elif name != begun.name:
            self._put(self._shown(begun.folder, name))

    def on_click(self) -> None:
        """Keep the keys in the path."""
        self.query_one("#path", Input).focus()

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self._moved = True
        self.action_choose()

    @on(Input.Submitted, "#path")
    def action_choose(self) -> None:
        """Choose what is meant: what is typed, or else what is highlighted."""
        here = self._list.current
        meant = self._meaning(self._typed).path
        if self._moved and here is not None:
            self._choose_listed(here)
        elif self._new:
            self._choose_new(meant)
        elif self._wants == "folder" and kind_of(meant) == "folder":
            self.dismiss(meant)
        elif meant != self._folder and kind_of(meant) != "nothing":
            self._choose_path(meant)
        elif here is not None and here.name != UP:
            self._choose_listed(here)
        else:
            self._refuse(
                "There is nothing of that name. Look for it below, or type its whole path."
            )

    def _choose_listed(self, each: Listed) -> None:
        if each.name == HERE:
            self.dismiss(each.path)
        elif each.kind == "folder":
            self._go(each.path)
        elif self._new:
            self._moved = False
            self._put(self._shown(self._folder, each.path.name))
        else:
            self._choose_path(each.path)

    def _choose_path(self, path: Path) -> None:
        kind = kind_of(path)
        if self._wants == "folder":
            self._refuse("That is a register itself. Choose a folder beside it.")
        elif kind == "file" or (kind == "register" and self._wants == "register"):
            self.dismiss(path)
        else:
            self._go(path)

    def _choose_new(self, path: Path) -> None:
        kind = kind_of(path)
        if kind_of(path.parent) not in ("folder", "register"):
            self._refuse("The folder it is to go into is not there.")
        elif kind == "register" and not is_empty(path):
            self._refuse("There is a register already. Give the new one another name.")
        elif self._wants == "new file":
            self._choose_new_file(path, is_there=kind)
        elif kind == "nothing" or is_empty(path):
            self.dismiss(path)
        else:
            self._refuse("That is there already and holds something. Add a new name.")

    def _choose_new_file(self, path: Path, *, is_there: str) -> None:
        if is_there == "folder":
            self._refuse("That is a folder. Add a name for the file.")
            return
        if self._endings and path.suffix.lower() not in self._endings:
            path = path.with_name(path.name + self._endings[0])
            is_there = kind_of(path)
        if is_there == "nothing":
            self.dismiss(path)
            return

        def replaced(yes: bool | None) -> None:
            if yes:
                self.dismiss(path)

        self.app.push_screen(
            AskDialog(
                "A file of that name is there already",
                "It would be replaced by the new one.",
                yes="Replace it",
                no="Choose another name",
            ),
            replaced,
        )

    def _go(self, folder: Path) -> None:
        """Go into a folder; the name of something new goes along."""
        name = self._meaning(self._typed).name if self._new else ""
        self._moved = False
        self._put(self._shown(folder, name))
        if folder != self._folder:
            self._look(folder)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


class _Places(Text):
    """The folders to start from."""

    GROUND = "sheet"


class _Entries(RecordList[Listed]):
    """What stands in a folder, without headings."""

    FIXED_LINES = 0
