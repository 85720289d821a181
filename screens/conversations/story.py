"""What was said and agreed, as it is read: last time beside the form, and a whole conversation."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import joined
from screens.widgets.story import Entry, Words
from screens.wording import field_words
from senreg.register import Register
from senreg.rules.conversation_agreed import Agreed, agreed_last_time, open_besides
from senreg.rules.conversation_attempts import tried_since
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.reading import Row
from senreg.rules.target_life import is_open, last_review, outcome_words
from senreg.rules.target_rows import KINDS

STATUS = {
    "met": "met",
    "partly": "partly met",
    "not_met": "not met",
    "carried_over": "carried over",
    "dropped": "dropped",
}


def last_time(register: Register, pupil: str, before: str, now: str = "") -> Iterator[Entry]:
    """What was agreed with the family before an ISO day, and how it stands today.

    What was tried in vain since then stands first.

    Args:
        register: The open register.
        pupil: The pupil's id.
        before: Only conversations held before this ISO day are looked at.
        now: The id of the conversation that is written down; empty for a new one.
    """
    agreed = agreed_last_time(register, pupil, before)
    yield from _tried(register, pupil, agreed.conversation["held_on"] if agreed else "", before)
    if agreed is None:
        yield _heading("Last time")
        yield Entry("", [Words("No conversation was held with this family before.", "muted")])
    else:
        yield from _agreed(register, agreed)
    besides = open_besides(register, pupil, agreed, now)
    if besides:
        yield _heading("Open besides")
    for target in besides:
        last = last_review(register.by("target_reviews", "target").get(target["id"], ()))
        yield Entry("", [*_target(target, last)])


def _agreed(register: Register, agreed: Agreed) -> Iterator[Entry]:
    row = agreed.conversation
    led = staff_named(row["led_by"], register.get)
    yield _heading(joined(f"Last time, {short_day(row['held_on'])}", led))
    yield from agreed_entries(agreed)
    for label, text in (
        ("In their words", row["parent_words"]),
        ("The child said", row["pupil_words"]),
        ("What mattered", row["focus"]),
        ("Agreed besides", row["plan"]),
    ):
        if text:
            yield Entry("", [Words(label, "heading"), Words(text, indent=2)])
    if row["next_on"]:
        yield Entry("", [Words(f"To meet again on {short_day(row['next_on'])}", "muted")])


def _tried(register: Register, pupil: str, since: str, before: str) -> Iterator[Entry]:
    """What was tried in vain since the last conversation, and why nobody came."""
    tried = tried_since(register, pupil, since, before)
    if tried:
        yield _heading(f"Tried in vain: {len(tried)}")
    for each in tried:
        how = field_words(register, "attempts", "how", each["how"])[1]
        day = short_day(each["on"]) if each["on"] else ""
        yield Entry("", [Words(joined(day, how), "warn"), Words(each["why_not"], indent=2)])


def agreed_entries(agreed: Agreed) -> Iterator[Entry]:
    """Targets, actions and barriers, each with how it stands."""
    if not (agreed.targets or agreed.actions):
        yield Entry("", [Words("No target and no action was agreed.", "muted")])
    for target in agreed.targets:
        yield Entry("", [*_target(target, agreed.reviews.get(target["id"]))])
    if agreed.actions:
        done = f"{agreed.done} of {len(agreed.actions)} done"
        yield Entry("", [Words(f"Actions: {done}", "heading")])
    for action in agreed.actions:
        yield Entry("", [action_words(action)])
    if agreed.barriers:
        yield Entry("", [Words("Stands in the way", "heading")])
    for barrier in agreed.barriers:
        yield Entry("", [Words(barrier["description"] or barrier["category"], indent=2)])


def _target(target: Row, review: Row | None) -> Iterator[Words]:
    kind = KINDS.get(str(target["kind"]), "Target")
    state = "open" if is_open(target) else STATUS.get(str(target["status"]), "closed")
    due = f"due {short_day(target['due'])}" if target["due"] and is_open(target) else ""
    yield Words(joined(kind, state, due), "heading")
    yield Words(target["statement"] or "(not worded yet)", indent=2)
    if review is not None:
        yield Words(
            joined(short_day(review["date"]), outcome_words(review["outcome"])), "info", indent=2
        )


def action_words(action: Row) -> Words:
    """An action in a line: whether it is done, what, who and by when."""
    done = action["done_on"]
    due = f"by {short_day(action['due'])}" if action["due"] else ""
    words = joined(
        f"{'✓' if done else '○'} {action['what'] or 'Action'}",
        action["who"],
        f"done {short_day(done)}" if done else due,
    )
    return Words(words, "good" if done else "", indent=2)


def _heading(title: str) -> Entry:
    return Entry("", [Words(title, "heading")], heading=True)
