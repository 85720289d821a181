"""The page of one target: its wording, its reviews, its actions."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.page import Page, app_of
from screens.plain import line, say
from screens.targets.story import target_story
from screens.widgets.spans import Span, SpanLine, Text
from screens.widgets.story import Story
from senreg.clock import today
from senreg.register import Row
from senreg.rules.naming import pupil_name
from senreg.rules.target_rows import target_row


class TargetPage(Page):
    """Everything about one target, each part changed where it stands.

    Args:
        target_id: The target.
        record_id: A review or an action of it to go to.
    """

    PLACE = "target"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#story"

    def __init__(self, target_id: str, record_id: str = "") -> None:
        super().__init__()
        self.target_id = target_id
        self._wanted = record_id
        self.title_line = Text(id="who")
        self.story = Story(id="story")

    def body(self) -> ComposeResult:
        """Whose target it is, then the story."""
        yield self.title_line
        yield self.story

    @property
    def target(self) -> Row | None:
        """The target's record; None once it was erased."""
        return self.register.get(self.target_id)

    def refill(self) -> None:
        """Read the target again."""
        target = self.target
        if target is None:
            self.title_line.show(Span("  This target is not in the register any more", "warn"))
            self.story.fill([])
            return
        row = target_row(self.register, target, today())
        pupil = self.register.get(row.pupil)
        name = line(pupil_name(pupil)) if pupil is not None else "(pupil not found)"
        words = [
            Span("  Target of ", "muted"),
            Span(name, "title", "pupil"),
            Span(f"   {line(row.class_name)}", "muted"),
            Span(f"   {row.look.symbol} {row.state_words}", row.look.colour),
        ]
        if target.archived:
            words.append(Span("   archived", "warn"))
        self.title_line.show(*words)
        self.story.fill(target_story(self.register, target))
        if self._wanted and self.story.go_to(self._wanted):
            self._wanted = ""

    @on(SpanLine.Pressed, "#who")
    def _pupil_pressed(self) -> None:
        self.command_go_to_pupil()

    @property
    def current_row(self) -> Row | None:
        """The record under the cursor."""
        entry = self.story.current
        return self.register.get(entry.id) if entry is not None and entry.id else None

    @on(Story.Opened)
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Change what is highlighted; where there is nothing yet, add the first."""
        entry = self.story.current
        if self.current_row is not None:
            self.command_edit()
        elif entry is not None and entry.detail == "target_reviews":
            self.command_review()
        elif entry is not None and entry.detail == "placements":
            self.command_assign()
        else:
            self.command_new()

    def command_edit(self) -> None:
        """Change the highlighted part."""
        from screens.forms.record_form import RecordForm
        from screens.targets.writing import edit_target

        row = self.current_row
        if row is None:
            return
        if row.table == "targets":
            edit_target(app_of(self), row)
        else:
            self.app.push_screen(
                RecordForm(self.register, row.table, row, hidden=("target", "about"))
            )

    def command_assign(self) -> None:
        """Place the child in a group that works on the target."""
        from screens.assigning import assign

        target = self.target
        if target is not None and target["pupil"]:
            pupil = target["pupil"]
            assign(app_of(self), [pupil], serves={pupil: [target.id]})

    def command_review(self) -> None:
        """Review the target."""
        from screens.targets.reviewing import review

        if self.target is not None:
            review(app_of(self), self.target, self._added)

    def command_new(self) -> None:
        """Add an action that follows from the target."""
        from screens.forms.record_form import RecordForm

        self.app.push_screen(
            RecordForm(self.register, "actions", preset={"about": self.target_id}), self._added
        )

    def _added(self, record_id: str | None) -> None:
        if record_id is not None:
            added = self.register.get(record_id)
            if added is not None and added.table == "targets":
                self.target_id = record_id
            self._wanted = record_id
            self.refill()

    def command_done(self) -> None:
        """Tick off the highlighted action."""
        from screens.targets.doing import tick_off

        row = self.current_row
        if row is not None and row.table == "actions":
            tick_off(app_of(self), row)
        else:
            say(app_of(self), "Only actions are ticked off: highlight one first.")

    def command_archive(self) -> None:
        """Put the highlighted part away, or bring it back."""
        from screens.pupil.changing import archive

        if self.current_row is not None:
            archive(app_of(self), self.current_row)

    def command_go_to_pupil(self) -> None:
        """Open the pupil's page at this target."""
        from screens.opening import open_pupil

        target = self.target
        if target is not None and target["pupil"]:
            open_pupil(app_of(self), target["pupil"], target)

    def command_keep_example(self) -> None:
        """Put the wording into the bank, where … may take the place of what is this child's."""
        from screens.forms.record_form import RecordForm
        from senreg.rules.target_steps import to_example

        if self.target is not None:
            self.app.push_screen(
                RecordForm(
                    self.register,
                    "target_examples",
                    preset=to_example(self.target),
                    title="Keep as an example: write three dots for what is this child’s",
                    focus="statement",
                ),
                lambda kept: say(self.app, "It is in the bank now.") if kept else None,
            )
