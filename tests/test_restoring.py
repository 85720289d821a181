"""Going back to a backup: in words, in one step, and back again."""

import shutil
from pathlib import Path

import pytest

from senreg.errors import CannotWrite, Locked, SenregError, Unreadable
from senreg.register import Register
from senreg.restoring import (
    apply_mend,
    apply_restore,
    plan_mend,
    plan_restore,
    read_backup,
    state_of,
)
from senreg.store.archive import Manifest, pack
from senreg.store.files import BACKUP, REGISTER, Files
from senreg.store.folder import Store
from senreg.store.mending import mend
from tests.store.sealing_keys import PASSPHRASE, fresh_keys


def made(folder, keys=None):
    register = Register(Store.create(folder, keys=keys), "khan")
    with register.commit("Start the register", step=False) as c:
        c.add("school", {"name": "Hill School"})
    with register.commit("Add") as c:
        c.add(
            "pupils",
            {"surname": "O'Neil", "forename": "Sam [EAL]", "class_name": "4B"},
            record_id="sam",
        )
        c.add("pupils", {"surname": "Zu", "forename": "Viel"}, record_id="viel")
        c.add(
            "notes",
            {"pupil": "sam", "happened_on": "2026-11-20", "kind": "call", "text": "Rang"},
            record_id="n",
        )
    return register


@pytest.fixture(params=["plain", "sealed"])
def register(tmp_path, request):
    with made(
        tmp_path / "school.senreg", fresh_keys() if request.param == "sealed" else None
    ) as opened:
        yield opened


def unlock(file):
    return file.open_with(PASSPHRASE)


def reopened(folder):
    keys = state_of(folder, unlock).keys
    return Register(Store.open(folder, keys=keys), "khan")


def content(register):
    """Everything that is shown, live and archived."""
    state = register.store.state
    live = {
        table: {
            record: {name: value for name, value in document.items() if name != "archived"}
            for record, document in records.items()
        }
        for table, records in state.live.items()
        if records
    }
    return live, {table: set(records) for table, records in state.archived.items() if records}


def change_much(register):
    with register.commit("Change") as c:
        c.set("sam", class_name="6C", eal=True)
        c.archive("viel")
        c.archive("n")
        c.add("targets", {"pupil": "sam", "kind": "wider", "statement": "New"}, record_id="t")


def test_a_preview_says_what_comes_back_and_what_goes(register):
    backup = register.backups.back_up()
    change_much(register)
    before = content(register)
    plan = plan_restore(register, backup.path)
    assert (plan.back, plan.away, plan.changed, plan.records) == (2, 1, 1, 4)
    assert plan.details == [
        "Sam [EAL] O'Neil: comes back: 1 note; is put away: 1 target; is as it was then: 1 pupil.",
        "Viel Zu: comes back: 1 pupil.",
    ]
    assert content(register) == before


def test_going_back_is_one_step_that_can_be_undone(register):
    then = content(register)
    backup = register.backups.back_up()
    change_much(register)
    later = content(register)
    apply_restore(register, plan_restore(register, backup.path))
    now = content(register)
    assert now[0] == then[0]
    assert now[1] == {"targets": {"t"}}
    assert register.history("sam")[-1].label == "Go back to a backup"
    undone = register.undo()
    assert undone is not None
    assert not undone.left
    assert content(register) == later
    register.redo()
    assert content(register) == now


def test_what_was_since_stays_in_the_history(register):
    backup = register.backups.back_up()
    change_much(register)
    apply_restore(register, plan_restore(register, backup.path))
    classes = [each.new for each in register.history("sam") if each.field == "class_name"]
    assert classes == ["4B", "6C", "4B"]


def test_going_back_to_now_changes_nothing(register):
    backup = register.backups.back_up()
    plan = plan_restore(register, backup.path)
    assert (plan.records, plan.details, plan.commits) == (0, [], [])
    before = register.version
    apply_restore(register, plan)
    assert register.version == before


def test_a_backup_is_made_before_going_back(register):
    backup = register.backups.back_up()
    register.sit()
    change_much(register)
    apply_restore(register, plan_restore(register, backup.path))
    assert "restore" in [each.reason for each in register.backups.all()]


def test_one_of_another_register_is_refused(register, tmp_path):
    with made(tmp_path / "other.senreg") as other:
        backup = other.backups.back_up()
    with pytest.raises(Unreadable, match="another register"):
        plan_restore(register, backup.path)


