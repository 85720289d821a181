"""Ways into a sealed register: a passphrase, the printed recovery key, and no other."""

import pytest

from senreg.errors import CannotWrite, DamagedRegister, Locked, Unreadable
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.kdf import FLOOR, calibrated, normalised
from senreg.store.key_files import (
    KEYS,
    TWIN,
    decode_keys,
    encode_keys,
    mend_twin,
    read_keys,
    write_keys,
)
from senreg.store.recovery_key import new_recovery_key, read, written
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY, fresh_keys


@pytest.fixture
def keys():
    return fresh_keys()


@pytest.fixture
def folder(tmp_path, keys):
    store = Store.create(tmp_path / "r", keys=keys)
    store.write("Edit", "me", [Change("pupils", "a", {"surname": "O'Neill"})])
    store.close()
    return tmp_path / "r"


def surname(folder, keys):
    return Store.open(folder, keys=keys, read_only=True).state.live["pupils"]["a"]["surname"]


def found(folder):
    return read_keys(Files(), folder).file


def test_the_passphrase_opens_it(folder):
    assert surname(folder, found(folder).open_with(PASSPHRASE)) == "O'Neill"


def test_the_recovery_key_opens_it_however_it_is_typed(folder):
    for typed in (
        RECOVERY_KEY,
        RECOVERY_KEY.upper(),
        RECOVERY_KEY.replace("-", " "),
        f" {RECOVERY_KEY}\n",
    ):
        assert surname(folder, found(folder).open_with_recovery(typed)) == "O'Neill"


@pytest.mark.parametrize("wrong", ["", "tanned", PASSPHRASE + "x", "\0", "ключ"])
def test_every_wrong_passphrase_gets_the_same_sentence(folder, wrong):
    with pytest.raises(Locked) as refusal:
        found(folder).open_with(wrong)
    assert refusal.value.happened == "That passphrase does not open this register."


def test_a_register_without_keys_given_stays_shut(folder):
    with pytest.raises(Locked):
        Store.open(folder)
    with pytest.raises(Locked):
        Store.open(folder, keys=fresh_keys())


def test_another_registers_recovery_key_is_told_from_a_mistyped_one(folder):
    with pytest.raises(Locked):
        found(folder).open_with_recovery(new_recovery_key())
    other = "b" if RECOVERY_KEY[0] == "a" else "a"
    with pytest.raises(Unreadable, match="mistyped"):
        found(folder).open_with_recovery(other + RECOVERY_KEY[1:])
    with pytest.raises(Unreadable, match="never l or o"):
        found(folder).open_with_recovery("l" + RECOVERY_KEY[1:])
    with pytest.raises(Unreadable, match="nine groups"):
        found(folder).open_with_recovery(RECOVERY_KEY[:-1])


def test_a_recovery_key_comes_back_as_it_was():
    for secret in (bytes(20), bytes(range(20)), b"\xff" * 20):
        assert read(written(secret)) == secret
        assert len(written(secret).split("-")) == 9


def test_a_passphrase_counts_however_its_spaces_and_accents_are_typed():
    assert normalised("  café  au\tlait ") == normalised("cafe\u0301 au lait")
    assert normalised("Cafe") != normalised("cafe")


def test_a_new_passphrase_writes_no_data_anew(folder, keys):
    before = {path: path.read_bytes() for path in folder.iterdir() if "keys" not in path.name}
    write_keys(Files(), folder, keys.with_passphrase("five other words they chose", CHEAP).file)
    assert {path: path.read_bytes() for path in before} == before
    with pytest.raises(Locked):
        found(folder).open_with(PASSPHRASE)
    assert surname(folder, found(folder).open_with("five other words they chose")) == "O'Neill"
    assert surname(folder, found(folder).open_with_recovery(RECOVERY_KEY)) == "O'Neill"


