from __future__ import annotations

import errno
from pathlib import Path

import pytest

from senreg.errors import CannotWrite
from senreg.exchange.written import write_out
from senreg.store.files import Files


def test_the_file_is_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "pupils.csv"
    out.write_bytes(b"older")
    write_out(out, [b"one,", b"two"])
    assert out.read_bytes() == b"one,two"
    assert [each.name for each in tmp_path.iterdir()] == ["pupils.csv"]


class _OpenInExcel(Files):
    def replace(self, source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")


class _FullDisk(Files):
    def append(self, descriptor: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("files", "words"), [(_OpenInExcel(), "open in another program"), (_FullDisk(), "No space")]
)
def test_a_refusal_leaves_the_older_file_as_it_was(
    tmp_path: Path, files: Files, words: str
) -> None:
    out = tmp_path / "pupils.csv"
    out.write_bytes(b"older")
    with pytest.raises(CannotWrite, match=words) as refusal:
        write_out(out, [b"new"], files)
    assert out.read_bytes() == b"older"
    assert [each.name for each in tmp_path.iterdir()] == ["pupils.csv"]
    assert len(refusal.value.lines) == 3


def test_an_error_while_the_bytes_are_made_leaves_nothing(tmp_path: Path) -> None:
    def broken():
        yield b"half"
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write_out(tmp_path / "half.csv", broken())
    assert list(tmp_path.iterdir()) == []


def test_places_that_are_no_place_for_a_file(tmp_path: Path) -> None:
    register = tmp_path / "Oak.senreg"
    (register / "history").mkdir(parents=True)
    plain = tmp_path / "copy"
    plain.mkdir()
    (plain / "register.json").write_text("{}", encoding="utf-8")
    for place, words in [
        (tmp_path, "folder, not a file"),
        (tmp_path / "nowhere" / "x.csv", "is not there"),
        (register / "history" / "x.csv", "inside a register"),
        (plain / "register.json", "inside a register"),
    ]:
        with pytest.raises(CannotWrite, match=words):
            write_out(place, [b"x"])
    assert (plain / "register.json").read_text(encoding="utf-8") == "{}"
