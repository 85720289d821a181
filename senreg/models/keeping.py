"""How long a child's file is kept: what stands in the way of erasing it."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Day, Record, RecordId, Text


class Hold(Record):
    """A reason to keep a child's file for now, such as a complaint or a claim."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    reason: Annotated[
        Text | None,
        About("Reason", "Why the file must be kept, and who asked for it.", long=True),
    ] = None
    start: Annotated[Day | None, About("From")] = None
    end: Annotated[
        Day | None, About("Until", "While there is no date, the file is never erased.")
    ] = None
