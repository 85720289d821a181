"""A text that is longer than a cell of a workbook may be, in pieces and whole again."""

from __future__ import annotations

# Microsoft's "Excel specifications and limits": characters in a cell, counted as UTF-16 units.
CELL_LIMIT = 32_767

_BACK = 1_000
"""Characters by which a cut is moved, so that no piece begins or ends with a blank, which a
reader of cells takes off."""


def pieces(text: str) -> list[str]:
    """A text in pieces that each fit a cell, at least one."""
    if len(text) * 2 <= CELL_LIMIT or _units(text) <= CELL_LIMIT:
        return [text]
    found, start, units = [], 0, 0
    place = 0
    while place < len(text):
        step = 2 if text[place] > "\uffff" else 1
        if units + step > CELL_LIMIT:
            place = _between_letters(text, place, start)
            found.append(text[start:place])
            start, units = place, 0
            continue
        units += step
        place += 1
    return [*found, text[start:]]


def goes_on(text: str) -> bool:
    """Whether a piece is so long that more of the text may stand in the next cell."""
    return _units(text) > CELL_LIMIT - 2 * (_BACK + 1)


def _between_letters(text: str, place: int, start: int) -> int:
    for cut in range(place, max(place - _BACK, start), -1):
        if not text[cut].isspace() and not text[cut - 1].isspace():
            return cut
    return place


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
