"""What an element of a transfer file says: cleaned at this door, as every text from outside."""

from __future__ import annotations

import re
from datetime import date
from xml.etree.ElementTree import Element

from senreg.models.text import clean_line

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_YES = frozenset({"true", "1", "y", "yes"})
_NO = frozenset({"false", "0", "n", "no"})


def said(element: Element | None, *path: str) -> str:
    """The text of the element at the end of a path; empty where there is none.

    The names are those that are left once the reading has taken the namespaces off.
    """
    for name in path:
        if element is None:
            return ""
        element = element.find(name)
    return clean_line(element.text or "").strip() if element is not None else ""


def parts(element: Element | None, *path: str) -> list[Element]:
    """The elements of the last name of a path, below the first of each name before it."""
    for name in path[:-1]:
        if element is None:
            return []
        element = element.find(name)
    return [] if element is None else element.findall(path[-1])


def day_said(element: Element | None, *path: str) -> str | None:
    """The ISO day that stands there; None where none does that there is."""
    match = _DAY.fullmatch(said(element, *path))
    try:
        return date.fromisoformat(match[1]).isoformat() if match else None
    except ValueError:
        return None


def whole_said(element: Element | None, *path: str) -> int | None:
    """The whole number that stands there, 0 or more; None where none does."""
    text = said(element, *path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def flag_said(element: Element | None, *path: str) -> bool | None:
    """Yes or no as it stands there, in any of the ways they are written; None for neither."""
    text = said(element, *path).lower()
    return True if text in _YES else False if text in _NO else None
