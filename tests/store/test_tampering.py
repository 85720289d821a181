"""Somebody writes to a sealed register's folder without its keys, or with keys long retired."""

import shutil
import traceback
from dataclasses import replace
from itertools import pairwise

import orjson
import pytest

from senreg.errors import CannotWrite, DamagedRegister, Locked, Unreadable
from senreg.register import Register
from senreg.store.codec import BadLine, PlainLines
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.key_files import KEYS, TWIN, decode_keys, encode_keys, read_keys, write_keys
from senreg.store.keys import SEALING
from senreg.store.recovery_key import new_recovery_key, public_half
from senreg.store.rekeying import rekey, seal_in_place
from senreg.store.rewriting import encoded_segment
from senreg.store.sealed import SealedLines
from senreg.store.sealing import CIPHERS, new_data_key
from senreg.store.segments import Segment, encode_line, read_segment
from senreg.store.unlocking import codec_of
from senreg.vault import Seal
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY, fresh_keys

NEW = "five words for the successor"


def edit(store, record, surname):
    store.write("Edit", "me", [Change("pupils", record, {"surname": surname})])


def surnames(store):
    return [each["surname"] for each in store.state.live.get("pupils", {}).values()]


@pytest.fixture
def keys():
    return fresh_keys()


@pytest.fixture
def folder(tmp_path, keys):
    """A register whose only edit stands in the journal alone."""
    store = Store.create(tmp_path / "r", keys=keys)
    edit(store, "a", "O'Neill")
    return tmp_path / "r"


def opened(folder, passphrase=PASSPHRASE):
    return Store.open(folder, keys=read_keys(Files(), folder).file.open_with(passphrase))


def segment_of(folder):
    (path,) = folder.glob("journal-*")
    return path


def changed_keys(folder, **changed):
    """Put another key file in place, with a digest that fits, as anybody can make it."""
    for name in (KEYS, TWIN):
        file = decode_keys((folder / name).read_bytes())
        (folder / name).write_bytes(encode_keys(replace(file, **changed)))


def test_nobody_but_a_holder_of_the_key_can_have_plain_files_read(folder):
    changed_keys(folder, unfinished=SEALING)
    for way in ("passphrase", "recovery key"):
        file = read_keys(Files(), folder).file
        with pytest.raises(DamagedRegister, match="something other than senreg"):
            file.open_with(PASSPHRASE) if way == "passphrase" else file.open_with_recovery(
                RECOVERY_KEY
            )
    with pytest.raises(Locked):
        opened(folder, "a wrong one")


def test_another_recovery_key_cannot_be_slipped_in_to_be_used_at_the_next_change(folder):
    slots = read_keys(Files(), folder).file.slots
    theirs = [each | ({"public": "A" * 43} if each["kind"] == "recovery" else {}) for each in slots]
    changed_keys(folder, slots=theirs)
    with pytest.raises(DamagedRegister):
        opened(folder)


@pytest.mark.parametrize("changed", [{"inside": []}, {"tag": ""}, {"other": {"later": 1}}])
def test_nothing_in_a_key_file_is_changed_unseen(folder, changed):
    changed_keys(folder, **changed)
    with pytest.raises(DamagedRegister):
        opened(folder)


@pytest.mark.parametrize(
    "odd", [{"tag": None}, {"slots": {}}, {"slots": ["x"]}, {"key": []}, {"key": {"id": 1}}]
)
def test_a_key_file_of_no_form_is_damaged(folder, odd):
    changed_keys(folder, **odd)
    with pytest.raises(BadLine):
        decode_keys((folder / KEYS).read_bytes())


@pytest.mark.parametrize(
    "cost",
    [
        {"memory": 16},
        {"iterations": 2},
        {"memory": 1 << 40},
        {"iterations": 1 << 40},
        {"lanes": 1 << 20},
        {"memory": -1},
        {"iterations": "1"},
        {"lanes": None},
        {"salt": ""},
    ],
)
def test_a_tampered_cost_neither_weakens_nor_stops_anything(folder, cost):
    slots = read_keys(Files(), folder).file.slots
    changed_keys(
        folder, slots=[each | (cost if each["kind"] == "passphrase" else {}) for each in slots]
    )
    with pytest.raises(Locked, match="does not open"):
        opened(folder)


