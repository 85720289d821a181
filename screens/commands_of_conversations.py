"""The commands of Conversations: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_CONVERSATIONS: tuple[Command, ...] = (
    Command(
        "plan_year",
        "y",
        "Plan the year",
        "Plan the year's conversations for the marked pupils, a class, a key teacher's or the "
        "whole cohort; all is shown before it is written.",
        ("conversations",),
        footer=("conversations",),
    ),
    Command(
        "not_held",
        "x",
        "Did not come",
        "Log that it did not come about: how it was tried, why not, and the new day.",
        ("conversations",),
        footer=("conversations",),
    ),
    Command(
        "summary",
        "k",
        "Summary",
        "Make the summary for the family in plain words, and keep the day it was given.",
        ("conversations", "pupil"),
        footer=("conversations",),
    ),
    Command(
        "who_leads",
        "l",
        "Who leads",
        "Say who leads what is still to be held with the marked pupils.",
        ("conversations",),
    ),
    Command(
        "hand_over",
        "h",
        "Hand over",
        "Hand what was agreed to the teacher who has the marked pupils next.",
        ("conversations",),
        footer=("conversations",),
    ),
    Command(
        "record_paper",
        "r",
        "Print the record",
        "Make the record of the conversation as a paper for the school's file.",
        ("conversations",),
    ),
)
"""Commands of the structured conversations."""
