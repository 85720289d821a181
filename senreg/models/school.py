"""The school and the terms of its years."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Number, Record, Text, Whole, YesNo

PHASES = (
    ("nursery", "Nursery"),
    ("infant", "Infant"),
    ("junior", "Junior"),
    ("primary", "Primary"),
    ("middle", "Middle"),
    ("secondary", "Secondary"),
    ("all_through", "All-through"),
    ("special", "Special"),
    ("alternative", "Alternative provision"),
)

ABSENCE_KINDS = (
    ("share", "Share of the child's own possible sessions"),
    ("sessions", "Sessions missed"),
)


class School(Record):
    """The school the register belongs to: one record."""

    name: Annotated[Line, About("School", "As it should stand on letters and reports.")]
    la_code: Annotated[
        Code | None,
        About("Authority", "The DfE number of the local authority.", code_set="local_authority"),
    ] = None
    estab: Annotated[
        Line | None, About("DfE number", "The four figures after the authority's number.")
    ] = None
    urn: Annotated[Line | None, About("URN", "The school's unique reference number.")] = None
    phase: Annotated[Code | None, About("Phase", choices=PHASES)] = None
    weeks_per_year: Annotated[
        Number | None,
        About("Weeks in a school year", "Used to cost provision; often 38 or 39.", unit="weeks"),
    ] = None
    notional_threshold: Annotated[
        Whole | None,
        About(
            "Notional SEN threshold",
            "What the school pays for one pupil before top-up; 6,000 where nothing is given.",
            unit="£ a year",
        ),
    ] = None
    retention: Annotated[
        Text | None,
        About(
            "Retention",
            "The school's own words on how long each kind of record is kept, a line each. The "
            "dates are worked out from the years below.",
            long=True,
        ),
    ] = None
    keep_sen_years: Annotated[
        Whole | None,
        About(
            "SEN files are kept for",
            "Counted from the child's birth; 31 where nothing is given.",
            unit="years",
        ),
    ] = None
    keep_other_years: Annotated[
        Whole | None,
        About(
            "Other children's are kept for",
            "Counted from leaving; where nothing is given, until the next school has them.",
            unit="years",
        ),
    ] = None
    programme_name: Annotated[
        Line | None, About("Name of the programme", "What the school calls its SEN programme.")
    ] = None
    conversations_a_year: Annotated[
        Whole | None,
        About(
            "Conversations a year",
            "Structured conversations planned for each child of the cohort; 3 where nothing is "
            "given.",
        ),
    ] = None
    rank_from: Annotated[
        Whole | None,
        About(
            "Interventions are ranked from",
            "With fewer scored places one is shown and not ranked; 8 where nothing is given.",
            unit="places",
        ),
    ] = None
    absence_kind: Annotated[
        Code | None,
        About(
            "Persistent absence is measured by",
            "Where nothing is given, by the definition of its year.",
            choices=ABSENCE_KINDS,
        ),
    ] = None
    absence_value: Annotated[
        Number | None,
        About("Persistent from", "A share such as 0.1 for 10 per cent, or sessions such as 46."),
    ] = None
    school_mode: Annotated[
        YesNo,
        About(
            "Show the School screen",
            "Leadership figures, parents, self-review and staff, as mode 7.",
        ),
    ] = False
    stands_at: Annotated[
        Day | None,
        About("Stands at", "The day it always is in an invented school of the past.", unasked=True),
    ] = None
    pack_policy: Annotated[
        Text | None,
        About(
            "Staff packs may hold",
            "Confidential fields that may leave the register in a staff pack, a line each, "
            "written table.field.",
            long=True,
        ),
    ] = None


class Term(Record):
    """A term of a school year. Without any, terms begin on 1 September, January and April."""

    name: Annotated[Line, About("Term", "Such as Autumn 2026.", headings=("Term name",))]
    start: Annotated[Day | None, About("First day", headings=("Start", "Start date"))] = None
    end: Annotated[Day | None, About("Last day", headings=("End", "End date"))] = None
    school_year: Annotated[
        Line | None, About("School year", "Such as 2026/27.", headings=("Academic year",))
    ] = None
