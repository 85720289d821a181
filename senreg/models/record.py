"""What every record has in common, and the types its fields are made of."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from typing import Annotated, Any

# Else pydantic reads the entry points of everything installed, and runs what calls itself its own.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
)

from senreg.models.text import clean, clean_line

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def _line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _text(value: object) -> object:
    return clean(value).strip() if isinstance(value, str) else value


def _day(value: object) -> object:
    """Only a date or its ISO form: pydantic alone would take 17 for a moment of 1970."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        found = _ISO_DAY.fullmatch(value.strip())
        if found:
            return date.fromisoformat(found[1])
    raise ValueError("not a date")


def _amount(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("not a number")  # noqa: TRY004 - pydantic reads only ValueError
    return value


def _flag(value: object) -> object:
    return False if value is None else value


def _code(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _line(value)


def _time(value: object) -> object:
    value = _line(value)
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value)
    if not found:
        raise ValueError("not a time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("not a time")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValueError("not a time")
    return f"{hour:02}:{minute:02}"


def _once_each(value: list[str]) -> list[str]:
    return list(dict.fromkeys(value))


Line = Annotated[str, BeforeValidator(_line), Field(max_length=500)]
"""Text on one line, at most 500 characters."""

Text = Annotated[str, BeforeValidator(_text), Field(max_length=100_000)]
"""Text of several lines, at most 100,000 characters."""

Day = Annotated[date, BeforeValidator(_day)]
"""A date, ISO where it is stored."""

Number = Annotated[float, BeforeValidator(_amount), Field(allow_inf_nan=False)]
"""A number."""

Whole = Annotated[int, BeforeValidator(_amount), Field(ge=-(10**12), le=10**12)]
"""A whole number."""

YesNo = Annotated[bool, BeforeValidator(_flag)]
"""True or false, never null."""

Code = Annotated[str, BeforeValidator(_code), Field(max_length=500)]
"""A code of a list; a figure such as the year group 4 is taken as its text."""

TimeOfDay = Annotated[str, BeforeValidator(_time), Field(max_length=5)]
"""A time of the day, HH:MM where it is stored; 9.30 and 1:15pm are understood."""

RecordId = Annotated[str, BeforeValidator(_line), Field(max_length=64)]
"""The id of another record."""

RecordIds = Annotated[list[RecordId], AfterValidator(_once_each), Field(max_length=1000)]
"""The ids of other records, each once, in the order given."""


class Record(BaseModel):
    """A record of a table. `archived` records stay in the register and can be restored."""

    model_config = ConfigDict(extra="forbid", validate_default=False)

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_null(cls, value: object) -> object:
        return None if isinstance(value, str) and not clean_line(value) else value

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What a careful reader would point out in values that are kept all the same."""
        del values
        return []
