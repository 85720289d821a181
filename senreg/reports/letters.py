"""Invitations to structured conversations and reminders of them: a letter to each who gets one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from senreg.errors import SenregError, WrongUsage
from senreg.models.text import clean_line, folded
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Break,
    Document,
    Heading,
    Part,
    Points,
    Room,
    Words,
    facts,
)
from senreg.rules.dates import as_day, short_day
from senreg.rules.letters import REMINDER_DAYS, Letter, Letters, letters_to
from senreg.rules.meeting import WEEKDAYS
from senreg.rules.naming import known_as, staff_named
from senreg.rules.reading import Reading, Row

INVITATION, REMINDER = "invitation", "reminder"
KINDS = {INVITATION: "Invitation", REMINDER: "Reminder"}
"""Each kind of letter with its words."""


def letter(register: Reading, asked: Asked) -> Document:
    """The letters about one child, or about every child of a class, a page each.

    Raises:
        SenregError: There is nobody to write to.
        WrongUsage: There is no such kind of letter.
    """
    school = next(iter(register.all("school")), {})
    kind = kind_of_letter(asked.choices.kind)
    found = letters_asked(register, asked)
    if not found.letters:
        told = " ".join(found.left[:3]) or "No conversation is planned for these days."
        raise SenregError(f"There is nobody to write to. {told}", "Nothing was made.")
    parts: list[Part] = []
    for number, each in enumerate(found.letters):
        parts += [Break()] if number else []
        parts += _page(register, school, kind, each, short_day(asked.today))
    about = clean_line(asked.class_name) or clean_line(known_as(found.letters[0].pupil))
    count = len(found.letters)
    lead = f"{count} {'letter' if count == 1 else 'letters'}, a page each."
    title = f"{KINDS[kind]} to a conversation: {about}"
    if kind == REMINDER:
        title = f"{KINDS[kind]} of a conversation: {about}"
    return Document(
        title, lead, tuple(parts), "For the family.", 11.5, bare=True, kept=True, look=found.left
    )


def letters_asked(register: Reading, asked: Asked) -> Letters:
    """The letters about the child or the class that is asked for. Raises WrongUsage."""
    pupils = [asked.pupil] if asked.pupil is not None else _class(register, asked)
    reminds = kind_of_letter(asked.choices.kind) == REMINDER
    soon = REMINDER_DAYS if reminds and asked.pupil is None else None
    return letters_to(register, pupils, asked.today, soon)


def kind_of_letter(given: str) -> str:
    """A key of `KINDS`, by its name; the usual one where none is given. Raises WrongUsage."""
    wanted = folded(clean_line(given)) or INVITATION
    if wanted not in KINDS:
        raise WrongUsage("A letter is an invitation or a reminder.", do="--kind reminder")
    return wanted


def _class(register: Reading, asked: Asked) -> list[Row]:
    from senreg.reports.class_sheet import members

    return members(register, asked.class_name, asked.today)


ROOM_TO_SIGN = "\n"


def _page(register: Reading, school: Row, kind: str, each: Letter, today: str) -> Iterator[Part]:
    child = clean_line(known_as(each.pupil))
    name = clean_line(str(each.contact.get("name") or ""))
    yield Words(clean_line(str(school.get("name") or "")), "strong")
    yield Words(today)
    yield Heading(f"{KINDS[kind]}: let us talk about {child}")
    yield Words(f"Dear {name},")
    yield from said(kind, child)
    teacher = teacher_of(register, each)
    when = facts(
        ("When", when_of(each.conversation)),
        ("With", teacher),
    )
    if when:
        yield when
    yield from asks(child)
    yield Words("With kind regards,")
    yield Words(ROOM_TO_SIGN)
    yield Words(teacher or clean_line(str(school.get("name") or "")))
    yield Heading("Please send this back to school", 3)
    whom = facts(("From", name), ("About", child))
    if whom:
        yield whom
    yield Points((f"I will come to talk about {child}.", "Please find another day or time."))
    yield Room("Days and times that suit me; an interpreter; anything else", 2)


def said(kind: str, child: str) -> Sequence[Words]:
    """What a letter of a kind says about a child."""
    if kind == REMINDER:
        return (Words(f"We look forward to talking with you about {child} soon."),)
    return (
        Words(
            f"You know {child} best. We would like to hear how things are going at home and at "
            "school, what you hope for, and to agree with you what each of us does next."
        ),
    )


def asks(child: str) -> Iterator[Words | Points]:
    """What the family may think about before."""
    yield Words("You may like to think beforehand about:")
    yield Points(
        (
            f"what is going well for {child}, at home and at school;",
            "what worries you;",
            "what has worked before;",
            "what you hope for, soon and later.",
        )
    )
    yield Words(
        f"You may bring somebody with you, and {child} may come too. Tell us if you would like an "
        "interpreter, or another day, time or place."
    )


def teacher_of(register: Reading, each: Letter) -> str:
    """Who leads the conversation, else the key teacher, by name; empty for neither."""
    leads = each.conversation.get("led_by") or each.pupil.get("key_teacher")
    return clean_line(staff_named(leads, register.get))


def when_of(conversation: Row) -> str:
    """'Monday 7 Dec 2026 at 15:30'; empty where no day is planned."""
    day = as_day(conversation.get("planned_for"))
    if day is None:
        return ""
    weekday = list(WEEKDAYS.values())[day.weekday()]
    at = clean_line(str(conversation.get("at") or ""))
    return f"{weekday} {short_day(day)}{f' at {at}' if at else ''}"
