"""The tab of targets with their reviews and actions."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words
from senreg.clock import today
from senreg.models.tables import field_of
from senreg.register import Row
from senreg.rules.dates import short_day
from senreg.rules.due import DUE_LOOK
from senreg.rules.naming import staff_named
from senreg.rules.target_life import is_open, outcome_words, target_life


def aims(page: Page) -> Iterator[Entry]:
    """Open targets by date, then those that are closed; each with what followed from it."""
    rows = page.rows("targets")
    opened = sorted(
        (row for row in rows if is_open(row)), key=lambda row: str(row["due"] or "9999")
    )
    closed = newest([row for row in rows if not is_open(row)], "set_on")
    yield heading("Open targets", "targets")
    if not opened:
        yield nothing("No open target. n writes one.", "targets")
    for row in opened:
        yield from _target(page, row)
    if closed:
        yield heading("Targets before", "targets")
    for row in closed:
        yield from _target(page, row)


def _target(page: Page, row: Row) -> Iterator[Entry]:
    reviews = page.rows("target_reviews", "target", row.id)
    life = target_life(row, [each for each in reviews if not each.archived], today())
    word, symbol, colour = DUE_LOOK[life.state]
    area = field_words(page.register, "targets", "area", row["area"])[1]
    status = field_words(page.register, "targets", "status", row["status"])[1]
    if not row["due"]:
        when, colour = "! No date", "warn"
    elif life.state == "none":
        when = f"Reviewed; was due {short_day(row['due'])}"
    else:
        when = f"{symbol} {word}, {short_day(row['due'])}"
    yield entry(
        row,
        Words(row["statement"] or "(not worded yet)", "strong" if life.is_open else "muted"),
        Words(
            joined(when, area, status) if life.is_open else joined(status, area),
            colour if life.is_open else "muted",
            indent=2,
        ),
        Words(row["child_statement"], indent=2, label="In the child's words"),
        Words(row["baseline"], indent=2, label="Where it starts"),
        Words(row["success_criterion"], indent=2, label="How we will know"),
        Words(staff_named(row["owner"], page.register.get), indent=2, label="Led by"),
        apart=True,
    )
    for review in newest(reviews, "date"):
        yield review_entry(page, review)
    for action in page.rows("actions", "about", row.id):
        yield action_entry(action)


def review_entry(page: Page, row: Row) -> Entry:
    """A review of a target."""
    by = staff_named(row["by"], page.register.get)
    head = joined(f"Review {short_day(row['date'])}", outcome_words(row["outcome"]), by)
    return entry(
        row,
        Words(head, "info", indent=4),
        Words(_figure(page, row), indent=6, label="Figure now"),
        Words(row["evidence"], indent=6),
        Words(_child_says(row), indent=6, label="The child says"),
        Words(row["parent_view"], indent=6, label="The family says"),
        Words(row["next_step"], indent=6, label="Next step"),
        table="targets",
    )


def _child_says(review: Row) -> str:
    """The child's own rating and words."""
    rating = field_of("target_reviews", "pupil_rating").label_of(review["pupil_rating"])
    return joined(rating, review["pupil_view"])


def _figure(page: Page, review: Row) -> str:
    """'52 words a minute'; empty where a review has no figure."""
    target = page.register.get(review["target"] or "")
    figure = field_words(page.register, "target_reviews", "value", review["value"])[1]
    unit = target["unit"] if target is not None else None
    return f"{figure} {unit or ''}".strip() if figure else ""


def action_entry(row: Row) -> Entry:
    """An action that follows from a target."""
    done = row["done_on"]
    due = f"by {short_day(row['due'])}" if row["due"] else ""
    head = joined("✓ Done" if done else "Action", row["who"], short_day(done) if done else due)
    return entry(
        row,
        Words(head, "good" if done else "info", indent=4),
        Words(row["what"], indent=6),
        table="targets",
    )
