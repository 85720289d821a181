"""Backups: whole, read back, kept by age, and never in the way."""

import errno
import io
import os
import zipfile
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
import time_machine

from senreg import clock
from senreg.errors import CannotWrite, Locked, SenregError, Unreadable
from senreg.register import Register
from senreg.store import backups as module
from senreg.store.archive import ENDING, ROOT, ArchivedFiles, Manifest, pack, read_manifest
from senreg.store.backups import BACKUPS, Backups, to_keep
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.key_files import read_keys, write_keys
from senreg.store.reading_back import opened
from senreg.store.rekeying import rekey, seal_in_place
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY, fresh_keys, public_half


@pytest.fixture(params=["plain", "sealed"])
def register(tmp_path, request):
    keys = fresh_keys() if request.param == "sealed" else None
    store = Store.create(tmp_path / "school.senreg", keys=keys)
    with Register(store, "khan") as opened:
        with opened.commit("Start the register", step=False) as c:
            c.add("school", {"name": "Hill School"})
        with opened.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neil", "forename": "Sam [EAL]"}, record_id="sam")
        yield opened


def again(register):
    return Register(Store.open(register.path, keys=register.store.keys), "khan")


def rename(register, surname):
    with register.commit("Change") as c:
        c.set("sam", surname=surname)


def within(register, backup):
    return opened(ArchivedFiles(backup.path.read_bytes()), register.store.codec)


def surname(register, backup):
    return within(register, backup).state.live["pupils"]["sam"]["surname"]


def names(register):
    folder = register.path / BACKUPS
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_a_backup_holds_the_state_and_the_whole_history(register):
    rename(register, "Zu")
    backup = register.backups.back_up()
    rename(register, "Later")
    store = within(register, backup)
    assert store.state.live["pupils"]["sam"]["surname"] == "Zu"
    assert [each["label"] for each in store.journal.commits()] == [
        "Start the register",
        "Add",
        "Change",
    ]
    assert (store.meta.register, store.meta.copy) == (register.register_id, register.copy_id)


def test_history_of_earlier_openings_is_in_it(register):
    for place in range(4):
        with again(register) as other:
            rename(other, f"S{place}")
    assert (register.path / "history").exists()
    register.refresh()
    commits = within(register, register.backups.back_up()).journal.commits()
    assert len(commits) == len(register.store.journal.commits()) == 6


def test_what_lies_in_it_is_what_lay_in_the_folder(register):
    backup = register.backups.back_up()
    for name, data in ArchivedFiles(backup.path.read_bytes()).members():
        assert data == (register.path / name).read_bytes()
    with zipfile.ZipFile(backup.path) as archive:
        assert archive.testzip() is None


def test_only_what_shrinks_is_compressed(tmp_path):
    for keys, smaller in ((None, True), (fresh_keys(), False)):
        store = Store.create(tmp_path / f"{smaller}.senreg", keys=keys)
        with Register(store) as register, register.commit("Add") as c:
            for _ in range(60):
                c.add("pupils", {"surname": "O'Neil", "forename": "Sam", "interests": "Lego " * 9})
        segment = next((tmp_path / f"{smaller}.senreg").glob("journal-*"))
        backup = Backups(store).back_up()
        with zipfile.ZipFile(backup.path) as archive:
            packed = archive.getinfo(segment.name)
            assert (packed.compress_size < packed.file_size) is smaller


def test_it_is_listed_with_when_why_and_that_it_was_read_back(register):
    first = register.backups.back_up("import")
    second = register.backups.back_up()
    listed = register.backups.all()
    assert [each.path for each in listed] == [second.path, first.path]
    assert [each.reason for each in listed] == ["asked", "import"]
    assert all(each.verified_at and each.size == each.path.stat().st_size for each in listed)
    assert register.backups.last_verified() == second.verified_at
    second.path.unlink()
    assert register.backups.last_verified() == first.verified_at


def test_one_elsewhere_is_a_file_like_any_other(register, tmp_path):
    backup = register.backups.back_up(to=tmp_path / "stick" / f"school{ENDING}")
    assert surname(register, backup) == "O'Neil"
    assert register.backups.all() == []


def test_the_first_edit_of_a_day_is_preceded_by_a_backup(register):
    register.sit()
    register.sitting._day = None
    rename(register, "Zu")
    rename(register, "Viel")
    register.sitting._making.join()
    (backup,) = register.backups.all()
    assert backup.reason == "day"
    assert surname(register, backup) == "O'Neil"
    with again(register) as other:
        other.sit()
        rename(other, "Neu")
    assert len(register.backups.all()) == 1


