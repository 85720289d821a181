"""How long a session was, and a note on it."""

from __future__ import annotations

from screens.forms.form import Form
from screens.forms.section import Section
from senreg.models.tables import field_of
from senreg.register import Register


class SessionAbout(Form[tuple[int | None, str] | None]):
    """Length and note of a session; nothing is written before the session is kept.

    Args:
        register: The open register.
        minutes: How long it is said to be so far.
        note: What is noted so far.
    """

    def __init__(self, register: Register, minutes: int | None, note: str) -> None:
        fields = (field_of("sessions", "minutes"), field_of("sessions", "note"))
        super().__init__(
            "This session",
            [Section("", fields)],
            {"minutes": minutes, "note": note or None},
            register=register,
        )

    def save(self, values: dict[str, object]) -> None:
        """Give back what was said."""
        minutes = values.get("minutes")
        self.finish((minutes if isinstance(minutes, int) else None, str(values.get("note") or "")))
