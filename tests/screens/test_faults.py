"""A rule that raises leaves no page waiting: it is said, the app goes on, and F5 tries again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.faults import FaultLine
from screens.register.screen import RegisterPage
from screens.school.leaders import LeadersPage
from screens.share.screen import Share
from senreg.errors import Unreadable
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver

SECRET = "Sam [EAL] O'Neil"


class Broken:
    """A rule that raises with a name in its words until it is mended."""

    def __init__(self, rule: Callable[..., object], error: Exception | None = None) -> None:
        self.rule = rule
        self.error = error or KeyError(SECRET)

    def __call__(self, *given: object, **named: object) -> object:
        if self.error is not None:
            raise self.error
        return self.rule(*given, **named)

    def mend(self) -> None:
        self.error = None


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Broken]:
    def broken_at(place: str, error: Exception | None = None) -> Broken:
        module, name = place.rsplit(".", 1)
        rule = Broken(getattr(__import__(module, fromlist=[name]), name), error)
        monkeypatch.setattr(place, rule)
        return rule

    return broken_at


def said_on(d: Driver) -> str:
    """What the page says is missing, its lines joined."""
    return " ".join(str(each.content) for each in d.screen.query(FaultLine))


async def look_at_today(d: Driver) -> None:
    await d.keys("1")
    d.screen._look_now()
    await d.settle()


PAGES = [
    ("school", "screens.school.screen.leadership", "The figures could not be worked out"),
    ("progress", "screens.progress.screen.tracking", "The grid could not be worked out"),
    ("copies", "screens.share.copies.what_waits", "What waits in the sync folder"),
    ("share", "screens.share.screen.what_waits", "What waits in the sync folder"),
    ("today", "screens.today.screen.learn", "What changed, and what looks odd"),
]


async def to_page(d: Driver, page: str) -> None:
    if page == "today":
        await look_at_today(d)
    elif page == "copies":
        await d.keys("8")
        if isinstance(d.screen, Share):
            d.screen.command_copies()
        await d.settle()
    elif page == "share":
        await d.keys("8")
        d.screen._look()
        await d.settle()
    else:
        await d.keys({"school": "7", "progress": "6"}[page])


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("page", "place", "undone"), PAGES)
async def test_a_rule_that_raises_is_told_and_tried_again(
    running: Running, register: Register, broken: Callable[..., Broken], tmp_path: Path,
    page: str, place: str, undone: str, size: tuple[int, int],
) -> None:  # fmt: skip
    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    rule = broken(place)
    async with running(size=size) as d:
        d.faulty = True
        await to_page(d, page)
        said = said_on(d)
        assert undone in said
        assert "saved is safe" in said
        assert "senreg check" in said
        assert d.shows("F5"), d.text
        assert not d.shows("being worked out")
        assert not d.shows("Looking")
        noted = (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
        assert "KeyError" in noted
        assert SECRET not in noted + said
        shown = d.screen
        await d.keys("2")
        assert isinstance(d.screen, RegisterPage), "the app goes on"
        await to_page(d, page)
        assert said_on(d), "it still stands there"
        rule.mend()
        if page in ("today", "share"):
            d.screen._seen = None
            await to_page(d, page)
        else:
            await d.keys("f5")
        d.faulty = False
        await d.settle()
        assert type(d.screen) is type(shown)
        assert not said_on(d)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_list_for_leaders_is_tried_again_by_a_click(
    running: Running, register: Register, broken: Callable[..., Broken], size: tuple[int, int]
) -> None:
    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    rule = broken("screens.school.leaders.led")
    async with running(size=size, start="school") as d:
        d.faulty = True
        assert d.screen.figures.go_to("leading lead")
        await d.keys("enter")
        assert isinstance(d.screen, LeadersPage)
        assert d.shows("The list could not be made."), d.text
        assert not d.shows("is being made")
        rule.mend()
        await d.click("The list could not be made, because")
        d.faulty = False
        await d.settle()
        assert not d.shows("could not be made"), d.text


async def test_what_was_refused_is_said_in_its_own_words(
    running: Running, register: Register, broken: Callable[..., Broken], tmp_path: Path
) -> None:
    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    broken("screens.school.screen.leadership", Unreadable("A file is gone.", "All is safe.", "Go."))
    async with running() as d:
        d.faulty = True
        await d.keys("7")
        assert "A file is gone. All is safe. Go." in said_on(d)
        assert not (tmp_path / "home" / "mishap.txt").exists()


async def test_a_fault_of_what_is_past_is_not_told(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that read while the register changed is overtaken, not at fault."""
    from senreg.rules.leadership import leadership

    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    runs = []

    def overtaken(reading: Register, *rest: object) -> object:
        runs.append(reading.version)
        if len(runs) == 1:
            with register.commit("Meanwhile") as c:
                c.add("pupils", {"surname": "Żółć", "forename": "Ola"})
            raise RuntimeError("dictionary changed size during iteration")
        return leadership(reading, *rest)

    monkeypatch.setattr("screens.school.screen.leadership", overtaken)
    async with running() as d:
        d.faulty = True
        await d.keys("7")
        await d.settle()
        assert not said_on(d)
        assert len(runs) > 1
        assert d.shows("Who is on the register") or d.screen.figures.rows, d.text


async def test_a_page_that_cannot_be_filled_locks_nobody_out(
    running: Running, broken: Callable[..., Broken]
) -> None:
    rule = broken("senreg.rules.today.today_lines")
    async with running() as d:
        d.faulty = True
        await d.keys("1")
        assert "This page could not be filled" in said_on(d)
        await d.keys("2")
        assert isinstance(d.screen, RegisterPage)
        await d.keys("1")
        rule.mend()
        await d.keys("f5")
        d.faulty = False
        await d.settle()
        assert d.shows("overdue"), d.text


async def test_a_register_that_cannot_rest_is_told_of_once(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens.outside import rest

    def fail() -> None:
        raise ValueError(SECRET)

    async with running() as d:
        monkeypatch.setattr(register, "rest", fail)
        for _ in range(2):
            rest(d.app)
            await d.settle()
        (said,) = d.toasts
        assert "could not be brought into the snapshot" in said
        assert "saved is safe" in said
        assert SECRET not in said


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_command_that_raises_is_told_and_the_app_goes_on(
    running: Running, broken: Callable[..., Broken], tmp_path: Path, size: tuple[int, int]
) -> None:
    rule = broken("screens.register.acting.act")
    async with running(size=size) as d:
        d.faulty = True
        await d.app.action_run("act")
        await d.settle()
        assert d.shows("“Act on marked” did not come to its end"), d.text
        assert d.shows("saved is safe"), d.text
        assert not d.shows(SECRET)
        assert SECRET not in (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
        await d.keys("enter")
        assert isinstance(d.screen, RegisterPage)
        rule.mend()
        await d.app.action_run("act")
        await d.settle()
        assert isinstance(d.screen, ChooseDialog)


async def test_f5_where_nothing_is_missing_says_so(running: Running) -> None:
    async with running() as d:
        await d.keys("f5")
        assert "Nothing is missing" in d.toasts[0]
