"""How a child gets on, as charts, worked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.reports.document.charts import Course
from senreg.reports.outline import pupil_outline
from senreg.reports.papers import make, save
from senreg.reports.progress_charts import latest_charts, progress_charts

from .conftest import TODAY, Book
from .reading import said_in_docx, said_in_html

RESULTS = (("2025-12-05", 6), ("2026-03-24", 7), ("2026-06-26", 10))


@pytest.fixture
def pupil(book: Book) -> str:
    """Łukasz, whose points in English go from 6 to 10 in two terms."""
    book.add("scales", name="Steps <b>", kind="attainment", direction="up")
    pupil = book.child("Łukasz", "[O'Neill]", year_group="4")
    assess(book, pupil, "english", RESULTS)
    return pupil


def assess(book: Book, pupil: str, subject: str, results: tuple[tuple[str, float], ...]) -> None:
    for day, points in results:
        book.add(
            "assessments", pupil=pupil, subject=subject, scale="Steps <b>", date=day,
            value=str(points), points=points,
        )  # fmt: skip


def charts(book: Book, pupil: str, start: date = date(2025, 9, 1)) -> tuple[Course, ...]:
    row = book.register.get(pupil)
    assert row is not None
    return progress_charts(book.register, row, start, TODAY)


def test_the_chart_says_how_far_and_beside_what_is_expected(book: Book, pupil: str) -> None:
    (english,) = charts(book, pupil)
    assert english.title == "English: from 6 to 10 points"
    assert english.of == "Points on Steps <b>, 3 results."
    assert [point.value for point in english.runs[0].points] == [6, 7, 10]
    assert [run.name for run in english.runs] == ["Łukasz"]
    book.add("expectations", scale="Steps <b>", subject="english", points_a_year=3)
    (english,) = charts(book, pupil)
    # From autumn to summer are two terms of three: 2 points of 3 a year, so 8 are expected.
    assert english.title == "English: from 6 to 10 points, 2 more than expected"
    assert [point.value for point in english.runs[1].points] == [6, 8]
    assert english.runs[1].manner != english.runs[0].manner


def test_of_fewer_than_three_results_in_the_days_there_is_none(book: Book, pupil: str) -> None:
    assert charts(book, pupil, date(2026, 1, 1)) == ()
    assess(book, pupil, "maths", RESULTS[:2])
    assert len(charts(book, pupil)) == 1


def test_results_of_another_child_are_not_in_it(book: Book, pupil: str) -> None:
    other = book.child("Other")
    assess(book, other, "english", (("2026-01-09", 77), ("2026-02-09", 78), ("2026-05-09", 79)))
    (english,) = charts(book, pupil)
    assert all((point.value or 0) < 77 for run in english.runs for point in run.points)


def test_the_pupil_page_has_two_at_most_and_the_preview_shows_them_as_bars(
    book: Book, pupil: str, tmp_path: Path
) -> None:
    for subject in ("maths", "science"):
        assess(book, pupil, subject, RESULTS)
    row = book.register.get(pupil)
    assert row is not None
    assert len(latest_charts(book.register, row, TODAY)) == 2
    paper = make(book.register, "pupil", pupil=pupil, today=TODAY)
    assert paper.html.count("<svg ") == 2
    assert "Points on Steps <b>, 3 results." in said_in_html(paper.html)
    save(paper, tmp_path / "a.docx")
    assert "English: from 6 to 10 points" in said_in_docx((tmp_path / "a.docx").read_bytes())
    found = {part.title: part.lines for part in pupil_outline(book.register, pupil, TODAY).parts}
    assert "▁▃█ Łukasz: 6 (5 Dec 2025) to 10 (26 Jun 2026)" in found["Progress"]
