"""The keys of a sealed register: its data key, wrapped once for each way of opening it.

`keys.json`, and its twin `keys.json.bak`, hold no data and nothing that opens without a
passphrase or the printed recovery key. A new passphrase is a new slot; the register itself is
not written anew. `docs/vault.md` has the format.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from senreg.errors import DamagedRegister, Locked, SenregError, Unreadable
from senreg.store.kdf import Cost, calibrated, derive
from senreg.store.operations import new_id
from senreg.store.recovery_key import private_half
from senreg.store.refusals import keys_gone
from senreg.store.sealed import SealedCodec
from senreg.store.sealing import (
    KEY_BYTES,
    DataKey,
    WrongKey,
    decoded,
    encoded,
    expand,
    faster_cipher,
    new_data_key,
    unwrap,
    wrap,
)

FORMAT = 1
PASSPHRASE = "passphrase"  # noqa: S105 - the kind of a slot
RECOVERY = "recovery"

SEALING = "sealing"
REKEYING = "rekeying"

_FILE = b"senreg/keys/1"
_INSIDE = b"senreg/inside/1"
_SLOT = b"senreg/slot/1"

Slot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What stands in `keys.json`."""

    register: str
    key: dict[str, Any]
    """The key in use: id, cipher, made (milliseconds since 1970)."""
    slots: list[Slot]
    inside: list[dict[str, Any]] = field(default_factory=list)
    """Keys wrapped under the key in use: id, kind (`bundle`, or `data` for a key it took the
    place of), cipher, wrapped, until (when it was retired; none for one in use)."""
    unfinished: str = ""
    """`sealing` or `rekeying` while the register's files are written anew, else empty."""
    other: dict[str, Any] = field(default_factory=dict)
    """Entries of a newer version, kept as they are."""
    tag: str | None = None
    """What only the key in use makes of the rest. None where the rest comes from a snapshot,
    which is bound to all it says itself."""

    def slot(self, kind: str) -> Slot | None:
        """The way in of a kind; None where there is none."""
        return next((each for each in self.slots if each.get("kind") == kind), None)

    def open_with(self, passphrase: str) -> OpenKeys:
        """The keys, by the passphrase; it takes about a quarter of a second.

        Raises:
            Locked: with the same sentence whatever did not fit; another where no passphrase
                could, for the key file is gone.
            DamagedRegister: it fits, and the key file was changed by some other program.
        """
        if self.slot(PASSPHRASE) is None:
            raise keys_gone()
        for slot in self.slots:
            if slot.get("kind") != PASSPHRASE:
                continue
            try:
                cost = Cost(slot["memory"], slot["iterations"], slot["lanes"])
                if not cost.bearable:
                    continue
                passkey = derive(passphrase, decoded(slot["salt"]), cost)
                return self._opened(slot, passkey, passkey)
            except (WrongKey, ValueError, KeyError, TypeError):
                continue
            except MemoryError:
                raise Locked(
                    "There is not enough memory free to open this register.",
                    do="Close other programs, then type the passphrase again.",
                ) from None
        raise wrong_passphrase()

    def open_with_recovery(self, recovery_key: str) -> OpenKeys:
        """The keys, by the printed recovery key.

        Raises Unreadable where it was mistyped, Locked where it is another register's, and
        DamagedRegister as `open_with` does.
        """
        private = private_half(recovery_key)
        slot = self.slot(RECOVERY)
        try:
            if slot is not None:
                return self._opened(slot, _shared(private, slot), None)
        except (WrongKey, ValueError, KeyError, TypeError):
            pass
        raise Locked(
            "That recovery key does not open this register.",
            do="Look whether the sheet is of this register, and of its newest key.",
        )

    def open_by(self, typed: str) -> OpenKeys:
        """The keys, by the passphrase or else by the recovery key. Raises as `open_with`."""
        try:
            return self.open_with(typed)
        except Locked as refusal:
            try:
                return self.open_with_recovery(typed)
            except (Unreadable, Locked):
                raise refusal from None

    def tagged(self, secret: bytes) -> KeyFile:
        """The same file with the tag that the key in use makes of it."""
        said = {
            "register": self.register,
            "key": self.key,
            "slots": self.slots,
            "inside": self.inside,
            "unfinished": self.unfinished,
            **self.other,
        }
        data = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
        return replace(self, tag=encoded(hmac.digest(expand(secret, b"", _FILE), data, "sha256")))

    def _opened(self, slot: Slot, slot_key: bytes, passkey: bytes | None) -> OpenKeys:
        secret = unwrap(slot_key, slot["wrapped"], bound_to(self.register, self.key, slot))
        key = DataKey(self.key["id"], self.key["cipher"], secret)
        if self.tag is None:
            return OpenKeys(self.tagged(secret), key, [], [], passkey)
        if not hmac.compare_digest(self.tag, self.tagged(secret).tag or ""):
            raise DamagedRegister(
                "The key file of this register was changed by something other than senreg.",
                safe="Nothing in the folder was changed now; the register itself may be whole.",
                do="Put keys.json back from a backup, or open a backup of the register.",
            )
        within = expand(secret, b"", _INSIDE)
        found = [
            (each, DataKey(each["id"], each["cipher"], unwrap(within, each["wrapped"], _of(each))))
            for each in self.inside
        ]
        return OpenKeys(
            self,
            key,
            retired=[held for each, held in found if each["kind"] == "data"],
            bundles=[held for each, held in found if each["kind"] == "bundle"],
            passkey=passkey,
        )


