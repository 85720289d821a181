"""The class sheet: what helps each child of a class, when they leave the room, and their targets.

It is for every adult who teaches the class, one who came this morning among them, so it says
what to do and never why: no type of need, no status, no note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from senreg.errors import SenregError
from senreg.models.text import clean_line, folded
from senreg.reports.fitting import BOLD, Fitted, Item, cut, fit, lines_of, near_day, share
from senreg.rules.naming import known_as, pupil_name, staff_named
from senreg.rules.out_of_class import Out, out_of_class
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_on
from senreg.rules.target_life import is_open

# Millimetres of an A4 page with margins of 10: three columns, and the height that heading,
# column titles and foot leave for the rows.
PAGE_WIDTH = 190.0
COLUMNS = (37.0, 78.0, 75.0)
ROWS_HEIGHT = 241.0
FURTHER_PAGE_HEIGHT = 252.0

CELL_PADDING = 1.6
ROW_EXTRA = 2.6
"""Padding above and below a row, and its rule."""

BULLET = 2.8
LINE_HEIGHT = 1.24
MM_PER_POINT = 25.4 / 72

TYPE_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Type sizes in points, the first at which everything fits is taken; the last cuts texts."""

LEAST_LINES = 3
"""Lines a child has at least before the sheet grows by a page."""

SMALL = 0.92
"""The size of what stands under a name, as a share of the type size."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child as the sheet knows them, before anything is cut."""

    name: str
    about: tuple[Item, ...]
    helps: tuple[Item, ...]
    targets: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One child as printed."""

    name: str
    about: tuple[str, ...]
    helps: Fitted
    targets: Fitted


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """What the template of the class sheet is given.

    Args:
        class_name: The class.
        teachers: The key teachers of its children, the one with most of them first.
        on_roll: How many children are in the class.
        size: The type size in points.
        pages: The number of sheets of paper.
        lines: The children, by the name they are called.
    """

    class_name: str
    teachers: tuple[str, ...]
    on_roll: int
    size: float
    pages: int
    lines: tuple[Line, ...]


def class_sheet(register: Reading, class_name: str, today: date) -> ClassSheet:
    """The sheet of one class.

    Args:
        register: The register to read.
        class_name: The class as pupils have it; case and spacing may differ.
        today: The day it is made for.

    Raises:
        SenregError: No child on roll is in such a class.
    """
    rows = members(register, class_name, today)
    out = out_of_class(register, today)
    children = [
        child for row in rows if (child := _child(register, row, today, out.get(row["id"], ())))
    ]
    size, pages, lines = laid_out(children)
    teachers = Counter(row["key_teacher"] for row in rows if row.get("key_teacher"))
    named = (staff_named(each, register.get) for each, _ in teachers.most_common(2))
    return ClassSheet(
        clean_line(str(rows[0]["class_name"])), tuple(named), len(rows), size, pages, lines
    )


def laid_out(children: Sequence[Child]) -> tuple[float, int, tuple[Line, ...]]:
    """Type size in points, number of pages, and the children cut to what they have room for."""
    for size in TYPE_SIZES:
        needs = [_lines_needed(child, size) for child in children]
        if sum(needs) <= _lines_there(len(children), size, 1):
            return size, 1, tuple(map(_printed, children, [size] * len(children), needs))
    size, pages = TYPE_SIZES[-1], 1
    while True:
        shares = share(needs, _lines_there(len(children), size, pages))
        if all(given >= min(need, LEAST_LINES) for given, need in zip(shares, needs, strict=True)):
            return size, pages, tuple(map(_printed, children, [size] * len(children), shares))
        pages += 1


def members(register: Reading, class_name: str, today: date) -> list[Row]:
    """The children on roll in a class, by name. Raises SenregError where there are none."""
    pupils = [row for row in on_roll(register, today) if row.get("class_name")]
    wanted = folded(clean_line(class_name))
    found = [row for row in pupils if row["class_name"] == class_name] or [
        row for row in pupils if folded(row["class_name"]) == wanted
    ]
    if not found:
        classes = sorted({row["class_name"] for row in pupils})
        raise SenregError(
            "No child on roll is in a class of that name.",
            "Nothing was made.",
            f"The classes are: {', '.join(classes)}." if classes else "",
        )
    return sorted(found, key=lambda row: (folded(known_as(row)), folded(row.get("surname") or "")))


def _child(register: Reading, row: Row, today: date, out: Sequence[Out]) -> Child | None:
    """A child with something for the class to know; None for any other."""
    pupil = row["id"]
    status = status_on(register.by("sen_statuses", "pupil").get(pupil, ()), today)
    code = status.get("code") if status else None
    strategies = [
        each
        for each in register.by("strategies", "pupil").get(pupil, ())
        if each.get("place") != "home" and each.get("description")
    ]
    targets = _open_targets(register, pupil, today)
    if not (has_sen(code) or code == "M" or strategies or targets or out):
        return None
    about = [
        *_led("Out", "; ".join(each.words for each in out)),
        *_led("Likes", row.get("interests")),
        *_led("Good at", row.get("strengths")),
    ]
    helps = [
        *_points(row.get("what_helps")),
        *(Item(_line(each["description"])) for each in strategies),
        *_led("In tests", row.get("access_arrangements")),
    ]
    return Child(_line(pupil_name(row)), tuple(about), tuple(helps), tuple(targets))


def _open_targets(register: Reading, pupil: str, today: date) -> list[Item]:
    rows = [row for row in register.by("targets", "pupil").get(pupil, ()) if is_open(row)]
    rows.sort(key=lambda row: (row.get("due") or "9999", row.get("set_on") or ""))
    found = []
    for row in rows:
        words = row.get("statement") or row.get("child_statement")
        if words:
            found.append(Item(_line(words), _by(row.get("due"), today)))
    return found


def _by(due: object, today: date) -> str:
    day = near_day(due, today)
    return f"(by {day})".replace(" ", "\N{NO-BREAK SPACE}") if day else ""


def _points(text: object) -> list[Item]:
    """A text of several lines as points, without the dashes people begin them with."""
    lines = (_line(line).lstrip("-–—•* ") for line in str(text or "").split("\n"))
    return [Item(line) for line in lines if line]


def _led(lead: str, text: object) -> list[Item]:
    words = ", ".join(item.text.rstrip(",;") for item in _points(text))
    return [Item(f"{lead}: {words}")] if words else []


def _line(text: object) -> str:
    return " ".join(clean_line(str(text or "")).split())


def _room(column: int, size: float, indent: float = 0.0) -> float:
    """The width of a column's text in ems."""
    return (COLUMNS[column] - 2 * CELL_PADDING - indent) / (size * MM_PER_POINT)


