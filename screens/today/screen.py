"""Today: the first page in the morning. What is due, what is missing, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.timer import Timer

from screens.faults import beside
from screens.page import Page, app_of
from screens.plain import say
from screens.share.waited import Waited
from screens.today.lines import Line, aside_columns, columns, dated, files, leaders, missing, whole
from screens.today.news import Found, Learned, Since, learn, news_lines, odd_lines
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import Section, SectionList
from screens.widgets.spans import Span, SpanLine, Text
from senreg.clock import today
from senreg.register import Row
from senreg.rules.dates import shown_day

if TYPE_CHECKING:
    from senreg.rules.today import Today
    from senreg.sync.standing import Waiting

FIRST_REST = 0.05
"""Seconds that a first key has before the page is filled: who goes on at once does not wait."""

REST = 0.5
"""Seconds after which what takes longer is looked for."""

WIDE = 130
"""Cells from which the page stands in two columns."""


class TodayPage(Page):
    """What wants attention, each line opening the thing it is about."""

    PLACE = "today"
    MODE = "today"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#due"

    _today: Today
    """What was worked out, once the page is filled."""

    def __init__(self) -> None:
        super().__init__()
        self._day = today()
        self._learned: Learned | None = None
        self._waiting: Waiting | None = None
        self._opened: set[str] = set()
        self._filled = False
        self._resting: Timer | None = None
        self.summary = Text(id="summary")
        self.due: SectionList[Line] = SectionList(columns(), whole=whole, id="due")
        self.aside: SectionList[Line] = SectionList(aside_columns(), whole=whole, id="aside")

    def body(self) -> ComposeResult:
        """The summary, and beneath it the lines in one column or in two."""
        yield self.summary
        with Horizontal(id="sheets"):
            yield self.due
            yield self.aside

    # What is shown

    def refill(self) -> None:
        """Work out what is due and missing; the first time, once a key could have been pressed."""
        if self._filled:
            self._work_out()
        else:
            self.set_timer(FIRST_REST, partial(self.guarded, self._work_out))

    def on_screen_resume(self) -> None:
        """Show what another page changed outside the register, such as a backup that was made."""
        self._show()

    def _work_out(self) -> None:
        if not self.is_current:
            self._seen = None
            return
        from senreg.rules.today import today_lines

        self._day = today()
        self._today = today_lines(self.register, self._day)
        self._filled = True
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._look_now)
        self._show()

    def follow(self) -> None:
        """Refill the page when the register has changed, and when a new day has begun."""
        if self._day != today():
            self.refill()
        super().follow()

    def _look_now(self) -> None:
        """Look for what takes longer, unless the person has gone to another page meanwhile."""
        self._resting = None
        if self.is_current:
            self._look()
        else:
            self._seen = None

    @beside("news", "What changed, and what looks odd, could not be found out")
    def _look(self) -> None:
        register = self.register
        version = register.version
        self.post_message(Found(version, learn(register, self.since, self._day)))
        from senreg.sync.copies import remembered

        if remembered(register.copy_id).folder:
            from senreg.sync.standing import what_waits

            self.post_message(Waited(what_waits(register, edits=False)))

    @on(Found)
    def _found(self, event: Found) -> None:
        if event.version == self.register.version:
            self._learned = event.learned
            self._show()

    def left_undone(self, words: str) -> None:
        """Say among the news that there will be none."""
        self._learned = Learned(failed=words)
        self._show()

    def on_waited(self, event: Waited) -> None:
        """Show what waits in the sync folder."""
        self._waiting = event.waiting
        self._show()

    @property
    def since(self) -> Since:
        """From when changes are news."""
        app, register = app_of(self), self.register
        return Since(
            app.settings.last_seen.get(register.register_id, 0),
            app.opened_at,
            register.copy_id,
            register.person,
        )

    @property
    def is_empty(self) -> bool:
        """Whether there are no pupils at all."""
        return self.register.count("pupils") == 0

    def on_resize(self, event: Resize) -> None:
        """Stand in one column or in two, with as many lines of each section as there is room."""
        del event
        self._show()

    @property
    def few(self) -> int:
        """How many lines of a section are shown before it is opened."""
        return max(3, (self.size.height - 10) // 3)

    def _show(self) -> None:
        if not self.is_mounted or not self._filled:
            return
        wide = self.size.width >= WIDE and not self.is_empty
        self.set_class(wide, "-two")
        if self.is_empty:
            self.due.fill(_first_steps())
            self.aside.fill([])
            self.summary.show(Span(f"  {shown_day(self._day)}", "strong"))
            return
        many = max(3, (self.size.height - 9) // 2) if wide else self.few
        due = list(dated(self._today, self._day, many, self._opened))
        first, rest = list(self._alerts()), list(self._rest())
        self.due.fill(due if wide else [*first, *due, *rest])
        self.aside.fill([*first, *rest] if wide else [])
        self._summarise()

    def _alerts(self) -> Iterator[Line | Section]:
        """Damage that was found, and conflicts that wait: what is settled before the rest."""
        from screens.today.backup import backup_lines
        from screens.today.conflicts import conflict_lines
        from screens.today.copies import doubt_lines, sync_lines

        damage = self.register.damage
        told = [each for each in self.register.warnings if each not in damage]
        if told:
            yield Section("told", self._told_title, tone="warn")
            for place, words in enumerate(told):
                yield Line(f"told {place}", ("! Know", "warn"), words=words, command="told")
        if damage:
            yield Section("damage", "This register is damaged", tone="bad")
            for place, words in enumerate(damage):
                yield Line(f"damage {place}", ("! Damage", "bad"), words=words, command="damage")
            yield Line(
                "mend", words="Put it together from a backup", command="backups", table="step"
            )
        yield from doubt_lines(self.register)
        yield from conflict_lines(self.register, self.few, self._opened)
        yield from sync_lines(self.register, self._waiting)
        yield from backup_lines(self.register, stale=True)

    @property
    def _told_title(self) -> str:
        """What stands over a warning that is not of damage."""
        only_read = self.register.read_only
        return "This register can only be read" if only_read else "To know of this register"

    def _rest(self) -> Iterator[Line | Section]:
        from screens.today.backup import backup_lines

        yield from missing(self._today, self.few, self._opened)
        yield from leaders(self._today, self._day, self.few, self._opened)
        yield from files(self._today, self.few, self._opened)
        last_seen = self.since.last_seen
        yield from news_lines(self._learned, last_seen, self._day, self.few, self._opened)
        yield from odd_lines(self._learned, self.few, self._opened)
        yield from backup_lines(self.register, stale=False)

    def _summarise(self) -> None:
        found = self._today
        gaps = len(found.no_target) + len(found.no_need)
        conflicts = len(self.register.conflicts())
        words = [Span(f"  {shown_day(self._day)}   ", "strong")]
        for section, count, text, tone in (
            ("conflicts", conflicts, "to settle", "bad"),
            ("overdue", len(found.overdue), "overdue", "bad"),
            ("due", len(found.due), "due in a fortnight", ""),
            ("no_target", gaps, "missing", "warn"),
            ("files", len(found.files), "files", ""),
        ):
            if count:
                press = "no_need" if section == "no_target" and not found.no_target else section
                words += [Span(f" {count} {text} ", tone, press), Span(" ")]
        if self._learned is not None and self._learned.changed:
            words.append(Span(f" {len(self._learned.changed)} changed ", "", "news"))
        self.summary.show(*words)

    @on(SpanLine.Pressed, "#summary")
    def _to_section(self, event: SpanLine.Pressed) -> None:
        for records in (self.due, self.aside):
            if records.go_to_section(event.press):
                records.focus()

    # Keys

    @property
    def line(self) -> Line | None:
        """The line under the cursor, in the column that has the focus."""
        return (self.aside if self.focused is self.aside else self.due).record

    @property
    def row(self) -> Row | None:
        """The record of the line under the cursor."""
        line = self.line
        return self.register.get(line.record) if line is not None and line.record else None

    @on(RecordList.Opened)
    async def _line_opened(self) -> None:
        await self.command_open()

    async def command_open(self) -> None:
        """Open what the line is about."""
        line, row = self.line, self.row
        if line is None:
            return
        if row is not None and line.table == "statutory":
            from screens.opening import open_statutory

            open_statutory(app_of(self), row)
        elif row is not None:
            app_of(self).open_record(row)
        elif line.command in ("told", "damage"):
            from screens.dialogs.message import MessageDialog

            title = self._told_title if line.command == "told" else "This register is damaged"
            self.app.push_screen(MessageDialog(title, line.words))
        elif line.command == "doubt":
            from screens.today.copies import ask_about_doubt

            ask_about_doubt(app_of(self), line.id, self._show)
        elif line.table == "step":
            await app_of(self).action_command(line.command)
        elif line.command:
            self._opened ^= {line.command}
            self._show()

    def command_aside(self) -> None:
        """Go to the other column, where there are two."""
        if self.aside.display:
            (self.due if self.focused is self.aside else self.aside).focus()

    def command_done(self) -> None:
        """Tick off the highlighted action."""
        from screens.targets.doing import tick_off

        if self.row is not None and self.row.table == "actions":
            tick_off(app_of(self), self.row)
        else:
            say(app_of(self), "Only actions are ticked off. r reviews a target or a meeting.")

    def command_review(self) -> None:
        """Review the target, or say how the meeting or the conversation went."""
        from screens.targets.reviewing import review

        row, line = self.row, self.line
        if row is not None and line is not None and line.table == "statutory":
            from screens.opening import open_statutory

            open_statutory(app_of(self), row)
        elif row is not None and row.table == "conversations":
            pupil = self.register.get(row["pupil"] or "")
            if line is not None and line.table == "summary":
                from screens.conversations.giving import give_summary

                give_summary(app_of(self), row)
            elif pupil is not None:
                from screens.conversations.record import open_conversation

                open_conversation(app_of(self), pupil, row)
        elif row is not None and row.table in ("targets", "reviews"):
            review(app_of(self), row)
        else:
            say(app_of(self), "Only targets and meetings are reviewed. x ticks off an action.")

    async def command_conflicts(self) -> None:
        """Go to where conflicts are settled."""
        app = app_of(self)
        await app.go_to_mode("share")
        await app.action_command("conflicts")

    async def command_to_review(self) -> None:
        """Go to what no merge can put right by itself."""
        app = app_of(self)
        await app.go_to_mode("share")
        await app.action_command("to_review")

    def command_sync(self) -> None:
        """Meet the other copies in the sync folder."""
        from screens.share.syncing import sync

        sync(app_of(self))

    def command_backups(self) -> None:
        """The backups of this register."""
        from screens.settings.backups import BackupsPage

        self.app.push_screen(BackupsPage())

    def command_import(self) -> None:
        """Bring in pupils from a spreadsheet."""
        from screens.importing.start import start_import

        start_import(app_of(self))

    def command_new(self) -> None:
        """Add a pupil, or a member of staff, to an empty register."""
        from screens.forms.record_form import RecordForm

        self.app.push_screen(RecordForm(self.register, "pupils"))


def _first_steps() -> Iterator[Line | Section]:
    """What to do in a register without pupils."""
    yield Section("first", "This register has no pupils yet. Begin here:")
    for command, key, words in (
        ("import", "i", "Bring in the pupils, from a spreadsheet or the school's own system"),
        ("new", "n", "Or add a pupil by hand"),
    ):
        yield Line(f"first {command}", (key, "heading"), words=words, command=command, table="step")
    yield Section("then", "Once they are here, this page shows each morning:")
    for place, words in enumerate(
        (
            "reviews, targets and actions that are overdue or due in the next fortnight",
            "children on the register with no target, or with no primary need",
            "what changed since you were last here",
        )
    ):
        yield Line(f"then {place}", words=words, tone="muted")
