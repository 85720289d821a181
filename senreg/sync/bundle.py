"""A bundle: commits on their way to another copy, in one versioned, size-capped file.

Of a sealed register it is sealed (`sealed_bundle.py`); what is sealed is a line of JSON that
says what is inside, and the commits, one JSON document a line. Of a plain register it is
three parts: the line `senreg-bundle 1 DIGEST`, the line of JSON, and the zlib-compressed
commits; the digest is BLAKE2b of 128 bits over all that follows its line. The line of JSON is
{register, copy, school, invented, made_at, by, machine, schema, commits, operations, size} with
the size of the commits before compression. A staff pack (`packs.py`), and what comes back from
one, has `pack` in it too: the id of the pack.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from senreg import clock, export_log
from senreg.errors import Unreadable
from senreg.register import Register
from senreg.store.codec import BadLine
from senreg.store.journal import Commit
from senreg.store.lock import this_host
from senreg.store.migrations import SCHEMA, schema_of
from senreg.store.operations import is_genuine
from senreg.sync.bundle_files import BundleSummary, contents, damaged, newer, too_large, write
from senreg.sync.commits import given, with_employment, with_erasures, with_told_since
from senreg.sync.forms import is_commit
from senreg.sync.since import Known, after, as_known, built_on, known_in

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys
    from senreg.store.sealing import DataKey
    from senreg.sync.sealed_bundle import Envelope

FORMAT = 1
"""Of a plain bundle."""
FIRST_LINE = b"senreg-bundle 2\n"
"""How a sealed bundle begins."""
PACK_LINE = b"senreg-pack 1\n"
"""How a staff pack begins."""
_NEWEST = 2
ENDING = ".senreg-bundle"
BEGINNING = b"senreg-bundle "
"""How every bundle begins."""
LARGEST_FILE = 100_000_000
"""Bytes of the largest bundle that is read."""
_LARGEST_BYTES = 200_000_000
_MOST_OPERATIONS = 2_000_000
_MOST_COMMAS = 20_000_000
_LONGEST_HEADER = 4_000_000


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
    keys: OpenKeys | None = None
    """What opened a sealed one; none where it is plain."""
    retired: bool = False
    """Sealed under a key that this register has given up since."""
    newer: bool = False
    """Sealed under a key that this register was given on another copy since."""
    machine: str = ""
    """The computer it was made on, where it says so."""
    recovery: bytes | None = None
    """The public half of the recovery key that opens a sealed one too."""
    known: Known = field(default_factory=dict)
    """What its maker knew, as far as it says."""
    since: Known = field(default_factory=dict)
    """What it goes on from; empty where it is full."""
    is_pack: bool = False
    """It is a staff pack, on its way to whom it is for."""
    pack: str = ""
    """The id of the staff pack that it is or comes back from."""

    @property
    def key_id(self) -> str:
        """The id of the key it is sealed under; empty for a plain one."""
        return self.keys.key.id if self.keys is not None else ""


def export_bundle(
    register: Register,
    path: Path,
    watch: Callable[[int, int], object] | None = None,
    *,
    since: Known | None = None,
    employment: bool = False,
) -> BundleSummary:
    """Write everything this copy knows into a file another copy can join or merge.

    Records of employment stay here unless they are chosen; then all of them go, whatever the
    receiver is said to know: it may have been told of those lines without them.

    The register keeps a note that it was made.
    The file is written beside its place first, so that a failure leaves no half bundle.

    Args:
        register: The register to read.
        path: Where the bundle goes.
        watch: Told the steps done and all steps; what it raises stops the work, and then
            nothing is written.
        since: What the receiver knows, from a bundle of its own; only what it lacks is written,
            and every erasure.
        employment: Records of employment go, too.
    """
    step = watch or _unwatched
    step(0, 3)
    found = register.store.journal.commits()
    if register.pack is not None:
        since = None
    commits = given(register, after(found, since or {}))
    if since:
        commits = with_erasures(found, commits)
        commits = with_told_since(register, found, commits)
    if employment:
        commits = with_employment(register, found, commits)
    step(1, 3)
    said = {"known": known_in(register, found), "since": built_on(found, since or {})}
    data = packed(register, commits, said)
    step(3, 3)
    write(path, data)
    what = export_log.bundle_in_words(
        since=bool(since), employment=employment, pack=register.pack is not None
    )
    export_log.note(register, export_log.BUNDLE, what, path)
    return BundleSummary.of(path, commits, len(data), register.lost_changes)


def commits_of(register: Register) -> list[Commit]:
    """Every commit that changed a record, as it travels; it reads the whole journal."""
    return given(register, register.store.journal.commits())


def packed(
    register: Register, commits: list[Commit], said: dict[str, Known] | None = None
) -> bytes:
    """The bytes of a bundle of these commits, as `commits_of` gives them, sealed as all is.

    Args:
        register: The register.
        commits: What is in it.
        said: What is `known` here and `since` what it goes on, where that is said.
    """
    pack = register.pack
    more: dict[str, Any] = dict(said or {}) if pack is None else {"pack": pack.id}
    return _packed(register, *content_of(register, commits, more))


def content_of(
    register: Register, commits: list[Commit], more: dict[str, Any]
) -> tuple[bytes, bytes]:
    """The line of JSON that says what is in a bundle, and what is in it.

    Args:
        register: The register it is made from.
        commits: What is in it.
        more: What that line says besides.
    """
    body = b"\n".join(orjson.dumps(each) for each in commits)
    header = {
        "register": register.register_id,
        "copy": register.copy_id,
        "school": register.school["name"] or "",
        "invented": register.invented,
        "made_at": clock.milliseconds(),
        "by": register.person,
        "machine": this_host(),
        "schema": register.store.models.version,
        "commits": len(commits),
        "operations": sum(len(each["ops"]) for each in commits),
        "size": len(body),
        **more,
    }
    return orjson.dumps(header), body


def read_bundle(
    path: Path,
    keys: OpenKeys | None = None,
    passphrase: str | None = None,
    *,
    packs: Iterable[DataKey] = (),
    schema: int = SCHEMA,
) -> Bundle:
    """The bundle in a file, every operation checked against its id.

    Args:
        path: The file.
        keys: Of the register that takes it in: what another copy of it sealed opens by them.
        passphrase: Of whoever made it, or the recovery key; asked for only where the keys do
            not open it.
        packs: The keys of the staff packs that the register made.
        schema: The newest version of the models that is known here. What a newer one holds
            could be kept, and would not be understood.

    Raises:
        Locked: It is sealed, and nothing that was given opens it.
        Unreadable: In one sentence: it is no bundle, is damaged, too large or of a newer
            version. At most 200 MB are ever unpacked.
    """
    return bundle_in(contents(path, LARGEST_FILE), keys, passphrase, packs=packs, schema=schema)


def bundle_in(
    written: bytes,
    keys: OpenKeys | None = None,
    passphrase: str | None = None,
    *,
    packs: Iterable[DataKey] = (),
    schema: int = SCHEMA,
) -> Bundle:
    """The bundle in these bytes of a file; otherwise the same as `read_bundle`."""
    header, body, sealed = _opened(written, keys, packs, passphrase)
    return replace(_bundle(header, body, schema), **sealed)


def known_by(path: Path, keys: OpenKeys | None = None, passphrase: str | None = None) -> Bundle:
    """What a bundle says of itself and of what its maker knows, without its commits.

    Raises as `read_bundle` does.
    """
    header, _, sealed = _opened(contents(path, LARGEST_FILE), keys, (), passphrase)
    return replace(_bundle(header, b"", SCHEMA), **sealed)


def _opened(
    written: bytes,
    keys: OpenKeys | None,
    packs: Iterable[DataKey],
    passphrase: str | None,
) -> tuple[dict[str, Any], bytes, dict[str, Any]]:
    """The header and the commits of a bundle, and of one that is sealed what opened it."""
    if not written.startswith((FIRST_LINE, PACK_LINE)):
        return *_unpack(written), {}
    from senreg.sync.sealed_bundle import Envelope, recovery_public_of

    try:
        envelope = Envelope.read(written)
        opened, retired = envelope.opening(keys, packs, passphrase)
        line, _, body = envelope.opened(opened.key).partition(b"\n")
        header = orjson.loads(line)
        if header["register"] != envelope.keys.register or header["size"] != len(body):
            raise damaged()
        if header["operations"] > _MOST_OPERATIONS:
            raise too_large()
    except (BadLine, ValueError, KeyError, TypeError) as bad:
        raise damaged() from bad
    sealed = {"keys": opened, "retired": retired, "recovery": recovery_public_of(envelope)}
    sealed["newer"] = keys is not None and envelope.is_beyond(keys)
    sealed["is_pack"] = envelope.first_line == PACK_LINE
    return header, body, sealed | {"pack": str(header.get("pack") or "")}


def asks_passphrase(
    path: Path, keys: OpenKeys | None = None, packs: Iterable[DataKey] = ()
) -> bool:
    """Whether a bundle opens only with the passphrase of whoever made it. Raises Unreadable."""
    envelope = _envelope(path)
    return envelope is not None and envelope.held_by(keys, packs) is None


def is_of_newer_key(path: Path, keys: OpenKeys | None) -> bool:
    """Whether a bundle is of the register these keys open, and sealed under one not among them.

    The register was given a new key on another copy; this one is to join anew. Raises Unreadable.
    """
    envelope = _envelope(path)
    return envelope is not None and keys is not None and envelope.is_beyond(keys)


def _envelope(path: Path) -> Envelope | None:
    """A sealed bundle, unopened; None where it is plain. Raises Unreadable."""
    written = contents(path, LARGEST_FILE)
    if not written.startswith((FIRST_LINE, PACK_LINE)):
        return None
    from senreg.sync.sealed_bundle import Envelope

    try:
        return Envelope.read(written)
    except BadLine as bad:
        raise damaged() from bad


def _packed(register: Register, header: bytes, body: bytes) -> bytes:
    """The bytes of a bundle, sealed as its register is."""
    keys = register.store.keys
    if keys is not None:
        from senreg.sync.sealed_bundle import seal

        return seal(keys, b"%b\n%b" % (header, body), of_pack=register.pack is not None)
    rest = b"%b\n%b" % (header, zlib.compress(body, 6))
    return b"%b%d %b\n%b" % (BEGINNING, FORMAT, _digest(rest), rest)


def _bundle(header: dict[str, Any], body: bytes, schema: int) -> Bundle:
    """The bundle of what was unpacked. Raises Unreadable."""
    commits = []
    count = 0
    try:
        for line in BytesIO(body):
            # Not split at once: a bomb may be all newlines, or one line of nothing but commas.
            if line.count(b",") > _MOST_COMMAS:
                raise too_large()
            commit = orjson.loads(line)
            count += len(commit["ops"])
            if count > _MOST_OPERATIONS:
                raise too_large()
            _check(commit)
            if schema_of(commit) > schema:
                raise newer()
            commits.append(commit)
        return Bundle(
            register=str(header["register"]),
            copy=str(header["copy"]),
            school=str(header["school"]),
            invented=header["invented"] is True,
            made_at=int(header["made_at"]),
            by=str(header["by"]),
            commits=commits,
            machine=str(header.get("machine", ""))[:200],
            known=as_known(header.get("known", {})),
            since=as_known(header.get("since", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise damaged() from bad


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def _unpack(data: bytes) -> tuple[dict[str, Any], bytes]:
    magic, _, rest = data.partition(b"\n")
    if magic.startswith(PACK_LINE[:-2]):
        raise newer()
    if not magic.startswith(BEGINNING):
        raise Unreadable(
            "That file is not a senreg bundle.",
            do="Choose a file that ends in .senreg-bundle.",
        )
    version, _, digest = magic[len(BEGINNING) :].partition(b" ")
    if version.isdigit() and int(version) > _NEWEST:
        raise newer()
    if version != b"%d" % FORMAT or digest != _digest(rest):
        raise damaged()
    line, _, packed = rest.partition(b"\n")
    try:
        if len(line) > _LONGEST_HEADER:
            raise ValueError("the header is too long")
        header = orjson.loads(line)
        if header["size"] > _LARGEST_BYTES or header["operations"] > _MOST_OPERATIONS:
            raise too_large()
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(packed, header["size"] + 1)
        whole = unpacking.eof and not unpacking.unused_data
        if not whole or len(body) != header["size"]:
            raise ValueError("the contents are not those announced")
    except (ValueError, KeyError, TypeError, zlib.error) as bad:
        raise damaged() from bad
    return header, body


def _check(commit: Commit) -> None:
    if not is_commit(commit) or not all(is_genuine(commit, each) for each in commit["ops"]):
        raise ValueError("a commit is not of its form, or an operation not what its id says")


def _digest(rest: bytes) -> bytes:
    return blake2b(rest, digest_size=16).hexdigest().encode("ascii")
