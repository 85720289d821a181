"""What a file says of a child besides the fields of a pupil: records of other tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TABLES = ("sen_statuses", "needs", "fsm_periods", "contacts", "attendance")
"""The tables whose records a file may bring with its pupils."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """A record that belongs to the pupil of a row.

    Args:
        table: One of `TABLES`.
        values: Its fields as they are stored, less the pupil; what the file leaves out is not
            in it. Of `sen_statuses` only those that have ended.
    """

    table: str
    values: Mapping[str, Any] = field(default_factory=dict)
