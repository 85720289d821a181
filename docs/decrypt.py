"""Reads an encrypted register without senreg: `python decrypt.py FOLDER OUT.json`.

It needs Python 3.11 and `cryptography`, asks for the passphrase or the printed recovery key, and
writes all it can read: {snapshot, journal: {file: [[number, line]]}, unreadable}. A line that
cannot be read is null. How it is done stands in vault.md.
"""

import json
import sys
import zlib
from base64 import b32decode, b64decode, urlsafe_b64decode
from getpass import getpass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CIPHERS = {"AES-256-GCM": AESGCM, "ChaCha20-Poly1305": ChaCha20Poly1305}
EASY = str.maketrans("abcdefghijk8mn9pqrstuvwxyz234567", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
BAD = (InvalidTag, ValueError, KeyError, TypeError, IndexError, OSError, zlib.error)
SNAPSHOTS = ("register.json", "register.json.bak")


def said_by(entry, but=""):
    kept = {name: value for name, value in entry.items() if name != but}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def bytes_of(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def expand(secret, purpose, salt=b""):
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def unwrap(key, entry, bound):
    wrapped = bytes_of(entry["wrapped"])
    return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], bound)


def slot_key(slot, typed):
    if slot["kind"] == "passphrase":
        phrase = " ".join(normalize("NFKC", typed).split()).encode()
        cost = {"iterations": slot["iterations"], "memory_cost": slot["memory"]}
        salt = bytes_of(slot["salt"])
        return Argon2id(salt=salt, length=32, lanes=slot["lanes"], **cost).derive(phrase)
    secret = b32decode("".join(filter(str.isalnum, typed)).lower().translate(EASY)[:32])
    private = X25519PrivateKey.from_private_bytes(expand(secret, b"senreg/recovery/1"))
    public = X25519PublicKey.from_public_bytes(bytes_of(slot["ephemeral"]))
    return expand(private.exchange(public), b"senreg/slot/1")


def opened(file, typed):
    """The data keys of a key file, {id: (cipher, key)}, or of what a snapshot says in clear."""
    if "slots" not in file:
        key = {"id": file["key"], "cipher": file["cipher"]}
        file = {**file, "key": key, "slots": [file["recovery"]], "inside": []}
    for slot in file["slots"]:
        bound = {"register": file["register"], "key": file["key"]["id"]}
        bound |= {"cipher": file["key"]["cipher"], "slot": json.loads(said_by(slot, "wrapped"))}
        try:
            secret = unwrap(slot_key(slot, typed), slot, said_by(bound))
        except BAD:
            continue
        inside, keys = expand(secret, b"senreg/inside/1"), {bound["key"]: (bound["cipher"], secret)}
        for each in file["inside"]:
            held = unwrap(inside, each, said_by(each, "wrapped"))
            keys[each["id"]] = (each["cipher"], held)
        return keys
    return {}


def cipher_of(said, keys, purpose):
    name, secret = keys[said["key"]]
    return CIPHERS[name](expand(secret, purpose, bytes_of(said["salt"])))


def snapshot_of(written, keys):
    said, bound = json.loads(written), sha256(written.partition(b',"sealed":["')[0]).digest()
    cipher, pieces = cipher_of(said, keys, b"senreg/snapshot/1"), []
    for number, chunk in enumerate(said["sealed"], 1):
        place = (number - 1).to_bytes(12, "big") + bytes([number == len(said["sealed"])])
        pieces.append(cipher.decrypt(place[:12], bytes.fromhex(chunk), bound + place))
    return json.loads(b"".join(map(zlib.decompress, pieces)))


def lines_of(written, opening, keys):
    """[number, content] of each line behind the header, which stands there twice."""
    *lines, _unfinished = written.split(b"\n")
    for each in lines[:2]:
        try:
            header = json.loads(each)[2]
            bound = sha256(opening.encode() + b"\n" + said_by(header, "tag")).digest()
            cipher = cipher_of(header, keys, b"senreg/journal/1")
            cipher.decrypt(b"\xff" * 12, bytes_of(header["tag"]), bound)
        except BAD:
            continue
        return [line_of(line, cipher, bound, header.get("packed")) for line in lines[2:]]
    raise ValueError


def line_of(written, cipher, bound, packed):
    try:
        number, before, sealed = json.loads(written)
        nonce = number.to_bytes(12, "big")
        line = cipher.decrypt(nonce, b64decode(sealed), bound + nonce + before.encode())
        return [number, json.loads(zlib.decompressobj().decompress(line) if packed else line)]
    except BAD:
        return [None, None]


def main(folder, out):
    typed = getpass("Passphrase or recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    unreadable = []

    def read(path, how):
        try:
            return how(path.read_bytes())
        except FileNotFoundError:
            return None
        except BAD:
            return unreadable.append(path.name)

    def first(names, how):
        return next(filter(None, (read(folder / name, how) for name in names)), None)

    keys = first(("keys.json", "keys.json.bak", *SNAPSHOTS), lambda w: opened(json.loads(w), typed))
    if keys is None:
        sys.exit("That opens no encrypted register in this folder.")
    found = {"snapshot": first(SNAPSHOTS, lambda w: snapshot_of(w, keys)), "journal": {}}
    for path in (*folder.glob("history/journal-*.jsonl"), *folder.glob("journal-*.jsonl")):
        opening = path.stem.split("-")[-1]
        lines = read(path, lambda written, opening=opening: lines_of(written, opening, keys))
        found["journal"][path.name] = lines or []
        unreadable += [path.name] * sum(line is None for _, line in lines or [])
    found["unreadable"] = unreadable
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if unreadable:
        sys.exit(f"All the rest was written, but {len(unreadable)} parts of it cannot be read.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:])) if len(sys.argv) == 3 else sys.exit(__doc__)
