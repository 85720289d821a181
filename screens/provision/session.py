"""A session of a group: who was there, in one line of keys."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.page import Page, app_of
from screens.plain import line, say
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.rules.dates import shown_day
from senreg.rules.naming import group_name
from senreg.rules.sessions import MARK_LOOK, NO_MARK, Seat, keep, next_day, sessions_of, sitting_of

EMPTY = "Nobody was in this group on that day. Press g for another day, Esc to go back."


NOT_YET = "{} is still to come: nobody was there yet. g goes to another day."


class SessionPage(Page):
    """The children of a group on a day: p, a or l marks one and goes on; Enter keeps all.

    Args:
        group_id: The group.
        day: The ISO day; that which is to be marked next where none is given.
    """

    PLACE = "session"
    MODE = "provision"
    AUTO_FOCUS = "#seats"
    DEFAULT_CSS = """
    SessionPage {
        #what { height: 1; background: $panel; }
        #how { height: 1; background: $surface; }
        #seats { height: 1fr; }
    }
    """

    def __init__(self, group_id: str, day: str = "") -> None:
        super().__init__()
        self.group_id = group_id
        self._day = day
        self._marks: dict[str, str] = {}
        self._minutes: int | None = None
        self._note = ""
        self._touched = False
        self.what = Text(id="what")
        self.how = Text(id="how")
        self.seats: RecordList[Seat] = RecordList(
            [
                Column("name", "Name", lambda seat: seat.name, width=24, most=40),
                Column("class", "Class", lambda seat: (seat.class_name, "muted"), width=6, most=10),
                Column("mark", "Mark", self._mark, width=14, most=20),
            ],
            sort="",
            sorter=lambda rows, _column, _backwards: rows,
            markable=False,
            empty=EMPTY,
            id="seats",
        )

    def body(self) -> ComposeResult:
        """Which session it is, and the children."""
        yield self.what
        yield self.how
        yield self.seats

    def on_mount(self) -> None:
        """Begin with the session that is to be marked next, everyone present."""
        self._look_at(self._day or next_day(self.register, self.group_id, today()))

    @property
    def answers_given(self) -> bool:
        """Whether a mark was given that is not kept."""
        return self._touched

    def _look_at(self, day: str) -> None:
        self._day = day
        self.sitting = sitting_of(self.register, self.group_id, day)
        usual = "" if self.sitting.session else "present"
        self._marks = {seat.id: seat.mark or usual for seat in self.sitting.seats}
        self._minutes, self._note = self.sitting.minutes, self.sitting.note
        self._touched = False
        self._show()

    def _show(self) -> None:
        group = self.register.get(self.group_id)
        name = group_name(group, self.register.get) if group is not None else "Group"
        to_come = "every session is marked; this is the next"
        state = to_come if self._is_to_come else "to be marked"
        state = "marked already" if self.sitting.session else state
        self.what.show(
            Span(f"  {line(name)}  ", "title"), Span(f" {shown_day(self._day)} ", "strong"),
            Span(f" {state} ", "muted"),
        )  # fmt: skip
        there = sum(mark in ("present", "late") for mark in self._marks.values())
        minutes = "length not known" if self._minutes is None else f"{self._minutes} minutes"
        words = f"  {there} of {len(self._marks)} there, {minutes}"
        self.how.show(Span(words), Span(f"   {line(self._note)}", "muted"))
        self.seats.fill(self.sitting.seats)

    @property
    def _is_to_come(self) -> bool:
        return self._day > today().isoformat()

    def _mark(self, seat: Seat) -> Cell:
        look = MARK_LOOK.get(self._marks.get(seat.id, ""), NO_MARK)
        return f"{look.symbol} {look.word}", look.colour

    def _give(self, mark: str) -> None:
        seat = self.seats.current
        if seat is None:
            return
        self._marks[seat.id] = mark
        self._touched = True
        self._show()
        self.seats.action_move(1)

    def command_mark_present(self) -> None:
        """The highlighted child was there."""
        self._give("present")

    def command_mark_absent(self) -> None:
        """The highlighted child was not there."""
        self._give("absent")

    def command_mark_late(self) -> None:
        """The highlighted child came late."""
        self._give("late")

    @on(RecordList.Opened, "#seats")
    def _opened(self) -> None:
        self.command_keep_session()

    def command_open(self) -> None:
        """Keep the session."""
        self.command_keep_session()

    def command_keep_session(self) -> None:
        """Keep the session and every mark, in one step."""
        if not self.sitting.seats:
            say(self.app, EMPTY)
            return
        if self._is_to_come and not self.sitting.session:
            say(self.app, NOT_YET.format(shown_day(self._day)))
            return
        with self.register.commit("Mark a session") as commit:
            keep(commit, self.sitting, self._marks, self._minutes, self._note)
        self._touched = False
        many = sum(bool(each) for each in self._marks.values())
        say(self.app, f"Kept for {shown_day(self._day)}: {many} marked. u takes it back.")
        app_of(self).pop_screen()

    def command_back(self) -> None:
        """Leave; marks that are not kept are asked about."""
        from screens.dialogs.leave import LeaveDialog

        if self._touched:
            self.app.push_screen(LeaveDialog(may_keep=False), self._leave)
        else:
            app_of(self).pop_screen()

    def _leave(self, answer: str | None) -> None:
        if answer == "save":
            self.command_keep_session()
        elif answer == "drop":
            app_of(self).pop_screen()

    def command_session_day(self) -> None:
        """Look at the session of another day."""
        from screens.dialogs.choose import ChooseDialog, Option
        from senreg.models.days import parse_day

        def chosen(day: str | None) -> None:
            if day is None:
                return
            try:
                found = parse_day(day, today=today(), terms=self.register.all("terms"))
            except ValueError as wrong:
                say(self.app, str(wrong))
                return
            if found > today():
                say(self.app, NOT_YET.format(shown_day(found)))
                return
            self._look_at(found.isoformat())

        sooner = next_day(self.register, self.group_id, today())
        kept = [row["date"] for row in sessions_of(self.register, self.group_id)]
        options = [Option(each, shown_day(each), "marked already") for each in kept]
        if sooner not in kept:
            state = "to come" if sooner > today().isoformat() else "to be marked"
            options.insert(0, Option(sooner, shown_day(sooner), state))
        self.app.push_screen(
            ChooseDialog("Which day?", options, said="Or type one: mon, 3/11.", typed=True), chosen
        )

    def command_session_about(self) -> None:
        """Say how long it was, and note something."""
        from screens.provision.session_about import SessionAbout

        self.app.push_screen(
            SessionAbout(self.register, self._minutes, self._note), self._said_about
        )

    def _said_about(self, said: tuple[int | None, str] | None) -> None:
        if said is not None:
            self._minutes, self._note = said
            self._touched = True
            self._show()
