"""An order of names with figures in them that people expect."""

from __future__ import annotations

import re

from senreg.models.text import folded

_PARTS = re.compile(r"(\d+)")


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """A key that sorts 4B before 10A."""
    return tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in _PARTS.split(folded(text))
        if part
    )
