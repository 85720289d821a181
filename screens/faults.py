"""A fault in the program that is no reason to stop: a page says what it could not work out.

What a page works out beside the person runs on a thread. Whatever goes wrong there, or while a
page is filled, comes here: it is said on the page in plain sentences, noted down without
anybody's data, and tried again when asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

from textual import events, work
from textual.widgets import Static

from screens.mishap import note_down
from screens.plain import plain
from senreg.errors import SenregError

if TYPE_CHECKING:
    from textual.worker import Worker

P = ParamSpec("P")

SAFE = "Everything that was saved is safe, and the rest of senreg goes on."
AGAIN = "F5, or a click here, tries again."


def beside(group: str, undone: str) -> Callable[[Callable[P, None]], Callable[P, Worker[None]]]:
    """Have a page's method run on a thread, beside what the person does.

    Args:
        group: What it is about: a later call takes the place of an earlier one.
        undone: What is said where it fails, such as "The figures could not be worked out".
    """
    return work(thread=True, exclusive=True, exit_on_error=False, group=group, name=undone)


def words_of(undone: str, error: BaseException, again: str = AGAIN) -> str:
    """What happened, what is safe and what to do; a fault in the program is noted down, too."""
    if isinstance(error, SenregError):
        parts = [f"{undone}.", *error.lines, again]
    else:
        check = "`senreg check` may name the record behind it."
        happened = f"{undone}, because of a fault in the program."
        parts = [happened, SAFE, again, check, note_down(error)]
    return " ".join(filter(None, parts))


def fault(title: str, error: Exception) -> SenregError:
    """A fault in the program, in words and without a value; where it arose is noted down.

    Args:
        title: What was being done, in the words of the person; empty where that is not known.
        error: Whatever was raised.
    """
    what = f"“{title}”" if title else "What was being done"
    return SenregError(
        f"{what} did not come to its end, because of a fault in the program.",
        "Everything that was saved is safe, and senreg goes on.",
        "Look at what is there before you try it again; `senreg check` may name the record "
        f"behind it. {note_down(error)}",
    )


class FaultLine(Static):
    """What could not be worked out, above the keys; a click tries again.

    Args:
        words: What happened, what is safe, what to do.
    """

    DEFAULT_CSS = """
    FaultLine { height: auto; padding: 0 2; background: $panel; color: $error; }
    """

    def __init__(self, words: str) -> None:
        super().__init__(plain(words), markup=False)

    async def on_click(self, event: events.Click) -> None:
        """Try again."""
        event.stop()
        self.app.call_later(self.app.run_action, "app.run('again')")
