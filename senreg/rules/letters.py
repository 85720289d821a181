"""Who is written to about a child, and about which conversation.

A letter goes to each contact who gets letters and about whom there is no restriction. What a
restriction allows only a person can read out of it, so nothing is written to that contact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from senreg.models.text import clean_line
from senreg.rules.conversations import next_planned
from senreg.rules.naming import pupil_name
from senreg.rules.reading import Reading, Row

REMINDER_DAYS = 14
"""Families of a class are reminded of conversations within so many days."""


class Letter(NamedTuple):
    """One letter that is to be written: to whom, about which child and which conversation."""

    contact: Row
    pupil: Row
    conversation: Row


class Letters(NamedTuple):
    """The letters there are to write, and what is left to a person, a sentence each."""

    letters: tuple[Letter, ...]
    left: tuple[str, ...]


def letters_to(
    register: Reading, pupils: Sequence[Row], today: date, within: int | None = None
) -> Letters:
    """The letters about the next conversation of each child.

    Args:
        register: The register to read.
        pupils: The children, in the order of their letters.
        today: The day the letters are written.
        within: Only conversations within so many days; None for the next, whenever it is.
    """
    letters: list[Letter] = []
    left: list[str] = []
    unplanned: list[str] = []
    last = (today + timedelta(within)).isoformat() if within is not None else "9999"
    for pupil in pupils:
        own = register.by("conversations", "pupil").get(pupil["id"], ())
        conversation = next_planned(own, today)
        name = clean_line(pupil_name(pupil))
        if conversation is None:
            unplanned.append(name)
        elif str(conversation["planned_for"]) <= last:
            contacts = register.by("contacts", "pupil").get(pupil["id"], ())
            gets = [row for row in contacts if row.get("send_letters")]
            letters += [Letter(row, pupil, conversation) for row in gets if _free(row)]
            left += _told(name, contacts, gets)
    if len(unplanned) == 1:
        left.append(f"{unplanned[0]}: no conversation is planned.")
    elif unplanned:
        left.append(f"For {len(unplanned)} of these children no conversation is planned.")
    return Letters(tuple(letters), tuple(left))


def _free(contact: Row) -> bool:
    return not str(contact.get("restriction") or "").strip()


def _told(name: str, contacts: Sequence[Row], gets: Sequence[Row]) -> list[str]:
    told = [
        f"{name}: nothing is written to {_named(row)}, about whom there is a restriction. Read it."
        for row in contacts
        if not _free(row)
    ]
    told += [
        f"{name}: {_named(row)} needs an interpreter."
        for row in gets
        if row.get("interpreter") and _free(row)
    ]
    if not any(map(_free, gets)):
        told.append(f"{name}: nobody is marked as getting letters who may be written to.")
    return told


def _named(contact: Row) -> str:
    return clean_line(str(contact.get("name") or "a contact"))
