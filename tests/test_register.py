"""The open register: commits, undo and redo, archive and restore, history, search."""

import pytest

from senreg.errors import InvalidRecord, NoSuchRecord, ReadOnly
from senreg.models.targets import Target
from senreg.register import Register
from senreg.store.lazy import Stretch


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "Hollow Lane.senreg"


@pytest.fixture
def register(folder):
    with Register.create(folder, "Hollow Lane [Junior]", person="senco") as open_register:
        yield open_register


def add_pupil(register, **fields):
    with register.commit("Add a pupil") as c:
        return c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"} | fields)


def set_fields(register, record, **fields):
    with register.commit("Edit a pupil") as c:
        c.set(record, **fields)


def test_a_new_register_holds_its_school(register):
    assert register.school["name"] == "Hollow Lane [Junior]"
    assert not register.invented


def test_several_changes_are_one_commit_and_one_undo(register):
    with register.commit("Add a pupil and a target") as c:
        pupil = c.add("pupils", {"surname": "小明", "forename": "[/b]"})
        target = c.add("targets", Target(pupil=pupil, kind="wider", statement="Joins a club"))
        c.set(pupil, strengths="Chess")
    assert register.get(target)["statement"] == "Joins a club"
    assert register.get(pupil)["strengths"] == "Chess"
    done = register.undo()
    assert (done.label, done.changed, done.left) == ("Add a pupil and a target", 2, [])
    assert register.all("pupils") == register.all("targets") == []
    register.redo()
    assert register.get(pupil)["strengths"] == "Chess"
    assert register.count("targets") == 1


def test_an_error_in_the_block_changes_nothing(register):
    before = register.version
    with pytest.raises(InvalidRecord) as told, register.commit("Add") as c:
        c.add("pupils", {"surname": "Adeyemi", "forename": "Tobi"})
        c.add("pupils", {"surname": "Adeyemi", "dob": "31/02/2014"})
    assert {problem.field for problem in told.value.problems} == {"forename", "dob"}
    assert register.count("pupils") == 0
    assert register.version == before


def test_an_id_that_is_not_there_is_refused(register):
    pupil = add_pupil(register)
    with pytest.raises(InvalidRecord), register.commit("Add") as c:
        c.add("targets", {"pupil": "nobody", "kind": "wider"})
    with pytest.raises(InvalidRecord), register.commit("Add") as c:
        c.add("targets", {"pupil": register.school.id, "kind": "wider"})
    with pytest.raises(NoSuchRecord), register.commit("Set") as c:
        c.set("nobody", surname="x")
    assert [each.id for each in register.all("pupils")] == [pupil]


def test_a_field_the_table_does_not_have_is_refused(register):
    pupil = add_pupil(register)
    with pytest.raises(InvalidRecord):
        set_fields(register, pupil, shoe_size=4)


def test_a_wrong_upn_is_kept_with_a_warning(register):
    with register.commit("Add") as c:
        pupil = c.add("pupils", {"surname": "Ng", "forename": "Siân", "upn": " a801200005001"})
        assert len(c.warnings) == 1
    assert register.get(pupil)["upn"] == "A801200005001"


def test_setting_what_is_there_already_is_no_commit(register):
    pupil = add_pupil(register)
    before = register.version
    set_fields(register, pupil, surname="O'Neill")
    assert register.version == before
    assert register.undo_label == "Add a pupil"


def test_null_makes_a_field_unknown_and_undo_brings_it_back(register):
    pupil = add_pupil(register, strengths="Maths")
    set_fields(register, pupil, strengths=None)
    assert register.get(pupil)["strengths"] is None
    register.undo()
    assert register.get(pupil)["strengths"] == "Maths"


def test_archive_and_restore(register):
    pupil = add_pupil(register)
    with register.commit("Archive a pupil") as c:
        c.archive(pupil)
    assert register.all("pupils") == []
    assert [row.id for row in register.all("pupils", archived=True)] == [pupil]
    assert register.get(pupil).archived
    with register.commit("Restore a pupil") as c:
        c.restore(pupil)
    assert [row.id for row in register.all("pupils")] == [pupil]
    assert not register.get(pupil).archived


