"""Who has had the training for structured conversations, and who leads them without it."""

from __future__ import annotations

from datetime import date

from senreg.models.tables import field_of
from senreg.rules.conversations import is_held
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.measures.asked import share
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.who import on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import staff_name
from senreg.rules.nouns import counted
from senreg.rules.reading import Reading, Row, covers

_TEACHING = ("class_teacher", "subject_teacher", "form_tutor")
_NOTE = (
    "Those who teach, who are key teacher of a child on the SEN register or in the cohort, or who "
    "are to lead a conversation still planned."
)


def training(register: Reading, today: date) -> list[LeadPart]:
    """Who lacks it, with the children they answer for; then who has had it, and when."""
    day = today.isoformat()
    had: dict[str, Row] = {}
    for row in newest_first(register.all("trainings")):
        if row.get("kind") == "conversation" and str(row.get("date") or "") <= day:
            had.setdefault(str(row.get("staff") or ""), row)
    parts = Parts(register, today)
    answers: dict[str, list[str]] = {}
    for pupil in on_roll(register, today):
        if parts.has_sen(pupil, today) or parts.in_cohort(pupil, day):
            answers.setdefault(str(pupil.get("key_teacher") or ""), []).append(pupil["id"])
    leads: dict[str, list[str]] = {}
    for row in register.all("conversations"):
        if not is_held(row) and row.get("led_by") and row.get("pupil"):
            leads.setdefault(str(row["led_by"]), []).append(str(row["pupil"]))
    asked = [
        row
        for row in sorted(register.all("staff"), key=staff_name)
        if covers(row, day, "since", "until")
        and (row.get("role") in _TEACHING or row["id"] in answers or row["id"] in leads)
    ]
    lacking = tuple(
        _lacks(row, answers.get(row["id"], []), leads.get(row["id"], []))
        for row in asked
        if row["id"] not in had
    )
    having = tuple(_has(row, had[row["id"]]) for row in asked if row["id"] in had)
    whole = value_in_words(share(len(having), len(asked)), "share")
    return [
        LeadPart("Without it", lacking or (LeadLine("Nobody lacks it", "0"),), _NOTE),
        LeadPart("With it", having, f"{whole}, {len(having)} of {len(asked)}"),
    ]


def _lacks(row: Row, answers: list[str], leads: list[str]) -> LeadLine:
    of = said(
        field_of("staff", "role").label_of(row.get("role")),
        f"key teacher of {len(answers)}" if answers else "",
        f"to lead {counted('conversations', len(leads))}" if leads else "",
    )
    pupils = tuple(dict.fromkeys([*answers, *leads]))
    return LeadLine(staff_name(row), "not yet", of, "" if pupils else row["id"], pupils, _NOTE)


def _has(row: Row, training: Row) -> LeadLine:
    hours = training.get("hours")
    of = said(
        field_of("staff", "role").label_of(row.get("role")),
        str(training.get("given_by") or ""),
        f"{value_in_words(hours)} hours" if hours else "",
    )
    return LeadLine(staff_name(row), when(training.get("date")) or "no day", of, training["id"])
