"""Share: what was handed out, read and saved for the data protection officer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screens.share.handed_out import HandedOut
from senreg.export_log import PAPER, SPREADSHEET, note
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_what_was_handed_out_is_listed_and_saved(
    running: Running, register: Register, tmp_path: Path, size, mouse: bool
) -> None:
    long_ago = date(2026, 7, 22)
    note(register, PAPER, "Passport", tmp_path / "p.html", pupil="sam", delete_after=long_ago)
    note(register, SPREADSHEET, "Spreadsheet of 3 [pupils]", tmp_path / "b.xlsx")
    path = tmp_path / "log.csv"
    async with running(size=size, start="share") as d:
        await (d.click("Handed out") if mouse else d.keys("a"))
        assert isinstance(d.screen, HandedOut)
        assert d.shows("1 past the day they should be deleted")
        assert d.shows("! 22 Jul 2026")
        assert d.shows("Spreadsheet of 3 [pupil")
        await (d.click("Passport", times=2) if mouse else d.keys("down", "enter"))
        assert d.shows("delete after 22 Jul 2026")
        await (d.click("Enter Close") if mouse else d.keys("escape"))
        await (d.click("s Save the list") if mouse else d.keys("s"))
        await d.keys("ctrl+u")
        await d.type(str(path))
        await (d.click("Write it here") if mouse else d.keys("enter"))
        assert "names children" in d.toasts[-1]
        assert d.shows("What was handed out of")
        await d.keys("escape")
        assert not isinstance(d.screen, HandedOut)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 3


async def test_with_nothing_handed_out_it_says_what_shows_here(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("a")
        assert d.shows("Nothing was handed out of this copy yet.")
