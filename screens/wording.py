"""Stored values in the words a person reads."""

from __future__ import annotations

from senreg.clock import shown, today
from senreg.models.describe import Field
from senreg.register import Register
from senreg.rules.dates import short_day, shown_day


def value_words(register: Register, field: Field, value: object) -> str:
    """A stored value in words: labels for codes, names for ids, dates in full.

    Args:
        register: Where the records stand that an id refers to.
        field: The field it is of.
        value: The stored value; empty words for none.
    """
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.kind in ("record", "records"):
        ids = value if isinstance(value, list) else [value]
        return "; ".join(record_words(register, str(each)) for each in ids)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = {"day": shown_day, "choice": field.label_of}.get(field.kind, str)
    return words(value)


def field_words(register: Register, table: str, name: str, value: object) -> tuple[str, str]:
    """A field's title, and its value in words; those of a newer version as they are stored."""
    from senreg.models.tables import TABLES, fields_of

    if name == "archived":
        return "Archived", "Yes" if value else "No"
    if table in TABLES:
        for field in fields_of(table):
            if field.name == name:
                return field.title, value_words(register, field, value)
    return name, "" if value is None else str(value)


def record_words(register: Register, record_id: str) -> str:
    """A record in short words; its id where the register does not hold it."""
    from senreg.rules.naming import describe_record

    row = register.get(record_id)
    return describe_record(row, register.get) if row is not None else record_id


def period_words(start: object, end: object) -> str:
    """'5 Sep 2025 to 3 Oct 2025', 'since 5 Sep 2025', 'until 3 Oct 2025'; empty for neither."""
    if start and end:
        return f"{short_day(start)} to {short_day(end)}"
    if start:
        return f"since {short_day(start)}"
    return f"until {short_day(end)}" if end else ""


def moment_words(milliseconds: int) -> str:
    """A moment in few cells: '27 Nov 09:30', with its year where that is not this one."""
    day, _, time = shown(milliseconds).partition(" ")
    words = short_day(day)
    if day[:4] == str(today().year):
        words = words.rpartition(" ")[0]
    return f"{words} {time}"
