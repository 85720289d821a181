"""A thread has looked into the sync folder: what it tells the page that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from senreg.sync.standing import Waiting


class Waited(Message):
    """What waits in the sync folder.

    Args:
        waiting: It.
    """

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self.waiting = waiting