def test_closing_waits_for_the_backup_of_the_day(tmp_path):
    register = Register.create(tmp_path / "other.senreg", "Hill School")
    register.sit()
    with register.commit("Add") as c:
        c.add("pupils", {"surname": "Zu", "forename": "Viel"})
    register.close()
    assert [each.reason for each in Backups(register.store).all()] == ["day"]


def test_the_next_day_has_a_backup_of_its_own(register):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC)) as moment:
        register.sit()
        rename(register, "A")
        moment.shift(timedelta(days=1))
        rename(register, "B")
        register.sitting._making.join()
        assert sorted(surname(register, each) for each in register.backups.all()) == ["A", "O'Neil"]


def test_scripts_and_readers_make_none(register):
    rename(register, "Zu")
    register.before("import")
    assert names(register) == []
    register.only_read()
    register.sit()
    register.before("import")
    assert names(register) == []


def test_what_a_sealed_register_says_stands_in_no_backup(register):
    data = register.backups.back_up().path.read_bytes()
    held = b"".join(part for _, part in ArchivedFiles(data).members())
    assert (b"O'Neil" in held) is (register.store.keys is None)
    assert ("keys.json" in read_manifest(io.BytesIO(data)).files) is bool(register.store.keys)


def test_a_sealed_backup_opens_with_the_passphrase_alone(tmp_path):
    keys = fresh_keys()
    store = Store.create(tmp_path / "sealed.senreg", keys=keys)
    backup = Backups(store).back_up()
    archive = ArchivedFiles(backup.path.read_bytes())
    found = read_keys(archive, ROOT)
    store = Store.open(ROOT, keys=found.file.open_with(PASSPHRASE), files=archive, read_only=True)
    assert store.meta.register == keys.file.register
    assert not store.warnings
    with pytest.raises(Locked):
        Store.open(ROOT, files=archive, read_only=True)


def test_one_begun_before_the_keys_changed_is_not_finished(tmp_path):
    store = Store.create(tmp_path / "sealed.senreg", keys=fresh_keys())
    frozen = Backups(store).freeze()
    write_keys(Files(), store.folder, store.keys.with_passphrase("another one", CHEAP).file)
    with pytest.raises(CannotWrite):
        Backups(store).make(frozen, "day")


def test_a_damaged_key_file_is_not_backed_up(tmp_path):
    store = Store.create(tmp_path / "sealed.senreg", keys=fresh_keys())
    path = store.folder / "keys.json"
    path.write_bytes(path.read_bytes().replace(b"slots", b"slotz"))
    with pytest.raises(SenregError):
        Backups(store).back_up()
    assert Backups(store).all() == []


def test_a_merge_is_preceded_by_a_backup(register, tmp_path):
    from senreg.sync.bundle import export_bundle, read_bundle
    from senreg.sync.join import copy_of
    from senreg.sync.merge import apply_merge, plan_merge

    with copy_of(register, tmp_path / "copy.senreg") as copy:
        rename(copy, "Zu")
        export_bundle(copy, tmp_path / "back.senreg-bundle")
    register.sit()
    bundle = read_bundle(tmp_path / "back.senreg-bundle", register.store.keys)
    apply_merge(register, plan_merge(register, bundle))
    (backup,) = register.backups.all()
    assert (backup.reason, surname(register, backup)) == ("merge", "O'Neil")
    assert register.get("sam")["surname"] == "Zu"


@pytest.mark.parametrize("failing", ["create", "append", "sync", "replace"])
def test_a_disk_that_refuses_leaves_no_half_backup(register, failing):
    class Refusing(Files):
        pass

    def refuse(self, *_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = register.backups.back_up()
    setattr(Refusing, failing, refuse)
    with pytest.raises(CannotWrite):
        Backups(register.store, Refusing()).back_up()
    assert [each.path for each in register.backups.all()] == [kept.path]
    assert not [name for name in names(register) if name.startswith(".making")]


def test_what_the_disk_did_not_keep_is_no_backup(register):
    class Lying(Files):
        def opened(self, path):
            return io.BytesIO(super().read(path)[:-200] + bytes(200))

    with pytest.raises((CannotWrite, Unreadable)):
        Backups(register.store, Lying()).back_up()
    assert register.backups.all() == []
    assert register.backups.last_verified() == 0


def test_a_failed_backup_of_the_day_keeps_nobody_from_writing(register):
    (register.path / BACKUPS).write_text("in the way", encoding="utf-8")
    register.sit()
    rename(register, "Zu")
    register.sitting._making.join()
    assert register.get("sam")["surname"] == "Zu"
    assert "The backup could not be made" in register.sitting.failed


def test_every_cut_and_every_flip_is_seen(register):
    backup = register.backups.back_up()
    whole = backup.path.read_bytes()

    def sound(data):
        try:
            archive = ArchivedFiles(data)
            return dict(archive.members())
        except (Unreadable, OSError):
            return None

    content = sound(whole)
    assert content is not None
    for cut in range(0, len(whole), 7):
        assert sound(whole[:cut]) is None
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        # A date or an attribute in the zip's own tables says nothing of the register.
        assert sound(bytes(changed)) in (None, content)


def test_one_that_was_damaged_since_is_found_out(register):
    backup = register.backups.back_up()
    data = bytearray(backup.path.read_bytes())
    data[len(data) // 2] ^= 1
    backup.path.write_bytes(data)
    with pytest.raises(Unreadable):
        register.backups.verify(backup)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", bytes(1000)])
def test_another_file_is_no_backup_and_is_left_alone(register, content):
    stranger = register.path / BACKUPS / f"holiday{ENDING}"
    stranger.parent.mkdir()
    stranger.write_bytes(content)
    (listed,) = register.backups.all()
    assert not listed.readable
    with pytest.raises(Unreadable):
        ArchivedFiles(content)
    register.backups.rotate()
    assert stranger.exists()


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "journal-1.jsonl", "history/../x", "C:\\evil"]
)
def test_no_name_in_it_leads_out_of_the_folder(name):
    data = pack({"register.json": b"{}", name: b"x"}, Manifest("r", "c", 1, "asked"))
    with pytest.raises(Unreadable):
        ArchivedFiles(data)


