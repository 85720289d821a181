"""Text as it may enter a register: Unicode NFC, with nothing in it that steers a terminal."""

import re
import unicodedata

# C0 except tab and newline, DEL, C1, bidi embeddings and isolates, line and paragraph
# separators, the byte order mark, and surrogates without a partner.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff"
    "\ud800-\udfff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text in NFC without control and bidi characters; line breaks become newlines.

    Used at every door (typing, paste, files, bundles) and again before text is shown.
    Nothing else is changed: brackets, quotes, emoji and formulas are the user's own.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _CONTROL.sub("", _LINE_BREAK.sub("\n", text)))


def clean_line(text: str) -> str:
    """The cleaned text on one line, without spaces at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = clean(text)
    if "\n" in text or "\t" in text:
        text = " ".join(text.split())
    return text.strip()


def folded(text: str) -> str:
    """Text for comparing and searching: case folded, accents and apostrophe styles set aside."""
    text = text.casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        bare = "".join(each for each in parts if not unicodedata.combining(each))
        # Styled letters (𝑨) become plain capitals only by NFKD, hence folded once more.
        text = bare.casefold().translate(_UNMARKED)
    return text


_UNMARKED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ł": "l", "ø": "o", "đ": "d", "–": "-"})
