"""A bundle: commits on their way to another copy, in one versioned, size-capped file.

The file is three parts: the line `senreg-bundle 1 DIGEST`, one line of JSON that says what
is inside, and the zlib-compressed commits, one JSON document a line. The digest is BLAKE2b
of 128 bits over all that follows its line. The second line is {register, copy, school,
invented, made_at, by, schema, commits, operations, size} with the size of the commits before
compression.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from senreg import clock
from senreg.errors import CannotWrite, Unreadable
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.journal import Commit
from senreg.store.operations import HEADER_KEYS, is_genuine, new_id
from senreg.store.snapshot import SCHEMA
from senreg.sync.forms import is_commit

FORMAT = 1
ENDING = ".senreg-bundle"
_MAGIC = b"senreg-bundle "
_LARGEST_BYTES = 200_000_000
_LARGEST_FILE = 100_000_000
_MOST_OPERATIONS = 2_000_000
_LONGEST_HEADER = 4_096


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What went into a bundle."""

    path: Path
    operations: int
    records: int
    size: int
    """Bytes of the file."""
    lost: int = 0
    """Changes that are in the records and, because the journal lost them, not in the bundle."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What came out of one: whose it is and its commits, each operation found genuine."""

    register: str
    copy: str
    school: str
    invented: bool
    made_at: int
    by: str
    commits: list[Commit]


def export_bundle(
    register: Register, path: Path, watch: Callable[[int, int], object] | None = None
) -> BundleSummary:
    """Write everything this copy knows into a file another copy can join or merge.

    The file is written beside its place first, so that a failure leaves no half bundle.

    Args:
        register: The register to read.
        path: Where the bundle goes.
        watch: Told the steps done and all steps; what it raises stops the work, and then
            nothing is written.
    """
    step = watch or _unwatched
    step(0, 3)
    commits = [_portable(each) for each in register.store.journal.commits() if each["ops"]]
    step(1, 3)
    body = b"\n".join(orjson.dumps(each) for each in commits)
    operations = [operation for each in commits for operation in each["ops"]]
    header = {
        "register": register.register_id,
        "copy": register.copy_id,
        "school": register.school["name"] or "",
        "invented": register.invented,
        "made_at": clock.milliseconds(),
        "by": register.person,
        "schema": SCHEMA,
        "commits": len(commits),
        "operations": len(operations),
        "size": len(body),
    }
    step(2, 3)
    rest = b"%b\n%b" % (orjson.dumps(header), zlib.compress(body, 6))
    step(3, 3)
    data = b"%b%d %b\n%b" % (_MAGIC, FORMAT, _digest(rest), rest)
    _write(path, data)
    records = {(operation["table"], operation["record"]) for operation in operations}
    return BundleSummary(path, len(operations), len(records), len(data), register.lost_changes)


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file, every operation checked against its id.

    Raises Unreadable, in one sentence, for a file that is no bundle, is damaged, too large
    or of a newer version. At most 200 MB are ever unpacked.
    """
    header, body = _unpack(_contents(path))
    commits = []
    count = 0
    try:
        for line in body.split(b"\n") if body else ():
            commit = orjson.loads(line)
            count += len(commit["ops"])
            if count > _MOST_OPERATIONS:
                raise _too_large()
            _check(commit)
            commits.append(commit)
        return Bundle(
            register=str(header["register"]),
            copy=str(header["copy"]),
            school=str(header["school"]),
            invented=header["invented"] is True,
            made_at=int(header["made_at"]),
            by=str(header["by"]),
            commits=commits,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise _damaged() from bad


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def _unpack(data: bytes) -> tuple[dict[str, Any], bytes]:
    magic, _, rest = data.partition(b"\n")
    if not magic.startswith(_MAGIC):
        raise Unreadable(
            "That file is not a senreg bundle.",
            do="Choose a file that ends in .senreg-bundle.",
        )
    version, _, digest = magic[len(_MAGIC) :].partition(b" ")
    if version.isdigit() and int(version) > FORMAT:
        raise Unreadable(
            "That bundle was made by a newer version of senreg.",
            do="Install that version here, or ask for a bundle made by this one.",
        )
    if version != b"%d" % FORMAT or digest != _digest(rest):
        raise _damaged()
    line, _, packed = rest.partition(b"\n")
    try:
        if len(line) > _LONGEST_HEADER:
            raise ValueError("the header is too long")
        header = orjson.loads(line)
        if header["size"] > _LARGEST_BYTES:
            raise _too_large()
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(packed, header["size"] + 1)
        whole = unpacking.eof and not unpacking.unused_data
        if not whole or len(body) != header["size"]:
            raise ValueError("the contents are not those announced")
    except (ValueError, KeyError, TypeError, zlib.error) as bad:
        raise _damaged() from bad
    return header, body


def _contents(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise _too_large()
        return path.read_bytes()
    except OSError as refusal:
        raise Unreadable(
            f"That file cannot be read: {refusal.strerror or 'unknown reason'}.",
            do="Check its name and that it is there.",
        ) from refusal


def _check(commit: Commit) -> None:
    if not is_commit(commit) or not all(is_genuine(commit, each) for each in commit["ops"]):
        raise ValueError("a commit is not of its form, or an operation not what its id says")


def _portable(commit: Commit) -> Commit:
    kept = (*HEADER_KEYS, "label", "kind", "of", "ops")
    return {key: commit[key] for key in kept if key in commit}


def _write(path: Path, data: bytes) -> None:
    files = Files()
    beside = path.with_name(f"{path.name}.{new_id()}")
    try:
        files.write_whole(beside, data)
        files.replace(beside, path)
    except OSError as refusal:
        beside.unlink(missing_ok=True)
        raise CannotWrite(
            f"The bundle could not be written: {refusal.strerror or 'unknown reason'}.",
            safe="The register is as it was.",
            do="Choose another place, or make room there.",
        ) from refusal


def _digest(rest: bytes) -> bytes:
    return blake2b(rest, digest_size=16).hexdigest().encode("ascii")


def _damaged() -> Unreadable:
    return Unreadable(
        "That bundle is damaged or was not copied whole.", do="Copy it again, or ask for a new one."
    )


def _too_large() -> Unreadable:
    return Unreadable(
        "That bundle is larger than any register senreg makes.", do="Ask who made it what it is."
    )
