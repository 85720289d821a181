"""Entries are typed one after another, as in a spreadsheet."""

from __future__ import annotations

from screens.provision.scores import ScoresForm
from senreg.register import Register
from tests.screens.conftest import Running


def placed(register: Register) -> ScoresForm:
    """The form for the scores of two children at the start."""
    with register.commit("Place two") as commit:
        intervention = commit.add("interventions", {"name": "Talk [first]", "tier": "targeted"})
        group = commit.add("groups", {"intervention": intervention, "start": "2026-09-07"})
        for pupil in register.all("pupils")[:2]:
            commit.add("placements", {"pupil": pupil.id, "group": group, "start": "2026-11-27"})
    return ScoresForm(register, register.find("placements", group=group), "entry")


async def test_enter_goes_on_to_the_next_entry(register: Register, running: Running) -> None:
    async with running() as d:
        d.app.push_screen(placed(register))
        await d.settle()
        await d.type("7")
        await d.keys("enter")
        await d.type("9")
        await d.keys("ctrl+s")
    scores = [row["entry_score"] for row in register.find("placements", start="2026-11-27")]
    assert sorted(scores) == [7, 9]


async def test_a_date_is_typed_anew_and_not_added_to(register: Register, running: Running) -> None:
    async with running() as d:
        d.app.push_screen(placed(register))
        await d.settle()
        await d.type("7")
        await d.keys("enter", "enter")
        await d.type("mon")
        assert d.shows("Mon 30 Nov 2026"), d.text


async def test_a_wrong_score_is_told_with_what_was_typed(
    register: Register, running: Running
) -> None:
    async with running() as d:
        d.app.push_screen(placed(register))
        await d.settle()
        await d.type("lots")
        await d.keys("ctrl+s")
        assert d.shows("lots is not a number."), d.text


async def test_enter_leaves_a_scale_and_a_draft_tells_its_day_in_words(
    register: Register, running: Running
) -> None:
    from screens.forms.record_form import RecordForm

    async with running() as d:
        d.app.push_screen(RecordForm(register, "notes", preset={"pupil": "sam"}, focus="text"))
        await d.settle()
        await d.type("Rang home")
        await d.keys("escape", "k")
        d.app.push_screen(RecordForm(register, "notes", preset={"pupil": "sam"}, focus="text"))
        await d.settle()
        assert d.shows("left unfinished on 27 Nov 09:"), d.text


async def test_what_is_undone_takes_away_what_was_said_of_it(
    register: Register, running: Running
) -> None:
    with register.commit("Change a class") as commit:
        commit.set("sam", preferred_name="Sammy")
    async with running() as d:
        d.app.notify("It is kept. u takes it back.")
        await d.keys("u")
        assert [each.partition(":")[0] for each in d.toasts] == ["Undone"]


async def test_in_a_tiny_window_every_outcome_and_the_way_out_are_seen(
    register: Register, running: Running
) -> None:
    async with running(size=(40, 10), start="targets") as d:
        await d.keys("r")
        for words in ("−2", "+2", "Ctrl+S", "Esc Leave"):
            assert d.shows(words), d.text


async def test_in_a_tiny_window_a_choice_shows_its_way_out(
    running: Running,
) -> None:
    async with running(size=(40, 10)) as d:
        await d.keys("a")
        assert d.shows("Esc Cancel"), d.text


async def test_a_choice_that_nothing_fits_says_so(running: Running) -> None:
    async with running() as d:
        await d.keys("a")
        await d.type("qqq")
        assert d.shows("Nothing fits what is typed."), d.text
        await d.keys("backspace", "backspace", "backspace")
        assert d.shows("Lego [therapy]"), d.text
