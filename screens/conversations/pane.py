"""What was agreed last time, beside the planner."""

from __future__ import annotations

from screens.conversations.story import last_time
from screens.widgets.story import Story
from senreg.register import Register, Row


class ConversationPane(Story):
    """What the last conversation with the highlighted child's family ended in."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, cursor=False)
        self._shown: tuple[int, str] | None = None
        self._wanted: tuple[Register, Row | None] | None = None

    def show(self, register: Register, pupil: Row | None) -> None:
        """Show a child's last conversation; while the pane is hidden nothing is read."""
        self._wanted = (register, pupil)
        if not self.display or not self.is_attached:
            self._shown = None
            return
        key = (register.version, pupil.id if pupil is not None else "")
        if key != self._shown:
            self._shown = key
            self.fill(last_time(register, pupil.id, "9999") if pupil is not None else ())

    def on_show(self) -> None:
        """Catch up with what was wanted while the pane was hidden."""
        if self._wanted is not None:
            self.show(*self._wanted)
