"""Words in provision that bind nobody.

IPSEA warns of these in section F of a plan: whoever reads "regular" or "access to" cannot tell
what has to be done, by whom, for how long and how often.
"""

from __future__ import annotations

import re

UNSPECIFIC: tuple[str, ...] = (
    "regular",
    "regularly",
    "access to",
    "opportunities for",
    "opportunity to",
    "opportunities to",
    "would benefit from",
    "as appropriate",
    "where appropriate",
    "as required",
    "as needed",
    "is recommended",
    "are recommended",
    "a high level of",
)
"""The words, in lower case."""

_UNSPECIFIC = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in UNSPECIFIC) + r")\b")


def unspecific_words(text: str) -> list[str]:
    """The words of `UNSPECIFIC` in a text, in its order and each once."""
    return list(dict.fromkeys(_UNSPECIFIC.findall(" ".join(text.casefold().split()))))


def unspecific(text: object) -> str:
    """One sentence of advice on a text about provision; empty where there is none to give."""
    found = unspecific_words(str(text or ""))
    if not found:
        return ""
    told = ", ".join(f"“{word}”" for word in found)
    verb = "binds" if len(found) == 1 else "bind"
    return f"{told} {verb} nobody: say who does what, for how long and how often."
