"""The page of one pupil: tabs over any mode, each record on it changed where it stands."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from screens.commands import run
from screens.page import Page, app_of
from screens.plain import line, say
from screens.pupil.in_pack import as_offered, withheld
from screens.pupil.pane import PupilPane
from screens.pupil.parts import Page as Drawn
from screens.pupil.parts import Tab
from screens.pupil.tabs import TABS, TabLine, tab_of_record
from screens.widgets.frame import FooterLine
from screens.widgets.spans import Span, SpanLine, Text
from screens.widgets.story import Story
from senreg.clock import today
from senreg.register import Row
from senreg.rules.naming import pupil_name
from senreg.rules.status import status_look, status_on
from senreg.rules.years import year_word


class PupilPage(Page):
    """Everything about one child.

    Args:
        pupil_id: The child.
        record_id: A record of the child's to go to.
        tab: The id of the tab to begin at; without it, the one on which the record stands.
    """

    PLACE = "pupil"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#story"

    def __init__(self, pupil_id: str, record_id: str | None = None, tab: str = "") -> None:
        super().__init__()
        self.pupil_id = pupil_id
        self._wanted = record_id
        self._stays = bool(tab)
        self.archived = False
        self._only = ("", "")
        self.tab = next((each for each in TABS if each.id == tab), TABS[0])
        self.title_line = Text(id="who")
        self.tab_line = TabLine()
        self.story = Story(id="story")
        self.pane = PupilPane(id="pane")

    def body(self) -> ComposeResult:
        """The name, the tabs, and the tab's story."""
        with Vertical(id="head"):
            yield self.title_line
            yield self.tab_line
        with Horizontal(id="sheets"):
            yield self.story
            yield self.pane

    @property
    def pupil(self) -> Row | None:
        """The pupil's record; None once it was erased."""
        return self.register.get(self.pupil_id)

    # What is shown

    def refill(self) -> None:
        """Read the pupil and the tab again."""
        pupil = self.pupil
        if pupil is None:
            self.title_line.show(Span("  This pupil is not in the register any more", "warn"))
            self.story.fill([])
            return
        if self._wanted:
            wanted = self.register.get(self._wanted)
            if wanted is not None and wanted.id != pupil.id and not self._stays:
                self.tab = tab_of_record(self.register, wanted)
                self.archived = self.archived or wanted.archived
        self._title(pupil)
        self.tab_line.show(self.tab)
        self.set_class(self.tab is TABS[0], "-overview")
        drawn = Drawn(self.register, pupil, self.archived, *self._only)
        self.story.fill(as_offered(self.register, self.tab.build(drawn)))
        if self._wanted and self.story.go_to(self._wanted):
            self._wanted = None
            self._stays = False
        self.pane.show(self.register, pupil.id)
        self._offer()

    def _title(self, pupil: Row) -> None:
        status = status_on(self.register.find("sen_statuses", pupil=pupil.id), today())
        word, symbol, colour = status_look(status["code"] if status is not None else None)
        place = "  ".join(
            line(each) for each in (year_word(pupil["year_group"]), pupil["class_name"]) if each
        )
        words = [
            Span(f"  {line(pupil_name(pupil))}", "title"),
            Span(f"   {place}", "muted"),
            Span(f"   {symbol} {line(word)}", colour, "status"),
        ]
        if pupil["left"]:
            words.append(Span("   left", "warn"))
        if pupil.archived:
            words.append(Span("   archived", "warn"))
        self.title_line.show(*words)

    @on(SpanLine.Pressed, "#tabs")
    def _tab_pressed(self, event: SpanLine.Pressed) -> None:
        if event.press in ("previous", "next"):
            self._step(-1 if event.press == "previous" else 1)
        else:
            self.go_to_tab(next(tab for tab in TABS if tab.id == event.press))

    @on(SpanLine.Pressed, "#who")
    def _status_pressed(self) -> None:
        run(self, "status")

    def go_to_tab(self, tab: Tab) -> None:
        """Show a tab."""
        self.tab = tab
        self.refill()
        self.story.focus()

    def _step(self, by: int) -> None:
        self.go_to_tab(TABS[(TABS.index(self.tab) + by) % len(TABS)])

    def command_next_tab(self) -> None:
        """Go to the next tab."""
        self._step(1)

    def command_previous_tab(self) -> None:
        """Go to the tab before."""
        self._step(-1)

    def command_archived(self) -> None:
        """Show archived records too, or hide them again."""
        self.archived = not self.archived
        self.refill()

    def command_narrow(self) -> None:
        """Narrow the history to a person or to a field."""
        from screens.pupil.narrowing import narrow_history

        if self.tab.id == "history":
            narrow_history(self, self.pupil_id, self._only, self._narrowed)
        else:
            say(self.app, "The history can be narrowed: it is the last tab.")

    def _narrowed(self, field: str, by: str) -> None:
        self._only = (field, by)
        self.refill()
        self.story.focus()

    # Changing

    @property
    def withheld(self) -> frozenset[str]:
        """In a staff pack, what its holder cannot do with what is highlighted."""
        entry = self.story.current
        return withheld(self.register, self.tab, self.current_row, entry.detail if entry else "")

    @on(Story.Highlighted)
    def _offer(self) -> None:
        if self.register.pack is not None:
            self.query_one(FooterLine).refresh()

    @property
    def current_row(self) -> Row | None:
        """The record under the cursor."""
        entry = self.story.current
        return self.register.get(entry.id) if entry is not None and entry.id else None

    @on(Story.Opened)
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Open what is highlighted: to change it, or to add the first of its kind."""
        row = self.current_row
        if row is not None and self.tab.id == "history":
            self._wanted = row.id
            self.tab = tab_of_record(self.register, row)
            self.refill()
        else:
            run(self, "edit" if row is not None else "new")

    def command_edit(self) -> None:
        """Change the highlighted record."""
        from screens.pupil.changing import edit

        entry, row = self.story.current, self.current_row
        if entry is not None and row is not None:
            edit(self, row, entry.detail)

    def command_new(self) -> None:
        """Add a record to this tab."""
        from screens.pupil.changing import new

        pupil = self.pupil
        if pupil is not None:
            new(self, pupil, self.tab, self.story.current, self._added)

    def _added(self, record_id: str | None) -> None:
        if record_id is not None:
            self._wanted = record_id
            self.refill()

    def command_archive(self) -> None:
        """Put the highlighted record away, or bring it back."""
        from screens.pupil.changing import archive

        row = self.current_row
        if row is not None:
            archive(app_of(self), row)

    def command_status(self) -> None:
        """Change where the pupil stands, step by step."""
        from screens.forms.status_form import StatusForm

        if self.pupil is not None:
            self.app.push_screen(StatusForm(self.register, [self.pupil]))

    def command_print(self) -> None:
        """Choose a paper of the pupil, and make it."""
        from screens.papers import Whom, papers_of

        papers_of(app_of(self), Whom(pupil=self.pupil_id))

    def command_write_target(self) -> None:
        """Write a target for the pupil."""
        from screens.targets.writing import write_target

        write_target(app_of(self), [self.pupil_id], self._added)

    def command_review(self) -> None:
        """Review the highlighted target, or hold the highlighted review."""
        from screens.targets.reviewing import review

        row = self.current_row
        if row is not None and row.table == "target_reviews":
            row = self.register.get(row["target"] or "")
        if row is not None and row.table in ("targets", "reviews"):
            review(app_of(self), row, self._added)
        else:
            say(self.app, "Highlight a target or a planned review first.")

    def command_summary(self) -> None:
        """Make the summary of the highlighted conversation for the family."""
        from screens.conversations.giving import give_summary

        row = self.current_row
        if row is not None and row.table == "conversations" and row["held_on"]:
            give_summary(app_of(self), row)
        else:
            say(self.app, "Highlight a conversation that was held first: they are a tab.")

    def command_assign(self) -> None:
        """Place the pupil in a group."""
        from screens.assigning import assign

        assign(app_of(self), [self.pupil_id])

    def command_merge_pupil(self) -> None:
        """Put this record and another of the same child together."""
        from screens.pupil.merging import merge_with_another

        merge_with_another(app_of(self), self.pupil_id)

    def command_erase(self) -> None:
        """Take all that is kept about the child out of every file."""
        from screens.pupil.erasing import erase_pupil

        if self.pupil is not None:
            erase_pupil(app_of(self), self.pupil_id)

    def command_subject_access(self) -> None:
        """Hand out all that is kept about the child."""
        from screens.pupil.pack import hand_out

        hand_out(app_of(self), self.pupil_id, "subject_access")

    def command_transfer(self) -> None:
        """Send the child's file to the next school."""
        from screens.pupil.pack import hand_out

        hand_out(app_of(self), self.pupil_id, "transfer")

    def command_hold(self) -> None:
        """Write down why the file must be kept."""
        from screens.pupil.erasing import hold_file

        hold_file(app_of(self), self.pupil_id)

    def command_end_place(self) -> None:
        """End the highlighted place in a group: score, outcome and reason."""
        from screens.provision.ending import end_places_of

        row = self.current_row
        if row is not None and row.table == "placements":
            end_places_of(app_of(self), [row])
        else:
            say(self.app, "Highlight a place in a group first: they are under Provision.")
