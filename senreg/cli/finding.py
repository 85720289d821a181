"""What `senreg search` found, with the pupil each hit is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from senreg.rules import naming
from senreg.rules.belonging import pupil_of

if TYPE_CHECKING:
    from senreg.register import Hit, Register

EVERY = 1_000_000
"""Hits to ask for: a script must not take the first two hundred for all there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """One field that holds the words.

    Args:
        id: The record's id.
        table: Its table.
        field: The field the words stand in.
        excerpt: The text around them.
        pupil: The id of the pupil it is about; None where it is about none.
        what: The record in short words.
    """

    id: str
    table: str
    field: str
    excerpt: str
    pupil: str | None
    what: str

    def as_json(self) -> dict[str, Any]:
        """The hit as scripts read it."""
        return {
            "id": self.id,
            "table": self.table,
            "field": self.field,
            "excerpt": self.excerpt,
            "pupil": self.pupil,
        }

    def lines(self) -> list[str]:
        """The hit as people read it: what it is and its id, then the text."""
        excerpt = " ".join(self.excerpt.split())
        return [f"{self.what}  [{self.id}]", f"    {self.field}: {excerpt}"]


def found(register: Register, words: str) -> list[Found]:
    """Every hit for some words, as the register finds them."""
    return [_found(register, hit) for hit in register.search(words, limit=EVERY)]


def _found(register: Register, hit: Hit) -> Found:
    pupil = pupil_of(hit.row, register.get)
    return Found(
        id=hit.row.id,
        table=hit.row.table,
        field=hit.field,
        excerpt=hit.excerpt,
        pupil=str(pupil["id"]) if pupil is not None else None,
        what=naming.describe_record(hit.row, register.get, hit.row.table),
    )
