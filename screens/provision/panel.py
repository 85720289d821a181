"""What the three ways of looking at provision have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.containers import Vertical
from textual.widget import Widget

from screens.page import app_of
from senreg.register import Register


class Panel(Vertical):
    """One way of looking at provision; the page hands it the commands it has methods for."""

    NAME: ClassVar[str]
    """Its name in code, which is that of the command that shows it."""

    TITLE: ClassVar[str]
    FOOTER: ClassVar[Sequence[str]]
    """The commands that the footer shows while it is seen."""

    @property
    def register(self) -> Register:
        """The open register."""
        register = app_of(self).register
        assert register is not None
        return register

    @property
    def home(self) -> Widget:
        """What has the focus when the panel is shown."""
        raise NotImplementedError

    def refill(self) -> None:
        """Read what is shown from the register again."""
        raise NotImplementedError
