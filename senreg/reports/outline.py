"""A paper in a few lines of plain text, to be looked at before it is written and printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from senreg.errors import NoSuchRecord
from senreg.rules.reading import Reading, Row


@dataclass(frozen=True, slots=True)
class Part:
    """Something under its own heading: a child of a class, or a section of a page."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is on a paper.

    Args:
        title: What the paper is, and about whom.
        summary: One sentence on how much is on it.
        parts: What is on it, in its order.
    """

    title: str
    summary: str
    parts: tuple[Part, ...]


def class_outline(register: Reading, class_name: str, today: date) -> Outline:
    """What is on the class sheet of a class. Raises SenregError where nobody is in it."""
    from senreg.reports.class_sheet import class_sheet

    sheet = class_sheet(register, class_name, today)
    paper = "one A4 page" if sheet.pages == 1 else f"{sheet.pages} A4 pages"
    children = "1 child" if sheet.on_roll == 1 else f"{sheet.on_roll} children"
    parts = tuple(
        Part(
            line.name,
            (
                *(f"• {item}" for item in line.helps.items),
                *(f"→ {item}" for item in line.targets.items),
            ),
        )
        for line in sheet.lines
    )
    summary = (
        f"{children} in the class, {len(sheet.lines)} on the sheet: {paper}, letters of "
        f"{sheet.size:g} points. What helps (•) and what they work towards (→), no diagnoses."
    )
    return Outline(f"Class sheet {sheet.class_name}", summary, parts)


def pupil_outline(register: Reading, pupil: str, today: date) -> Outline:
    """What is on the pupil page of a child. Raises NoSuchRecord where there is no such child."""
    from senreg.reports.pupil_page import PupilPage, pupil_page

    row = register.get(pupil)
    if row is None:
        raise NoSuchRecord("There is no pupil of that id.", "Nothing was made.")
    page: PupilPage = pupil_page(register, row, today)
    sections = [*_sections(page), ("Progress", _progress(register, row, today))]
    parts = tuple(Part(title, tuple(lines)) for title, lines in sections if any(lines))
    summary = (
        "For the adults who plan with this child and the family. Notes and what is confidential "
        "are not on it."
    )
    return Outline(f"Pupil page: {page.name}", summary, parts)


def _progress(register: Reading, row: Row, today: date) -> list[str]:
    """What the charts of a child show, as bars and figures."""
    from senreg.reports.document.plainly import lines_of
    from senreg.reports.progress_charts import latest_charts

    return [line for chart in latest_charts(register, row, today) for line in lines_of(chart)]


def _sections(page: object) -> Iterator[tuple[str, Sequence[str]]]:
    from senreg.reports.pupil_page import PupilPage

    assert isinstance(page, PupilPage)
    yield "SEN status", [page.status]
    yield "About", _filled(page.strengths, page.interests, page.hopes)
    yield "What helps", [*page.helps, *_filled(page.access)]
    yield "What helps at home", page.helps_at_home
    yield "Needs", [*_filled(page.primary_need), *page.further_needs]
    yield "Targets", [f"{each.statement or each.child_statement}" for each in page.targets]
    yield "Provision", [" ".join(_filled(each.name, each.times)) for each in page.provision]
    yield "People", [", ".join(_filled(each.name, each.part)) for each in page.people]
    yield "Reviews", _filled(page.next_review, page.last_review)


def _filled(*texts: str) -> list[str]:
    return [text for text in texts if text]
