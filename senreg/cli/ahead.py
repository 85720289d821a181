"""What a verb can do while its passphrase is made a key, which takes a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from senreg.store.preparing import Ahead


@contextmanager
def loading_ahead(modules: Sequence[str]) -> Iterator[None]:
    """A block while which modules are loaded on a thread, one after another.

    What the block needs before is loaded by the block itself, as if there were no thread.
    """
    thread = Thread(target=_load, args=(modules,), name="loading", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _load(modules: Sequence[str]) -> None:
    # What cannot be loaded is told where it is needed, and not from a thread.
    with suppress(Exception):
        for module in modules:
            import_module(module)


class BackupAhead:
    """The backup before a large step, begun while its register is not open yet.

    Args:
        register: The register's folder. Of one that is plain, or not there, nothing is begun.
        after: The modules that are to be loaded first, and not beside it.
    """

    def __init__(self, register: Path, after: Sequence[str] = ()) -> None:
        self._register = register
        self._after = after
        self._begun: Ahead | None = None
        self._thread = Thread(target=self._begin, name="copying", daemon=True)

    def __enter__(self) -> BackupAhead:
        """Begin it, on a thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing of it where it was not made use of."""
        begun = self.begun()
        if begun is not None:
            begun.given_up()

    def begun(self) -> Ahead | None:
        """What was begun; None where nothing was."""
        self._thread.join()
        return self._begun

    def _begin(self) -> None:
        # Only time is won by it: what goes wrong here is met again where the backup is asked for.
        with suppress(Exception):
            _load(self._after)
            from senreg.store.files import Files
            from senreg.store.unlocking import folder_of, is_sealed_folder

            folder = folder_of(self._register)
            if not is_sealed_folder(Files(), folder):
                return
            from senreg.store.preparing import Ahead

            self._begun = Ahead(folder)
