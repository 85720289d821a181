"""A person at a register: the place that others see is taken, and the backup of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from senreg import clock
from senreg.errors import SenregError
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.lock import Holder, Seat
from senreg.store.verified import BACKUPS, last_verified

if TYPE_CHECKING:
    # Loaded with the first edit of a day: a start needs none of them.
    from senreg.store.archive import Frozen
    from senreg.store.backups import Backups

__all__ = ["STALE_DAYS", "Holder", "Sitting", "Standing", "standing"]

STALE_DAYS = 7
"""Days after which the last verified backup is too old."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How long ago a backup was last read back whole.

    Args:
        at: When, in milliseconds since 1970; 0 for never.
        stale: It is longer ago than `STALE_DAYS`, or there is none.
    """

    at: int
    stale: bool


def standing(register: Path) -> Standing:
    """How long ago a backup of the register in a folder was last read back whole."""
    at = last_verified(Files(), register / BACKUPS)
    return Standing(at, clock.milliseconds() - at > STALE_DAYS * 86_400_000)


class Sitting:
    """What `Register.sit` begins and `Register.close` ends."""

    def __init__(self, store: Store) -> None:
        self.failed = ""
        """Why the backup of the day could not be made; empty where it was, or was not due."""
        self._store = store
        self._seat = Seat(store.folder)
        self._day: date | None = None
        self._making: Thread | None = None

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

    def before_edit(self) -> None:
        """Begin a backup before the first edit of a day.

        The edit waits only until it is known what is in the folder; the rest is done on a
        thread, which `leave` waits for. That it fails keeps nobody from writing.
        """
        today = clock.today()
        if self._day == today or self._store.read_only:
            return
        self._day = today
        from senreg.store.backups import Backups

        backups = Backups(self._store)
        if backups.made_on(today):
            return
        try:
            frozen = backups.freeze()
        except SenregError as refused:
            self.failed = refused.happened
            return
        self._making = Thread(target=self._make, args=(backups, frozen), name="backup")
        self._making.start()

    def leave(self) -> None:
        """Give the place back, once the backup of the day is made."""
        if self._making is not None:
            self._making.join()
            self._making = None
        self._seat.leave()

    def _make(self, backups: Backups, frozen: Frozen) -> None:
        try:
            backups.make(frozen, "day")
        except SenregError as refused:
            self.failed = refused.happened
        except Exception as unforeseen:
            # Nothing may be printed from a thread over the interface.
            self.failed = f"senreg made a mistake of its own: {type(unforeseen).__name__}."
