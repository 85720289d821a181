"""What the Today screen shows: what is due, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from senreg.rules.belonging import is_archived, pupil_of
from senreg.rules.conversation_year import part_now
from senreg.rules.conversations import dated_conversations
from senreg.rules.due import due_state
from senreg.rules.leading.today import Awaited, awaited
from senreg.rules.naming import UNWORDED, excerpt, list_name, staff_named
from senreg.rules.needs import open_needs, primary_of
from senreg.rules.reading import Reading, Row
from senreg.rules.retention import due_keepings
from senreg.rules.reviews import open_targets, pending_reviews, pending_targets
from senreg.rules.roll import roll_state
from senreg.rules.status import has_sen, status_look, status_on
from senreg.rules.statutory import BY_WORDS, LIMITS, statutory_dates

REVIEW_WORDS = {
    "termly": "Termly review",
    "annual": "Annual review of the plan",
    "transition": "Transition review",
    "initial": "Initial review",
}


KINDS = ("statutory", "review", "conversation", "target", "summary", "action")
"""What can be due, the weightiest first."""

_LEAD = "Review target: "

_TALK_WORDS = {
    "conversation": "Conversation",
    "summary": "Summary for the family",
}


class TodayLine(NamedTuple):
    """One thing that wants attention.

    Args:
        kind: statutory, review, conversation, target, summary, action, no_target, no_need or
            file.
        record: The id of what the line opens.
        pupil: The pupil's id; empty where the matter is no pupil's.
        name: The pupil as lists have it; empty where there is none.
        class_name: The pupil's class.
        day: The ISO day it is or was due; empty where it has no day.
        state: overdue or due; none where it has no day.
        words: What it is, in a line.
        source: The law a day comes from; empty where it is the school's own.
        short: Its paragraph alone.
        limit: The statutory limit it is about: one record may have several.
        table: The table of the record, for a statutory date.
    """

    kind: str
    record: str
    pupil: str
    name: str
    class_name: str
    day: str
    state: str
    words: str
    source: str = ""
    short: str = ""
    limit: str = ""
    table: str = ""

    @property
    def text(self) -> str:
        """What it is, beside a word for its kind: a target without 'Review target'.

        A statutory date begins with its paragraph, which is seen where the rest is cut.
        """
        words = self.words.removeprefix(_LEAD)
        return f"{self.short}: {words}" if self.short else words


class Today(NamedTuple):
    """Everything on the screen.

    Args:
        overdue: Meetings first, then targets, then actions, each by day: what is most weighty
            is not buried under what was left longest.
        due: What is due within a fortnight, by day.
        no_target: Children without an open target, by class and name.
        no_need: Children without a primary need, by class and name.
        files: Files of children who have left that are to be sent, asked after or erased.
        leaders: What waits for leaders, where the School screen is switched on.
    """

    overdue: tuple[TodayLine, ...]
    due: tuple[TodayLine, ...]
    no_target: tuple[TodayLine, ...]
    no_need: tuple[TodayLine, ...]
    files: tuple[TodayLine, ...] = ()
    leaders: tuple[Awaited, ...] = ()


def today_lines(register: Reading, today: date) -> Today:
    """What is overdue or due within a fortnight, and who lacks a target or a primary need.

    Of children who have left only the file is left to see to.
    """
    dated = due_and_overdue(register, today)
    no_target, no_need = gaps(register, today)
    overdue = [line for line in dated if line.state == "overdue"]
    overdue.sort(key=lambda line: KINDS.index(line.kind))
    return Today(
        tuple(overdue),
        tuple(line for line in dated if line.state == "due"),
        tuple(no_target),
        tuple(no_need),
        tuple(_files(register, today)),
        tuple(awaited(register, today)),
    )


def due_and_overdue(register: Reading, today: date) -> list[TodayLine]:
    """What is to be held, reviewed, given or done, up to a fortnight on, by day."""
    pupils = _present(register, today)
    lines = []
    for kind, record, pupil, day, words in _dated(register, today):
        state = due_state(day, today)
        child = pupils.get(pupil)
        if state in ("overdue", "due") and (child is not None or not pupil):
            lines.append(_line(kind, record, child, day, state, words))
    lines += _statutory(register, today, pupils)
    lines.sort(key=lambda line: (line.day, line.name, KINDS.index(line.kind)))
    return lines


def gaps(register: Reading, today: date) -> tuple[list[TodayLine], list[TodayLine]]:
    """Children on the SEN register who have no open target, and who have no primary need."""
    statuses, needs = register.by("sen_statuses", "pupil"), register.by("needs", "pupil")
    aiming = {row.get("pupil") for row in open_targets(register)}
    no_target, no_need = [], []
    for key, pupil in _present(register, today).items():
        status = status_on(statuses.get(key, ()), today)
        code = status.get("code") if status else None
        if not has_sen(code):
            continue
        word = status_look(code).word
        if key not in aiming:
            no_target.append(_line("no_target", key, pupil, "", "none", f"{word}, no open target"))
        if primary_of(open_needs(needs.get(key, ()), today)) is None:
            no_need.append(_line("no_need", key, pupil, "", "none", f"{word}, no primary need"))
    no_target.sort(key=_by_class)
    no_need.sort(key=_by_class)
    return no_target, no_need


def _statutory(register: Reading, today: date, pupils: dict[str, Row]) -> Iterator[TodayLine]:
    """What the law sets a day for, with who is to act where that is not the school."""
    for each in statutory_dates(register, today):
        state = each.state(today)
        child = pupils.get(each.pupil)
        if state in ("overdue", "due") and not each.limit.quiet and (child or not each.pupil):
            by = "" if each.limit.by == "school" else f", by {BY_WORDS[each.limit.by]}"
            line = _line("statutory", each.record, child, each.day, state, f"{each.words}{by}")
            yield line._replace(
                source=each.limit.source,
                short=each.limit.short,
                limit=each.limit.id,
                table=each.table,
            )


def _files(register: Reading, today: date) -> Iterator[TodayLine]:
    for each in due_keepings(register, today):
        state = due_state(each.day, today) if each.state in ("to_send", "sent") else "none"
        source = LIMITS["records"].source if each.state == "to_send" else ""
        words = f"{each.words}  ·  {source}" if source else each.words
        yield TodayLine("file", each.pupil, each.pupil, each.name, "", each.day, state, words)


def review_words(review: Row) -> str:
    """A review by its kind: 'Termly review'."""
    kind = str(review.get("kind") or "")
    return REVIEW_WORDS.get(kind) or f"{kind} review".strip().capitalize()


def _present(register: Reading, today: date) -> dict[str, Row]:
    day = today.isoformat()
    return {row["id"]: row for row in register.all("pupils") if roll_state(row, day) != "left"}


def _dated(register: Reading, today: date) -> Iterator[tuple[str, str, str, str, str]]:
    """Kind, record, pupil, day and words of everything that is still to be done."""
    for day, row in pending_targets(register):
        words = f"{_LEAD}{excerpt(row.get('statement') or row.get('area') or UNWORDED, 70)}"
        yield "target", row["id"], str(row.get("pupil") or ""), day, words
    for day, row in pending_reviews(register):
        yield "review", row["id"], str(row.get("pupil") or ""), day, review_words(row)
    part = part_now(register, today)
    for talk in dated_conversations(register, today, part):
        row, words = talk.conversation, _TALK_WORDS[talk.what]
        led = staff_named(row.get("led_by"), register.get)
        words = f"{words} led by {led}" if led and talk.what == "conversation" else words
        yield talk.what, row["id"], str(row.get("pupil") or ""), talk.day, words
    for row in register.by("actions", "done_on").get(None, ()):
        about = register.get(str(row.get("about") or ""))
        if row.get("due") and not (about is not None and is_archived(about)):
            pupil = pupil_of(about, register.get)
            who = f" ({row['who']})" if row.get("who") else ""
            words = f"{excerpt(row.get('what') or 'Action', 70)}{who}"
            yield "action", row["id"], pupil["id"] if pupil else "", row["due"], words


def _line(kind: str, record: str, pupil: Row | None, day: str, state: str, words: str) -> TodayLine:
    if pupil is None:
        return TodayLine(kind, record, "", "", "", day, state, words)
    class_name = str(pupil.get("class_name") or "")
    return TodayLine(kind, record, pupil["id"], list_name(pupil), class_name, day, state, words)


def _by_class(line: TodayLine) -> tuple[str, str]:
    return line.class_name, line.name
