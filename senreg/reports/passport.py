"""The pupil passport: who a child is and what helps, on one page, for every adult.

It names no diagnosis, status or target, and nothing of circumstances at home: those are the
plan's. What it holds follows local authorities' one-page profiles: strengths, likes, what is
hard, what helps, access arrangements.
"""

from __future__ import annotations

from collections.abc import Iterator

from senreg.models.tables import field_of
from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import Document, Heading, Part, Points, Words, facts
from senreg.reports.fitting import fit_sections, lines_of
from senreg.reports.pupil_page import PupilPage, pupil_page
from senreg.rules.reading import Reading

SIZES = (15.0, 13.5, 12.0, 11.0, 10.0, 9.0)
"""Sizes of letters in points, the largest first; the first in which all fits on a page is used."""

_WIDTH_MM = 176.0
_HEIGHT_MM = 225.0
_POINT_MM = 25.4 / 72
_LINE = 1.42
"""A line's height by the size of its letters, with what stands between two items."""

_HEADING_LINES = 2.3


def passport(register: Reading, asked: Asked) -> Document:
    """The passport of one child; what a page has no room for is counted on it."""
    page = pupil_page(register, asked.child, asked.today)
    there = [(title, items) for title, items in sections(page) if items]
    size, kept = _fitted(there)
    parts: list[Part] = []
    for title, items in kept:
        parts += [Heading(title), Points(items)]
    about = facts(*(fact for fact in page.facts if fact[0] != "Born"))
    if not there:
        parts.append(Words("Nothing is written yet of what this child likes, or what helps."))
    return Document(
        f"{page.name}: what helps me",
        "For every adult who works with me.",
        ((about,) if about else ()) + tuple(parts),
        "Keep out of the sight of visitors.",
        size=size,
        look=tuple(_look(page)),
    )


def _look(page: PupilPage) -> Iterator[str]:
    if any(label == _at_home() for label, _ in page.barriers):
        yield f"{_at_home()} are left out: this paper is for every adult. The plan has them."


def sections(page: PupilPage) -> list[tuple[str, tuple[str, ...]]]:
    """What a passport tells, section by section, those with nothing in them too."""
    hard = tuple(text or label for label, text in page.barriers if label != _at_home())
    return [
        ("What I am good at", _items(page.strengths)),
        ("What I like", _items(page.interests)),
        ("What I hope for", _items(page.hopes)),
        ("What is hard for me", hard),
        ("What helps me", page.helps),
        ("What helps me at home", page.helps_at_home),
        ("In tests", _items(page.access)),
        ("People who help me", _people(page)),
    ]


def _at_home() -> str:
    """The kind of barrier that is nobody's to read who only teaches the child."""
    return clean_line(field_of("barriers", "category").label_of("home"))


def _items(text: str) -> tuple[str, ...]:
    return tuple(line for each in text.split("\n") if (line := each.strip().lstrip("-–—•* ")))


def _people(page: PupilPage) -> tuple[str, ...]:
    teacher = next((words for label, words in page.facts if label == "Key teacher"), "")
    adults = [each.adults for each in page.provision if each.adults]
    return tuple(dict.fromkeys(each for each in (teacher, *adults) if each))


_Sections = list[tuple[str, tuple[str, ...]]]


def _fitted(sections: _Sections) -> tuple[float, _Sections]:
    """The size of the letters, and the sections with as much of each as a page has room for."""
    for size in SIZES:
        needs = [_needed(items, size) for _, items in sections]
        if sum(needs) <= _there(sections, size):
            return size, sections
    size = SIZES[-1]
    fitted = fit_sections(sections, _room(size), _there(sections, size))
    return size, [
        (title, (*kept, *([f"+ {more} more on the pupil page"] if more else ())))
        for (title, _), (kept, more) in zip(sections, fitted, strict=True)
    ]


def _room(size: float) -> float:
    return (_WIDTH_MM - 5) / (size * _POINT_MM)


def _needed(items: tuple[str, ...], size: float) -> int:
    return sum(lines_of(each, _room(size)) for each in items)


def _there(sections: _Sections, size: float) -> int:
    height = _HEIGHT_MM / (size * _POINT_MM * _LINE)
    return max(len(sections), int(height - _HEADING_LINES * len(sections)))
