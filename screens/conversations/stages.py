"""The stages of a conversation's record: what each asks, one on the screen at a time.

Their order is that of the Achievement for All handbook (National Strategies, 2009): explore,
focus, plan, review. Who is there is asked first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from screens.forms.section import Section
from senreg.models.days import shown_day
from senreg.models.describe import About, Field
from senreg.rules.conversation_record import (
    ACTIONS,
    BARRIERS,
    CAME,
    FOLLOWS,
    action_field,
    barrier_field,
    barrier_kind,
    target_field,
)


class Stage(NamedTuple):
    """One stage: its name in code, its words, and what is to be done in it."""

    id: str
    title: str
    said: str


STAGES: tuple[Stage, ...] = (
    Stage("who", "Who", "Say who came. Without a parent or carer it does not count as held."),
    Stage("explore", "Explore", "Listen: ask open questions, say back what you heard."),
    Stage("focus", "Focus", "Agree on the one or two things that matter most now."),
    Stage("plan", "Plan", "One curricular and one wider target, and who does what by when."),
    Stage("review", "Review", "Sum up, say when you meet again, and give the summary."),
)
"""The stages in order."""

TARGETS = {"curricular": "One curricular target", "wider": "One wider-outcome target"}
PLACES = {"school": "At school", "home": "At home"}

_WHO = (
    "attendees",
    "not_there",
    "pupil_present",
    "voice",
    "held_on",
    "at",
    "minutes",
    "led_by",
)
_HEARD = ("going_well", "concerns", "hopes", "has_worked", "explore")
_OWN_WORDS = ("parent_words", "pupil_words")
_CLOSING = ("review", "next_on")
_SUMMARY = ("summary_given_on", "summary_given")

OWN = (*_WHO, *_HEARD, *_OWN_WORDS, "focus", "plan", *_CLOSING, *_SUMMARY)
"""The conversation's own fields that the record asks for."""


def group_of(stage: str) -> str:
    """The class that the fields of a stage have."""
    return f"-in-{stage}"


def sections(planned: str = "") -> list[Section]:
    """Every field of the record under its heading, each heading in its stage.

    Args:
        planned: The ISO day on which the family is seen next as it is planned; empty for none.
    """
    every = _sections(planned)
    return [Section(title, fields, group_of(stage)) for stage, title, fields in every]


def _sections(planned: str) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    from senreg.models.tables import fields_of

    own = {field.name: field for field in fields_of("conversations")}
    for name, title in (("not_there", "Who did not, and why"), ("explore", "What else")):
        own[name] = replace(own[name], about=replace(own[name].about, title=title))

    if planned:
        words = f"Planned for {shown_day(planned)}: F4 takes that day, another day moves it."
        about = replace(own["next_on"].about, help=words, unit=f"planned {shown_day(planned)}")
        own["next_on"] = replace(own["next_on"], about=about)

    def some(*names: str) -> tuple[Field, ...]:
        return tuple(own[name] for name in names)

    came = About("A parent or carer came", "Only then is the conversation held. F4 names who came.")
    yield "who", "", (_field(CAME, "yes_no", came), *some(*_WHO))
    yield "explore", "What was heard", some(*_HEARD)
    yield "explore", "In their own words", some(*_OWN_WORDS)
    yield "focus", "", some("focus")
    yield "focus", "What stands in the way", tuple(_barriers())
    for kind, title in TARGETS.items():
        yield "plan", title, tuple(_target(kind))
    for place, title in PLACES.items():
        yield "plan", title, tuple(_actions(place))
    yield "plan", "What else was agreed", some("plan")
    yield "review", "", some(*_CLOSING)
    yield "review", "The summary for the family", some(*_SUMMARY)


def _barriers() -> Iterator[Field]:
    from senreg.models.tables import field_of

    kind = field_of("barriers", "category")
    for number in range(1, BARRIERS + 1):
        about = About(
            f"Barrier {number}", "What is seen, and when. It is kept as a barrier of the child."
        )
        yield _field(barrier_field(number), "line", about)
        words = "What it is counted under, among those most often named."
        about = replace(kind.about, title="  Kind", help=words)
        yield Field("form", barrier_kind(number), kind.kind, False, about)


def _target(kind: str) -> Iterator[Field]:
    from senreg.models.tables import fields_of

    asked = {field.name: field for field in fields_of("targets")}
    carried = About(
        "Carried over from",
        "The open target it goes on from, which is closed by it. F4 begins from the bank.",
        of="targets",
    )
    yield _field(target_field(kind, FOLLOWS), "record", carried)
    for part in ("statement", "success_criterion", "child_statement", "area", "due"):
        field = asked[part]
        yield Field("form", target_field(kind, part), field.kind, False, field.about)


def _actions(place: str) -> Iterator[Field]:
    for number in range(1, ACTIONS + 1):
        yield _field(
            action_field(place, number, "what"),
            "line",
            About("What" if number == 1 else "And", "What is done, in a few words."),
        )
        yield _field(
            action_field(place, number, "who"),
            "line",
            About("  Who", "Such as Mum, class teacher, the child."),
        )
        yield _field(
            action_field(place, number, "due"), "day", About("  By when", "fri, +2w, end of term.")
        )


def _field(name: str, kind: str, about: About) -> Field:
    return Field("form", name, kind, False, about)  # type: ignore[arg-type]
