"""Making a second copy of a register from a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from senreg import clock
from senreg.errors import Locked, SenregError, Unreadable
from senreg.register import Register
from senreg.store.creating import whole_or_gone
from senreg.store.folder import Store
from senreg.store.migrations import MODELS
from senreg.sync.bundle import Bundle, read_bundle
from senreg.sync.forms import refuse_odd_values
from senreg.sync.since import brought_by

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys


def join(
    bundle_path: Path,
    folder: Path,
    *,
    person: str | None = None,
    passphrase: str | None = None,
    new_passphrase: str | None = None,
) -> Register:
    """A new copy of the bundle's register in a folder that does not exist or is empty.

    Everything in the bundle is read and checked before the folder is made.

    Args:
        bundle_path: The bundle.
        folder: It becomes the copy.
        person: Who sits here; without it, the login name.
        passphrase: Of whoever made a sealed bundle, or the recovery key.
        new_passphrase: What is to open the copy; without it, the passphrase of the bundle.

    Raises:
        Locked: The bundle is sealed, and the passphrase does not open it; or the recovery key
            did, and there is no new passphrase.
        Unreadable: It is a bad bundle, or the folder holds something.
    """
    bundle = read_bundle(bundle_path, passphrase=passphrase)
    if new_passphrase is None and bundle.keys is not None and bundle.keys.passkey is not None:
        new_passphrase = passphrase
    return join_from(bundle, folder, person=person, passphrase=new_passphrase)


def join_from(
    bundle: Bundle, folder: Path, *, person: str | None = None, passphrase: str | None = None
) -> Register:
    """A new copy of the register of a bundle that was read; otherwise the same as `join`.

    Args:
        bundle: What was read.
        folder: It becomes the copy.
        person: Who sits here.
        passphrase: What is to open the copy of a sealed register.
    """
    if bundle.since:
        raise Unreadable(
            "That bundle holds only what came after another one.",
            do="To join a copy, ask for a full bundle.",
        )
    refuse_odd_values(map(MODELS.commit, bundle.commits))
    keys = _keys(bundle, passphrase)
    with whole_or_gone(folder):
        store = Store.create(folder, register=bundle.register, invented=bundle.invented, keys=keys)
        register = Register(store, person)
        register.merged(bundle.commits, "Join a copy", brought_by(bundle, bundle.commits))
    if register.pack is not None and person is None:
        register.person = register.pack.staff
    return register


def _keys(bundle: Bundle, passphrase: str | None) -> OpenKeys | None:
    """Keys of its own for a copy: they share the bundle key and the recovery key."""
    if bundle.keys is None:
        return None
    if passphrase is None or (bundle.recovery is None and not bundle.is_pack):
        raise Locked(
            "A copy of an encrypted register needs a passphrase of its own.",
            do="Choose one: five words that do not belong together.",
        )
    from senreg.store.keys import make_keys

    return make_keys(
        bundle.register,
        passphrase,
        bundle.recovery,
        clock.milliseconds(),
        bundle=bundle.keys.key,
    )


def copy_of(register: Register, folder: Path, *, person: str | None = None) -> Register:
    """A copy of its own of an open register, to work in and to merge later.

    A sealed register's copy opens with the same passphrase.

    Raises:
        SenregError: The journal has lost changes, which the copy would lack for ever.
        Unreadable: The folder holds something.
        CannotWrite: The disk refused.
    """
    if register.lost_changes:
        raise SenregError(
            "The history of this register has gaps, and a copy made from it would lack them.",
            do="Open it for reading, or take it over.",
        )
    store = register.store
    commits = [each for each in store.journal.commits() if each["ops"]]
    with whole_or_gone(folder):
        made = Store.create(
            folder, register=register.register_id, invented=register.invented, keys=store.keys
        )
        copy = Register(made, person)
        copy.merged(commits, "Join a copy")
    return copy
