"""Breaking text into lines of some cells, at spaces, by the width that characters have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len


@lru_cache(maxsize=2048)
def wrapped(text: str, width: int) -> list[str]:
    """A paragraph as lines of at most `width` cells; empty text is one empty line.

    Lines break at spaces, and within a word only where the word alone is too long.
    """
    if cell_len(text) <= width:
        return [text.rstrip()]
    found: list[str] = []
    line, fresh = "", True
    for piece in _pieces(text, width):
        longer = piece if fresh else f"{line} {piece}"
        if not fresh and cell_len(longer) > width:
            found.append(line.rstrip())
            line, fresh = piece, not piece
        else:
            line, fresh = longer, False
    found.append(line.rstrip())
    return found


def _pieces(text: str, width: int) -> Iterator[str]:
    """The words of a text; one that is too long comes in pieces, all but the last a whole line."""
    for word in text.split(" "):
        rest = word
        while cell_len(rest) > width:
            head = _head(rest, width)
            yield head
            rest = rest[len(head) :]
        yield rest


def _head(word: str, width: int) -> str:
    """The longest beginning of a word that fits, at least one character."""
    taken, cells = 1, cell_len(word[0])
    while taken < len(word) and cells + cell_len(word[taken]) <= width:
        cells += cell_len(word[taken])
        taken += 1
    return word[:taken]
