"""The list of the Targets screen: one plain row a target, with its pupil and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.areas import AREAS
from senreg.models.text import folded
from senreg.rules.cycle import REASONS, stuck_reasons, stuck_targets, term_past, times_carried
from senreg.rules.dates import short_day, term_of
from senreg.rules.due import DUE_LOOK
from senreg.rules.facets import Facet, by_name, by_year
from senreg.rules.naming import UNWORDED, initials, known_as, list_name, staff_name
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row
from senreg.rules.register_filter import NOTHING
from senreg.rules.reviews import open_targets
from senreg.rules.roll import roll_state
from senreg.rules.status import Look
from senreg.rules.target_life import OUTCOME_LOOK, OUTCOMES, TargetLife, target_life

KINDS: dict[str, str] = {"curricular": "Curricular", "wider": "Wider"}
"""The kinds of target, in the words of a narrow column."""

AREA_WORDS: dict[str, str] = dict(AREAS)
"""The words of each area on offer."""

CLOSED_LOOK: dict[str, Look] = {
    "met": Look("Met", "√", "green"),
    "partly": Look("Partly met", "≈", "yellow"),
    "not_met": Look("Not met", "x", "red"),
    "carried_over": Look("Carried over", "→", "dim"),
    "dropped": Look("Dropped", "-", "dim"),
}
"""How a target that is no longer worked at is shown."""

GONE = Look("Child has left", "·", "dim")
NO_DATE = Look("No date", "-", "yellow")
REVIEWED = Look("Reviewed, no new date", "-", "yellow")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target in the list.

    Args:
        id: The target's id.
        pupil: The pupil's id; empty where the target names none.
        name: 'Surname, Known-as'.
        year: The pupil's year group.
        class_name: The pupil's class.
        kind: curricular or wider.
        area: The area in words.
        statement: The target, or its area where nothing is written, or else that it has no words.
        status: The stored status.
        life: Open or closed, due, and the last review.
        due: The stored due date, answered or not; empty for none.
        this_term: It was reviewed in the term of the day.
        owner: The id of who leads on it; empty for nobody.
        owner_short: Their initials, for a narrow column.
        owner_name: Their name.
        stuck: Why it is stuck: reasons of `cycle.REASONS`; none where it moves.
        here: The pupil is on roll or joining, and not put away.
        order: What the list sorts names by.
        haystack: Folded text that the filter looks in.
    """

    id: str
    pupil: str
    name: str
    year: str
    class_name: str
    kind: str
    area: str
    statement: str
    status: str
    life: TargetLife
    due: str
    this_term: bool
    owner: str
    owner_short: str
    owner_name: str
    stuck: tuple[str, ...]
    here: bool
    order: tuple[str, str]
    haystack: str

    @property
    def active(self) -> bool:
        """Still worked at, by a child who is here."""
        return self.life.is_open and self.here

    @property
    def state(self) -> str:
        """overdue, due, later, none (no date to come), or closed."""
        return self.life.state if self.active else "closed"

    @property
    def look(self) -> Look:
        """The word, symbol and colour of where it stands."""
        if not self.life.is_open:
            return CLOSED_LOOK.get(self.status, CLOSED_LOOK["dropped"])
        if not self.here:
            return GONE
        if self.life.state == "none":
            return REVIEWED if self.due else NO_DATE
        return DUE_LOOK[self.life.state]

    @property
    def state_words(self) -> str:
        """'Overdue since 13 Nov 2026', 'Due 27 Nov 2026', 'Met'."""
        if self.state in ("closed", "none"):
            return self.look.word
        lead = {"overdue": "Overdue since", "due": "Due", "later": "Due"}[self.state]
        return f"{lead} {short_day(self.life.due)}"

    @property
    def outcome_look(self) -> Look | None:
        """The look of the last review's outcome; None where there is none."""
        return None if self.life.outcome is None else OUTCOME_LOOK[self.life.outcome]


def target_rows(register: Reading, today: date, *, closed: bool = True) -> list[TargetRow]:
    """The live targets, in the register's order.

    Args:
        register: The open register.
        today: The day that decides what is overdue and which term it is.
        closed: The closed ones too; ten years of them take time.
    """
    reviews = register.by("target_reviews", "target")
    pupils = {row["id"]: row for row in register.all("pupils")}
    staff = {row["id"]: (initials(row), staff_name(row)) for row in register.all("staff")}
    when = term_of(today, register.all("terms")).start.isoformat(), today
    stuck = stuck_targets(register, today, reviews)
    return [
        _row(
            target,
            pupils.get(str(target.get("pupil") or "")),
            reviews.get(target["id"], ()),
            staff,
            when,
            stuck.get(target["id"], ()),
        )
        for target in (register.all("targets") if closed else open_targets(register))
    ]


def target_row(register: Reading, target: Row, today: date) -> TargetRow:
    """One target as its row; archived ones too."""
    reviews = register.by("target_reviews", "target").get(target["id"], ())
    staff = {row["id"]: (initials(row), staff_name(row)) for row in register.all("staff")}
    when = term_of(today, register.all("terms")).start.isoformat(), today
    pupil = register.get(str(target.get("pupil") or ""))
    own = register.by("targets", "pupil").get(target.get("pupil"), ())
    since = term_past(today, register.all("terms"))
    stuck = stuck_reasons(target, reviews, times_carried(target, own), since)
    return _row(target, pupil, reviews, staff, when, stuck)


def area_words(area: object) -> str:
    """An area in words; one that a school typed as it is."""
    return AREA_WORDS.get(str(area or ""), str(area or ""))


