"""A term's work from page to page: what is written on one is true on the next."""

from __future__ import annotations

import pytest

from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_planning_the_year_hides_no_family_that_was_missed(
    running: Running, register: Register, size
) -> None:
    with register.commit("Conversations") as c:
        c.add("cohort_memberships", {"pupil": "sam", "start": "2025-09-01"})
        c.add("conversations", {"pupil": "sam", "planned_for": "2026-11-12"}, record_id="missed")
    async with running(size=size, start="conversations") as d:
        await d.keys("y", "enter", "ctrl+s", "ctrl+s")
        assert len(register.find("conversations", pupil="sam")) > 1
        await d.keys("1")
        assert d.shows("1 conversation")
        assert d.shows("! 12 Nov")
