"""The papers that are composed of parts, and so written as a page, in Word and as a PDF."""

from __future__ import annotations

from dataclasses import replace

from senreg.errors import WrongUsage
from senreg.reports.asked import Asked
from senreg.reports.definitions import Definition, Paper
from senreg.reports.document.page import as_html
from senreg.reports.document.parts import Document, Foot
from senreg.rules.reading import Reading, Row

COMPOSED = ("passport", "plan", "provision", "letter", "impact", "chronology")
"""Their names."""


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
    )


def document_of(register: Reading, name: str, asked: Asked) -> Document:
    """What a paper is made of."""
    match name:
        case "passport":
            from senreg.reports.passport import passport

            return passport(register, asked)
        case "plan":
            from senreg.reports.plan import plan

            return plan(register, asked)
        case "provision":
            from senreg.reports.provision_paper import provision_paper

            return provision_paper(register, _school(register), asked)
        case "letter":
            from senreg.reports.letters import letter

            return letter(register, _school(register), asked)
        case "impact":
            from senreg.reports.impact_paper import impact_paper

            return impact_paper(register, asked)
        case "chronology":
            from senreg.reports.chronology_paper import chronology_paper

            return chronology_paper(register, asked)
        case _:
            raise WrongUsage(f"The paper {name} is not composed of parts.")


def _school(register: Reading) -> Row:
    return next(iter(register.all("school")), {})


def _plan_kind(name: str, asked: Asked) -> str:
    if name == "plan":
        from senreg.reports.plan import kind_of

        return kind_of(asked.choices.kind)
    return name if asked.pupil is not None and name in ("passport", "provision") else ""
