"""A child's plan: what matters, the targets, who helps how and when, and when it is looked at.

A school calls it what it likes (SEN support plan, Individual Support Plan …); the same plan in
words for the child leaves out what is for adults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from senreg.models.plans import PLAN_KINDS
from senreg.models.tables import field_of
from senreg.models.text import clean, clean_line, folded
from senreg.models.wording import unspecific
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
from senreg.reports.pupil_page import PupilPage, TargetLines, pupil_page
from senreg.rules.conversations import last_held
from senreg.rules.dates import short_day
from senreg.rules.naming import excerpt
from senreg.rules.reading import Reading, Row
from senreg.rules.smart import SMART, smart_words
from senreg.rules.target_life import is_open

USUAL = "sen_support"


def kind_of(given: str) -> str:
    """The code of a kind of plan that is named by code or by words; a school's own as it is."""
    wanted = folded(clean_line(given))
    if not wanted:
        return USUAL
    for code, label in PLAN_KINDS:
        if wanted in (folded(code), folded(label)):
            return code
    return clean_line(given)


def kind_words(kind: str) -> str:
    """A kind of plan in words; a school's own as it is."""
    return dict(PLAN_KINDS).get(kind, clean_line(kind))


def version_of(register: Reading, pupil: str, kind: str) -> int:
    """The number of the version that would be given out next: 1 where none was."""
    earlier = register.by("plans", "pupil").get(pupil, ())
    return 1 + sum(1 for row in earlier if row.get("kind") == kind)


def plan(register: Reading, asked: Asked) -> Document:
    """The plan of one child as it stands today, in words for adults or for the child."""
    page = pupil_page(register, asked.child, asked.today)
    kind = kind_of(asked.choices.kind)
    version = version_of(register, asked.child["id"], kind)
    lead = f"Version {version}, {short_day(asked.today)}."
    look = tuple(_look(register, asked.child))
    if asked.choices.for_child:
        parts = tuple(_for_the_child(page))
        return Document(
            f"{page.called}: my plan", lead, parts, "For me to keep.", 12.5, kept=True, look=look
        )
    parts = tuple(_for_adults(register, asked, page))
    title = f"{kind_words(kind)}: {page.name}"
    return Document(title, lead, parts, "Confidential: for those who plan with this child.",
                    look=look)  # fmt: skip


def _for_adults(register: Reading, asked: Asked, page: PupilPage) -> Iterator[Part]:
    child = asked.child
    about = facts(
        *page.facts,
        ("SEN status", page.status),
        ("Primary need", page.primary_need),
        ("Further needs", ", ".join(page.further_needs)),
    )
    if about:
        yield about
    yield from section("Strengths", words(page.strengths))
    yield from section("Interests", words(page.interests))
    yield from section("Hopes", words(page.hopes))
    said, heard = said_lately(register, child["id"])
    yield from section(f"In {page.called}’s words", words(said, "said"))
    yield from section("In the family’s words", words(heard, "said"))
    hard = tuple(": ".join(each for each in pair if each) for pair in page.barriers)
    yield from section("What gets in the way", points(hard))
    yield from section("Targets", *(target_card(each) for each in page.targets))
    yield from section("What helps in class", points(page.helps), words(page.access))
    yield from section("What helps at home", points(page.helps_at_home))
    yield from section("Help beyond the class", help_table(page))
    yield from section("What the authority’s plan demands", demanded(register, child["id"]))
    yield from section("Who does what", actions_open(register, child["id"]))
    again = facts(("Last review", page.last_review), ("Next review", page.next_review))
    yield from section("When we look at this again", again)
    yield from section(
        "Agreed",
        Room(f"{page.called}: what I think of this plan", 2),
        Room("Parent or carer, and the day", 1),
        Room("For the school, and the day", 1),
    )


def target_card(each: TargetLines) -> Card:
    """One target in a frame: what, from where, how it is known, and how it went."""
    parts: list[Part] = []
    if each.kind:
        parts.append(Words(each.kind, "small"))
    parts.append(Words(each.statement or each.child_statement or "(not worded yet)", "strong"))
    if each.statement and each.child_statement:
        parts.append(Words(each.child_statement, "said"))
    reached = ", ".join(one for one in (each.reviewed, each.outcome, each.figure) if one)
    about = facts(
        ("Where it starts", each.baseline),
        ("How we will know", each.success),
        ("By", each.due),
        ("Looked at", reached),
        ("What was seen", each.evidence),
        ("What the child says", each.child_says),
        ("Next step", each.next_step),
    )
    if about:
        parts.append(about)
    return Card(tuple(parts))


