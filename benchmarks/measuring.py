"""Every measure, and every page of figures, beside a bare pass over the records it reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.rules.measures import Asked

PUPILS = 2000
_PAIRS = 5
_WHO = ("pupils", "enrolments", "sen_statuses", "needs", "cohort_memberships")
_READS: dict[str, tuple[str, ...]] = {
    "register": _WHO,
    "participation": (*_WHO, "conversations", "lead_roles"),
    "progress": (*_WHO, "assessments", "scales", "expectations", "terms"),
    "attainment": (*_WHO, "assessments", "scales"),
    "gap": (*_WHO, "assessments", "scales"),
    "absence": (*_WHO, "attendance"),
    "wider": (*_WHO, "wider_marks", "activities", "participations", "scales"),
    "relationships": ("school_ratings", "surveys", "survey_answers"),
    "impact": ("interventions", "groups", "placements", "sessions", "slots", "rates", "targets"),
    "cost": ("interventions", "groups", "placements", "sessions", "slots", "rates"),
    "responsibility": (
        *_WHO, "conversations", "assessments", "targets", "target_reviews", "reviews", "actions",
    ),
}  # fmt: skip
"""The tables each measure reads."""

_WORK = ("interventions", "groups", "placements", "sessions", "slots", "rates", "targets")
_FIGURES = tuple(dict.fromkeys(table for tables in _READS.values() for table in tables))
_LEADING = (
    *_FIGURES, "staff", "barriers", "strategies", "workshops", "objectives", "observations",
    "trainings", "staff_feedback", "coach_visits", "self_reviews", "partners",
)  # fmt: skip
_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "leadership": ("the page of leaders' figures", (*_FIGURES, "barriers", "workshops")),
    "lists": ("all lists for leaders, self-review among them", _LEADING),
    "tracking": (
        "the tracking grid", (*_WHO, "assessments", "scales", "expectations", "terms")
    ),
    "impact": ("the page of impact", (*_WORK, "session_marks", "pupils")),
}  # fmt: skip
"""The pages of figures: what each is called, and the tables it reads."""

_BUDGETS = {
    "measure-register": 1.5,
    "measure-participation": 1.0,
    "measure-progress": 3.0,
    "measure-attainment": 2.0,
    "measure-gap": 3.5,
    "measure-absence": 1.5,
    "measure-wider": 2.0,
    "measure-relationships": 1.0,
    "measure-impact": 3.0,
    "measure-cost": 3.5,
    "measure-responsibility": 2.5,
    "page-leadership": 9.0,
    "page-lists": 22.0,
    "page-tracking": 7.0,
    "page-impact": 1.0,
}
"""What each took was measured, and about half as much again is left to the machine: a figure that
begins to go through its records once more than it did is told by it."""

_PASS = "a bare pass over the records it reads"
_SUBJECTS = {
    f"measure-{name}": Subject(
        f"measure-{name}",
        f"senreg measure {name}, {PUPILS:,} pupils, a year of everything",
        _PASS,
        _BUDGETS[f"measure-{name}"],
    )
    for name in _READS
} | {
    f"page-{name}": Subject(
        f"page-{name}", f"{title}, {PUPILS:,} pupils", _PASS, _BUDGETS[f"page-{name}"]
    )
    for name, (title, _) in _PAGES.items()
}
NAMES = tuple(subject.name for subject in _SUBJECTS.values())

_BUILD = """
import sys
from pathlib import Path
from senreg.demo.build import build
build(Path(sys.argv[1]), pupils=int(sys.argv[2])).close()
"""


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Each measure of the last twelve months."""
    from senreg import clock
    from senreg.register import Register
    from senreg.rules.measures import Asked

    path = workspace.fresh("practice.senreg")
    workspace.run([sys.executable, "-c", _BUILD, str(path), str(PUPILS)])
    today = clock.today()
    start = today - timedelta(days=365)
    with Register.open(path, read_only=True) as register:
        for name, reads in _READS.items():
            at_least = "3 secure" if name == "attainment" else ""
            asked = Asked(start, today, today, at_least=at_least)
            work = partial(_measure, register, name, asked)
            yield from _row(register, names, f"measure-{name}", work, reads)
        for name, (_, reads) in _PAGES.items():
            work = partial(_page, register, name, today)
            yield from _row(register, names, f"page-{name}", work, reads)


def _row(
    register: Register,
    names: set[str],
    name: str,
    work: Callable[[], object],
    reads: tuple[str, ...],
) -> Iterator[Measured]:
    if name in names:
        ours, bare = partial(_seconds, work), partial(_pass, register, reads)
        yield _SUBJECTS[name].measured(in_turn(_PAIRS, ours, bare))


def _measure(register: Register, name: str, asked: Asked) -> object:
    from senreg.rules.measures import measured

    return measured(name, register, asked)


def _page(register: Register, name: str, today: date) -> object:
    """What the page works out; the lists are all of them."""
    from senreg.rules.impact_rows import impact_rows
    from senreg.rules.leadership import leadership
    from senreg.rules.leading import LISTS, led
    from senreg.rules.tracking import tracking

    if name == "leadership":
        return leadership(register, today)
    if name == "lists":
        return [led(each, register, today) for each in LISTS]
    if name == "tracking":
        return tracking(register, today)
    return impact_rows(register, today - timedelta(days=365), today, today)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _pass(register: Register, reads: tuple[str, ...]) -> float:
    """Seconds to look once at every field of every record of the tables that are read."""
    start = perf_counter()
    seen = 0
    for table in reads:
        for row in register.all(table):
            for value in row.values():
                seen += value is not None
    return perf_counter() - start
