"""Making a second copy of a register from a bundle."""

from __future__ import annotations

from pathlib import Path

from senreg.register import Register
from senreg.store.creating import whole_or_gone
from senreg.store.folder import Store
from senreg.sync.bundle import Bundle, read_bundle
from senreg.sync.forms import refuse_odd_values


def join(bundle_path: Path, folder: Path, *, person: str | None = None) -> Register:
    """A new copy of the bundle's register in a folder that does not exist or is empty.

    Everything in the bundle is read and checked before the folder is made.

    Raises Unreadable for a bad bundle or a folder that holds something.
    """
    return join_from(read_bundle(bundle_path), folder, person=person)


def join_from(bundle: Bundle, folder: Path, *, person: str | None = None) -> Register:
    """A new copy of the register of a bundle that was read; otherwise the same as `join`."""
    refuse_odd_values(bundle.commits)
    with whole_or_gone(folder):
        store = Store.create(folder, register=bundle.register, invented=bundle.invented)
        register = Register(store, person)
        register.merged(bundle.commits, "Join a copy")
    return register
