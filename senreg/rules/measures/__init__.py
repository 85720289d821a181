"""Figures about a period, each with its definition, its n and those of whom it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib import import_module
from math import isfinite

from senreg.errors import WrongUsage
from senreg.rules.dates import first_of_school_year
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, Rule, twelve_months_to
from senreg.rules.measures.term_count import TermCount
from senreg.rules.reading import Reading, Row

__all__ = ["MEASURES", "Asked", "Measure", "MeasureRow", "measured", "usual_start"]

NOTHING_KNOWN = (
    "In this period nobody has the records it is worked out from: the figure is unknown, not 0."
)

_CHOOSES: dict[str, tuple[str, ...]] = {
    "progress": ("subject", "scale", "expected"),
    "attainment": ("subject", "scale", "at_least"),
    "gap": ("subject", "scale"),
    "wider": ("scale",),
    "responsibility": ("subject", "scale"),
}
"""What the measures can be narrowed by, beside the period and `by`; the others by nothing."""

MEASURES: dict[str, tuple[str, str]] = {
    "register": ("register_counts:register_counts", "pupils by status, need and year"),
    "participation": ("participation:participation", "families met three times or more"),
    "progress": ("progress:progress", "pupils who made at least the progress expected"),
    "attainment": ("attainment:attainment", "pupils at or above a value"),
    "gap": ("gap:gap", "points between pupils without and with SEN"),
    "absence": ("absence:absence", "persistent absence"),
    "wider": ("wider:wider", "behaviour, bullying, relationships, participation"),
    "relationships": ("relationships:relationships", "what school and parents say of each other"),
    "impact": ("provision:impact", "interventions: gain, hours, cost"),
    "cost": ("provision:cost", "cost of provision"),
    "responsibility": ("responsibility:responsibility", "by key teacher"),
}
"""Each measure: its rule in this package, and a few words on it."""


_SO_FAR = ("register", "responsibility")
"""Asked for no period, these are of the school year so far, the others of twelve months."""

_TERMS_OF_TALKS = 3
"""Participation is of the school year so far once that holds a conversation's three terms."""


def usual_start(name: str, end: date, terms: Iterable[Row] = ()) -> date:
    """Where the period begins of a measure that was asked for none.

    Twelve months, so that autumn has something to show; movement on the register, and who is
    responsible for whom, are of the school year. Families are met three times in a school year,
    and children belong to the cohort by it: from its third term on that is the period.

    Args:
        name: The measure.
        end: The last day of the period.
        terms: Rows of `terms`: the year begins with its autumn term where that is in August.
    """
    known = list(terms)
    first = first_of_school_year(end, known)
    if name == "participation":
        count = TermCount(known)
        apart = count.of(end.isoformat()) - count.of(first.isoformat())
        return first if apart >= _TERMS_OF_TALKS - 1 else twelve_months_to(end)
    return first if name in _SO_FAR else twelve_months_to(end)


def measured(name: str, register: Reading, asked: Asked) -> Measure:
    """The answer of a measure.

    Raises WrongUsage for a measure there is none of, and where it cannot be asked so.
    """
    if name not in MEASURES:
        raise WrongUsage(
            f"There is no measure called {name}.", do="There are: " + ", ".join(MEASURES) + "."
        )
    if asked.end < asked.start:
        raise WrongUsage("The period ends before it begins.", do="Put the earlier day first.")
    if asked.expected is not None and not isfinite(asked.expected):
        raise WrongUsage(
            "What is expected in a year is no number.", do="Give a number, such as --expected 3."
        )
    for choice in ("subject", "scale", "expected", "at_least"):
        if getattr(asked, choice) not in ("", None) and choice not in _CHOOSES.get(name, ()):
            option = "--" + choice.replace("_", "-")
            known = ", ".join(each for each, takes in _CHOOSES.items() if choice in takes)
            raise WrongUsage(
                f"The measure {name} takes no {option}.",
                do=f"Leave it out; those that take it: {known}.",
            )
    module, function = MEASURES[name][0].split(":")
    rule: Rule = getattr(import_module(f"senreg.rules.measures.{module}"), function)
    answer = rule(register, asked)
    if answer.whom:
        whole = f"{answer.definition} n + unknown are {answer.whom}."
        answer = replace(answer, definition=whole)
    if answer.rows and not any(row.n for row in answer.rows):
        return replace(answer, notes=(*answer.notes, NOTHING_KNOWN))
    return answer
