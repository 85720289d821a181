"""A document as a PDF, set by Typst where it is installed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import SenregError
from senreg.models.text import clean
from senreg.reports.document.charts import Bars, Course, described
from senreg.reports.document.drawing import as_svg
from senreg.reports.document.parts import Card, Document, Foot, Part

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).parent.parent / "templates" / "document.typ"
_ADVICE = (
    "In senreg's folder: .venv/bin/python -m pip install -r constraints-pdf.txt — or end the name "
    "in .docx or .html, which a browser prints to PDF."
)


def can_set() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def refuse_without() -> None:
    """Raise SenregError where PDFs cannot be made here."""
    if not can_set():
        raise SenregError("PDFs need Typst, which is not installed here.", do=_ADVICE)


def as_pdf(document: Document, foot: Foot) -> bytes:
    """The file. Raises SenregError where Typst is not installed."""
    refuse_without()
    import typst

    paper = {
        "title": clean(document.title),
        "lead": clean(document.lead),
        "confidence": clean(document.confidence),
        "school": clean(foot.school),
        "foot": foot.words,
        "size": document.size,
        "landscape": document.landscape,
        "bare": document.bare,
        "parts": [_told(part) for part in document.parts],
    }
    set_ = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        sys_inputs={"paper": json.dumps(paper)},
        font_paths=_fonts(),
    )
    assert isinstance(set_, bytes)
    return set_


@cache
def _fonts() -> typst.Fonts:
    """The fonts there are, looked for once: that takes ten times as long as setting a page."""
    import typst

    return typst.Fonts()


def _told(part: Part) -> dict[str, Any]:
    if isinstance(part, (Bars, Course)):
        return {
            "kind": part.kind,
            "title": clean(part.title),
            "of": clean(part.of),
            "drawing": as_svg(part),
            "words": described(part),
        }
    if isinstance(part, Card):
        return {"kind": part.kind, "parts": [_told(each) for each in part.parts]}
    return {"kind": part.kind, **{key: _cleaned(value) for key, value in asdict(part).items()}}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value
