"""What a file of XML is that is no transfer file: named, so that the right one can be found."""

from __future__ import annotations

from senreg.exchange.headings import squeezed
from senreg.models.text import clean_line

_COLLECTIONS: tuple[tuple[str, str], ...] = (
    ("childreninneed", "a Children in Need return"),
    ("cin", "a Children in Need return"),
    ("schoolcensus", "a school census return"),
    ("schoolworkforce", "a school workforce census return"),
    ("alternativeprovision", "an alternative provision census return"),
    ("earlyyears", "an early years census return"),
    ("pupilreferralunit", "a pupil referral unit census return"),
    ("sen2", "an SEN2 return"),
    ("lookedafter", "a return on children looked after"),
    ("phonics", "a phonics return"),
    ("keystage", "a return of key stage assessments"),
)
"""Beginnings of what stands in CollectionDetails/Collection of the department's returns."""

_ROOTS: dict[str, str] = {
    "html": "a web page",
    "workbook": "a spreadsheet saved as XML",
    "rss": "a news feed",
    "feed": "a news feed",
    "svg": "a drawing",
    "plist": "a settings file",
    "kml": "a map",
}


def kind_of(root: str, collection: str) -> str:
    """What a file of XML is, in words that follow "is".

    Args:
        root: The name of its outermost element, without a namespace.
        collection: What its header calls the collection; empty where it names none.
    """
    named = squeezed(collection)
    for beginning, words in _COLLECTIONS:
        if named.startswith(beginning):
            return words
    if collection:
        return f"a return to the department called {clean_line(collection)[:60]}"
    return _ROOTS.get(root.lower(), f"XML of another kind, whose outermost element is {root[:60]}")
