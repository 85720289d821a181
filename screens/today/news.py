"""What takes time to find out for Today: what changed since last time, and what looks odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from screens.today.lines import Line, near_day, some
from screens.widgets.section_list import Section
from senreg.clock import shown

if TYPE_CHECKING:
    # Loaded when there is something to tell: whoever goes on to the list needs none of it.
    from senreg.register import Register
    from senreg.rules.found import Finding
    from senreg.rules.news import NewsLine

TOLD_ELSEWHERE = frozenset({"no_primary_need", "target_overdue", "review_overdue"})
"""Findings that stand on the page already, in sections of their own."""


class Since(NamedTuple):
    """From when, and whose changes are no news.

    Args:
        last_seen: When this register was last closed here, in milliseconds; 0 for never.
        started: When it was opened this time.
        copy: This copy.
        person: Who sits here: what they did on this copy since it was opened is no news.
    """

    last_seen: int
    started: int
    copy: str
    person: str


class Learned(NamedTuple):
    """What was found out.

    Args:
        changed: What changed since last time.
        odd: Findings that want a look.
        failed: Why nothing could be found out; empty where it could.
    """

    changed: Sequence[NewsLine] = ()
    odd: Sequence[Finding] = ()
    failed: str = ""


class Found(Message):
    """The thread has found out what there was to find.

    Args:
        version: The version of the register it looked at.
        learned: What it found.
    """

    def __init__(self, version: int, learned: Learned) -> None:
        super().__init__()
        self.version = version
        self.learned = learned


def learn(register: Register, since: Since, today: date) -> Learned:
    """Find out what changed and what looks odd. It takes time, and may be done on a thread."""
    from senreg.errors import SenregError
    from senreg.rules.findings import findings
    from senreg.rules.news import news

    try:
        changes = (
            [
                each
                for each in register.changes_since(since.last_seen)
                if not (
                    each.at >= since.started and each.copy == since.copy and each.by == since.person
                )
            ]
            if since.last_seen
            else []
        )
        changed = news(changes, register.get)
        odd = [
            each
            for each in findings(register, today)
            if each.severity != "note" and each.code not in TOLD_ELSEWHERE
        ]
    except SenregError as error:
        return Learned(failed=error.happened)
    return Learned(changed, odd)


def news_lines(
    learned: Learned | None, last_seen: int, today: date, few: int, opened: set[str]
) -> Iterator[Line | Section]:
    """What changed since last time; while that is being found out, that it is."""
    if not last_seen:
        yield Section("news", "What changed since last time")
        words = "You are here for the first time. Next time this tells what changed."
        yield Line("first", words=words, tone="muted")
        return
    when = shown(last_seen)
    title = f"Changed since you left it on {near_day(when[:10], today)}, {when[11:]}"
    if learned is None:
        yield Section("news", title)
        yield Line("looking", words="Looking…", tone="muted")
        return
    if learned.failed:
        yield Section("news", title)
        yield Line("failed", words=learned.failed, tone="warn")
        return
    if not learned.changed:
        yield Section("news", title)
        yield Line("nothing", words="Nothing changed.", tone="muted")
        return
    yield Section("news", f"{title}: {len(learned.changed)}")
    lines = [
        Line(
            f"news {each.record} {each.at}",
            (near_day(shown(each.at)[:10], today), "muted"),
            each.name or "School",
            each.class_name,
            words=f"{each.person}: {each.words}",
            record=each.record,
        )
        for each in learned.changed
    ]
    yield from some("news", lines, few, opened)


def odd_lines(learned: Learned | None, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """Findings that want a look, if there are any."""
    if learned is None or not learned.odd:
        return
    yield Section("odd", f"Looks odd: {len(learned.odd)}")
    from senreg.rules.remedies import REMEDIED

    lines = [
        Line(
            f"odd {each.code} {each.record} {place}",
            ("! Wrong", "bad") if each.severity == "error" else ("? Look", "warn"),
            words=each.message,
            record="" if each.code in REMEDIED else each.record,
            command="to_review" if each.code in REMEDIED else "",
            table="step" if each.code in REMEDIED else "",
        )
        for place, each in enumerate(learned.odd)
    ]
    yield from some("odd", lines, few, opened)
