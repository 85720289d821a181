"""The papers that are composed of parts, and so written as a page, in Word and as a PDF."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from senreg.errors import WrongUsage
from senreg.reports.asked import Asked
from senreg.reports.definitions import Definition, Paper
from senreg.reports.document.page import as_html
from senreg.reports.document.parts import Document, Foot
from senreg.reports.school_template.filled_with import values_of
from senreg.rules.reading import Reading

COMPOSED: dict[str, tuple[str, str]] = {
    "passport": ("passport", "passport"),
    "plan": ("plan", "plan"),
    "provision": ("provision_paper", "provision_paper"),
    "letter": ("letters", "letter"),
    "impact": ("impact_paper", "impact_paper"),
    "chronology": ("chronology_paper", "chronology_paper"),
    "evidence": ("evidence", "evidence"),
    "annual-review": ("annual_review", "annual_review_paper"),
    "governors": ("governors_paper", "governors_paper"),
    "leadership": ("leadership_paper", "leadership_paper"),
    "inspection": ("inspection", "inspection"),
}
"""By name, the module of `senreg.reports` and the function in it that gives the document."""


def composed(register: Reading, definition: Definition, asked: Asked, foot: Foot) -> Paper:
    """A paper of parts as it stands today. Raises SenregError as its own composer does."""
    document = document_of(register, definition.name, asked)
    if document.kept:
        foot = replace(foot, delete_after="")
    return Paper(
        definition.name,
        document.title,
        as_html(document, foot),
        asked.pupil["id"] if asked.pupil is not None else None,
        document,
        foot,
        _plan_kind(definition.name, asked),
        values_of(register, definition.name, asked, foot),
    )


def document_of(register: Reading, name: str, asked: Asked) -> Document:
    """What a paper is made of. Raises WrongUsage for a paper that is not composed of parts."""
    if name not in COMPOSED:
        raise WrongUsage(f"The paper {name} is not composed of parts.")
    module, composer = COMPOSED[name]
    made = getattr(import_module(f"senreg.reports.{module}"), composer)(register, asked)
    assert isinstance(made, Document)
    return made


def _plan_kind(name: str, asked: Asked) -> str:
    if name == "plan":
        from senreg.reports.plan import kind_of

        return kind_of(asked.choices.kind)
    return name if asked.pupil is not None and name in ("passport", "provision") else ""
