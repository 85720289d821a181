from __future__ import annotations

import pytest

from senreg.errors import NoSuchRecord, SenregError, WrongUsage
from senreg.reports.asked import Choices
from senreg.reports.document.plainly import as_text
from senreg.reports.papers import make

from .conftest import TODAY, Book, Words


def page(book: Book, pupil: str) -> Words:
    return Words(make(book.register, "pupil", pupil=pupil, today=TODAY).html)


@pytest.fixture
def sam(book: Book) -> str:
    teacher = book.add("staff", name="Ms Adeyemi", role="class_teacher")
    helper = book.add("staff", name="Mr Kaur", role="ta")
    sam = book.child(
        "Samuel",
        preferred_name="Sam",
        dob="2018-03-01",
        year_group="4",
        key_teacher=teacher,
        strengths="Kind",
        interests="Drumming",
        aspirations="A vet",
        what_helps="Sits near the front",
    )
    book.add("needs", pupil=sam, code="SPLD", rank=1, start="2025-09-05")
    book.add("needs", pupil=sam, code="SLCN", rank=2)
    book.add("needs", pupil=sam, code="HI", rank=3, end="2026-01-01")
    book.add("barriers", pupil=sam, category="attendance", description="Late on Mondays")
    book.add("barriers", pupil=sam, category="home", resolved_on="2026-02-01")
    target = book.add(
        "targets",
        pupil=sam,
        kind="curricular",
        area="reading",
        statement="Reads 40 words <fast>",
        child_statement="I can read forty words",
        success_criterion="4 out of 5",
        due="2026-12-18",
    )
    for day, outcome, evidence in [("2026-10-01", 0, "Older"), ("2026-11-13", -1, "Reads 22")]:
        book.add("target_reviews", target=target, date=day, outcome=outcome, evidence=evidence)
    precision = book.add(
        "interventions", name="Precision teaching", tier="targeted", session_minutes=15,
        sessions_per_week=4,
    )  # fmt: skip
    lego = book.add("interventions", name="Lego therapy")
    first = book.add("groups", intervention=precision, staff=[helper], start="2026-09-14")
    second = book.add("groups", intervention=lego, staff=[helper, teacher], end="2026-12-11")
    book.add("slots", group=second, weekday="thu", at="13:30", minutes=40)
    book.add("slots", group=second, weekday="tue", at="09:00", minutes=20)
    over = book.add("groups", intervention=lego, end="2026-07-01", place="Attic")
    for group in (first, second, over):
        book.add("placements", pupil=sam, group=group, entry_score=12, entry_on="2026-09-14")
    book.add("contacts", pupil=sam, name="Nuala O'Neill", relationship="mother", phone="0770")
    book.add("contacts", pupil=sam, name="Mr Keep-Away", restriction="A court order")
    book.add("reviews", pupil=sam, kind="termly", planned_for="2026-12-09")
    book.add("reviews", pupil=sam, kind="termly", held_on="2026-07-01")
    book.add("notes", pupil=sam, kind="call", text="Said in confidence", confidential=True)
    book.add("notes", pupil=sam, kind="call", text="Said on the phone")
    return sam


def test_the_whole_of_a_childs_support_is_on_it(book: Book, sam: str) -> None:
    shown = page(book, sam)
    for words in (
        "Sam O'Neill", "Samuel O'Neill", "SEN support since 5 Sep 2025", "1 Mar 2018", "Kind",
        "Drumming", "A vet", "Sits near the front", "Specific learning difficulty",
        "Reads 40 words <fast>", "I can read forty words", "by 18 Dec 2026", "4 out of 5",
        "−1: Less than expected", "Precision teaching", "Targeted", "Tue 09:00; Thu 13:30",
        "12 (14 Sep)", "Mr Kaur, Ms Adeyemi", "Nuala O'Neill", "Provision: 2 h a week",
    ):  # fmt: skip
        assert words in shown.said, words
    for words in (
        "also Speech, language and communication", "Late on Mondays", "13 Nov 2026,",
        "Reads 22", "Mother", "Key teacher; Lego therapy", "Termly review, 9 Dec 2026. Last: ",
        "Termly review, 1 Jul 2026.", "Delete after 31 Dec 2026",
    ):  # fmt: skip
        assert words in shown.text, words


def test_the_figure_of_the_last_review_is_on_it_with_what_it_counts(book: Book) -> None:
    sam = book.child("Sam")
    target = book.add("targets", pupil=sam, kind="curricular", unit="words <a minute>")
    book.add("target_reviews", target=target, date="2026-11-13", value=52.0)
    assert "13 Nov 2026, 52 words <a minute>" in page(book, sam).text


def test_the_childs_own_rating_stands_with_the_childs_words(book: Book) -> None:
    sam = book.child("Sam")
    target = book.add("targets", pupil=sam, kind="wider", statement="Sing [x]")
    looked = {"target": target, "date": "2026-11-13", "pupil_view": "I <sing>"}
    book.add("target_reviews", **looked, pupil_rating=4)
    paper = make(book.register, "plan", pupil=sam, choices=Choices(), today=TODAY)
    assert paper.document is not None
    assert "I can do it: I <sing>" in as_text(paper.document)


def test_what_must_not_leave_does_not(book: Book, sam: str) -> None:
    text = page(book, sam).text
    for words in (
        "confidence", "on the phone", "Keep-Away", "court", "0770", "Hearing", "Attic", "Older",
        "Circumstances",
    ):  # fmt: skip
        assert words not in text, words


def test_leavers_and_those_who_are_put_away_get_no_paper(book: Book) -> None:
    left = book.child("Ben", left="2026-07-20")
    away = book.child("Eve")
    with book.register.commit("Away") as c:
        c.archive(away)
    for pupil in (left, away):
        with pytest.raises(SenregError, match="has left"):
            make(book.register, "pupil", pupil=pupil, today=TODAY)
    target = book.add("targets", pupil=left, kind="wider")
    for no_pupil in (target, "nobody"):
        with pytest.raises(NoSuchRecord):
            make(book.register, "pupil", pupil=no_pupil, today=TODAY)
    with pytest.raises(WrongUsage, match="one child"):
        make(book.register, "pupil", today=TODAY)


def test_a_child_of_whom_only_the_name_is_known(book: Book) -> None:
    pupil = book.add("pupils", forename="小明", surname="李")
    shown = page(book, pupil)
    assert "小明 李" in shown.said
    assert "No target is open." in shown.said
    assert "No group or programme is running." in shown.said
    assert "None is planned." in shown.text
    assert "Full name" not in shown.text
    assert "since" not in shown.text
