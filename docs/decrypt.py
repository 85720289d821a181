"""Reads an encrypted register without senreg: `python decrypt.py FOLDER OUT.json`; see vault.md.

It needs Python 3.11 and `cryptography`, asks for the passphrase or the recovery key, and writes
{snapshot, journal: {file: [[number, line]]}}; what cannot be read is null in it.
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

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CIPHERS = {"AES-256-GCM": AESGCM, "ChaCha20-Poly1305": ChaCha20Poly1305}
EASY = str.maketrans("abcdefghijk8mn9pqrstuvwxyz234567", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def first(how, tries, *given):
    for each in tries:
        with suppress(Exception):
            return how(each, *given)
    return None


def said(entry, but):
    kept = {key: each for key, each in entry.items() if key != but}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def raw(text):
    return urlsafe_b64decode(text + "==")


def derived(secret, purpose, salt=""):
    return HKDF(SHA256(), 32, raw(salt), purpose).derive(secret)


def cipher_of(about, keys, purpose):
    name, secret = keys[about["key"]]
    return CIPHERS[name](derived(secret, purpose, about["salt"]))


def unwrapped(entry, key, bound):
    return AESGCM(key).decrypt(raw(entry["wrapped"])[:12], raw(entry["wrapped"])[12:], bound)


def slot_key(slot, typed):
    if slot["kind"] == "passphrase":
        phrase, salt = " ".join(normalize("NFKC", typed).split()).encode(), raw(slot["salt"])
        cost = {"iterations": slot["iterations"], "memory_cost": slot["memory"]}
        return Argon2id(salt=salt, length=32, lanes=slot["lanes"], **cost).derive(phrase)
    secret = b32decode("".join(filter(str.isalnum, typed)).lower().translate(EASY)[:32])
    private = X25519PrivateKey.from_private_bytes(derived(secret, b"senreg/recovery/1"))
    public = X25519PublicKey.from_public_bytes(raw(slot["ephemeral"]))
    return derived(private.exchange(public), b"senreg/slot/1")


def by_slot(slot, typed, bound):
    about = said(bound, "")[:-1] + b',"slot":' + said(slot, "wrapped") + b"}"
    return unwrapped(slot, slot_key(slot, typed), about)


def keys_of(written, typed):
    file = json.loads(written)  # keys.json, or a snapshot, which has its recovery slot in clear
    key = file["key"] if "slots" in file else {"id": file["key"], "cipher": file["cipher"]}
    bound = {"register": file["register"], "key": key["id"], "cipher": key["cipher"]}
    secret = first(by_slot, file.get("slots") or [file["recovery"]], typed, bound)
    keys, inner = {key["id"]: (key["cipher"], secret)}, derived(secret, b"senreg/inside/1")
    for each in file.get("inside", ()):
        keys[each["id"]] = (each["cipher"], unwrapped(each, inner, said(each, "wrapped")))
    return keys


def snapshot_of(written, keys):
    file, bound = json.loads(written), sha256(written.partition(b',"sealed":["')[0]).digest()
    cipher, text, last = cipher_of(file, keys, b"senreg/snapshot/1"), b"", len(file["sealed"]) - 1
    for number, chunk in enumerate(file["sealed"]):
        place = number.to_bytes(12, "big") + bytes([number == last])
        text += zlib.decompress(cipher.decrypt(place[:12], bytes.fromhex(chunk), bound + place))
    return json.loads(text)


def lines_of(header, lines, opening, keys):
    about = json.loads(header)[2]
    bound = sha256(opening.encode() + b"\n" + said(about, "tag")).digest()
    cipher = cipher_of(about, keys, b"senreg/journal/1")
    cipher.decrypt(b"\xff" * 12, raw(about["tag"]), bound)
    return [first(line_of, [each], cipher, bound, "packed" in about) for each in lines]


def line_of(written, cipher, bound, packed):
    number, before, sealed = json.loads(written)
    nonce = number.to_bytes(12, "big")
    line = cipher.decrypt(nonce, b64decode(sealed), bound + nonce + before.encode())
    return [number, json.loads(zlib.decompressobj().decompress(line) if packed else line)]


def main(folder, out):
    typed = getpass("Passphrase or recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    files = [path.read_bytes() for path in sorted(folder.glob("[kr]e*.json*"))]
    keys = first(keys_of, files, typed) or sys.exit("That opens no encrypted register there.")
    snapshot, journal = first(snapshot_of, files, keys), {}
    for path in (*folder.glob("history/journal-*.jsonl"), *folder.glob("journal-*.jsonl")):
        *lines, _unfinished = path.read_bytes().split(b"\n")
        opening = path.stem.split("-")[-1]
        journal[path.name] = first(lines_of, lines[:2], lines[2:], opening, keys)
    found = {"snapshot": snapshot, "journal": journal}
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if snapshot is None or any(lines is None or None in lines for lines in journal.values()):
        sys.exit("All the rest was written, but what is null in it cannot be read.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:])) if len(sys.argv) == 3 else sys.exit(__doc__)
