"""A backup without the values of erased records, so that going back to it brings none back."""

from __future__ import annotations

import errno

from senreg.errors import Unreadable
from senreg.store.archive import KEYS, ROOT, ArchivedFiles
from senreg.store.codec import BadLine, Codec, PlainCodec
from senreg.store.erasures import ERASURES, holds_values, without_values
from senreg.store.files import REGISTER
from senreg.store.rewriting import encoded_segment
from senreg.store.segments import read_segment
from senreg.store.snapshot import decode_snapshot, encode_snapshot
from senreg.store.state import State
from senreg.store.unlocking import is_sealed_folder


def scrubbed(archive: ArchivedFiles, codec: Codec, state: State) -> dict[str, bytes]:
    """The files of a backup without values that were erased; its snapshot knows of the erasures.

    Args:
        archive: The backup.
        codec: Reads and writes what is sealed.
        state: The register as it is now, with every erasure.

    Raises OSError where something in it cannot be read.
    """
    own = codec if is_sealed_folder(archive, ROOT) else PlainCodec()
    after = {}
    for name, data in archive.members():
        if name == REGISTER:
            after[name] = _snapshot(data, own, state)
        elif name == KEYS:
            after[name] = data
        else:
            after[name] = _segment(archive, name, data, own, state)
    return after


def _snapshot(data: bytes, codec: Codec, state: State) -> bytes:
    try:
        snapshot = decode_snapshot(codec, data)
    except (BadLine, Unreadable) as bad:
        raise OSError(errno.EIO, "the snapshot in it cannot be read") from bad
    known = snapshot.state.live.get(ERASURES, {})
    missing = {h: each for h, each in state.live.get(ERASURES, {}).items() if h not in known}
    if not missing:
        return data
    for record, values in missing.items():
        h = state.heads[ERASURES][record]
        erasure = {"h": h, "table": ERASURES, "record": record, "o": {}, "new": True, "v": values}
        snapshot.state.apply({}, erasure)
    snapshot.meta.scrub, snapshot.meta.waiting = [], []
    return encode_snapshot(codec, snapshot.meta, snapshot.state)


def _segment(archive: ArchivedFiles, name: str, data: bytes, codec: Codec, state: State) -> bytes:
    segment = read_segment(archive, ROOT / name, codec)
    if segment.damaged and segment.header is None:
        raise OSError(errno.EIO, "the journal in it cannot be read")
    dirty = any(holds_values(each, state.erased) for each in segment.lines.values())
    if not (dirty or segment.torn or segment.spoiled or segment.damaged):
        return data
    if segment.header is None:
        return b""
    segment.lines = {n: without_values(each, state.erased) for n, each in segment.lines.items()}
    return encoded_segment(segment, codec)
