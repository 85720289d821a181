"""A list for leaders: its lines under headings, each one key from what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from textual import on
from textual.message import Message

from screens.faults import beside
from screens.plain import say
from screens.school.behind import open_line
from screens.school.figures_page import FiguresPage
from screens.school.lines import FigureLine, columns
from screens.widgets.section_list import Section, SectionList
from screens.widgets.spans import Span
from senreg.clock import today
from senreg.rules.leading import LISTS, LeadPart, led

_WRITES = {
    "objectives": "objectives",
    "activities": "activities",
    "teaching": "observations",
    "training": "trainings",
    "feedback": "staff_feedback",
    "coach": "coach_visits",
    "lead": "lead_roles",
    "self-review": "self_reviews",
}
"""The table that a new record of each list is written to."""


class Read(Message):
    """The parts of a list are there, of a state of the register on a day."""

    def __init__(self, of: tuple[int, date], parts: list[LeadPart]) -> None:
        super().__init__()
        self.of = of
        self.parts = parts


class LeadersPage(FiguresPage):
    """A list for leaders.

    Args:
        name: One of `senreg.rules.leading.LISTS`.
        known: What was read of the lists before, by name: taken where nothing has changed since,
            and added to.
    """

    PLACE = "leaders"
    DEFAULT_CSS = """
    LeadersPage {
        #heads { height: 1; background: $panel; }
        #figures { height: 1fr; }
        #foot { height: 6; padding: 0 2; background: $panel; color: $muted; }
        &.-wide #foot { height: 4; }
        &.-short #foot { display: none; }
    }
    """

    def __init__(self, name: str, known: dict[str, Read]) -> None:
        super().__init__(SectionList(columns(), empty="The list is being made.", id="figures"))
        self._known = known
        self.name_of_list = name
        self._parts: list[LeadPart] = []

    def on_mount(self) -> None:
        """Only the keys that do something in this list stand at the foot."""
        keys = ["open", "definition"]
        if self.name_of_list in _WRITES:
            keys.append("new")
        if self.name_of_list == "self-review":
            keys.append("write_review")
        if self.name_of_list == "coach":
            keys.append("visit_action")
        self.tell_footer(keys)

    def refill(self) -> None:
        """Make the list again, beside what the person does."""
        title = LISTS[self.name_of_list][1]
        self.heads.show(
            Span(f"  {title}", "title"), Span("   Enter: who or what is behind it", "muted")
        )
        known = self._known.get(self.name_of_list)
        if known is not None and known.of == (self.register.version, today()):
            self._show(known.parts)
        else:
            self._read()

    @beside("leaders", "The list could not be made")
    def _read(self) -> None:
        of = (self.register.version, today())
        self.post_message(Read(of, led(self.name_of_list, self.register, of[1])))

    def left_undone(self, words: str) -> None:
        """Say in the place of the list that it will not come."""
        self.figures.fill([])
        self.figures.narrow(None, words)

    @on(Read)
    def _have_read(self, event: Read) -> None:
        if event.of == (self.register.version, today()):
            self._known[self.name_of_list] = event
            self._show(event.parts)

    def _show(self, parts: list[LeadPart]) -> None:
        here = self.figures.current_id
        self._parts = parts
        if not parts:
            writes = ": n, or New below, writes the first" if self.name_of_list in _WRITES else ""
            self.figures.empty = f"There is nothing here yet{writes}."
        self.figures.fill(list(self._lines()))
        self.figures.narrow(None)
        self.figures.go_to(here)
        self._tell()

    def _lines(self) -> Iterator[FigureLine | Section]:
        titles = Counter(each.title for part in self._parts for each in part.lines)
        for place, part in enumerate(self._parts):
            yield Section(f"part {place}", part.title, part.note)
            for number, each in enumerate(part.lines):
                under = part.title if titles[each.title] > 1 else ""
                yield FigureLine(
                    f"{place} {number}", each.title, each.value, each.of, each.note, each.behind,
                    opens=each.opens, said=each.said, under=under,
                )  # fmt: skip

    def command_open(self) -> None:
        """The record of the highlighted line, or what is behind it; a note to be annotated."""
        each = self.figures.record
        if each is None:
            return
        row = self.register.get(each.opens) if each.opens else None
        if row is None or row.table != "staff_feedback" or row["annotation"]:
            open_line(self, each)
            return
        from screens.forms.record_form import RecordForm

        person = self.register.get(self.register.person)
        begun: dict[str, object] = {"annotated_on": today().isoformat()}
        if person is not None and person.table == "staff":
            begun["annotated_by"] = person.id
        self.app.push_screen(
            RecordForm(self.register, "staff_feedback", row, focus="annotation", begun=begun)
        )

    def command_new(self) -> None:
        """A new record of what this list is of."""
        from screens.forms.record_form import RecordForm

        table = _WRITES.get(self.name_of_list)
        if table is None:
            say(self.app, "Who answers for a pupil is written on the pupil: key teacher, class.")
        else:
            self.app.push_screen(RecordForm(self.register, table))

    def command_visit_action(self) -> None:
        """What was agreed on a visit of the coach: the highlighted one, or that of its action."""
        from screens.forms.record_form import RecordForm

        each = self.figures.record
        row = self.register.get(each.opens) if each is not None else None
        if row is not None and row.table == "actions":
            row = self.register.get(str(row["about"]))
        if row is None or row.table != "coach_visits":
            say(self.app, "This is for a visit of the coach: School, Coach visits and actions.")
            return
        form = RecordForm(
            self.register,
            "actions",
            preset={"about": row.id},
            begun={"place": "school"},
            title="Agreed on the coach's visit",
        )
        self.app.push_screen(form)

    def command_write_review(self) -> None:
        """Write where the school stands under the heading, with the evidence shown here."""
        from screens.forms.record_form import RecordForm
        from senreg.rules.leading.self_review import evidence_in_words

        each = self.figures.record
        if self.name_of_list != "self-review" or each is None:
            say(self.app, "This is for the self-review: School, Self-review with its evidence.")
            return
        part = self._parts[int(each.id.split()[0])]
        form = RecordForm(
            self.register,
            "self_reviews",
            preset={"kind": part.code},
            begun={"date": today().isoformat(), "evidence": evidence_in_words(part)},
            title=f"Self-review: {part.title}",
        )
        self.app.push_screen(form)
