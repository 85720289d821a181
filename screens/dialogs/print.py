"""A paper before it is kept: what is on it, where it goes, and whether the browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Answers, Dialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.page import app_of
from screens.plain import plain, say
from screens.printing import Made
from screens.widgets.story import Entry, Story, Words
from senreg.clock import today

IN_THE_CLEAR = "It is not encrypted: delete the file once it is printed or sent."
FORMS = {".html": "a page for the browser", ".docx": "a Word document", ".pdf": "a PDF"}
"""What a file of each ending is; the form key goes from one to the next."""

OWN = (("t", "Your school’s own template", "template"),)


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
        &.-short #said, &.-short #where, &.-short #own { display: none; }
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
        Binding("f", "form", show=False),
        Binding("t", "template", show=False),
        Binding("escape", "close", show=False),
        Binding("up", "scroll('move', -1)", show=False),
        Binding("down", "scroll('move', 1)", show=False),
        Binding("pageup", "scroll('page', -1)", show=False),
        Binding("pagedown,space", "scroll('page', 1)", show=False),
    ]

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Keeping it, where, in which form, and not at all."""
        form = (("f", "Form", "form"),) if self._made.paper.document is not None else ()
        return (
            ("Enter", "Keep and show", "keep(True)"),
            ("s", "Keep only", "keep(False)"),
            *form,
            ("w", "Where", "place"),
            ("Esc", "Cancel", "close"),
        )

    def __init__(self, made: Made) -> None:
        super().__init__(made.outline.title)
        self._made = made
        self._path = made.path
        self._template: Path | None = None
        self._ours = False
        self._story = Story(cursor=False, id="outline")

    def content(self) -> ComposeResult:
        """What is on it, and where it goes."""
        yield Static(plain(self._made.outline.summary), id="said")
        yield self._story
        yield Static(id="where", markup=False)
        yield Static(plain(IN_THE_CLEAR), id="clear")
        if self._made.paper.values:
            yield Answers(OWN, id="own")

    def on_mount(self) -> None:
        """Fill the outline."""
        self._story.fill(self._entries())
        if self._made.paper.values:
            self._use(app_of(self).settings.template_of(self._made.paper.name))
        self._tell_where()

    def _entries(self) -> Iterator[Entry]:
        for part in self._made.outline.parts:
            yield Entry("", [Words(part.title, "heading")], heading=True)
            yield Entry("", [Words(each, indent=2) for each in part.lines])

    def _tell_where(self) -> None:
        form = FORMS.get(self._path.suffix.lower(), "a page for the browser")
        if self._ours and self._template is not None:
            form = f"a Word document in your template {self._template.name}"
        told = f"Kept as {form}: {self._path}"
        self.query_one("#where", Static).update(plain(told))

    def action_scroll(self, move: str, by: int) -> None:
        """Read on."""
        getattr(self._story, f"action_{move}")(by)

    def action_form(self) -> None:
        """Make it a page, a Word document or a PDF, in turn."""
        if self._made.paper.document is None:
            return
        from senreg.reports.document.typeset import can_set

        forms = [(each, False) for each in FORMS if each != ".pdf" or can_set()]
        if self._template is not None:
            forms.append((".docx", True))
        now = (self._path.suffix.lower(), self._ours)
        ending, self._ours = (
            forms[(forms.index(now) + 1) % len(forms)] if now in forms else forms[0]
        )
        if ending != now[0]:
            self._end_in(ending)
        self._tell_where()

    def _end_in(self, ending: str) -> None:
        from senreg.reports.prints import unused

        if self._path.parent == self._made.path.parent:
            self._path = unused(self._path.stem.rpartition("-")[0], self._path.parent, ending)
        else:
            self._path = self._path.with_suffix(ending)

    def action_template(self) -> None:
        """Choose a template of the school's, or have one made."""
        if not self._made.paper.values:
            return
        from screens.school_templates import choose_template

        choose_template(app_of(self), self._made.paper.name, self._use)

    def _use(self, template: Path | None) -> None:
        """Write it into this template; as senreg's own where it is None."""
        self._template, self._ours = template, template is not None
        if template is not None and self._path.suffix.lower() != ".docx":
            self._end_in(".docx")
        self._tell_where()

    def action_place(self) -> None:
        """Choose where it is kept."""

        def chosen(path: Path | None) -> None:
            if path is not None:
                self._path = path
                self._ours = self._ours and path.suffix.lower() == ".docx"
                self._tell_where()

        self.app.push_screen(
            PathDialog(
                "Where to keep the paper",
                wants="new file",
                start=self._path,
                endings=self._made.paper.endings,
                words="Keep it here",
            ),
            chosen,
        )

    def action_keep(self, show: bool) -> None:
        """Write it, and show it."""
        path, paper, register = self._path, self._made.paper, app_of(self).register
        assert register is not None
        template = self._template if self._ours else None

        def job(_: object) -> bool:
            from senreg.reports import papers, showing

            papers.keep(register, paper, path, today(), template)
            return show and showing.open_file(path)

        shows, starts = _words_of(path)

        def kept(shown: bool) -> None:
            if shown:
                say(self.app, f"{shows} shows it; print it from there. It is kept as {path}")
            elif show:
                say(self.app, f"{starts} Open this file: {path}", severity="warning")
            else:
                say(self.app, f"Kept as {path}")
            self.dismiss(True)

        work(app_of(self), "Writing the paper", job, kept, stoppable=False)

    def action_close(self) -> None:
        """Keep nothing."""
        self.dismiss(False)


def _words_of(path: Path) -> tuple[str, str]:
    """What shows a file, and that none could be started."""
    if path.suffix.lower() in (".html", ".htm"):
        return "The browser", "No browser could be started."
    return "Your own program", "No program for it could be started."