def help_table(page: PupilPage) -> Table | None:
    """The groups a child is in, a row each; None for none."""
    rows = tuple(
        (each.name, each.times, each.hours, each.adults, each.dates) for each in page.provision
    )
    columns = (
        Column("What", 4),
        Column("When", 3),
        Column("A week", 2),
        Column("With", 3),
        Column("From and to", 3),
    )
    return Table(columns, rows) if rows else None


def said_lately(register: Reading, pupil: str) -> tuple[str, str]:
    """What the child and the family said in the last conversation held; empty for nothing."""
    talk = last_held(register.by("conversations", "pupil").get(pupil, ())) or {}
    child, family = talk.get("pupil_words"), talk.get("parent_words")
    return clean(str(child or "")).strip(), clean(str(family or "")).strip()


def demanded(register: Reading, pupil: str) -> Table | None:
    """The provision of a child's plan, a row each; None for none."""
    sections = field_of("ehc_provisions", "section")
    rows = tuple(
        (
            clean_line(sections.label_of(row.get("section"))),
            clean(str(row.get("wording") or "")),
            clean_line(str(row.get("quantity") or "")),
        )
        for row in register.by("ehc_provisions", "pupil").get(pupil, ())
    )
    columns = (Column("Section", 2), Column("Provision", 5), Column("How much", 2))
    return Table(columns, rows) if rows else None


def actions_open(register: Reading, pupil: str) -> Table | None:
    """What is still to be done for a child, a row each; None for nothing."""
    about = [
        row["id"]
        for table in ("targets", "conversations", "reviews")
        for row in register.by(table, "pupil").get(pupil, ())
    ]
    by_about = register.by("actions", "about")
    rows = tuple(
        (
            clean(str(row.get("what") or "")),
            clean_line(str(row.get("who") or "")),
            short_day(row["due"]) if row.get("due") else "",
        )
        for each in about
        for row in by_about.get(each, ())
        if not row.get("done_on")
    )
    columns = (Column("What", 5), Column("Who", 2), Column("By when", 2))
    return Table(columns, rows) if rows else None


def _for_the_child(page: PupilPage) -> Iterator[Part]:
    yield from section("I am good at", words(page.strengths, "large"))
    yield from section("I like", words(page.interests, "large"))
    yield from section("I hope", words(page.hopes, "large"))
    yield from section("What I am working on", *(_my_target(each) for each in page.targets))
    yield from section("What helps me", points((*page.helps, *page.helps_at_home)))
    mine = tuple(
        ": ".join(one for one in (each.name, each.times) if one) for each in page.provision
    )
    yield from section("Where I get help", points(mine))
    yield from section("What I think", Room("I can write or draw here", 5))


def _my_target(each: TargetLines) -> Card:
    parts: list[Part] = [Words(each.child_statement or each.statement or "…", "large")]
    if each.due:
        parts.append(Facts((("By", each.due),)))
    return Card(tuple(parts))


def _look(register: Reading, child: Row) -> Iterator[str]:
    """What a careful reader would point out before the plan is given out."""
    pupil = child["id"]
    contacts = register.by("contacts", "pupil").get(pupil, ())
    if any(row.get("restriction") for row in contacts):
        yield "A contact of this child has a restriction: read it before you say who gets this."
    targets = [row for row in register.by("targets", "pupil").get(pupil, ()) if is_open(row)]
    if not targets:
        yield "No target is open."
    for row in targets:
        lacking = smart_words(row)
        if lacking != SMART:
            yield f"Target “{excerpt(row.get('statement'), 40)}”: {lacking}."
    yield from _vague(register.by("strategies", "pupil").get(pupil, ()), "description", "Strategy")
    demanded = register.by("ehc_provisions", "pupil").get(pupil, ())
    yield from _vague(demanded, "wording", "Provision")


def _vague(rows: Sequence[Row], field: str, what: str) -> Iterator[str]:
    for row in rows:
        advice = unspecific(row.get(field))
        if advice:
            yield f"{what} “{excerpt(row.get(field), 40)}”: {advice}"
