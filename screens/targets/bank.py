"""The bank: the examples from which targets are written, which the school edits as it likes."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from screens.commands import run
from screens.page import Page, app_of
from screens.targets.story import example_story
from screens.widgets.columns import Column
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import CommandText, Span
from screens.widgets.story import Story
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.target_rows import KINDS, area_words

EMPTY = (
    "The bank is empty. Press n, or click New below, to write an example, with three "
    "dots where something is filled in; or open a good target and press k to keep it as one."
)
EMPTY_IN_PACK = "The bank is empty."


@dataclass(frozen=True, slots=True)
class Example:
    """One example in the list."""

    id: str
    kind: str
    area: str
    statement: str
    measure: str
    archived: bool

    @property
    def haystack(self) -> str:
        """Folded text that the filter looks in."""
        return folded(f"{self.kind} {self.area} {self.statement} {self.measure}")

    @classmethod
    def of(cls, row: Row) -> Example:
        """The line of a record."""
        return cls(
            row.id,
            KINDS.get(row["kind"], str(row["kind"] or "")),
            area_words(row["area"]),
            str(row["statement"] or ""),
            str(row["measure"] or ""),
            row.archived,
        )


def _columns() -> list[Column[Example]]:
    return [
        Column(
            "statement",
            "Example",
            lambda each: (each.statement, "muted" if each.archived else ""),
            lambda each: folded(each.statement),
            width=30,
            most=100,
        ),
        Column(
            "area",
            "Area",
            lambda each: each.area,
            lambda each: (each.kind, each.area),
            width=18,
            most=26,
        ),
        Column(
            "kind",
            "Kind",
            lambda each: (each.kind, "muted"),
            lambda each: (each.kind, each.area),
            width=10,
            rank=1,
        ),
        Column(
            "measure",
            "Measured by",
            lambda each: (each.measure, "muted"),
            lambda each: folded(each.measure),
            width=22,
            most=36,
            rank=2,
        ),
    ]


class BankPage(Page):
    """The examples: read, add to, change, put away, and write a target from."""

    PLACE = "bank"
    CSS_PATH = "bank.tcss"
    AUTO_FOCUS = "#examples"

    def __init__(self) -> None:
        super().__init__()
        self.archived = False
        self.examples: RecordList[Example] = RecordList(
            _columns(), sort="area", markable=False, empty=EMPTY, id="examples"
        )
        self.tools = CommandText(id="tools")
        self.whole = Story(id="whole", cursor=False)

    def body(self) -> ComposeResult:
        """Filter, list, and the highlighted example in full."""
        with Side(id="bar"):
            yield FilterInput("/ to filter: area or words")
            yield self.tools
        yield self.examples
        yield self.whole

    def refill(self) -> None:
        """Read the bank again."""
        rows = self.register.all("target_examples")
        if self.archived:
            rows += self.register.all("target_examples", archived=True)
        self.examples.fill(map(Example.of, rows))
        self._narrow()
        self._show_current()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        words = folded(self.query_one("#filter", Input).value).split()
        self.examples.narrow(
            lambda row: all(word in row.haystack for word in words),
            "No example fits." if self.examples.total else self._empty,
        )
        count = f"{len(self.examples.rows)} of {self.examples.total} examples"
        self.tools.show(Span("  Bank of targets   ", "strong"), Span(count, "muted"))

    @on(RecordList.Highlighted)
    def _show_current(self) -> None:
        row = self.current_row
        self.whole.fill(example_story(self.register, row) if row is not None else ())

    @property
    def _empty(self) -> str:
        return EMPTY if self.register.pack is None else EMPTY_IN_PACK

    @property
    def current_row(self) -> Row | None:
        """The highlighted example."""
        return self.register.get(self.examples.current_id or "")

    # Keys

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.set_focus(self.query_one("#filter", Input))

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self.examples.focus()

    async def command_back(self) -> None:
        """Show everything again, or leave the bank."""
        filtering = self.query_one("#filter", Input)
        if filtering.value:
            filtering.value = ""
            self.examples.focus()
        elif self.focused is filtering:
            self.examples.focus()
        else:
            await app_of(self).command_back()

    def command_archived(self) -> None:
        """Show archived examples too, or hide them again."""
        self.archived = not self.archived
        self.refill()

    def command_open(self) -> None:
        """Change the highlighted example."""
        run(self, "edit")

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self.command_open()

    def command_edit(self) -> None:
        """Change the highlighted example."""
        from screens.forms.record_form import RecordForm

        if self.current_row is not None:
            self.app.push_screen(RecordForm(self.register, "target_examples", self.current_row))

    def command_new(self) -> None:
        """Write an example."""
        from screens.forms.record_form import RecordForm

        form = RecordForm(self.register, "target_examples", preset={"kind": "curricular"})
        self.app.push_screen(form, self._added)

    def _added(self, example_id: str | None) -> None:
        if example_id is not None:
            self.follow()
            self.examples.go_to(example_id)

    def command_archive(self) -> None:
        """Put the highlighted example away, or bring it back."""
        from screens.pupil.changing import archive

        if self.current_row is not None:
            archive(app_of(self), self.current_row)

    def command_write_target(self) -> None:
        """Write a target from the highlighted example."""
        from screens.targets.writing import write_target

        if self.current_row is not None:
            write_target(app_of(self), example=self.current_row.id)
