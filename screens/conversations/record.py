"""The record of a conversation, made during the visit: one stage on the screen at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.widgets import Static

from screens.conversations.stages import OWN, STAGES, Stage, group_of, sections
from screens.conversations.story import last_time
from screens.forms.entries import text_of
from screens.forms.field_row import FieldRow
from screens.forms.form import SHORT, WIDE
from screens.forms.record_form import RecordForm
from screens.plain import line, plain, say
from screens.widgets.spans import Span, SpanLine, width_of
from screens.widgets.story import Story
from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.contact_cautions import cautions
from senreg.rules.conversation_agreed import KINDS, open_of_kind
from senreg.rules.conversation_record import (
    ACTIONS,
    BARRIERS,
    CAME,
    DAY,
    FOLLOWS,
    PLACES,
    action_field,
    barrier_field,
    barrier_kind,
    begun,
    blanks_left,
    carried_over,
    kinds_lacking,
    of_example,
    planned_beside,
    target_field,
    write_record,
)
from senreg.rules.dates import short_day
from senreg.rules.naming import list_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screens.app import SenregApp


def open_conversation(
    app: SenregApp,
    pupil: Row,
    conversation: Row | None,
    then: Callable[[str | None], None] | None = None,
) -> None:
    """Open the record of a conversation, planned, held or new."""
    assert app.register is not None
    app.push_screen(ConversationForm(app.register, pupil, conversation), then)


FILLS = (
    "F4 names who came, under Who; begins a target from the bank, under Plan; and takes the day "
    "that is planned for the next conversation, under Review."
)

KIND_WORDS = {KINDS[0]: "curricular", KINDS[1]: "wider-outcome"}
"""What a conversation should end in, as it is told where it is missing."""


class StageLine(SpanLine):
    """The stages along the top; a click goes to one. Those in which something stands are ticked."""

    GROUND = "band"

    def __init__(self) -> None:
        super().__init__(classes="above")
        self.stage = STAGES[0]
        self.written: set[str] = set()

    def show(self, stage: Stage, written: set[str]) -> None:
        """Show which stage is the present one, and which have been written in."""
        if (stage, written) != (self.stage, self.written):
            self.stage, self.written = stage, written
            self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """Every stage with its number; beneath them what is done in the present one."""
        if y:
            return [Span(f"  {self.stage.said}", "muted")]
        spans = [Span(" ")]
        for number, stage in enumerate(STAGES, 1):
            sign = "√" if stage.id in self.written else str(number)
            tone = "here" if stage is self.stage else ""
            spans.append(Span(f" {sign} {stage.title} ", tone, stage.id))
        tail = [Span("F5", "heading", "previous"), Span(" ← ", "", "previous")]
        tail += [Span(" F6", "heading", "next"), Span(" → ", "", "next")]
        spare = width - width_of(spans) - width_of(tail)
        return [*spans, Span(" " * spare), *tail] if spare > 0 else spans


class ConversationForm(RecordForm):
    """Who came, explore, focus, plan and review; what was agreed last time stands beside it.

    Everything is saved in one step; what is typed is kept as a draft at every key.

    Args:
        register: The open register.
        pupil: The child.
        conversation: The conversation that was planned, or held; None for a new one.
    """

    CSS_PATH = [
        Path(__file__).parents[1] / "forms" / "form.tcss",
        Path(__file__).parent / "record.tcss",
    ]
    DRAFT_AFTER = 0.0
    WHOLE = True
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-low"), (30, "-usual")]
    HELP = (
        "One stage at a time: F6 goes to the next, F5 to the one before, and a click on a stage "
        "goes there. F7 shows what was agreed last time, where it does not stand beside. "
        f"{FILLS} Every key is kept as a draft; Ctrl+S saves all stages in one step, and one u "
        "takes it back."
    )
    MORE_ANSWERS = (
        ("F6", "Next", "stage(1)"),
        ("F7", "Last time", "last"),
        ("F4", "Fill", "fill"),
    )
    BINDINGS = [
        Binding("f6", "stage(1)", show=False, priority=True),
        Binding("f5", "stage(-1)", show=False, priority=True),
        Binding("f7", "last", show=False, priority=True),
        Binding("f4", "fill", show=False, priority=True),
    ]

    def __init__(self, register: Register, pupil: Row, conversation: Row | None) -> None:
        self._pupil = pupil
        self.stage = STAGES[0]
        self._line = StageLine()
        self._story = Story(cursor=False, classes="beside")
        beside = planned_beside(register, pupil, conversation.id if conversation else "", today())
        self._planned = str(beside["planned_for"]) if beside is not None else ""
        self._gone_on: dict[str, str] = {}
        seated = register.get(register.person)
        me = seated.id if seated is not None and seated.table == "staff" else ""
        picks = {
            target_field(kind, FOLLOWS): {
                row["id"]
                for row in open_of_kind(register, pupil.id, kind)
                if _other(row, conversation)
            }
            for kind in KINDS
        }
        self._nothing_to_carry = {name for name, ids in picks.items() if not ids}
        super().__init__(
            register,
            "conversations",
            conversation,
            preset={"pupil": pupil.id},
            title=f"Structured conversation: {line(list_name(pupil))}",
            only={name: _among(ids) for name, ids in picks.items()},
            sections=sections(self._planned),
            begun=begun(register, pupil, conversation, me, today()),
        )

    # The stages

    def above(self) -> ComposeResult:
        """The stages; under Who also which contact is restricted or needs an interpreter."""
        yield self._line
        if told := cautions(self.register, self._pupil.id):
            words = "\n".join(f"! {each}" for each in told)
            yield Static(plain(words), classes=f"cautions {group_of(STAGES[0].id)}")

    def beside(self) -> ComposeResult:
        """What was agreed last time."""
        yield self._story

    def on_mount(self) -> None:
        """Begin at who came; one that was held is read from what was heard."""
        self.query_one("#form").add_class("-advised")
        row = self._row
        before = str(row["held_on"] or "9999") if row is not None else "9999"
        now = row.id if row is not None else ""
        self._story.fill(last_time(self.register, self._pupil.id, before, now))
        self.go_to(STAGES[0])

    def go_to(self, stage: Stage, field: str = "") -> None:
        """Show a stage, at its first field or at one of its fields."""
        self.stage = stage
        form = self.query_one("#form")
        form.remove_class("-last", *(f"-show-{each.id}" for each in STAGES))
        form.add_class(f"-show-{stage.id}")
        self._show_actions()
        self._line.show(stage, self._written)
        first = field or next(
            name
            for name, row in self.rows.items()
            if self._in(row, stage) and name not in self._nothing_to_carry
        )
        self._write_now(first)
        if not field:
            self.call_after_refresh(self.call_after_refresh, self._from_top)

    def _write_now(self, name: str) -> None:
        """Go to a field of a stage that is not drawn yet: what is typed meanwhile is for it."""
        row = self.rows[name]
        if row.is_attached:
            self.app.stylesheet.update(row)
            self.set_focus(row.entry)
        if self.focused is not row.entry:
            self.call_after_refresh(self.write_at, name)

    def _from_top(self) -> None:
        """Let the first heading of a stage be seen."""
        self.query_one("#fields").scroll_home(animate=False)

    @staticmethod
    def _in(row: FieldRow, stage: Stage) -> bool:
        return row.has_class(group_of(stage.id))

    def action_stage(self, by: int) -> None:
        """Go to the next stage, or to the one before."""
        place = STAGES.index(self.stage) + by
        if 0 <= place < len(STAGES):
            self.go_to(STAGES[place])
        elif by > 0:
            say(self.app, "This is the last stage. Ctrl+S saves the conversation.")

    @on(SpanLine.Pressed, "StageLine")
    def _stage_pressed(self, event: SpanLine.Pressed) -> None:
        if event.press in ("previous", "next"):
            self.action_stage(-1 if event.press == "previous" else 1)
        else:
            self.go_to(next(stage for stage in STAGES if stage.id == event.press))

    def reveal(self, row: FieldRow) -> None:
        """Show the stage of a field."""
        stage = next(stage for stage in STAGES if self._in(row, stage))
        if stage is not self.stage:
            self.go_to(stage, row.field.name)

    def action_last(self) -> None:
        """Show what was agreed last time in the place of the fields, or the fields again."""
        if self.size.width < WIDE:
            self.query_one("#form").toggle_class("-last")
        else:
            say(self.app, "What was agreed last time stands at the right.")

    def action_scroll(self, by: int) -> None:
        """Scroll by a page, in what is read or in what is written."""
        if self.query_one("#form").has_class("-last"):
            self._story.action_page(by)
        else:
            super().action_scroll(by)

    def on_resize(self, event: Resize) -> None:
        """Beside the fields there is room; what was shown in their place goes back."""
        if event.size.width >= WIDE:
            self.query_one("#form").remove_class("-last")

    @property
    def _written(self) -> set[str]:
        """The stages in which something stands that was not there at first, or was stored."""
        quiet = ("held_on", "at", "led_by", CAME, *(target_field(kind, "due") for kind in KINDS))
        return {
            stage.id
            for stage in STAGES
            for name, row in self.rows.items()
            if self._in(row, stage) and name not in quiet and row.text not in ("", "No")
        }

    def changed(self) -> None:
        """Take over what a carried-over target says; offer another action once one is written."""
        self._line.show(self.stage, self._written)
        for kind in KINDS:
            chosen = self.rows[target_field(kind, FOLLOWS)].text
            if chosen != self._gone_on.get(kind, ""):
                self._gone_on[kind] = chosen
                target = self.register.get(chosen) if chosen else None
                if target is not None:
                    self._put(kind, carried_over(target))
        self._show_actions()

    def _show_actions(self) -> None:
        """Only so many lines for actions and barriers as are written, and one more."""
        for place in PLACES:
            for number in range(2, ACTIONS + 1):
                there = bool(self.rows[action_field(place, number - 1, "what")].text)
                for part in ("what", "who", "due"):
                    self._let(action_field(place, number, part), there)
        for number in range(2, BARRIERS + 1):
            self._let(barrier_field(number), bool(self.rows[barrier_field(number - 1)].text))
        for number in range(1, BARRIERS + 1):
            self._let(barrier_kind(number), bool(self.rows[barrier_field(number)].text))

    def _let(self, name: str, there: bool) -> None:
        row = self.rows[name]
        row.set_class(not there and not row.text, "-away")

    def _put(self, kind: str, values: Mapping[str, object]) -> None:
        for part, value in values.items():
            if value:
                self.rows[target_field(kind, part)].put(str(value))

    # Filling in

    def action_fill(self) -> None:
        """Name who came from the child's contacts, or begin a target from the bank."""
        if self.stage.id == "who":
            self._name_contacts()
        elif self.stage.id == "plan":
            self._from_bank()
        elif self.stage.id == "review" and self._planned:
            row = self.rows["next_on"]
            row.put(text_of(row.field, self._planned))
            row.entry.focus()
        else:
            say(self.app, FILLS)

    def _name_contacts(self) -> None:
        from screens.conversations.choosing import choose_contacts

        def named(words: str) -> None:
            row = self.rows["attendees"]
            row.put("\n".join(each for each in (row.text.strip(), words) if each))
            self.rows[CAME].put("Yes")

        choose_contacts(self, self.register, self._pupil, named)

    def _from_bank(self) -> None:
        from screens.conversations.choosing import choose_example

        here = next((name for name, row in self.rows.items() if row.entry.has_focus), "")
        kind = KINDS[1] if here.startswith(KINDS[1]) else KINDS[0]

        def chosen(example: Row) -> None:
            self._put(kind, of_example(example))
            self.rows[target_field(kind, "statement")].entry.focus()

        choose_example(self, self.register, kind, chosen)

    # Saving

    def save(self, values: dict[str, object]) -> None:
        """Write it all in one step; what somebody else changed meanwhile is asked about first."""
        self._more = {name: value for name, value in values.items() if name not in OWN}
        own = {name: values[name] for name in OWN}
        self._more[DAY] = own["held_on"]
        if not self._more[CAME]:
            own["held_on"] = None
        super().save(own)

    def _add(self, values: dict[str, object]) -> None:
        self._write(values)

    def _set(self, changed: dict[str, object]) -> None:
        self._write(changed)

    def _write(self, own: dict[str, object]) -> None:
        from senreg.rules.typed import new_findings, typed_findings

        row = self.register.get(self._row.id) if self._row is not None else None
        before = typed_findings(self.register, self._table, row.id, today()) if row else []
        with self.register.commit("Write a conversation down") as commit:
            key = write_record(commit, self.register, self._pupil, row, own, self._more, today())
        after = typed_findings(self.register, self._table, key, today())
        odd = [each.message for each in new_findings(before, after)]
        self._tell(key)
        self._done(key, [*commit.warnings, *odd, *blanks_left(self._more)])

    def _tell(self, key: str) -> None:
        row = self.register.get(key)
        held = row["held_on"] if row is not None else None
        if row is not None and held:
            lacking = " or ".join(KIND_WORDS[kind] for kind in kinds_lacking(self.register, row))
            more = f" No {lacking} target was agreed." if lacking else ""
            say(self.app, f"Saved: held on {short_day(held)}.{more} u takes it all back.")
        else:
            say(
                self.app,
                "Saved. No parent or carer came, so it does not count as held.",
                severity="warning",
            )


def _among(ids: set[str]) -> Callable[[Row], bool]:
    return lambda row: row.id in ids


def _other(target: Mapping[str, object], conversation: Row | None) -> bool:
    """Whether a target was agreed elsewhere than in this conversation."""
    return conversation is None or target["conversation"] != conversation.id
