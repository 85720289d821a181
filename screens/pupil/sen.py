"""The tab of statuses, needs, barriers and strategies."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words, period_words
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.needs import need_word
from senreg.rules.status import status_look


def sen(page: Page) -> Iterator[Entry]:
    """Status by date, then needs by rank, barriers, and what adults do that helps."""
    yield from _statuses(page)
    yield from _needs(page)
    yield from _barriers(page)
    yield from _strategies(page)


def _statuses(page: Page) -> Iterator[Entry]:
    yield heading("Status", "sen_statuses")
    rows = newest(page.rows("sen_statuses"), "start")
    if not rows:
        yield nothing("Nothing recorded. g changes the status step by step.", "sen_statuses")
    for row in rows:
        word, symbol, colour = status_look(row["code"])
        told = row["parents_informed_on"]
        yield entry(
            row,
            Words(
                joined(f"{symbol} {word}", period_words(row["start"], row["end"])),
                "muted" if row["end"] else colour,
            ),
            Words(row["reason"], indent=2),
            Words(f"Parents told on {short_day(told)}" if told else "", "muted", indent=2),
        )


def _needs(page: Page) -> Iterator[Entry]:
    yield heading("Needs", "needs")
    rows = sorted(page.rows("needs"), key=lambda row: (bool(row["end"]), row["rank"] or 99))
    if not rows:
        yield nothing("No needs recorded. n adds one; rank 1 is the primary need.", "needs")
    for row in rows:
        rank = {None: "", 1: "primary"}.get(row["rank"], f"rank {row['rank']}")
        yield entry(
            row,
            Words(
                joined(need_word(row["code"]), rank, period_words(row["start"], row["end"])),
                "muted" if row["end"] else "",
            ),
            Words(f"Source: {row['source']}" if row["source"] else "", "muted", indent=2),
        )


def _barriers(page: Page) -> Iterator[Entry]:
    yield heading("Barriers", "barriers")
    rows = newest(page.rows("barriers"), "identified_on")
    if not rows:
        yield nothing("None recorded. n adds what stands in the way of learning.", "barriers")
    for row in rows:
        kind = field_words(page.register, "barriers", "category", row["category"])[1]
        over = row["resolved_on"]
        seen = f"seen {short_day(row['identified_on'])}" if row["identified_on"] else ""
        yield entry(
            row,
            Words(
                joined(kind, seen, over and f"overcome {short_day(over)}"), "muted" if over else ""
            ),
            Words(row["description"], "muted" if over else "", indent=2),
            Words(staff_named(row["by"], page.register.get), "muted", indent=2),
        )


def _strategies(page: Page) -> Iterator[Entry]:
    yield heading("What adults do that helps", "strategies")
    rows = page.rows("strategies")
    if not rows:
        yield nothing("Nothing yet. n adds a strategy for class or home.", "strategies")
    for row in rows:
        place = field_words(page.register, "strategies", "place", row["place"])[1]
        yield entry(row, Words(row["description"]), Words(place, "muted", indent=2))
