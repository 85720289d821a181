"""A conversation on paper: its summary for the family in plain words, and its record for the file.

The summary names the child as the child is called, and says who does what by when. It holds
nothing that was not said or agreed in the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.errors import NoSuchRecord, SenregError
from senreg.models.text import clean, clean_line
from senreg.reports.fitting import near_day
from senreg.reports.outline import Outline, Part
from senreg.rules.contact_cautions import cautions
from senreg.rules.conversation_agreed import Agreed, agreed_in, agreed_last_time
from senreg.rules.conversations import last_held
from senreg.rules.dates import short_day
from senreg.rules.naming import known_as, pupil_name, staff_named
from senreg.rules.reading import Reading, Row
from senreg.rules.target_life import is_open, outcome_words

RECORD, SUMMARY = "conversation", "summary"
"""The names of the two papers."""

PLACES = {"school": "At school", "home": "At home"}
_STATUS = {
    "met": "met",
    "partly": "partly met",
    "not_met": "not met",
    "carried_over": "carried over",
    "dropped": "dropped",
}
_TARGETS = {"curricular": "In learning", "wider": "In wider life at school and beyond"}


@dataclass(frozen=True, slots=True)
class AgreedTarget:
    """One target as a paper tells it; empty text where nothing was written."""

    kind: str
    statement: str
    child_statement: str
    success: str
    due: str
    stands: str


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """One action: what, who and by when."""

    what: str
    who: str
    due: str
    done: str


@dataclass(frozen=True, slots=True)
class Before:
    """What was agreed the last time, and how it stands."""

    day: str
    targets: tuple[AgreedTarget, ...]
    actions: tuple[AgreedAction, ...]


@dataclass(frozen=True, slots=True)
class ConversationPaper:
    """What the templates are given; empty where nothing is known.

    Args:
        name: The child's name.
        called: What the child is called.
        day: The day it was held; of one that was not, what became of it.
        facts: Label and words of who was there, where and how long.
        heard: What was heard, a heading and a text each.
        family: In the family's words.
        child: In the child's words.
        voice: How the child was heard.
        focus: What matters most now.
        targets: The curricular and the wider target.
        actions: By place: its heading and the actions there.
        besides: What else was agreed.
        review: The conversation summed up, and how to keep in touch.
        next: The day of the next one.
        given: When and how the family had the summary.
        attempts: Day, way and reason of tries in vain.
        before: What was agreed the last time; None before the first.
    """

    name: str
    called: str
    day: str
    facts: tuple[tuple[str, str], ...]
    heard: tuple[tuple[str, str], ...]
    family: str
    child: str
    voice: str
    focus: str
    targets: tuple[AgreedTarget, ...]
    actions: tuple[tuple[str, tuple[AgreedAction, ...]], ...]
    besides: str
    review: str
    next: str
    given: str
    attempts: tuple[str, ...]
    before: Before | None


def conversation_of(register: Reading, pupil: str, conversation: str | None) -> Row:
    """The conversation a paper is about: one that is named, or the last one held with a family.

    Raises:
        NoSuchRecord: The child has no conversation of that id.
        SenregError: None was held yet.
    """
    own = register.by("conversations", "pupil").get(pupil, ())
    if conversation:
        found = next((row for row in own if row["id"] == conversation), None)
        if found is None:
            raise NoSuchRecord("This child has no conversation of that id.", "Nothing was made.")
        return found
    last = last_held(own)
    if last is None:
        raise SenregError(
            "No conversation was held with this family yet.",
            "Nothing was made.",
            "Write one down first; it counts as held where a parent or carer came.",
        )
    return last


def conversation_paper(
    register: Reading, pupil: Row, conversation: Row, today: date
) -> ConversationPaper:
    """What is on the papers of one conversation.

    Args:
        register: The register to read.
        pupil: The child's record.
        conversation: The row of `conversations`.
        today: The day it is made.
    """
    agreed = agreed_in(register, conversation)
    held, planned = conversation.get("held_on"), conversation.get("planned_for")
    day = short_day(held) if held else f"not held; planned for {short_day(planned)}"
    name = clean_line(pupil_name(pupil))
    told = {field: clean(conversation.get(field) or "") for field in _TEXTS}
    given = conversation.get("summary_given_on")
    how = clean_line(conversation.get("summary_given") or "")
    return ConversationPaper(
        name=name,
        called=clean_line(known_as(pupil)) or name,
        day=day,
        facts=_facts(register, conversation),
        heard=tuple((title, told[field]) for field, title in _HEARD if told[field]),
        family=told["parent_words"],
        child=told["pupil_words"],
        voice=clean_line(conversation.get("voice") or ""),
        focus=told["focus"],
        targets=_targets(agreed, today),
        actions=_actions(agreed, today),
        besides=told["plan"],
        review=told["review"],
        next=_next(conversation),
        given=", ".join(each for each in (short_day(given) if given else "", how) if each),
        attempts=_attempts(register, conversation),
        before=_before(register, conversation, today),
    )


_HEARD = (
    ("going_well", "What is going well"),
    ("concerns", "Concerns"),
    ("hopes", "Hopes"),
    ("has_worked", "What has worked"),
    ("explore", "What else was said"),
)
_TEXTS = (
    *(field for field, _ in _HEARD),
    "parent_words",
    "pupil_words",
    "focus",
    "plan",
    "review",
)


def _facts(register: Reading, row: Row) -> tuple[tuple[str, str], ...]:
    minutes = row.get("minutes")
    facts = (
        ("Led by", staff_named(row.get("led_by"), register.get)),
        ("Came", ", ".join(clean(row.get("attendees") or "").split("\n"))),
        ("Did not come", ", ".join(clean(row.get("not_there") or "").split("\n"))),
        ("Child there", "yes" if row.get("pupil_present") else ""),
        ("Length", f"{minutes} minutes" if minutes else ""),
    )
    return tuple((label, words) for label, words in facts if words)


def _targets(agreed: Agreed, today: date) -> tuple[AgreedTarget, ...]:
    found = []
    for row in agreed.targets:
        review = agreed.reviews.get(row["id"])
        outcome = outcome_words(review.get("outcome")) if review is not None else ""
        status = "" if is_open(row) else _STATUS.get(str(row.get("status")), "closed")
        found.append(
            AgreedTarget(
                _TARGETS.get(str(row.get("kind")), "Target"),
                clean(row.get("statement") or ""),
                clean(row.get("child_statement") or ""),
                clean(row.get("success_criterion") or ""),
                near_day(row["due"], today) if row.get("due") else "",
                "; ".join(each for each in (status, outcome) if each),
            )
        )
    return tuple(found)


def _actions(agreed: Agreed, today: date) -> tuple[tuple[str, tuple[AgreedAction, ...]], ...]:
    by_place: dict[str, list[AgreedAction]] = {}
    for row in agreed.actions:
        done = row.get("done_on")
        action = AgreedAction(
            clean(row.get("what") or ""),
            clean_line(row.get("who") or ""),
            near_day(row["due"], today) if row.get("due") else "",
            f"done {short_day(done)}" if done else "",
        )
        by_place.setdefault(PLACES.get(str(row.get("place")), "Elsewhere"), []).append(action)
    return tuple((place, tuple(actions)) for place, actions in by_place.items())


def _next(row: Row) -> str:
    return short_day(row["next_on"]) if row.get("next_on") else ""


def _attempts(register: Reading, conversation: Row) -> tuple[str, ...]:
    from senreg.models.tables import field_of

    how = field_of("attempts", "how")
    rows = register.by("attempts", "conversation").get(conversation["id"], ())
    return tuple(
        ", ".join(
            each
            for each in (
                short_day(row["on"]) if row.get("on") else "",
                clean_line(how.label_of(row.get("how"))),
                clean_line(row.get("why_not") or ""),
            )
            if each
        )
        for row in sorted(rows, key=lambda row: str(row.get("on") or ""))
    )


def _before(register: Reading, conversation: Row, today: date) -> Before | None:
    when = str(conversation.get("held_on") or conversation.get("planned_for") or "9999")
    last = agreed_last_time(register, str(conversation.get("pupil") or ""), when)
    if last is None:
        return None
    actions = tuple(action for _, own in _actions(last, today) for action in own)
    return Before(short_day(last.conversation["held_on"]), _targets(last, today), actions)


def conversation_outline(
    register: Reading, name: str, pupil: Row, conversation: Row, today: date
) -> Outline:
    """What is on one of the two papers, to be looked at before it is kept."""
    page = conversation_paper(register, pupil, conversation, today)
    parts = [Part(title, (text,)) for title, text in page.heard]
    for title, text in (
        ("In the family's words", page.family),
        (f"In {page.called}'s words", page.child),
        ("What matters most now", page.focus),
    ):
        if text:
            parts.append(Part(title, (text,)))
    parts += [Part(each.kind, (each.statement,)) for each in page.targets]
    parts += [
        Part(place, tuple(_told(each) for each in actions)) for place, actions in page.actions
    ]
    if page.next:
        parts.append(Part("We meet again", (page.next,)))
    if name == RECORD:
        title = f"Record of the conversation: {page.name}"
        summary = f"For the school's own file. {page.day}."
    else:
        title = f"Summary for the family of {page.name}"
        summary = f"In plain words, for the family to keep. {page.day}."
        told = cautions(register, pupil["id"])
        summary += f" Look first. {' '.join(told)}" if told else ""
    return Outline(title, summary, tuple(parts))


def summary_text(register: Reading, pupil: Row, conversation: Row, today: date) -> str:
    """The summary for the family as plain text, to be kept as it was given."""
    outline = conversation_outline(register, SUMMARY, pupil, conversation, today)
    parts = (
        "\n".join((part.title, *(f"  {each}" for each in part.lines))) for part in outline.parts
    )
    return "\n\n".join(parts)


def _told(action: AgreedAction) -> str:
    due = f"by {action.due}" if action.due else ""
    return ", ".join(each for each in (action.what, action.who, due, action.done) if each)
