"""The register beside the school's own system, by keyboard and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.importing.comparing import ComparePage
from screens.share.screen import Share
from senreg.places import documents_folder
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver


@pytest.fixture
def roll(register: Register) -> Path:
    """A list of the whole roll in which one child has another class, and no status or need."""
    folder = documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "roll.csv"
    lines = ["Surname,Forename,DOB,Class,SEN status,Primary need"]
    for pupil in register.all("pupils"):
        born = pupil["dob"] or ""
        lines.append(f"{pupil['surname']},{pupil['forename']},{born},9Z,,")
    lines.append("Shah,New [b],2017-05-06,9Z,K,ASD")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def to_compare(d: Driver) -> ComparePage:
    """From anywhere to the comparison with the file of the whole roll."""
    await d.keys("8")
    assert isinstance(d.screen, Share)
    await d.keys("d")
    await d.type("roll.csv")
    await d.keys("enter", "enter")
    assert isinstance(d.screen, ComparePage)
    return d.screen


async def test_a_large_school_leaves_room_for_the_words_of_every_part(
    running: Running, roll: Path
) -> None:
    async with running(size=SMALL) as d:
        tabs = (await to_compare(d)).tabs
        tabs._tabs = [(tab, title, 1_999, "") for tab, title, _, _ in tabs._tabs]
        words = "".join(span.text for span in tabs.spans(0, SMALL[0]))
        assert "…" not in words
        assert len(words) <= SMALL[0]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_taking_here_leaves_status_and_what_was_unticked(
    running: Running, register: Register, roll: Path, size
) -> None:
    before = {row.id: row["class_name"] for row in register.all("pupils")}
    statuses = [row.stored() for row in register.all("sen_statuses")]
    async with running(size=size) as d:
        page = await to_compare(d)
        assert page.compared.there
        assert d.shows("(blank)")
        await d.keys("right")
        assert page.tab == "here"
        left = page.rows.current
        assert left is not None
        assert left.difference is not None
        await d.keys("space", "n")
        assert d.shows("into the register?")
        await d.keys("enter")
        assert isinstance(d.screen, Share)
    after = {row.id: row["class_name"] for row in register.all("pupils")}
    taken = {each.pupil for each in page.compared.here} - {left.difference.pupil}
    assert after == before | dict.fromkeys(taken, "9Z")
    assert len(taken) > 1
    assert [row.stored() for row in register.all("sen_statuses")] == statuses


async def test_the_list_for_the_office_is_written_and_kept_in_mind(
    running: Running, register: Register, roll: Path
) -> None:
    from senreg.export_log import handed_out

    async with running() as d:
        page = await to_compare(d)
        count = len(page.compared.there)
        await d.keys("l", "enter")
        assert d.shows("The list is written")
        assert d.shows("Delete it after 31 Dec 2026")
        await d.keys("enter", "escape")
        assert isinstance(d.screen, Share)
    (written,) = documents_folder().glob("change-there-*-delete-after-2026-12-31.csv")
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == count + 1
    assert lines[0] == "UPN,Name,Born,What,It should say,It says now"
    assert "school's own system" in handed_out(register)[-1].what


async def test_the_parts_are_reached_by_mouse_and_nothing_is_changed(
    running: Running, register: Register, roll: Path
) -> None:
    version = register.version
    async with running(size=SMALL) as d:
        await d.keys("8")
        await d.click("Compare")
        await d.type("roll.csv")
        await d.keys("enter", "enter")
        page = d.screen
        assert isinstance(page, ComparePage)
        await d.click("New there")
        assert page.tab == "unknown"
        assert d.shows("Shah")
        await d.click("Not compared")
        assert page.tab == "unsettled"
        await d.keys("escape")
        assert isinstance(d.screen, Share)
    assert register.version == version