def test_a_record_may_be_asked_of_its_table(register):
    pupil = add_pupil(register)
    assert register.get(pupil, "pupils") == register.get(pupil)
    assert register.get(pupil, "staff") is None
    with register.commit("Archive a pupil") as c:
        c.archive(pupil)
    assert register.get(pupil, "pupils").archived


def test_what_nothing_holds_is_looked_for_once(folder, register, monkeypatch):
    add_pupil(register)
    register.close()
    looked = []
    monkeypatch.setattr(Stretch, "mentions", lambda _, record: looked.append(record))
    with Register.open(folder) as again:
        assert again.get("a login name") is None
        tables = len(looked)
        assert tables > 1
        assert again.get("a login name") is None
        assert len(looked) == tables


def test_rows_cannot_be_changed_and_lists_are_copies(register):
    with register.commit("Add") as c:
        one = c.add("staff", {"name": "Mrs Żak", "role": "ta"})
        reading = c.add("interventions", {"name": "Reading partners"})
        group = c.add("groups", {"intervention": reading, "staff": [one]})
    row = register.get(group)
    with pytest.raises(TypeError):
        row["place"] = "hall"
    row["staff"].append("x")
    assert register.get(group)["staff"] == [one]


def test_undo_and_redo_across_restarts(folder, register):
    pupil = add_pupil(register)
    for surname in ("one", "two", "three"):
        set_fields(register, pupil, surname=surname)
    register.close()
    for expected in ("two", "one"):
        with Register.open(folder) as again:
            assert again.undo().label == "Edit a pupil"
            assert again.get(pupil)["surname"] == expected
    with Register.open(folder) as again:
        assert again.redo().changed == 1
        assert again.get(pupil)["surname"] == "two"
        assert again.redo().changed == 1
        assert again.get(pupil)["surname"] == "three"
        assert again.redo() is None
        set_fields(again, pupil, surname="four")
        assert again.redo() is None
    with Register.open(folder) as again:
        assert again.redo() is None
        for expected in ("three", "two", "one", "O'Neill"):
            again.undo()
            assert again.get(pupil)["surname"] == expected
        again.undo()
        assert again.all("pupils") == []
        assert again.undo() is None


def test_undo_leaves_what_was_changed_since_and_says_so(folder, register):
    pupil = add_pupil(register)
    set_fields(register, pupil, strengths="Maths", interests="Trains")
    with Register.open(folder, person="teacher") as other:
        set_fields(other, pupil, strengths="Chess")
    register.refresh()
    done = register.undo()
    assert [(left.record, left.field) for left in done.left] == [(pupil, "strengths")]
    assert register.get(pupil)["strengths"] == "Chess"
    assert register.get(pupil)["interests"] is None


def test_undo_of_an_add_leaves_a_record_that_someone_wrote_to(folder, register):
    pupil = add_pupil(register)
    with Register.open(folder) as other:
        set_fields(other, pupil, strengths="Chess")
    register.refresh()
    done = register.undo()
    assert done.changed == 0
    assert done.left
    assert register.count("pupils") == 1


def test_history_has_an_entry_per_field_with_old_and_new(register):
    pupil = add_pupil(register)
    set_fields(register, pupil, surname="Oneil")
    register.undo()
    story = [
        (change.field, change.old, change.new, change.kind) for change in register.history(pupil)
    ]
    assert story == [
        ("surname", None, "O'Neill", "edit"),
        ("forename", None, "Łukasz", "edit"),
        ("surname", "O'Neill", "Oneil", "edit"),
        ("surname", "Oneil", "O'Neill", "undo"),
    ]
    assert {change.by for change in register.history(pupil)} == {"senco"}


