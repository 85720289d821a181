"""What is odd about conversations: days that cannot be, and children who were not here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.open_days import shut_words
from senreg.rules.reading import Reading, Row


def conversation_findings(register: Reading, today: date) -> Iterator[Finding]:
    """Every conversation with a day that cannot be true, in the register's order."""
    by_child = register.by("conversations", "pupil")
    for row in register.all("conversations"):
        yield from findings_of(register, row, today, by_child.get(row.get("pupil"), ()))


def findings_of(
    register: Reading, row: Row, today: date, own: Sequence[Row] | None = None
) -> Iterator[Finding]:
    """What is odd about one conversation.

    Args:
        register: The open register.
        row: A row of `conversations`.
        today: The day after which nothing can have been held.
        own: All conversations of the child, where they are at hand.
    """
    if own is None:
        own = register.by("conversations", "pupil").get(row.get("pupil"), ())
    held, planned = row.get("held_on"), row.get("planned_for")
    shut = "" if held else shut_words(planned, register.all("terms"), today)
    pupil = register.get(str(row.get("pupil") or ""))
    name = who(pupil) if pupil is not None else "A child"

    def odd(code: str, words: str) -> Finding:
        return Finding(code, "warning", "conversations", row["id"], f"{name}: {words}")

    if shut:
        yield odd("planned_while_shut", f"a conversation is planned, but {shut}")
    if held and _is_second(own, row):
        yield odd(
            "conversation_twice",
            f"two conversations were held on {short_day(held)}, and both are counted: archive "
            "the one that was not.",
        )
    if held and held > today.isoformat():
        day = short_day(held)
        yield odd("held_in_future", f"a conversation is held on {day}, which is still to come.")
    given = row.get("summary_given_on")
    if given and held and given < held:
        yield odd(
            "summary_before_conversation",
            f"the summary was given on {short_day(given)}, before the conversation of "
            f"{short_day(held)}.",
        )
    if given and not held:
        yield odd(
            "summary_without_conversation",
            f"a summary was given on {short_day(given)} of a conversation that was not held.",
        )
    if pupil is None:
        return
    left, joined = pupil.get("left"), pupil.get("joined")
    if left and held and held > left:
        yield odd(
            "conversation_after_leaving",
            f"a conversation was held on {short_day(held)}, after the child left on "
            f"{short_day(left)}.",
        )
    elif left and planned and not held and planned > left:
        yield odd(
            "conversation_after_leaving",
            f"a conversation is planned for {short_day(planned)}, after the child left on "
            f"{short_day(left)}.",
        )
    if joined and held and held < joined:
        yield odd(
            "conversation_before_joining",
            f"a conversation was held on {short_day(held)}, before the child joined on "
            f"{short_day(joined)}.",
        )


def _is_second(own: Sequence[Row], row: Row) -> bool:
    """Whether another conversation of the child, written before, was held on the same day."""
    same = [each["id"] for each in own if each.get("held_on") == row["held_on"]]
    return bool(same) and same[0] != row["id"]
