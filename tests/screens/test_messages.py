"""Messages at the edge of the screen."""

from __future__ import annotations

from screens.dialogs.ask import AskDialog
from screens.plain import say
from tests.screens.conftest import LARGE, Running


async def test_a_message_is_seen_once_while_a_dialog_is_open(running: Running) -> None:
    async with running(size=LARGE) as d:
        say(d.app, "Kept [once]")
        await d.settle()
        assert len(d.places("Kept [once]")) == 1
        d.app.push_screen(AskDialog("Sure?", "It is gone.", yes="Yes", no="No"))
        await d.settle()
        say(d.app, "Kept [again]")
        await d.settle()
        for words in ("Kept [once]", "Kept [again]"):
            assert len(d.places(words)) == 1, d.text
        await d.keys("escape")
        for words in ("Kept [once]", "Kept [again]"):
            assert len(d.places(words)) == 1, d.text