def test_a_pupils_history_may_hold_what_belongs_to_it(register):
    pupil, other = add_pupil(register), add_pupil(register)
    with register.commit("Add targets") as c:
        mine = c.add("targets", {"pupil": pupil, "kind": "wider", "statement": "a"})
        c.add("targets", {"pupil": other, "kind": "wider", "statement": "b"})
    records = {change.record for change in register.history(pupil, children=True)}
    assert records == {pupil, mine}


def test_search_finds_all_words_anywhere_without_accents(register):
    pupil = add_pupil(register, strengths="Good at chess")
    add_pupil(register, surname="Nowak")
    assert [hit.row.id for hit in register.search("lukasz CHESS")] == [pupil]
    assert len(register.search("lukasz")) == 2
    assert register.search("  ") == []
    assert register.search("zebra") == []


def test_two_programs_that_change_one_field_leave_a_conflict_to_settle(folder, register):
    pupil = add_pupil(register)
    with Register.open(folder, person="teacher") as other:
        set_fields(register, pupil, surname="Neill")
        set_fields(other, pupil, surname="O’Neill")
    register.refresh()
    (conflict,) = register.conflicts()
    assert {each.value for each in conflict.values} == {"Neill", "O’Neill"}
    assert {each.by for each in conflict.values} == {"senco", "teacher"}
    register.settle(conflict.id, "O'Neill")
    assert register.conflicts() == []
    assert register.get(pupil)["surname"] == "O'Neill"
    with pytest.raises(NoSuchRecord):
        register.settle(conflict.id, "again")


def test_settling_for_the_value_that_is_shown_settles(folder, register):
    pupil = add_pupil(register)
    with Register.open(folder) as other:
        set_fields(register, pupil, surname="Neill")
        set_fields(other, pupil, surname="Oneil")
    register.refresh()
    (conflict,) = register.conflicts()
    register.settle(conflict.id, conflict.values[-1].value)
    assert register.conflicts() == []


def test_read_only_changes_nothing(folder, register):
    add_pupil(register)
    with Register.open(folder, read_only=True) as reader:
        assert reader.count("pupils") == 1
        with pytest.raises(ReadOnly):
            add_pupil(reader)


def test_listeners_hear_of_each_change_until_they_stop(register):
    heard = []
    stop = register.on_change(lambda: heard.append(register.version))
    add_pupil(register)
    stop()
    add_pupil(register)
    assert len(heard) == 1


def test_tinydb_writes_through_the_register_are_checked_and_undone(register):
    from tinydb import Query

    pupil = add_pupil(register)
    register.db.table("pupils").update({"surname": "Nowak"}, Query().surname == "O'Neill")
    assert register.get(pupil)["surname"] == "Nowak"
    with pytest.raises(InvalidRecord):
        register.db.table("pupils").update({"dob": "31/02/2014"})
    register.undo()
    assert register.get(pupil)["surname"] == "O'Neill"


def test_changes_since_a_moment(register):
    add_pupil(register)
    last = max(change.at for change in register.history())
    assert register.changes_since(last + 1) == []
    assert register.changes_since(last)


def test_a_pair_of_dates_in_the_wrong_order_is_pointed_out_when_one_is_set(register):
    pupil = add_pupil(register)
    with register.commit("Add a target") as c:
        values = {"pupil": pupil, "kind": "wider", "statement": "a", "set_on": "2026-11-02"}
        target = c.add("targets", values)
        assert c.warnings == []
    with register.commit("Edit a target") as c:
        c.set(target, due="2026-10-01")
        assert len(c.warnings) == 1
    with register.commit("Edit a target") as c:
        c.set(target, statement="b")
        assert c.warnings == [], "what was pointed out before is not said again"


def test_a_refusal_names_each_field_once(register):
    with pytest.raises(InvalidRecord) as told, register.commit("Add") as c:
        c.add("pupils", {"surname": "Ng", "dob": "31/02/2014"})
    assert str(told.value).count("Forename") == 1
    assert told.value.lines[1] == "Nothing was changed."
