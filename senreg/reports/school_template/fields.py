"""What a school's own template can name, paper by paper, and what each of it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Shape = Literal["text", "lines", "list", "item"]


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One name that a template can use.

    Args:
        name: The name, as it is written between `{{` and `}}`.
        help: What it says.
        shape: A text; lines, which can be written at once or gone through; a list, which can only
            be gone through; an item of a list, of which only a part can be written.
        parts: What each item of a list has.
    """

    name: str
    help: str
    shape: Shape = "text"
    parts: tuple[TemplateField, ...] = ()


class Lines(tuple[str, ...]):
    """Texts, each on a line of its own where all are written at once."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)


Values = Mapping[str, object]
"""By the name of a field its text, its `Lines`, or a list of such mappings."""

FOOT = "foot"
"""The field that says when a paper was made and until when it may be kept."""


def _text(name: str, help_: str) -> TemplateField:
    return TemplateField(name, help_)


def _lines(name: str, help_: str) -> TemplateField:
    return TemplateField(name, help_, "lines")


def _list(name: str, help_: str, *parts: TemplateField) -> TemplateField:
    return TemplateField(name, help_, "list", parts)


COMMON = (
    _text("school", "The school's name"),
    _text("made_on", "The day it is made"),
    _text(
        "delete_after", "The day after which it is deleted; empty where whoever gets it keeps it"
    ),
    _text(FOOT, "Both in a sentence, to stand at the foot; added at the end where it is not named"),
)
"""What every paper has, and all that a header, a footer or a footnote of a letter can name."""

_CHILD = (
    _text("name", "The child's name, as the child is known"),
    _text("called", "The first name, as the child is known"),
    _text("full_name", "Forename and surname as they stand in the register"),
    _text("class_name", "The class"),
    _text("year", "The year group"),
    _text("key_teacher", "The key teacher"),
)

_HELP = _list(
    "provision",
    "Help beyond the class",
    _text("name", "What it is"),
    _text("times", "On which days, at what time"),
    _text("hours", "How long in a week"),
    _text("adults", "With whom"),
    _text("dates", "From when and until when"),
)

_TARGETS = _list(
    "targets",
    "The open targets",
    _text("statement", "The target"),
    _text("child_statement", "The target in the child's words"),
    _text("kind", "Curricular or wider, and its area"),
    _text("baseline", "Where it starts"),
    _text("success", "How it is known to be met"),
    _text("due", "By when"),
    _text("reviewed", "When it was last looked at"),
    _text("outcome", "How it went"),
    _text("figure", "The figure that was reached"),
    _text("evidence", "What was seen"),
    _text("child_says", "What the child says of it"),
    _text("next_step", "The next step"),
)

_PASSPORT = (
    _lines("good_at", "What I am good at"),
    _lines("likes", "What I like"),
    _lines("hopes", "What I hope for"),
    _lines("hard", "What is hard for me"),
    _lines("helps", "What helps me"),
    _lines("helps_at_home", "What helps me at home"),
    _lines("in_tests", "Access arrangements"),
    _lines("people", "People who help me"),
)

_PLAN = (
    _text("born", "The date of birth"),
    _text("plan", "What your school calls the plan"),
    _text("version", "The number of this version"),
    _text("status", "The SEN status, and since when"),
    _text("primary_need", "The primary need"),
    _lines("further_needs", "The further needs"),
    _text("strengths", "Strengths"),
    _text("interests", "Interests"),
    _text("hopes", "Hopes"),
    _text("child_words", "What the child said in the last conversation"),
    _text("family_words", "What the family said in the last conversation"),
    _lines("barriers", "What gets in the way"),
    _TARGETS,
    _lines("helps", "What helps in class"),
    _lines("helps_at_home", "What helps at home"),
    _text("access", "Access arrangements"),
    _HELP,
    _list(
        "demanded",
        "What the authority's plan demands",
        _text("section", "The section"),
        _text("wording", "The provision"),
        _text("quantity", "How much"),
    ),
    _list(
        "actions",
        "Who does what",
        _text("what", "What"),
        _text("who", "Who"),
        _text("due", "By when"),
    ),
    _text("last_review", "The last review"),
    _text("next_review", "The next review"),
)

_LETTER = (
    _text("kind", "Invitation or Reminder"),
    _text("to", "To whom the letter goes"),
    _text("child", "The child, as the child is known"),
    _text("when", "The day of the conversation, and the time"),
    _text("teacher", "Who leads the conversation"),
)

TEMPLATED: dict[str, tuple[TemplateField, ...]] = {
    "passport": (*COMMON, *_CHILD, *_PASSPORT),
    "plan": (*COMMON, *_CHILD, *_PLAN),
    "letter": (*COMMON, *_LETTER),
}
"""By the name of a paper, the fields that a template of it can name."""


def in_lines(name: str) -> Iterator[tuple[str, str]]:
    """Each field of a paper as a template writes it, with what it says; parts under their list."""
    for each in TEMPLATED[name]:
        if each.shape == "list":
            yield f"{{%p for each in {each.name} %}}", each.help
            yield from ((f"    {{{{ each.{part.name} }}}}", part.help) for part in each.parts)
            yield "{%p endfor %}", ""
        else:
            line = replace(each, help=f"{each.help} (lines)") if each.shape == "lines" else each
            yield f"{{{{ {line.name} }}}}", line.help
