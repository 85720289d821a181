"""A backup that is made while it is found out whether it will be wanted."""

from __future__ import annotations

from threading import Thread

from senreg.store.backups import Backup, Backups
from senreg.store.folder import Store
from senreg.store.reading_back import Prepared


class Preparing:
    """A backup on its way, from when this is made until `kept` or `given_up`.

    Args:
        store: The open register, as it is now.
        reason: Why it is made, in the backups' own words.

    Raises CannotWrite.
    """

    def __init__(self, store: Store, reason: str) -> None:
        self.reason = reason
        self._store = store
        self._moment = store.moment
        self._backups = Backups(store)
        self._made: Prepared | BaseException | None = None
        frozen = self._backups.freeze()

        def make() -> None:
            try:
                self._made = self._backups.prepare(frozen, reason)
            except BaseException as refusal:
                self._made = refusal

        self._thread = Thread(target=make, name="backup")
        self._thread.start()

    def kept(self) -> Backup:
        """The backup, among the others; made anew where the register was written to since.

        Raises CannotWrite.
        """
        made = self._wait()
        if isinstance(made, BaseException):
            raise made
        if made is None or self._store.moment != self._moment:
            self.given_up()
            return self._backups.back_up(self.reason)
        return self._backups.keep(made)

    def given_up(self) -> None:
        """Leave nothing of it."""
        made = self._wait()
        if isinstance(made, Prepared):
            self._backups.give_up(made)
        self._made = None

    def _wait(self) -> Prepared | BaseException | None:
        self._thread.join()
        return self._made
