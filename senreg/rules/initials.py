"""Pupils by initials alone, for when a screen is shown to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from senreg.models.text import clean_line
from senreg.rules.naming import initials, known_as
from senreg.rules.reading import Row

NO_INITIALS = "–"

_WORDS = (
    "april art august autumn baker banks bell bill black bob brown bush carpenter church "
    "christian cook day dawn drew faith field fields fisher flowers frank good grace grant gray "
    "green hall hill holiday hope hunter ivy joy judge june king knight law little long love "
    "major mark may miles new north page park parks pat pearl penny pepper pope power price read "
    "reading rice rich rivers rob rose school sharp short sky small sonny south spring stone "
    "strong summer sunny teacher van violet walker ward water waters west white will winter wise "
    "wood woods young"
)
EVERYDAY = frozenset(_WORDS.split())
"""Names that are words too: within other text, alone, they may be the word."""

_START = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")


class InitialsOnly:
    """Takes pupils' names out of any text: 'Nowak, Łukasz' becomes 'ŁN'.

    First names and surnames are taken out where they stand alone, too. Those that are words as
    well are so only where they are all the text: 'May' is, 'in May' is not.

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
        self._whole = shown
        shown = {name: short for name, short in shown.items() if name.casefold() not in EVERYDAY}
        shown |= {name: name for each in kept if (name := clean_line(each))}
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name, short in sorted(shown.items(), key=lambda each: -len(each[0])):
            self._by_start.setdefault(_start_of(name), []).append((name, short))

    def __call__(self, text: str) -> str:
        """The text without names."""
        bare = text.strip()
        if bare in self._whole:
            return text.replace(bare, self._whole[bare])
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
    """A child as the program and people write it."""
    surname = clean_line(str(pupil.get("surname") or ""))
    firsts = {clean_line(str(pupil.get("forename") or "")), clean_line(known_as(pupil))} - {""}
    for first in firsts:
        if surname:
            yield f"{first} {surname}"
            yield f"{surname}, {first}"
    parts = [surname, *firsts, *(first.split()[0] for first in firsts)]
    yield from (part for part in parts if len(part) > 1 or (part == surname and not firsts))
