"""What the school builds up for itself: example targets, saved views, known spreadsheets."""

from __future__ import annotations

from typing import Annotated

from senreg.models.areas import AREAS
from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, Text
from senreg.models.targets import TARGET_KINDS


class TargetExample(Record):
    """A target to start from. Blanks to fill in are written as three dots."""

    kind: Annotated[Code, About("Kind", choices=TARGET_KINDS)]
    area: Annotated[Code | None, About("Area", choices=AREAS, open=True)] = None
    statement: Annotated[
        Text | None, About("Target", "Write three dots where something is filled in.", long=True)
    ] = None
    success_criterion: Annotated[Text | None, About("How we will know", long=True)] = None
    measure: Annotated[Line | None, About("Measured by")] = None
    child_statement: Annotated[Text | None, About("In the child's words", long=True)] = None


class SavedView(Record):
    """A way of looking at a list: its filter, facets and order, under a name."""

    name: Annotated[Line, About("Name")]
    mode: Annotated[Line | None, About("Screen", "The screen it belongs to, such as register.")] = (
        None
    )
    settings: Annotated[
        Text | None, About("Settings", "The filter, facets and order, as JSON.", long=True)
    ] = None


class ColumnMapping(Record):
    """What the columns of one kind of spreadsheet mean, remembered for the next one."""

    name: Annotated[Line, About("Name", "Such as: our SEN register.")]
    table: Annotated[Line | None, About("Table", "The table its rows go to.")] = None
    shape: Annotated[
        Text | None,
        About(
            "Shape",
            "The headings in their order, a line each, by which it is known again.",
            long=True,
        ),
    ] = None
    columns: Annotated[
        Text | None,
        About(
            "Columns",
            "A JSON object: heading to field (dob), table.field (sen_statuses.code), note (kept "
            "as a dated note) or skip; ' = field' to what holds for every row.",
            long=True,
        ),
    ] = None
    used_on: Annotated[Day | None, About("Last used")] = None
