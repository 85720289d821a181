"""A stored value as a person reads it."""

from __future__ import annotations

from senreg.models.describe import Field
from senreg.rules import naming
from senreg.rules.dates import short_day
from senreg.rules.reading import Reading


def in_words(register: Reading, field: Field, value: object, *, brief: bool = False) -> str:
    """A stored value as a person reads it; blank where nothing is known.

    Args:
        register: Finds the records that ids refer to.
        field: What the value is.
        value: What is stored.
        brief: Codes of the DfE stay codes and staff are initials, as in a table.
    """
    words = str(value)
    if value is None:
        words = ""
    elif field.kind == "day":
        words = short_day(value)
    elif field.kind == "yes_no":
        words = "Yes" if value else "No"
    elif field.kind == "choice":
        words = words if brief and field.about.code_set else field.label_of(value)
    elif field.kind in ("record", "records"):
        ids = value if isinstance(value, (list, tuple)) else [value]
        words = ", ".join(_referred(register, each, brief=brief) for each in ids)
    elif field.about.choices and not brief:
        words = f"{value} ({field.label_of(value).lower()})"
    elif isinstance(value, float):
        words = f"{value:g}"
    return words


def _referred(register: Reading, record_id: object, *, brief: bool) -> str:
    row = register.get(str(record_id))
    if row is None:
        return str(record_id)
    table = str(getattr(row, "table", ""))
    if table == "pupils":
        return naming.list_name(row)
    if table == "staff":
        return naming.initials(row) if brief else naming.staff_name(row)
    if table == "groups":
        return naming.group_name(row, register.get)
    named = row.get("name") or row.get("statement")
    return str(named) if named else naming.describe_record(row, register.get, table)
