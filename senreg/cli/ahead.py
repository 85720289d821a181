"""Loading what a verb will need while its passphrase is made a key, which waits half a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread


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
