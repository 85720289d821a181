"""The plan and the passport of a child."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError
from senreg.reports.asked import Choices
from senreg.reports.document.plainly import as_text
from senreg.reports.giving import give_out
from senreg.reports.papers import Paper, keep, make, save
from senreg.reports.passport import SIZES

from .conftest import TODAY, Book
from .one_childs import written_about
from .reading import needs, said_in_docx, said_in_html, said_in_pdf

NAMES = [("Seán", "O'Neill"), ("Łukasz", "Żak"), ("小明", "李"), ("[b]Sam[/]", "<b>")]


def made(book: Book, name: str, pupil: str, **choices: object) -> Paper:
    return make(book.register, name, pupil=pupil, choices=Choices(**choices), today=TODAY)  # type: ignore[arg-type]


def text_of(paper: Paper) -> str:
    assert paper.document is not None
    return as_text(paper.document)


@pytest.mark.parametrize("name", ["plan", "passport"])
def test_names_stand_on_it_in_every_form(book: Book, name: str, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    needs("pdftotext")
    for forename, surname in NAMES:
        paper = made(book, name, book.child(forename, surname, strengths=f"{forename} sings"))
        for ending in (".html", ".docx", ".pdf"):
            save(paper, tmp_path / f"a{ending}")
        told = (
            said_in_html((tmp_path / "a.html").read_text(encoding="utf-8")),
            said_in_docx((tmp_path / "a.docx").read_bytes()),
            said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path),
        )
        for said in told:
            assert f"{forename} {surname}" in said
            assert f"{forename} sings" in said


WORD = st.text(st.sampled_from("abcdefghijkłmnoşz小明'[]<&"), min_size=6, max_size=10)


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(WORD, min_size=2, max_size=2, unique=True))
def test_no_word_about_one_child_is_on_anothers_paper(book: Book, words: list[str]) -> None:
    mine, others = f"Q{words[0]}Q", f"X{words[1]}X"
    pupil, other = written_about(book, mine), written_about(book, others)
    for name in ("plan", "passport"):
        for for_child in (False, True):
            paper = made(book, name, pupil, for_child=for_child and name == "plan")
            assert others not in text_of(paper)
            assert others not in said_in_html(paper.html)
            assert all(others not in sentence for sentence in paper.look)
            assert mine in text_of(paper)
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)


def test_notes_and_what_is_confidential_are_not_on_it(book: Book) -> None:
    pupil = written_about(book, "Qq")
    for name in ("plan", "passport"):
        told = text_of(made(book, name, pupil))
        for field in ("restriction", "phone", "email", "text", "ethnicity", "reason", "kept_where"):
            assert f"Qq {field}" not in told, (name, field)


def test_a_passport_names_no_status_need_or_target(book: Book) -> None:
    pupil = book.child("Sam", what_helps="- A seat by the door\n- Pictures", dob="2017-05-02")
    book.add("needs", pupil=pupil, code="ASD", rank=1, start="2025-09-01")
    book.add("targets", pupil=pupil, kind="wider", statement="Joins the choir")
    told = text_of(made(book, "passport", pupil))
    assert "• A seat by the door\n• Pictures" in told
    for words in ("utis", "SEN support", "choir", "2017"):
        assert words not in told


def test_a_passport_tells_nothing_of_the_home_and_says_so_before_it_is_given_out(
    book: Book,
) -> None:
    pupil = book.child("Sam")
    book.add("barriers", pupil=pupil, category="attention", description="Loses the thread")
    assert made(book, "passport", pupil).look == ()
    book.add("barriers", pupil=pupil, category="home", description="Mother in hospital")
    book.add("barriers", pupil=pupil, category="home")
    paper = made(book, "passport", pupil)
    assert "Loses the thread" in text_of(paper)
    assert "hospital" not in text_of(paper)
    assert "at home" not in text_of(paper)
    (told,) = paper.look
    assert told.startswith("Circumstances at home are left out")
    assert "Mother in hospital" in text_of(made(book, "plan", pupil))


def test_a_passport_is_one_page_however_much_is_known(book: Book, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pages = needs("pdfinfo")
    import subprocess

    short = made(book, "passport", book.child("Sam", what_helps="Pictures"))
    assert short.document is not None
    assert short.document.size == SIZES[0]
    much = "\n".join(f"Point {number}: " + "sits near the front " * 6 for number in range(40))
    pupil = book.child("Li", what_helps=much, strengths=much, interests=much, aspirations=much)
    paper = made(book, "passport", pupil)
    assert "more on the pupil page" in text_of(paper)
    for each in (short, paper):
        save(each, tmp_path / "a.pdf")
        told = subprocess.run([pages, str(tmp_path / "a.pdf")], capture_output=True, check=True)
        assert b"Pages:           1" in told.stdout


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("", "SEN support plan"),
        ("isp", "Individual Support Plan"),
        ("individual support plan", "Individual Support Plan"),
        ("My <own> plan", "My <own> plan"),
    ],
)
def test_a_plan_bears_the_name_the_school_gives_it(book: Book, kind: str, words: str) -> None:
    paper = made(book, "plan", book.child("Sam"), kind=kind)
    assert text_of(paper).startswith(f"{words}: Sam O'Neill\nVersion 1, 22 Nov 2026.")


def test_the_childs_plan_is_in_the_childs_words(book: Book) -> None:
    pupil = book.child("Samira", preferred_name="Sam", strengths="Singing")
    book.add("barriers", pupil=pupil, category="attention", description="Loses the thread")
    book.add(
        "targets", pupil=pupil, kind="wider", statement="Will join", child_statement="I will join"
    )
    told = text_of(made(book, "plan", pupil, for_child=True))
    assert told.startswith("Sam: my plan")
    assert "I will join" in told
    for words in ("Will join", "Loses the thread", "SEN support", "Born"):
        assert words not in told


def test_giving_a_plan_out_keeps_the_version_with_its_text(book: Book) -> None:
    pupil = book.child("Sam", strengths="Singing [loudly]")
    first = made(book, "plan", pupil, kind="isp")
    assert give_out(book.register, first, " Mum,\non paper ", TODAY) == (
        "Individual Support Plan, version 1"
    )
    (row,) = book.register.by("plans", "pupil")[pupil]
    assert (row["kind"], row["title"]) == ("isp", "Individual Support Plan, version 1")
    assert (row["shared_with"], row["shared_on"]) == ("Mum, on paper", "2026-11-22")
    assert "Singing [loudly]" in row["text"]
    second = made(book, "plan", pupil, kind="isp")
    assert "Version 2" in text_of(second)
    assert "Version 1" in text_of(made(book, "plan", pupil)), "another kind is counted by itself"
    assert give_out(book.register, made(book, "passport", pupil), "Ms Olu", TODAY) == (
        "Pupil passport, version 1"
    )
    for paper, to in [
        (second, " \n "),
        (make(book.register, "pupil", pupil=pupil, today=TODAY), "x"),
    ]:
        with pytest.raises(SenregError, match="kept"):
            give_out(book.register, paper, to, TODAY)
    assert len(book.register.by("plans", "pupil")[pupil]) == 2


def test_a_plan_says_what_to_look_at_and_does_not_print_it(book: Book) -> None:
    pupil = book.child("Sam")
    assert "No target is open." in made(book, "plan", pupil).look
    book.add("targets", pupil=pupil, kind="wider", statement="Improve")
    book.add("strategies", pupil=pupil, description="Access to a quiet room as appropriate")
    book.add("ehc_provisions", pupil=pupil, section="F", wording="Regular support")
    book.add("contacts", pupil=pupil, name="Dad", restriction="No letters")
    paper = made(book, "plan", pupil)
    told = "\n".join(paper.look)
    for words in ("“access to”, “as appropriate”", "“regular”", "restriction", "Vague words"):
        assert words in told
    assert "No letters" not in told
    assert "bind" not in text_of(paper)


def test_a_plan_made_is_in_the_list_of_what_was_handed_out(book: Book, tmp_path: Path) -> None:
    from senreg.export_log import handed_out

    pupil = book.child("Sam")
    keep(book.register, made(book, "plan", pupil), tmp_path / "plan.docx", TODAY)
    (handed,) = handed_out(book.register)
    assert (handed.what, handed.pupil, handed.delete_after) == ("Plan", pupil, "2026-12-31")
