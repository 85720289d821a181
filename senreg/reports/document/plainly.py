"""A document as plain text: to be looked at in the terminal, and kept as it was given out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from senreg.models.text import clean, clean_line
from senreg.reports.document.charts import Bars, Course, figure_words, known, share_of
from senreg.reports.document.parts import (
    Break,
    Card,
    Document,
    Facts,
    Heading,
    Part,
    Points,
    Room,
    Table,
    Words,
)
from senreg.reports.outline import Outline
from senreg.reports.outline import Part as Section
from senreg.rules.tracking import spark


def outline_of(document: Document) -> Outline:
    """What is on a document, section by section; what to look at comes first."""
    sections: list[Section] = []
    if document.look:
        sections.append(Section("Look at this before you give it out", document.look))
    title, lines = "", list[str]()
    for part in document.parts:
        if isinstance(part, Heading) and part.level == 2:
            _close(sections, title, lines)
            title, lines = clean(part.text), []
        else:
            lines += lines_of(part)
    _close(sections, title, lines)
    return Outline(document.title, document.lead or document.confidence, tuple(sections))


def as_text(document: Document) -> str:
    """The whole document in lines."""
    head = (document.title, *((document.lead,) if document.lead else ()))
    return "\n".join([*head, *_body(document.parts)])


def lines_of(part: Part) -> list[str]:
    """One part in lines; a heading among them is a line by itself."""
    found: list[str] = []
    match part:
        case Heading(text) | Words(text):
            found = clean(text).split("\n")
        case Points(items):
            found = [f"• {clean(item)}" for item in items]
        case Facts(rows):
            found = [f"{clean(label)}: {clean(words)}" for label, words in rows]
        case Table(columns, rows):
            heads = [column.heading for column in columns]
            found = [_row(heads, row) for row in rows]
        case Room(title):
            found = [f"{clean(title)}: (room to write)"]
        case Card(parts):
            found = [line for each in parts for line in lines_of(each)]
        case Bars() | Course():
            found = [each for each in (clean_line(part.title), clean_line(part.of)) if each]
            found += _bars(part) if isinstance(part, Bars) else _course(part)
        case Break():
            pass
    return found


_LONG = 16
"""How many letters the longest bar takes."""


def _bars(chart: Bars) -> Iterator[str]:
    """A bar, its figure and what it is of, a line each; what is below nought is lighter."""
    _, parts = share_of((bar.value for bar in chart.bars), chart.full)
    longest = max((abs(part) for part in parts if part is not None), default=0) or 1
    most = max(longest, 1) if chart.full else longest
    for bar, part in zip(chart.bars, parts, strict=True):
        long = round(abs(part or 0) / most * _LONG)
        drawn = ("▒" if (part or 0) < 0 else "█") * long
        yield f"{drawn:·<{_LONG}} {clean_line(bar.words)}  {clean_line(bar.label)}"
    if chart.mark is not None:
        yield f"Beside: {clean_line(chart.mark[1])}"


def _course(chart: Course) -> Iterator[str]:
    """Each line as bars, with its first and its last figure."""
    for run in chart.runs:
        told = [point for point in run.points if known(point.value) is not None]
        drawn = spark([value for point in told if (value := known(point.value)) is not None])
        ends = " to ".join(
            f"{figure_words(point)} ({clean_line(point.label)})"
            if point.label
            else figure_words(point)
            for point in ((told[0], told[-1]) if len(told) > 1 else told)
        )
        yield f"{drawn} {clean_line(run.name)}: {ends or 'not known'}".strip()


def _row(headings: list[str], row: tuple[str, ...]) -> str:
    """The first cell bare, the others under their headings, empty ones left out."""
    told = [clean(row[0])] if row and row[0] else []
    pairs = zip(headings[1:], row[1:], strict=True)
    told += [f"{head}: {clean(cell)}" if head else clean(cell) for head, cell in pairs if cell]
    return "; ".join(told)


def _close(sections: list[Section], title: str, lines: list[str]) -> None:
    if title or lines:
        sections.append(Section(title, tuple(lines)))


def _body(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Heading):
            yield ""
        yield from lines_of(part)
