"""The law of every paper about one child: nothing of another child stands on it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.reports.document.plainly import as_text
from senreg.reports.papers import PAPERS, make

from .conftest import TODAY, Book
from .one_childs import in_one_group, written_about
from .reading import said_in_html

WORD = st.text(st.sampled_from("abcłş小'[]<&"), min_size=5, max_size=8)
ABOUT_ONE = [
    name for name, each in PAPERS.items() if each.can_be_about("pupil") and name != "letter"
]
"""Letters have a law of their own: there are none without somebody to write to."""


@pytest.mark.parametrize("name", ABOUT_ONE)
@settings(
    max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(WORD, min_size=2, max_size=2, unique=True))
def test_no_word_about_another_child_is_on_it(book: Book, name: str, words: list[str]) -> None:
    mine, others = f"Q{words[0]}Q", f"X{words[1]}X"
    pupil, other = written_about(book, mine), written_about(book, others)
    in_one_group(book, pupil, other)
    if PAPERS[name].with_plan:
        for each in (pupil, other):
            book.add("sen_statuses", pupil=each, code="E", start="2026-01-05")
            book.add("reviews", pupil=each, kind="annual", planned_for="2027-01-12")
    paper = make(book.register, name, pupil=pupil, today=TODAY)
    assert paper.document is not None
    said = (as_text(paper.document), said_in_html(paper.html), *paper.look)
    for text in said:
        assert others not in text
    if name != "inspection":
        assert mine in as_text(paper.document)
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)
