"""What every record has in common, and the types its fields are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from senreg.models.text import clean, clean_line


def _line(value: object) -> object:
    if isinstance(value, str):
        return clean_line(value) or None
    return value


def _text(value: object) -> object:
    if isinstance(value, str):
        return clean(value).strip() or None
    return value


def _blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _flag(value: object) -> object:
    return False if value is None or value == "" else value


Line = Annotated[str, BeforeValidator(_line), Field(max_length=500)]
"""Text on one line, at most 500 characters; blank is null."""

Text = Annotated[str, BeforeValidator(_text), Field(max_length=100_000)]
"""Text of several lines, at most 100,000 characters; blank is null."""

Day = Annotated[date, BeforeValidator(_blank)]
"""A date, ISO where it is stored."""

Number = Annotated[float, BeforeValidator(_blank), Field(allow_inf_nan=False)]
"""A number; blank is null."""

Whole = Annotated[int, BeforeValidator(_blank)]
"""A whole number; blank is null."""

YesNo = Annotated[bool, BeforeValidator(_flag)]
"""True or false, never null."""

RecordId = Annotated[str, BeforeValidator(_line), Field(max_length=64)]
"""The id of another record."""


class Record(BaseModel):
    """A record of a table. `archived` records stay in the register and can be restored."""

    model_config = ConfigDict(extra="forbid", validate_default=False)

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What a careful reader would point out in values that are kept all the same."""
        del values
        return []
