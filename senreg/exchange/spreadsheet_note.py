"""What a spreadsheet says in columns that have no field, kept as a dated note on the pupil.

One note a pupil and file, with a line for each heading. A line that a note of an earlier
import holds as its newest word on that heading is not written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from senreg.models.days import short_day
from senreg.rules.reading import Row

_BEGINNING = "From the spreadsheet "


def note_text(kept: Sequence[tuple[str, str]], file_name: str, day: date) -> str:
    """The text of a note: where it comes from and when, then "Heading: value" lines."""
    lines = [f"{_BEGINNING}{file_name} on {short_day(day)}:"]
    lines += [_line(heading, text) for heading, text in kept]
    return "\n".join(lines)


def not_yet_noted(kept: Sequence[tuple[str, str]], notes: Iterable[Row]) -> list[tuple[str, str]]:
    """The headings and texts that the notes of earlier imports do not hold.

    Args:
        kept: Headings and texts of one row.
        notes: The pupil's notes, archived ones too, oldest first.
    """
    earlier = [text for text in (str(row.get("text") or "") for row in notes) if _is_ours(text)]
    return [each for each in kept if not _is_newest_word(each, earlier)]


def _is_ours(text: str) -> bool:
    return text.startswith(_BEGINNING)


def _is_newest_word(each: tuple[str, str], earlier: Sequence[str]) -> bool:
    heading, _ = each
    for text in reversed(earlier):
        if f"\n{heading}: " in text:
            return f"\n{_line(*each)}\n" in text + "\n"
    return False


def _line(heading: str, text: str) -> str:
    return f"{heading}: {text}"
