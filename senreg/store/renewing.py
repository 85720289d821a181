"""A backup under other keys: what is in it, written anew as the register is written now."""

from __future__ import annotations

import errno

from senreg.store.archive import KEYS, ROOT, ArchivedFiles
from senreg.store.codec import BadLine, Codec, PlainCodec
from senreg.store.files import REGISTER
from senreg.store.rewriting import encoded_segment, header_key
from senreg.store.segments import read_segment
from senreg.store.unlocking import is_sealed_folder


def renewed(archive: ArchivedFiles, codec: Codec, keys: bytes) -> dict[str, bytes]:
    """The files of a backup as the codec writes them; a file under its key already stays.

    Args:
        archive: The backup.
        codec: Writes under the key in use; reads also what was sealed under earlier ones.
        keys: The key file that is to be in it.

    Raises OSError where something in it cannot be read.
    """
    members = dict(archive.members())
    if members.get(KEYS) == keys:
        return members
    reading = codec if is_sealed_folder(archive, ROOT) else PlainCodec()
    key = codec.key_id
    after = {KEYS: keys}
    for name, data in members.items():
        if name == REGISTER:
            after[name] = _snapshot(data, reading, codec, key)
        elif name != KEYS:
            after[name] = _segment(archive, name, data, reading, codec, key)
    return after


def _snapshot(data: bytes, reading: Codec, codec: Codec, key: str) -> bytes:
    from senreg.store.sealed import in_clear, is_sealed

    try:
        if is_sealed(data) and in_clear(data)[1].get("key") == key:
            return data
        return codec.seal(reading.unseal(data))
    except BadLine as bad:
        raise OSError(errno.EIO, "the snapshot in it cannot be read") from bad


def _segment(
    archive: ArchivedFiles, name: str, data: bytes, reading: Codec, codec: Codec, key: str
) -> bytes:
    segment = read_segment(archive, ROOT / name, reading)
    if header_key(segment) == key:
        return data
    if segment.header is None or segment.damaged:
        raise OSError(errno.EIO, "the journal in it cannot be read")
    return encoded_segment(segment, codec)
