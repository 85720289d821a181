"""`senreg show`: one record as a person reads it, and of a pupil everything that belongs to it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.plan_lines import plan_lines, statutory_lines
from senreg.clock import today
from senreg.models.tables import TABLES, field_of, fields_of
from senreg.models.text import clean
from senreg.rules import naming
from senreg.rules.contact_cautions import interpreter_words
from senreg.rules.conversations import LOOKS, day_of, state_of
from senreg.rules.cycle import REASONS, STEPS, cycle_of
from senreg.rules.dates import short_day
from senreg.rules.needs import need_word, open_needs
from senreg.rules.reading import Row, covers
from senreg.rules.reviews import next_review
from senreg.rules.roll import roll_sign
from senreg.rules.status import status_look, status_on
from senreg.rules.target_life import is_open, outcome_words, target_life
from senreg.rules.values import in_words

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.register import Row as StoredRow

_INDENT = "    "
_BELONGING = {
    "targets": (("Reviews", "target_reviews", "target"), ("Actions", "actions", "about")),
    "reviews": (("Actions", "actions", "about"),),
    "conversations": (
        ("Targets", "targets", "conversation"),
        ("Actions", "actions", "about"),
        ("Attempts", "attempts", "conversation"),
    ),
    "interventions": (("Groups", "groups", "intervention"),),
    "groups": (("Times", "slots", "group"), ("Pupils", "placements", "group")),
}
"""By table: what belongs to its records, as heading, table and the field that points here."""


def page(register: Register, row: StoredRow) -> list[str]:
    """A record in plain lines: every field that holds something, and of a pupil the whole page."""
    heading = naming.describe_record(row, register.get, row.table)
    lines = [f"{heading}  [{row.id}]"]
    if row.archived:
        lines.append(f"Put away; bring it back with: senreg restore-record {row.id}")
    if row.table == "pupils":
        return [*lines, *_pupil(register, row)]
    return [*lines, *_details(register, row.table, row), *_belonging(register, row)]


def _belonging(register: Register, row: StoredRow) -> list[str]:
    """The records that belong to one that is no pupil, such as the reviews of a target."""
    lines: list[str] = []
    for title, table, field in _BELONGING.get(row.table, ()):
        found = [each for each in register.all(table) if each[field] == row.id]
        told = (
            f"{naming.describe_record(each, register.get, table)}  [{each.id}]" for each in found
        )
        lines += _section(title, list(told))
    return lines


def _details(register: Register, table: str, row: Row, leave_out: Sequence[str] = ()) -> list[str]:
    """A line for each field that holds something; long texts stand below their title."""
    if table not in TABLES:
        return [f"{name}: {value}" for name, value in row.items() if name != "id"]
    lines = []
    for field in fields_of(table):
        words = in_words(register, field, row.get(field.name))
        if field.name in leave_out or not words or (field.kind == "yes_no" and words == "No"):
            continue
        lines += _titled(field.title, words)
    return lines


def _titled(title: str, words: str) -> list[str]:
    """A title with its text beside it, or below it where it does not fit on the line."""
    words = clean(words)
    one_line = f"{title}: {words}"
    if "\n" not in words and output.cells(one_line) <= output.screen_width():
        return [one_line]
    return [f"{title}:", *_wrapped(words)]


def _wrapped(text: str) -> list[str]:
    width = output.screen_width() - 2 * len(_INDENT)
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines += textwrap.wrap(paragraph, width, break_long_words=False) or [""]
    return [_INDENT + line if line else "" for line in lines]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    """A heading with its lines set in below it; nothing where there are none."""
    if not lines:
        return []
    width = output.screen_width()
    found = ["", title]
    for line in lines:
        if output.cells(line) + 2 <= width:
            found.append(f"  {line}" if line else "")
        else:
            text = line.lstrip()
            before = " " * (2 + len(line) - len(text))
            found += textwrap.wrap(
                text, width, initial_indent=before, subsequent_indent=before + "  ",
                break_long_words=False,
            )  # fmt: skip
    return found


def _pupil(register: Register, pupil: StoredRow) -> list[str]:
    """Standing, details, status, needs, targets, provision, notes and reviews of a child."""

    def of_pupil(table: str) -> list[StoredRow]:
        return [row for row in register.all(table) if row["pupil"] == pupil.id]

    return [
        *_standing(register, pupil),
        *_section("Details", _details(register, "pupils", pupil)),
        *_section(
            "Status", [_status_line(row) for row in _newest(of_pupil("sen_statuses"), "start")]
        ),
        *_section("Needs", [_need_line(row) for row in open_needs(of_pupil("needs"), today())]),
        *_section("Barriers", [_text_of(register, row) for row in of_pupil("barriers")]),
        *_section("What helps", [_text_of(register, row) for row in of_pupil("strategies")]),
        *_section("Open targets", _targets(register, of_pupil("targets"))),
        *_section("Cycle", _cycle(register, pupil)),
        *_section("Conversations", _conversations(register, of_pupil("conversations"))),
        *_section("Provision", _provision(register, of_pupil("placements"))),
        *_section("Notes", _notes(register, _newest(of_pupil("notes"), "happened_on"))),
        *_section("Reviews", [_review(register, row) for row in _reviews(of_pupil("reviews"))]),
        *_section("Statutory dates", statutory_lines(register, pupil)),
        *_section("The plan", list(plan_lines(register, pupil))),
        *_section("Contacts", [_contact(register, row) for row in of_pupil("contacts")]),
    ]


def _standing(register: Register, pupil: StoredRow) -> list[str]:
    """Roll, status and what falls due next, on the lines below the name."""
    lines = []
    sign = roll_sign(pupil, today())
    if sign is not None:
        lines.append(f"{sign.words}.")
    status = status_on(register.by("sen_statuses", "pupil").get(pupil.id, ()), today())
    lines.append(f"{status_look(status.get('code') if status else None).word}.")
    due = next_review(
        register.by("reviews", "pupil").get(pupil.id, ()),
        register.by("targets", "pupil").get(pupil.id, ()),
        today(),
        register.by("target_reviews", "target"),
    )
    lines.append(f"Next review: {due.words}.")
    return [" ".join(lines)]


def _newest(rows: Sequence[StoredRow], field: str) -> list[StoredRow]:
    return sorted(rows, key=lambda row: str(row[field] or ""), reverse=True)


def _span(row: Row, start: str = "start", end: str = "end") -> str:
    """From when until when, as far as it is known."""
    first, last = row.get(start), row.get(end)
    if first and last:
        return f"{short_day(first)} to {short_day(last)}"
    if first:
        return f"since {short_day(first)}"
    return f"until {short_day(last)}" if last else ""


def _after_comma(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _status_line(row: Row) -> str:
    word = status_look(row.get("code")).word
    return _after_comma(f"{row.get('code')} {word}", _span(row), row.get("reason"))


def _need_line(row: Row) -> str:
    rank = {1: "primary", 2: "secondary"}.get(row.get("rank") or 0, "")
    code, words = str(row.get("code") or ""), need_word(row.get("code"))
    named = code if code == words else f"{code} {words}"
    return _after_comma(named, rank, _span(row))


def _text_of(register: Register, row: StoredRow) -> str:
    """A barrier or strategy: what kind it is, then its text."""
    kinds = [_label(register, row, field.name) for field in fields_of(row.table)
             if field.kind == "choice"]  # fmt: skip
    text = " ".join(str(row["description"] or "").split())
    said = ": ".join(each for each in (*kinds, text) if each)
    return " ".join(filter(None, (said, _brackets(_span(row, "identified_on", "resolved_on")))))


def _brackets(text: str) -> str:
    return f"({text})" if text else ""


def _label(register: Register, row: StoredRow, name: str) -> str:
    """The words for the code that a field of a record holds."""
    return in_words(register, field_of(row.table, name), row[name])


def _targets(register: Register, targets: Sequence[StoredRow]) -> list[str]:
    lines = []
    reviews = register.by("target_reviews", "target")
    for row in targets:
        if not is_open(row):
            continue
        life = target_life(row, reviews.get(row.id, ()), today())
        due = f"due {short_day(row['due'])}" if row["due"] else "no date"
        state = "overdue" if life.state == "overdue" else ""
        statement = " ".join(str(row["statement"] or "(not written yet)").split())
        lines.append(f"{_after_comma(statement, due, state)}  [{row.id}]")
        if life.last_review is not None:
            words = outcome_words(life.outcome) or "reviewed"
            lines.append(f"{_INDENT}{_after_comma(words, short_day(life.last_review.get('date')))}")
    return lines


def _cycle(register: Register, pupil: StoredRow) -> list[str]:
    """The four steps with the day each was last taken, the one to take now, and what is stuck."""
    cycle = cycle_of(register, pupil.id, today())
    if not any(step.count for step in cycle.steps):
        return []
    lines = [
        _after_comma(STEPS[step.id], short_day(step.day) if step.day else "not yet", step.words)
        for step in cycle.steps
    ]
    lines.append(f"Step to take now: {STEPS[cycle.next]}")
    return [*lines, *(f"Stuck: {REASONS[each]}" for each in cycle.stuck)]


def _conversations(register: Register, rows: Sequence[StoredRow]) -> list[str]:
    """The conversations with the family, the newest first: held, planned or missed."""
    lines = []
    for row in sorted(rows, key=day_of, reverse=True):
        day = short_day(day_of(row)) if day_of(row) else ""
        led = naming.staff_named(row["led_by"], register.get)
        said = _after_comma(LOOKS[state_of(row, today())].word, day, led)
        lines.append(f"{said}  [{row.id}]")
    return lines


def _provision(register: Register, placements: Sequence[StoredRow]) -> list[str]:
    lines = []
    now = today().isoformat()
    for row in _newest(placements, "start"):
        group = register.get(str(row["group"] or ""))
        name = naming.group_name(group, register.get) if group is not None else "a group"
        over = "" if covers(row, now) else "over" if (row["end"] or "") < now else "to come"
        scores = [
            f"{word} {row[score]:g}"
            for word, score in (("entry", "entry_score"), ("exit", "exit_score"))
            if isinstance(row[score], (int, float))
        ]
        lines.append(_after_comma(name, _span(row), over, *scores))
    return lines


def _notes(register: Register, notes: Sequence[StoredRow]) -> list[str]:
    lines: list[str] = []
    for row in notes:
        kind = _label(register, row, "kind") or "Note"
        with_whom = f"with {row['with_whom']}" if row["with_whom"] else ""
        confidential = "confidential" if row["confidential"] else ""
        lines.append(_after_comma(short_day(row["happened_on"]), kind, with_whom, confidential))
        lines += _wrapped(str(row["text"] or ""))
    return lines


def _reviews(reviews: Sequence[StoredRow]) -> list[StoredRow]:
    return sorted(
        reviews, key=lambda row: str(row["held_on"] or row["planned_for"] or ""), reverse=True
    )


def _review(register: Register, row: StoredRow) -> str:
    kind = _label(register, row, "kind") or "Review"
    if row["held_on"]:
        return _after_comma(kind, f"held {short_day(row['held_on'])}")
    planned = short_day(row["planned_for"])
    return _after_comma(kind, f"planned for {planned}" if planned else "no date yet")


def _contact(register: Register, row: StoredRow) -> str:
    restricted = f"restriction: {row['restriction']}" if row["restriction"] else ""
    relationship = _label(register, row, "relationship")
    speaks = interpreter_words(row)
    return _after_comma(row["name"], relationship, row["phone"], row["email"], speaks, restricted)
