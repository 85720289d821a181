"""What a paper is made of. Every text in it is a person's or the program's, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from senreg.reports.document.charts import Bars, Course


@dataclass(frozen=True, slots=True)
class Heading:
    """The words above what follows; level 2 is a section, 3 something within one."""

    kind: ClassVar[str] = "heading"
    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. Newlines in it are kept.

    Args:
        text: The words.
        manner: `said` for somebody's own words, `strong`, `small` for an aside, `large` for a
            child to read, else `plain`.
    """

    kind: ClassVar[str] = "words"
    text: str
    manner: Literal["plain", "said", "strong", "small", "large"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """A label and its words, a line each."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        heading: The words above it.
        share: Its width against the others'.
        figures: It holds figures, which end at the right.
    """

    heading: str
    share: int = 1
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings that are there again on every page.

    Args:
        columns: The columns.
        rows: A text for each column.
        total: The last row is the sum of the others.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A box to write in by hand.

    Args:
        title: What is written in it.
        lines: How many lines it has room for.
    """

    kind: ClassVar[str] = "room"
    title: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Card:
    """Parts in a frame, on one page where there is room on it."""

    kind: ClassVar[str] = "card"
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page."""

    kind: ClassVar[str] = "break"


Part = Heading | Words | Facts | Points | Table | Room | Card | Break | Bars | Course


@dataclass(frozen=True, slots=True)
class Document:
    """A paper.

    Args:
        title: The words at its head.
        lead: A sentence under the title.
        parts: What is on it, in its order.
        confidence: Who may have it.
        size: The size of the letters in points.
        landscape: The page is wider than it is high.
        bare: Its pages have a head of their own and no number, as letters have.
        kept: Whoever is given it keeps it, so it does not say when to delete it.
        look: What to look at before it is given out; never on the paper.
    """

    title: str
    lead: str
    parts: tuple[Part, ...]
    confidence: str
    size: float = 10.5
    landscape: bool = False
    bare: bool = False
    kept: bool = False
    look: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the head and the foot of every paper.

    Args:
        school: The school's name.
        made_on: The day it was made, in words.
        delete_after: The day by which it should be deleted, in words.
        invented: Nobody in the register is real.
    """

    school: str
    made_on: str
    delete_after: str
    invented: bool = False

    @property
    def words(self) -> str:
        """When it was made and until when it may be kept, in sentences."""
        until = f" Delete after {self.delete_after}." if self.delete_after else ""
        invented = " Invented: nobody in this school is real." if self.invented else ""
        return f"Made on {self.made_on}.{until}{invented}"


def section(title: str, *parts: Part | None) -> tuple[Part, ...]:
    """A heading and what is under it; nothing at all where nothing is under it."""
    there = tuple(part for part in parts if part is not None)
    return (Heading(title), *there) if there else ()


def words(
    text: str, manner: Literal["plain", "said", "strong", "small", "large"] = "plain"
) -> Words | None:
    """A paragraph, or None for an empty text."""
    return Words(text, manner) if text else None


def points(items: tuple[str, ...]) -> Points | None:
    """A list, or None for an empty one."""
    there = tuple(item for item in items if item)
    return Points(there) if there else None


def facts(*rows: tuple[str, str]) -> Facts | None:
    """Labels and words, without those that say nothing; None where nothing is left."""
    there = tuple(row for row in rows if row[1])
    return Facts(there) if there else None
