"""The tabs of notes and calls, of reviews, and of history as a story."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words, record_words
from senreg.clock import today
from senreg.models.days import shown_moment
from senreg.register import Register
from senreg.rules.dates import short_day, shown_day
from senreg.rules.due import DUE_LOOK, due_state
from senreg.rules.naming import staff_named

if TYPE_CHECKING:
    from senreg.register import FieldChange


def notes(page: Page) -> Iterator[Entry]:
    """Notes and calls, the newest first, where the papers are, and what was given out."""
    yield heading("Notes and calls", "notes")
    rows = newest(page.rows("notes"), "happened_on")
    if not rows:
        yield nothing(
            "Nothing written yet. n writes down a call, a meeting, something seen.", "notes"
        )
    for row in rows:
        kind = field_words(page.register, "notes", "kind", row["kind"])[1]
        whom = f"with {row['with_whom']}" if row["with_whom"] else ""
        day = shown_day(row["happened_on"]) or "no date"
        secret = "confidential" if row["confidential"] else ""
        yield entry(
            row,
            Words(joined(day, kind, whom, secret), "info"),
            Words(row["text"], indent=2),
            apart=True,
        )
    yield heading("Documents", "documents")
    rows = newest(page.rows("documents"), "dated")
    if not rows:
        yield nothing("None listed. n adds a paper and where it is kept.", "documents")
    for row in rows:
        kind = field_words(page.register, "documents", "kind", row["kind"])[1]
        given = f"given to {row['given_to']}" if row["given_to"] else ""
        yield entry(
            row,
            Words(joined(row["title"] or kind, row["title"] and kind, short_day(row["dated"]))),
            Words(joined(row["kept_where"], given), "muted", indent=2),
        )
    yield heading("Plans and summaries given out", "plans")
    rows = newest(page.rows("plans"), "shared_on")
    if not rows:
        yield nothing("None yet. A conversation's summary stands here once it is given.", "plans")
    for row in rows:
        kind = field_words(page.register, "plans", "kind", row["kind"])[1]
        whom = f"given to {row['shared_with']}" if row["shared_with"] else ""
        yield entry(
            row,
            Words(joined(short_day(row["shared_on"]), kind, row["title"], whom), "info"),
            Words(row["text"], indent=2),
            apart=True,
        )


def reviews(page: Page) -> Iterator[Entry]:
    """Reviews to come by date, then those that were held."""
    rows = page.rows("reviews")
    coming = sorted(
        (row for row in rows if not row["held_on"]), key=lambda row: str(row["planned_for"] or "")
    )
    held = newest([row for row in rows if row["held_on"]], "held_on")
    yield heading("To come", "reviews")
    if not coming:
        yield nothing("None planned. n plans one.", "reviews")
    for row in coming:
        word, symbol, colour = DUE_LOOK[due_state(row["planned_for"], today())]
        kind = field_words(page.register, "reviews", "kind", row["kind"])[1]
        yield entry(
            row,
            Words(joined(f"{symbol} {word}", shown_day(row["planned_for"]), kind), colour),
            Words(row["invited"], indent=2, label="Invited"),
        )
    if held:
        yield heading("Held", "reviews")
    for row in held:
        kind = field_words(page.register, "reviews", "kind", row["kind"])[1]
        decision = field_words(page.register, "reviews", "la_decision", row["la_decision"])[1]
        yield entry(
            row,
            Words(joined(shown_day(row["held_on"]), kind)),
            Words(row["attended"], indent=2, label="Came"),
            Words(decision, indent=2, label="Authority's decision"),
        )


def history(page: Page) -> Iterator[Entry]:
    """What was changed, by whom and when, the newest first; each change opens its record."""
    changes = page.register.history(
        page.pupil.id, children=True, field=page.field or None, by=page.by or None
    )
    if page.field or page.by:
        only = f"of {field_title(page.register, page.field)}" if page.field else ""
        who = f"by {staff_named(page.by, page.register.get)}" if page.by else ""
        which = " ".join(filter(None, (only, who)))
        said = f"Only what was changed {which}. b narrows it or shows everything again."
        yield Entry("", [Words(said, "warn")], heading=True)
    if not changes:
        yield nothing("Nothing has been changed.", "")
    commits = [list(group) for _, group in groupby(changes, key=lambda each: each.commit)]
    for commit in reversed(commits):
        first = commit[0]
        by = staff_named(first.by, page.register.get)
        how = {"undo": "Undone: ", "redo": "Done again: ", "merge": "Merged: "}.get(first.kind, "")
        head = joined(shown_moment(first.at), by, f"{how}{first.label}")
        yield Entry("", [Words(head, "info")], heading=True)
        for record, fields in groupby(commit, key=lambda each: each.record):
            words = list(_record(page.register, record, list(fields)))
            yield Entry(record, words, detail=first.commit)


def field_title(register: Register, name: str) -> str:
    """A field's title, whichever of a child's records it is of."""
    from senreg.models.tables import TABLES, fields_of

    for table in ("pupils", *TABLES):
        if any(field.name == name for field in fields_of(table)):
            return field_words(register, table, name, None)[0]
    return field_words(register, "", name, None)[0]


def _record(register: Register, record: str, changes: list[FieldChange]) -> Iterator[Words]:
    what = record_words(register, record)
    created = changes[0].created
    yield Words(f"{what}{' was added' if created else ''}", "strong")
    for change in changes:
        title, new = field_words(register, change.table, change.field, change.new)
        if created:
            if change.field != "pupil" and change.new not in (None, False, [], ""):
                yield Words(new, indent=2, label=title)
        else:
            old = field_words(register, change.table, change.field, change.old)[1]
            yield Words(f"{old or '(nothing)'} → {new or '(nothing)'}", indent=2, label=title)
