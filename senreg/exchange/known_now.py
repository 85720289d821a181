"""What a register knows once an import is done, in one sentence."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from senreg.rules.reading import Reading
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_on
from senreg.rules.today import due_and_overdue, gaps


class KnownNow(NamedTuple):
    """What a register knows after an import.

    Args:
        on_roll: Pupils on roll.
        on_register: Those of them with SEN.
        no_need: Those on the register without a primary need.
        overdue: Statutory dates, reviews, targets and actions that are overdue.
    """

    on_roll: int
    on_register: int
    no_need: int
    overdue: int

    @property
    def words(self) -> str:
        """Such as '62 on the register; 3 without a primary need; 7 overdue.'."""
        return (
            f"{self.on_register} on the register; {self.no_need} without a primary need; "
            f"{self.overdue} overdue."
        )


def known_now(register: Reading, today: date) -> KnownNow:
    """What a register knows on a day, as a finished import tells it."""
    statuses = register.by("sen_statuses", "pupil")
    here = on_roll(register, today)
    current = (status_on(statuses.get(pupil["id"], ()), today) for pupil in here)
    return KnownNow(
        on_roll=len(here),
        on_register=sum(1 for row in current if row is not None and has_sen(row.get("code"))),
        no_need=len(gaps(register, today)[1]),
        overdue=sum(1 for line in due_and_overdue(register, today) if line.state == "overdue"),
    )
