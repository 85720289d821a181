"""The list of groups: what each runs, when it meets, who is in it, and what clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.text import folded
from senreg.rules.clashes import all_clashes
from senreg.rules.dates import short_day
from senreg.rules.group_times import time_of, times_words
from senreg.rules.meeting import weekly_minutes
from senreg.rules.naming import group_name, initials, staff_name
from senreg.rules.order import natural
from senreg.rules.provision_map import TIERS, tier_words
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import roll_state
from senreg.rules.status import Look

GROUP_LOOK: dict[str, Look] = {
    "running": Look("Running", "●", "green"),
    "coming": Look("Coming", "○", "blue"),
    "ended": Look("Ended", "·", "dim"),
}
"""Where a group is in its life, and how that is shown."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the list.

    Args:
        id: The group's id.
        name: The intervention and the place.
        tier: The tier's code; empty where unknown.
        staff: The names of the adults.
        initials: Their initials, for a narrow column.
        when: The times in short words; empty where none are given.
        minutes: Minutes a week; None where not known.
        members: Children in it on the day; of one that is to come, on its first day.
        size: How many it is for; None where not said.
        state: running, coming or ended on the day.
        start: ISO first day; empty where unknown.
        end: ISO last day; empty where open.
        clashes: Who would be in two places at once, a sentence each.
        measure: What is scored at both ends; empty where not said.
        haystack: Folded text that the filter looks in.
    """

    id: str
    name: str
    tier: str
    staff: tuple[str, ...]
    initials: tuple[str, ...]
    when: str
    minutes: float | None
    members: int
    size: int | None
    state: str
    start: str
    end: str
    clashes: tuple[str, ...]
    measure: str
    haystack: str

    @property
    def tier_words(self) -> str:
        """The tier in words."""
        return tier_words(self.tier)

    @property
    def look(self) -> Look:
        """The word, symbol and colour of its state."""
        return GROUP_LOOK[self.state]

    @property
    def members_words(self) -> str:
        """'5 of 6', or '5' where it is not said how many it is for."""
        return f"{self.members} of {self.size}" if self.size else str(self.members)

    @property
    def is_over(self) -> bool:
        """More children are in it than it is for."""
        return bool(self.size) and self.members > (self.size or 0)

    @property
    def is_full(self) -> bool:
        """As many children are in it as it is for, or more."""
        return bool(self.size) and self.members >= (self.size or 0)

    @property
    def period(self) -> str:
        """'7 Sep 2026 to 18 Dec 2026', 'from 7 Sep 2026', 'until 18 Dec 2026'."""
        if self.start and self.end:
            return f"{short_day(self.start)} to {short_day(self.end)}"
        if self.start:
            return f"from {short_day(self.start)}"
        return f"until {short_day(self.end)}" if self.end else ""


def group_state(group: Row, day: str) -> str:
    """running, coming or ended on an ISO day."""
    if group.get("end") and group["end"] < day:
        return "ended"
    return "coming" if group.get("start") and group["start"] > day else "running"


def members_of(group: Row, placements: Iterable[Row], pupils: Mapping[str, Row], day: str) -> int:
    """How many children are in a group on a day, or on its first day if that is to come.

    Args:
        group: A row of `groups`.
        placements: Its rows of `placements`.
        pupils: Pupils by id; a child who has left is in no group.
        day: The ISO day.
    """
    when = max(day, group.get("start") or day)
    return len(
        {
            row["pupil"]
            for row in placements
            if covers(row, when)
            and row.get("pupil") in pupils
            and roll_state(pupils[row["pupil"]], when) != "left"
        }
    )


def group_rows(register: Reading, today: date, *, ended: bool = True) -> list[GroupRow]:
    """The live groups by name.

    Args:
        register: The open register.
        today: The day that decides what runs.
        ended: Those that have ended too.
    """
    day = today.isoformat()
    told: dict[str, list[str]] = {}
    for clash in all_clashes(register, since=today):
        if clash.kind == "size":
            continue
        for group in clash.groups:
            told.setdefault(group, []).append(clash.words)
    tables = (
        register.by("slots", "group"),
        register.by("placements", "group"),
        {row["id"]: row for row in register.all("pupils")},
    )
    rows = [
        _row(group, register, tables, day, told.get(group["id"], ()))
        for group in register.all("groups")
        if ended or group_state(group, day) != "ended"
    ]
    return sort_groups(rows, "name")


def _row(
    group: Row,
    register: Reading,
    tables: tuple[Mapping[Any, Sequence[Row]], Mapping[Any, Sequence[Row]], Mapping[str, Row]],
    day: str,
    clashes: Sequence[str],
) -> GroupRow:
    slots_by_group, placements, pupils = tables
    intervention = register.get(str(group.get("intervention") or ""))
    about: Row = intervention or {}
    slots = slots_by_group.get(group["id"], ())
    adults = [register.get(str(each)) or {"name": each} for each in group.get("staff") or ()]
    staff = tuple(map(staff_name, adults))
    name = group_name(group, register.get)
    size = about.get("group_size")
    when = times_words(map(time_of, slots), short=True)
    tier = str(about.get("tier") or "")
    return GroupRow(
        group["id"],
        name,
        tier,
        staff,
        tuple(map(initials, adults)),
        when,
        weekly_minutes(slots, intervention),
        members_of(group, placements.get(group["id"], ()), pupils, day),
        int(size) if size else None,
        group_state(group, day),
        str(group.get("start") or ""),
        str(group.get("end") or ""),
        tuple(clashes),
        str(about.get("measure") or ""),
        folded(
            "\n".join((name, *staff, when, TIERS.get(tier, tier), str(about.get("subject") or "")))
        ),
    )


# Views and order

VIEWS: dict[str, str] = {
    "now": "Running",
    "coming": "To come",
    "clashing": "Clashing or over size",
    "free": "With free places",
    "ended": "Ended",
    "all": "All",
}
"""The ways of looking at the list, and their words."""

WITH_ENDED = frozenset({"ended", "all"})
"""The views that hold groups that have ended."""


def in_view(view: str) -> Callable[[GroupRow], bool]:
    """The test by which groups belong to a view of `VIEWS`."""
    tests: dict[str, Callable[[GroupRow], bool]] = {
        "now": lambda row: row.state == "running",
        "coming": lambda row: row.state == "coming",
        "clashing": lambda row: row.state != "ended" and (bool(row.clashes) or row.is_over),
        "free": lambda row: row.state != "ended" and not row.is_full,
        "ended": lambda row: row.state == "ended",
    }
    return tests.get(view, lambda _: True)


COLUMNS: dict[str, str] = {
    "name": "Group",
    "when": "Meets",
    "staff": "Led by",
    "size": "Children",
    "clashes": "Clashes",
    "tier": "Tier",
    "start": "From",
    "end": "Until",
}
"""Each column the list can be sorted by, and its heading."""


def sort_groups(rows: Iterable[GroupRow], column: str, backwards: bool = False) -> list[GroupRow]:
    """The rows by a column of `COLUMNS`; those without a value last either way."""
    by_name = sorted(rows, key=lambda row: (natural(row.name), row.start))
    key = _SORT.get(column)
    if key is None:
        return by_name[::-1] if backwards else by_name
    having = [row for row in by_name if key(row) is not None]
    having.sort(key=key, reverse=backwards)
    return having + [row for row in by_name if key(row) is None]


_TIERS = list(TIERS)
_SORT: dict[str, Callable[[GroupRow], Any]] = {
    "when": lambda row: folded(row.when) or None,
    "staff": lambda row: tuple(folded(each) for each in row.staff) or None,
    "size": lambda row: row.members,
    "clashes": lambda row: -len(row.clashes) or None,
    "tier": lambda row: _TIERS.index(row.tier) if row.tier in _TIERS else None,
    "start": lambda row: row.start or None,
    "end": lambda row: row.end or None,
}
