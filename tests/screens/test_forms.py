"""Forms: entries by kind, messages in words, drafts, and records changed meanwhile."""

from __future__ import annotations

import pytest

from screens.forms.record_form import RecordForm, fresh
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


async def show(d, register: Register, table: str, row_id: str | None = None, **more) -> RecordForm:
    row = register.get(row_id) if row_id else None
    form = RecordForm(register, table, row, **more)
    await d.app.push_screen(form)
    await d.settle()
    return form


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
@pytest.mark.parametrize(
    ("table", "row_id"),
    [("pupils", "sam"), ("notes", "note"), ("targets", "target"), ("groups", "group")],
)
async def test_a_form_gives_back_what_it_was_given(
    running: Running, register: Register, size, table: str, row_id: str
) -> None:
    before = register.get(row_id).stored()
    version = register.version
    async with running(size=size) as d:
        await show(d, register, table, row_id)
        await d.keys("ctrl+s")
        assert not isinstance(d.screen, RecordForm)
    assert register.get(row_id).stored() == before
    assert register.version == version, "nothing was written, because nothing was changed"


async def test_problems_are_said_under_their_fields(running: Running, register: Register) -> None:
    async with running() as d:
        form = await show(d, register, "pupils")
        await d.keys("tab", "tab", "tab")
        await d.type("31/02/2014")
        await d.keys("ctrl+s")
        assert d.screen is form
        assert d.shows("! Forename is missing.")
        assert d.shows("! Surname is missing.")
        assert d.app.focused is form.rows["forename"].entry
        assert form.rows["dob"].has_class("-wrong")
        assert register.count("pupils") == 5
        await d.type("Zoë")
        assert not form.rows["forename"].has_class("-wrong")


@pytest.mark.parametrize(
    ("typed", "shown", "stored"),
    [
        ("fri", "Fri 4 Dec 2026", "2026-12-04"),
        ("+6w", "Fri 8 Jan 2027", "2027-01-08"),
        ("3/11", "Tue 3 Nov 2026", "2026-11-03"),
        ("3 Nov 2016", "Thu 3 Nov 2016", "2016-11-03"),
    ],
)
async def test_dates_are_typed_as_people_say_them(
    running: Running, register: Register, typed: str, shown: str, stored: str
) -> None:
    async with running() as d:
        await show(d, register, "targets", "target", focus="due")
        await d.keys("ctrl+a", "ctrl+k")
        await d.type(typed)
        assert d.shows(shown)
        await d.keys("ctrl+s")
        assert register.get("target")["due"] == stored


async def test_every_kind_of_field_is_filled_by_keys(running: Running, register: Register) -> None:
    async with running() as d:
        form = await show(d, register, "notes", preset={**fresh("notes"), "pupil": "ming"})
        await d.keys("tab", "v")
        assert d.shows("Visit")
        await d.keys("enter", "tab")
        await d.type("Nurse [x]")
        await d.keys("tab")
        await d.type("line one")
        await d.keys("enter")
        await d.type("[/] 'two'")
        await d.keys("tab", "space", "ctrl+s")
        assert form not in d.app.screen_stack
    note = register.find("notes", pupil="ming")[0]
    assert note.stored() == {
        "pupil": "ming",
        "happened_on": "2026-11-27",
        "kind": "visit",
        "with_whom": "Nurse [x]",
        "text": "line one\n[/] 'two'",
        "confidential": True,
    }


async def test_every_kind_of_field_is_filled_by_mouse(running: Running, register: Register) -> None:
    async with running(size=LARGE) as d:
        form = await show(d, register, "groups", "group")
        entry = form.rows["staff"].entry
        await d.pilot.click(entry)
        await d.settle()
        await d.click("Mr Ólafsson")
        await d.click("Ctrl+S Done")
        assert d.screen is form
        await d.click("Ctrl+S")
    assert register.get("group")["staff"] == ["khan", "olafsson"]


async def test_a_choice_is_emptied_by_backspace(running: Running, register: Register) -> None:
    async with running() as d:
        await show(d, register, "targets", "target", focus="area")
        await d.keys("backspace", "ctrl+s")
    assert register.get("target")["area"] is None


async def test_an_open_list_takes_what_is_typed(running: Running, register: Register) -> None:
    async with running() as d:
        await show(d, register, "targets", "target", focus="area")
        await d.keys("enter")
        await d.type("Forest [school]")
        await d.keys("enter", "ctrl+s")
    assert register.get("target")["area"] == "Forest [school]"


