"""An invented school, whole: its records made first, then written to a register in one commit."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.demo.making import OLD_ERA, OLD_ERA_DAY, Making, Plan
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register

FEWEST, MOST = 40, 5000
MOST_YEARS = 10

TABLES = (
    "terms", "staff", "pupils", "enrolments", "contacts", "cohort_memberships", "sen_statuses",
    "needs", "barriers", "strategies", "notes", "documents", "referrals", "conversations",
    "attempts", "targets", "target_reviews", "plans", "reviews", "ehc_processes", "ehc_outcomes",
    "ehc_provisions", "consultations", "coach_visits", "actions", "interventions", "groups",
    "slots", "placements", "rates", "lead_roles", "sessions", "session_marks", "scales",
    "expectations", "assessments", "attendance", "wider_marks", "activities", "participations",
    "surveys", "survey_answers", "school_ratings", "workshops", "objectives", "self_reviews",
    "partners", "trainings", "observations", "staff_feedback", "target_examples",
)  # fmt: skip
"""What is written, in an order in which nothing is named before it is there."""


def build(
    folder: Path,
    *,
    pupils: int = 240,
    seed: int = 1,
    era: int | None = None,
    today: date | None = None,
    years: int = 1,
) -> Register:
    """A register of an invented junior school, made in a folder and left open.

    The same arguments make the same school, record ids and all.

    Args:
        folder: It becomes the register; it must not exist, or be empty.
        pupils: How many children, from 40 to 5,000; 240 make two classes a year.
        seed: Which of the many schools there could be.
        era: 2011 for the codes and levels of the school year 2010/11; None for today's.
        today: The day the school stands at; None for the machine's, or July 2011 in that era.
        years: How many school years, 1 to 10, the records of the children on the register
            reach back, but never to before a child began school. One year holds three terms,
            and with them plans, assessments, attendance, wider outcomes, sessions and
            what the school does as a school.

    Raises:
        WrongUsage: A figure is out of its range.
        SenregError: The folder cannot be made a register.
    """
    made = generate(pupils=pupils, seed=seed, era=era, today=today, years=years)
    from senreg.demo.classes import school_record
    from senreg.register import Register

    register = Register.create(folder, school_record(made), invented=True)
    try:
        _write(register, made.tables)
    except BaseException:
        register.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return register


def generate(
    *,
    pupils: int = 240,
    seed: int = 1,
    era: int | None = None,
    today: date | None = None,
    years: int = 1,
) -> Making:
    """The records of an invented school, in memory; arguments as for `build`."""
    from senreg import clock
    from senreg.demo import (
        attaining,
        attending,
        classes,
        conversing,
        cycle,
        delivering,
        families,
        leading,
        papers_given,
        provision,
        register_of,
        statutory,
        story,
    )
    from senreg.exchange.starter import starter_bank

    if not FEWEST <= pupils <= MOST:
        raise WrongUsage(f"An invented school has from {FEWEST} to {MOST:,} children.")
    if era not in (None, OLD_ERA):
        raise WrongUsage(f"The only other era is {OLD_ERA}.")
    if not 1 <= years <= MOST_YEARS:
        raise WrongUsage(f"Records reach back from 1 to {MOST_YEARS} years.")
    day = today or (OLD_ERA_DAY if era else clock.today())
    made = Making(Plan(pupils, seed, day, era is not None, years))
    classes.add_terms(made)
    classes.add_staff(made)
    families.add_children(made)
    register_of.choose_children(made)
    families.write_children(made)
    register_of.write_register(made)
    cycle.write_cycles(made)
    provision.write_provision(made)
    story.write_story(made)
    conversing.write_conversations(made)
    if years == 1:
        papers_given.write_papers(made)
        statutory.write_statutory(made)
        attaining.write_attainment(made)
        attending.write_wider_outcomes(made)
        delivering.write_delivery(made)
        leading.write_leadership(made)
    cycle.plant_stuck(made)
    for example in starter_bank():
        made.add("target_examples", **example)
    return made


def _write(register: Register, tables: dict[str, list[dict[str, Any]]]) -> None:
    with register.commit("Make the invented school", step=False) as commit:
        for table in TABLES:
            for record in tables.get(table, []):
                values = {name: value for name, value in record.items() if name != "id"}
                commit.add(table, values, record_id=record["id"])
