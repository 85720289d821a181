"""The papers that have a page of their own, in parts: as they stand in Word and in a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from senreg.reports.class_sheet import ClassSheet
from senreg.reports.conversation_paper import AgreedAction, AgreedTarget, ConversationPaper
from senreg.reports.document.charts import Course
from senreg.reports.document.parts import (
    Card,
    Column,
    Document,
    Part,
    Table,
    Words,
    facts,
    points,
    section,
    words,
)
from senreg.reports.fitting import Fitted
from senreg.reports.plan import help_table, target_card
from senreg.reports.pupil_page import PupilPage


def class_in_parts(sheet: ClassSheet, title: str, confidence: str) -> Document:
    """The class sheet: what helps each child, and what they work towards."""
    rows = tuple(
        (
            "\n".join((line.name, *line.about)),
            _points(line.helps, "point"),
            _points(line.targets, "target"),
        )
        for line in sheet.lines
    )
    columns = (Column("Child", 5), Column("What helps", 8), Column("Working towards", 7))
    nobody = "Nobody in this class has a strategy or a target that adults need to know about."
    parts: tuple[Part, ...] = (Table(columns, rows) if rows else Words(nobody),)
    lead = "What helps, and what we are working on. For every adult who teaches this class today."
    if sheet.teachers:
        lead += f" {', '.join(sheet.teachers)}."
    return Document(title, lead, parts, confidence, size=sheet.size)


def _points(cell: Fitted, of: str) -> str:
    lines = [f"▪ {item}" for item in cell.items]
    if cell.more:
        lines.append(f"+ {cell.more} more {of if cell.more == 1 else of + 's'} on the pupil page")
    return "\n".join(lines)


def pupil_in_parts(page: PupilPage, charts: Sequence[Course], confidence: str) -> Document:
    """The pupil page, with how the child gets on as charts."""
    return Document(page.name, "", tuple(pupil_parts(page, charts)), confidence, 10)


def pupil_parts(page: PupilPage, charts: Sequence[Course] = ()) -> Iterator[Part]:
    """What is on the pupil page, part by part."""
    about = facts(("Full name", page.full_name), *page.facts, ("SEN status", page.status))
    if about:
        yield about
    yield from section("Strengths", words(page.strengths))
    yield from section("Interests", words(page.interests))
    yield from section("Hopes", words(page.hopes))
    yield from section("What helps", points(page.helps), words(page.access))
    yield from section("What helps at home", points(page.helps_at_home))
    needs = facts(
        ("Primary need", page.primary_need), ("Further needs", ", ".join(page.further_needs))
    )
    yield from section("Needs", needs)
    hard = tuple(": ".join(each for each in pair if each) for pair in page.barriers)
    yield from section("Barriers", points(hard))
    yield from section("Targets", *(target_card(each) for each in page.targets))
    yield from section("Progress", *charts)
    hours = f"{page.hours} a week in all." if page.hours else ""
    yield from section("Provision", help_table(page), words(hours))
    yield from section("People", facts(*((each.name, each.part) for each in page.people)))
    again = facts(("Last review", page.last_review), ("Next review", page.next_review))
    yield from section("Reviews", again)


def summary_in_parts(page: ConversationPaper, confidence: str) -> Document:
    """The summary of a conversation, in plain words for the family."""
    targets = [_agreed(replace(each, stands="")) for each in page.targets]
    none = None if targets else Words("We have not agreed a target yet.")
    there = facts(*(fact for fact in page.facts if fact[0] in ("Led by", "Came")))
    parts: tuple[Part, ...] = (
        *((there,) if there else ()),
        *_heard(page, "What you told us", "In your words"),
        *section("What matters most now", words(page.focus)),
        *section(f"What {page.called} will work towards", *targets, none),
        *section("Who does what", _actions(page, done=False)),
        *section("What else we agreed", words(page.besides)),
        *section("How we keep in touch", words(page.review)),
        *section("We meet again", Words(page.next or "We will write to you with a day.")),
    )
    title = f"{page.called}: what we talked about"
    return Document(title, page.day, parts, confidence, 11, kept=True)


def record_in_parts(page: ConversationPaper, confidence: str) -> Document:
    """The record of a conversation, for the school's file."""
    before = page.before
    parts: tuple[Part, ...] = section("The conversation", facts(*page.facts))
    if before is not None:
        actions = _action_table([("", each) for each in before.actions])
        last = (*map(_agreed, before.targets), actions)
        parts += section(f"What was agreed on {before.day}", *last)
    parts += (
        *_heard(page, "Explore", "In the family’s words"),
        *section("Focus", words(page.focus)),
        *section("Plan", *map(_agreed, page.targets), _actions(page), words(page.besides)),
        *section("Review", words(page.review)),
        *section(
            "Afterwards",
            facts(
                ("Next conversation", page.next),
                ("Summary given", page.given),
                ("How the child was heard", page.voice),
            ),
        ),
        *section("Tries in vain", points(page.attempts)),
    )
    return Document(f"Structured conversation: {page.name}", page.day, parts, confidence, 10)


def _heard(page: ConversationPaper, title: str, family: str) -> tuple[Part, ...]:
    told = facts(*page.heard)
    own = facts((family, page.family), (f"In {page.called}’s words", page.child))
    return section(title, told, own)


def _agreed(target: AgreedTarget) -> Card:
    parts: list[Part] = [Words(target.kind, "small"), Words(target.statement or "…", "strong")]
    if target.child_statement:
        parts.append(Words(target.child_statement, "said"))
    more = facts(
        ("We will know by", target.success), ("By", target.due), ("How it stands", target.stands)
    )
    return Card((*parts, more) if more else tuple(parts))


def _actions(page: ConversationPaper, *, done: bool = True) -> Table | None:
    """Who does what, where and by when; with what is done already, or without."""
    placed = [(place, each) for place, own in page.actions for each in own]
    return _action_table(placed, done=done)


def _action_table(placed: Sequence[tuple[str, AgreedAction]], *, done: bool = True) -> Table | None:
    columns = [Column("What", 5), Column("Who", 2), Column("Where", 2), Column("By when", 2)]
    if done:
        columns.append(Column("Done", 2))
    rows = tuple(
        (each.what, each.who, place, each.due, *((each.done,) if done else ()))
        for place, each in placed
    )
    return Table(tuple(columns), rows) if rows else None