def _row(
    target: Row,
    pupil: Row | None,
    reviews: Sequence[Row],
    staff: Mapping[str, tuple[str, str]],
    when: tuple[str, date],
    stuck: tuple[str, ...],
) -> TargetRow:
    term_start, today = when
    child: Row = pupil or {}
    area = area_words(target.get("area"))
    owner = str(target.get("owner") or "")
    short, full = staff.get(owner, (owner, owner))
    statement = " ".join(str(target.get("statement") or "").split())
    name = list_name(child) if pupil is not None else ""
    class_name = str(child.get("class_name") or "")
    parts = (name, known_as(child), class_name, area, statement, full)
    haystack = folded("\n".join(parts))
    if "'" in haystack:
        haystack += "\n" + haystack.replace("'", "")
    return TargetRow(
        target["id"],
        str(target.get("pupil") or ""),
        name,
        str(child.get("year_group") or ""),
        class_name,
        str(target.get("kind") or ""),
        area,
        statement or area or UNWORDED,
        str(target.get("status") or ""),
        target_life(target, reviews, today),
        str(target.get("due") or ""),
        any((review.get("date") or "") >= term_start for review in reviews),
        owner,
        short,
        full,
        stuck,
        pupil is not None
        and not child.get("archived")
        and roll_state(child, today.isoformat()) != "left",
        (folded(str(child.get("surname") or "")), folded(known_as(child))),
        haystack,
    )


# Quick views

VIEWS: dict[str, str] = {
    "open": "Open",
    "overdue": "Overdue",
    "due": "Due soon",
    "unreviewed": "No review this term",
    "undated": "No date",
    "stuck": "Stuck",
    "curricular": "Curricular",
    "wider": "Wider",
    "mine": "Mine",
    "closed": "Closed",
    "all": "All",
}
"""The ways of looking at the list, and their words; all but the last two hold open targets."""


def in_view(view: str, person: str) -> Callable[[TargetRow], bool]:
    """The test by which rows belong to a view.

    Args:
        view: One of `VIEWS`; any other holds every row.
        person: The staff id of who is looking, for "mine".
    """
    tests: dict[str, Callable[[TargetRow], bool]] = {
        "open": lambda row: row.active,
        "overdue": lambda row: row.active and row.state == "overdue",
        "due": lambda row: row.active and row.state == "due",
        "unreviewed": lambda row: row.active and not row.this_term,
        "undated": lambda row: row.active and row.state == "none",
        "stuck": lambda row: row.active and bool(row.stuck),
        "curricular": lambda row: row.active and row.kind == "curricular",
        "wider": lambda row: row.active and row.kind == "wider",
        "mine": lambda row: row.active and bool(person) and row.owner == person,
        "closed": lambda row: not row.active,
    }
    return tests.get(view, lambda _: True)


def view_counts(rows: Sequence[TargetRow], person: str) -> dict[str, int]:
    """How many of these rows each view holds."""
    return {view: sum(map(in_view(view, person), rows)) for view in VIEWS}


WITH_CLOSED = frozenset({"closed", "all"})
"""The views that hold closed targets."""


# Facets

STATES: dict[str, str] = {
    "overdue": "Overdue",
    "due": "Due soon",
    "later": "Due later",
    "none": "No date",
    "closed": "Closed",
}
_STATE_ORDER = list(STATES)
_UNREVIEWED = "none"

FACETS: tuple[Facet[TargetRow], ...] = (
    Facet("state", "When", lambda row: (row.state,), STATES.__getitem__, _STATE_ORDER.index),
    Facet("kind", "Kind", lambda row: (row.kind or NOTHING,), lambda v: KINDS.get(v, v)),
    by_name("area", "Area", lambda row: row.area, "No area"),
    Facet(
        "outcome",
        "Last outcome",
        lambda row: (_UNREVIEWED if row.life.outcome is None else str(row.life.outcome),),
        lambda value: "No outcome yet" if value == _UNREVIEWED else OUTCOMES[int(value)],
        lambda value: (value == _UNREVIEWED, -int(value) if value != _UNREVIEWED else 0),
    ),
    Facet("stuck", "Stuck", lambda row: row.stuck, REASONS.__getitem__, list(REASONS).index),
    by_year(lambda row: row.year),
    by_name("class", "Class", lambda row: row.class_name, "No class"),
    by_name("owner", "Led by", lambda row: row.owner_name, "Nobody named"),
)
"""What the list can be narrowed by."""


# Order

COLUMNS: dict[str, str] = {
    "due": "When",
    "name": "Pupil",
    "class": "Class",
    "kind": "Kind",
    "target": "Target",
    "outcome": "Last outcome",
    "owner": "Led by",
}
"""Each column the list can be sorted by, and its heading."""


def sort_targets(
    rows: Iterable[TargetRow], column: str, backwards: bool = False
) -> list[TargetRow]:
    """The rows by a column of `COLUMNS`; those without a value last either way.

    Rows that are equal in the column stay by name, and of one child by due date.
    """
    by_name = sorted(rows, key=lambda row: (row.order, row.life.due or "9999", row.statement))
    key = _SORT.get(column)
    if key is None:
        return by_name[::-1] if backwards else by_name
    having = [row for row in by_name if key(row) is not None]
    having.sort(key=key, reverse=backwards)
    return having + [row for row in by_name if key(row) is None]


_SORT: dict[str, Callable[[TargetRow], Any]] = {
    "due": lambda row: row.life.due or None,
    "class": lambda row: natural(row.class_name) or None,
    "kind": lambda row: row.kind or None,
    "target": lambda row: folded(row.statement) or None,
    "outcome": lambda row: row.life.outcome,
    "owner": lambda row: folded(row.owner_name) or None,
}
