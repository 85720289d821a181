"""The guard on text that a spreadsheet would take for a formula.

Excel and its like run a cell that begins with one of = + - @, also in their full-width forms,
after spaces, or after a tab or line break (CWE-1236). Quoting in a CSV file does not stop it.
A leading apostrophe does; it is shown as text by a reader that does not know the custom, so
our own import takes it off again.
"""

from __future__ import annotations

import re

_WOULD_START = re.compile(
    r"""
    [\s']* [=+\-@\uff1d\uff0b\uff0d\uff20]   # a sign, after blanks and apostrophes at most
    | [ ']* [\t\r\n\v\f\x85\u2028\u2029]     # or a tab or line break as the first thing
    """,
    re.VERBOSE,
)


def would_start_a_formula(text: str) -> bool:
    """Whether a cell of this text needs the guard.

    Text whose formula is already led by apostrophes counts too, so that taking one
    apostrophe off always gives back what was there.
    """
    return _WOULD_START.match(text) is not None


def guarded(text: str) -> str:
    """The text as it may stand in a cell of a CSV file."""
    return "'" + text if would_start_a_formula(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` made into this; any other text as it is."""
    return text[1:] if text.startswith("'") and would_start_a_formula(text) else text
