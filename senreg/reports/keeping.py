"""Papers about the register itself: its recovery key, handing it over, a laptop that is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.clock import day_of
from senreg.models.text import clean_line
from senreg.reports.outline import Outline, Part
from senreg.reports.papers import Paper, Source
from senreg.rules.dates import short_day
from senreg.settings import Settings

HANDOVER = "handover"
LOST_LAPTOP = "lost-laptop"

KINDS = (
    ("pupils", "child", "children"),
    ("contacts", "parent or other contact", "parents and other contacts"),
    ("sen_statuses", "SEN status", "SEN statuses"),
    ("needs", "need", "needs"),
    ("barriers", "barrier to learning", "barriers to learning"),
    ("targets", "target", "targets"),
    ("reviews", "review", "reviews"),
    ("placements", "place in an intervention", "places in interventions"),
    ("notes", "note", "notes"),
    ("documents", "document listed", "documents listed"),
    ("staff", "member of staff", "members of staff"),
)
"""Tables that hold something about people, and what one and several are called."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What a paper says it is of.

    Args:
        school: The school's name.
        register: The name of the register's folder.
        invented: Whether nobody in it is real.
    """

    school: str
    register: str
    invented: bool = False

    @classmethod
    def of(cls, register: Source) -> Whose:
        """That of an open register."""
        school = str(register.school.get("name") or "")
        return cls(school, register.path.name, register.invented)


def recovery_sheet(whose: Whose, key: str, today: date) -> Paper:
    """The sheet with a register's recovery key, for the head's safe. It has no passphrase on it.

    Args:
        whose: What it opens.
        key: Nine groups of four.
        today: The day it is made.
    """
    groups = key.split("-")
    rows = [groups[place : place + 3] for place in range(0, len(groups), 3)]
    return _paper("recovery", "Recovery key", whose, today, rows=rows)


def handover_page(register: Source, today: date, keeper: str = "") -> Paper:
    """What the next SENCO does to take the register over.

    Args:
        register: The open register.
        today: The day it is made.
        keeper: Who holds the recovery key, and where; empty leaves a line to write on.
    """
    return _paper(
        HANDOVER,
        "Handing the register over",
        Whose.of(register),
        today,
        sealed=register.sealed,
        keeper=clean_line(keeper),
        pupils=register.count("pupils"),
    )


def lost_laptop_sheet(register: Source, today: date) -> Paper:
    """What was on a laptop that is gone, how it was protected, and what to do today."""
    return _paper(
        LOST_LAPTOP,
        "A laptop with the register is lost",
        Whose.of(register),
        today,
        sealed=register.sealed,
        held=held(register),
        last_used=last_used(register),
    )


def held(register: Source) -> list[str]:
    """How much of each kind of data a register holds: '240 children', '12 notes'."""
    found = []
    for table, one, many in KINDS:
        count = register.count(table) + register.count(table, archived=True)
        if count:
            found.append(f"{count:,} {one if count == 1 else many}")
    return found


def last_used(register: Source) -> str:
    """The day the register was last closed on this computer; empty where it is not known."""
    at = Settings.load().last_seen.get(register.register_id)
    return short_day(day_of(at)) if at else ""


def outline(register: Source, name: str, paper: Paper, today: date) -> Outline:
    """What is on one of these papers, before it is kept."""
    whose = Whose.of(register)
    about = f"{whose.school}, {whose.register}. One A4 page, of {short_day(today)}."
    if name == LOST_LAPTOP:
        how = "Encrypted" if register.sealed else "Not encrypted"
        parts: tuple[Part, ...] = (
            Part("What was on it", tuple(held(register))),
            Part("How it was protected", (how,)),
            Part("What to do today, and whom to tell", ("Step by step",)),
        )
    else:
        parts = (
            Part("Who holds the recovery key", ("As you wrote it, or a line to write on",)),
            Part("What to change, step by step", ("Passphrase, key, copies, staff",)),
        )
    return Outline(paper.title, about, parts)


def _paper(name: str, title: str, whose: Whose, today: date, **values: object) -> Paper:
    from senreg.reports.pages import rendered

    common = {
        "title": title,
        "size": 11,
        "school": clean_line(whose.school),
        "register": clean_line(whose.register),
        "invented": whose.invented,
        "made_on": short_day(today),
    }
    return Paper(name, title, rendered(f"{name}.html", {**common, **values}))
