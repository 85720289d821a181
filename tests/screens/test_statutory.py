"""Statutory dates where they are seen and typed, and the calendar file from Share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from screens.forms.record_form import RecordForm
from screens.pupil.screen import PupilPage
from screens.settings.records import RecordsPage
from screens.share.screen import Share
from screens.today.screen import TodayPage
from senreg.export_log import handed_out
from senreg.places import documents_folder
from senreg.register import Register
from senreg.sync.join import join
from senreg.sync.packs import export_pack, plan_pack
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.in_pack import WORDS, in_pack


@pytest.fixture
def request_made(register: Register) -> str:
    with register.commit("Ask") as c:
        return c.add(
            "ehc_processes", {"pupil": "sam", "requested_on": "2026-09-07"}, record_id="asked"
        )


@pytest.mark.usefixtures("request_made")
@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_today_leads_to_the_pupil_and_there_it_is_changed(
    running: Running, register: Register, size: tuple[int, int], mouse: bool
) -> None:
    async with running(size=size, start="today") as d:
        assert isinstance(d.screen, TodayPage)
        assert d.shows("reg 5(1): Decision")
        await (d.click("reg 5(1): Decision", times=2) if mouse else d.keys("enter"))
        assert isinstance(d.screen, PupilPage)
        assert d.screen.tab.id == "ehc"
        assert d.shows("SEND Regs 2014, reg 5(1): 6 weeks")
        if mouse:
            await d.click("Decision whether to assess", times=2)
        else:
            await d.keys("enter")
        assert isinstance(d.screen, RecordForm)
        d.screen.write_at("decided_on")
        await d.settle()
        await d.type("1/8/26")
        await d.keys("ctrl+s")
        assert "before “Request received on”" in " ".join(d.toasts)
    row = register.get("asked")
    assert row is not None
    assert row["decided_on"] == "2026-08-01"


async def test_the_tab_begins_a_record_and_can_be_left(
    running: Running, register: Register
) -> None:
    async with running(start="register") as d:
        d.app.push_screen(PupilPage("sam", tab="ehc"))
        await d.settle()
        assert d.shows("Nothing is due.")
        await d.keys("n")
        await d.keys("enter")
        assert isinstance(d.screen, RecordForm)
        await d.keys("escape")
        assert isinstance(d.screen, PupilPage)
    assert register.count("ehc_processes") == 0


async def test_an_exception_is_told_with_its_reason(running: Running, register: Register) -> None:
    with register.commit("Ask") as c:
        values = {"requested_on": "2026-09-07", "decision_exception": "closed"}
        c.add("ehc_processes", {"pupil": "sam", **values})
    async with running(start="register") as d:
        d.app.push_screen(PupilPage("sam", tab="ehc"))
        await d.settle()
        assert d.shows("Need not be kept: School closed for four weeks or more")


@pytest.mark.parametrize("mouse", [False, True])
async def test_consultations_have_their_list(
    running: Running, register: Register, mouse: bool
) -> None:
    with register.commit("Asked") as c:
        c.add("consultations", {"reference": "LBC [1]", "received_on": "2026-11-20"})
    async with running(start="settings") as d:
        assert d.shows("1 consultation; 1 to answer")
        if mouse:
            await d.click("Consultations")
        else:
            await d.keys("down", "down", "down", "enter")
        assert isinstance(d.screen, RecordsPage)
        assert d.shows("LBC [1]")


@pytest.mark.parametrize("key", ["enter", "r"])
async def test_the_date_of_a_review_opens_among_the_dates(
    running: Running, register: Register, key: str
) -> None:
    with register.commit("Held") as c:
        held = {"pupil": "closing", "kind": "annual", "held_on": "2026-10-12"}
        c.add("reviews", held, record_id="annual")
    async with running(start="today") as d:
        assert d.shows("reg 20: Annual review: re")
        await d.keys(key)
        assert isinstance(d.screen, PupilPage)
        assert d.screen.tab.id == "ehc"
        assert d.screen.current_row is not None
        assert d.screen.current_row.id == "annual"
        await d.keys("e")
        assert isinstance(d.screen, RecordForm)
        await d.keys("escape", "right")
        assert d.screen.tab.id == "history"


async def test_the_end_of_a_phase_opens_among_the_dates(
    running: Running, register: Register, time_goes_on: Callable[[float], None]
) -> None:
    time_goes_on(72 * 24 * 3600)
    with register.commit("Moves on") as c:
        c.set("closing", year_group="6")
        c.set(register.school.id, phase="junior")
    async with running(start="today") as d:
        await d.click("reg 18(1): Plan", times=2)
        assert isinstance(d.screen, PupilPage)
        assert d.shows("Plan naming the next school")


async def test_a_consultation_opens_from_today(running: Running, register: Register) -> None:
    with register.commit("Asked") as c:
        c.add("consultations", {"reference": "LBC [1]", "received_on": "2026-11-02"})
    async with running(start="today") as d:
        await d.keys("enter")
        assert isinstance(d.screen, RecordForm)


@pytest.mark.parametrize(("mouse", "size"), [(False, SMALL), (True, LARGE)])
@pytest.mark.usefixtures("request_made")
async def test_the_calendar_is_written_by_initials(
    running: Running, register: Register, mouse: bool, size: tuple[int, int]
) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    async with running(start="share", size=size) as d:
        await (d.click("Calendar file") if mouse else d.keys("l"))
        assert d.shows("Initials")
        await (d.click("Choose where") if mouse else d.keys("ctrl+s"))
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("The calendar file is written")
        await (d.click("Enter Close") if mouse else d.keys("enter"))
        assert isinstance(d.screen, Share)
    (path,) = documents_folder().glob("*.ics")
    events = Calendar.from_ical(path.read_bytes()).events
    assert any("Termly review" in str(each["summary"]) for each in events)
    assert "Neil" not in path.read_text(encoding="utf-8")
    assert [each.kind for each in handed_out(register)] == ["calendar"]


async def test_the_calendar_can_be_left_half_way(running: Running, register: Register) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    async with running(start="share") as d:
        await d.keys("l", "ctrl+s", "escape")
        assert isinstance(d.screen, Share)
    assert handed_out(register) == []
    assert not list(Path(documents_folder()).glob("*.ics"))


async def test_in_a_staff_pack_the_dates_are_read_and_not_written(
    register: Register, request_made: str, tmp_path: Path
) -> None:
    assert request_made
    path = tmp_path / "khan.senreg-pack"
    plan = plan_pack(register, "khan", date(2027, 7, 21), date(2026, 11, 27), pupils=["sam"])
    export_pack(register, plan, path, WORDS)
    join(path, tmp_path / "khan.senreg", passphrase=WORDS).close()
    async with in_pack(tmp_path / "khan.senreg", start="today") as d:
        await d.click("reg 5(1): Decision", times=2)
        assert d.shows("SEND Regs 2014, reg 5(1): 6 weeks")
        assert not d.shows(" New")
        await d.keys("escape", "9")
        assert not d.shows("Consultations")
