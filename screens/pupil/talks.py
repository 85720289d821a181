"""The tab of structured conversations: to come, missed and held, with what came of each."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.aims import action_entry
from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words
from senreg.clock import today
from senreg.register import Row
from senreg.rules.conversations import (
    LOOKS,
    MISSED,
    PLANNED,
    day_of,
    is_held,
    state_of,
    summary_due,
)
from senreg.rules.dates import short_day, shown_day
from senreg.rules.naming import staff_named
from senreg.rules.target_rows import KINDS

SAID = (
    "going_well",
    "concerns",
    "hopes",
    "has_worked",
    "explore",
    "parent_words",
    "pupil_words",
    "focus",
    "plan",
    "review",
)


def conversations(page: Page) -> Iterator[Entry]:
    """Those to come by date, then the others, the newest first, each with what was agreed."""
    rows = page.rows("conversations")
    coming = sorted(
        (row for row in rows if state_of(row, today()) == PLANNED),
        key=lambda row: str(row["planned_for"]),
    )
    planned = {row.id for row in coming}
    before = sorted((row for row in rows if row.id not in planned), key=day_of, reverse=True)
    yield heading("To come", "conversations")
    if not coming:
        yield nothing("None planned. n plans one, or writes one down now.", "conversations")
    for row in coming:
        yield from _coming(page, row)
    if before:
        yield heading("Held, and missed", "conversations")
    for row in before:
        yield from _held(page, row) if is_held(row) else _coming(page, row)


def _coming(page: Page, row: Row) -> Iterator[Entry]:
    state = state_of(row, today())
    look = LOOKS[state]
    led = staff_named(row["led_by"], page.register.get)
    day = shown_day(row["planned_for"]) or "no day"
    yield entry(
        row,
        Words(
            joined(f"{look.symbol} {look.word}", day, row["at"], led),
            "bad" if state == MISSED else "strong",
        ),
        Words(row["not_there"], indent=2, label="Who did not come"),
        apart=True,
    )
    yield from _attempts(page, row)


def _held(page: Page, row: Row) -> Iterator[Entry]:
    register = page.register
    led = staff_named(row["led_by"], register.get)
    words = [Words(joined(f"√ {shown_day(row['held_on'])}", led), "good")]
    for name in ("attendees", "not_there"):
        title, text = field_words(register, "conversations", name, row[name])
        words.append(Words(text, indent=2, label=title))
    for name in SAID:
        title, text = field_words(register, "conversations", name, row[name])
        words.append(Words(text, indent=2, label=title))
    for target in register.find("targets", conversation=row.id):
        kind = KINDS.get(str(target["kind"]), "Target")
        words.append(
            Words(target["statement"] or "(not worded yet)", "strong", indent=2, label=kind)
        )
    if row["summary_given_on"]:
        given = joined(short_day(row["summary_given_on"]), row["summary_given"])
        words.append(Words(given, "muted", indent=2, label="Summary given"))
    elif summary_due(row):
        words.append(Words("not yet: k makes it", "warn", indent=2, label="Summary given"))
    if row["handed_on"]:
        to = staff_named(row["handed_to"], register.get)
        handed = joined(short_day(row["handed_on"]), to)
        words.append(Words(handed, "muted", indent=2, label="Handed over"))
    yield entry(row, *words, apart=True)
    yield from _attempts(page, row)
    for action in page.rows("actions", "about", row.id):
        yield action_entry(action)


def _attempts(page: Page, row: Row) -> Iterator[Entry]:
    for each in newest(page.rows("attempts", "conversation", row.id), "on"):
        how = field_words(page.register, "attempts", "how", each["how"])[1]
        yield entry(
            each,
            Words(joined("Tried", short_day(each["on"]), how), "warn", indent=4),
            Words(each["why_not"], indent=6),
        )
