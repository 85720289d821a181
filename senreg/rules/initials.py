"""Pupils by initials alone, for when a screen is shown to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from senreg.models.text import clean_line
from senreg.rules.naming import initials, known_as
from senreg.rules.reading import Row

NO_INITIALS = "–"

_WORDS = (
    "april art august autumn bill bob christian dawn drew faith frank grace grant hope ivy joy "
    "june major mark may miles pat pearl penny rich rob rose sky sonny summer sunny violet will"
)
EVERYDAY = frozenset(_WORDS.split())
"""First names that are words too: alone, in running text, they may be the word."""

_START = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")


class InitialsOnly:
    """Takes pupils' names out of any text: 'Nowak, Łukasz' becomes 'ŁN'.

    First names are taken out where they stand alone, too; surnames alone are not, for many are
    words.

    Args:
        pupils: Their records, those who left and those put away among them.
        kept: Names of other things, which stay as they are although a child's name is in them:
            staff, classes, the school.
    """

    def __init__(self, pupils: Iterable[Row], kept: Iterable[str] = ()) -> None:
        shown: dict[str, str] = {}
        for pupil in pupils:
            short = initials(pupil) or NO_INITIALS
            for name in _names(pupil):
                shown[name] = short if shown.get(name, short) == short else name[0]
        shown |= {name: name for each in kept if (name := clean_line(each))}
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name, short in sorted(shown.items(), key=lambda each: -len(each[0])):
            self._by_start.setdefault(_start_of(name), []).append((name, short))

    def __call__(self, text: str) -> str:
        """The text without names."""
        parts: list[str] = []
        done = 0
        for found in _START.finditer(text):
            place = found.start()
            if place < done:
                continue
            for name, short in self._by_start.get(found[0], ()):
                after = place + len(name)
                if text.startswith(name, place) and not _goes_on(text, after):
                    parts += [text[done:place], short]
                    done = after
                    break
        return "".join([*parts, text[done:]])


def _start_of(name: str) -> str:
    found = _START.search(name)
    return found[0] if found else name


def _goes_on(text: str, place: int) -> bool:
    """Whether a word goes on at a place: 'Sam' is no name in 'Samuel'."""
    return place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _names(pupil: Row) -> Iterator[str]:
    """A child as the program and people write it, longest first or not."""
    surname = clean_line(str(pupil.get("surname") or ""))
    firsts = {clean_line(str(pupil.get("forename") or "")), clean_line(known_as(pupil))} - {""}
    for first in firsts:
        if surname:
            yield f"{first} {surname}"
            yield f"{surname}, {first}"
        for alone in (first, first.split()[0]):
            if len(alone) > 1 and alone.casefold() not in EVERYDAY:
                yield alone
    if surname and not firsts:
        yield surname
