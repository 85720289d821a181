from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from senreg.register import Register
from senreg.rules.sessions import sitting_of

from .conftest import School, Senreg


@pytest.fixture
def second(senreg: Senreg, school: School, tmp_path: Path) -> Path:
    """A second copy, joined from a bundle."""
    bundle = tmp_path / "start.senreg-bundle"
    senreg("export", school, "--to", bundle)
    folder = tmp_path / "second.senreg"
    assert senreg("join", bundle, "--at", folder).code == 0
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def test_what_one_copy_left_the_other_brings_in_with_words(
    senreg: Senreg, school: School, second: Path, shared: Path
) -> None:
    senreg("set", school.sean, second, "class_name=6A", "--as", "AO")
    there = senreg("sync", second, shared)
    assert there.code == 0
    assert there.out.splitlines()[0] == "Nothing new has come."
    dry = senreg("sync", school, shared, "--dry-run", "--json")
    assert (dry.code, dry.document["operations"], dry.document["sent"]) == (0, 1, 0)
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "5B"
    done = senreg("sync", school, shared)
    assert done.code == 0
    assert "1 new edit by Ms Amara Olu on 1 pupil." in done.out
    assert "Brought in: 1 edit of 1 record, 0 conflicts." in done.out
    assert "The folder has everything of this copy." in done.out
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "6A"


def test_the_folder_is_remembered_for_each_copy(
    senreg: Senreg, school: School, second: Path, shared: Path
) -> None:
    never = senreg("sync", school)
    assert (never.code, never.complaints[0]) == (
        2,
        "This register was synced with no folder yet.",
    )
    senreg("sync", school, shared)
    senreg("set", school.sean, school, "class_name=6A")
    again = senreg("sync", school, "--json")
    assert (again.code, again.document["sent"]) == (0, 1)
    assert senreg("sync", second).code == 2


def test_the_register_may_be_left_out(senreg: Senreg, school: School, shared: Path) -> None:
    senreg("list", "pupils", school)
    assert senreg("sync", shared).code == 0
    assert list(shared.iterdir())


def test_a_conflict_is_told_by_the_exit_code(
    senreg: Senreg, school: School, second: Path, shared: Path
) -> None:
    senreg("set", school.sean, second, "class_name=6A")
    senreg("set", school.sean, school, "class_name=6B")
    assert senreg("sync", second, shared).code == 0
    assert senreg("sync", school, shared, "--dry-run").code == 1
    done = senreg("sync", school, shared)
    assert done.code == 1
    assert "See them with: senreg conflicts" in done.out


def test_a_file_that_is_half_there_is_named(senreg: Senreg, school: School, shared: Path) -> None:
    (shared / "half.senreg-bundle").write_bytes(b"senreg-")
    done = senreg("sync", school, shared, "--json")
    assert done.code == 1
    assert done.document["passed"] == [
        {
            "file": "half.senreg-bundle",
            "why": "It is not there whole yet, or it is damaged.",
        }
    ]
    told = senreg("sync", school, shared)
    assert told.complaints == [
        "Passed by: half.senreg-bundle. It is not there whole yet, or it is damaged."
    ]


