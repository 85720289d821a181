"""What is to be read about a child's contacts before anybody speaks, writes or gives to them."""

from __future__ import annotations

from collections.abc import Iterator

from senreg.models.tables import field_of
from senreg.models.text import clean_line
from senreg.rules.reading import Reading, Row


def cautions(register: Reading, pupil: str) -> tuple[str, ...]:
    """A sentence for each contact under a restriction, then for each who needs an interpreter.

    Args:
        register: The register to read.
        pupil: The pupil's id.

    Returns:
        'Azad Demhat (father): no contact.' and the like, restrictions first, each in the order
        in which contacts are called.
    """
    rows = register.by("contacts", "pupil").get(pupil, ())
    return tuple(_told(sorted(rows, key=lambda row: row.get("priority") or 99)))


def interpreter_words(contact: Row) -> str:
    """'needs an interpreter (Kurdish)'; empty where none is needed."""
    if not contact.get("interpreter"):
        return ""
    tongue = clean_line(field_of("contacts", "language").label_of(contact.get("language")))
    return f"needs an interpreter ({tongue})" if tongue else "needs an interpreter"


def _told(contacts: list[Row]) -> Iterator[str]:
    for row in contacts:
        restriction = clean_line(str(row.get("restriction") or ""))
        if restriction:
            yield f"Restriction, {_named(row)}: {restriction}"
    for row in contacts:
        needed = interpreter_words(row)
        if needed:
            yield f"{_named(row)} {needed}."


def _named(contact: Row) -> str:
    name = clean_line(str(contact.get("name") or "a contact"))
    kin = clean_line(field_of("contacts", "relationship").label_of(contact.get("relationship")))
    return f"{name} ({kin[:1].lower()}{kin[1:]})" if kin else name
