"""A document as one self-contained page that prints on A4 and is read on a phone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from senreg.reports.document.charts import Chart
from senreg.reports.document.drawing import as_svg
from senreg.reports.document.parts import Document, Foot
from senreg.reports.pages import rendered

if TYPE_CHECKING:
    from markupsafe import Markup


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
            "drawn": drawer(),
        },
    )


def drawer() -> Callable[[Chart], Markup]:
    """Draws the charts of one page, each with ids of its own."""
    from markupsafe import Markup

    numbers = count(1)
    return lambda chart: Markup(as_svg(chart, f"chart{next(numbers)}"))  # noqa: S704 - its texts are escaped
