"""The commands of dates that go out and of authorities that ask: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_DATES: tuple[Command, ...] = (
    Command(
        "export_calendar",
        "l",
        "Calendar file",
        "Conversations, reviews and statutory dates for Outlook, Google or a phone, by initials.",
        ("share",),
    ),
    Command(
        "consultations",
        "",
        "Consultations",
        "Authorities that asked about a child who is not on roll, and until when to answer.",
        ("settings",),
    ),
)
"""The calendar file, and consultations."""
