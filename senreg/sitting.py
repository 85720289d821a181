"""A person at a register: the place that others see is taken."""

from __future__ import annotations

from senreg.store.folder import Store
from senreg.store.lock import Holder, Seat

__all__ = ["Holder", "Sitting"]


class Sitting:
    """What `Register.sit` begins and `Register.close` ends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seat = Seat(store.folder)

    @property
    def holder(self) -> Holder | None:
        """Who sat there already; None where the place is ours."""
        return self._seat.holder

    def sit(self, person: str, *, over: bool = False) -> Holder | None:
        """Take the place, or give who has it; for a register that is only read, just that."""
        if self._store.read_only:
            found = self._seat.look()
            return found if found is not None and not found.here else None
        return self._seat.take(person, over=over)

    def look(self, person: str) -> Holder | None:
        """Who took the place over since; a place beside us that has become free is taken."""
        holder = self._seat.holder
        if holder is not None and holder.here and not self._store.read_only:
            self._seat.take(person)
        return self._seat.taken_over()

    def leave(self) -> None:
        """Give the place back."""
        self._seat.leave()
