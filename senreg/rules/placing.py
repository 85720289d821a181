"""Placing children in a group and ending their places: what is pointed out, what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.text import folded
from senreg.rules.clashes import Clash, Timetable, all_clashes, clashes_if_placed
from senreg.rules.dates import days_after
from senreg.rules.findings_evidence import score_findings
from senreg.rules.group_rows import GroupRow, group_rows
from senreg.rules.group_times import Time
from senreg.rules.naming import UNKNOWN_PUPIL, list_name
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row, iso
from senreg.rules.target_life import outcome_number
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

    def proposal(
        self,
        pupils: Iterable[str] | None = None,
        serves: Mapping[str, Sequence[str]] | None = None,
    ) -> Proposal:
        """What is written to place all of them, or some.

        Args:
            pupils: The ids of those who are placed; all where it is None.
            serves: By pupil, the ids of the targets that the place serves.
        """
        known = serves or {}
        return Proposal(
            adds=tuple(
                Add(
                    "placements",
                    {"pupil": pupil, "group": self.group, "start": self.start}
                    | ({"targets": list(known[pupil])} if known.get(pupil) else {}),
                )
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
    return [clash for clash in all_clashes(after, since=today, planned=key) if key in clash.groups]


def clashes_of(register: Reading, group: str, today: date) -> list[Clash]:
    """What is wrong with a group as it stands, from a day on."""
    return [clash for clash in all_clashes(register, since=today) if group in clash.groups]


def open_places(register: Reading, group: str, today: date) -> list[Row]:
    """The places in a group that have not ended before a day."""
    day = today.isoformat()
    return [
        row
        for row in register.by("placements", "group").get(group, ())
        if not row.get("end") or row["end"] >= day
    ]


def scores(
    places: Sequence[Row],
    given: Mapping[str, Any],
    end: str,
    day: date | str,
    *,
    typed: bool = False,
) -> Proposal:
    """What is written when scores are given, changed or taken away.

    A new score was taken on the day. One that stood before keeps its own, unless the day was
    typed: then it is that of a score that is changed and, where no new one is given, of all.

    Args:
        places: The rows of `placements`.
        given: The score by the id of the placement; None where there is none.
        end: entry or exit.
        day: When they were taken.
        typed: Whether a person wrote that day, rather than left the one that was offered.
    """
    score, on = f"{end}_score", f"{end}_on"
    new = [each for each in places if each.get(score) is None and given.get(each["id"]) is not None]
    redated = typed and not new
    sets = []
    for place in places:
        now = given.get(place["id"])
        kept = place.get(on) if place.get(score) is not None else None
        changed = now != place.get(score)
        taken = iso(day) if redated or (changed and (typed or not kept)) else kept
        values = {score: now, on: None if now is None else taken}
        if any(place.get(name) != value for name, value in values.items()):
            sets.append(Set("placements", place["id"], values))
    return Proposal(tuple(sets))


def out_of_order(register: Reading, proposal: Proposal) -> str:
    """What is wrong with the days of scores that would be written; empty where nothing is."""
    for change in proposal.sets:
        row = {**(register.get(change.record) or {}), **change.values}
        for finding in score_findings(register, row):
            return finding.message
    return ""


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


@dataclass(frozen=True, slots=True)
class Member:
    """One child's place in a group, as a list shows it.

    Args:
        id: The placement's id.
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        class_name: The pupil's class.
        start: ISO first day; empty where unknown.
        end: ISO last day; empty where open.
        entry: The score at the start; None where not taken.
        exit: The score at the end; None where not taken.
        outcome: -2 to 2; None where not said.
        reason: Why it ended.
        over: It had ended by the day.
        order: What lists sort by: those in the group first, by name.
    """

    id: str
    pupil: str
    name: str
    class_name: str
    start: str
    end: str
    entry: float | None
    exit: float | None
    outcome: int | None
    reason: str
    over: bool
    order: tuple[bool, str, str]


def members(register: Reading, group: str, today: date) -> list[Member]:
    """Everyone who is, will be or was in a group, those who are first."""
    day = today.isoformat()
    found = []
    for row in register.by("placements", "group").get(group, ()):
        pupil: Row = register.get(str(row.get("pupil") or "")) or {}
        over = bool(row.get("end")) and row["end"] < day
        found.append(
            Member(
                row["id"],
                str(row.get("pupil") or ""),
                list_name(pupil) if pupil else UNKNOWN_PUPIL,
                str(pupil.get("class_name") or ""),
                str(row.get("start") or ""),
                str(row.get("end") or ""),
                row.get("entry_score"),
                row.get("exit_score"),
                outcome_number(row.get("outcome")),
                str(row.get("ended_reason") or ""),
                over,
                (over, folded(list_name(pupil)), str(row.get("start") or "")),
            )
        )
    found.sort(key=lambda member: member.order)
    return found


def usual_end(intervention: Row | None, start: str) -> str:
    """The last day of a run that begins on an ISO day, by the weeks it lasts; empty if unknown."""
    weeks = (intervention or {}).get("weeks")
    if not isinstance(weeks, int) or weeks < 1 or not start:
        return ""
    return days_after(date.fromisoformat(start), weeks * 7 - 1)
