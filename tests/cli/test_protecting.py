"""Encrypted registers on the command line: made, opened, changed, joined and refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from senreg.errors import CannotWrite
from senreg.passphrases import offered
from senreg.store import key_files
from senreg.store.files import disk_refused
from tests.store.sealing_keys import CHEAP

from .conftest import School, Senreg

RECOVERY = re.compile(r"Recovery key: (\S+)")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return written(tmp_path / "passphrase.txt", offered())


@pytest.fixture
def folder(senreg: Senreg, tmp_path: Path, secret: Path) -> Path:
    """An encrypted register with a child in it."""
    folder = tmp_path / "ours.senreg"
    said = senreg("new", folder, "--school", "Hollow Lane", "--passphrase-file", secret)
    assert (said.code, said.err) == (0, "")
    assert RECOVERY.search(said.out)
    child = ["add", "pupils", folder, "surname=O'Neill", "forename=Łukasz"]
    assert senreg(*child, "--passphrase-file", secret).code == 0
    return folder


def written(path: Path, text: str) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    return path


def names(said) -> list[str]:
    return [each["surname"] for each in said.document]


def test_nothing_in_the_folder_can_be_read(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"O'Neill" not in data
            assert b"Hollow" not in data


def test_the_environment_names_the_passphrase_too(
    senreg: Senreg, folder: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENREG_PASSPHRASE_FILE", str(secret))
    assert names(senreg("list", "pupils", folder, "--json")) == ["O'Neill"]
    assert senreg("undo", folder).code == 0


def test_without_or_with_a_wrong_passphrase_it_is_refused_in_one_sentence(
    senreg: Senreg, folder: Path, tmp_path: Path
) -> None:
    said = senreg("list", "pupils", folder)
    assert (said.code, said.out) == (3, "")
    assert "no passphrase was given" in said.complaints[0]
    wrong = written(tmp_path / "wrong.txt", offered())
    for verb in (["list", "pupils", folder], ["set", "x", folder, "surname=x"], ["undo", folder]):
        said = senreg(*verb, "--passphrase-file", wrong)
        assert (said.code, said.out) == (3, "")
        assert said.complaints[0] == "That passphrase does not open this register."
        assert len(said.complaints) <= 3


@pytest.mark.parametrize("content", ["", " \n", None, b"\xff\xfe\x00"])
def test_a_passphrase_file_that_holds_none_is_refused(senreg, folder, tmp_path, content) -> None:
    path = tmp_path / "p"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = senreg("list", "pupils", folder, "--passphrase-file", path)
    assert said.code == 3
    assert "passphrase file" in said.complaints[0]


def test_with_its_key_files_gone_the_recovery_key_opens_it(
    senreg: Senreg, tmp_path: Path, secret: Path
) -> None:
    ours = tmp_path / "ours.senreg"
    made = senreg("new", ours, "--school", "Hollow Lane", "--passphrase-file", secret)
    printed = RECOVERY.search(made.out)
    assert printed
    paper = written(tmp_path / "paper.txt", printed[1])
    for name in ("keys.json", "keys.json.bak"):
        (ours / name).unlink()
    told = senreg("list", "pupils", ours, "--passphrase-file", secret)
    assert (told.code, told.out) == (3, "")
    assert told.complaints[0] == "The key file of this register is gone."
    add = ["add", "pupils", ours, "surname=Vale", "forename=Ivy"]
    assert senreg(*add, "--passphrase-file", paper).code == 0
    renew = ["passphrase", ours, "--passphrase-file", paper, "--new-passphrase-file", secret]
    assert senreg(*renew).code == 0
    assert names(senreg("list", "pupils", ours, "--json", "--passphrase-file", secret)) == ["Vale"]


def test_a_damaged_key_file_is_told_by_the_verb_that_mends_it(senreg, folder, secret) -> None:
    path = folder / "keys.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    child = ["add", "pupils", folder, "surname=Begum", "forename=Aisha"]
    said = senreg(*child, "--passphrase-file", secret)
    assert (said.code, said.err) == (0, "keys.json is damaged; its twin was read instead.\n")
    assert path.read_bytes() == whole
    assert [each.read_bytes() for each in folder.glob("keys.json.damaged-*")] == [whole[:-5]]


def test_a_passphrase_somebody_would_guess_makes_no_register(
    senreg: Senreg, tmp_path: Path
) -> None:
    easy = written(tmp_path / "easy.txt", "hollowlane2026")
    said = senreg("new", tmp_path / "a", "--school", "Hollow Lane", "--passphrase-file", easy)
    assert said.code == 3
    assert "guess" in said.complaints[0]
    assert not (tmp_path / "a").exists()


def test_with_nobody_to_ask_new_wants_a_file_or_the_word_plain(senreg: Senreg, tmp_path) -> None:
    said = senreg("new", tmp_path / "a", "--school", "A")
    assert said.code == 2
    assert "--plain" in said.err
    assert not (tmp_path / "a").exists()


def test_plain_and_a_passphrase_cannot_go_together(senreg: Senreg, tmp_path, secret) -> None:
    words = ["new", tmp_path / "a", "--school", "A", "--plain", "--passphrase-file", secret]
    assert senreg(*words).code == 2


def test_another_passphrase(senreg: Senreg, folder: Path, secret: Path, tmp_path: Path) -> None:
    new = written(tmp_path / "new.txt", offered())
    change = ["passphrase", folder, "--passphrase-file", secret, "--new-passphrase-file", new]
    assert senreg(*change).code == 0
    assert senreg("list", "pupils", folder, "--passphrase-file", secret).code == 3
    assert names(senreg("list", "pupils", folder, "--json", "--passphrase-file", new)) == [
        "O'Neill"
    ]


def test_the_recovery_key_sets_a_new_passphrase(senreg: Senreg, tmp_path: Path, secret) -> None:
    said = senreg("new", tmp_path / "a", "--school", "A", "--passphrase-file", secret)
    found = RECOVERY.search(said.out)
    assert found
    sheet = written(tmp_path / "sheet.txt", found[1].upper().replace("-", " "))
    new = written(tmp_path / "new.txt", offered())
    change = ["passphrase", tmp_path / "a", "--passphrase-file", sheet]
    assert senreg(*change, "--new-passphrase-file", new).code == 0
    assert senreg("list", "pupils", tmp_path / "a", "--passphrase-file", new).code == 0


def test_a_new_key_shuts_out_the_old_passphrase_and_the_old_recovery_key(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path
) -> None:
    new = written(tmp_path / "new.txt", offered())
    said = senreg("rekey", folder, "--passphrase-file", secret, "--new-passphrase-file", new)
    assert said.code == 0
    assert "join anew" in said.out
    assert senreg("list", "pupils", folder, "--passphrase-file", secret).code == 3
    assert names(senreg("list", "pupils", folder, "--json", "--passphrase-file", new)) == [
        "O'Neill"
    ]
    assert senreg("undo", folder, "--passphrase-file", new).code == 0


def test_a_plain_register_is_encrypted_where_it_is(
    senreg, school: School, secret, tmp_path
) -> None:
    assert senreg("rekey", school, "--new-passphrase-file", secret).code == 3
    assert senreg("passphrase", school, "--new-passphrase-file", secret).code == 0
    assert senreg("list", "pupils", school).code == 3
    assert (
        len(senreg("list", "pupils", school, "--json", "--passphrase-file", secret).document) == 4
    )
    for path in school.path.rglob("*"):
        assert not path.is_file() or "Łukasz".encode() not in path.read_bytes()


def test_a_bundle_of_it_is_sealed_joins_with_the_passphrase_and_merges_without(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "b.senreg-bundle"
    said = senreg("export", folder, "--to", bundle, "--passphrase-file", secret)
    assert said.code == 0
    assert "It is encrypted" in said.out
    assert b"O'Neill" not in bundle.read_bytes()
    assert senreg("join", bundle, "--at", tmp_path / "copy").code == 3
    assert senreg("join", bundle, "--at", tmp_path / "copy", "--passphrase-file", secret).code == 0
    own = written(tmp_path / "own.txt", offered())
    change = ["passphrase", tmp_path / "copy", "--passphrase-file", secret]
    assert senreg(*change, "--new-passphrase-file", own).code == 0
    child = ["add", "pupils", tmp_path / "copy", "surname=小", "forename=明"]
    assert senreg(*child, "--passphrase-file", own).code == 0
    back = tmp_path / "back.senreg-bundle"
    senreg("export", tmp_path / "copy", "--to", back, "--passphrase-file", own)
    said = senreg("merge", back, "--into", folder, "--json", "--passphrase-file", secret)
    assert (said.code, said.document["conflicts"]) == (0, 0)
    listed = senreg("list", "pupils", folder, "--json", "--passphrase-file", secret)
    assert sorted(names(listed)) == ["O'Neill", "小"]


def test_a_merge_makes_one_backup_and_a_refused_one_leaves_nothing(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "b.senreg-bundle"
    senreg("export", folder, "--to", bundle, "--passphrase-file", secret)
    senreg("join", bundle, "--at", tmp_path / "copy", "--passphrase-file", secret)
    child = ["add", "pupils", tmp_path / "copy", "surname=小", "forename=明"]
    senreg(*child, "--passphrase-file", secret)
    senreg("export", tmp_path / "copy", "--to", bundle, "--passphrase-file", secret)
    for path in (folder / "backups").iterdir():
        path.unlink()
    (folder / "backups").rmdir()
    before = {path: path.is_dir() or path.read_bytes() for path in folder.rglob("*")}
    wrong = written(tmp_path / "wrong.txt", offered())
    assert senreg("merge", bundle, "--into", folder, "--passphrase-file", wrong).code == 3
    assert {path: path.is_dir() or path.read_bytes() for path in folder.rglob("*")} == before
    said = senreg("merge", bundle, "--into", folder, "--passphrase-file", secret)
    assert said.code == 0
    made = [path.name for path in (folder / "backups").iterdir() if path.suffix != ".json"]
    assert sorted(name.split("-")[4] for name in made) == ["merge"]


def test_a_copy_that_missed_the_new_key_is_told_to_join_anew(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first.senreg-bundle"
    senreg("export", folder, "--to", first, "--passphrase-file", secret)
    senreg("join", first, "--at", tmp_path / "copy", "--passphrase-file", secret)
    new = written(tmp_path / "new.txt", offered())
    senreg("rekey", folder, "--passphrase-file", secret, "--new-passphrase-file", new)
    child = ["add", "pupils", tmp_path / "copy", "surname=Begum", "forename=Aisha"]
    senreg(*child, "--passphrase-file", secret)
    old = tmp_path / "old.senreg-bundle"
    senreg("export", tmp_path / "copy", "--to", old, "--passphrase-file", secret)
    merge = ["merge", old, "--into", folder, "--passphrase-file", new]
    said = senreg(*merge)
    assert said.code == 3
    assert "gave up" in said.complaints[0]
    assert senreg(*merge, "--old-key").code == 0
    fresh = tmp_path / "fresh.senreg-bundle"
    senreg("export", folder, "--to", fresh, "--passphrase-file", new)
    said = senreg("merge", fresh, "--into", tmp_path / "copy", "--passphrase-file", secret)
    assert said.code == 3
    assert "new key of this register" in said.complaints[0]
    assert "join anew" in said.complaints[2]


def test_nothing_of_a_passphrase_is_said_when_something_goes_wrong(folder: Path, tmp_path) -> None:
    wrong = written(tmp_path / "wrong.txt", "zanzibar kettle")
    environment = os.environ | {"SENREG_DEBUG": "1", "SENREG_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "senreg", "list", "pupils", folder, "--passphrase-file", wrong],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 3
    assert b"zanzibar" not in done.stdout + done.stderr


def test_a_new_key_that_the_disk_refuses_at_once_changes_nothing_and_says_so(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = written(tmp_path / "new.txt", offered())
    rekey = ["rekey", folder, "--passphrase-file", secret, "--new-passphrase-file", new]
    with monkeypatch.context() as full:
        full.setattr(key_files, "_put", refusing(after=0))
        said = senreg(*rekey)
    assert said.code == 3
    assert "what opened it until now opens it" in said.complaints[1]
    assert "recovery key told above opens nothing" in said.complaints[1]
    assert senreg("list", "pupils", folder, "--passphrase-file", new).code == 3
    assert senreg("undo", folder, "--passphrase-file", secret).code == 0


@pytest.mark.parametrize("verb", ["rekey", "passphrase"])
def test_new_keys_that_count_though_the_disk_refused_the_rest_are_told_and_end_with_one(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path, monkeypatch, verb: str
) -> None:
    new = written(tmp_path / "new.txt", offered())
    with monkeypatch.context() as full:
        full.setattr(key_files, "_put", refusing(after=1))
        said = senreg(verb, folder, "--passphrase-file", secret, "--new-passphrase-file", new)
    assert said.code == 1
    assert "only the new passphrase" in said.complaints[1]
    assert "opens nothing" not in said.err
    assert len(said.complaints) == 3
    assert senreg("list", "pupils", folder, "--passphrase-file", secret).code == 3
    found = names(senreg("list", "pupils", folder, "--json", "--passphrase-file", new))
    assert found == ["O'Neill"]


@pytest.mark.parametrize(("after", "begun"), [(0, False), (1, True)])
def test_new_keys_stopped_half_way_say_what_opens_the_register_now(
    senreg: Senreg,
    folder: Path,
    secret: Path,
    tmp_path: Path,
    monkeypatch,
    capsys,
    after: int,
    begun: bool,
) -> None:
    new = written(tmp_path / "new.txt", offered())
    with monkeypatch.context() as stopped:
        stopped.setattr(key_files, "_put", refusing(after=after, how=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            senreg("rekey", folder, "--passphrase-file", secret, "--new-passphrase-file", new)
    right, wrong = (new, secret) if begun else (secret, new)
    told = capsys.readouterr().err
    assert told.startswith(f"Stopped {'half-way' if begun else 'before'}")
    assert len(told.splitlines()) == 1
    assert senreg("undo", folder, "--passphrase-file", wrong).code == 3
    gone_on = senreg("undo", folder, "--passphrase-file", right)
    assert gone_on.code == 0
    assert ("change of keys was interrupted" in gone_on.err) is begun
    assert ("That is done" in gone_on.err) is begun


def refusing(after: int, how: type[BaseException] | None = None):
    """What puts so many key files in place, and then has no room, or is stopped."""
    put, done = key_files._put, []

    def _put(files, path, data):
        done.append(path)
        if len(done) > after:
            if how is not None:
                raise how
            raise disk_refused(OSError(28, "No space left on device"))
        put(files, path, data)

    return _put


def test_a_folder_the_disk_refuses_is_told_before_any_recovery_key(
    senreg: Senreg, secret: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    below = tmp_path / "file" / "ours.senreg"
    said = senreg("new", below, "--school", "Hollow Lane", "--passphrase-file", secret)
    assert (said.code, said.out) == (3, "")
    assert "Recovery" not in said.err


def test_a_register_that_cannot_be_made_leaves_nothing_and_its_key_is_told_to_be_void(
    senreg: Senreg, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_register):
        raise CannotWrite("The disk did not take it: No space left on device.")

    monkeypatch.setattr("senreg.exchange.starter.add_starter_bank", full)
    words = ["new", tmp_path / "a", "--school", "Hollow Lane", "--passphrase-file", secret]
    said = senreg(*words)
    assert said.code == 3
    assert "recovery key told above opens nothing" in said.complaints[1]
    assert not (tmp_path / "a").exists()


def test_the_name_of_any_of_the_staff_is_a_guess_on_the_command_line_too(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path
) -> None:
    add = ["add", "staff", folder, "name=Wilhelmina Featherstonehaugh", "role=senco"]
    assert senreg(*add, "--passphrase-file", secret).code == 0
    easy = written(tmp_path / "easy.txt", "wilhelminafeatherstonehaugh")
    for verb in ("passphrase", "rekey"):
        words = [verb, folder, "--passphrase-file", secret, "--new-passphrase-file", easy]
        said = senreg(*words)
        assert said.code == 3
        assert "guess" in said.complaints[0]
        assert "Recovery" not in said.out


def test_a_passphrase_that_is_changed_but_for_the_backups_says_so(
    senreg: Senreg, folder: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_backups):
        raise CannotWrite("The disk did not take it: No space left on device.")

    new = written(tmp_path / "new.txt", offered())
    change = ["passphrase", folder, "--passphrase-file", secret, "--new-passphrase-file", new]
    assert senreg("backup", folder, "--passphrase-file", secret).code == 0
    with monkeypatch.context() as small:
        small.setattr("senreg.store.backups.Backups.renew", full)
        said = senreg(*change)
    assert said.code == 1
    assert "still opens some of its backups" in said.complaints[1]
    again = ["passphrase", folder, "--passphrase-file", new, "--new-passphrase-file", new]
    assert senreg(*again).code == 0
    backup = next((folder / "backups").glob("*.senreg-backup"))
    restore = ["restore", backup, "--into", tmp_path / "back", "--passphrase-file"]
    assert senreg(*restore, secret).code == 3
    assert senreg(*restore, new).code == 0
