"""Who sits at a register: named to others, never in the way of what is saved."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from senreg import clock
from senreg.digests import checked, with_digest
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.lock import IN_USE, LOCK, Holder, Seat, this_host

SITTER = """
import sys
from pathlib import Path
from senreg.store.files import Files
from senreg.store.lock import Seat

seat = Seat(Path(sys.argv[1]))
print(seat.take("mrs-khan"), flush=True)
sys.stdin.readline()
seat.leave()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "school.senreg"
    Register.create(where, "Hill School").close()
    return where


@pytest.fixture
def sitter(folder):
    """Another process that has the register open."""
    with subprocess.Popen(
        [sys.executable, "-c", SITTER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "None\n"
        yield process
        process.kill()


def elsewhere(folder: Path, host: str = "LAPTOP-12") -> None:
    """As if another machine had the register open."""
    at = clock.milliseconds() - 3_600_000
    stored = {"person": "khan", "host": host, "pid": 812, "since": at, "token": "t" * 16}
    (folder / IN_USE).write_text(json.dumps(stored), encoding="utf-8")


def test_a_free_place_is_taken_and_given_back(folder):
    seat = Seat(folder)
    assert seat.take("khan") is None
    stored = json.loads((folder / IN_USE).read_text(encoding="utf-8"))
    assert (stored["person"], stored["host"], stored["pid"]) == ("khan", this_host(), os.getpid())
    assert seat.taken
    seat.leave()
    assert not (folder / IN_USE).exists()
    assert (folder / LOCK).exists()


def test_another_process_here_is_named_and_keeps_its_place(folder, sitter):
    seat = Seat(folder)
    holder = seat.take("fox")
    assert (holder.person, holder.pid, holder.here) == ("mrs-khan", sitter.pid, True)
    assert not seat.taken
    seat.leave()
    assert seat.look().person == "mrs-khan"


def test_both_windows_write_and_lose_nothing(folder, sitter):
    with Register.open(folder) as mine:
        assert mine.sit().person == "mrs-khan"
        with Register.open(folder) as theirs, theirs.commit("Add") as c:
            c.add("pupils", {"surname": "Zu", "forename": "Viel"})
        with mine.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neil", "forename": "Sam"})
    with Register.open(folder, read_only=True) as register:
        assert {row["surname"] for row in register.all("pupils")} == {"Zu", "O'Neil"}


def test_a_place_beside_us_is_taken_once_it_is_free(folder, sitter):
    with Register.open(folder, person="fox") as register:
        assert register.sit() is not None
        sitter.communicate("\n")
        assert register.sitting.look("fox") is None
        assert Seat(folder).look().person == "fox"


def test_what_a_killed_process_left_is_stale(folder, sitter):
    sitter.kill()
    sitter.wait()
    assert (folder / IN_USE).exists()
    seat = Seat(folder)
    assert seat.take("fox") is None
    assert seat.look().person == "fox"


def test_another_machine_is_named_and_nothing_is_taken_from_it(folder):
    elsewhere(folder)
    seat = Seat(folder)
    holder = seat.take("fox")
    assert (holder.host, holder.person, holder.here) == ("LAPTOP-12", "khan", False)
    assert not seat.taken
    seat.leave()
    assert seat.look() == holder
    # The lock was not kept either: another window here gets the same answer.
    assert Seat(folder).take("fox") == holder


def test_a_place_taken_over_is_ours_and_the_other_machine_is_told(folder):
    other = Seat(folder)
    other.take("khan")
    mine = Seat(folder)
    stored = checked(json.loads((folder / IN_USE).read_text(encoding="utf-8")))
    moved = with_digest(stored | {"host": "LAPTOP-12"})
    (folder / IN_USE).write_text(json.dumps(moved), encoding="utf-8")
    assert mine.take("fox").host == "LAPTOP-12"
    assert mine.take("fox", over=True) is None
    assert other.taken_over().person == "fox"
    other.leave()
    assert mine.look().person == "fox"
    mine.leave()
    assert mine.look() is None


def test_a_note_that_was_changed_names_nobody(folder):
    Seat(folder).take("khan")
    written = (folder / IN_USE).read_text(encoding="utf-8")
    (folder / IN_USE).write_text(written.replace("khan", "khun"), encoding="utf-8")
    assert Seat(folder).look() is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"person": 1}', b"\xff\xfe", b" " * 5_000, b'{"host": {}, "pid": "x"}'],
)
def test_a_file_that_says_nothing_is_no_hindrance(folder, content):
    (folder / IN_USE).write_bytes(content)
    assert Seat(folder).take("fox") is None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_opens(folder):
    folder.chmod(0o500)
    try:
        with Register.open(folder) as register:
            assert register.sit() is None
            assert register.school["name"] == "Hill School"
    finally:
        folder.chmod(0o700)


class FullDisk(Files):
    """A disk that takes no byte more."""

    def append(self, descriptor: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_no_hindrance(folder):
    seat = Seat(folder, FullDisk())
    assert seat.take("fox") is None
    assert not seat.taken
    assert sorted(each.name for each in folder.iterdir() if "in-use" in each.name) == []
    seat.leave()


def test_a_register_that_is_only_read_leaves_no_trace(folder):
    with Register.open(folder, read_only=True) as register:
        assert register.sit() is None
        assert not (folder / IN_USE).exists()
        elsewhere(folder)
        assert register.sit() == Holder(**json.loads((folder / IN_USE).read_text("utf-8")))


def test_a_closed_register_gives_its_place_back(folder):
    register = Register.open(folder)
    register.sit()
    assert (folder / IN_USE).exists()
    register.close()
    assert not (folder / IN_USE).exists()
