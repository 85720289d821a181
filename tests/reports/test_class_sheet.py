from __future__ import annotations

import pytest

from senreg.errors import SenregError, WrongUsage
from senreg.models.codes import code_set
from senreg.reports.class_sheet import (
    LINE_HEIGHT,
    MM_PER_POINT,
    ROW_EXTRA,
    ROWS_HEIGHT,
    class_sheet,
)
from senreg.reports.papers import make

from .conftest import TODAY, Book, Words


def page(book: Book, class_name: str = "4B") -> Words:
    return Words(make(book.register, "class", class_name=class_name, today=TODAY).html)


def test_who_what_helps_and_targets(book: Book) -> None:
    teacher = book.add("staff", name="Ms <i>Adeyemi</i>", role="class_teacher")
    sam = book.child(
        "Sam [EAL]",
        preferred_name="[/b]",
        key_teacher=teacher,
        what_helps="- Sits near the front\n• One instruction at a time",
        interests="Minecraft",
        access_arrangements="25% extra time",
    )
    book.add("strategies", pupil=sam, description="Say his name first", place="both")
    book.add("strategies", pupil=sam, description="A story at bedtime", place="home")
    book.add("targets", pupil=sam, kind="wider", statement="Asks for help", due="2026-12-18")
    book.add("targets", pupil=sam, kind="wider", statement="Old one", status="met")
    book.add("pupils", forename="小明", surname="李", class_name="4B")
    shown = page(book)
    for words in (
        "4B", "[/b] O'Neill", "Likes: Minecraft", "Sits near the front", "Say his name first",
        "One instruction at a time", "In tests: 25% extra time", "Asks for help (by 18 Dec)",
        "Ms <i>Adeyemi</i>", "Oakfield & Sons <Junior> School", "Delete after 31 Dec 2026.",
    ):  # fmt: skip
        assert words in shown.said, words
    assert "1 of 2 children" in shown.text
    for words in ("bedtime", "Old one", "李", "nobody in this school"):
        assert words not in shown.text


def test_neither_diagnosis_nor_status_nor_note_is_on_it(book: Book) -> None:
    sam = book.child("Sam", fsm=True, looked_after=True, social_care=True, what_helps="Be kind")
    book.add("targets", pupil=sam, kind="wider", statement="Asks for help", area="behaviour")
    for rank, choice in enumerate(code_set("sen_type"), start=1):
        book.add("needs", pupil=sam, code=choice.code, rank=rank)
    book.add("barriers", pupil=sam, category="home", description="Not for the wall")
    book.add("notes", pupil=sam, kind="call", text="Not for the wall either", confidential=True)
    book.add("reviews", pupil=sam, kind="annual", planned_for="2026-12-01")
    html = make(book.register, "class", class_name="4B", today=TODAY).html
    shown = Words(html)
    for choice in (*code_set("sen_type"), *code_set("sen_provision")):
        assert choice.label not in html
        assert choice.code not in shown.text.replace("O'Neill", "").split()
    for words in ("wall", "Behaviour", "meals", "looked", "SEN"):
        assert words not in shown.text


def test_leavers_archived_children_and_other_classes_are_not_on_it(book: Book) -> None:
    book.child("Ada", what_helps="Here")
    book.child("Ben", left="2026-07-20")
    book.child("Cem", joined="2027-01-04")
    book.child("Dee", class_name="4A")
    away = book.child("Eve")
    with book.register.commit("Away") as c:
        c.archive(away)
    names = [line.name for line in class_sheet(book.register, "4B", TODAY).lines]
    assert names == ["Ada O'Neill"]
    with pytest.raises(SenregError, match="class of that name") as refusal:
        class_sheet(book.register, "9Z", TODAY)
    assert "4A, 4B" in refusal.value.do


