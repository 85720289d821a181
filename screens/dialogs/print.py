"""A paper before it is kept: what is on it, where it goes, and whether the browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.page import app_of
from screens.plain import plain, say
from screens.printing import Made
from screens.widgets.story import Entry, Story, Words
from senreg.clock import today

ENDINGS = (".html", ".htm")
IN_THE_CLEAR = "The browser shows and prints it. It is not encrypted: delete the file afterwards."


class PrintDialog(Dialog[bool]):
    """Shows what is on a paper; keeps it where a person says, and gives whether it was kept.

    Args:
        made: The paper.
    """

    DEFAULT_CSS = """
    PrintDialog {
        & > #box { width: 92; height: 94%; max-height: 38; }
        #outline { height: 1fr; min-height: 3; margin-top: 1; }
        #where, #clear { height: auto; padding: 0 1; }
        #where { margin-top: 1; }
        #clear { color: $muted; }
        &.-short #said, &.-short #where { display: none; }
        &.-short #title { height: 1; }
        &.-short #outline { min-height: 1; }
        &.-short #outline, &.-short #answers { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]
    BINDINGS = [
        Binding("enter", "keep(True)", show=False),
        Binding("s", "keep(False)", show=False),
        Binding("w", "place", show=False),
        Binding("escape", "close", show=False),
        Binding("up", "scroll('move', -1)", show=False),
        Binding("down", "scroll('move', 1)", show=False),
        Binding("pageup", "scroll('page', -1)", show=False),
        Binding("pagedown,space", "scroll('page', 1)", show=False),
    ]
    ANSWERS = (
        ("Enter", "Keep and show", "keep(True)"),
        ("s", "Keep only", "keep(False)"),
        ("w", "Elsewhere", "place"),
        ("Esc", "Cancel", "close"),
    )

    def __init__(self, made: Made) -> None:
        super().__init__(made.outline.title)
        self._made = made
        self._path = made.path
        self._story = Story(cursor=False, id="outline")

    def content(self) -> ComposeResult:
        """What is on it, and where it goes."""
        yield Static(plain(self._made.outline.summary), id="said")
        yield self._story
        yield Static(id="where", markup=False)
        yield Static(plain(IN_THE_CLEAR), id="clear")

    def on_mount(self) -> None:
        """Fill the outline."""
        self._story.fill(self._entries())
        self._tell_where()

    def _entries(self) -> Iterator[Entry]:
        for part in self._made.outline.parts:
            yield Entry("", [Words(part.title, "heading")], heading=True)
            yield Entry("", [Words(each, indent=2) for each in part.lines])

    def _tell_where(self) -> None:
        self.query_one("#where", Static).update(plain(f"Kept as {self._path}"))

    def action_scroll(self, move: str, by: int) -> None:
        """Read on."""
        getattr(self._story, f"action_{move}")(by)

    def action_place(self) -> None:
        """Choose where it is kept."""

        def chosen(path: Path | None) -> None:
            if path is not None:
                self._path = path
                self._tell_where()

        self.app.push_screen(
            PathDialog(
                "Where to keep the paper",
                wants="new file",
                start=self._path,
                endings=ENDINGS,
                words="Keep it here",
            ),
            chosen,
        )

    def action_keep(self, show: bool) -> None:
        """Write it, and show it."""
        path, paper, register = self._path, self._made.paper, app_of(self).register
        assert register is not None

        def job(_: object) -> bool:
            from senreg.reports import papers

            papers.keep(register, paper, path, today())
            return show and papers.open_in_browser(path)

        def kept(shown: bool) -> None:
            if shown:
                say(self.app, f"The browser shows it; print it from there. It is kept as {path}")
            elif show:
                say(
                    self.app,
                    f"No browser could be started. Open this file in one: {path}",
                    severity="warning",
                )
            else:
                say(self.app, f"Kept as {path}")
            self.dismiss(True)

        work(app_of(self), "Writing the paper", job, kept, stoppable=False)

    def action_close(self) -> None:
        """Keep nothing."""
        self.dismiss(False)
