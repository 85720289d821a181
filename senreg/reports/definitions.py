"""The kinds of paper there are: their names, what each is about and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of paper.

    Args:
        name: Its name on the command line.
        title: Its name on a screen.
        about: What it is made for: one pupil, one class, or the register itself.
        file_stem: How the name of its file begins.
        help: One sentence on what it is for.
    """

    name: str
    title: str
    about: Literal["pupil", "class", "register"]
    file_stem: str
    help: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was made: what kind, the title of its window, the page, and of whom it is."""

    name: str
    title: str
    html: str
    pupil: str | None = None


PAPERS: dict[str, Definition] = {
    each.name: each
    for each in (
        Definition(
            "class",
            "Class sheet",
            "class",
            "class-sheet",
            "What helps each child of a class and what they work towards, on one A4, without "
            "diagnoses.",
        ),
        Definition(
            "pupil",
            "Pupil page",
            "pupil",
            "pupil-page",
            "One child's strengths, needs, targets, provision and people, for those who plan "
            "with the family.",
        ),
        Definition(
            "summary",
            "Summary for the family",
            "pupil",
            "summary",
            "A structured conversation in plain words for the family: what was said, the two "
            "targets, who does what by when, and the next day.",
        ),
        Definition(
            "conversation",
            "Record of the conversation",
            "pupil",
            "conversation",
            "A structured conversation stage by stage for the school's file, with what was agreed "
            "the last time.",
        ),
        Definition(
            "handover",
            "Handover page",
            "register",
            "handover",
            "For whoever takes the register over: who holds the recovery key, and what to change.",
        ),
        Definition(
            "lost-laptop",
            "Lost-laptop sheet",
            "register",
            "lost-laptop",
            "What was on a laptop that is gone, how it was protected, and what to do today.",
        ),
    )
}
"""Every paper by its name."""
