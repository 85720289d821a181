"""A window whose fields take the focus in the order in which they are written."""

from __future__ import annotations

from typing import TypeVar

from textual.widget import Widget

from screens.dialogs.answered import AnsweredOnce

T = TypeVar("T")


class InOrder(AnsweredOnce[T]):
    """Goes from field to field as they stand, whether they are laid out yet or not.

    Textual goes by where widgets lie; one that was just mounted lies nowhere yet, and would come
    straight after the first.
    """

    @property
    def focus_chain(self) -> list[Widget]:
        """What may receive focus, in the order of the document."""
        order = {widget: place for place, widget in enumerate(self.walk_children())}
        return sorted(super().focus_chain, key=lambda widget: order[widget])
