"""Reads an encrypted register without senreg: `python decrypt.py FOLDER OUT.json`.

It needs Python 3.11 and `cryptography`, asks for the passphrase or the printed recovery key, and
writes {snapshot, journal: {file: [[number, line]]}}; what cannot be read is null in it. How it is
done stands in vault.md.
"""

import json
import sys
import zlib
from base64 import b32decode, b64decode, urlsafe_b64decode
from contextlib import suppress
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


def attempt(how, *given):
    with suppress(*BAD):
        return how(*given)


def first(found):
    return next(filter(None, found), None)


def said(entry, but=""):
    kept = {name: value for name, value in entry.items() if name != but}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def raw(text):
    return urlsafe_b64decode(text + "==")


def expand(secret, purpose, salt=b""):
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def unwrap(key, entry, bound):
    return AESGCM(key).decrypt(raw(entry["wrapped"])[:12], raw(entry["wrapped"])[12:], bound)


def slot_key(slot, typed):
    if slot["kind"] == "passphrase":
        phrase, salt = " ".join(normalize("NFKC", typed).split()).encode(), raw(slot["salt"])
        cost = {"iterations": slot["iterations"], "memory_cost": slot["memory"]}
        return Argon2id(salt=salt, length=32, lanes=slot["lanes"], **cost).derive(phrase)
    secret = b32decode("".join(filter(str.isalnum, typed)).lower().translate(EASY)[:32])
    private = X25519PrivateKey.from_private_bytes(expand(secret, b"senreg/recovery/1"))
    public = X25519PublicKey.from_public_bytes(raw(slot["ephemeral"]))
    return expand(private.exchange(public), b"senreg/slot/1")


def opened(written, typed):
    """The keys of keys.json, or of a snapshot, which names its recovery slot in clear."""
    file = json.loads(written)
    key = file["key"] if "slots" in file else {"id": file["key"], "cipher": file["cipher"]}
    bound = {"register": file["register"], "key": key["id"], "cipher": key["cipher"]}
    for slot in file.get("slots") or [file["recovery"]]:
        about = said(bound | {"slot": json.loads(said(slot, "wrapped"))})
        if secret := attempt(unwrap, attempt(slot_key, slot, typed), slot, about):
            keys, inner = {key["id"]: (key["cipher"], secret)}, expand(secret, b"senreg/inside/1")
            for each in file.get("inside", ()):
                keys[each["id"]] = (each["cipher"], unwrap(inner, each, said(each, "wrapped")))
            return keys
    return None


def cipher_of(about, keys, purpose):
    name, secret = keys[about["key"]]
    return CIPHERS[name](expand(secret, purpose, raw(about["salt"])))


def snapshot_of(written, keys):
    about, bound = json.loads(written), sha256(written.partition(b',"sealed":["')[0]).digest()
    cipher, text, last = cipher_of(about, keys, b"senreg/snapshot/1"), b"", len(about["sealed"]) - 1
    for number, chunk in enumerate(about["sealed"]):
        place = number.to_bytes(12, "big") + bytes([number == last])
        text += zlib.decompress(cipher.decrypt(place[:12], bytes.fromhex(chunk), bound + place))
    return json.loads(text)


def lines_of(written, opening, keys):
    *lines, _unfinished = written.split(b"\n")
    header = first(attempt(header_of, each, opening, keys) for each in lines[:2])
    return [attempt(line_of, each, *header) for each in lines[2:]]


def header_of(written, opening, keys):
    said_of = json.loads(written)[2]
    bound = sha256(opening.encode() + b"\n" + said(said_of, "tag")).digest()
    cipher = cipher_of(said_of, keys, b"senreg/journal/1")
    cipher.decrypt(b"\xff" * 12, raw(said_of["tag"]), bound)
    return cipher, bound, "packed" in said_of


def line_of(written, cipher, bound, packed):
    number, before, sealed = json.loads(written)
    nonce = number.to_bytes(12, "big")
    line = cipher.decrypt(nonce, b64decode(sealed), bound + nonce + before.encode())
    return [number, json.loads(zlib.decompressobj().decompress(line) if packed else line)]


def main(folder, out):
    typed = getpass("Passphrase or recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    names = ("register.json", "register.json.bak", "keys.json", "keys.json.bak")
    files = [attempt((folder / name).read_bytes) for name in names]
    keys = first(attempt(opened, file, typed) for file in files[::-1])
    if not keys:
        sys.exit("That opens no encrypted register in this folder.")
    snapshot, journal = first(attempt(snapshot_of, file, keys) for file in files[:2]), {}
    for path in (*folder.glob("history/journal-*.jsonl"), *folder.glob("journal-*.jsonl")):
        journal[path.name] = attempt(lines_of, path.read_bytes(), path.stem.split("-")[-1], keys)
    found = {"snapshot": snapshot, "journal": journal}
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if snapshot is None or any(lines is None or None in lines for lines in journal.values()):
        sys.exit("All the rest was written, but what is null in it cannot be read.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:])) if len(sys.argv) == 3 else sys.exit(__doc__)
