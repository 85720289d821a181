"""What leads a school to better: lists for its leaders, each line with what stands behind it."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from senreg.errors import WrongUsage
from senreg.rules.leading.lines import LeadLine, LeadPart, Rule
from senreg.rules.reading import Reading

__all__ = ["LISTS", "LeadLine", "LeadPart", "led"]

LISTS: dict[str, tuple[str, str]] = {
    "responsibility": ("answering:answering", "Who answers for whom"),
    "lowest-fifth": ("following:following", "The lowest fifth, followed"),
    "objectives": ("objectives:objectives", "Objectives and their pupils"),
    "teaching": ("teaching:teaching", "Lessons on the six strands"),
    "training": ("training:training", "Conversation training"),
    "feedback": ("feedback:feedback", "Assistants' notes to the head"),
    "coach": ("coaching:coaching", "Coach visits and actions"),
    "lead": ("heading:heading", "Who leads, since when"),
    "self-review": ("self_review:self_review", "Self-review with its evidence"),
}
"""Each list: its rule in this package, and what it is called."""


def led(name: str, register: Reading, today: date) -> list[LeadPart]:
    """The parts of a list. Raises WrongUsage for a list there is none of."""
    if name not in LISTS:
        raise WrongUsage(
            f"There is no list called {name}.", do="There are: " + ", ".join(LISTS) + "."
        )
    module, function = LISTS[name][0].split(":")
    rule: Rule = getattr(import_module(f"senreg.rules.leading.{module}"), function)
    return rule(register, today)
