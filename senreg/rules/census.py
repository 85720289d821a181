"""The SEN part of the school census on a day, and its check.

At every census (the first Thursday of October, the third of January and of May) each child on
roll has an SEN provision: N, K or E. The spring census also asks for the primary and secondary
type of need, for the SEN unit and for resourced provision, the last two only where the
authority recognises them (school census guidance as local authorities publish it: Devon,
Norfolk, Hertfordshire). A monitored concern, M, is the school's own and leaves as N. Historic
stages leave as they are, and the check points them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from senreg.rules.findings_links import ends_before_it_begins
from senreg.rules.findings_sen import sen_findings
from senreg.rules.found import Finding
from senreg.rules.needs import open_needs, primary_of
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll
from senreg.rules.status import status_on

_AS_N = ("M", "O", "")
"""What is no SEN provision to the department."""

REMEDIES: dict[str, str] = {
    "no_primary_need": "Give the child a need of rank 1, or end the status.",
    "need_without_sen": "End the need, or give the child a status.",
    "nsa_with_plan": "Replace NSA by the need that the plan names.",
    "rank_gap": "Give the needs ranks 1, 2, 3 without a gap.",
    "two_primary_needs": "Keep rank 1 for one of them.",
    "need_twice": "End one of the two.",
    "two_open_statuses": "End the one that no longer holds.",
    "statuses_overlap": "Let the first end the day before the second begins.",
    "end_before_start": "Put the two days right.",
    "old_stage": "Move the child to SEN support, a plan or none.",
}
"""What puts right each finding that the census would query."""


class CensusLine(NamedTuple):
    """One child as the census has it.

    Args:
        pupil: The row of `pupils`.
        provision: N, K or E; A, P or S where the register still has such a stage.
        needs: Codes of the primary and the secondary need; empty for N.
        sen_unit: In an SEN unit.
        resourced: In resourced provision.
    """

    pupil: Row
    provision: str
    needs: tuple[str, ...]
    sen_unit: bool
    resourced: bool


class CensusQuery(NamedTuple):
    """One thing that the census would query, with what puts it right."""

    finding: Finding
    remedy: str


def census(register: Reading, day: date) -> list[CensusLine]:
    """Every child on roll on a day, in the order of surname and forename."""
    statuses, needs = register.by("sen_statuses", "pupil"), register.by("needs", "pupil")
    lines = []
    for pupil in on_roll(register, day):
        current = status_on(statuses.get(pupil["id"], ()), day)
        code = str(current.get("code") or "") if current else ""
        provision = "N" if code in _AS_N else code
        has_sen = provision != "N"
        lines.append(
            CensusLine(
                pupil,
                provision,
                _types(needs.get(pupil["id"], ()), day) if has_sen else (),
                sen_unit=has_sen and bool(pupil.get("sen_unit")),
                resourced=has_sen and bool(pupil.get("resourced_provision")),
            )
        )
    lines.sort(key=lambda each: (_folded(each.pupil, "surname"), _folded(each.pupil, "forename")))
    return lines


def census_check(register: Reading, day: date) -> list[CensusQuery]:
    """What the census of a day would query of the children on roll, each with its remedy."""
    here = {pupil["id"] for pupil in on_roll(register, day)}
    found = [
        *sen_findings(register, day),
        *(
            each
            for table in ("sen_statuses", "needs")
            for row in register.all(table)
            for each in ends_before_it_begins(register, table, row)
        ),
    ]
    return [
        CensusQuery(each, REMEDIES[each.code])
        for each in found
        if each.code in REMEDIES and _pupil_of(register, each) in here
    ]


def next_census(day: date) -> date:
    """The next census day, or the day itself: first Thursday of October, third of January, May."""
    days = sorted(each for year in (day.year, day.year + 1) for each in _census_days(year))
    return next(each for each in days if each >= day)


def _census_days(year: int) -> Iterator[date]:
    for month, thursday in ((1, 3), (5, 3), (10, 1)):
        first = date(year, month, 1)
        yield date(year, month, 1 + (3 - first.weekday()) % 7 + 7 * (thursday - 1))


def _types(needs: Sequence[Row], day: date) -> tuple[str, ...]:
    """The primary and the secondary need; where none is primary, nothing is guessed."""
    opened = open_needs(needs, day)
    primary = primary_of(opened)
    if primary is None:
        return ()
    rest = [each for each in opened if each is not primary and each["code"] != primary["code"]]
    return tuple(str(each["code"]) for each in (primary, *rest[:1]))


def _folded(pupil: Row, name: str) -> str:
    from senreg.models.text import folded

    return folded(str(pupil.get(name) or ""))


def _pupil_of(register: Reading, finding: Finding) -> str:
    if finding.table == "pupils":
        return finding.record
    row = register.get(finding.record)
    return str(row.get("pupil") or "") if row is not None else ""
