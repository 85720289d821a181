"""The school's papers for the annual review of a plan: what is sent out before the meeting.

What they hold follows SEND Regulations 2014, regulation 20, and Code of Practice 9.166 to 9.185:
views, progress to the outcomes, the provision, attendance, and what might change. From Year 9 on
they look to adulthood too (9.184).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.errors import SenregError
from senreg.models.days import months_on
from senreg.models.tables import field_of
from senreg.models.text import clean, clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Card,
    Column,
    Document,
    Facts,
    Part,
    Room,
    Table,
    Words,
    facts,
    points,
    section,
    words,
)
from senreg.reports.evidence_terms import attendance_words, help_given, looked_at, voices
from senreg.reports.progress_charts import progress_charts
from senreg.reports.pupil_page import PupilPage, pupil_page
from senreg.rules.annual_review import AnnualReview, annual_review, has_plan
from senreg.rules.dates import short_day
from senreg.rules.due import DUE_LOOK
from senreg.rules.graduated import Graduated, graduated, help_had
from senreg.rules.measures.absence import tally_in
from senreg.rules.measures.delivered import HOURS
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import pupil_name
from senreg.rules.pupil_progress import subjects_of
from senreg.rules.reading import Reading, Row
from senreg.rules.statutory import BY_WORDS, StatutoryDate
from senreg.rules.years import YEARS

_TOWARDS_ADULTHOOD = YEARS[YEARS.index("9") :]
"""The year groups in which a review looks to adulthood (Code of Practice 9.184)."""

_ADULTHOOD = (
    "Further study, training and work",
    "Where and how to live",
    "Friends, and taking part in the community",
    "Health",
)
_SECTIONS = (
    "A: views, wishes and feelings",
    "B: special educational needs",
    "C: health needs",
    "D: social care needs",
    "E: outcomes",
    "F: special educational provision",
    "G: health provision",
    "H1 and H2: social care provision",
    "I: the school or other setting",
    "J: personal budget",
)
"""Sections of a plan in which a change may be proposed (Code of Practice 9.62)."""

_DONE = {"met": "Done", "over": "Over", "settled": "Planned in time", "excepted": "Excepted"}


def annual_review_paper(register: Reading, asked: Asked) -> Document:
    """The papers of one child. Raises SenregError for a child without a plan."""
    child, today = asked.child, asked.today
    if not has_plan(register, child["id"], today):
        raise SenregError("This child has no EHC plan today.", "Nothing was made.")
    what = annual_review(register, child, today)
    page = pupil_page(register, child, today)
    told = graduated(register, child["id"], what.since, today)
    name = clean_line(pupil_name(child))
    return Document(
        f"Annual review of the EHC plan: {name}",
        _lead(what, today),
        tuple(_parts(register, asked, what, page, told)),
        "Confidential: for those invited to the review.",
        10,
        look=tuple(_look(register, child, what, today)),
    )


def _lead(what: AnnualReview, today: date) -> str:
    when = "The day of the meeting is not set yet."
    if what.review is not None:
        when = f"Meeting on {short_day(what.review['planned_for'])}."
    return f"{when} What is told is of {short_day(what.since)} to {short_day(today)}."


def _parts(
    register: Reading, asked: Asked, what: AnnualReview, page: PupilPage, told: Graduated
) -> Iterator[Part]:
    child, today = asked.child, asked.today
    about = _about(what, page)
    if about:
        yield about
    yield from section("Days that are set", _timeline(what, today))
    yield from section("Who is invited", _invited(what))
    yield from section(
        f"What {page.called} and the family say",
        voices(child, [talk for term in told.terms for talk in term.talks]),
        facts(("Hopes", page.hopes)),
        Room(f"{page.called}: what goes well, what I would like to change, what I hope for", 4),
        Room("Parent or carer: what goes well, what worries us, what we hope for", 4),
    )
    yield from section("Strengths, and what helps", words(page.strengths), points(page.helps))
    yield from section("Progress to the outcomes of the plan", *_outcomes(register, child))
    pairs = tuple(pair for term in told.terms for pair in term.looked)
    yield from section("Targets that were looked at", looked_at(pairs))
    year_ago = months_on(today, -12)
    yield from section(
        "Progress at school",
        _subjects(register, child, today),
        *progress_charts(register, child, min(what.since, year_ago), today),
    )
    yield from section("What the plan demands", _demanded(register, child["id"]))
    had = help_had(register, child["id"], what.since, today)
    how = Words(f"{HOURS}. Sessions the child is marked absent from are not counted.", "small")
    yield from section("Help that was given", help_given(had, costs=False), how if had else None)
    rows = register.by("attendance", "pupil").get(child["id"], ())
    absence = tally_in(rows, what.since.isoformat(), today.isoformat())
    yield from section("Attendance", Words(attendance_words(absence)))
    if str(child.get("year_group") or "") in _TOWARDS_ADULTHOOD:
        yield from section("Towards adulthood", *(Room(title, 2) for title in _ADULTHOOD))
    yield from section("Changes that are proposed", *_changes())


def _about(what: AnnualReview, page: PupilPage) -> Facts | None:
    last = ""
    if what.last is not None:
        decided = clean_line(field_of("reviews", "la_decision").label_of(what.last["la_decision"]))
        last = ": ".join(filter(None, (short_day(what.last["held_on"]), decided.lower())))
    return facts(
        *page.facts,
        ("SEN status", page.status),
        ("The plan is of", short_day(what.plan_on) if what.plan_on else ""),
        ("Primary need", page.primary_need),
        ("Further needs", ", ".join(page.further_needs)),
        ("Last annual review", last),
    )


def _timeline(what: AnnualReview, today: date) -> Table | None:
    told: list[tuple[str, ...]] = []
    if what.review is not None:
        for field, title in (
            ("advice_requested_on", "Advice asked for"),
            ("planned_for", "The meeting"),
        ):
            if what.review.get(field):
                state = "Planned" if field == "planned_for" else "Done"
                told.append((str(what.review[field]), title, "the school", state, ""))
    told += [_date(each, today) for each in what.dates]
    rows = tuple((short_day(day), *rest) for day, *rest in sorted(told))
    columns = (
        Column("By", 2),
        Column("What", 5),
        Column("Who", 2),
        Column("How it stands", 3),
        Column("Where it is laid down", 5),
    )
    return Table(columns, rows) if rows else None


def _date(each: StatutoryDate, today: date) -> tuple[str, ...]:
    state = each.state(today)
    stands = _DONE.get(state) or DUE_LOOK[state].word
    if each.met_on:
        stands = f"Done on {short_day(each.met_on)}"
    return each.day, clean_line(each.words), BY_WORDS[each.limit.by], stands, each.limit.source


def _invited(what: AnnualReview) -> Part:
    if not what.invited:
        return Room("Who is invited, whose advice is in, and who comes", 5)
    columns = (Column("Invited", 5), Column("Advice is in", 3), Column("Comes", 3))
    return Table(columns, tuple((person, "", "") for person in what.invited))


def _outcomes(register: Reading, child: Row) -> Iterator[Part]:
    rows = register.by("ehc_outcomes", "pupil").get(child["id"], ())
    if not rows:
        yield Words("No outcome of the plan is written down.")
    for row in rows:
        until = clean_line(str(row.get("quantity") or ""))
        by_when = facts(("By when", until))
        yield Card(
            (
                Words(clean(str(row.get("wording") or "")) or "(not worded yet)", "strong"),
                *((by_when,) if by_when else ()),
                Room("How far this is reached, what shows it, and whether it is still right", 3),
            )
        )


def _subjects(register: Reading, child: Row, today: date) -> Table | None:
    columns = (
        Column("In", 3),
        Column("First result on this scale", 4),
        Column("Latest result", 4),
        Column("Points in a year", 3, figures=True),
        Column("Expected in a year", 3, figures=True),
    )
    rows = tuple(
        (
            clean_line(each.title),
            _mark(each.first.value, each.first.scale, each.first.day),
            _mark(each.last.value, each.last.scale, each.last.day),
            value_in_words(each.a_year) if each.a_year is not None else "not known",
            value_in_words(each.expected) if each.expected is not None else "not set",
        )
        for each in subjects_of(register, child, today)
    )
    return Table(columns, rows) if rows else None


def _mark(value: str, scale: str, day: str) -> str:
    of = f"{clean_line(value)} ({clean_line(scale)})" if scale else clean_line(value)
    return f"{of}\n{short_day(day)}"


def _demanded(register: Reading, pupil: str) -> Table | None:
    rows = tuple(
        (
            clean_line(field_of("ehc_provisions", "section").label_of(row.get("section"))),
            clean(str(row.get("wording") or "")),
            clean_line(str(row.get("quantity") or "")),
            "",
        )
        for row in register.by("ehc_provisions", "pupil").get(pupil, ())
    )
    columns = (
        Column("Section", 3),
        Column("Provision", 6),
        Column("How much", 3),
        Column("In place? What should change?", 5),
    )
    return Table(columns, rows) if rows else None


def _changes() -> Iterator[Part]:
    columns = (Column("Section", 5), Column("Change that is proposed, and why", 11))
    yield Table(columns, tuple((each, "\n ") for each in _SECTIONS))
    yield Room("The meeting proposes: keep the plan as it is / amend it / cease it — because", 3)


def _look(register: Reading, child: Row, what: AnnualReview, today: date) -> Iterator[str]:
    """What the sender would want to know of before these papers go out."""
    contacts = register.by("contacts", "pupil").get(child["id"], ())
    if any(row.get("restriction") for row in contacts):
        yield "A contact of this child has a restriction: read it before you say who gets this."
    if what.review is None:
        yield "No annual review is planned."
    elif not what.invited:
        yield "Nobody is written down as invited."
    for row in what.forgotten:
        name = clean_line(str(row["name"]))
        yield f"{name} has parental responsibility and is not named among the invited."
    for each in what.dates:
        if each.limit.id == "review_papers" and each.waits(today):
            late = " They are late." if each.day < today.isoformat() else ""
            yield f"These papers are to be with everybody by {short_day(each.day)}.{late}"
    yield "Read it for what it says of other people: texts stand in it as they were written."
