"""Operations: one record's change, named by its content.

An operation is a dict of these keys, of which `h` is the hash of all but `h`, `s` and `v`:

    tx, t, copy, opening, n, by   the commit: its id, wall-clock milliseconds, who and where
    table, record                 what was changed
    o   {field: [ids replaced]}   the heads this operation had seen; `*` is the whole record,
                                  named by what archives it and what follows on that
    c   {field: commitment}       hash of salt and value, so that erasing a value leaves the
                                  id verifiable
    d   [fields]                  fields that were taken away
    new true                      the record begins with this operation
    s   {field: salt}             beside the hash
    v   {field: value}            beside the hash

Hashes are BLAKE2b of 128 bits, written in 22 characters of base64url.
"""

from __future__ import annotations

import os
from binascii import b2a_base64
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

import orjson

Operation = dict[str, Any]
Header = Mapping[str, Any]

HEADER_KEYS = ("tx", "t", "copy", "opening", "n", "by")
ARCHIVED = "archived"
WHOLE_RECORD = "*"

_SALT_BYTES = 9
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
EASY_LETTERS = "abcdefghijk8mn9pqrstuvwxyz234567"
"""Base 32 without l and o, which look like digits."""
_EASY = EASY_LETTERS.encode("ascii") * 8
"""One of them for every byte, all equally often."""


def new_id() -> str:
    """A random id of 80 bits, in sixteen letters and digits that are easy to read out."""
    return os.urandom(16).translate(_EASY).decode("ascii")


def commitment(salt: str, value: object) -> str:
    """The hash of a salt and a JSON value. Raises orjson.JSONEncodeError for what is no JSON."""
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return _name(blake2b(salt.encode("ascii") + data, digest_size=16).digest())


def operation_id(header: Header, operation: Mapping[str, Any]) -> str:
    """The id of an operation under the header of its commit."""
    hashed = {key: header[key] for key in HEADER_KEYS}
    for key in ("table", "record", "o", "c"):
        hashed[key] = operation[key]
    for key in ("d", "new"):
        if operation.get(key):
            hashed[key] = operation[key]
    data = orjson.dumps(hashed, option=orjson.OPT_SORT_KEYS)
    return _name(blake2b(data, digest_size=16).digest())


def make_operation(
    header: Header,
    table: str,
    record: str,
    values: Mapping[str, object],
    replaced: Mapping[str, list[str]],
    dropped: Iterable[str] = (),
    *,
    new: bool = False,
) -> Operation:
    """An operation that sets `values` and takes `dropped` away, naming what it replaces."""
    salts = {}
    commitments = {}
    drawn = b2a_base64(os.urandom(_SALT_BYTES * len(values)), newline=False)
    random = drawn.translate(_URL_SAFE).decode("ascii")
    step = _SALT_BYTES * 4 // 3
    for place, (field, value) in enumerate(values.items()):
        salt = random[place * step : (place + 1) * step]
        salts[field] = salt
        commitments[field] = commitment(salt, value)
    operation: Operation = {
        "h": "",
        "table": table,
        "record": record,
        "o": {name: heads for name, heads in replaced.items() if heads or name == WHOLE_RECORD},
        "c": commitments,
        "s": salts,
        "v": dict(values),
    }
    gone = sorted(dropped)
    if gone:
        operation["d"] = gone
    if new:
        operation["new"] = True
    operation["h"] = operation_id(header, operation)
    return operation


def is_genuine(header: Header, operation: Mapping[str, Any]) -> bool:
    """Whether the id fits the content, and every value that is there fits its commitment.

    An operation whose values were erased, or left out of a staff pack, is genuine.
    """
    if operation["h"] != operation_id(header, operation):
        return False
    values, salts = operation.get("v") or {}, operation.get("s") or {}
    return all(
        field in operation["c"]
        and field in salts
        and commitment(salts[field], value) == operation["c"][field]
        for field, value in values.items()
    )


def fields_written(operation: Mapping[str, Any]) -> Iterable[str]:
    """The fields an operation sets or takes away."""
    yield from operation["c"]
    yield from operation.get("d") or ()


def _name(digest: bytes) -> str:
    return b2a_base64(digest, newline=False).translate(_URL_SAFE)[:22].decode("ascii")
