"""Makes `docs/vectors.json`: what is sealed with known words and known chance, step by step.

Wherever senreg draws random bytes, the bytes here are counted up from 0, so that the result is
always the same. Bytes stand in hexadecimal, what a file holds as its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

from cryptography.hazmat.primitives.asymmetric import x25519

from senreg.store import kdf, recovery_key, sealed
from senreg.store.key_files import encode_keys
from senreg.store.keys import bound_to, make_keys
from senreg.store.sealing import CIPHERS, decoded, expand
from senreg.store.segments import encode_header, encode_line

VECTORS = Path(__file__).parent / "vectors.json"

REGISTER = "abcdefgh22223333"
OPENING = "eeee4444ffff5555"
PASSPHRASE = "  cafe\u0301 tanned\tbarrack  unmoving hull "
IDS = ("keykeykeykey2222", "bundke2bundke222")
"""Of the data key and of the key of bundles."""
HEADER = {
    "senreg": "journal", "format": 1, "opening": OPENING, "register": REGISTER,
    "copy": "cccc2222dddd3333", "segment": 0, "after": 0,
}  # fmt: skip
LINES: list[dict[str, Any]] = [
    {"tx": "first", "ops": [{"table": "pupils", "v": {"surname": "O’Neill"}}]},
    {"tx": "second", "ops": []},
    {"end": 2},
]
SNAPSHOT = '{"_meta":{"1":{"digest":"00000000","front":"0000000072","format":1}},"pupils":{}}'

_REAL = x25519.X25519PrivateKey


@contextmanager
def known_chance(cipher: str) -> Iterator[None]:
    """A block in which chance counts up, and nothing depends on the machine."""
    counted = 0

    def urandom(size: int) -> bytes:
        nonlocal counted
        counted += size
        return bytes(each % 256 for each in range(counted - size, counted))

    class Counted:
        from_private_bytes = _REAL.from_private_bytes

        @staticmethod
        def generate() -> x25519.X25519PrivateKey:
            return _REAL.from_private_bytes(urandom(32))

    import zlib

    compress, ids = zlib.compress, iter(IDS)
    with ExitStack() as block:
        for what, stand_in in (
            ("os.urandom", urandom),
            ("senreg.store.keys.new_id", lambda: next(ids)),
            ("senreg.store.keys.faster_cipher", lambda: cipher),
            ("cryptography.hazmat.primitives.asymmetric.x25519.X25519PrivateKey", Counted),
            # How well it is compressed depends on the version of zlib; not at all is the same.
            ("senreg.store.sealed.zlib.compress", lambda data, _: compress(data, 0)),
        ):
            block.enter_context(mock.patch(what, stand_in))
        yield


def vectors_of(cipher: str) -> dict[str, Any]:
    """Everything that comes of the known words under one cipher."""
    with known_chance(cipher):
        printed = recovery_key.new_recovery_key()
        private = recovery_key.private_half(printed)
        keys = make_keys(REGISTER, PASSPHRASE, recovery_key.public_half(printed), 0, kdf.FLOOR)
        codec = keys.codec()
        header = codec.headed(OPENING, HEADER)
        lines = codec.lines(OPENING, header)
        segment = [encode_line(lines, number, line) for number, line in enumerate(LINES)]
        written = codec.seal(SNAPSHOT.encode())
    passphrase, recovery = keys.file.slots
    ephemeral = x25519.X25519PublicKey.from_public_bytes(decoded(recovery["ephemeral"]))
    clear, front = sealed.in_clear(written)
    secret = keys.key.secret
    said = {name: each for name, each in header.items() if name != "tag"}
    return {
        "cipher": cipher,
        "passphrase": {
            "typed": PASSPHRASE,
            "normalised": kdf.normalised(PASSPHRASE),
            "key": (keys.passkey or b"").hex(),
            "bound": bound_to(REGISTER, keys.file.key, passphrase).decode(),
        },
        "recovery": {
            "printed": printed,
            "bytes": recovery_key.read(printed).hex(),
            "private": private.private_bytes_raw().hex(),
            "public": private.public_key().public_bytes_raw().hex(),
            "key": expand(private.exchange(ephemeral), b"", b"senreg/slot/1").hex(),
            "bound": bound_to(REGISTER, keys.file.key, recovery).decode(),
        },
        "data_key": secret.hex(),
        "inside_key": expand(secret, b"", b"senreg/inside/1").hex(),
        "bundle_key": keys.bundles[0].secret.hex(),
        "keys.json": encode_keys(keys.file).decode(),
        "segment": {
            "name": f"journal-00000001-{OPENING}.jsonl",
            "key": expand(secret, decoded(header["salt"]), sealed.JOURNAL).hex(),
            "bound": sha256(
                OPENING.encode()
                + b"\n"
                + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
            ).hexdigest(),
            "lines": LINES,
            "written": encode_header(header).decode() + b"".join(segment).decode(),
        },
        "register.json": {
            "key": expand(secret, decoded(front["salt"]), sealed.SNAPSHOT).hex(),
            "bound": sha256(clear).hexdigest(),
            "json": SNAPSHOT,
            "written": written.decode(),
        },
    }


def text() -> str:
    """What stands in the file."""
    made = [vectors_of(cipher) for cipher in CIPHERS]
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    VECTORS.write_text(text(), encoding="utf-8", newline="\n")
