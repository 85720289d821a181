"""What happened in a child's time at the school, by the day it happened and not the day of typing.

Only what has a day is told, and only until today. Notes marked confidential are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from senreg.models.tables import field_of
from senreg.models.text import clean, clean_line
from senreg.rules.naming import group_name
from senreg.rules.needs import need_word
from senreg.rules.reading import Reading, Row, iso
from senreg.rules.status import status_look
from senreg.rules.target_life import outcome_words


class Event(NamedTuple):
    """One thing that happened.

    Args:
        day: The ISO day.
        what: What it was, in the program's words.
        detail: What was written of it.
    """

    day: str
    what: str
    detail: str = ""


class Chronology(NamedTuple):
    """The events, the earliest first, and how many notes are not among them.

    Args:
        events: What happened until the day.
        undated: Notes without a day.
        confidential: Notes marked confidential.
    """

    events: tuple[Event, ...]
    undated: int
    confidential: int


def chronology(register: Reading, pupil: Row, today: date) -> Chronology:
    """What happened to one child until a day, by day."""
    found = [
        event
        for teller in _TELLERS
        for event in teller(register, pupil)
        if event.day and event.day <= iso(today)
    ]
    found.sort(key=lambda event: event.day)
    notes = _of(register, "notes", pupil)
    secret = sum(bool(row.get("confidential")) for row in notes)
    undated = sum(not row.get("happened_on") and not row.get("confidential") for row in notes)
    return Chronology(tuple(found), undated, secret)


def _of(register: Reading, table: str, pupil: Row) -> list[Row]:
    return list(register.by(table, "pupil").get(pupil["id"], ()))


def _day(row: Row, field: str) -> str:
    return str(row.get(field) or "")


def _label(table: str, field: str, row: Row) -> str:
    return clean_line(field_of(table, field).label_of(row.get(field)))


def _text(*values: object) -> str:
    """Texts one after the other, as they were written."""
    told = ""
    for each in values:
        text = clean(str(each or "")).strip()
        if text:
            between = "" if not told else " " if told[-1] in ".!?…" else ". "
            told += between + text
    return told


def _standing(register: Reading, pupil: Row) -> Iterator[Event]:
    yield Event(_day(pupil, "joined"), "Joined the school", _text(pupil.get("previous_school")))
    yield Event(_day(pupil, "left"), "Left the school", _text(pupil.get("destination")))
    for row in _of(register, "sen_statuses", pupil):
        word = status_look(row.get("code")).word
        yield Event(_day(row, "start"), f"SEN status: {word}", _text(row.get("reason")))
        yield Event(_day(row, "parents_informed_on"), "Parents told of SEN support")
    for row in _of(register, "needs", pupil):
        who = f"According to {clean_line(str(row['source']))}" if row.get("source") else ""
        yield Event(_day(row, "start"), f"Need: {need_word(row.get('code'))}", who)
    for row in _of(register, "barriers", pupil):
        kind = _label("barriers", "category", row)
        yield Event(
            _day(row, "identified_on"), f"Barrier seen: {kind}", _text(row.get("description"))
        )
        yield Event(_day(row, "resolved_on"), f"Barrier overcome: {kind}")


def _talks(register: Reading, pupil: Row) -> Iterator[Event]:
    attempts = register.by("attempts", "conversation")
    for row in _of(register, "conversations", pupil):
        came = ", ".join(str(row.get("attendees") or "").split("\n"))
        told = _text(f"Came: {came}" if came else "", row.get("focus"))
        yield Event(_day(row, "held_on"), "Structured conversation", told)
        for each in attempts.get(row["id"], ()):
            how = _label("attempts", "how", each)
            what = f"Tried to arrange a conversation: {how}" if how else "Tried to arrange one"
            yield Event(_day(each, "on"), what, _text(each.get("why_not")))


def _aims(register: Reading, pupil: Row) -> Iterator[Event]:
    looked = register.by("target_reviews", "target")
    for row in _of(register, "targets", pupil):
        words = row.get("statement") or row.get("child_statement")
        yield Event(_day(row, "set_on"), "Target set", _text(words))
        for each in looked.get(row["id"], ()):
            told = _text(words, outcome_words(each.get("outcome")), each.get("evidence"))
            yield Event(_day(each, "date"), "Target looked at", told)


def _help(register: Reading, pupil: Row) -> Iterator[Event]:
    for row in _of(register, "placements", pupil):
        group = register.get(str(row.get("group") or "")) or {}
        name = clean_line(group_name(group, register.get))
        start = _day(row, "start") or _day(group, "start")
        yield Event(start, f"Began: {name}", _scores(row, "entry_score"))
        ended = _text(row.get("ended_reason"), _scores(row, "entry_score", "exit_score"))
        yield Event(_day(row, "end"), f"Ended: {name}", ended)


def _scores(row: Row, *fields: str) -> str:
    known = [f"{row[field]:g}" for field in fields if isinstance(row.get(field), int | float)]
    return f"Score {' to '.join(known)}" if len(known) == len(fields) else ""


def _outside(register: Reading, pupil: Row) -> Iterator[Event]:
    for row in _of(register, "referrals", pupil):
        service = _label("referrals", "service", row)
        yield Event(_day(row, "sent_on"), f"Referred to: {service}", _text(row.get("reason")))
        yield Event(_day(row, "seen_on"), f"Seen by: {service}")
        yield Event(_day(row, "report_on"), f"Report had: {service}", _text(row.get("outcome")))
    for row in _of(register, "reviews", pupil):
        kind = _label("reviews", "kind", row) or "Review"
        came = ", ".join(str(row.get("attended") or "").split("\n"))
        yield Event(_day(row, "advice_requested_on"), f"Advice asked for: {kind}")
        yield Event(_day(row, "papers_sent_on"), f"Papers sent: {kind}")
        told = f"Came: {came}" if came else ""
        yield Event(_day(row, "held_on"), f"Review held: {kind}", _text(told))
        yield Event(_day(row, "report_sent_on"), f"Report sent: {kind}")
        decided = _label("reviews", "la_decision", row)
        yield Event(_day(row, "la_decided_on"), f"Authority decided after: {kind}", decided)


def _plan_of_the_authority(register: Reading, pupil: Row) -> Iterator[Event]:
    for row in _of(register, "ehc_processes", pupil):
        decision = _label("ehc_processes", "decision", row)
        amended = "amended " if row.get("amendment_notice_on") else ""
        yield Event(_day(row, "requested_on"), "Assessment for an EHC plan asked for")
        yield Event(_day(row, "decided_on"), "Authority decided whether to assess", decision)
        yield Event(_day(row, "advice_asked_on"), "School asked for its advice")
        yield Event(_day(row, "advice_sent_on"), "School’s advice sent")
        yield Event(_day(row, "amendment_notice_on"), "Notice that the EHC plan is amended")
        yield Event(_day(row, "draft_on"), "Draft EHC plan")
        yield Event(_day(row, "final_on"), f"Final {amended}EHC plan")
        yield Event(_day(row, "ended_on"), "Request ended without a plan")


def _papers(register: Reading, pupil: Row) -> Iterator[Event]:
    for row in _of(register, "plans", pupil):
        title = _text(row.get("title")) or _label("plans", "kind", row)
        whom = f"To {clean_line(str(row['shared_with']))}" if row.get("shared_with") else ""
        yield Event(_day(row, "shared_on"), f"Given out: {clean_line(title)}", whom)
    for row in _of(register, "documents", pupil):
        kind = _kind("documents", row, "Document")
        yield Event(_day(row, "dated"), kind, _text(row.get("title")))
    for row in _of(register, "notes", pupil):
        if not row.get("confidential"):
            kind = _kind("notes", row, "Note")
            whom = f" with {clean_line(str(row['with_whom']))}" if row.get("with_whom") else ""
            yield Event(_day(row, "happened_on"), f"{kind}{whom}", _text(row.get("text")))


def _kind(table: str, row: Row, plain: str) -> str:
    """Its kind in words; the plain word for one of no kind in particular."""
    return plain if row.get("kind") == "other" else _label(table, "kind", row) or plain


_TELLERS = (_standing, _talks, _aims, _help, _outside, _plan_of_the_authority, _papers)
