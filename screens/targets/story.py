"""A target as it reads: what it is and lacks, how it went, what was promised, what serves it."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.aims import action_entry, review_entry
from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words, period_words
from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.cycle import REASONS
from senreg.rules.dates import short_day
from senreg.rules.naming import group_name, staff_named
from senreg.rules.smart import SMART, smart_words
from senreg.rules.target_rows import target_row


def target_story(register: Register, target: Row, *, archived: bool = False) -> Iterator[Entry]:
    """Everything about one target.

    Args:
        register: The open register.
        target: The target.
        archived: Archived reviews and actions too.
    """
    page = Page(register, target, archived)
    yield _itself(register, target)
    reviews = newest(page.rows("target_reviews", "target"), "date")
    yield heading("Reviews", "target_reviews")
    if not reviews:
        yield nothing("Not reviewed yet. r says how it goes.", "target_reviews")
    for review in reviews:
        yield review_entry(page, review)
    actions = [
        each for about in (target, *reviews) for each in page.rows("actions", "about", about.id)
    ]
    yield heading("Actions", "actions")
    if not actions:
        yield nothing("Nothing is promised for this target alone. n adds an action.", "actions")
    for action in actions:
        yield action_entry(action)
    talk = target["conversation"]
    together = page.rows("actions", "about", talk) if talk else []
    if together:
        yield heading("Agreed in the same conversation", "actions")
    for action in together:
        yield action_entry(action)
    serving = [row for row in register.all("placements") if target.id in (row["targets"] or ())]
    yield heading("Help that works on it", "placements")
    if not serving:
        yield nothing("No group works on it. a places the child in one.", "placements")
    for row in newest(serving, "start"):
        group = register.get(row["group"] or "")
        name = group_name(group, register.get) if group is not None else "(group not found)"
        yield entry(row, Words(name), Words(period_words(row["start"], row["end"]), "muted"))


def _itself(register: Register, target: Row) -> Entry:
    row = target_row(register, target, today())
    area = field_words(register, "targets", "area", target["area"])[1]
    kind = field_words(register, "targets", "kind", target["kind"])[1]
    status = field_words(register, "targets", "status", target["status"])[1]
    smart = smart_words(target)
    stuck = "; ".join(REASONS[each] for each in row.stuck) if row.active else ""
    open_words = [Words(smart, "good" if smart == SMART else "warn", label="SMART")]
    return entry(
        target,
        Words(target["statement"] or "(not worded yet)", "strong"),
        Words(f"{row.look.symbol} {row.state_words}", row.look.colour, label="Where it stands"),
        Words("! " + stuck if stuck else "", "warn", label="Stuck"),
        Words(joined(kind, area, status if row.active else ""), label="Kind"),
        Words(target["child_statement"], label="In the child's words"),
        Words(target["baseline"], label="Where it starts"),
        Words(target["success_criterion"], label="How we will know"),
        Words(target["measure"], label="Measured by"),
        Words(figures(register, target), label="Figures"),
        Words(staff_named(target["owner"], register.get), label="Led by"),
        Words(short_day(target["set_on"]) if target["set_on"] else "", label="Set on"),
        *(open_words if row.active else ()),
    )


def figures(register: Register, target: Row) -> str:
    """'from 42 to 60 words a minute'; empty where no figures are given."""
    start, goal = (
        field_words(register, "targets", name, target[name])[1]
        for name in ("start_value", "target_value")
    )
    words = " ".join(each for each in (start and f"from {start}", goal and f"to {goal}") if each)
    return f"{words} {target['unit'] or ''}".strip() if words else ""


def example_story(register: Register, example: Row) -> Iterator[Entry]:
    """An example of the bank, in full."""
    area = field_words(register, "target_examples", "area", example["area"])[1]
    kind = field_words(register, "target_examples", "kind", example["kind"])[1]
    yield entry(
        example,
        Words(example["statement"] or "(no wording)", "strong"),
        Words(joined(kind, area), "muted"),
        Words(example["success_criterion"], label="How we will know"),
        Words(example["measure"], label="Measured by"),
        Words(example["child_statement"], label="In the child's words"),
    )
