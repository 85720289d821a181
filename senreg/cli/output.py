"""What the command line prints: UTF-8 whatever the machine's code page, and never a control code.

User text is cleaned on its way out, so that no name steers a terminal. JSON keeps every
character of a value: the ones a terminal would act on are written as JSON escapes.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from senreg.errors import SenregError
from senreg.models.text import clean, clean_line

WIDEST_CELL = 48
"""Columns of the terminal that one cell of a table may take."""

_ACTED_ON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]"
)


def prepare_streams() -> None:
    """Make standard output and error UTF-8; what cannot be encoded is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """A line (or several) on standard output, cleaned."""
    print(clean(text))


def warn(text: str) -> None:
    """A line on standard error, cleaned, for what is pointed out beside the answer.

    On a terminal it is broken between words.
    """
    line = clean_line(text)
    if sys.stderr.isatty():
        width = max(shutil.get_terminal_size().columns, 20)
        line = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    print(line, file=sys.stderr)


def complain(error: SenregError) -> None:
    """A refusal in at most three plain lines on standard error."""
    for line in error.lines[:3]:
        warn(line)


def print_json(document: object) -> None:
    """One JSON document in UTF-8: an array has one element a line, an object one key a line."""
    if isinstance(document, list):
        body = ",\n".join(_compact(each) for each in document)
        print(f"[\n{body}\n]" if document else "[]")
    elif isinstance(document, Mapping):
        body = ",\n".join(f"  {_compact(key)}: {_compact(each)}" for key, each in document.items())
        print(f"{{\n{body}\n}}" if document else "{}")
    else:
        print(_compact(document))


def _compact(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _ACTED_ON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_csv(text: str) -> None:
    """A CSV document as it is, in UTF-8 with the line ends it came with."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8", errors="backslashreplace"))
    buffer.flush()


def is_screen() -> bool:
    """Whether what is printed is read on a screen, and goes into no file and no program."""
    return sys.stdout is not None and sys.stdout.isatty()


def cells(text: str) -> int:
    """The columns a terminal gives to a text: two for wide East Asian characters and emoji."""
    if text.isascii():
        return len(text)
    return sum(_width(each) for each in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shortened(text: str, widest: int) -> str:
    """The text on one line in at most that many columns; a cut is shown by an ellipsis."""
    text = clean_line(text)
    if cells(text) <= widest:
        return text
    kept, used = [], 0
    for character in text:
        used += _width(character)
        if used > widest - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def screen_width() -> int:
    """The columns there are to fill: of the terminal, COLUMNS, or 100 where nobody says."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows under headings with the columns aligned, as lines; an unknown value is blank."""
    drawn = [[shortened(cell, WIDEST_CELL) for cell in row] for row in rows]
    head = [clean_line(each) for each in headings]
    widths = [max([cells(head[at]), *(cells(row[at]) for row in drawn)]) for at in range(len(head))]
    return [_line(row, widths) for row in (head, *drawn)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: '1 record', '12 records'."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def json_ready(value: Any) -> Any:
    """A value of the register as plain JSON: mappings and tuples made dicts and lists."""
    if isinstance(value, Mapping):
        return {str(key): json_ready(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_ready(each) for each in value]
    return value
