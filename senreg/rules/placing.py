"""Placing children in a group and ending their places: what is pointed out, what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.rules.clashes import Clash, Timetable, all_clashes, clashes_if_placed
from senreg.rules.group_rows import GroupRow, group_rows
from senreg.rules.group_times import Time
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row, iso
from senreg.rules.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group that children could be placed in.

    Args:
        group: Its row in the list of groups.
        clashes: What would be wrong.
    """

    group: GroupRow
    clashes: tuple[Clash, ...]


def group_choices(register: Reading, pupils: Sequence[str], today: date) -> list[GroupChoice]:
    """The groups that run or are to come, by name, with what would clash for these children."""
    timetable = Timetable(register)
    return [
        GroupChoice(
            row,
            tuple(
                clashes_if_placed(
                    register, pupils, row.id, max(today.isoformat(), row.start), None, timetable
                )
            ),
        )
        for row in group_rows(register, today, ended=False)
    ]


@dataclass(frozen=True, slots=True)
class PlacingPlan:
    """What placing children in a group would mean.

    Args:
        group: The group's id.
        start: The ISO day they begin.
        pupils: Who would be placed.
        already: Who is in it already, and is left as they are.
        clashes: What would be wrong with placing the others.
    """

    group: str
    start: str
    pupils: tuple[str, ...]
    already: tuple[str, ...]
    clashes: tuple[Clash, ...]

    @property
    def clear(self) -> tuple[str, ...]:
        """Who could be placed without being in two places at once."""
        clashing = {clash.person for clash in self.clashes}
        return tuple(each for each in self.pupils if each not in clashing)

    def proposal(self, pupils: Iterable[str] | None = None) -> Proposal:
        """What is written to place all of them, or some."""
        return Proposal(
            adds=tuple(
                Add("placements", {"pupil": pupil, "group": self.group, "start": self.start})
                for pupil in (self.pupils if pupils is None else pupils)
            )
        )


def placing_plan(register: Reading, pupils: Sequence[str], group: Row, today: date) -> PlacingPlan:
    """What placing children in a group from today, or from its first day, would mean."""
    start = max(today.isoformat(), str(group.get("start") or ""))
    found = clashes_if_placed(register, pupils, group["id"], start)
    already = tuple(clash.person for clash in found if clash.kind == "already")
    return PlacingPlan(
        group["id"],
        start,
        tuple(each for each in dict.fromkeys(pupils) if each not in already),
        already,
        tuple(clash for clash in found if clash.kind != "already"),
    )


def clashes_if_run(
    register: Reading,
    group: Mapping[str, Any],
    times: Sequence[Time],
    today: date,
    group_id: str = "",
) -> list[Clash]:
    """What would be wrong if a group ran like this.

    Args:
        register: The open register.
        group: The fields of the row of `groups`.
        times: When it would meet.
        today: Clashes that are over before this day are left out.
        group_id: The group that is changed; empty for a new one.
    """
    key = group_id or "new group"
    old = [row["id"] for row in register.by("slots", "group").get(group_id, ())] if group_id else ()
    slots = [
        {"id": f"new time {place}", "group": key, **time.values} for place, time in enumerate(times)
    ]
    after = WhatIf(register, {"groups": [{**group, "id": key}], "slots": slots}, old)
    return [clash for clash in all_clashes(after, since=today) if key in clash.groups]


def open_places(register: Reading, group: str, today: date) -> list[Row]:
    """The places in a group that have not ended before a day."""
    day = today.isoformat()
    return [
        row
        for row in register.by("placements", "group").get(group, ())
        if not row.get("end") or row["end"] >= day
    ]


def scores(values: Mapping[str, Any], end: str, day: date | str) -> Proposal:
    """What is written when scores are given.

    Args:
        values: The score by the id of the placement; None where none is given.
        end: entry or exit.
        day: When they were taken.
    """
    return Proposal(
        tuple(
            Set("placements", place, {f"{end}_score": score, f"{end}_on": iso(day)})
            for place, score in values.items()
            if score is not None
        )
    )


def end_places(
    places: Sequence[Row], end: date | str, reason: object, results: Mapping[str, Mapping[str, Any]]
) -> Proposal:
    """What is written when children's places in groups end.

    Args:
        places: The rows of `placements`.
        end: The last day.
        reason: Why, in the user's words; the same for all.
        results: By the placement's id: its `exit_score` and `outcome`, where they are known.
    """
    sets = []
    for place in places:
        given = {
            name: value for name, value in results.get(place["id"], {}).items() if value is not None
        }
        values: dict[str, Any] = {"end": iso(end), **given}
        if "exit_score" in given:
            values["exit_on"] = iso(end)
        if reason:
            values["ended_reason"] = reason
        sets.append(Set("placements", place["id"], values))
    return Proposal(tuple(sets))
