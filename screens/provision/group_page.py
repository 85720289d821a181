"""The page of one group: when it meets, what clashes, who is in it and how they did."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.page import Page, app_of
from screens.plain import line, plain, say
from screens.provision.columns import member_columns
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.register import Row
from senreg.rules.group_rows import GroupRow, group_rows
from senreg.rules.placing import Member, members

EMPTY = "Nobody is in this group yet. Press a to place pupils in it."


class GroupPage(Page):
    """One group and its members.

    Args:
        group_id: The group.
        record_id: A place in it to go to.
    """

    PLACE = "group"
    CSS_PATH = "group_page.tcss"
    AUTO_FOCUS = "#members"

    def __init__(self, group_id: str, record_id: str = "") -> None:
        super().__init__()
        self.group_id = group_id
        self._wanted = record_id
        self.archived = False
        self.title_line = Text(id="who")
        self.facts = Static(id="facts", markup=False)
        self.members: RecordList[Member] = RecordList(
            member_columns(), sort="name", empty=EMPTY, id="members"
        )

    def body(self) -> ComposeResult:
        """What the group is, then its members."""
        yield self.title_line
        yield self.facts
        yield self.members

    @property
    def group(self) -> Row | None:
        """The group's record; None once it was erased."""
        return self.register.get(self.group_id)

    def refill(self) -> None:
        """Read the group and its members again."""
        group = self.group
        if group is None:
            self.title_line.show(Span("  This group is not in the register any more", "warn"))
            self.members.fill([])
            return
        row = next((row for row in group_rows(self.register, today()) if row.id == group.id), None)
        self._tell(group, row)
        found = members(self.register, group.id, today())
        self.members.fill(found if self.archived else [each for each in found if not each.over])
        left = sum(each.over for each in found)
        if not self.archived and left and len(found) == left:
            gone = f"Nobody is in it now; {left} were. Press o to see them"
            more = ", a to place pupils." if self.register.pack is None else "."
            self.members.narrow(None, gone + more)
        else:
            self.members.narrow(None, EMPTY)
        if self._wanted and self.members.go_to(self._wanted):
            self._wanted = ""

    def _tell(self, group: Row, row: GroupRow | None) -> None:
        from senreg.rules.naming import group_name

        words = [Span(f"  {line(group_name(group, self.register.get))}", "title")]
        if group.archived or row is None:
            words.append(Span("   archived", "warn"))
            self.title_line.show(*words)
            self.facts.update("")
            return
        words += [
            Span(f"   {row.tier_words}", "muted"),
            Span(f"   {row.look.symbol} {row.look.word}", row.look.colour),
        ]
        self.title_line.show(*words)
        self.facts.update(_facts(row))

    # Keys

    @property
    def current_row(self) -> Row | None:
        """The highlighted place."""
        return self.register.get(self.members.current_id or "")

    def command_open(self) -> None:
        """Open the highlighted child's page."""
        self.members.action_open()

    @on(RecordList.Opened)
    def _opened(self) -> None:
        from screens.opening import open_pupil

        row = self.current_row
        if row is not None:
            open_pupil(app_of(self), row["pupil"], row)

    def command_mark(self) -> None:
        """Mark the highlighted place."""
        self.members.action_mark()

    def command_assign(self) -> None:
        """Place pupils in this group."""
        from screens.provision.choosing import choose_pupils

        choose_pupils(app_of(self), self.group_id)

    def command_new(self) -> None:
        """Place pupils in this group."""
        self.command_assign()

    def command_edit(self) -> None:
        """Change the group: staff, dates, place and times."""
        from screens.provision.group_form import GroupForm

        if self.group is not None:
            self.app.push_screen(GroupForm(self.register, self.group))

    def _places(self) -> list[Row]:
        """The marked places, or the highlighted one."""
        found = [self.register.get(each.id) for each in self.members.marked_or_current()]
        return [row for row in found if row is not None]

    def command_session(self) -> None:
        """Say who was at a session."""
        from screens.provision.session import SessionPage

        self.app.push_screen(SessionPage(self.group_id))

    def command_scores(self) -> None:
        """Give the scores of the marked children, or of everyone in it, at the start or end."""
        from screens.dialogs.choose import ChooseDialog, Option
        from screens.provision.scores import ScoresForm

        places = self._places() if self.members.marks else None
        if places is None:
            every = [self.register.get(each.id) for each in self.members.rows]
            places = [row for row in every if row is not None]
        if not places:
            say(app_of(self), EMPTY)
            return
        whom = places
        self.app.push_screen(
            ChooseDialog(
                "Which scores?", [Option("entry", "At the start"), Option("exit", "At the end")]
            ),
            lambda end: (
                self.app.push_screen(ScoresForm(self.register, whom, end))  # type: ignore[arg-type]
                if end
                else None
            ),
        )

    def command_end_place(self) -> None:
        """End the marked places, or the highlighted one."""
        from screens.provision.ending import end_places_of

        end_places_of(app_of(self), self._places())

    def command_write_target(self) -> None:
        """Write a target for the marked children, or for the highlighted one."""
        from screens.targets.writing import write_target

        pupils = [row["pupil"] for row in self._places()]
        if pupils:
            write_target(app_of(self), pupils)

    def command_archived(self) -> None:
        """Show those who have left the group too, or hide them again."""
        self.archived = not self.archived
        self.refill()

    def command_archive(self) -> None:
        """Put the marked places away, or the highlighted one: for those made by mistake."""
        places = self._places()
        if not places:
            return
        with self.register.commit("Archive places") as commit:
            for place in places:
                commit.archive(place)
        say(app_of(self), "Put away, as if it had not been. u brings it back; x ends a place.")


def _facts(row: GroupRow) -> Content:
    hours = "" if row.minutes is None else f"{row.minutes:g} minutes a week"
    facts = (
        ("Led by", ", ".join(row.staff) or "nobody named"),
        ("Meets", " · ".join(each for each in (row.when, hours) if each) or "no times given"),
        ("Children", row.members_words),
        ("Runs", row.period or "no dates given"),
    )
    parts = [Content.assemble((f"  {title:<10}", "$muted"), plain(words)) for title, words in facts]
    parts += [
        Content.assemble(("  ! ", "$error bold"), plain(words, "$error")) for words in row.clashes
    ]
    return Content("\n").join(parts)
