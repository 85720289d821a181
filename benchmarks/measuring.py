"""Every measure beside a bare pass over the records it reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
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

_SUBJECTS = {
    name: Subject(
        f"measure-{name}",
        f"senreg measure {name}, {PUPILS:,} pupils, a year of everything",
        "a bare pass over the records it reads",
        None,
    )
    for name in _READS
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
        for name, subject in _SUBJECTS.items():
            if subject.name in names:
                at_least = "3 secure" if name == "attainment" else ""
                asked = Asked(start, today, today, at_least=at_least)
                ours = partial(_measure, register, name, asked)
                yield subject.measured(in_turn(_PAIRS, ours, partial(_pass, register, name)))


def _measure(register: Register, name: str, asked: Asked) -> float:
    from senreg.rules.measures import measured

    start = perf_counter()
    measured(name, register, asked)
    return perf_counter() - start


def _pass(register: Register, name: str) -> float:
    """Seconds to look once at every field of every record of the tables a measure reads."""
    start = perf_counter()
    seen = 0
    for table in _READS[name]:
        for row in register.all(table):
            for value in row.values():
                seen += value is not None
    return perf_counter() - start