def test_children_stand_in_the_order_of_the_names_they_are_called(book: Book) -> None:
    for forename, surname, known in [
        ("Zoë", "Abbot", None), ("Łukasz", "Zajac", None), ("Adam", "Moss", "Mo"),
        ("ana", "B", None),
    ]:  # fmt: skip
        book.child(forename, surname, preferred_name=known)
    names = [line.name for line in class_sheet(book.register, " 4b ", TODAY).lines]
    assert names == ["ana B", "Łukasz Zajac", "Mo Moss", "Zoë Abbot"]


def test_twelve_children_with_a_lot_to_say_fit_one_sheet(book: Book) -> None:
    for number in range(12):
        pupil = book.child(
            f"Forename{number}", "Wright-Phillips", interests="Horses " * 30,
            what_helps="\n".join(["Give one instruction at a time and check it"] * 9),
        )  # fmt: skip
        for _ in range(4):
            book.add("targets", pupil=pupil, kind="wider", statement="Writes sentences " * 12)
    sheet = class_sheet(book.register, "4B", TODAY)
    assert (sheet.pages, len(sheet.lines)) == (1, 12)
    assert height(sheet.lines, sheet.size) <= ROWS_HEIGHT
    for line in sheet.lines:
        assert len(line.targets.items) + line.targets.more == 4
        assert len(line.helps.items) + line.helps.more == 9
        assert line.helps.more > 0
    shown = page(book)
    assert f"{sheet.lines[0].helps.more} more points on the pupil page" in shown.said


def height(lines: tuple, size: float) -> float:
    """Millimetres that rows take, each point and note at least a line."""
    count = sum(max(line.helps.lines, line.targets.lines) for line in lines)
    return count * size * MM_PER_POINT * LINE_HEIGHT + len(lines) * ROW_EXTRA


def test_a_few_children_are_set_in_large_type_and_nothing_is_cut(book: Book) -> None:
    long = "Remembers a story better when she can draw it first, " * 4
    for forename in ("Ava", "Bo"):
        pupil = book.child(forename, what_helps=long.strip(" ,"))
        book.add("targets", pupil=pupil, kind="curricular", statement=long.strip(" ,"))
    sheet = class_sheet(book.register, "4B", TODAY)
    assert sheet.size == 11.0
    assert all(str(line.helps.items[0]) == long.strip(" ,") for line in sheet.lines)


def test_a_whole_class_goes_on_to_a_further_sheet_rather_than_saying_nothing(book: Book) -> None:
    for number in range(30):
        book.child(f"F{number}", what_helps="\n".join(["Give one instruction at a time"] * 6))
    sheet = class_sheet(book.register, "4B", TODAY)
    assert sheet.pages > 1
    assert all(line.helps.items for line in sheet.lines)
    assert page(book).text.count("Delete after") == 1


def test_a_class_of_which_nothing_is_known_gets_a_sentence(book: Book) -> None:
    book.add("pupils", forename="Ming", surname="Li", class_name="4B")
    assert "Nobody in this class has a strategy or a target" in page(book).text


def test_a_class_sheet_needs_a_class(book: Book) -> None:
    with pytest.raises(WrongUsage, match="one class"):
        make(book.register, "class", today=TODAY)


def test_it_says_when_a_child_leaves_the_room_and_not_what_for(book: Book) -> None:
    sam, ada = book.child("Sam"), book.child("Ada")
    runs = book.add("interventions", name="Attachment therapy", session_minutes=30)
    group = book.add("groups", intervention=runs, start="2026-09-01", place="Room [5]")
    for day in ("thu", "mon"):
        book.add("slots", group=group, weekday=day, at="11:45")
    book.add("slots", group=group, weekday="fri", at="09:00", minutes=20)
    over = book.add("groups", intervention=runs, start="2025-09-01", end="2026-07-01")
    book.add("slots", group=over, weekday="tue", at="10:00")
    book.add("placements", pupil=sam, group=group, start="2026-09-10")
    book.add("placements", pupil=ada, group=over, start="2025-09-10")
    shown = page(book)
    assert "Out: Mon, Thu 11:45–12:15, Room [5]; Fri 09:00–09:20, Room [5]" in shown.said
    for words in ("Attachment", "Tue 10:00"):
        assert words not in shown.text