def test_one_under_keys_that_are_not_known_is_refused_in_a_sentence(tmp_path):
    keys = fresh_keys()
    with made(tmp_path / "a.senreg", keys) as register:
        stranger = Store.create(tmp_path / "b.senreg", keys=fresh_keys(register.register_id))
        backup = Register(stranger).backups.back_up()
        with pytest.raises(Unreadable, match="does not open with the keys"):
            plan_restore(register, backup.path)


def test_a_plain_backup_goes_into_a_register_that_was_sealed_since(tmp_path):
    with made(tmp_path / "a.senreg") as register:
        backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup")
        change_much(register)
        from senreg.store.rekeying import seal_in_place
        from tests.store.sealing_keys import CHEAP, RECOVERY_KEY, public_half

        seal_in_place(register.store, PASSPHRASE, public_half(RECOVERY_KEY), cost=CHEAP)
        apply_restore(register, plan_restore(register, backup.path))
        assert register.get("sam")["class_name"] == "4B"
        assert register.sealed


def test_values_that_senreg_never_writes_are_refused(tmp_path):
    with made(tmp_path / "a.senreg") as register:
        members = dict(read_backup(register.backups.back_up().path).members())
        from senreg.store.snapshot import decode_snapshot, encode_snapshot

        register.store.snapshot()
        snapshot = decode_snapshot(register.store.codec, (register.path / REGISTER).read_bytes())
        snapshot.state.live["pupils"]["sam"]["dob"] = {"evil": 1}
        members[REGISTER] = encode_snapshot(register.store.codec, snapshot.meta, snapshot.state)
        said = Manifest(register.register_id, register.copy_id, 1, "asked")
        hostile = tmp_path / "hostile.senreg-backup"
        hostile.write_bytes(pack(members, said))
        with pytest.raises(Unreadable):
            apply_restore(register, plan_restore(register, hostile))
        assert register.get("sam")["dob"] is None


