"""Evidence of the graduated approach: one child, term by term, for a request or a panel.

What is asked for is told by the rule of `senreg.rules.graduated`; costs by that of
`senreg.rules.measures.delivered`. No law makes an assessment depend on what was spent
(Children and Families Act 2014, section 36(8)), and the paper says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.errors import WrongUsage
from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Column,
    Document,
    Facts,
    Heading,
    Part,
    Room,
    Table,
    Words,
    facts,
    section,
)
from senreg.reports.evidence_terms import share_words, term_parts
from senreg.reports.progress_charts import progress_charts
from senreg.reports.provision_paper import NOT_A_TEST
from senreg.rules.dates import as_day, short_day
from senreg.rules.graduated import Graduated, TermOfSupport, graduated
from senreg.rules.measures.delivered import FORMULA, HOLIDAYS, HOURS
from senreg.rules.naming import pupil_name, staff_named
from senreg.rules.needs import need_word, open_needs, primary_of
from senreg.rules.nouns import counted
from senreg.rules.periods import last_terms
from senreg.rules.reading import Reading, Row
from senreg.rules.status import status_look
from senreg.rules.target_life import outcome_number
from senreg.rules.years import year_word

USUAL_TERMS = 4
"""Told unless other days are asked for: the present term and the three before it."""

NOT_YET_HERE = "The child was not at this school yet."

_AGREED_COLUMNS = (Column("Day", 2), Column("What", 4), Column("Who took part, or has it", 6))


def evidence(register: Reading, asked: Asked) -> Document:
    """The terms of one child. Raises WrongUsage where the first day is after the last."""
    start, end = days_of(register, asked)
    told = graduated(register, asked.child["id"], start, end)
    name = clean_line(pupil_name(asked.child))
    lead = f"{short_day(start)} to {short_day(end)}: assess, plan, do, review, term by term."
    return Document(
        f"Graduated approach: {name}",
        lead,
        tuple(_parts(register, asked.child, told, end)),
        "Confidential: for those it is handed to.",
        9.5,
        look=tuple(_look(register, asked.child, told)),
    )


def days_of(register: Reading, asked: Asked) -> tuple[date, date]:
    """The days that were asked for; left open, the last day is today, the first four terms back."""
    end = min(asked.choices.until or asked.today, asked.today)
    start = asked.choices.since or last_terms(end, register.all("terms"), USUAL_TERMS)[0]
    if start > end:
        raise WrongUsage(
            f"No day lies between {short_day(start)} and {short_day(end)}.",
            do="Begin with an earlier day: --from DATE",
        )
    return start, end


def _parts(register: Reading, child: Row, told: Graduated, end: date) -> Iterator[Part]:
    before = _before(register, child, told)
    about = _about(register, child, end)
    if about:
        yield about
    yield from section("Term by term, in figures", _glance(told, before))
    start = told.terms[0].period.start if told.terms else end
    yield from section("Progress", *progress_charts(register, child, start, end))
    for term in told.terms:
        yield Heading(
            f"{clean_line(term.period.name)}: "
            f"{short_day(term.period.start)} to {short_day(term.period.end)}"
        )
        if term.period.start.isoformat() in before:
            yield Words(NOT_YET_HERE)
        else:
            yield from term_parts(register, child, term)
    yield from section("Who agreed, and who was told", _agreed(register, child, told))
    yield from section("How to read this", Words("\n".join(_how(told)), "small"))
    yield from section(
        "What is said of this paper",
        Room("Parent or carer, and the day", 2),
        Room("The child, or how the child was heard", 2),
        Room("For the school, and the day", 1),
    )


def _about(register: Reading, child: Row, end: date) -> Facts | None:
    own = child["id"]
    needs = open_needs(register.by("needs", "pupil").get(own, ()), end)
    primary = primary_of(needs)
    history = sorted(
        register.by("sen_statuses", "pupil").get(own, ()), key=lambda row: str(row.get("start"))
    )
    statuses = (
        f"{status_look(row.get('code')).word}{_since(row)}"
        for row in history
        if (row.get("start") or "") <= end.isoformat()
    )
    return facts(
        ("Born", _day(child.get("dob"))),
        ("Year", year_word(child.get("year_group"))),
        ("Class", clean_line(str(child.get("class_name") or ""))),
        ("At this school since", _day(child.get("joined"))),
        ("Key teacher", clean_line(staff_named(child.get("key_teacher"), register.get))),
        ("SEN status", "; ".join(statuses)),
        ("Primary need", need_word(primary["code"]) if primary else ""),
        ("Further needs", ", ".join(need_word(row["code"]) for row in needs if row is not primary)),
    )


def _since(row: Row) -> str:
    """' from 5 Sep 2025 to 3 Mar 2026', as far as it is known."""
    start, end = _day(row.get("start")), _day(row.get("end"))
    return (f" from {start}" if start else "") + (f" to {end}" if end else "")


def _day(value: object) -> str:
    return short_day(value) if value else ""


def _before(register: Reading, child: Row, told: Graduated) -> set[str]:
    """Terms, by their first day, of which nothing is written and that were over before the child.

    A term's days run on to the next; a child who comes in its holidays was not there in it.
    """
    joined = str(child.get("joined") or "")
    last_days = {row.get("start"): str(row.get("end") or "") for row in register.all("terms")}
    found = set()
    for term in told.terms:
        first = term.period.start.isoformat()
        if term.is_empty and (last_days.get(first) or term.period.end.isoformat()) < joined:
            found.add(first)
    return found


def _glance(told: Graduated, before: set[str]) -> Table | None:
    columns = (
        Column("Term", 4),
        Column("Hours of help", 3, figures=True),
        Column("Cost, £", 3, figures=True),
        Column("Targets set", 2, figures=True),
        Column("Looked at", 2, figures=True),
        Column("As expected or better", 3, figures=True),
        Column("Attendance", 3, figures=True),
        Column("Talks with family", 2, figures=True),
    )
    rows = (
        (clean_line(term.period.name), *(["–"] * (len(columns) - 1)))
        if term.period.start.isoformat() in before
        else _figures(term)
        for term in told.terms
    )
    return Table(columns, tuple(rows)) if told.terms else None


def _figures(term: TermOfSupport) -> tuple[str, ...]:
    outcomes = [outcome_number(review.get("outcome")) for _, review in term.looked]
    rated = [each for each in outcomes if each is not None]
    reached = sum(each >= 0 for each in rated)
    return (
        clean_line(term.period.name),
        _known(term.hours, bool(term.help), ".1f"),
        _known(term.cost, bool(term.help), ",.0f"),
        str(len(term.targets)),
        str(len(term.looked)),
        f"{reached} of {len(rated)}" if rated else "not told" if term.looked else "–",
        share_words(term.absence),
        str(len(term.talks)),
    )


def _known(figure: tuple[float | None, int], had_help: bool, form: str) -> str:
    """A sum, with how many groups it lacks; a dash where there was no help to count."""
    known, lacking = figure
    if not had_help:
        return "–"
    if known is None:
        return "not known"
    return f"{known:{form}}" + (f" + {lacking} not known" if lacking else "")


def _agreed(register: Reading, child: Row, told: Graduated) -> Table | None:
    found: list[tuple[str, str, str]] = []
    for row in register.by("sen_statuses", "pupil").get(child["id"], ()):
        day = as_day(row.get("parents_informed_on"))
        if day is not None and any(
            term.period.start <= day <= term.period.end for term in told.terms
        ):
            what = f"Family told of: {status_look(row.get('code')).word}"
            found.append((day.isoformat(), what, ""))
    for term in told.terms:
        found += [
            (str(row["held_on"]), "Structured conversation", _talked(register, row))
            for row in term.talks
        ]
        found += [
            (str(row["held_on"]), "Review held", _listed(row.get("attended")))
            for row in term.reviews
        ]
        found += [
            (str(row["shared_on"]), _plan(row), clean_line(str(row.get("shared_with") or "")))
            for row in term.given
        ]
        found += [
            (str(row["parent_agreed_on"]), "Family agreed to a referral", "")
            for row in term.referrals
            if row.get("parent_agreed_on")
        ]
    rows = tuple((short_day(day), what, who) for day, what, who in sorted(set(found)))
    return Table(_AGREED_COLUMNS, rows) if rows else None


def _plan(row: Row) -> str:
    from senreg.reports.plan import kind_words

    title = clean_line(str(row.get("title") or "")) or kind_words(str(row.get("kind") or ""))
    return f"Given out: {title}"


def _talked(register: Reading, row: Row) -> str:
    led = clean_line(staff_named(row.get("led_by"), register.get))
    there = "the child" if row.get("pupil_present") else ""
    return ", ".join(filter(None, (_listed(row.get("attendees")), there, led)))


def _listed(people: object) -> str:
    """A person a line, as a list on one line."""
    return ", ".join(
        filter(None, (clean_line(line).strip(" ,") for line in str(people or "").split("\n")))
    )


def _how(told: Graduated) -> Iterator[str]:
    yield "A term's days run until the next begins; each thing stands in the term it happened in."
    yield f"{HOURS}. Sessions the child is marked absent from are not counted."
    yield f"Cost: {FORMULA}."
    yield "“Not known” stands where a rate, a length or a time is not written down; it is not zero."
    if any(each.holidays for term in told.terms for each in term.help):
        yield HOLIDAYS
    yield NOT_A_TEST


def _look(register: Reading, child: Row, told: Graduated) -> Iterator[str]:
    """What the person who hands it out would want to know of first."""
    contacts = register.by("contacts", "pupil").get(child["id"], ())
    if any(row.get("restriction") for row in contacts):
        yield "A contact of this child has a restriction: read it before you say who gets this."
    for table, count in told.undated.items():
        verb = "has" if count == 1 else "have"
        yield f"{counted(table, count).capitalize()} {verb} no day and cannot be in it."
    for lacking, terms in _lacking(told, _before(register, child, told)).items():
        if terms:
            yield f"In {', '.join(terms)} {lacking}."
    yield "Read it for what it says of other people: texts stand in it as they were written."


def _lacking(told: Graduated, before: set[str]) -> dict[str, list[str]]:
    """What a reader would look for in vain, with the terms in which it is not there."""
    found: dict[str, list[str]] = {
        "no target was looked at": [],
        "no conversation or review was held": [],
        "attendance cannot be told": [],
    }
    for term in told.terms:
        if term.period.start.isoformat() in before:
            continue
        gaps = (not term.looked, not (term.talks or term.reviews), term.absence is None)
        for names, gap in zip(found.values(), gaps, strict=True):
            if gap:
                names.append(clean_line(term.period.name))
    return found