def test_a_stick_that_is_not_plugged_in_is_one_refusal(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    said = senreg("sync", school, tmp_path / "stick")
    assert (said.code, said.out) == (3, "")
    assert said.complaints == [
        "The sync folder cannot be reached.",
        "Nothing was changed.",
        "Plug the stick in or connect to the network, then sync again.",
    ]


def test_an_older_file_is_pointed_out_until_a_sync_repairs_it(
    senreg: Senreg, school: School, second: Path, shared: Path, tmp_path: Path
) -> None:
    shutil.copytree(school.path, tmp_path / "monday")
    senreg("set", school.sean, school, "class_name=6A")
    senreg("sync", school, shared)
    shutil.rmtree(school.path)
    shutil.copytree(tmp_path / "monday", school.path)
    older = senreg("list", "pupils", school, "--json")
    assert older.code == 1
    assert older.document
    assert older.err.startswith("This file is older than what you used here on ")
    assert senreg("set", school.sam, school, "class_name=6B").err == older.err
    assert senreg("sync", school, shared).code == 0
    again = senreg("show", school.sean, school, "--json")
    assert (again.code, again.err, again.document["class_name"]) == (0, "", "6A")


def test_a_merge_that_does_not_repair_an_older_file_says_so(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    shutil.copytree(school.path, tmp_path / "monday")
    senreg("set", school.sean, school, "class_name=6A")
    shutil.rmtree(school.path)
    shutil.copytree(tmp_path / "monday", school.path)
    done = senreg("merge", tmp_path / "start.senreg-bundle", "--into", school)
    assert "is not in it yet" in done.complaints[-1]
    assert senreg("list", "pupils", school).err == ""


def test_a_bundle_for_a_copy_that_was_met_holds_what_that_lacks(
    senreg: Senreg, school: School, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, rest = tmp_path / "theirs.senreg-bundle", tmp_path / "rest.senreg-bundle"
    senreg("set", school.sean, second, "class_name=6A", "--as", "AO")
    with monkeypatch.context() as hers:
        hers.setenv("SENREG_PERSON", "AO")
        assert senreg("export", second, "--to", theirs).code == 0
    known = ("export", school, "--to", rest, "--since")
    assert senreg(*known, "AO").code == 3
    assert senreg(*known, tmp_path / "no.senreg-bundle").code == 3
    assert not rest.exists()
    senreg("merge", theirs, "--into", school)
    senreg("set", school.ming, school, "class_name=4C")
    copy = Register.open(second)
    copy.close()
    for who in ("AO", "ms amara olu", copy.copy_id):
        said = senreg(*known, who)
        assert (said.code, "1 edit," in said.out) == (0, True), said
        rest.rename(tmp_path / f"{who}.senreg-bundle")
    assert senreg("merge", tmp_path / "AO.senreg-bundle", "--into", second).code == 0
    assert senreg("show", school.ming, second, "--json").document["class_name"] == "4C"


def test_a_session_that_two_copies_added_apart_is_one(
    senreg: Senreg, school: School, second: Path, shared: Path
) -> None:
    on_the_day = (f"group={school.group}", "date=2026-11-18")
    with Register.open(school.path, read_only=True) as register:
        begun_on_screen = sitting_of(register, school.group, "2026-11-18").fresh
    here = senreg("add", "sessions", school, *on_the_day, "minutes=20").line
    there = senreg("add", "sessions", second, *on_the_day, "note=[hall]").line
    for copy in (second, school):
        assert senreg("sync", copy, shared).code == 0
    (session,) = senreg("list", "sessions", school, "--json").document
    assert (session["id"], session["minutes"], session["note"]) == (here, 20, "[hall]")
    assert here == there == begun_on_screen
    assert senreg("add", "sessions", school, *on_the_day[:1], "date=2026-11-19").line != here
    mark = (f"session={here}", f"pupil={school.ming}", "mark=late")
    marks = {senreg("add", "session_marks", copy, *mark).line for copy in (school, second)}
    assert len(marks) == 1


def test_a_second_session_of_a_groups_day_is_refused_and_one_moved_there_is_pointed_out(
    senreg: Senreg, school: School
) -> None:
    on_the_day = (f"group={school.group}", "date=2026-11-18")
    first = senreg("add", "sessions", school, *on_the_day).line
    again = senreg("add", "sessions", school, *on_the_day, "minutes=20")
    assert (again.code, again.out) == (3, "")
    assert f"Change it with: senreg set {first} " in again.err
    mark = (f"session={first}", f"pupil={school.ming}", "mark=late")
    assert senreg("add", "session_marks", school, *mark).code == 1
    assert senreg("add", "session_marks", school, *mark[:2], "mark=absent").code == 3
    assert len(senreg("list", "sessions", school, "--json").document) == 1

    moved = senreg("add", "sessions", school, *on_the_day[:1], "date=2026-11-19").line
    told = senreg("set", moved, school, "date=2026-11-18")
    assert told.code == 1
    assert "two sessions on 18 Nov 2026" in told.err + told.out
    assert "session_twice" in senreg("check", school, "--json").out
    senreg("archive", first, school)
    assert "session_twice" not in senreg("check", school, "--json").out
    assert senreg("add", "sessions", school, *on_the_day[:1], "date=2026-11-19").code == 0


def test_every_copy_that_was_met_is_told_with_whose_it_is_and_what_waits(
    senreg: Senreg, school: School, second: Path, shared: Path
) -> None:
    assert "No other copy was met yet" in senreg("sync", school, "--copies").out
    senreg("set", school.sean, second, "class_name=6A", "--as", "AO")
    senreg("sync", second, shared, "--as", "AO")
    senreg("sync", school, shared)
    senreg("set", school.ming, second, "class_name=4C", "--as", "AO")
    senreg("sync", second, "--as", "AO")
    told = senreg("sync", school, "--copies")
    assert told.code == 1
    heading, copy = told.out.splitlines()
    assert heading.split("  ")[0] == "Whose"
    assert copy.startswith("Ms Amara Olu")
    (said,) = senreg("sync", school, "--copies", "--json").document
    assert (said["whose"], said["waits"]) == ("Ms Amara Olu", 1)
    assert said["at"].endswith("Z")
    assert senreg("show", school.ming, school, "--json").document["class_name"] != "4C"
    shared.rename(shared.with_name("gone"))
    away = senreg("sync", school, "--copies")
    assert (away.code, "Ms Amara Olu" in away.out) == (1, True)
    assert "folder" in away.err
