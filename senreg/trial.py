"""A register as it would be: what is changed in it is seen in it, and written nowhere."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import TYPE_CHECKING, Any

from senreg import clock
from senreg.register import Register
from senreg.store.changes import Change, operation_for, refuse_erased
from senreg.store.folder import Store
from senreg.store.journal import Commit as StoredCommit
from senreg.store.operations import new_id
from senreg.store.state import apply_all

if TYPE_CHECKING:
    from senreg.register import FieldChange


class Trial(Register):
    """A register whose commits go no further than itself. `Register.trial` makes one.

    It reads as the register did when it was made; neither sees what the other changes then. Its
    history knows nothing of what is tried, and it takes nothing in from other copies.
    """

    def __init__(self, store: Store, person: str) -> None:
        aside = copy(store)
        aside.state = store.state.frozen()
        # Whatever would reach the folder all the same is refused there.
        aside.read_only = True
        super().__init__(aside, person)
        self._tried: set[tuple[str, str]] = set()

    def origins(self, records: Collection[str]) -> dict[tuple[str, str], FieldChange]:
        """As of a register; nothing of a value that was tried here."""
        found = super().origins(records)
        return {place: each for place, each in found.items() if place not in self._tried}

    def close(self) -> None:
        """Leave everything as it was."""

    def _save(self, label: str, changes: list[Change], **more: Any) -> StoredCommit:
        state = self._store.state
        refuse_erased(state, changes, "edit")
        if changes and self.pack is not None:
            from senreg.pack_guard import refuse_outside

            refuse_outside(self._store, self.pack, changes)
        header: StoredCommit = {
            "tx": new_id(),
            "t": clock.milliseconds(),
            "copy": self.copy_id,
            "opening": "",
            "n": self.version,
            "by": self.person,
        }
        operations = [operation_for(state, header, each) for each in changes]
        apply_all(state, header, operations)
        self._tried.update((each.record, name) for each in changes for name in each.values)
        return {**header, **more, "label": label, "ops": operations}