def _lines_there(children: int, size: float, pages: int) -> int:
    """The lines that so many pages have for so many rows; a row is not broken across pages."""
    line = size * MM_PER_POINT * LINE_HEIGHT
    height = ROWS_HEIGHT + (pages - 1) * (FURTHER_PAGE_HEIGHT - 2 * LEAST_LINES * line)
    return int((height - children * ROW_EXTRA) / line)


def _lines_needed(child: Child, size: float) -> int:
    name = lines_of(child.name, _room(0, size), bold=True)
    under = sum(lines_of(str(item), _room(0, size) / SMALL) for item in child.about)
    helps = sum(lines_of(str(item), _room(1, size, BULLET)) for item in child.helps)
    targets = sum(lines_of(str(item), _room(2, size, BULLET)) for item in child.targets)
    return max(name + under, helps, targets, 1)


def _printed(child: Child, size: float, lines: int) -> Line:
    room = _room(0, size)
    name = cut(child.name, room / BOLD, min(2, lines))
    left = lines - lines_of(name, room, bold=True)
    return Line(
        name,
        _under_the_name([str(item) for item in child.about], room / SMALL, left),
        fit(child.helps, _room(1, size, BULLET), lines),
        fit(child.targets, _room(2, size, BULLET), lines),
    )


def _under_the_name(parts: Sequence[str], room: float, lines: int) -> tuple[str, ...]:
    """A line each where there is room, else all in one paragraph, cut."""
    if sum(lines_of(part, room) for part in parts) <= lines:
        return tuple(parts)
    return (cut(". ".join(part.rstrip(".") for part in parts), room, lines),) if lines > 0 else ()
