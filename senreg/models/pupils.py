"""Children: who they are, who stands for them, and which class they were in when."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from senreg.models.describe import About
from senreg.models.record import Day, Line, Record, RecordId, Text, YesNo
from senreg.models.upn import normalised_upn, upn_warnings

Upn = Annotated[Line, BeforeValidator(normalised_upn)]


class Pupil(Record):
    """A child of the school, past or present."""

    surname: Annotated[
        Line,
        About(
            "Surname",
            headings=("Last name", "Legal surname", "Legal last name", "Family name"),
        ),
    ]
    forename: Annotated[
        Line,
        About("Forename", headings=("First name", "Legal forename", "Legal first name", "Given name")),
    ]
    preferred_name: Annotated[
        Line | None,
        About(
            "Known as",
            "The first name the child is called by, if it is another.",
            headings=("Preferred name", "Preferred forename", "Preferred first name", "Known as"),
        ),
    ] = None
    upn: Annotated[
        Upn | None,
        About(
            "UPN",
            "Unique Pupil Number: a letter and twelve characters. A child may have none yet.",
            headings=("Unique pupil number", "UPN number", "Pupil UPN"),
        ),
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What is odd about the UPN; a pupil is never refused for it."""
        return upn_warnings(values.get("upn"))
