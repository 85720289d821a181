"""The commands of keeping and erasing files: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_KEEPING: tuple[Command, ...] = (
    Command(
        "again",
        "f5",
        "Try again",
        "Fill this page again, such as when something on it could not be worked out.",
    ),
    Command(
        "merge_pupil",
        "",
        "Merge with another record",
        "Put two records of this child together; nothing is lost, and u takes it back.",
        ("pupil",),
    ),
    Command(
        "erase",
        "",
        "Erase for good",
        "Take all that is kept about the child out of every file, as the law asks; nothing "
        "brings it back.",
        ("pupil", "leavers"),
        footer=("leavers",),
    ),
    Command(
        "hold",
        "",
        "Hold the file",
        "Write down why the child's file must be kept; it is not erased meanwhile.",
        ("pupil", "leavers"),
        footer=("leavers",),
    ),
    Command(
        "subject_access",
        "",
        "Subject access",
        "All that is kept about the child, for who asks; what is about others can be left out.",
        ("pupil",),
    ),
    Command(
        "transfer",
        "",
        "Send the file on",
        "The child's whole file for the next school; the day it was sent is kept.",
        ("pupil", "leavers"),
        footer=("leavers",),
    ),
    Command(
        "write_pack",
        "ctrl+s",
        "Write it",
        "Write the pack with what is kept in it.",
        ("pack",),
        footer=("pack",),
    ),
    Command(
        "leavers",
        "",
        "Files of leavers",
        "Which files are to be sent on, how long each is kept, and which may be erased.",
        ("settings",),
    ),
)
"""Commands for the end of a file's life."""
