"""How a register is protected: what opens it, and how that is made and changed.

A sealed register opens with its passphrase or with the printed recovery key. Nothing here
keeps or shows either; `OpenKeys` are what came of one and stand in memory only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import CannotWrite, Unfinished, Unreadable
from senreg.store.files import Files
from senreg.store.key_files import mend_twin, read_keys, write_keys
from senreg.store.keys import OpenKeys, make_keys
from senreg.store.operations import new_id
from senreg.store.recovery_key import bare, new_recovery_key, public_half
from senreg.store.refusals import UNFINISHED
from senreg.store.sealing import SALT_BYTES
from senreg.store.unlocking import asks_for_keys, folder_of

if TYPE_CHECKING:
    # Loaded where they are used: a passphrase that is made a key waits for none of them.
    from senreg.store.folder import Store

__all__ = ["OpenKeys", "Seal", "is_sealed", "new_recovery_key", "same_recovery_key"]

Watch = Callable[[int, int], object]

TESTED_GROUPS = 2
"""The groups at the end of a recovery key that are typed to show that it is on paper."""

_DRAFT = b"senreg/draft/1"
_FIRST_NONCE = bytes(12)


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """What is to open a register: a passphrase, and the recovery key that was printed."""

    passphrase: str
    recovery_key: str

    def keys(self, register: str = "") -> OpenKeys:
        """Keys for a register that is to be made; a quarter of a second. Raises Unreadable."""
        from senreg import clock

        public = public_half(self.recovery_key)
        return make_keys(register or new_id(), self.passphrase, public, clock.milliseconds())


def is_sealed(register: Path) -> bool:
    """Whether the register at a path opens only with a passphrase or the recovery key."""
    return asks_for_keys(Files(), folder_of(Path(register)))


def unlock(register: Path, passphrase: str) -> OpenKeys:
    """The keys of a register by its passphrase; threads may run during that quarter of a second.

    Raises:
        Locked: The passphrase does not open it.
        Unreadable: There is no sealed register there.
        DamagedRegister: Its key files are damaged.
    """
    found = read_keys(Files(), folder_of(Path(register)))
    if found is None:
        raise _not_sealed()
    return found.file.open_with(passphrase)


def unlock_with_recovery(register: Path, recovery_key: str) -> OpenKeys:
    """The keys of a register by its printed recovery key. Raises as `unlock` does."""
    found = read_keys(Files(), folder_of(Path(register)))
    if found is None:
        raise _not_sealed()
    return found.file.open_with_recovery(recovery_key)


def same_recovery_key(one: str, other: str) -> bool:
    """Whether two recovery keys, however typed, are one. Raises Unreadable for a typing slip."""
    return public_half(one) == public_half(other)


def ends_recovery_key(typed: str, recovery_key: str) -> bool:
    """Whether what was typed, however it was, is a recovery key or its last two groups."""
    given, key = bare(typed), bare(recovery_key)
    last = bare("".join(recovery_key.split("-")[-TESTED_GROUPS:]))
    return given in (key, last)


def seal_draft(keys: OpenKeys, data: bytes, about: str) -> bytes:
    """What was typed and not saved, sealed beside the register.

    Args:
        keys: The register's.
        data: What was typed.
        about: What the draft is of; it opens as nothing else.

    Returns:
        32 random bytes of salt, then the sealed bytes: the key, which seals nothing else, is
        HKDF-SHA256 of the data key with that salt, and the nonce is 0.
    """
    salt = os.urandom(SALT_BYTES)
    sealed = keys.key.cipher_for(_DRAFT, salt).encrypt(_FIRST_NONCE, data, about.encode())
    return salt + sealed


def open_draft(keys: OpenKeys, sealed: bytes, about: str) -> bytes | None:
    """A sealed draft again, by the key in use or one before it; None where none opens it."""
    from cryptography.exceptions import InvalidTag

    salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    for key in (keys.key, *keys.retired):
        with suppress(InvalidTag, ValueError):
            return key.cipher_for(_DRAFT, salt).decrypt(_FIRST_NONCE, rest, about.encode())
    return None


def change_passphrase(store: Store, passphrase: str) -> None:
    """Let another passphrase open a sealed register; its other files stay as they are.

    Raises CannotWrite, and the old one opens it; or Unfinished, and the new one already does.
    """
    from senreg.store.backups import Backups

    assert store.keys is not None
    changed = store.keys.with_passphrase(passphrase)
    write_keys(store.files, store.folder, changed.file)
    store.keys = changed
    try:
        Backups(store).renew()
    except CannotWrite as refusal:
        raise Unfinished(
            refusal.happened,
            safe="Nothing is lost, and only the new passphrase opens the register from now on; "
            "the one until now still opens some of its backups.",
            do="Make room on the disk or check that it is plugged in, then set the passphrase "
            "once more.",
        ) from refusal


def protect(store: Store, seal: Seal, watch: Watch | None = None) -> None:
    """Seal a plain register in place, or give a sealed one new keys: all is written anew.

    Raises ReadOnly, CannotWrite, Unreadable; Unfinished where the new keys count already.
    """
    from senreg.store.rekeying import rekey, seal_in_place

    public = public_half(seal.recovery_key)
    change = seal_in_place if store.keys is None else rekey
    change(store, seal.passphrase, public, watch=watch)


def tend(store: Store, watch: Watch | None = None) -> None:
    """What is due when a sealed register was opened for writing.

    A damaged key file is mended from its twin, and a change of keys that was interrupted is
    gone on with. Where the disk refuses that, the register can only be read.
    """
    if store.keys is None or store.read_only:
        return
    mend_twin(store.files, store.folder, store.keys.file)
    if not store.keys.file.unfinished:
        return
    from senreg.store.rekeying import finish, is_of_disk

    try:
        finish(store, watch)
    except CannotWrite as refusal:
        store.read_only = True
        store.warnings.append(UNFINISHED if is_of_disk(refusal) else refusal.happened)


def _not_sealed() -> Unreadable:
    return Unreadable(
        "There is no encrypted register in that folder.",
        do="Name the folder that `senreg new` made.",
    )