@dataclass(slots=True, repr=False, weakref_slot=True)
class OpenKeys:
    """The keys of a register that was unlocked. They stand in memory and nowhere else."""

    file: KeyFile
    key: DataKey
    retired: list[DataKey]
    """Keys that the one in use took the place of: they read old backups, nothing is written
    under them."""
    bundles: list[DataKey]
    """Keys of bundles, the one in use first."""
    passkey: bytes | None
    """What came of the passphrase; None where the recovery key opened the register."""

    def codec(self, *, old: bool = False) -> SealedCodec:
        """What reads and writes the register's files.

        Args:
            old: Also read what lies under keys that were retired, as a backup may. Somebody
                may still have those: in the register itself they are believed only until
                all of it is under the key in use.
        """
        slot = self.file.slot(RECOVERY)
        clear = {} if slot is None else {RECOVERY: slot}
        retired = self.retired if old or self.file.unfinished else []
        plain_too = self.file.unfinished == SEALING
        return SealedCodec(self.file.register, [self.key, *retired], clear, plain_too=plain_too)

    @property
    def recovery_public(self) -> bytes | None:
        """The public half of the recovery key."""
        slot = self.file.slot(RECOVERY)
        return decoded(slot["public"]) if slot else None

    def with_passphrase(self, passphrase: str, cost: Cost | None = None) -> OpenKeys:
        """The same keys under a new passphrase: no file but the key file changes."""
        slots = [each for each in self.file.slots if each.get("kind") != PASSPHRASE]
        slot, passkey = _passphrase_slot(
            self.file.register, self.file.key, self.key, passphrase, cost
        )
        return replace(self, file=self._file(slots=[slot, *slots]), passkey=passkey)

    def renewed(
        self, passphrase: str, public: bytes, now: int, cost: Cost | None = None
    ) -> OpenKeys:
        """New keys for the same register; those until now are kept, retired, to read with.

        Args:
            passphrase: What opens the new keys.
            public: The public half of the recovery key that opens them.
            now: Milliseconds since 1970.
            cost: Of the passphrase; without it, what this machine bears.
        """
        made = make_keys(self.file.register, passphrase, public, now, cost)
        until = {"until": now}
        old = [(each, {"kind": "data", **until}) for each in (self.key, *self.retired)]
        old += [(each, {"kind": "bundle", **until}) for each in self.bundles]
        inside = made.file.inside + [_inside(made.key, each, **said) for each, said in old]
        return OpenKeys(
            replace(made.file, inside=inside, unfinished=REKEYING).tagged(made.key.secret),
            made.key,
            retired=[self.key, *self.retired],
            bundles=[*made.bundles, *self.bundles],
            passkey=made.passkey,
        )

    def finished(self) -> OpenKeys:
        """The same keys, once every file is written under the key in use."""
        return self.unfinished_as("")

    def unfinished_as(self, what: str) -> OpenKeys:
        """The same keys, whose file says what is still to be written anew."""
        return replace(self, file=self._file(unfinished=what))

    def _file(self, **changed: Any) -> KeyFile:
        """The key file with something changed, and its tag anew."""
        return replace(self.file, **changed).tagged(self.key.secret)


