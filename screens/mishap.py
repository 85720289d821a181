"""What is left behind when the program itself goes wrong: a trace without anyone's data."""

from __future__ import annotations

import sys
import traceback

from rich.text import Text

from senreg.paths import state_folder


def note_down(error: BaseException | None) -> str:
    """Write where an error came from; gives a sentence on where that is to be read.

    The file holds places in the program and the kind of error: no values, no text of the error,
    because either may quote the register.
    """
    trace = error.__traceback__ if error is not None else None
    places = "".join(
        f"{each.filename}:{each.lineno} in {each.name}\n" for each in traceback.extract_tb(trace)
    )
    file = state_folder() / "mishap.txt"
    try:
        file.write_text(f"{type(error).__name__}\n{places}", encoding="utf-8")
    except OSError:
        return "It could not be written down where it happened."
    return f"Where it happened, without any pupil's data, is written in {file}."


def write_mishap() -> Text:
    """Note the present exception down, and say so in three plain lines."""
    return Text(
        "senreg stopped because of a fault in the program.\n"
        "Everything that was saved is safe, and what you were writing is kept as a draft.\n"
        f"Start it again. {note_down(sys.exc_info()[1])}"
    )
