"""The one renderer of forms: fields in, entries on the screen, checked values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus, Resize
from textual.timer import Timer
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import bindings_of
from screens.dialogs.dialog import Answers
from screens.forms.drafts import drop_draft, keep_draft, load_draft
from screens.forms.entries import Changed, text_of, value_of
from screens.forms.field_row import FieldRow, checked
from screens.forms.in_order import InOrder
from screens.forms.picking import Picking
from screens.forms.section import Section
from screens.plain import plain
from screens.widgets.frame import Side
from senreg.clock import today
from senreg.errors import InvalidRecord, SenregError
from senreg.register import Register

T = TypeVar("T")

SHORT = 16
"""Below so many rows only the fields and the way out are shown."""

WIDE = 126
"""Cells from which what is said beside the fields stands at their side, not below them."""

AT_FIRST = 16
"""So many fields and headings are there when a form appears; a window holds about as many."""

AT_ONCE = 8
"""So many of the rest follow at a time."""


class Form(InOrder[T]):
    """A window that asks for fields. A subclass says what saving does.

    Args:
        title: What is written.
        sections: The fields, in order.
        values: Stored values to begin with.
        register: Where records to pick are found; None where no field picks one.
        draft: The key under which the register keeps a draft; empty for none.
        said: What is to be known before writing, under the title.
        save: The words of saving.
    """

    PLACE = "form"
    CSS_PATH: ClassVar[CSSPathType | None] = Path(__file__).with_name("form.tcss")
    MORE_ANSWERS: ClassVar[Sequence[tuple[str, str, str]]] = ()
    """What else can be done in the form: key as shown, words, action."""

    DRAFT_AFTER: ClassVar[float] = 1.0
    """Seconds of rest after which what was typed is kept; at once where it is 0."""

    WHOLE: ClassVar[bool] = False
    """Whether it takes the whole window, and its fields what room there is in it."""

    BINDINGS = [
        *bindings_of("form"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("tab", "app.focus_next", show=False, priority=True),  # before what is typed ahead
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-usual")]

    def __init__(
        self,
        title: str,
        sections: Iterable[Section],
        values: Mapping[str, object] | None = None,
        *,
        register: Register | None = None,
        picking: Picking | None = None,
        draft: str = "",
        said: str = "",
        save: str = "Save",
    ) -> None:
        super().__init__()
        self._title = title
        self._said = said
        self._save_words = save
        self._sections = [section for section in sections if section.fields]
        self._register = register
        self._picking = picking or Picking(register)
        self._draft = draft if register is not None else ""
        self._draft_timer: Timer | None = None
        self._offering = False
        self._terms: Sequence[Mapping[str, object]] = (
            register.all("terms") if register is not None else ()
        )
        self._first = {
            field.name: text_of(field, (values or {}).get(field.name))
            for section in self._sections
            for field in section.fields
        }
        self.rows: dict[str, FieldRow] = {}
        self._later: list[Widget] = []
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """The fields under their headings."""
        with Vertical(id="form"):
            yield Static(plain(self._title), id="title")
            if self._said:
                yield Static(plain(self._said), id="said")
            yield from self.above()
            with Side(id="body"):
                with VerticalScroll(id="fields", can_focus=False):
                    yield from self._fields()
                yield from self.beside()
            yield Static("", id="hint", markup=False)
            yield Answers(
                (
                    ("Ctrl+S", self._save_words, "app.run('save')"),
                    *self.MORE_ANSWERS,
                    ("Esc", "Leave", "app.run('leave')"),
                    ("F1", "Help", "app.run('help')"),
                ),
                id="answers",
                ground="paper",
            )

    def _fields(self) -> ComposeResult:
        for section in self._sections:
            if section.title:
                heading = Static(plain(section.title), classes=f"section {section.group}".strip())
                self._later.append(heading)
            for field in section.fields:
                row = FieldRow(field, self._first[field.name], self._picking, self._terms)
                row.set_class(bool(section.group), section.group or "-none")
                self.rows[field.name] = row
                self._later.append(row)
        yield from self._later[:AT_FIRST]
        self._later = self._later[AT_FIRST:]

    async def _mount_later(self) -> None:
        """Mount what is still out of sight, a few at a time, so that no key waits for it."""
        if not self.is_attached:
            return
        more, self._later = self._later[:AT_ONCE], self._later[AT_ONCE:]
        await self.query_one("#fields").mount_all(more)
        if self._wanted in self.rows and self.rows[self._wanted] in more:
            self.rows[self._wanted].entry.focus()
        if self._later:
            self.call_after_refresh(self._mount_later)

    def write_at(self, name: str) -> None:
        """Go to a field, as soon as it is there."""
        row = self.rows.get(name)
        if row is not None and row.is_attached:
            row.entry.focus()
        else:
            self._wanted = name

    def above(self) -> ComposeResult:
        """What stands between the title and the fields: a subclass says. It has the class above."""
        yield from ()

    def beside(self) -> ComposeResult:
        """What stands beside the fields, or below them in a narrow window: a subclass says.

        It has the class `beside`; `changed` brings it up to date.
        """
        yield from ()

    def on_mount(self) -> None:
        """Offer the draft that was left, if there is one."""
        if self._later:
            self.call_after_refresh(self._mount_later)
        draft = load_draft(self._kept_by, self._draft) if self._draft else None
        if draft is not None and any(
            draft.texts.get(name, first) != first for name, first in self._first.items()
        ):
            from screens.dialogs.ask import AskDialog
            from screens.wording import moment_words

            self._offering = True
            self.app.push_screen(
                AskDialog(
                    "Go on with what you wrote?",
                    f"This form was left unfinished on {moment_words(draft.at)}.",
                    yes="Go on",
                    no="Start again",
                    leave="Leave it",
                ),
                lambda go_on: self._answered(draft.texts, go_on),
            )

    def on_resize(self, event: Resize) -> None:
        """Leave room for what stands above and below the fields."""
        around = "#form > Static, #form > Answers, #form > .above"
        if event.size.height < SHORT:
            around = "#title, #said, #answers, #form > .above"
        elif event.size.width < WIDE:
            around += ", .beside"
        taken = sum(
            widget.outer_size.height + widget.styles.margin.height for widget in self.query(around)
        )
        if not self.WHOLE:
            fields = self.query_one("#fields", VerticalScroll)
            fields.styles.max_height = max(3, event.size.height - max(taken, 2) - 2)
        self.call_after_refresh(self._show_here)

    def _show_here(self) -> None:
        """Let the field that has the focus be seen."""
        for row in self.rows.values():
            if row.entry.has_focus:
                row.scroll_visible(animate=False)

    def _answered(self, texts: Mapping[str, str], go_on: bool | None) -> None:
        if go_on is None:
            self.dismiss(None)
            return
        self._offering = False
        if not go_on:
            drop_draft(self._kept_by, self._draft)
            return
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].put(text)

    # What was typed

    @property
    def texts(self) -> dict[str, str]:
        """What stands in every entry."""
        return {name: row.text for name, row in self.rows.items()}

    def first_text(self, name: str) -> str:
        """What stood in a field's entry at first."""
        return self._first[name]

    @property
    def unsaved(self) -> bool:
        """Whether anything differs from what the form began with."""
        return any(text != self._first[name] for name, text in self.texts.items())

    @on(Changed)
    def _entry_changed(self, event: Changed) -> None:
        event.stop()
        for row in self.rows.values():
            if row.entry is event.entry:
                row.echo()
                row.say("")
        if self._draft:
            if self._draft_timer is not None:
                self._draft_timer.stop()
            if self.DRAFT_AFTER:
                self._draft_timer = self.set_timer(self.DRAFT_AFTER, self._keep)
            else:
                self._keep()
        self.changed()

    def changed(self) -> None:
        """Something else was typed or chosen: a subclass may say something of it."""

    @property
    def _kept_by(self) -> Register:
        assert self._register is not None
        return self._register

    @property
    def keeps_draft(self) -> bool:
        """Whether what is unsaved is kept when the form goes, and offered again."""
        return bool(self._draft) and self.unsaved

    def _keep(self) -> None:
        if self._draft and not self._offering:
            if self.unsaved:
                keep_draft(self._kept_by, self._draft, self.texts)
            else:
                drop_draft(self._kept_by, self._draft)

    def on_unmount(self) -> None:
        """Keep what is unsaved, whatever closed the form."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._keep()

    def _drop(self) -> None:
        """Forget the draft: what was written is saved, or is not wanted."""
        if self._draft:
            drop_draft(self._kept_by, self._draft)
            self._draft = ""

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the help of the field that is written now, and let it be seen."""
        row = None
        for each in self.rows.values():
            here = each.entry is event.widget
            each.write_here(here)
            row = each if here else row
        if row is not None:
            self.query_one("#hint", Static).update(plain(row.field.about.help))
            row.scroll_visible(animate=False)

    def action_scroll(self, by: int) -> None:
        """Scroll by a page."""
        fields = self.query_one("#fields", VerticalScroll)
        if by < 0:
            fields.scroll_page_up(animate=False)
        else:
            fields.scroll_page_down(animate=False)

    def typed(self) -> dict[str, object]:
        """The stored value of every entry whose text can be understood now."""
        from senreg.models.entry import EntryProblem

        typed: dict[str, object] = {}
        for name, row in self.rows.items():
            with suppress(EntryProblem):
                typed[name] = value_of(row.field, row.text, today(), self._terms)
        return typed

    # Leaving and saving

    def values(self) -> dict[str, object]:
        """The stored value of every entry. Raises InvalidRecord with a problem for each bad one."""
        return checked(self.rows, self._terms)

    def command_save(self) -> None:
        """Save what was written; what cannot be taken is said at its field."""
        if self.answered:
            return
        for row in self.rows.values():
            row.say("")
        try:
            self.save(self.values())
        except InvalidRecord as refused:
            self._explain(refused)
        except SenregError as error:
            from screens.page import app_of

            app_of(self).complain(error)

    def save(self, values: dict[str, object]) -> None:
        """Do what the form is for, and `finish` it. Raises InvalidRecord or another SenregError."""
        raise NotImplementedError

    def finish(self, result: T) -> None:
        """Close the form: what was written is saved, and no draft is needed."""
        self._drop()
        self._first = self.texts
        self.dismiss(result)

    def _explain(self, refused: InvalidRecord) -> None:
        elsewhere, first = [], None
        for problem in refused.problems:
            row = self.rows.get(problem.field) or next(
                (each for each in self.rows.values() if each.field.title == problem.field), None
            )
            if row is None:
                elsewhere.append(f"{problem.field}: {problem.message}")
                continue
            row.say(problem.message)
            first = first or row
        if first is not None:
            self.reveal(first)
            first.entry.focus()
        if elsewhere:
            from screens.dialogs.message import MessageDialog

            self.app.push_screen(MessageDialog("This cannot be saved", "\n".join(elsewhere)))

    def reveal(self, row: FieldRow) -> None:
        """Let a field be seen where a form shows only some: a subclass says how."""

    def command_leave(self) -> None:
        """Leave the form; what is unsaved is asked about."""
        if not self.unsaved:
            self._left("drop")
            return
        from screens.dialogs.leave import LeaveDialog

        self.app.push_screen(LeaveDialog(may_keep=bool(self._draft)), self._left)

    def _left(self, answer: str | None) -> None:
        if answer == "save":
            self.command_save()
        elif answer in ("keep", "drop"):
            (self._keep if answer == "keep" else self._drop)()
            self.dismiss(None)
