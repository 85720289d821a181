"""What a rule may ask of a register: reading, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

Row = Mapping[str, Any]
"""A stored record: field names to JSON values, and its id under "id"."""


class Reading(Protocol):
    """The read methods of an open register that the rules use."""

    def all(self, table: str, /, *, archived: bool = False) -> Sequence[Row]:
        """The records of a table: live ones, or those that were archived."""

    def get(self, record_id: str, /) -> Row | None:
        """One record, live or archived; None for an id the register does not hold."""

    def by(self, table: str, field: str, /) -> Mapping[Any, Sequence[Row]]:
        """The live records of a table, grouped by the value of a field."""


def iso(day: date | str) -> str:
    """A day as it is stored: '2026-11-27'."""
    return day if isinstance(day, str) else day.isoformat()


def covers(row: Row, day: str, start: str = "start", end: str = "end") -> bool:
    """Whether a dated record holds on an ISO day: both ends count, an absent end is open."""
    first, last = row.get(start), row.get(end)
    return (not first or first <= day) and (not last or last >= day)
