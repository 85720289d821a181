"""Whole names taken apart: "O'Neill, Sam", "Sam O'Neill", "O'NEILL Sam"."""

from __future__ import annotations

# Words that begin a surname of several words, in names written forename first.
_PARTICLES = frozenset(
    ("al", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
     "el", "ibn", "la", "le", "mac", "st", "ten", "ter", "van", "von", "zu")
)  # fmt: skip


def split_name(whole: str) -> tuple[str, str] | None:
    """Surname and forename of a whole name; None where it has only one part.

    A comma parts surname from forename. Without one, leading words in capitals are the
    surname where the rest is not; else the last word is, with the particles before it.
    """
    surname, comma, forename = whole.partition(",")
    if comma:
        surname, forename = surname.strip(), forename.strip()
        return (surname, forename) if surname and forename else None
    words = whole.split()
    if len(words) < 2:
        return None
    capitals = 0
    while capitals < len(words) and _all_capitals(words[capitals]):
        capitals += 1
    if 0 < capitals < len(words):
        return " ".join(words[:capitals]), " ".join(words[capitals:])
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return " ".join(words[first:]), " ".join(words[:first])


def _all_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()
