"""Reads an encrypted register without senreg (see vault.md): `python decrypt.py FOLDER OUT.json`.

OUT is {snapshot, journal: {file: [[number, line]]}}; what cannot be read is null in it.
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
from cryptography.hazmat.primitives.ciphers import aead
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf import argon2, hkdf

CIPHERS = {"AES-256-GCM": aead.AESGCM, "ChaCha20-Poly1305": aead.ChaCha20Poly1305}


def first(how, tries, *given):
    for each in tries:
        with suppress(Exception):
            return how(each, *given)
    return None


def said(entry, but="wrapped"):
    kept = {key: each for key, each in entry.items() if key != but}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def raw(text):
    return urlsafe_b64decode(text + "==")


def derived(secret, purpose, salt=""):
    return hkdf.HKDF(SHA256(), 32, raw(salt), purpose).derive(secret)


def cipher_of(about, keys, purpose):
    return CIPHERS[about["cipher"]](derived(keys[about["key"]], purpose, about["salt"]))


def unwrapped(entry, key, bound):
    return aead.AESGCM(key).decrypt(raw(entry["wrapped"])[:12], raw(entry["wrapped"])[12:], bound)


def slot_key(slot, typed):
    if slot["kind"] == "passphrase":
        phrase, salt = " ".join(normalize("NFKC", typed).split()).encode(), raw(slot["salt"])
        cost = {"iterations": slot["iterations"], "memory_cost": slot["memory"]}
        return argon2.Argon2id(salt=salt, length=32, lanes=slot["lanes"], **cost).derive(phrase)
    letters = "".join(filter(str.isalnum, typed)).lower().replace("8", "l").replace("9", "o")
    secret = derived(b32decode(letters[:32], casefold=True), b"senreg/recovery/1")
    other = X25519PublicKey.from_public_bytes(raw(slot["ephemeral"]))
    return derived(X25519PrivateKey.from_private_bytes(secret).exchange(other), b"senreg/slot/1")


def keys_of(written, typed):
    file = json.loads(written)  # keys.json, or a snapshot, which has its recovery slot in clear
    key = file["key"] if "slots" in file else {"id": file["key"], "cipher": file["cipher"]}
    about = {"register": file["register"], "key": key["id"], "cipher": key["cipher"]}
    secret = first(by_slot, file.get("slots") or [file["recovery"]], typed, about)
    inner, keys = derived(secret, b"senreg/inside/1"), {key["id"]: secret}
    return keys | {it["id"]: unwrapped(it, inner, said(it)) for it in file.get("inside", ())}


def by_slot(slot, typed, about):
    bound = said(about)[:-1] + b',"slot":' + said(slot) + b"}"
    return unwrapped(slot, slot_key(slot, typed), bound)


def snapshot_of(written, keys):
    file, bound = json.loads(written), sha256(written.partition(b',"sealed":["')[0]).digest()
    cipher, text, last = cipher_of(file, keys, b"senreg/snapshot/1"), b"", len(file["sealed"]) - 1
    for number, piece in enumerate(file["sealed"]):
        place = number.to_bytes(12, "big") + bytes([number == last])
        text += zlib.decompress(cipher.decrypt(place[:12], bytes.fromhex(piece), bound + place))
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
        opening, lines = path.stem.split("-")[-1], path.read_bytes().split(b"\n")[:-1]
        journal[path.name] = first(lines_of, lines[:2], lines[2:], opening, keys)
    found = {"snapshot": snapshot, "journal": journal}
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if snapshot is None or any(lines is None or None in lines for lines in journal.values()):
        sys.exit("All the rest was written, but what is null in it cannot be read.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:])) if len(sys.argv) == 3 else sys.exit(__doc__)
