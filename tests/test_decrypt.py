"""The stand-alone reader and the test vectors of docs/vault.md say what senreg does."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from cryptography.exceptions import InvalidTag

from senreg.store.codec import BadLine
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.key_files import KEYS, TWIN, decode_keys, read_keys, write_keys
from senreg.store.recovery_key import new_recovery_key, public_half, read
from senreg.store.rekeying import rekey, seal_in_place
from senreg.store.segments import read_segment
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY, fresh_keys

DOCS = Path(__file__).parent.parent / "docs"
VECTORS = json.loads((DOCS / "vectors.json").read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["cipher"])
NEW = "five words for the successor"


def script(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The vectors


def test_senreg_still_makes_the_vectors_byte_for_byte():
    made = script("vectors").text()
    assert made == (DOCS / "vectors.json").read_text(encoding="utf-8"), "python docs/vectors.py"


@EACH
@pytest.mark.parametrize("way", ["passphrase", "recovery"])
def test_senreg_opens_the_vectors(vector, way, tmp_path):
    file = decode_keys(vector["keys.json"].encode())
    if way == "passphrase":
        keys = file.open_with(vector["passphrase"]["normalised"])
        assert keys.passkey.hex() == vector["passphrase"]["key"]
    else:
        keys = file.open_with_recovery(vector["recovery"]["printed"].upper())
        assert read(vector["recovery"]["printed"]).hex() == vector["recovery"]["bytes"]
    assert keys.key.secret.hex() == vector["data_key"]
    assert keys.bundles[0].secret.hex() == vector["bundle_key"]
    path = tmp_path / vector["segment"]["name"]
    path.write_text(vector["segment"]["written"], encoding="utf-8", newline="\n")
    segment = read_segment(Files(), path, keys.codec())
    first, second, end = vector["segment"]["lines"]
    assert segment.lines == {0: first, 1: second}
    assert segment.ended == end["end"]
    assert not segment.damaged
    sealed = vector["register.json"]
    assert keys.codec().unseal(sealed["written"].encode()) == sealed["json"].encode()


@EACH
@pytest.mark.parametrize("way", ["passphrase", "recovery"])
def test_the_stand_alone_reader_opens_the_vectors_too(vector, way):
    decrypt = script("decrypt")
    typed = vector["passphrase"]["typed"] if way == "passphrase" else vector["recovery"]["printed"]
    file = json.loads(vector["keys.json"])
    slot = next(each for each in file["slots"] if each["kind"] == way)
    assert decrypt.slot_key(slot, typed).hex() == vector[way]["key"]
    keys = decrypt.keys_of(vector["keys.json"], typed)
    assert keys[file["key"]["id"]].hex() == vector["data_key"]
    assert bytes.fromhex(vector["bundle_key"]) in keys.values()
    segment = vector["segment"]
    opening = segment["name"][17:33]
    header, again, *written, _ = segment["written"].encode().split(b"\n")
    lines = decrypt.lines_of(header, written, opening, keys)
    assert decrypt.lines_of(again, written, opening, keys) == lines
    assert lines == [list(each) for each in enumerate(segment["lines"])]
    sealed = vector["register.json"]
    assert decrypt.snapshot_of(sealed["written"].encode(), keys) == json.loads(sealed["json"])


@EACH
def test_a_vector_that_was_changed_opens_in_neither(vector):
    decrypt, typed = script("decrypt"), vector["passphrase"]["typed"]
    keys = decrypt.keys_of(vector["keys.json"], typed)
    ours = decode_keys(vector["keys.json"].encode()).open_with(typed).codec()
    written = vector["register.json"]["written"].replace('"size":81', '"size":82').encode()
    with pytest.raises(InvalidTag):
        decrypt.snapshot_of(written, keys)
    with pytest.raises(BadLine):
        ours.unseal(written)


# A whole register


def filled(folder, keys=None):
    """A register with segments that were put away, one that was not closed, and one in use."""
    store = Store.create(folder, keys=keys)
    for number in range(3):
        store.write("Edit", "me", [Change("pupils", f"r{number}", {"surname": f"Łukasz{number}"})])
        store.close()
    crashed = Store.open(folder, keys=keys)
    crashed.write("Edit", "me", [Change("pupils", "r3", {"surname": "Łukasz3"})])
    store = Store.open(folder, keys=keys)
    store.write("Edit", "me", [Change("pupils", "r4", {"surname": "小明"})])
    assert list((folder / "history").glob("journal-*"))
    return store


def decrypted(folder, typed, code=0):
    out = folder.parent / "out.json"
    done = subprocess.run(
        [sys.executable, str(DOCS / "decrypt.py"), str(folder), str(out)],
        input=typed + "\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr
    if code:
        assert len(done.stderr.strip().splitlines()) == 1
    return json.loads(out.read_text(encoding="utf-8")) if out.exists() else None


def has_all(found, store):
    """Whether what was decrypted is all that the store holds: the tables, and every commit."""
    names = {"tx", "n", "by", "label", "ops"}
    commits = {each["tx"]: {name: each[name] for name in names} for each in store.journal.commits()}
    lines = [line for file in found["journal"].values() for _, line in file if "ops" in line]
    assert {line["tx"]: {name: line[name] for name in names} for line in lines} == commits
    whole = json.loads(orjson.dumps(dict(store.state.live)))
    assert found["snapshot"]["pupils"].items() <= whole["pupils"].items()
    assert not unread(found)
    return len(commits)


def unread(found):
    """The files of which something could not be read."""
    names = [name for name, lines in found["journal"].items() if lines is None or None in lines]
    return names + ["snapshot"] * (found["snapshot"] is None)


def passphrase_changed(store):
    changed = store.keys.with_passphrase(NEW, CHEAP)
    write_keys(Files(), store.folder, changed.file)


def rekeyed(store):
    rekey(store, NEW, public_half(RECOVERY_KEY), cost=CHEAP)


@pytest.mark.parametrize("change", [None, passphrase_changed, rekeyed, "sealed in place"])
@pytest.mark.parametrize("way", ["passphrase", "recovery key"])
def test_it_reads_all_of_a_register(tmp_path, change, way):
    folder = tmp_path / "r"
    if change == "sealed in place":
        store = filled(folder)
        seal_in_place(store, NEW, public_half(RECOVERY_KEY), cost=CHEAP)
    else:
        store = filled(folder, fresh_keys())
        if change:
            change(store)
    passphrase = NEW if change else PASSPHRASE
    found = decrypted(folder, passphrase if way == "passphrase" else RECOVERY_KEY.upper())
    assert has_all(found, store) == 5
    if change:
        out = folder.parent / "out.json"
        out.unlink()
        assert decrypted(folder, PASSPHRASE, code=1) is None


def test_what_a_snapshot_lacks_is_in_the_lines(tmp_path):
    store = filled(tmp_path / "r", fresh_keys())
    for name in ("register.json", "register.json.bak"):
        path = tmp_path / "r" / name
        path.write_bytes(path.read_bytes()[:-40] + b"0" * 37 + b'"]}')
    found = decrypted(tmp_path / "r", PASSPHRASE, code=1)
    assert unread(found) == ["snapshot"]
    lines = [line for file in found["journal"].values() for _, line in file if "ops" in line]
    assert {each["v"]["surname"] for line in lines for each in line["ops"]} == {
        each["surname"] for each in store.state.live["pupils"].values()
    }


def test_a_damaged_line_costs_no_other(tmp_path):
    store = filled(tmp_path / "r", fresh_keys())
    opening = store._writer.opening
    store.close()
    (path,) = (tmp_path / "r").rglob(f"journal-*-{opening}.jsonl")
    header, again, line, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(
        b"".join([b"damaged" + header[7:], again, line[:60] + b"00" + line[62:], *rest])
    )
    found = decrypted(tmp_path / "r", PASSPHRASE, code=1)
    assert unread(found) == [path.name]
    assert found["journal"][path.name][0] is None
    assert found["journal"][path.name][1][1] == {"end": 1}
    assert len(found["snapshot"]["pupils"]) == 5


def test_without_key_files_the_recovery_key_is_enough(tmp_path):
    store = filled(tmp_path / "r", fresh_keys())
    for name in (KEYS, TWIN):
        (tmp_path / "r" / name).unlink()
    has_all(decrypted(tmp_path / "r", RECOVERY_KEY), store)
    (tmp_path / "out.json").unlink()
    assert decrypted(tmp_path / "r", PASSPHRASE, code=1) is None


def test_what_opens_nothing_is_told_in_one_sentence(tmp_path):
    filled(tmp_path / "r", fresh_keys())
    Store.create(tmp_path / "plain")
    for folder in ("r", "plain", "nowhere"):
        for typed in ("", "a wrong one", new_recovery_key()):
            assert decrypted(tmp_path / folder, typed, code=1) is None


def test_it_needs_nothing_of_senreg(tmp_path):
    alone = tmp_path / "decrypt.py"
    alone.write_bytes((DOCS / "decrypt.py").read_bytes())
    loaded = "import runpy, sys; runpy.run_path(sys.argv[1]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", loaded, str(alone)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    modules = {each.partition(".")[0] for each in done.stdout.split()}
    allowed = {*sys.stdlib_module_names, "cryptography", "_cffi_backend", "__main__"}
    assert not {each for each in modules - allowed if not each.startswith(("_", "senreg_"))}
    assert "senreg" not in modules
    assert read_keys(Files(), tmp_path) is None