def test_one_of_a_newer_version_is_named_as_such(register):
    data = register.backups.back_up().path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        manifest = orjson.loads(old.read("manifest.json")) | {"format": 99}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as new:
        new.writestr("manifest.json", orjson.dumps(manifest))
    with pytest.raises(Unreadable, match="newer version"):
        read_manifest(io.BytesIO(written.getvalue()))


def test_a_member_larger_than_it_says_is_not_unpacked():
    data = pack({"register.json": bytes(50_000_000)}, Manifest("r", "c", 1, "asked"))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        manifest = orjson.loads(old.read("manifest.json"))
        manifest["files"]["register.json"][0] = 10
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
            new.writestr("manifest.json", orjson.dumps(manifest))
            new.writestr("register.json", bytes(50_000_000))
    archive = ArchivedFiles(written.getvalue())
    with pytest.raises(OSError, match="damaged"):
        archive.read(ROOT / "register.json")


def moments(*days):
    return [int(datetime(*day, 12, tzinfo=UTC).timestamp() * 1000) for day in days]


def test_the_last_ten_are_kept_whatever_their_day():
    start = moments((2026, 11, 25))[0]
    every = [start + minute * 60_000 for minute in range(30)]
    assert to_keep(every) == set(every[-10:])


def test_days_weeks_and_months_are_kept_beyond_the_last_ten():
    first = date(2026, 1, 1)
    every = []
    for number in range(300):
        day = first + timedelta(days=number)
        noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
        every += [noon + place for place in range(3)]
    kept = sorted(to_keep(every))
    days = sorted({clock.local(at).date() for at in kept})
    last = first + timedelta(days=299)
    assert set(days[-7:]) == {last - timedelta(days=back) for back in range(7)}
    sundays = {day for day in days if day.weekday() == 6}
    assert len(sundays) >= 3
    assert {date(2026, 8, 31), date(2026, 9, 30)} <= set(days)
    assert len(kept) <= 10 + 7 + 4 + 3


def test_a_holiday_uses_no_backup_up():
    every = moments(*((2026, 7, day) for day in range(1, 22)), (2026, 9, 2))
    kept = to_keep(every)
    assert len([at for at in kept if clock.local(at).month == 7]) >= 9


def test_old_ones_are_cleared_away_when_one_is_made(register):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as moment:
        for _ in range(13):
            moment.shift(timedelta(seconds=61))
            register.backups.back_up()
        assert len(register.backups.all()) == 10
        noted = orjson.loads((register.path / BACKUPS / "verified.json").read_bytes())
        assert len(noted["verified"]) == 10


def test_backups_can_be_dropped_for_a_reason(register):
    register.backups.back_up("import")
    kept = register.backups.back_up("merge")
    gone = register.backups.drop(lambda each: each.reason == "import")
    assert [each.reason for each in gone] == ["import"]
    assert [each.path for each in register.backups.all()] == [kept.path]


