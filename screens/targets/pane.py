"""The highlighted target beside the list."""

from __future__ import annotations

from screens.targets.story import target_story
from screens.widgets.story import Story
from senreg.register import Register, Row


class TargetPane(Story):
    """A target with its child's name above, its reviews and actions below."""

    LABEL_WIDTH = 22

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, cursor=False)
        self._shown: tuple[int, str] | None = None
        self._wanted: tuple[Register, Row | None] | None = None

    def show(self, register: Register, target: Row | None) -> None:
        """Show a target, or nothing; while the pane is hidden nothing is read."""
        self._wanted = (register, target)
        if not self.display or not self.is_attached:
            self._shown = None
            return
        key = (register.version, target.id if target is not None else "")
        if key != self._shown:
            self._shown = key
            self.fill(target_story(register, target) if target is not None else ())

    def on_show(self) -> None:
        """Catch up with what was wanted while the pane was hidden."""
        if self._wanted is not None:
            self.show(*self._wanted)