async def test_leaving_asks_and_keeps_a_draft_that_is_offered_again(
    running: Running, register: Register
) -> None:
    async with running() as d:
        form = await show(d, register, "notes", "note", focus="with_whom")
        await d.type("Nan [/i] ")
        await d.keys("escape")
        assert d.shows("You have changed something")
        await d.keys("k")
        assert form not in d.app.screen_stack
        assert register.get("note")["with_whom"] == "Mum"
        again = await show(d, register, "notes", "note")
        assert d.shows("Go on with what you wrote?")
        await d.keys("enter")
        assert "Nan [/i] " in again.rows["with_whom"].text
        await d.keys("ctrl+s")
        assert "Nan [/i]" in register.get("note")["with_whom"]
        await show(d, register, "notes", "note")
        assert not d.shows("Go on with what you wrote?")


async def test_a_draft_that_is_thrown_away_does_not_come_back(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.type("x")
        await d.keys("escape", "t")
        form = await show(d, register, "notes", "note")
        assert d.screen is form


async def test_esc_at_the_offer_of_a_draft_leaves_the_draft_where_it_is(
    running: Running, register: Register
) -> None:
    async with running() as d:
        form = await show(d, register, "notes", "note", focus="with_whom")
        await d.type("Nan")
        await d.keys("escape", "k")
        form = await show(d, register, "notes", "note")
        await d.keys("escape")
        assert form not in d.app.screen_stack
        await show(d, register, "notes", "note")
        assert d.shows("Go on with what you wrote?")
        await d.keys("n")
        assert "Nan" not in d.screen.rows["with_whom"].text  # type: ignore[attr-defined]


async def test_what_is_typed_survives_the_end_of_the_program(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.type("Nan")
    async with running() as d:
        await show(d, register, "notes", "note")
        assert d.shows("Go on with what you wrote?")


async def test_drafts_name_nobody_and_belong_to_one_person(
    running: Running, register: Register, tmp_path
) -> None:
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.type("Nan")
        await d.keys("escape", "k")
    files = list((tmp_path / "home" / "drafts").iterdir())
    assert len(files) == 1
    assert not any(word in files[0].name for word in ("note", "Sam", "sam"))
    if files[0].stat().st_mode & 0o077 and __import__("os").name != "nt":
        pytest.fail("others may read the draft")


async def test_a_field_changed_elsewhere_is_not_overwritten_unseen(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.keys("ctrl+a", "ctrl+k")
        await d.type("Mine [/b]")
        with register.commit("Elsewhere") as c:
            c.set("note", with_whom="Theirs [EAL]", text="Other text")
        await d.keys("ctrl+s")
        assert d.shows("There now:  Theirs [EAL]")
        assert d.shows("Yours:      Mine [/b]")
        await d.keys("escape")
        assert register.get("note")["with_whom"] == "Theirs [EAL]"
        await d.keys("ctrl+s", "m")
    note = register.get("note")
    assert note["with_whom"] == "Mine [/b]"
    assert note["text"] == "Other text", "what was not written here stays theirs"


async def test_keeping_theirs_writes_only_the_rest(running: Running, register: Register) -> None:
    async with running() as d:
        form = await show(d, register, "notes", "note")
        form.rows["with_whom"].put("Mine")
        form.rows["text"].put("My text")
        with register.commit("Elsewhere") as c:
            c.set("note", with_whom="Theirs")
        await d.keys("ctrl+s", "t")
    assert register.get("note")["with_whom"] == "Theirs"
    assert register.get("note")["text"] == "My text"


async def test_a_read_only_register_says_so_and_keeps_the_form(
    running: Running, register: Register, tmp_path
) -> None:
    folder = register.path
    register.close()
    with Register.open(folder, read_only=True) as closed:
        async with running(opened=closed) as d:
            assert d.shows("Read-only")
            form = await show(d, closed, "notes", "note", focus="with_whom")
            assert d.shows("This register is open for reading only")
            await d.type("x")
            await d.keys("ctrl+s")
            assert form in d.app.screen_stack
            assert d.screen is not form, "a message says why"


async def test_quitting_with_an_unsaved_form_asks(running: Running, register: Register) -> None:
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.keys("ctrl+q")
        assert d.app._exit, "nothing is unsaved: nothing is asked"
    async with running() as d:
        await show(d, register, "notes", "note", focus="with_whom")
        await d.type("x")
        await d.keys("ctrl+q")
        assert d.shows("Leave without saving the form?")
        await d.keys("escape")
        assert not d.app._exit


async def test_what_was_saved_and_is_odd_is_told(running: Running, register: Register) -> None:
    async with running() as d:
        d.app.push_screen(RecordForm(register, "pupils", register.get("sam")))
        await d.settle()
        d.screen.rows["dob"].put("1/1/2099")
        await d.keys("ctrl+s")
        assert register.get("sam")["dob"] == "2099-01-01"
        assert d.toasts == ["The date of birth of Sam [EAL] O'Neil (4B) is still to come."]


async def test_what_is_said_over_a_form_leaves_its_fields_to_be_read(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL) as d:
        await show(d, register, "targets", "target")
        before = d.lines
        d.app.notify("The target is written. u takes it back.")
        await d.settle()
        assert d.shows("u takes it back")
        assert d.lines[1:] == before[1:]
