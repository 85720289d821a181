"""What is left behind when the program itself goes wrong: a trace without anyone's data."""

from __future__ import annotations

import sys
import traceback

from rich.text import Text
from rich.traceback import Trace

from senreg.paths import state_folder


def note_down(error: BaseException | None) -> str:
    """Write where an error came from; gives a sentence on where that is to be read.

    The file holds places in the program and the kind of error: no values, no text of the error,
    because either may quote the register.
    """
    trace = error.__traceback__ if error is not None else None
    frames = traceback.extract_tb(trace)
    return _noted(
        type(error).__name__, [(each.filename, each.lineno or 0, each.name) for each in frames]
    )


def write_mishap(of: Trace | None = None) -> Text:
    """Note an exception down, and say so in three plain lines.

    Args:
        of: What Rich kept of one on another thread; without it, the present one.
    """
    if of is None:
        where = note_down(sys.exc_info()[1])
    else:
        frames = [frame for stack in of.stacks for frame in stack.frames]
        places = [(each.filename, each.lineno, each.name) for each in frames]
        where = _noted(of.stacks[0].exc_type, places)
    return Text(
        "senreg stopped because of a fault in the program.\n"
        "Everything that was saved is safe, and what you were writing is kept as a draft.\n"
        f"Start it again. {where}"
    )


def _noted(kind: str, places: list[tuple[str, int, str]]) -> str:
    lines = "".join(f"{file}:{line} in {function}\n" for file, line, function in places)
    file = state_folder() / "mishap.txt"
    try:
        file.write_text(f"{kind}\n{lines}", encoding="utf-8")
    except OSError:
        return "It could not be written down where it happened."
    return f"Where it happened, without any pupil's data, is written in {file}."
