"""The tabs of a pupil's page, in order."""

from __future__ import annotations

from collections.abc import Sequence

from screens.pupil.aims import aims
from screens.pupil.ehc import ehc
from screens.pupil.getting_on import progress
from screens.pupil.happenings import history, notes, reviews
from screens.pupil.help import provision
from screens.pupil.overview import overview
from screens.pupil.parts import Tab
from screens.pupil.sen import sen
from screens.pupil.talks import conversations
from screens.widgets.spans import Span, SpanLine, width_of
from screens.widgets.tabs import ROOMY
from senreg.register import Register, Row

TABS: tuple[Tab, ...] = (
    Tab(
        "overview",
        "Overview",
        overview,
        ("contacts", "cohort_memberships", "fsm_periods", "enrolments"),
    ),
    Tab("sen", "Needs", sen, ("sen_statuses", "needs", "barriers", "strategies")),
    Tab("targets", "Targets", aims, ("targets", "target_reviews", "actions")),
    Tab(
        "conversations",
        "Conversations",
        conversations,
        ("conversations", "attempts", "actions"),
        "Talks",
    ),
    Tab("provision", "Provision", provision, ("placements", "strategies"), "Help"),
    Tab(
        "progress",
        "Progress",
        progress,
        ("assessments", "wider_marks", "attendance", "participations"),
    ),
    Tab("notes", "Notes", notes, ("notes", "documents", "plans")),
    Tab("reviews", "Reviews", reviews, ("reviews",)),
    Tab("ehc", "EHC plan", ehc, ("ehc_processes", "ehc_outcomes", "ehc_provisions"), "EHC"),
    Tab("history", "History", history, ()),
)
"""The overview first, the history last."""


def tab_of(table: str) -> Tab:
    """The tab on which records of a table stand."""
    return next((tab for tab in TABS if table in tab.tables), TABS[0])


def tab_of_record(register: Register, row: Row) -> Tab:
    """The tab on which a record stands: an action's is that of what it follows from."""
    about = register.get(row["about"] or "") if row.table == "actions" else None
    return tab_of(about.table if about is not None else row.table)


class TabLine(SpanLine):
    """The tabs along the top of the page; a click goes to one."""

    GROUND = "paper"

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self.current = TABS[0]

    def show(self, tab: Tab) -> None:
        """Show which tab is the present one."""
        self.current = tab
        self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """Every tab, the present one set off; short names where there is little room."""
        del y
        for longest in (ROOMY, 8, 5, 4, 3):
            spans = [Span(" ")]
            for tab in TABS:
                here = tab is self.current
                title = tab.title if longest == ROOMY else (tab.short or tab.title)
                title = title if here else title[:longest]
                spans.append(Span(f" {title} ", "here" if here else "", tab.id))
            if width_of(spans) <= width:
                break
        tail = [Span("←", "heading", "previous"), Span(" "), Span("→", "heading", "next")]
        spare = width - width_of(spans) - width_of(tail) - 1
        return [*spans, Span(" " * spare), *tail] if spare > 0 else spans