def test_backups_can_be_rewritten_so_that_a_value_is_gone(register):
    from senreg.store.snapshot import decode_snapshot, encode_snapshot

    untouched = register.backups.back_up("merge")

    def erase(name, data):
        if name != "register.json":
            return data
        snapshot = decode_snapshot(register.store.codec, data)
        if "sam" not in snapshot.state.live.get("pupils", {}):
            return data
        snapshot.state.live.get("pupils", {}).pop("sam", None)
        return encode_snapshot(register.store.codec, snapshot.meta, snapshot.state)

    register.store.snapshot()
    backup = register.backups.back_up()
    changed = register.backups.rewrite(erase)
    assert [each.path for each in changed] == [backup.path]
    assert "sam" not in within(register, backup).state.live.get("pupils", {})
    said = read_manifest(backup.path)
    assert (said.made_at, said.reason) == (backup.made_at, "asked")
    assert untouched.path.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_only_this_person_may_read_one(register):
    backup = register.backups.back_up()
    assert backup.path.stat().st_mode & 0o077 == 0
    assert backup.path.parent.stat().st_mode & 0o077 == 0


def test_the_rules_are_those_that_are_promised():
    assert (module.LAST, module.DAYS, module.WEEKS, module.MONTHS) == (10, 7, 4, 3)


def opens(backup, passphrase):
    archive = ArchivedFiles(backup.path.read_bytes())
    try:
        keys = read_keys(archive, ROOT).file.open_with(passphrase)
    except Locked:
        return False
    store = Store.open(ROOT, keys=keys, files=archive, read_only=True)
    return not store.warnings and len(store.journal.commits()) == 2


def test_backups_are_sealed_with_the_register(tmp_path):
    with Register.create(tmp_path / "a.senreg", "Hill School") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neil", "forename": "Sam"})
        backup = register.backups.back_up()
        seal_in_place(register.store, PASSPHRASE, public_half(RECOVERY_KEY), cost=CHEAP)
        assert opens(backup, PASSPHRASE)
        archive = ArchivedFiles(backup.path.read_bytes())
        assert not any(b"O'Neil" in data for _, data in archive.members())
        (listed,) = register.backups.all()
        assert (listed.made_at, listed.path) == (backup.made_at, backup.path)


@pytest.mark.parametrize("way", ["passphrase", "rekey"])
def test_a_former_passphrase_opens_no_backup(tmp_path, way):
    store = Store.create(tmp_path / "a.senreg", keys=fresh_keys())
    with Register(store, "khan") as register:
        for label in ("One", "Two"):
            with register.commit(label) as c:
                c.add("pupils", {"surname": "O'Neil", "forename": "Sam"})
        backup = register.backups.back_up()
        assert opens(backup, PASSPHRASE)
        if way == "rekey":
            rekey(store, "another passphrase", public_half(RECOVERY_KEY), cost=CHEAP)
        else:
            register.change_passphrase("another passphrase")
        assert not opens(backup, PASSPHRASE)
        assert opens(backup, "another passphrase")
        assert register.backups.renew() == []


def test_a_damaged_backup_keeps_no_register_from_being_sealed(tmp_path):
    with Register.create(tmp_path / "a.senreg", "Hill School") as register:
        first, second, kept = (register.backups.back_up() for _ in range(3))
        for backup, place in ((first, -3), (second, 400)):
            data = bytearray(backup.path.read_bytes())
            data[place] ^= 0xFF
            data[len(data) // 2] ^= 0xFF
            backup.path.write_bytes(data)
        seal_in_place(register.store, PASSPHRASE, public_half(RECOVERY_KEY), cost=CHEAP)
        assert register.store.keys.file.unfinished == ""
        assert [each.path for each in register.backups.all()] == [kept.path]


def test_clearing_away_looks_into_none_that_was_read_back_here(register, monkeypatch):
    days = [datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(minutes=number) for number in range(12)]
    for at in days:
        with time_machine.travel(at, tick=False):
            register.backups.back_up()
    looked_into = []
    read = module.read_manifest
    monkeypatch.setattr(
        module, "read_manifest", lambda path: looked_into.append(path) or read(path)
    )
    with time_machine.travel(days[-1] + timedelta(minutes=1), tick=False):
        made = register.backups.back_up()
    assert len(looked_into) == 2, "the new one, and the one that goes"
    monkeypatch.undo()
    left = register.backups.all()
    assert (len(left), left[0].path) == (10, made.path)


def test_one_whose_end_is_gone_stays_and_takes_no_other_ones_place(register):
    start = datetime(2026, 9, 1, 8, tzinfo=UTC)
    for number in range(10):
        with time_machine.travel(start + timedelta(minutes=number), tick=False):
            register.backups.back_up()
    first, *_ = sorted(register.backups.all(), key=lambda each: each.made_at)
    last = max(register.backups.all(), key=lambda each: each.made_at)
    last.path.write_bytes(last.path.read_bytes()[:-30])
    with time_machine.travel(start + timedelta(minutes=11), tick=False):
        register.backups.back_up()
    assert last.path.exists()
    assert first.path.exists()
    assert sum(each.readable for each in register.backups.all()) == 10