def test_too_little_memory_is_told_and_no_wrong_passphrase(folder, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr("senreg.store.keys.derive", exhausted)
    with pytest.raises(Locked, match="not enough memory"):
        opened(folder)


def test_an_older_key_file_of_another_key_opens_nothing(folder):
    old = (folder / KEYS).read_bytes()
    store = opened(folder)
    rekey(store, NEW, public_half(new_recovery_key()), cost=CHEAP)
    for name in (KEYS, TWIN):
        (folder / name).write_bytes(old)
    with pytest.raises(Locked, match="not the one this register was last sealed with"):
        opened(folder)
    edited = (folder / "register.json").read_bytes()
    with pytest.raises(CannotWrite, match="another key"):
        edit(store, "b", "Nwosu")
    assert (folder / "register.json").read_bytes() == edited


def test_who_kept_a_retired_key_can_put_nothing_into_the_register(folder, keys, tmp_path):
    thief = shutil.copytree(folder, tmp_path / "thief")
    rekey(opened(folder), NEW, public_half(new_recovery_key()), cost=CHEAP)
    theirs = Store.open(thief, keys=keys)
    edit(theirs, "b", "Planted")
    (planted,) = (path for path in thief.glob("journal-*") if theirs._writer.opening in path.name)
    shutil.copy(planted, folder)
    told = opened(folder, NEW)
    assert surnames(told) == ["O'Neill"]
    assert told.read_only
    assert told.warnings
    theirs.close()
    (folder / planted.name).unlink()
    for name in ("register.json", "register.json.bak"):
        shutil.copy(thief / "register.json", folder / name)
    told = opened(folder, NEW)
    assert surnames(told) == ["O'Neill"], "the journal was read"
    assert told.read_only


def test_a_backup_under_a_retired_key_can_still_be_read(folder, tmp_path):
    backup = shutil.copytree(folder, tmp_path / "backup")
    store = opened(folder)
    rekey(store, NEW, public_half(new_recovery_key()), cost=CHEAP)
    codec = codec_of(store.keys, old=True)
    assert codec.unseal((backup / "register.json").read_bytes())
    assert read_segment(Files(), segment_of(backup), codec).lines
    with pytest.raises(BadLine):
        store.codec.unseal((backup / "register.json").read_bytes())


def test_a_window_that_missed_the_change_of_keys_saves_nothing_under_the_old(folder, keys):
    class Late(Files):
        """The keys are changed just when a new segment is being begun."""

        change = None

        def create(self, path):
            if self.change and path.name.startswith("journal-"):
                change, self.change = self.change, None
                change()
            return super().create(path)

    files = Late()
    late = Store.open(folder, keys=keys, files=files)
    store = opened(folder)
    files.change = lambda: rekey(store, NEW, public_half(new_recovery_key()), cost=CHEAP)
    with pytest.raises(CannotWrite, match="another key"):
        edit(late, "b", "Nwosu")
    again = opened(folder, NEW)
    assert surnames(again) == ["O'Neill"]
    assert not again.warnings


@pytest.mark.parametrize("sealed_from", ["plain", "sealed"])
def test_a_window_that_missed_it_is_told_also_where_the_register_was_plain(tmp_path, sealed_from):
    keys = fresh_keys() if sealed_from == "sealed" else None
    store = Store.create(tmp_path / "r", keys=keys)
    late = Store.open(tmp_path / "r", keys=keys)
    change = rekey if keys else seal_in_place
    change(store, NEW, public_half(new_recovery_key()), cost=CHEAP)
    with pytest.raises(CannotWrite, match="another key"):
        edit(late, "b", "Nwosu")
    assert not list((tmp_path / "r").glob("journal-*"))


class Interrupt(BaseException):
    """As a person breaks off with Ctrl-C."""


def test_after_an_interruption_no_number_is_sealed_twice_under_one_key(folder, keys):
    class Interrupted(Files):
        now = False

        def sync(self, descriptor):
            if self.now:
                raise Interrupt
            super().sync(descriptor)

    files = Interrupted()
    store = Store.open(folder, keys=keys, files=files)
    edit(store, "b", "Nwosu")
    files.now = True
    with pytest.raises(Interrupt):
        edit(store, "c", "Broken off")
    files.now = False
    edit(store, "d", "Łukasz")
    store.close()
    numbers = []
    for path in folder.rglob("journal-*"):
        header, *lines = map(orjson.loads, path.read_bytes().splitlines()[1:])
        numbers += [(header[2]["salt"], each[0]) for each in lines]
    assert len(numbers) > 4
    assert len(set(numbers)) == len(numbers)


def test_a_number_that_was_sealed_is_refused():
    key = new_data_key("k", CIPHERS[0])
    lines = SealedLines(key, "o", {"salt": "c2FsdA"})
    lines.line(0, b"{}")
    lines.line(1, b"{}")
    for number in (0, 1):
        with pytest.raises(ValueError, match="already"):
            lines.line(number, b"{}")


def test_an_end_that_was_written_over_a_line_gets_a_number_of_its_own(tmp_path):
    codec = fresh_keys().codec()
    name = "journal-00000001-abcdefghijkmnpqr.jsonl"
    segment = Segment(tmp_path / name, "abcdefghijkmnpqr", {"after": 0, "opening": name[17:33]})
    segment.lines = {0: {"tx": "a"}, 1: {"tx": "b"}}
    segment.ended = 1
    (tmp_path / name).write_bytes(encoded_segment(segment, codec))
    again = read_segment(Files(), tmp_path / name, codec)
    assert again.lines == segment.lines
    assert again.ended == 1
    assert not again.damaged


def test_a_header_that_nobody_sealed_hides_no_lines(folder, keys):
    """Without lines of its own it would say that those of its opening ended before."""
    path = segment_of(folder)
    header = orjson.loads(path.read_bytes().splitlines()[0])[2]
    for changed in ({"after": 0, "segment": 1}, {"after": 0, "segment": 1, "tag": "A" * 22}):
        line = encode_line(PlainLines(header["opening"]), -1, header | changed)
        planted = folder / f"journal-00000009-{header['opening']}.jsonl"
        planted.write_bytes(line * 2)
        store = Store.open(folder, keys=keys)
        assert surnames(store) == ["O'Neill"]
        assert store.read_only, "it is told"


@pytest.mark.parametrize("name", ["after", "copy", "register", "segment", "salt", "key", "cipher"])
def test_no_word_of_a_header_is_changed_unseen(folder, keys, name):
    path = segment_of(folder)
    header, *_ = lines = path.read_bytes().splitlines(keepends=True)
    said = orjson.loads(header)[2]
    said[name] = said[name] + 1 if isinstance(said[name], int) else "A" * 43
    line = encode_line(PlainLines(said["opening"]), -1, said)
    path.write_bytes(b"".join([line, line, *lines[2:]]))
    store = Store.open(folder, keys=keys)
    assert surnames(store) == []
    assert store.read_only


def test_segments_that_changed_names_are_told(folder, keys):
    store = Store.open(folder, keys=keys)
    edit(store, "b", "Nwosu")
    one, other = sorted(folder.glob("journal-*"))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    again = Store.open(folder, keys=keys)
    assert surnames(again) == []
    assert again.read_only


def test_a_segment_of_another_register_is_told(folder, keys, tmp_path):
    other = Store.create(tmp_path / "other", keys=fresh_keys(keys.file.register))
    edit(other, "b", "Planted")
    shutil.copy(segment_of(tmp_path / "other"), folder)
    again = Store.open(folder, keys=keys)
    assert surnames(again) == ["O'Neill"]
    assert again.read_only


def test_a_snapshot_of_another_register_is_not_read(folder, keys, tmp_path):
    other = Store.create(tmp_path / "other", keys=fresh_keys(keys.file.register))
    edit(other, "b", "Planted")
    other.close()
    shutil.copy(tmp_path / "other" / "register.json", folder)
    again = Store.open(folder, keys=keys)
    assert surnames(again) == ["O'Neill"]
    assert again.read_only


def test_an_older_snapshot_of_the_same_register_hides_nothing_the_journal_holds(folder, keys):
    older = (folder / "register.json").read_bytes()
    for record, surname in (("b", "Nwosu"), ("c", "Łukasz"), ("d", "小明")):
        store = Store.open(folder, keys=keys)
        edit(store, record, surname)
        store.close()
    assert list((folder / "history").glob("journal-*"))
    for name in ("register.json", "register.json.bak"):
        (folder / name).write_bytes(older)
    again = Store.open(folder, keys=keys)
    assert sorted(surnames(again)) == ["Nwosu", "O'Neill", "Łukasz", "小明"]
    assert not again.read_only


def test_a_plain_snapshot_is_not_taken_for_the_registers(folder, keys, tmp_path):
    plain = Store.create(tmp_path / "plain", register=keys.file.register)
    edit(plain, "b", "Planted")
    plain.close()
    for name in ("register.json", "register.json.bak"):
        shutil.copy(tmp_path / "plain" / "register.json", folder / name)
    again = Store.open(folder, keys=keys)
    assert surnames(again) == ["O'Neill"], "the journal was read"
    assert again.read_only


def test_without_its_key_files_a_register_is_not_taken_for_a_plain_one(folder, keys, tmp_path):
    plain = Store.create(tmp_path / "plain", register=keys.file.register)
    plain.close()
    for name in ("register.json", "register.json.bak"):
        shutil.copy(tmp_path / "plain" / "register.json", folder / name)
    for name in (KEYS, TWIN):
        (folder / name).unlink()
    with pytest.raises(Locked, match="gone"):
        Store.open(folder, keys=keys)
    told = Store.open(folder)
    assert told.read_only, "its sealed journal cannot be read"


def test_a_key_file_made_from_a_snapshot_is_vouched_for_once_it_was_opened(folder):
    store = opened(folder)
    store.close()
    for name in (KEYS, TWIN):
        (folder / name).unlink()
    again = read_keys(Files(), folder).file.open_with_recovery(RECOVERY_KEY)
    write_keys(Files(), folder, again.file)
    assert surnames(
        Store.open(folder, keys=read_keys(Files(), folder).file.open_with_recovery(RECOVERY_KEY))
    ) == ["O'Neill"]


def test_two_registers_sealed_with_one_passphrase_have_nothing_in_common(tmp_path):
    said = []
    for number in range(2):
        store = Store.create(tmp_path / str(number), keys=fresh_keys())
        edit(store, "a", "O'Neill")
        store.close()
        said.append(
            {
                value
                for slot in (*store.keys.file.slots, *store.keys.file.inside)
                for name, value in slot.items()
                if name in ("salt", "wrapped", "ephemeral", "id")
            }
            | {segment_of(tmp_path / str(number)).read_bytes().splitlines()[2][-60:]}
        )
    for one, other in pairwise(said):
        assert not one & other


def test_no_error_and_no_word_for_a_thing_shows_what_opens_it(folder, keys):
    seal = Seal(PASSPHRASE, RECOVERY_KEY)
    secrets = {
        PASSPHRASE, RECOVERY_KEY, repr(keys.key.secret), keys.key.secret.hex(),
        repr(keys.passkey), repr(keys.bundles[0].secret),
    }  # fmt: skip
    shown = [
        f"{each} {each!r} {[each]}" for each in (seal, keys, keys.file, keys.key, keys.codec())
    ]
    for wrong in (
        lambda: keys.file.open_with(PASSPHRASE + "x"),
        lambda: keys.file.open_with_recovery(RECOVERY_KEY + "b"),
        lambda: replace(keys.file, tag="A").open_with(PASSPHRASE),
        lambda: keys.codec().opened((folder / "register.json").read_bytes()[:-9]),
    ):
        with pytest.raises((Locked, Unreadable, DamagedRegister, BadLine)) as refused:
            wrong()
        shown.append("".join(traceback.format_exception(refused.value)))
    assert not [secret for secret in secrets for each in shown if secret in each]


def test_opening_does_not_bring_an_old_passphrase_back(folder):
    """Another window changes it while this one is still deriving the key from the old."""
    stale = read_keys(Files(), folder).file.open_with(PASSPHRASE)
    other = read_keys(Files(), folder).file.open_with(PASSPHRASE)
    write_keys(Files(), folder, other.with_passphrase(NEW, CHEAP).file)
    Register.open(folder, unlock=stale).close()
    with pytest.raises(Locked):
        opened(folder)
    assert surnames(opened(folder, NEW)) == ["O'Neill"]
    assert (folder / KEYS).read_bytes() == (folder / TWIN).read_bytes()