def test_every_flipped_bit_of_a_key_file_is_seen(folder):
    whole = (folder / KEYS).read_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            (folder / KEYS).write_bytes(
                whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :]
            )
            assert read_keys(Files(), folder).damage, (place, bit)


def test_a_damaged_key_file_gives_way_to_its_twin_and_is_kept_aside(folder, keys):
    (folder / KEYS).write_bytes(b"damaged")
    assert surname(folder, found(folder).open_with(PASSPHRASE)) == "O'Neill"
    mend_twin(Files(), folder, found(folder))
    assert (folder / KEYS).read_bytes() == (folder / TWIN).read_bytes() == encode_keys(keys.file)
    assert [path.read_bytes() for path in folder.glob(f"{KEYS}.damaged-*")] == [b"damaged"]


def test_without_any_key_file_the_recovery_key_still_opens(folder):
    (folder / KEYS).unlink()
    (folder / TWIN).unlink()
    with pytest.raises(Locked, match="gone"):
        Store.open(folder)
    with pytest.raises(Locked, match="gone"):
        found(folder).open_with(PASSPHRASE)
    assert surname(folder, found(folder).open_with_recovery(RECOVERY_KEY)) == "O'Neill"


def test_two_damaged_key_files_and_no_snapshot_are_told(folder):
    for name in (KEYS, TWIN):
        (folder / name).write_bytes(b"x")
    for path in folder.glob("register.json*"):
        path.unlink()
    with pytest.raises(DamagedRegister):
        read_keys(Files(), folder)


def test_a_key_file_of_a_newer_version_is_named(keys):
    from dataclasses import replace

    written_now = encode_keys(replace(keys.file, other={"later": 1}))
    assert decode_keys(written_now).other == {"later": 1}


def test_a_key_file_that_asks_for_too_much_is_not_obeyed(keys):
    keys.file.slots[0]["memory"] = 1 << 40
    with pytest.raises(Locked):
        keys.file.open_with(PASSPHRASE)


def test_a_full_disk_leaves_the_old_passphrase(folder, keys):
    class Full(Files):
        def append(self, descriptor, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(CannotWrite) as refusal:
        write_keys(Full(), folder, keys.with_passphrase("another one", CHEAP).file)
    assert "as it was" in refusal.value.safe
    assert surname(folder, found(folder).open_with(PASSPHRASE)) == "O'Neill"
    assert not list(folder.glob("*.new-*"))


def test_where_only_the_twin_is_not_written_the_new_passphrase_counts_and_that_is_said(
    folder, keys
):
    class Fills(Files):
        def create(self, path):
            if path.name.startswith(TWIN):
                raise OSError(28, "No space left on device")
            return super().create(path)

    with pytest.raises(CannotWrite) as refusal:
        write_keys(Fills(), folder, keys.with_passphrase("another one", CHEAP).file)
    assert "only the new passphrase opens" in refusal.value.safe
    assert surname(folder, found(folder).open_with("another one")) == "O'Neill"


def test_a_renewed_key_reads_what_was_written_under_the_one_before(folder, keys):
    from senreg.store.recovery_key import public_half

    renewed = keys.renewed("a new one", public_half(new_recovery_key()), 1, CHEAP)
    assert renewed.key.secret != keys.key.secret
    write_keys(Files(), folder, renewed.file)
    again = found(folder).open_with("a new one")
    assert [each.id for each in again.retired] == [keys.key.id]
    assert [each.id for each in again.bundles[1:]] == [keys.bundles[0].id]
    assert surname(folder, again) == "O'Neill"


def test_the_cost_is_never_below_the_floor():
    cost = calibrated()
    assert cost.memory >= FLOOR.memory
    assert cost.iterations >= FLOOR.iterations


def test_keys_do_not_show_themselves(keys):
    for shown in (repr(keys), repr(keys.key), str(keys.key)):
        assert keys.key.secret.hex() not in shown
        assert repr(keys.key.secret) not in shown
