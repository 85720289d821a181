"""Pupils by initials: no page, dialog or message names a child; entries and papers do."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.plain import line, plain
from senreg.clock import today
from senreg.register import Register
from senreg.reports import papers
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.test_locking import unlocked
from tests.store.sealing_keys import PASSPHRASE

NAMES = ("O'Neil", "Żółkowski", "Łukasz", "Sam [EAL]", "小明 王")


def unnamed(d: Driver) -> bool:
    return not any(d.shows(name) for name in NAMES)


async def by_initials(d: Driver) -> None:
    await d.keys("ctrl+p")
    await d.type("initials")
    await d.keys("enter")
    d.app.clear_notifications()
    await d.settle()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_page_shows_initials_and_says_so(running: Running, size) -> None:
    async with running(size=size) as d:
        assert not unnamed(d)
        await by_initials(d)
        for mode in ("2", "1", "3", "4", "8", "9", "2"):
            await d.keys(mode)
            assert unnamed(d), d.text
            assert d.shows(" Initials ")
        assert d.shows("ŁŻ")
        for tab in range(6):
            await d.keys(*(["down", "enter"] if not tab else ["right"]))
            assert unnamed(d), d.text


@pytest.mark.parametrize(
    "way",
    [
        ("f", *"neil"),
        ("m",),
        ("n",),
        ("a",),
        ("p",),
        ("g",),
        ("3", "enter"),
        ("3", "n"),
        ("4", "enter"),
        ("4", "right"),
        ("enter", "n"),
    ],
)
async def test_every_dialog_shows_initials(running: Running, way: tuple[str, ...]) -> None:
    async with running(size=LARGE) as d:
        await by_initials(d)
        await d.keys(*way)
        assert unnamed(d), d.text


async def test_messages_show_initials(running: Running, register: Register) -> None:
    async with running(size=LARGE) as d:
        await by_initials(d)
        with register.commit("Change class") as c:
            c.set("sam", class_name="X")
        with Register.open(register.path) as other, other.commit("Other") as c:
            c.set("sam", class_name="[Y]")
        d.app.look_outside()
        await d.settle()
        await d.keys("u")
        assert any("Class of SEO" in each for each in d.toasts)


async def test_a_child_who_is_new_has_initials_at_once(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE) as d:
        await by_initials(d)
        with register.commit("Add") as c:
            c.add("pupils", {"forename": "Zephyrine", "surname": "Quux"})
        await d.settle()
        assert not d.shows("Quux")
        assert d.shows("ZQ")


@pytest.mark.parametrize("mouse", [False, True])
async def test_names_come_back(running: Running, mouse: bool) -> None:
    async with running() as d:
        await by_initials(d)
        if mouse:
            await d.click(" Initials ", dx=1)
        else:
            await by_initials(d)
        assert d.shows("O'Neil, Sam [EAL]")
    assert line("Sam [EAL] O'Neil") == "Sam [EAL] O'Neil"


async def test_papers_keep_names(running: Running, register: Register) -> None:
    async with running() as d:
        await by_initials(d)
        paper = papers.make(register, "pupil", pupil="sam", today=today())
        assert "Sam [EAL]" in paper.html


async def test_initials_outlast_a_lock(sealed: Path) -> None:
    async with unlocked(sealed, LARGE) as d:
        await by_initials(d)
        await d.keys("f8")
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert unnamed(d)
        assert d.shows("ŁŻ")


async def test_nothing_is_hidden_once_the_interface_has_ended(running: Running) -> None:
    async with running() as d:
        await by_initials(d)
    assert str(plain("Sam [EAL] O'Neil")) == "Sam [EAL] O'Neil"
