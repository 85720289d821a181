"""The day it is in an invented school of the past: always the one at which it was made.

Its records end there, so on any other day every screen would be empty or overdue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senreg.clock import stand_at
from senreg.models.days import as_day

if TYPE_CHECKING:
    from senreg.register import Register


def stand(register: Register) -> bool:
    """Let it be the day at which a register stands, where it says so; whether it does.

    Only an invented school is believed.
    """
    school = next(iter(register.all("school")), None) if register.invented else None
    day = as_day(school["stands_at"]) if school is not None else None
    if day is None:
        return False
    stand_at(day)
    return True
