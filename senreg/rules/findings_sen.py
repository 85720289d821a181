"""Findings about statuses and needs, as the school census asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.needs import open_needs, primary_of
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import roll_state
from senreg.rules.status import OLD_STAGES, has_sen, is_open, status_look, status_on

ACTION_UNTIL = "2015-08-31"
"""School Action and Action Plus became SEN support by September 2015."""

_OPEN = "9999-12-31"

STATEMENTS_UNTIL = "2018-04-01"
"""The last day for moving statements to plans was 1 April 2018."""


def sen_findings(register: Reading, today: date) -> Iterator[Finding]:
    """What is odd about the statuses and needs of each pupil."""
    statuses, needs = register.by("sen_statuses", "pupil"), register.by("needs", "pupil")
    for pupil in register.all("pupils"):
        theirs = statuses.get(pupil["id"], ())
        yield from status_findings(pupil, theirs)
        if roll_state(pupil, today) != "left":
            yield from _of_today(pupil, theirs, needs.get(pupil["id"], ()), today)


def status_findings(pupil: Row, statuses: Sequence[Row]) -> Iterator[Finding]:
    """Statuses of one pupil that cannot all be true."""
    opened = [row for row in statuses if is_open(row)]
    if len(opened) > 1:
        words = " and ".join(status_look(row.get("code")).word for row in opened)
        message = f"{who(pupil)} has {len(opened)} statuses open: {words}."
        yield Finding("two_open_statuses", "error", "sen_statuses", opened[-1]["id"], message)
    spans = sorted(
        (str(row["start"]), str(row.get("end") or _OPEN), place)
        for place, row in enumerate(statuses)
        if row.get("start")
    )
    reached = ""
    for start, end, place in spans:
        if reached > start and not reached == end == _OPEN:
            message = f"Two statuses of {who(pupil)} overlap from {short_day(start)}."
            found = statuses[place]["id"]
            yield Finding("statuses_overlap", "warning", "sen_statuses", found, message)
        reached = max(reached, end)


def _of_today(
    pupil: Row, statuses: Sequence[Row], needs: Sequence[Row], today: date
) -> Iterator[Finding]:
    status = status_on(statuses, today)
    code = status.get("code") if status else None
    opened = open_needs(needs, today)
    key, name, word = pupil["id"], who(pupil), status_look(code).word
    if has_sen(code) and primary_of(opened) is None:
        message = f"{name} has the status {word} and no primary need."
        yield Finding("no_primary_need", "warning", "pupils", key, message)
    if status is not None and code in ("N", "O") and opened:
        message = f"{name} has no SEN and an open need: {opened[0].get('code')}."
        yield Finding("need_without_sen", "warning", "needs", opened[0]["id"], message)
    if code == "E":
        for row in opened:
            if row.get("code") == "NSA":
                message = f"{name} has a plan and NSA, no specialist assessment, as a need."
                yield Finding("nsa_with_plan", "warning", "needs", row["id"], message)
    if status is not None and code in OLD_STAGES and _is_past(str(code), today):
        message = f"{name} is on a stage of before 2014: {word}."
        yield Finding("old_stage", "warning", "sen_statuses", status["id"], message)
    yield from need_findings(name, opened)


def _is_past(code: str, today: date) -> bool:
    return today.isoformat() > (STATEMENTS_UNTIL if code == "S" else ACTION_UNTIL)


def need_findings(name: str, opened: Sequence[Row]) -> Iterator[Finding]:
    """Needs of one pupil that do not go together: by rank, and by code.

    Args:
        name: The child in words.
        opened: The needs that hold today.
    """
    yield from _of_ranks(name, opened)
    yield from _of_doubles(name, opened)


def _of_ranks(name: str, opened: Sequence[Row]) -> Iterator[Finding]:
    ranked = [row for row in opened if isinstance(row.get("rank"), int)]
    primary = [row for row in ranked if row["rank"] == 1]
    if len(primary) > 1:
        words = " and ".join(str(row.get("code")) for row in primary)
        message = f"{name} has {len(primary)} primary needs: {words}."
        yield Finding("two_primary_needs", "warning", "needs", primary[1]["id"], message)
    ranks = sorted({row["rank"] for row in ranked})
    if ranks and primary and ranks != list(range(1, len(ranks) + 1)):
        missing = next(rank for rank in range(1, ranks[-1]) if rank not in ranks)
        message = f"The needs of {name} have no rank {missing}."
        yield Finding("rank_gap", "note", "needs", ranked[-1]["id"], message)


def _of_doubles(name: str, opened: Sequence[Row]) -> Iterator[Finding]:
    seen = set()
    for row in opened:
        if row.get("code") in seen:
            message = f"{name} has the need {row.get('code')} twice."
            yield Finding("need_twice", "warning", "needs", row["id"], message)
        seen.add(row.get("code"))
