"""The Unique Pupil Number: put in one form and looked over, never refused.

Thirteen characters: a check letter, the authority (3 figures), the school (4), the year it
was given (2) and a serial number (3); a temporary UPN ends in a letter. The check letter is
the sum of the values of characters 2 to 13, each times its place, modulo 23, in an alphabet
without I, O and S (DfE, Unique pupil numbers: a guide, annex A).
"""

from __future__ import annotations

import re
from functools import lru_cache

from senreg.models.text import clean_line

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
_BODY = re.compile(rf"[0-9]{{11}}[0-9{ALPHABET}]")
_LENGTH = 13


def normalised_upn(value: object) -> object:
    """A typed UPN in capitals and without spaces; blank is None, anything else is kept."""
    if isinstance(value, str):
        return "".join(clean_line(value).upper().split()) or None
    return value


def check_letter(upn: str) -> str | None:
    """The letter a UPN should begin with, from its other twelve characters.

    None where they are not eleven figures and a figure or letter of the alphabet.
    """
    body = upn[1:]
    if not _BODY.fullmatch(body):
        return None
    return ALPHABET[sum(place * _value(each) for place, each in enumerate(body, 2)) % 23]


def is_temporary(upn: str) -> bool:
    """Whether it has the form of a temporary UPN: its last character is a letter."""
    return _well_formed(upn) and upn[-1].isalpha()


def upn_warnings(upn: str | None) -> list[str]:
    """What is odd about a UPN, a sentence each; nothing for a good or a missing one.

    That a UPN is temporary is said as well: the child will be given a permanent one.
    """
    return list(_warnings(upn)) if upn else []


@lru_cache(maxsize=4096)
def _warnings(upn: str) -> tuple[str, ...]:
    """The same, kept: an import looks at each UPN when it compares, checks and tells."""
    if not _well_formed(upn):
        return (_what_is_wrong(upn),)
    found = []
    if check_letter(upn) != upn[0]:
        found.append(
            f"The check letter of this UPN should be {check_letter(upn)}: it may be mistyped."
        )
    if upn[1:4] not in _authorities():
        found.append(f"This UPN names an authority that is not known ({upn[1:4]}).")
    if is_temporary(upn):
        found.append("This is a temporary UPN.")
    return tuple(found)


def _well_formed(upn: str) -> bool:
    return len(upn) == _LENGTH and upn[0] in ALPHABET and bool(_BODY.fullmatch(upn[1:]))


def _what_is_wrong(upn: str) -> str:
    if len(upn) != _LENGTH:
        return f"A UPN has 13 characters; this one has {len(upn)}."
    return (
        "This does not have the form of a UPN: a letter other than I, O and S, then twelve "
        "figures (a temporary one ends in a letter)."
    )


def _value(character: str) -> int:
    return int(character) if character.isdigit() else ALPHABET.index(character)


def _authorities() -> dict[str, str]:
    from senreg.models.codes import labels

    return labels("local_authority")
