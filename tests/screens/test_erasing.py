"""Erasing a child from the pupil's page."""

from __future__ import annotations

import pytest

from screens.pupil.screen import PupilPage
from senreg.register import Register
from tests.screens.conftest import Running


async def ask(d) -> None:
    await d.app.push_screen(PupilPage("sam"))
    await d.settle()
    await d.keys("ctrl+p")
    await d.type("erase for good")
    await d.keys("enter")


async def fill(d, typed: str) -> None:
    assert d.shows("Erase Sam [EAL] O'Neil for good")
    d.screen.rows["reason"].entry.focus()
    await d.settle()
    await d.type("asked")
    await d.keys("enter")
    d.screen.rows["typed"].entry.focus()
    await d.settle()
    await d.type(typed)
    await d.keys("ctrl+s")


@pytest.mark.parametrize("typed", ["o'neil SAM [EAL]", "Sam [EAL]  O'Neil"])
async def test_a_child_is_erased_once_the_name_is_typed(
    running: Running, register: Register, typed: str
) -> None:
    async with running() as d:
        await ask(d)
        await fill(d, "Sam O'Neil")
        assert d.shows("not the child's surname and forename")
        assert register.get("sam") is not None
        await d.keys("end", "ctrl+u")
        await d.type(typed)
        await d.keys("ctrl+s")
        assert register.get("sam") is None
        assert d.shows("Where does the certificate go?")
        await d.keys("escape")
        assert d.shows("CERTIFICATE OF ERASURE")
        assert d.shows("Sam [EAL] O'Neil")
        await d.keys("escape")
        assert d.shows("This pupil is not in the register any more")
        await d.keys("u")
        assert register.get("sam") is None


async def test_the_certificate_is_kept_where_it_is_wanted(
    running: Running, register: Register, tmp_path
) -> None:
    async with running() as d:
        await ask(d)
        await fill(d, "O'Neil Sam [EAL]")
        await d.keys("end", "ctrl+u")
        await d.type(str(tmp_path / "erased.txt"))
        await d.keys("enter")
        assert "Sam [EAL] O'Neil" in (tmp_path / "erased.txt").read_text(encoding="utf-8")
        assert register.get("sam") is None


async def test_figures_of_a_past_year_are_kept_first_unless_one_says_no(
    running: Running, register: Register
) -> None:
    with register.commit("Talk") as c:
        c.add("conversations", {"pupil": "sam", "held_on": "2025-11-20"})
        c.add("cohort_memberships", {"pupil": "sam", "start": "2024-09-01"})
    async with running() as d:
        await ask(d)
        assert d.shows("Keep figures first")
        await fill(d, "O'Neil Sam [EAL]")
        assert register.get("sam") is None
        assert {row["school_year"] for row in register.all("year_figures")} == {"2025/26"}


async def test_leaving_the_form_erases_nothing(running: Running, register: Register) -> None:
    async with running() as d:
        await ask(d)
        await d.keys("escape")
        assert register.get("sam") is not None


async def test_a_hold_is_told_instead(running: Running, register: Register) -> None:
    with register.commit("Hold") as c:
        c.add("holds", {"pupil": "sam", "reason": "A claim [/b]", "end": "2027-01-31"})
    async with running() as d:
        await ask(d)
        assert d.shows("There is a hold on this file")
        assert d.shows("not erased until 31 Jan 2027")
        assert d.shows("A claim [/b]")


async def test_files_of_leavers_are_on_today_and_in_settings_and_can_be_held(
    running: Running, register: Register
) -> None:
    with register.commit("Leave") as c:
        c.set("sam", left="2026-11-06", destination="High [/b] School")
        c.set("closing", left="2026-07-21", dob="1990-01-01")
    async with running(size=(160, 50)) as d:
        await d.keys("1")
        assert d.shows("Files of children who have left: 2")
        assert d.shows("Send the file to High")
        await d.keys("9")
        assert d.shows("2 files; 2 to see to")
        await d.click("Files of leavers")
        assert all(d.shows(words) for words in ("Hold the file", "Send the file on", "Erase for"))
        assert d.shows("Erase: it was to be kept until 1 Jan 2021")
        while d.screen.records.current_id != "closing":
            await d.keys("down")
        await d.keys("ctrl+p")
        await d.type("hold the file")
        await d.keys("enter")
        await d.type("Claim")
        await d.keys("ctrl+s")
        (hold,) = register.find("holds", pupil="closing")
        assert hold["reason"] == "Claim"
        assert d.shows("on hold")
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        assert d.screen.pupil_id == "closing"


@pytest.mark.parametrize("too", [True, False])
async def test_damaged_files_that_were_put_aside_are_asked_about(
    running: Running, register: Register, tmp_path, too: bool
) -> None:
    aside = register.path / "damaged-2026"
    aside.mkdir()
    (aside / "register.json").write_text("Sam O'Neil")
    async with running() as d:
        await ask(d)
        assert d.shows("Damaged files were put aside")
        if too:
            d.screen.rows["put_aside"].entry.focus()
            await d.keys("y")
        await fill(d, "O'Neil Sam [EAL]")
        await d.keys("end", "ctrl+u")
        await d.type(str(tmp_path / "erased.txt"))
        await d.keys("enter")
        assert aside.exists() != too
    said = (tmp_path / "erased.txt").read_text(encoding="utf-8")
    assert ("were removed: damaged-2026" in said) == too
    assert ("The folder damaged-2026" in said) != too
