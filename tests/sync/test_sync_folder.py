"""A sync folder: copies meet in it, lose nothing and end the same, whatever lies there."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from senreg.errors import CannotWrite, ReadOnly, SenregError, Unreadable
from senreg.export_log import handed_out
from senreg.register import Register
from senreg.store.files import Files
from senreg.sync import copies
from senreg.sync.bundle import export_bundle
from senreg.sync.folder import MOST_OWN, look_into, meet, new_files, sync_folder, unsent, waiting
from senreg.sync.join import join


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        yield register


def joined(school, folder, person):
    bundle = folder.with_suffix(".senreg-bundle")
    export_bundle(school, bundle)
    return join(bundle, folder, person=person)


@pytest.fixture
def second(school, tmp_path):
    with joined(school, tmp_path / "second", "4B") as register:
        yield register


@pytest.fixture
def third(school, tmp_path):
    with joined(school, tmp_path / "third", "5A") as register:
        yield register


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "shared"
    made.mkdir()
    return made


def edit(register, **fields):
    with register.commit("Edit") as c:
        c.set("pupil", **fields)


def view(register):
    return {
        table: sorted(sorted(map(repr, row.items())) for row in register.all(table))
        for table in ("school", "pupils", "targets", "notes")
    }


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_one_copy_leaves_another_takes_and_the_third_too(school, second, third, folder):
    edit(second, strengths="Kind")
    edit(school, interests="Trains")
    assert sync_folder(second, folder).sent == 3
    came = sync_folder(school, folder)
    assert (came.plan.operations, came.sent) == (1, 1)
    assert came.plan.details[0] == "1 new edit by 4B on 1 pupil."
    assert sync_folder(third, folder).plan.operations == 2
    assert sync_folder(second, folder).plan.operations == 1
    assert view(school) == view(second) == view(third)
    assert third.get("pupil")["strengths"] == "Kind"


def test_a_copy_writes_only_what_the_folder_lacks_and_touches_no_file_of_others(
    school, second, folder
):
    sync_folder(school, folder)
    before = contents(folder)
    edit(second, strengths="Kind")
    assert sync_folder(second, folder).sent == 1
    after = contents(folder)
    assert before.items() < after.items()
    (new,) = after.keys() - before.keys()
    assert new.startswith(f"{second.copy_id}-")
    assert sync_folder(second, folder).sent == 0
    assert contents(folder) == after


def test_the_same_field_changed_on_both_is_a_conflict_on_both(school, second, folder):
    edit(school, strengths="Kind")
    edit(second, strengths="Brave")
    sync_folder(school, folder)
    assert sync_folder(second, folder).plan.conflicts == 1
    sync_folder(school, folder)
    assert len(school.conflicts()) == len(second.conflicts()) == 1
    school.settle(school.conflicts()[0].id, "Kind and brave")
    sync_folder(school, folder)
    sync_folder(second, folder)
    assert second.conflicts() == []
    assert view(school) == view(second)


def test_a_backup_is_made_before_what_came_is_brought_in(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    school.sit()
    sync_folder(school, folder)
    assert [each.reason for each in school.backups.all()] == ["merge"]


def test_looking_changes_nothing_and_tells_both_ways(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    edit(school, interests="Trains")
    version, before = school.version, contents(folder)
    looked = look_into(school, folder)
    assert (looked.plan.operations, unsent(school, looked)) == (1, 1)
    assert looked.plan.by_copy == {second.copy_id: 1}
    assert (school.version, contents(folder)) == (version, before)


def test_a_file_that_a_service_doubled_is_one_more_copy_and_is_left(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    (path,) = folder.iterdir()
    for name in (f"{path.stem} (conflicted copy 2026-11-26).senreg-bundle", "LAPTOP-12 copy.bin"):
        shutil.copy(path, folder / name)
    path.unlink()
    assert sync_folder(school, folder).plan.operations == 1
    assert school.get("pupil")["strengths"] == "Kind"
    doubled = set(contents(folder))
    for number in range(MOST_OWN + 3):
        edit(second, strengths=f"Kind {number}")
        sync_folder(second, folder)
    assert doubled < set(contents(folder))


def test_what_is_not_a_file_of_this_register_is_named_and_left(school, second, folder, tmp_path):
    with Register.create(tmp_path / "other", "Other School") as other:
        export_bundle(other, folder / "other.senreg-bundle")
    (folder / "half.senreg-bundle").write_bytes(b"")
    (folder / "junk.senreg-bundle").write_bytes(b"senreg-bundle 1 0\nxyz")
    (folder / "minutes.docx").write_bytes(b"PK")
    (folder / "deeper").mkdir()
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    before = contents_of_files(folder)
    done = sync_folder(school, folder)
    assert done.plan.operations == 1
    assert {each.name: each.why for each in done.passed} == {
        "half.senreg-bundle": "It is not there whole yet, or it is damaged.",
        "junk.senreg-bundle": "That bundle is damaged or was not copied whole.",
        "other.senreg-bundle": "It comes from another register.",
    }
    assert contents_of_files(folder).items() >= before.items()


def contents_of_files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_file_cut_anywhere_is_passed_by_and_taken_when_it_is_whole(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    version = school.version
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        looked = look_into(school, folder)
        assert looked.plan.operations == 0
        assert [each.name for each in looked.passed] == [path.name]
    path.write_bytes(whole)
    assert school.version == version
    assert sync_folder(school, folder).plan.operations == 1


def test_ones_own_file_that_was_damaged_is_written_again(school, second, folder):
    sync_folder(school, folder)
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    done = sync_folder(school, folder)
    assert done.sent == 2
    assert len(done.passed) == 1
    edit(second, strengths="Kind")
    assert sync_folder(second, folder).sent == 1


@pytest.mark.parametrize("kind", ["gone", "file", "register", "inside"])
def test_a_folder_that_cannot_serve_is_refused_in_one_sentence(school, tmp_path, kind):
    place = {
        "gone": tmp_path / "no stick",
        "file": tmp_path / "a file",
        "register": school.path,
        "inside": school.path / "history",
    }[kind]
    if kind == "file":
        place.write_text("x")
    if kind == "inside":
        place.mkdir(exist_ok=True)
    version = school.version
    with pytest.raises(SenregError) as refused:
        sync_folder(school, place)
    assert refused.value.safe == "Nothing was changed."
    assert school.version == version
    assert copies.remembered(school.copy_id).folder == ""


class Unplugged(Files):
    """A stick that is pulled out at the nth call that concerns it."""

    def __init__(self, folder: Path, after: int) -> None:
        self.folder = folder
        self.left = after

    def _use(self, path: Path) -> None:
        if self.folder in (path, path.parent):
            self.left -= 1
            if self.left < 0 and self.folder.exists():
                self.folder.rename(self.folder.with_name("pulled out"))

    def names(self, folder):
        self._use(folder)
        return super().names(folder)

    def read(self, path, most=-1):
        self._use(path)
        return super().read(path, most)

    def size(self, path):
        self._use(path)
        return super().size(path)

    def write_whole(self, path, data):
        self._use(path)
        super().write_whole(path, data)

    def replace(self, source, target):
        self._use(target)
        super().replace(source, target)

    def sync_entry(self, path):
        self._use(path)
        super().sync_entry(path)

    def remove(self, path):
        self._use(path)
        super().remove(path)


def test_a_stick_pulled_out_at_any_moment_loses_nothing(school, second, folder):
    """And what was shut out is one sentence; the next sync goes on."""
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    refused = 0
    for after in range(40):
        edit(school, interests=f"Trains {after}")
        stick = Unplugged(folder, after)
        pulled_out = folder.with_name("pulled out")
        told = ""
        try:
            sync_folder(school, folder, files=stick)
        except (Unreadable, CannotWrite) as error:
            told = error.safe
        if not pulled_out.exists():
            break
        assert told == "Nothing was changed." or "is kept" in told
        pulled_out.rename(folder)
        refused += 1
        assert school.get("pupil")["interests"] == f"Trains {after}"
    assert refused == after > 5
    assert list(folder.glob("*.part"))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        sync_folder(school, folder)
        sync_folder(second, folder)
    assert view(school) == view(second)
    assert not list(folder.glob("*.part"))


def test_a_stick_pulled_out_while_it_is_read_is_not_taken_for_an_empty_one(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    version = school.version
    with pytest.raises(Unreadable, match="cannot be reached"):
        sync_folder(school, folder, files=Unplugged(folder, 1))
    assert school.version == version


def test_a_file_goes_only_while_the_one_that_holds_it_is_there(school, folder):
    for number in range(MOST_OWN + 2):
        edit(school, interests=f"Trains {number}")
        sync_folder(school, folder)
    looked = look_into(school, folder)
    largest = max(looked.contents.files, key=lambda each: len(each.ids))
    (folder / largest.name).unlink()
    before = set(contents(folder))
    meet(school, looked)
    assert before <= set(contents(folder))


def test_the_work_can_be_stopped_while_the_folder_is_read(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    version, before = school.version, contents(folder)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync_folder(school, folder, stop)
    assert (school.version, contents(folder)) == (version, before)


def test_ones_own_files_become_one_and_go_only_at_a_later_sync(school, second, folder):
    for number in range(MOST_OWN + 1):
        edit(school, interests=f"Trains {number}")
        sync_folder(school, folder)
    own = set(contents(folder))
    assert len(own) == MOST_OWN + 1
    sync_folder(school, folder)
    assert own < set(contents(folder))
    sync_folder(school, folder)
    (left,) = contents(folder)
    assert left not in own
    sync_folder(school, folder)
    assert list(contents(folder)) == [left]
    sync_folder(second, folder)
    assert view(second) == view(school)


def test_files_of_others_are_never_removed(school, second, folder):
    for number in range(MOST_OWN + 3):
        edit(second, interests=f"Trains {number}")
        sync_folder(second, folder)
    before = set(contents(folder))
    for number in range(MOST_OWN + 3):
        edit(school, strengths=f"Kind {number}")
        sync_folder(school, folder)
    assert before <= set(contents(folder))


def test_an_erased_child_leaves_ones_own_files_at_once_and_those_of_others_when_they_sync(
    school, second, folder
):
    with school.commit("Add") as c:
        c.add(
            "pupils", {"surname": "Vale", "forename": "Ivy", "strengths": "Drums"}, record_id="ivy"
        )
    sync_folder(school, folder)
    sync_folder(second, folder)
    with second.commit("Edit") as c:
        c.set("ivy", interests="Chess")
    sync_folder(second, folder)
    sync_folder(school, folder)
    school.erase({"pupil": "ivy", "records": ["pupils/ivy"], "reason": "request"})
    sync_folder(school, folder)
    own = [path for path in folder.iterdir() if path.name.startswith(school.copy_id)]
    assert not any("Vale" in text_of(path, school) for path in own)
    sync_folder(second, folder)
    assert second.get("ivy") is None
    assert not any("Ivy" in text_of(path, school) for path in folder.iterdir())
    assert not any("Chess" in text_of(path, school) for path in folder.iterdir())
    sync_folder(school, folder)
    assert view(school) == view(second)


def test_an_erased_child_leaves_also_a_file_of_which_this_copy_has_lost_a_part(
    school, second, folder, tmp_path
):
    school.close()
    shutil.copytree(school.path, tmp_path / "monday")
    with Register.open(school.path, person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "Vale", "forename": "Ivy"}, record_id="ivy")
        sync_folder(register, folder)
    sync_folder(second, folder)
    second.erase({"pupil": "ivy", "records": ["pupils/ivy"], "reason": "request"})
    sync_folder(second, folder)
    shutil.rmtree(school.path)
    shutil.copytree(tmp_path / "monday", school.path)
    with Register.open(school.path, person="SENCO") as register:
        sync_folder(register, folder)
        assert register.get("ivy") is None
        assert not any("Vale" in text_of(path, register) for path in folder.iterdir())


def text_of(path, register):
    from senreg.sync.bundle import read_bundle

    return repr(read_bundle(path, register.store.keys).commits)


def test_a_register_open_for_reading_is_not_synced(school, folder):
    school.close()
    with Register.open(school.path, read_only=True) as register, pytest.raises(ReadOnly):
        sync_folder(register, folder)
    assert contents(folder) == {}


def test_a_file_that_follows_on_one_not_yet_there_waits_for_it(school, second, folder):
    with second.commit("Add") as c:
        c.add("notes", {"pupil": "pupil", "kind": "call", "text": "Rang"}, record_id="note")
    sync_folder(second, folder)
    (first,) = folder.iterdir()
    with second.commit("Edit") as c:
        c.set("note", text="Rang twice")
    sync_folder(second, folder)
    held = first.read_bytes()
    first.unlink()
    done = sync_folder(school, folder)
    assert done.plan.operations == 0
    assert [each.why for each in done.passed] == [
        "It follows on another file that has not arrived yet."
    ]
    assert school.get("note") is None
    first.write_bytes(held)
    sync_folder(school, folder)
    assert school.get("note")["text"] == "Rang twice"


def test_what_was_met_and_what_waits_is_remembered_on_this_machine(school, second, folder):
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    sync_folder(school, folder)
    known = copies.remembered(school.copy_id)
    assert known.folder == str(folder)
    assert not known.long_ago
    met = known.copies[second.copy_id]
    assert (met.by, met.came, bool(met.machine)) == ("4B", 1, True)
    assert (new_files(school), waiting(school)) == (0, {})
    edit(second, strengths="Kind, brave")
    sync_folder(second, folder)
    assert (new_files(school), waiting(school)) == (1, {second.copy_id: 1})
    sync_folder(school, folder)
    assert (new_files(school), waiting(school)) == (0, {})
    copies.forget_folder(school)
    assert copies.remembered(school.copy_id).folder == ""
    assert copies.remembered(school.copy_id).copies.keys() == {second.copy_id}


def test_an_unwritable_machine_forgets_and_nothing_fails(
    school, second, folder, tmp_path, monkeypatch
):
    (tmp_path / "no folder").write_text("x")
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "no folder"))
    edit(second, strengths="Kind")
    sync_folder(second, folder)
    assert sync_folder(school, folder).plan.operations == 1
    assert copies.remembered(school.copy_id) == copies.Remembered()


def test_the_folder_is_noted_once_as_something_handed_out(school, folder):
    for interests in ("Trains", "Boats"):
        edit(school, interests=interests)
        sync_folder(school, folder)
    noted = [each for each in handed_out(school) if "sync folder" in each.what]
    assert [each.to for each in noted] == [str(folder)]


def test_a_copy_that_lost_its_newest_edits_gets_them_back_from_its_own_files(
    school, second, folder, tmp_path
):
    school.close()
    shutil.copytree(school.path, tmp_path / "tuesday")
    with Register.open(school.path, person="SENCO") as register:
        edit(register, strengths="Kind")
        sync_folder(register, folder)
    shutil.rmtree(school.path)
    shutil.copytree(tmp_path / "tuesday", school.path)
    with Register.open(school.path, person="SENCO") as register:
        assert register.get("pupil")["strengths"] is None
        sync_folder(register, folder)
        assert register.get("pupil")["strengths"] == "Kind"