# A folder that is damaged or gone


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(len(data) // 3, len(data) // 3 + 40):
        data[place] ^= 0x15
    path.write_bytes(data)


def restored(backup, folder):
    plan = plan_mend(backup, folder, state_of(folder, unlock), unlock=unlock)
    return apply_mend(plan, by="khan", unlock=unlock)


def test_a_missing_register_is_made_anew_as_a_copy_of_its_own(register, tmp_path):
    backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup")
    then, history = content(register), len(register.history())
    restored(backup.path, tmp_path / "new" / "again.senreg")
    with reopened(tmp_path / "new" / "again.senreg") as again:
        assert content(again) == then
        assert len(again.history()) == history
        assert again.register_id == register.register_id
        assert again.copy_id != register.copy_id
        assert again.sealed is register.sealed
        assert not again.warnings
        change_much(again)


@pytest.mark.parametrize("lost", ["both snapshots", "snapshot", "everything", "journal"])
def test_a_damaged_register_is_whole_again_with_all_that_can_be_read(register, tmp_path, lost):
    folder = register.path
    backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup")
    change_much(register)
    later = content(register)
    register.close()
    with reopened(folder) as again, again.commit("More") as c:
        c.set("sam", interests="Lego")
    snapshots = [folder / REGISTER, folder / BACKUP]
    segments = [*folder.glob("journal-*"), *(folder / "history").glob("journal-*")]
    for path in {
        "both snapshots": snapshots,
        "snapshot": snapshots[:1],
        "everything": [*snapshots, *segments],
        "journal": segments,
    }[lost]:
        damage(path)
    found = state_of(folder, unlock)
    if found.state == "sound":
        # The snapshot holds everything, and damage to sealed history shows only when it is read.
        assert lost == "journal"
    told = " ".join(restored(backup.path, folder))
    with reopened(folder) as again:
        assert not again.warnings
        assert not again.read_only
        assert again.copy_id == register.copy_id or lost == "everything"
        if lost in ("both snapshots", "snapshot", "journal"):
            assert again.get("sam")["interests"] == "Lego"
            later[0]["pupils"]["sam"]["interests"] = "Lego"
            assert content(again) == later
        assert again.get("sam")["surname"] == "O'Neil"
    (aside,) = folder.glob("damaged-*")
    assert str(aside) in told
    assert (aside / REGISTER).exists()
    assert not list(folder.glob("restoring-*"))


def test_a_register_whose_files_are_deleted_comes_back_from_its_own_backups(register):
    folder = register.path
    register.backups.back_up()
    then = content(register)
    register.close()
    for path in folder.iterdir():
        if path.name != "backups":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (backup,) = (folder / "backups").glob("*.senreg-backup")
    restored(backup, folder)
    with reopened(folder) as again:
        assert content(again) == then


def test_a_passphrase_that_was_changed_since_stays(tmp_path):
    keys = fresh_keys()
    with made(tmp_path / "a.senreg", keys) as register:
        folder = register.path
        backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup")
        from senreg.store.key_files import write_keys
        from tests.store.sealing_keys import CHEAP

        changed = keys.with_passphrase("another passphrase", CHEAP)
        write_keys(Files(), folder, changed.file)
    damage(folder / REGISTER)
    damage(folder / BACKUP)

    def now(file):
        return file.open_with("another passphrase")

    plan = plan_mend(backup.path, folder, state_of(folder, now), unlock=now)
    apply_mend(plan, by="khan", unlock=now)
    with pytest.raises(Locked):
        state_of(folder, unlock)
    assert state_of(folder, now).state == "sound"


def test_what_was_sealed_is_not_made_plain_by_an_old_backup(tmp_path):
    from senreg.store.rekeying import seal_in_place
    from tests.store.sealing_keys import CHEAP, RECOVERY_KEY, public_half

    with made(tmp_path / "a.senreg") as register:
        folder = register.path
        backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup")
        seal_in_place(register.store, PASSPHRASE, public_half(RECOVERY_KEY), cost=CHEAP)
    damage(folder / REGISTER)
    damage(folder / BACKUP)
    restored(backup.path, folder)
    with reopened(folder) as again:
        assert again.sealed
        assert again.get("sam")["surname"] == "O'Neil"
    shutil.rmtree(next(folder.glob("damaged-*")))
    for path in folder.rglob("*"):
        assert path.is_dir() or b"O'Neil" not in path.read_bytes()


def test_a_folder_with_other_things_in_it_is_refused(register, tmp_path):
    backup = register.backups.back_up()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(Unreadable, match="already something"):
        restored(backup.path, tmp_path / "papers")
    assert [each.name for each in (tmp_path / "papers").iterdir()] == ["letter.txt"]


def test_a_preview_writes_nothing(register, tmp_path):
    backup = register.backups.back_up()
    folder = tmp_path / "new.senreg"
    plan = plan_mend(backup.path, folder, state_of(folder, unlock), unlock=unlock)
    assert plan.details
    assert not folder.exists()


class Stopping(Files):
    """The power goes after so many calls that change the disk."""

    left = 0

    def _count(self):
        if Stopping.left == 0:
            raise SystemExit
        Stopping.left -= 1

    def replace(self, source, target):
        self._count()
        super().replace(source, target)

    def write_whole(self, path, data):
        self._count()
        super().write_whole(path, data)


def test_stopped_anywhere_it_is_done_again_and_nothing_is_lost(tmp_path, monkeypatch):
    from senreg.store import mending

    with made(tmp_path / "whole.senreg") as register:
        backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup").path
        with register.commit("Change") as c:
            c.set("sam", class_name="6C")
        folder = register.path
    damage(folder / REGISTER)
    (folder / BACKUP).unlink(missing_ok=True)
    stops = 0
    while True:
        attempt = tmp_path / f"attempt-{stops}.senreg"
        shutil.copytree(folder, attempt)
        Stopping.left = stops
        monkeypatch.setattr(mending, "Files", Stopping)
        try:
            mend(read_backup(backup), attempt, state_of(attempt), by="khan")
        except SystemExit:
            finished = False
        else:
            finished = True
        monkeypatch.undo()
        if not finished and state_of(attempt).state != "sound":
            restored(backup, attempt)
        with Register.open(attempt) as again:
            assert not again.warnings
            assert again.get("sam")["class_name"] == "6C", stops
        if finished:
            break
        stops += 1
    assert stops >= 6


def test_a_disk_that_refuses_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    from senreg.store import mending

    class Full(Files):
        def write_whole(self, path, data):
            raise OSError(28, "No space left on device")

    with made(tmp_path / "whole.senreg") as register:
        backup = register.backups.back_up(to=tmp_path / "kept.senreg-backup").path
        folder = register.path
    damage(folder / REGISTER)
    before = {path.name for path in folder.iterdir()}
    found = state_of(folder)
    monkeypatch.setattr(mending, "Files", Full)
    with pytest.raises(CannotWrite):
        mend(read_backup(backup), folder, found, by="khan")
    left = {path.name for path in folder.iterdir() if not path.name.startswith("restoring-")}
    assert left == before


def test_a_damaged_backup_is_refused(register):
    backup = register.backups.back_up()
    damage(backup.path)
    with pytest.raises(SenregError):
        plan_restore(register, backup.path)
