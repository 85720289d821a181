"""What a field takes, in words: for help, for templates and beside what is exported."""

from __future__ import annotations

from senreg.models.describe import Field


def takes(field: Field, *, most: int = 20) -> str:
    """What may stand in a field, in a sentence or two; empty for text of any kind.

    Args:
        field: The field.
        most: Choices that are listed; of more, the first.
    """
    if field.kind in ("record", "records"):
        tables = " or ".join(each.replace("_", " ") for each in field.tables)
        return f"From {tables}, by id, name or initials." if tables else ""
    if field.kind == "day":
        return "A date."
    if field.kind == "yes_no":
        return "Yes or no."
    offered = field.offered()
    if not offered:
        unit = f" ({field.about.unit})" if field.about.unit else ""
        return {"whole": f"A whole number{unit}.", "number": f"A number{unit}."}.get(field.kind, "")
    named = [
        choice.code if choice.code == choice.label else f"{choice.code} ({choice.label})"
        for choice in offered[:most]
    ]
    more = "; …" if len(offered) > most else ""
    other = " Or anything else." if field.about.open else ""
    return "; ".join(named) + more + "." + other
