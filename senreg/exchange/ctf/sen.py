"""What a transfer file says of a child's special needs, made into stretches of time.

The file gives each status the day it began; a status holds until the next begins (versions
from 17 may give an end). N ends a status and is none itself. A, P and S of before 2014 are kept
as they were, and so is BESD.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from senreg.exchange.belongings import Belonging
from senreg.exchange.ctf.elements import day_said, parts, said, whole_said
from senreg.rules.dates import days_after


@dataclass(slots=True)
class SenPast:
    """Statuses and needs of one child.

    Args:
        code: The status that holds: K, E, or A, P, S of an old file; N where the file says
            that there is none now; empty where it says nothing.
        since: The ISO day since which it holds; empty where that is not said.
        ended: Statuses that have ended, as records of `sen_statuses`.
        needs: All needs, as records of `needs`.
    """

    code: str = ""
    since: str = ""
    ended: list[Belonging] = field(default_factory=list)
    needs: list[Belonging] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    code: str
    start: str
    end: str


def sen_past(pupil: Element) -> SenPast:
    """What stands in a child's `SENhistory`."""
    past = SenPast(needs=list(_needs(pupil)))
    stretches = _stretches(pupil)
    for each in stretches[:-1]:
        if each.code != "N" and each.end:
            past.ended.append(_ended(each))
    if stretches:
        last = stretches[-1]
        if last.end and last.code != "N":
            past.ended.append(_ended(last))
            last = _Stretch("N", days_after(date.fromisoformat(last.end), 1), "")
        past.code, past.since = last.code, last.start
    return past


def _ended(each: _Stretch) -> Belonging:
    start = {"start": each.start} if each.start else {}
    return Belonging("sen_statuses", {"code": each.code, **start, "end": each.end})


def _stretches(pupil: Element) -> list[_Stretch]:
    """The statuses in turn, each up to the day before the next; what is told twice is one."""
    told = sorted(
        (
            _Stretch(code, day_said(each, "StartDate") or "", day_said(each, "EndDate") or "")
            for each in parts(pupil, "SENhistory", "SEN")
            if (code := said(each, "SENprovision").upper())
        ),
        key=lambda each: each.start,
    )
    found: list[_Stretch] = []
    for each in told:
        if found:
            before = found[-1]
            open_then = not before.end or (bool(each.start) and before.end >= each.start)
            if before.code == each.code and open_then:
                before.end = each.end
                continue
            if open_then and each.start:
                before.end = days_after(date.fromisoformat(each.start), -1)
            if before.end and before.start > before.end:
                found.pop()
        found.append(each)
    return found


def _needs(pupil: Element) -> Iterator[Belonging]:
    for each in parts(pupil, "SENhistory", "SENneeds", "SENneed"):
        code = said(each, "SENtype").upper()
        if code:
            values = {
                "code": code,
                "rank": whole_said(each, "SENtypeRank"),
                "start": day_said(each, "NeedStartDate"),
                "end": day_said(each, "NeedEndDate"),
            }
            yield Belonging("needs", {key: value for key, value in values.items() if value})
