"""Who would be seen when, before it is planned: single days can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import plain
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import Section as Heading
from screens.widgets.section_list import SectionList
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.tables import field_of
from senreg.models.validate import checked
from senreg.register import Register
from senreg.rules.conversation_plan import Planned, outside_part, with_changed
from senreg.rules.conversation_year import Part
from senreg.rules.naming import staff_named
from senreg.rules.nouns import counted
from senreg.rules.order import natural


class OneDay(Form["tuple[str, str, str] | None"]):
    """Day, time and who leads of one conversation in the preview; nothing is written.

    Args:
        register: The open register.
        planned: The conversation.
        part: The part of the year it is in.
    """

    def __init__(self, register: Register, planned: Planned, part: Part) -> None:
        self._part = part
        names = ("planned_for", "at", "led_by")
        super().__init__(
            planned.name,
            [Section("", tuple(field_of("conversations", name) for name in names))],
            {
                "planned_for": planned.day,
                "at": planned.at or None,
                "led_by": planned.led_by or None,
            },
            register=register,
            said="Leave the day empty, and this one is not planned.",
            save="Take it so",
        )

    def save(self, values: dict[str, object]) -> None:
        """Give the day, time and leader back. Raises InvalidRecord for a day outside the part."""
        day = str(values["planned_for"] or "")
        if day and (words := outside_part(self._part, day)):
            raise InvalidRecord("conversations", [FieldProblem("planned_for", words)])
        given = {"at": values["at"]} if values["at"] else {}
        at = str(checked("conversations", given, partial=True).get("at") or "")
        self.finish((day, at, str(values["led_by"] or "")))


class PlanPreview(Dialog["list[Planned] | None"]):
    """Who would be seen when, before anything is written.

    Args:
        register: The open register.
        said: For whom it is planned, and what else would be written.
        planned: What would be planned.
        parts: The parts of the year.
    """

    DEFAULT_CSS = """
    PlanPreview {
        & > #box { width: 92; height: 94%; max-height: 40; }
        #planned { height: 1fr; min-height: 3; margin-top: 1; }
        &.-short #said { display: none; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]
    BINDINGS = [
        Binding("ctrl+s", "agree", show=False),
        Binding("e", "change", show=False),
        Binding("escape", "leave", show=False),
    ]
    ANSWERS = (
        ("Ctrl+S", "Plan them", "agree"),
        ("e", "Another day", "change"),
        ("Esc", "Plan nothing", "leave"),
    )

    def __init__(
        self, register: Register, said: str, planned: Sequence[Planned], parts: Sequence[Part]
    ) -> None:
        super().__init__(_title(planned))
        self._register = register
        self._said = said
        self._planned = self._first = list(planned)
        self._parts = parts
        self._list: SectionList[Planned] = SectionList(
            [
                Column("when", "", _when, width=18, most=20),
                Column("name", "", lambda each: each.name, width=20, most=30),
                Column("class", "", lambda each: (each.class_name, "muted"), width=5, rank=2),
                Column("led", "", self._led, width=14, most=26, rank=1),
            ],
            id="planned",
        )

    def content(self) -> ComposeResult:
        """What is planned, and the list."""
        yield Static(plain(f"{self._said} Enter gives one another day or leader."), id="said")
        yield self._list

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()
        self._list.focus()

    def _fill(self) -> None:
        """A heading for each part of the year, and under it who is seen, by day."""
        lines: list[Planned | Heading] = []
        for place, part in enumerate(self._parts):
            own = sorted(
                (each for each in self._planned if each.part == place),
                key=lambda each: (each.day, each.at, natural(each.class_name), each.name),
            )
            if own:
                lines += [Heading(f"part{place}", f"{part.name}: {len(own)}"), *own]
        self._list.fill(lines)
        self.query_one("#title", Static).update(plain(_title(self._planned)))

    def _led(self, each: Planned) -> Cell:
        name = staff_named(each.led_by, self._register.get)
        if each.agreed:
            return ", ".join(filter(None, ("As agreed", name)))
        return name or ("nobody leads", "warn")

    @on(RecordList.Opened, "#planned")
    def action_change(self) -> None:
        """Another day, time or leader for the highlighted conversation."""
        each = self._list.record
        if not isinstance(each, Planned):
            return

        def taken(found: tuple[str, str, str] | None) -> None:
            if found is not None:
                self._planned = with_changed(self._planned, each.id, *found)
                self._fill()
                self._list.go_to(each.id)

        self.app.push_screen(OneDay(self._register, each, self._parts[each.part]), taken)

    def action_agree(self) -> None:
        """Plan what is shown."""
        self.dismiss(self._planned)

    def action_leave(self) -> None:
        """Plan nothing; days that were changed here are asked about."""
        if self._planned == self._first:
            self.dismiss(None)
            return
        from screens.dialogs.ask import AskDialog

        question = AskDialog(
            "Plan nothing?",
            "The days you changed here are lost; nothing was written.",
            yes="Plan nothing",
            no="Go on planning",
        )
        self.app.push_screen(question, self._left)

    def _left(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)


def _title(planned: Sequence[Planned]) -> str:
    return f"{counted('conversations', len(planned))} would be planned"


def _when(each: Planned) -> str:
    from screens.conversations.columns import near
    from screens.today.lines import DAYS
    from senreg.rules.dates import as_day

    day = as_day(each.day)
    return f"{DAYS[day.weekday()]} {near(each.day)} {each.at}".rstrip() if day else each.day
