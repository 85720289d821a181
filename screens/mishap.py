"""What is left behind when the program itself goes wrong: a trace without anyone's data."""

from __future__ import annotations

import sys
import traceback

from rich.text import Text

from senreg.paths import state_folder


def write_mishap() -> Text:
    """Write where the present exception came from, and say so in three plain lines.

    The file holds places in the program and the kind of error: no values, no text of the error,
    because either may quote the register.
    """
    kind, error, trace = sys.exc_info()
    places = "".join(
        f"{each.filename}:{each.lineno} in {each.name}\n" for each in traceback.extract_tb(trace)
    )
    file = state_folder() / "mishap.txt"
    try:
        file.write_text(f"{kind.__name__ if kind else error}\n{places}", encoding="utf-8")
        where = f"Where it happened, without any pupil's data, is written in {file}."
    except OSError:
        where = "It could not be written down where it happened."
    return Text(
        "senreg stopped because of a fault in the program.\n"
        "Everything that was saved is safe, and what you were writing is kept as a draft.\n"
        f"Start it again. {where}"
    )
