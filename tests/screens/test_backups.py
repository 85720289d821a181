"""Backups: seen on Today, made and gone back to under Settings, and restored at the first run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screens.dialogs.merging import PreviewDialog
from screens.settings.backups import BackupsPage
from screens.welcome.backup_passphrase import BackupPassphrase
from senreg.places import documents_folder
from senreg.register import Register
from senreg.store.folder import Store
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.test_welcome import begun
from tests.store.sealing_keys import PASSPHRASE, fresh_keys


def real_school(folder: Path) -> Register:
    """One in which children are said to be real, so that it is warned of."""
    register = Register.create(folder, "Hilltop")
    with register.commit("Add") as c:
        c.add("pupils", {"forename": "Sam [EAL]", "surname": "O'Neil"}, record_id="sam")
    return register


def break_snapshots(folder: Path) -> None:
    for name in ("register.json", "register.json.bak"):
        (folder / name).write_bytes(b"{" + bytes(200))


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_backup_is_made_and_listed(
    running: Running, register: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="settings") as d:
        await d.keys("b")
        assert isinstance(d.screen, BackupsPage)
        assert d.shows("There are none yet")
        await (d.click("n Make one now") if mouse and size != (40, 10) else d.keys("n"))
        (backup,) = register.backups.all()
        assert backup.verified_at
        assert d.shows("27 Nov 09:30")
        if size != (40, 10):
            assert d.shows("Asked for")
            assert d.shows("✓ 27 Nov 09:30")
            assert d.shows("The last ten are kept")
        assert any("read back whole" in each for each in d.toasts)
        await d.keys("v")
        assert any("it is sound" in each for each in d.toasts)
        await d.keys("escape")
        if size != (40, 10):
            assert d.shows("✓ last read back 27 Nov 09:30")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_going_back_is_read_first_and_can_be_undone(
    running: Running, register: Register, size, mouse: bool
) -> None:
    register.backups.back_up("import")
    with register.commit("Test") as c:
        c.set("sam", class_name="6C")
        c.archive("target")
    async with running(size=size, start="settings") as d:
        await d.keys("b")
        await (d.click("Before an import", times=2) if mouse else d.keys("enter"))
        assert isinstance(d.screen, PreviewDialog)
        assert d.shows("1 record comes back, 1 is as it")
        assert d.shows("Sam [EAL] O'Neil: comes back: 1 target; is as it was then: 1 pupil.")
        await d.keys("escape")
        assert register.get("sam")["class_name"] == "6C"
        await d.keys("enter")
        await (d.click("Enter Go back") if mouse else d.keys("enter"))
        assert register.get("sam")["class_name"] == "4B"
        assert not register.get("target").archived
        assert "restore" in [each.reason for each in register.backups.all()]
        await d.keys("u")
        assert register.get("sam")["class_name"] == "6C"


async def test_a_backup_goes_to_a_stick_and_comes_back_from_there(
    running: Running, register: Register
) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    async with running(start="settings") as d:
        await d.keys("b", "t", "enter")
        (file,) = documents_folder().glob("*.senreg-backup")
        with register.commit("Test") as c:
            c.set("sam", class_name="6C")
        await d.keys("o")
        await d.type(file.name)
        await d.keys("enter", "enter")
        assert register.get("sam")["class_name"] == "4B"


async def test_a_damaged_backup_is_told_in_a_sentence(running: Running, register: Register) -> None:
    backup = register.backups.back_up()
    data = bytearray(backup.path.read_bytes())
    data[len(data) // 2] ^= 1
    backup.path.write_bytes(data)
    async with running(start="settings") as d:
        await d.keys("b", "v")
        assert d.shows("it is damaged")
        await d.keys("enter", "enter")
        assert d.shows("cannot be read whole")


async def test_nothing_to_go_back_on_is_said(running: Running, register: Register) -> None:
    register.backups.back_up()
    async with running(start="settings") as d:
        await d.keys("b", "enter")
        assert d.shows("Nothing has changed since that backup")


async def test_today_says_when_the_last_backup_was(
    running: Running, tmp_path: Path, time_goes_on
) -> None:
    with real_school(tmp_path / "real.senreg") as real:
        async with running(size=LARGE, start="today", opened=real) as d:
            assert d.shows("! No backup")
            assert d.shows("There is no verified backup yet.")
        real.backups.back_up()
        async with running(size=LARGE, start="today", opened=real) as d:
            assert d.shows("✓ Backed up")
            assert d.shows("Last verified backup: 27 Nov 09:30")
            assert not d.shows("No backup")
        time_goes_on(8 * 86_400)
        async with running(size=LARGE, start="today", opened=real) as d:
            assert d.shows("! No backup")
            assert d.shows("Last verified backup: 27 Nov 09:30, over 7 days ago.")
            await d.click("! No backup", times=2)
            assert isinstance(d.screen, BackupsPage)


async def test_an_invented_school_is_not_warned_of(running: Running) -> None:
    async with running(start="today") as d:
        assert "backup" not in d.text


async def test_the_first_edit_here_makes_the_backup_of_the_day(
    running: Running, register: Register
) -> None:
    async with running():
        with register.commit("Test") as c:
            c.set("sam", class_name="6C")
        with register.commit("Test") as c:
            c.set("sam", class_name="5C")
    register.sitting.leave()
    assert [each.reason for each in register.backups.all()] == ["day"]


async def test_that_no_backup_could_be_made_is_said_once(
    running: Running, register: Register
) -> None:
    (register.path / "backups").write_text("in the way", encoding="utf-8")
    async with running() as d:
        with register.commit("Test") as c:
            c.set("sam", class_name="6C")
        register.sitting._making.join()
        d.app.look_outside()
        d.app.look_outside()
        await d.settle()
        assert len([each for each in d.toasts if each.startswith("No backup was made")]) == 1


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_damaged_register_is_put_together_where_it_is_open(
    running: Running, tmp_path: Path, mouse: bool
) -> None:
    folder = tmp_path / "real.senreg"
    with real_school(folder) as real:
        real.backups.back_up()
        with real.commit("Change") as c:
            c.set("sam", class_name="6C")
    (folder / "register.json").write_bytes(b"{" + bytes(200))
    damaged = Register.open(folder)
    assert damaged.read_only
    async with running(start="today", opened=damaged) as d:
        assert d.shows("! Damage")
        if mouse:
            await d.click("Put it together from a backup", times=2)
        else:
            await d.keys("b")
        await d.keys("enter")
        assert d.shows("moved aside")
        await (d.click("Enter Go back") if mouse else d.keys("enter"))
        whole = d.app.register
        assert whole is not None
        assert whole is not damaged
        assert not whole.read_only
        assert whole.get("sam")["class_name"] == "6C"
    whole.close()


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_lost_register_is_restored_at_the_first_run(tmp_path: Path, mouse: bool) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    with real_school(tmp_path / "real.senreg") as real:
        real.backups.back_up(to=documents_folder() / "kept.senreg-backup")
    shutil.rmtree(tmp_path / "real.senreg")
    async with begun() as d:
        await (d.click("Restore") if mouse else d.keys("r"))
        await d.type("kept.senreg-backup")
        await d.keys("enter")
        await (d.click("Restore it here") if mouse else d.keys("enter"))
        assert d.shows("made anew from the backup")
        await (d.click("Enter Restore") if mouse else d.keys("enter"))
        assert d.app.register is not None
        assert d.app.register.get("sam")["surname"] == "O'Neil"


async def test_a_backup_in_a_damaged_registers_folder_puts_that_together() -> None:
    folder = documents_folder() / "real.senreg"
    documents_folder().mkdir(parents=True, exist_ok=True)
    with real_school(folder) as real:
        name = real.backups.back_up().path.name
    break_snapshots(folder)
    async with begun() as d:
        await d.keys("r")
        await d.type(f"real.senreg/backups/{name}")
        await d.keys("enter")
        assert d.shows("Put the register in this folder together?")
        await d.keys("enter", "enter")
        assert d.app.register is not None
        assert d.app.register.path == folder
        assert list(folder.glob("damaged-*"))


async def test_a_sealed_backup_asks_for_its_passphrase(tmp_path: Path) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    store = Store.create(tmp_path / "sealed.senreg", keys=fresh_keys())
    with Register(store) as sealed:
        sealed.backups.back_up(to=documents_folder() / "kept.senreg-backup")
    async with begun() as d:
        await d.keys("r")
        await d.type("kept.senreg-backup")
        await d.keys("enter", "enter")
        assert isinstance(d.screen, BackupPassphrase)
        await d.type("wrong")
        assert not d.shows("wrong")
        await d.keys("enter")
        assert d.shows("That passphrase does not open this register.")
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert isinstance(d.screen, PreviewDialog)
        await d.keys("escape")
        assert not (documents_folder() / "school.senreg").exists()
