"""Keys of the provision page that are not for the map say so."""

from __future__ import annotations

from tests.screens.conftest import Running


async def test_a_key_that_is_not_for_the_map_says_where_it_is(running: Running) -> None:
    async with running(start="provision") as d:
        await d.keys("m", "slash")
        assert d.toasts[-1] == ("Filter is not for the map. g shows groups and c shows catalogue.")
        await d.keys("ctrl+y")
        assert d.toasts[-1] == "There is nothing to redo."
