"""What leads a school to better: lists for its leaders, each line with what stands behind it."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from senreg.errors import WrongUsage
from senreg.rules.leading.lines import LeadLine, LeadPart, Rule
from senreg.rules.reading import Reading

__all__ = ["HOLDS", "LISTS", "LeadLine", "LeadPart", "led"]

LISTS: dict[str, tuple[str, str]] = {
    "responsibility": ("answering:answering", "Who answers for whom"),
    "lowest-fifth": ("following:following", "The lowest fifth, followed"),
    "objectives": ("objectives:objectives", "Objectives and their pupils"),
    "activities": ("activities:activities", "Activities, partners and take-up"),
    "teaching": ("teaching:teaching", "Lessons on the six strands"),
    "training": ("training:training", "Conversation training"),
    "feedback": ("feedback:feedback", "Assistants' notes to the head"),
    "coach": ("coaching:coaching", "Coach visits and actions"),
    "lead": ("heading:heading", "Who leads, since when"),
    "self-review": ("self_review:self_review", "Self-review with its evidence"),
    "years": ("years:years", "Figures kept of years"),
}
"""Each list: its rule in this package, and what it is called."""

HOLDS: dict[str, str] = {
    "responsibility": "By key teacher, class and subject: their pupils, conversations held of "
    "those planned, reviews overdue, and progress.",
    "lowest-fifth": "The lowest-attaining fifth of each subject, term by term: who was in it, and "
    "where those children stand since.",
    "objectives": "Objectives of the improvement plan and of performance, each judged by what it "
    "names, for the pupils it is about.",
    "activities": "Each activity with who runs it and the children who take it up; who takes part "
    "in nothing; partners and networks of the school.",
    "teaching": "What was seen in lessons, strand by strand, and how long the teacher was with "
    "lower-attaining groups.",
    "training": "Who of those who lead conversations has been trained for them, and who has not.",
    "feedback": "What assistants wrote to the head, and what the head wrote beside it.",
    "coach": "Each visit of the coach, and what became of the actions agreed on it.",
    "lead": "Which role leads the programme in the school, from when to when.",
    "years": "The figures that were kept of each school year, with their definitions. On School, z "
    "keeps them.",
    "self-review": "The four headings of good schools plus: where the school stands, and what the "
    "register shows for it.",
}
"""What each list holds, in a sentence."""


def led(name: str, register: Reading, today: date) -> list[LeadPart]:
    """The parts of a list. Raises WrongUsage for a list there is none of."""
    if name not in LISTS:
        raise WrongUsage(
            f"There is no list called {name}.", do="There are: " + ", ".join(LISTS) + "."
        )
    module, function = LISTS[name][0].split(":")
    rule: Rule = getattr(import_module(f"senreg.rules.leading.{module}"), function)
    return rule(register, today)
