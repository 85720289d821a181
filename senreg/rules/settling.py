"""Two people's values of one field: how they differ word by word, and what holds both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple, Protocol

BOTH_KINDS = ("text", "records")
"""The kinds of fields that can hold what two people wrote: a text, and a list of records."""

_WORD = re.compile(r"\S+\s*|\s+")
_ALIKE = 0.3
"""Below this share of words in common two texts are simply two texts."""

_MOST = 5000
"""So many words of a text are compared at most; more would take too long to look for."""


_AROUND = 8
"""Words that both texts have which are shown beside those of one alone."""

LEFT_OUT = "[…]"
"""Stands for words that both texts have."""


class Piece(NamedTuple):
    """Some words of a text, and whether they stand in this text alone."""

    text: str
    own: bool


class Given(Protocol):
    """A value in a conflict: what, by whom, and when in milliseconds since 1970."""

    @property
    def value(self) -> Any:
        """The value."""

    @property
    def by(self) -> str:
        """Who gave it."""

    @property
    def at(self) -> int:
        """When."""


class Contested(Protocol):
    """A conflict: its id, and its values of which the last is shown meanwhile."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def field(self) -> str:
        """The name of the field."""

    @property
    def values(self) -> Sequence[Given]:
        """What people gave it."""


def own_words(text: str, other: str) -> list[Piece]:
    """A text in pieces, with the words marked that the other text lacks.

    Texts with little in common are not marked at all: there everything differs. Nor are texts
    of more than 5,000 words.
    """
    mine, theirs = _WORD.findall(text), _WORD.findall(other)
    if not mine or max(len(mine), len(theirs)) > _MOST:
        return [Piece(text, own=False)] if text else []
    matcher = SequenceMatcher(None, _bare(theirs), _bare(mine))
    if matcher.ratio() < _ALIKE:
        return [Piece(text, own=False)]
    pieces = []
    for tag, _, _, start, end in matcher.get_opcodes():
        if end > start:
            pieces.append(Piece("".join(mine[start:end]), own=tag != "equal"))
    return pieces


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without the long stretches that both texts have, so that what differs is seen.

    Around each piece of its own a text keeps eight words; what is left out between is one
    sign. A text without pieces of its own, and a short one, stay whole.
    """
    if not any(piece.own for piece in pieces):
        return list(pieces)
    told = []
    for place, piece in enumerate(pieces):
        words = _WORD.findall(piece.text)
        before = _AROUND if place else 0
        after = _AROUND if place < len(pieces) - 1 else 0
        if piece.own or len(words) <= before + after + _AROUND:
            told.append(piece)
            continue
        first, last = "".join(words[:before]).rstrip(), "".join(words[len(words) - after :])
        told.append(Piece(f"{first} {LEFT_OUT} {last}", own=False))
    return told


def both(kind: str, values: Sequence[Any]) -> Any:
    """One value that holds all of several, each part once: a list's union, a text's lines.

    Args:
        kind: The kind of the field, one of `BOTH_KINDS`.
        values: The values, in the order in which they are to stand.
    """
    given = [each for each in values if each]
    if kind == "records":
        return list(dict.fromkeys(record for each in given for record in each))
    joined: list[str] = []
    for each in given:
        joined = _with_lines(joined, str(each).split("\n"))
    return "\n".join(joined)


def by_person(conflicts: Iterable[Contested]) -> dict[str, dict[str, Any]]:
    """By person: the value that person gave last to each of the conflicts, by conflict."""
    given: dict[str, dict[str, Any]] = {}
    for conflict in conflicts:
        for each in sorted(conflict.values, key=lambda value: value.at):
            given.setdefault(each.by, {})[conflict.id] = each.value
    return given


def in_both(conflicts: Iterable[Contested], kinds: Mapping[str, str]) -> dict[str, Any]:
    """What holds both, for those of the conflicts that can be settled so, by conflict.

    Args:
        conflicts: The conflicts.
        kinds: The kind of the field, by conflict.
    """
    return {
        conflict.id: both(kinds[conflict.id], [each.value for each in conflict.values])
        for conflict in conflicts
        if kinds.get(conflict.id) in BOTH_KINDS
    }


def _bare(words: Iterable[str]) -> list[str]:
    """Words by which texts are compared: a gap is a gap, however wide, but for its lines."""
    return [word.strip() + "\n" * word.count("\n") for word in words]


def _with_lines(first: list[str], second: list[str]) -> list[str]:
    joined: list[str] = []
    matcher = SequenceMatcher(None, first, second)
    for tag, start, end, other, other_end in matcher.get_opcodes():
        joined += first[start:end]
        if tag != "equal":
            joined += second[other:other_end]
    return joined
