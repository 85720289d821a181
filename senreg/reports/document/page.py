"""A document as one self-contained page that prints on A4 and is read on a phone."""

from __future__ import annotations

from senreg.reports.document.parts import Document, Foot
from senreg.reports.pages import rendered


def as_html(document: Document, foot: Foot) -> str:
    """The page. Nothing in it is fetched from anywhere, and no text in it is markup."""
    return rendered(
        "document.html",
        {
            "title": document.title,
            "document": document,
            "size": document.size,
            "school": foot.school,
            "made_on": foot.made_on,
            "delete_after": foot.delete_after,
            "invented": foot.invented,
            "confidence": document.confidence,
        },
    )
