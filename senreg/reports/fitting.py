"""How much text a place on paper takes, worked out without a printer.

Widths are those of Helvetica, which Arial and Liberation Sans share letter by letter (Adobe
core 14 font metrics), in thousandths of the type size. What the table does not know is taken
to be wide, so that a text is rather cut a word early than printed over the edge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from senreg.rules.dates import as_day, short_day

_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"',
    389: "*", 469: "^", 500: "Jckvxsyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~",
    611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W",
    1015: "@",
}  # fmt: skip
_EM = {ord(letter): width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_EM |= {
    ord("\N{NO-BREAK SPACE}"): 0.278,
    ord("…"): 1.0,
    ord("–"): 0.556,
    ord("—"): 1.0,
    ord("’"): 0.222,
    ord("‘"): 0.222,
}

BOLD = 1.09
"""How much wider bold letters are, at most."""

_UNKNOWN, _FULL, _PICTURE = 0.7, 1.0, 1.4
_SAFETY = 1.03

ELLIPSIS = "…"

_NEAR_DAYS = 180


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list: its text, and a few words that stay when the text is cut."""

    text: str
    tail: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.tail}".strip()


@dataclass(frozen=True, slots=True)
class Fitted:
    """As much of a list as there is room for, and how many of its points there is not."""

    items: tuple[Item, ...]
    more: int = 0
    lines: int = 0


def width(text: str, *, bold: bool = False) -> float:
    """The width of a text on one line, in ems: multiples of the type size."""
    return sum(map(_letter, text)) * (BOLD if bold else 1) * _SAFETY


def lines_of(text: str, room: float, *, bold: bool = False) -> int:
    """The lines a text takes in a column.

    Args:
        text: The text; its own line breaks count.
        room: The width of the column in ems.
        bold: Whether it is set bold.
    """
    return sum(_wrapped(line, room, bold=bold) for line in text.split("\n"))


def cut(text: str, room: float, lines: int, tail: str = "") -> str:
    """The text, or as many of its first words as fit with an ellipsis and the tail after them.

    Args:
        text: The text.
        room: The width of the column in ems.
        lines: The lines there are, at least one.
        tail: What will stand after it.
    """
    after = f" {tail}" if tail else ""
    if lines_of(text + after, room) <= lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_of(text[:middle].rstrip() + ELLIPSIS + after, room) <= lines:
            low = middle
        else:
            high = middle - 1
    kept = text[:low].rstrip()
    words, _, _ = kept.rpartition(" ")
    if low < len(text) and not text[low].isspace() and len(words) > len(kept) // 2:
        kept = words
    kept = kept.rstrip(" ,;:")
    # The ellipsis makes the last word longer, and may push it to a line that there is not.
    while kept and lines_of(kept + ELLIPSIS + after, room) > lines:
        kept = (kept.rpartition(" ")[0] or kept[:-1]).rstrip(" ,;:")
    return kept + ELLIPSIS


def fit(items: Sequence[Item], room: float, lines: int) -> Fitted:
    """A list in at most so many lines: every point in part before any point in whole.

    A point is shown with two lines at least, or whole. Points for which there is no room are
    counted, and the count takes a line of its own.

    Args:
        items: The points, the most important first.
        room: The width of a point in ems.
        lines: The lines there are.
    """
    needs = [lines_of(str(item), room) for item in items]
    if sum(needs) <= lines:
        return Fitted(tuple(items), 0, sum(needs))
    for count in range(len(items), 0, -1):
        more = len(items) - count
        spare = lines - (1 if more else 0)
        if spare >= sum(min(need, 2) for need in needs[:count]) or spare >= count == 1:
            shares = share(needs[:count], spare)
            shown = [
                Item(cut(item.text, room, given, item.tail), item.tail)
                for item, given in zip(items, shares, strict=False)
            ]
            return Fitted(tuple(shown), more, lines)
    return Fitted((), len(items), lines)


def fit_sections(
    sections: Sequence[tuple[str, Sequence[str]]], room: float, lines: int
) -> list[tuple[tuple[str, ...], int]]:
    """Lists that share so many lines: of each what is shown, and how many points are not.

    The shortest lists are whole, the others are cut alike; each has a line at least.

    Args:
        sections: The title of each list and its points, one at least.
        room: The width of a point in ems.
        lines: The lines there are for all points; titles take none of them.
    """
    needs = [sum(lines_of(each, room) for each in items) for _, items in sections]
    found: list[tuple[tuple[str, ...], int]] = []
    for (_, items), given in zip(sections, share(needs, lines), strict=True):
        fitting = fit([Item(each) for each in items], room, max(1, given))
        found.append((tuple(str(each) for each in fitting.items), fitting.more))
    return found


def share(needs: Sequence[int], there_are: int) -> list[int]:
    """Lines dealt out so that the shortest are whole and the rest are cut alike.

    Args:
        needs: The lines each would take.
        there_are: The lines to deal out.
    """
    if sum(needs) <= there_are:
        return list(needs)
    cap = 0
    while sum(min(need, cap + 1) for need in needs) <= there_are:
        cap += 1
    shares = [min(need, cap) for need in needs]
    spare = there_are - sum(shares)
    for place, need in enumerate(needs):
        if spare and need > shares[place]:
            shares[place] += 1
            spare -= 1
    return shares


def near_day(value: object, today: date) -> str:
    """A day in the fewest words: '18 Dec', and with its year where that is not plain."""
    day = as_day(value)
    if day is None:
        return ""
    words = short_day(day)
    return words.rpartition(" ")[0] if abs((day - today).days) < _NEAR_DAYS else words


def _wrapped(line: str, room: float, *, bold: bool) -> int:
    """The lines that one paragraph takes, broken at blanks, and inside what is too long."""
    count, used = 1, 0.0
    blank = width(" ", bold=bold)
    for word in line.split(" "):
        size = width(word, bold=bold)
        lead = blank if used else 0.0
        if used + lead + size <= room:
            used += lead + size
        elif size <= room:
            count, used = count + 1, size
        else:
            count, used = _broken(word, room, count + (1 if used else 0), bold=bold)
    return count


def _broken(word: str, room: float, count: int, *, bold: bool) -> tuple[int, float]:
    """Line number and width used after a word that is longer than a line."""
    used = 0.0
    for letter in word:
        size = width(letter, bold=bold)
        if used and used + size > room:
            count, used = count + 1, 0.0
        used += size
    return count, used


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    known = _EM.get(ord(letter))
    if known is not None:
        return known
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter:
        return _letter(plain)
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if letter > "\uffff":
        return _PICTURE
    return _FULL if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN
