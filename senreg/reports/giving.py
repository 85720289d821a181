"""A plan given out: the version with its text, to whom and when, kept with the child."""

from __future__ import annotations

from datetime import date

from senreg.errors import SenregError
from senreg.models.text import clean_line
from senreg.register import Register
from senreg.reports.definitions import Paper
from senreg.reports.document.plainly import as_text
from senreg.reports.plan import kind_words, version_of


def give_out(register: Register, paper: Paper, to: str, day: date) -> str:
    """Keep that a plan was given out.

    Args:
        register: The register it was made from.
        paper: The plan, as it was handed over.
        to: Who was given it, in words.
        day: The day on which.

    Returns:
        The version in words: 'Individual Support Plan, version 3'.

    Raises:
        SenregError: It is no plan, or it was not said to whom.
        CannotWrite: The disk refuses.
    """
    if not paper.plan_kind or paper.document is None or not paper.pupil:
        raise SenregError("Only a plan of a child is given out as a version.", "Nothing was kept.")
    to = clean_line(to)
    if not to:
        raise SenregError("It was not said who was given the plan.", "Nothing was kept.")
    number = version_of(register, paper.pupil, paper.plan_kind)
    version = f"{kind_words(paper.plan_kind)}, version {number}"
    with register.commit("Give out a plan") as c:
        c.add(
            "plans",
            {
                "pupil": paper.pupil,
                "kind": paper.plan_kind,
                "title": version,
                "issued_on": day.isoformat(),
                "shared_with": to,
                "shared_on": day.isoformat(),
                "text": as_text(paper.document),
            },
        )
    return version
