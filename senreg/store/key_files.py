"""`keys.json` and its twin on the disk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from senreg.errors import CannotWrite, DamagedRegister, SenregError, Unfinished, Unreadable
from senreg.store.codec import BadLine
from senreg.store.files import BACKUP, REGISTER, Files, disk_refused
from senreg.store.keys import FORMAT, RECOVERY, KeyFile
from senreg.store.operations import new_id
from senreg.store.refusals import KEYS_GONE, TWIN_READ
from senreg.store.sealed import in_clear, is_sealed

KEYS = "keys.json"
TWIN = "keys.json.bak"

UNCHANGED = "The register is as it was: what opened it until now opens it, and nothing else."

_KNOWN = {
    "register": str, "key": dict, "slots": list, "inside": list, "unfinished": str, "tag": str,
}  # fmt: skip
_HEAD = b'{"digest":"'
_DIGEST = slice(len(_HEAD), len(_HEAD) + 32)


def encode_keys(keys: KeyFile) -> bytes:
    """The bytes of a key file: JSON, and a digest that tells damage from a wrong passphrase."""
    said: dict[str, Any] = {
        "senreg": "keys",
        "format": FORMAT,
        "register": keys.register,
        "key": keys.key,
        "slots": keys.slots,
        "inside": keys.inside,
        "unfinished": keys.unfinished,
        "tag": keys.tag,
        **keys.other,
    }
    rest = b'",%b\n' % orjson.dumps(said, option=orjson.OPT_INDENT_2)[1:]
    return _HEAD + _digest(rest) + rest


def decode_keys(written: bytes) -> KeyFile:
    """The key file of these bytes.

    Raises:
        BadLine: they are damaged, or no key file.
        Unreadable: they are of a newer version.
    """
    if not written.startswith(_HEAD) or written[_DIGEST] != _digest(written[_DIGEST.stop :]):
        raise BadLine
    try:
        said = orjson.loads(written)
        if said["format"] > FORMAT:
            raise Unreadable(
                "This register was sealed by a newer version of senreg.",
                do="Install that version on this machine to open it.",
            )
        own = {*_KNOWN, "digest", "senreg", "format"}
        other = {name: value for name, value in said.items() if name not in own}
        if not all(isinstance(said[name], kind) for name, kind in _KNOWN.items()):
            raise BadLine
        if not all(isinstance(each, dict) for each in (*said["slots"], *said["inside"])):
            raise BadLine
        if not all(isinstance(said["key"][name], str) for name in ("id", "cipher")):
            raise BadLine
        return KeyFile(**{name: said[name] for name in _KNOWN}, other=other)
    except (ValueError, KeyError, TypeError) as bad:
        raise BadLine from bad


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """A key file as it was found."""

    file: KeyFile
    damage: tuple[str, ...] = ()
    """What is wrong with one of the files, in sentences; the register opens all the same."""


def read_keys(files: Files, folder: Path) -> FoundKeys | None:
    """The key file of a register's folder; None where the register is plain.

    Its twin serves where it is damaged, and where both are, a sealed snapshot, which says how
    the recovery key opens it.

    Raises:
        DamagedRegister: nothing is left that a key could open.
        Unreadable: it is of a newer version, or the disk refuses.
    """
    found: KeyFile | None = None
    damage: list[str] = []
    for name in (KEYS, TWIN):
        written = _bytes(files, folder / name)
        try:
            if written is not None:
                keys = decode_keys(written)
                found = found or keys
        except BadLine:
            damage.append(f"{name} is damaged; {TWIN_READ}")
    if found is not None:
        return FoundKeys(found, tuple(damage))
    for name in (REGISTER, BACKUP):
        snapshot = _bytes(files, folder / name) or b""
        if is_sealed(snapshot):
            with suppress(BadLine, KeyError):
                front = in_clear(snapshot)[1]
                key = {"id": front["key"], "cipher": front["cipher"], "made": 0}
                keys = KeyFile(front["register"], key, [front[RECOVERY]])
                return FoundKeys(keys, (KEYS_GONE,))
    if damage:
        raise DamagedRegister(
            "The key file of this register is damaged, and its twin too.",
            safe="Nothing in the folder was changed; the register itself may be whole.",
            do=f"Put {KEYS} back from a copy of the folder, or restore a backup.",
        )
    return None


def _bytes(files: Files, path: Path) -> bytes | None:
    try:
        return files.read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as refusal:
        raise Unreadable(
            "The register's key file cannot be read from the disk.",
            do=f"The system says: {refusal.strerror}.",
        ) from refusal


def write_keys(files: Files, folder: Path, keys: KeyFile) -> None:
    """Put a key file and then its twin in place, each durable before the next.

    Raises CannotWrite where the register opens as before, Unfinished where with what is new.
    """
    written = encode_keys(keys)
    for name in (KEYS, TWIN):
        try:
            _put(files, folder / name, written)
        except CannotWrite as refusal:
            with suppress(Unreadable):
                if _bytes(files, folder / KEYS) == written:
                    raise keys_in_force(refusal, "passphrase opens") from refusal
            refusal.safe = UNCHANGED
            raise


def keys_in_force(refusal: CannotWrite, what: str) -> Unfinished:
    """The refusal in the midst of a change of keys, when those that are new count already.

    Args:
        refusal: Why the rest could not be done.
        what: What is new, and a verb: 'passphrase opens'.
    """
    return Unfinished(
        refusal.happened,
        safe=f"Nothing is lost, and only the new {what} the register from now on.",
        do="Make room on the disk or check that it is plugged in; the rest is done at the next "
        "opening.",
    )


def mend_twin(files: Files, folder: Path, keys: KeyFile) -> None:
    """Make both key files say the same again, after a crash between the two or damage to one.

    The first that is sound counts, for another program may have changed the passphrase since
    `keys` were read; where neither is, they are written. What is damaged is put aside, not
    written over. That the disk refuses is no harm: either file opens the register.
    """
    try:
        standing = {name: _bytes(files, folder / name) for name in (KEYS, TWIN)}
        sound = [each for each in standing.values() if each is not None and _is_sound(each)]
        written = sound[0] if sound else encode_keys(keys)
        for name, each in standing.items():
            path = folder / name
            if each == written:
                continue
            if each is not None and not _is_sound(each):
                files.replace(path, path.with_name(f"{name}.damaged-{new_id()}"))
            _put(files, path, written)
    except (OSError, SenregError):
        return


def _is_sound(written: bytes) -> bool:
    try:
        decode_keys(written)
    except BadLine:
        return False
    return True


def _put(files: Files, path: Path, written: bytes) -> None:
    beside = path.with_name(f"{path.name}.new-{new_id()}")
    try:
        files.write_whole(beside, written)
        files.replace(beside, path)
        files.sync_entry(path)
    except OSError as refusal:
        files.discard(beside)
        raise disk_refused(refusal) from refusal


def _digest(rest: bytes) -> bytes:
    return blake2b(rest, digest_size=16).hexdigest().encode("ascii")