def make_keys(
    register: str,
    passphrase: str,
    public: bytes | None,
    now: int,
    cost: Cost | None = None,
    *,
    bundle: DataKey | None = None,
) -> OpenKeys:
    """Keys for a register that is to be sealed.

    Args:
        register: Its id.
        passphrase: What opens it; its strength is judged elsewhere.
        public: The public half of the recovery key that opens it too; a staff pack of a plain
            register has none.
        now: Milliseconds since 1970.
        cost: Of the passphrase; without it, what this machine bears in a quarter of a second.
        bundle: The key of bundles that other copies of the register use; without it, a new one.
    """
    key = new_data_key(new_id(), faster_cipher())
    said = {"id": key.id, "cipher": key.cipher, "made": now}
    slot, passkey = _passphrase_slot(register, said, key, passphrase, cost)
    bundle = bundle or new_data_key(new_id(), key.cipher)
    file = KeyFile(
        register,
        said,
        [slot] if public is None else [slot, recovery_slot(register, said, key, public)],
        [_inside(key, bundle, kind="bundle")],
    )
    return OpenKeys(file.tagged(key.secret), key, [], [bundle], passkey)


def recovery_slot(register: str, said: Mapping[str, Any], key: DataKey, public: bytes) -> Slot:
    """A slot that the printed recovery key opens, made from its public half alone."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    slot: Slot = {
        "kind": RECOVERY,
        "public": encoded(public),
        "ephemeral": encoded(ephemeral.public_key().public_bytes_raw()),
    }
    wrapped = wrap(expand(shared, b"", _SLOT), key.secret, bound_to(register, said, slot))
    return slot | {"wrapped": wrapped}


def bound_to(register: str, key: Mapping[str, Any], slot: Mapping[str, Any]) -> bytes:
    """What a slot's wrapped key is bound to: everything the slot says, and whose it is."""
    said = {name: value for name, value in slot.items() if name != "wrapped"}
    whole = {"register": register, "key": key["id"], "cipher": key["cipher"], "slot": said}
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)


def passphrase_slot_for(keys: OpenKeys, said: Mapping[str, Any], key: DataKey) -> Slot:
    """A slot that opens another key with the passphrase which opened these.

    The passphrase is not asked again: what came of it wraps this key too.
    """
    own = keys.file.slot(PASSPHRASE)
    assert own is not None
    assert keys.passkey is not None
    slot = {name: value for name, value in own.items() if name != "wrapped"}
    bound = bound_to(keys.file.register, said, slot)
    return slot | {"wrapped": wrap(keys.passkey, key.secret, bound)}


def wrong_passphrase() -> SenregError:
    """The one sentence for a passphrase that does not fit, whatever part of it failed."""
    return Locked(
        "That passphrase does not open this register.",
        do="Type it again; the printed recovery key opens it too.",
    )


def _passphrase_slot(
    register: str, said: Mapping[str, Any], key: DataKey, passphrase: str, cost: Cost | None
) -> tuple[Slot, bytes]:
    cost = cost or calibrated()
    salt = os.urandom(16)
    passkey = derive(passphrase, salt, cost)
    slot: Slot = {"kind": PASSPHRASE, "kdf": "argon2id", **cost._asdict(), "salt": encoded(salt)}
    return slot | {"wrapped": wrap(passkey, key.secret, bound_to(register, said, slot))}, passkey


def _shared(private: Any, slot: Slot) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    ephemeral = X25519PublicKey.from_public_bytes(decoded(slot["ephemeral"]))
    return expand(private.exchange(ephemeral), b"", _SLOT)


def _inside(key: DataKey, held: DataKey, **said: Any) -> dict[str, Any]:
    assert len(held.secret) == KEY_BYTES
    entry = {"id": held.id, "cipher": held.cipher, **said}
    return entry | {"wrapped": wrap(expand(key.secret, b"", _INSIDE), held.secret, _of(entry))}


def _of(entry: Mapping[str, Any]) -> bytes:
    said = {name: value for name, value in entry.items() if name != "wrapped"}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
