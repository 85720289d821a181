"""What in one child's file is about somebody else, or is a view: to be looked at before it goes.

A child's file is the child's; what it says of others is theirs. Whoever hands it out decides,
entry by entry. What names other children is found by their whole names, so that it can miss a
nickname: everything is still to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from senreg.models.text import folded
from senreg.rules.naming import known_as
from senreg.rules.reading import Row

OTHER_CHILD = "other_child"
OTHER_ADULT = "other_adult"
OPINION = "opinion"
CONFIDENTIAL = "confidential"

GROUNDS: dict[str, str] = {
    OTHER_CHILD: "it names another child",
    OTHER_ADULT: "it holds another adult's details",
    OPINION: "it is a member of staff's own view",
    CONFIDENTIAL: "it is marked confidential",
}
"""Each ground with its words, the weightiest first."""

_OPINIONS: dict[str, tuple[str, ...]] = {
    "notes": ("text",),
    "barriers": ("description",),
    "target_reviews": ("evidence", "next_step"),
    "sen_statuses": ("reason",),
}
"""The fields in which staff write what they think, by table."""


class Names:
    """Other children's names, to be found in text.

    Args:
        pupils: Every pupil, archived ones too.
        but: The id of the child whose file it is.
    """

    def __init__(self, pupils: Iterable[Row], but: str) -> None:
        self._words: dict[str, list[tuple[frozenset[str], ...]]] = {}
        for row in pupils:
            surname = _words(str(row.get("surname") or ""))
            if row["id"] == but or not surname:
                continue
            firsts = {_words(first) for first in (known_as(row), str(row.get("forename") or ""))}
            both = tuple(surname | first for first in firsts if first)
            if both:
                self._words.setdefault(min(surname), []).append(both)

    def in_text(self, text: str) -> bool:
        """Whether a surname stands in a text together with that child's first name."""
        words = _words(text)
        return any(
            whole <= words for word in words for both in self._words.get(word, ()) for whole in both
        )


def grounds_of(table: str, versions: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    """Why one entry of a file should be looked at; the codes of `GROUNDS`, none for most.

    Args:
        table: The table of the record.
        versions: What it holds, and what it held before where that goes out too.
        names: The names of other children.
    """
    found = set()
    for values in versions:
        if any(isinstance(each, str) and names.in_text(each) for each in values.values()):
            found.add(OTHER_CHILD)
        if any(values.get(name) for name in _OPINIONS.get(table, ())):
            found.add(OPINION)
        if values.get("confidential") is True or (
            table == "contacts" and values.get("restriction")
        ):
            found.add(CONFIDENTIAL)
    if table == "contacts":
        found.add(OTHER_ADULT)
    return [code for code in GROUNDS if code in found]


def _words(text: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() or c == "'" else " " for c in folded(text)).split())
