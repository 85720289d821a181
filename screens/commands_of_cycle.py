"""The commands of Today, Targets and Provision: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_CYCLE: tuple[Command, ...] = (
    Command(
        "review",
        "r",
        "Review",
        "Say how it went: of a target, on five steps and with evidence; of a meeting, when it "
        "was held.",
        ("today", "targets", "target", "pupil"),
        footer=("today", "targets", "target", "pupil"),
    ),
    Command(
        "done",
        "x",
        "Tick off",
        "The highlighted action is done today; once more, it is not.",
        ("today", "target"),
        footer=("today", "target"),
    ),
    Command(
        "freeze",
        "z",
        "Keep the year",
        "Keep the figures of a school year with their definitions, before leavers are erased.",
        ("school",),
        footer=("school",),
    ),
    Command(
        "aside",
        "w",
        "Other column",
        "Go to the other column, where the page stands in two.",
        ("today",),
    ),
    Command(
        "write_target",
        "t",
        "Write a target",
        "Write a target for the marked pupils, or for the highlighted one.",
        ("register", "pupil", "bank", "group"),
        footer=("bank",),
    ),
    Command(
        "go_to_pupil",
        "p",
        "Pupil",
        "Open the page of the pupil it is about.",
        ("targets", "target", "conversations"),
        footer=("target",),
    ),
    Command(
        "quick_views",
        "v",
        "Views",
        "Look at what is overdue, due soon, clashing, yours and so on; ← and → do the same.",
        ("targets", "provision", "conversations"),
        footer=("targets",),
    ),
    Command(
        "bank",
        "k",
        "Bank of targets",
        "The examples that targets are written from: read, add to and change them.",
        ("targets",),
        footer=("targets",),
    ),
    Command(
        "keep_example",
        "k",
        "Keep as example",
        "Put the wording of this target into the bank of examples.",
        ("target",),
    ),
    Command(
        "groups",
        "g",
        "Groups",
        "Who is in which group, when it meets, and what clashes.",
        ("provision",),
    ),
    Command(
        "map",
        "m",
        "Map",
        "The provision map: hours and pupils by tier, for year groups or classes.",
        ("provision",),
    ),
    Command(
        "catalogue",
        "c",
        "Catalogue",
        "Every intervention the school can offer.",
        ("provision",),
    ),
    Command(
        "map_by",
        "y",
        "By year or class",
        "Show the map by year groups, or by classes.",
        ("provision",),
    ),
    Command(
        "map_detail",
        "i",
        "Interventions",
        "Show the interventions of each tier on the map, or hide them.",
        ("provision",),
    ),
    Command(
        "scores",
        "c",
        "Scores",
        "Write the scores at the start and at the end of everyone in the group.",
        ("group",),
        footer=("group",),
    ),
    Command(
        "end_place",
        "x",
        "End",
        "End the marked places, or the highlighted one: score, outcome and reason.",
        ("group", "pupil"),
        footer=("group",),
    ),
)
"""Commands of the daily cycle: what is due, what is aimed at, what help is given."""
