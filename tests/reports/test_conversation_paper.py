"""A conversation on paper: the summary for the family, and the record for the school's file."""

from __future__ import annotations

import pytest

from senreg.errors import NoSuchRecord, SenregError
from senreg.reports.conversation_paper import conversation_of, conversation_outline
from senreg.reports.papers import make
from tests.reports.conftest import TODAY, Book, Words


@pytest.fixture
def child(book: Book) -> str:
    """Seán, spoken of twice; the second time with two targets and two actions."""
    pupil = book.child("Seán", preferred_name="Shay", key_teacher=None)
    khan = book.add("staff", name="Mrs Khan", role="class_teacher")
    before = book.add("conversations", pupil=pupil, held_on="2026-05-08", led_by=khan)
    book.add("targets", pupil=pupil, kind="wider", statement="Old aim", conversation=before)
    held = book.add(
        "conversations",
        pupil=pupil,
        held_on="2026-11-12",
        led_by=khan,
        attendees="Mum\ninterpreter",
        going_well="Sings & reads",
        parent_words="He is <happy>",
        pupil_words="I like drums",
        focus="Mornings",
        review="Text first",
        next_on="2027-02-01",
    )
    for kind, words in (("curricular", "Reads fifty words"), ("wider", "Goes to drumming")):
        book.add(
            "targets",
            pupil=pupil,
            kind=kind,
            statement=words,
            conversation=held,
            due="2027-02-12",
        )
    book.add("actions", about=held, place="home", what="Read each evening", who="Mum")
    book.add("actions", about=held, place="school", what="Sit by the door", due="2026-12-01")
    missed = book.add("conversations", pupil=pupil, planned_for="2026-11-01")
    book.add("attempts", conversation=missed, on="2026-11-01", how="call", why_not="No answer")
    return pupil


def summary(book: Book, pupil: str) -> str:
    paper = make(book.register, "summary", pupil=pupil, today=TODAY)
    assert paper.pupil == pupil
    return Words(paper.html).text


def test_the_summary_is_of_the_last_one_and_calls_the_child_by_name(book, child) -> None:
    text = summary(book, child)
    for words in (
        "Shay: what we talked about",
        "12 Nov 2026",
        "Sings & reads",
        "He is <happy>",
        "I like drums",
        "Reads fifty words",
        "Goes to drumming",
        "Read each evening",
        "Sit by the door",
        "1 Feb 2027.",
        "Oakfield & Sons <Junior> School",
    ):
        assert words in text, words


def test_the_summary_holds_nothing_from_elsewhere(book: Book, child: str) -> None:
    book.add("notes", pupil=child, kind="call", text="Secret", confidential=True)
    book.add("needs", pupil=child, code="SEMH", rank=1)
    text = summary(book, child)
    for words in ("Secret", "SEMH", "emotional", "Old aim", "No answer", "SEN support"):
        assert words not in text


def test_the_record_tells_each_stage_and_the_last_time(book: Book, child: str) -> None:
    text = Words(make(book.register, "conversation", pupil=child, today=TODAY).html).text
    for words in ("Explore", "Focus", "Plan", "Review", "Agreed last time, 8 May 2026", "Old aim"):
        assert words in text, words
    assert "Summary given to the family: not yet" in text


def test_the_record_of_one_that_was_missed_tells_what_was_tried(book, child) -> None:
    (missed,) = book.register.find("conversations", planned_for="2026-11-01")
    paper = make(book.register, "conversation", pupil=child, conversation=missed.id, today=TODAY)
    text = Words(paper.html).text
    assert "not held; planned for 1 Nov 2026" in text
    assert "1 Nov 2026, Phone call, No answer" in text


def test_a_child_without_a_conversation_has_no_summary(book: Book, child: str) -> None:
    other = book.child("Ivy")
    with pytest.raises(SenregError):
        make(book.register, "summary", pupil=other, today=TODAY)
    (held,) = book.register.find("conversations", held_on="2026-11-12")
    with pytest.raises(NoSuchRecord):
        conversation_of(book.register, other, held.id)
    assert conversation_of(book.register, child, None)["id"] == held.id


def test_a_restriction_is_told_before_a_summary_is_made(book: Book, child: str) -> None:
    row = book.register.get(child)
    about = conversation_of(book.register, child, None)
    before = conversation_outline(book.register, "summary", row, about, TODAY)
    assert "Restriction" not in before.summary
    book.add("contacts", pupil=child, name="Dad", restriction="No letters")
    after = conversation_outline(book.register, "summary", row, about, TODAY)
    assert "Look first. Restriction, Dad: No letters" in after.summary
