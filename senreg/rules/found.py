"""One thing that is odd in a register."""

from __future__ import annotations

from typing import Literal, NamedTuple

from senreg.rules.naming import pupil_name
from senreg.rules.reading import Row

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""error: it cannot be true; warning: look at it; note: worth knowing."""


class Finding(NamedTuple):
    """One thing that is odd, and where.

    Args:
        code: A fixed name of the rule, such as two_open_statuses.
        severity: error, warning or note.
        table: The table of the record.
        record: The id of the record to open.
        message: One sentence; it may name the child.
    """

    code: str
    severity: Severity
    table: str
    record: str
    message: str


def who(pupil: Row) -> str:
    """A child in a finding: 'Sam O'Neil (4B)'."""
    class_name = pupil.get("class_name")
    return f"{pupil_name(pupil)} ({class_name})" if class_name else pupil_name(pupil)
