"""Whatever is written about one child is in no paper of another, of any kind, in any form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from senreg.models.tables import TABLES, fields_of
from senreg.reports.asked import Choices
from senreg.reports.definitions import PAPERS, Paper
from senreg.reports.document.plainly import as_text
from senreg.reports.document.typeset import can_set
from senreg.reports.pack import as_html, as_json, make_pack
from senreg.reports.papers import make, save
from senreg.reports.school_template.fields import TEMPLATED
from senreg.reports.school_template.starting import starting_template

from .conftest import TODAY, Book
from .one_childs import texts, written_about
from .reading import said_in_docx, said_in_html, said_in_pdf

ABOUT_ONE = [each.name for each in PAPERS.values() if each.can_be_about("pupil")]
OWN = tuple(
    table
    for table in TABLES
    if any(field.name == "pupil" for field in fields_of(table)) and table != "holds"
)
"""Every table whose records are one child's; a hold is about the file and on no paper."""

WORD = st.text(st.sampled_from("bcdfghłşz小明'[]<&{}%"), min_size=6, max_size=9)
FIGURES = st.integers(10_000, 98_999)
FIGURE_FIELDS = ("entry_score", "exit_score", "start_value", "target_value", "points", "value",
                 "minutes")  # fmt: skip


class Two:
    """Two children of one class and one group, each with words and figures of their own."""

    def __init__(self, book: Book, words: list[str], figures: list[int]) -> None:
        self.book = book
        self.marks = (f"Q{words[0]}Q", f"X{words[1]}X")
        self.figures = figures
        given = book.add("interventions", name="Reading", tier="targeted", measure="Words read")
        self.group = book.add("groups", intervention=given, start="2026-09-07")
        self.session = book.add("sessions", group=self.group, date="2026-11-02", minutes=30)
        self.pupils = [self._child(which) for which in (0, 1)]

    def _child(self, which: int) -> str:
        mark, figure = self.marks[which], self.figures[which]
        tables = tuple(table for table in OWN if table not in ("enrolments", "fsm_periods"))
        needed = {
            table: self._figures(table, figure)
            | {"sen_statuses": {"code": "E", "start": "2025-09-05"},
               "placements": {"group": self.group, "start": "2026-09-07"},
               "session_marks": {"session": self.session}}.get(table, {})
            for table in tables
        }  # fmt: skip
        pupil = written_about(self.book, mark, tables, needed)
        planned = {"pupil": pupil, "planned_for": "2026-12-07", **texts("conversations", mark)}
        self.book.add("conversations", **planned)
        self.book.add("contacts", pupil=pupil, name=f"{mark} parent", send_letters=True)
        return pupil

    def _figures(self, table: str, figure: int) -> dict[str, Any]:
        names = {field.name for field in fields_of(table) if field.kind in ("number", "whole")}
        return {name: figure for name in FIGURE_FIELDS if name in names}

    def others(self, which: int) -> list[str]:
        """What may not stand on the papers of one of them."""
        other = 1 - which
        return [self.marks[other], str(self.figures[other]), f"{self.figures[other]:,}"]

    def away(self) -> None:
        """Take both away, so that the next two are alone."""
        with self.book.register.commit("Away") as c:
            for pupil in self.pupils:
                c.archive(pupil)


def papers_of(book: Book, pupil: str) -> Iterator[Paper]:
    for name in ABOUT_ONE:
        yield make(book.register, name, pupil=pupil, choices=Choices(), today=TODAY)
    child = Choices(for_child=True)
    yield make(book.register, "plan", pupil=pupil, choices=child, today=TODAY)
    yield make(book.register, "provision", pupil=pupil, choices=Choices(costs=True), today=TODAY)


@settings(
    max_examples=6,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # an example says where; none is made short
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(
    st.lists(WORD, min_size=2, max_size=2, unique=True),
    st.lists(FIGURES, min_size=2, max_size=2, unique=True),
    st.integers(0, 1),
)
def test_nothing_of_one_child_is_in_a_paper_of_another(
    book: Book, tmp_path: Path, words: list[str], figures: list[int], which: int
) -> None:
    two = Two(book, words, figures)
    pupil = two.pupils[which]
    for paper in papers_of(book, pupil):
        assert paper.document is not None
        save(paper, tmp_path / "a.docx")
        told = {
            "page": said_in_html(paper.html),
            "preview": as_text(paper.document),
            "Word": said_in_docx((tmp_path / "a.docx").read_bytes()),
            "look": " ".join(paper.look),
            "values": str(paper.values),
        }
        for form, said in told.items():
            assert not [each for each in two.others(which) if each in said], (paper.name, form)
        if paper.name != "inspection":
            assert two.marks[which] in told["page"], paper.name
    for purpose in ("subject_access", "transfer"):
        pack = make_pack(book.register, pupil, purpose, TODAY)
        for said in (said_in_html(as_html(pack)), as_json(pack)):
            assert two.marks[1 - which] not in said, purpose
            assert str(figures[1 - which]) not in said, purpose
    two.away()


@pytest.mark.parametrize("which", [0, 1])
def test_nor_in_a_pdf_or_in_the_schools_own_template(
    book: Book, tmp_path: Path, which: int
) -> None:
    two = Two(book, ["Mine小明", "Theirs[b]"], [43_211, 56_789])
    for number, paper in enumerate(papers_of(book, two.pupils[which])):
        said = []
        if can_set():
            save(paper, tmp_path / f"{number}.pdf")
            said.append(said_in_pdf((tmp_path / f"{number}.pdf").read_bytes(), tmp_path))
        if paper.name in TEMPLATED and paper.values:
            (tmp_path / "ours.docx").write_bytes(starting_template(paper.name))
            save(paper, tmp_path / "a.docx", tmp_path / "ours.docx")
            said.append(said_in_docx((tmp_path / "a.docx").read_bytes()))
        for each in said:
            assert not [words for words in two.others(which) if words in each], paper.name
