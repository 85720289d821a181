"""Targets: what every child is working towards, in one list that narrows as you type."""

from __future__ import annotations

from textual import on

from screens.narrowing import NarrowingPage
from screens.page import app_of
from screens.plain import say
from screens.targets.columns import columns
from screens.targets.pane import TargetPane
from screens.widgets.record_list import RecordList
from screens.widgets.tabs import Tab, Tabs
from senreg.clock import today
from senreg.register import Row
from senreg.rules.target_rows import (
    FACETS,
    VIEWS,
    WITH_CLOSED,
    TargetRow,
    in_view,
    sort_targets,
    target_rows,
    view_counts,
)

EMPTY = (
    "No child has a target yet. Press n, or click New below, to write one: choose "
    "the child, then an example from the bank, and fill in its blanks."
)
NO_MATCH = "No target fits. Esc shows all of this view again; ← and → go to the other views."
MOST_LOOKED_AT = ("open", "overdue", "due", "stuck", "mine", "closed")
"""The views that stand there where there is less."""

TONES = {"overdue": "bad", "due": "warn", "undated": "warn", "stuck": "warn"}
"""The tone of a view's name, where it has any target."""


class TargetsPage(NarrowingPage):
    """Every target: quick views, filter, facets, order, marks, and the highlighted one beside."""

    PLACE = "targets"
    MODE = "targets"
    CSS_PATH = ["../narrowing.tcss", "screen.tcss"]
    AUTO_FOCUS = "#targets"

    FIRST_VIEW = "open"
    VIEW_NAMES = VIEWS
    WHICH = "Which targets?"
    FILTER = "/ to filter: name, class, words of the target"
    FACETS = FACETS
    ACT = ("write a target", "new")
    ROOMY = 110

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self.targets: RecordList[TargetRow] = RecordList(
            columns(lambda: self.view == "stuck"),
            sort="due",
            empty=EMPTY,
            sorter=sort_targets,
            id="targets",
        )
        self.listed = self.targets
        self.tabs = Tabs(id="views")
        self.pane: TargetPane = TargetPane(id="pane")

    # What is shown

    def refill(self) -> None:
        """Read the targets again; closed ones only where they are looked at."""
        rows = target_rows(self.register, today(), closed=self.view in WITH_CLOSED)
        counts = view_counts(rows, self.register.person)
        every = self.register.count("targets")
        self._counts = counts | {"closed": every - counts["open"], "all": every}
        self.show_tabs()
        in_this = in_view(self.view, self.register.person)
        self.show_rows([row for row in rows if in_this(row)])

    def every_tab(self) -> list[Tab]:
        """Each view, with how many targets it has."""
        return [
            (view, title, self._counts[view], TONES.get(view, "")) for view, title in VIEWS.items()
        ]

    def most_looked_at(self) -> tuple[str, ...]:
        """The views that stand above where there is little room."""
        return MOST_LOOKED_AT if self.view in MOST_LOOKED_AT else (*MOST_LOOKED_AT[:4], self.view)

    def nothing(self) -> str:
        """What to say where nothing is shown."""
        if not self.register.count("targets"):
            return EMPTY
        if self._rows:
            return NO_MATCH
        if self.view == "mine":
            return (
                "No open target is led by you. If you are not the person named at the top, "
                "choose who you are in Settings."
            )
        return "There is nothing in this view. ← and → go to the others."

    def show_current(self) -> None:
        """Show the highlighted target beside the list."""
        self.pane.show(self.register, self.current_row)

    @property
    def current_row(self) -> Row | None:
        """The highlighted target."""
        return self.register.get(self.targets.current_id or "")

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.targets)

    # Acting on targets

    def command_open(self) -> None:
        """Open the highlighted target."""
        self.targets.action_open()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        from screens.targets.page import TargetPage

        self.app.push_screen(TargetPage(event.record_id))

    def command_new(self) -> None:
        """Write a target: for the children of the marked targets, or for one that is chosen."""
        from screens.targets.writing import write_target

        marked = [row.pupil for row in self.targets.rows if row.id in self.targets.marks]
        current = self.targets.current
        near = current.pupil if current is not None else ""
        write_target(app_of(self), marked, self._written, near=near)

    def _written(self, target_id: str | None) -> None:
        if target_id is not None:
            self.targets.unmark()
            self.follow()
            if not self.targets.go_to(target_id):
                self.look("open")
                self.targets.go_to(target_id)

    def command_edit(self) -> None:
        """Change the highlighted target."""
        from screens.targets.writing import edit_target

        if self.current_row is not None:
            edit_target(app_of(self), self.current_row)

    def command_review(self) -> None:
        """Review the highlighted target, and go on to the next in the list."""
        from screens.targets.reviewing import review

        ids = [row.id for row in self.targets.rows]
        here = self.current_row
        if here is None:
            return
        after = ids[ids.index(here.id) + 1 :]

        def reviewed(review_id: str | None) -> None:
            if review_id is not None and after:
                self.follow()
                self.targets.go_to(after[0])

        review(app_of(self), here, reviewed)

    def command_go_to_pupil(self) -> None:
        """Open the page of the target's pupil."""
        from screens.opening import open_pupil

        row = self.current_row
        if row is not None and row["pupil"]:
            open_pupil(app_of(self), row["pupil"], row)

    def command_assign(self) -> None:
        """Place the children of the marked targets in a group that serves these."""
        from screens.assigning import assign

        rows = self.targets.marked_or_current()
        serves: dict[str, list[str]] = {}
        for row in rows:
            if row.pupil:
                serves.setdefault(row.pupil, []).append(row.id)
        assign(app_of(self), list(serves), serves=serves)

    def command_archive(self) -> None:
        """Put the marked targets away, or the highlighted one."""
        rows = self.targets.marked_or_current()
        if not rows:
            return
        with self.register.commit("Archive targets") as commit:
            for row in rows:
                commit.archive(row.id)
        what = "The target was" if len(rows) == 1 else f"{len(rows)} targets were"
        say(app_of(self), f"{what} put away. u brings it back.")

    def command_bank(self) -> None:
        """Open the bank of examples."""
        from screens.targets.bank import BankPage

        self.app.push_screen(BankPage())
