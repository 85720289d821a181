"""Figures for governors, from which no child can be told; and those for leadership."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import WrongUsage
from senreg.reports.asked import Choices
from senreg.reports.document.charts import Bars
from senreg.reports.document.parts import Document
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import make, save

from .conftest import TODAY, Book
from .reading import said_in_docx, said_in_html, said_in_pdf

HIDDEN = "which year group has the most cannot be told"
NEEDS = ("SPLD", "SLCN", "SEMH", "ASD", "HI", None)


def made(book: Book, name: str = "governors", **choices: object) -> Document:
    chosen = Choices(**choices)  # type: ignore[arg-type]
    paper = make(book.register, name, choices=chosen, today=TODAY)
    assert paper.document is not None
    return paper.document


def charts(document: Document) -> list[Bars]:
    return [part for part in document.parts if isinstance(part, Bars)]


def fill(book: Book, children: list[tuple[str | None, str, str | None]]) -> None:
    """Children of 4B: of each the code of the status, the year, and the primary need."""
    with book.register.commit("Fill") as c:
        teacher = c.add("staff", {"name": "Zzteacher", "role": "class_teacher"})
        for number, (code, year, need) in enumerate(children):
            named = {"forename": f"Qq{number}", "surname": "Xxname", "year_group": year}
            pupil = c.add("pupils", {**named, "class_name": "4B", "key_teacher": teacher})
            if code:
                c.add("sen_statuses", {"pupil": pupil, "code": code, "start": "2025-09-05"})
            if need:
                row = {"pupil": pupil, "code": need, "rank": 1, "start": "2025-09-05"}
                c.add("needs", row)


CHILD = st.tuples(
    st.sampled_from(("K", "K", "E", None)), st.sampled_from("3456"), st.sampled_from(NEEDS)
)


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(CHILD, min_size=1, max_size=40), st.integers(3, 8))
def test_no_small_number_is_told_and_nobody_is_named(book: Book, children, least: int) -> None:
    fill(book, children)
    document = made(book, least=least)
    with_sen = sum(code is not None for code, _, _ in children)
    for chart in charts(document):
        counts = [bar.value for bar in chart.bars]
        assert all(count is None or count >= least for count in counts)
        if None not in counts:
            assert sum(counts) == with_sen  # type: ignore[arg-type]
    said = as_text(document)
    assert f"numbers of fewer than {least} children are not told" in said
    for words in ("Qq", "Xxname", "Zzteacher"):
        assert words not in said
    told = next(line for line in said.split("\n") if line.startswith("On the SEN register: "))
    if 0 < with_sen < least or len(children) < least:
        assert f"{with_sen} of" not in told
    for code, words in (("E", "EHC plan: "), ("K", "SEN support: ")):
        count = sum(each == code for each, _, _ in children)
        if 0 < count < least:
            assert words not in said
    with book.register.commit("Away") as c:
        for row in book.register.all("pupils"):
            c.archive(row.id)


def test_what_is_small_stands_together_and_the_chart_says_the_finding(book: Book) -> None:
    needs = ["SLCN"] * 9 + ["SEMH"] * 6 + ["HI"] * 2 + ["VI"] * 2
    fill(book, [("K", "4", need) for need in needs] + [(None, "4", None)] * 20)
    document = made(book)
    need = charts(document)[0]
    assert need.title == (
        "Speech, language and communication needs is most often the primary need: 9 of 19"
    )
    told = [(bar.label, bar.words) for bar in need.bars]
    assert told == [
        ("Speech, language and communication needs", "9"),
        ("Other needs together", "10"),
    ]
    assert "On the SEN register: 49% (19 of 39)" in as_text(document)
    assert "Hearing" not in as_text(document)


@pytest.mark.parametrize(
    ("years", "least", "title"),
    [
        ("444666666", 3, "Year 6 has the most children on the SEN register: 6 of 9"),
        ("333444", 3, "Year 3 and Year 4 have the most children on the SEN register: 3 each of 6"),
        ("333444555", 3, "9 children on the SEN register; no year group has the most"),
        ("3344555", 5, f"7 children on the SEN register; {HIDDEN}"),
        ("34", 5, f"Fewer than 5 children on the SEN register; {HIDDEN}"),
    ],
)
def test_the_chart_of_years_says_its_finding_as_far_as_it_may_be_told(
    book: Book, years: str, least: int, title: str
) -> None:
    fill(book, [("K", year, "HI") for year in years] + [(None, "4", None)] * 20)
    assert charts(made(book, least=least))[1].title == title


def test_a_chart_says_first_that_most_have_no_need_recorded(book: Book) -> None:
    fill(book, [("K", "4", None)] * 6 + [("K", "4", "HI")] * 5)
    need, year = charts(made(book, "leadership"))
    assert need.title == (
        "No primary need is recorded for 6 of the 11 children on the SEN register"
    )
    assert year.title == "11 children on the SEN register, all in one year group: Year 4"


def test_no_title_of_a_chart_stands_without_a_finding(book: Book) -> None:
    fill(book, [("K", "4", "HI")])
    for chart in charts(made(book, "leadership")):
        assert any(letter.isdigit() for letter in chart.title), chart.title


def test_an_intervention_of_few_children_is_left_out_and_said_to_be(book: Book) -> None:
    for name, count in (("Reading <b>", 6), ("Few of them", 2)):
        kind = book.add("interventions", name=name, measure="Reading age in months")
        group = book.add("groups", intervention=kind, start="2026-01-05")
        for number in range(count):
            book.add(
                "placements", pupil=book.child(f"Qq{number}"), group=group, start="2026-01-05",
                end="2026-07-01", entry_on="2026-01-05", entry_score=80 + number,
                exit_on="2026-07-01", exit_score=92 + number,
            )  # fmt: skip
    said = as_text(made(book))
    assert "Reading <b>; Measured by: Reading age in months; Children with both scores: 6" in said
    assert "Few of them" not in said
    assert "Interventions with scores of fewer than 5 children are not told here." in said
    assert "Few of them" in as_text(made(book, "leadership"))


def test_costs_are_there_only_where_they_are_asked_for(book: Book) -> None:
    assert "What it cost" not in as_text(made(book))
    assert "What it cost in twelve months: not known" in as_text(made(book, costs=True))


def test_too_small_a_least_is_refused(book: Book) -> None:
    with pytest.raises(WrongUsage, match="hide nobody") as refusal:
        made(book, least=2)
    assert "--least 5" in refusal.value.do


@pytest.mark.parametrize("name", ["governors", "leadership"])
def test_it_stands_in_every_form(book: Book, name: str, tmp_path: Path) -> None:
    fill(book, [("K", "4", "SLCN")] * 7 + [(None, "4", None)] * 9)
    paper = make(book.register, name, today=TODAY)
    for ending in (".html", ".docx"):
        save(paper, tmp_path / f"a{ending}")
    told = [said_in_html(paper.html), said_in_docx((tmp_path / "a.docx").read_bytes())]
    pytest.importorskip("typst")
    save(paper, tmp_path / "a.pdf")
    told.append(said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path))
    for said in told:
        assert "On the SEN register" in said
        assert "7 children on the SEN register, all in one year group: Year 4" in said
        assert "Qq" not in said


def test_leadership_has_every_section_that_has_figures_and_each_definition_once(
    book: Book,
) -> None:
    fill(book, [("K", "4", "SLCN")] * 3 + [(None, "4", None)] * 9)
    pupil = book.register.all("pupils")[0].id
    for category in ("language", "home", "attention"):
        book.add("barriers", pupil=pupil, category=category)
    said = as_text(made(book, "leadership"))
    assert said.count("the lines do not add up") == 1
    assert "On the SEN register; Value: 3; Of what, and of how many: 25% of 12 on roll" in said
    assert said.count("Pupils on roll on the last day by the status that held on it") == 1
    assert "n 3, on roll and on the register today." in said
    assert "Zzteacher" in said
