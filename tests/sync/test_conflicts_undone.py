"""Undo of what settled a conflict puts both values to a person again, on every copy."""

import random

import pytest

from senreg.errors import InvalidRecord, NoSuchRecord
from senreg.register import Register
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from tests.sync.test_merging import edit, meet, view


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add(
                "pupils",
                {"surname": "O'Neill", "forename": "Łukasz", "class_name": "4A"},
                record_id="pupil",
            )
        yield register


@pytest.fixture
def copy(school, tmp_path):
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with join(tmp_path / "full.senreg-bundle", tmp_path / "copy", person="4B") as register:
        yield register


def part(school, copy, tmp_path, **fields):
    """Each copy changes the same fields, and the school merges the other's."""
    edit(copy, "pupil", **{name: values[0] for name, values in fields.items()})
    edit(school, "pupil", **{name: values[1] for name, values in fields.items()})
    meet(school, copy, tmp_path)


def values(register):
    return {
        each.id: sorted((str(value.value), value.by) for value in each.values)
        for each in register.conflicts()
    }


def told(register):
    """Each conflict with its values, and who gave them and when, in no order."""
    return {
        each.id: sorted((str(value.value), value.by, value.at) for value in each.values)
        for each in register.conflicts()
    }


def shown(register):
    """The pupil as every reader sees it; not put away is the same as never put away."""
    row = register.get("pupil")
    return row.archived, {name: value for name, value in row.stored().items() if value}


PLACE = "pupils/pupil/class_name"


@pytest.mark.parametrize("taken", ["4B", "4C", "4D"])
@pytest.mark.parametrize("restart", [False, True])
def test_undo_brings_the_conflict_back_and_redo_settles_it_again(
    school, copy, tmp_path, taken, restart
):
    part(school, copy, tmp_path, class_name=("4B", "4C"))
    before = told(school)
    assert values(school) == {PLACE: [("4B", "4B"), ("4C", "SENCO")]}
    school.settle(PLACE, taken)
    for _ in range(2):
        if restart:
            school.close()
            school = Register.open(school.path, person="SENCO")
        undone = school.undo()
        assert (undone.label, undone.changed, undone.left) == ("Settle a conflict", 1, [])
        assert told(school) == before, "both values, with who gave them and when"
        assert school.get("pupil")["class_name"] in ("4B", "4C")
        redone = school.redo()
        assert (redone.changed, redone.left) == (1, [])
        assert school.conflicts() == []
        assert school.get("pupil")["class_name"] == taken
    school.close()


def test_what_another_copy_gave_is_not_taken_back_by_the_next_undo(school, copy, tmp_path):
    part(school, copy, tmp_path, class_name=("4B", "4C"))
    before = told(school)
    school.settle(PLACE, "4B")
    school.undo()
    undone = school.undo()
    assert [each.field for each in undone.left] == ["class_name"]
    assert told(school) == before


def test_a_conflict_that_was_written_over_in_a_form_comes_back_too(school, copy, tmp_path):
    part(school, copy, tmp_path, class_name=("4B", "4C"), interests=("Trains", "Drums"))
    before = told(school)
    assert len(before) == 2
    edit(school, "pupil", class_name="4D", interests=None, strengths="Kind")
    assert school.conflicts() == []
    school.undo()
    assert told(school) == before
    assert school.get("pupil")["strengths"] is None


def test_a_field_that_one_emptied_is_a_conflict_again(school, copy, tmp_path):
    part(school, copy, tmp_path, class_name=(None, "4C"))
    before = told(school)
    school.settle(PLACE, "4C")
    school.undo()
    assert told(school) == before


def test_two_who_wrote_the_same_leave_no_conflict_to_come_back(school, copy, tmp_path):
    part(school, copy, tmp_path, class_name=("4B", "4B"))
    edit(school, "pupil", class_name="4D")
    school.undo()
    assert school.conflicts() == []
    assert school.get("pupil")["class_name"] == "4B"


@pytest.mark.parametrize("first", ["settled", "parted"])
def test_the_other_copy_is_asked_again_and_may_settle(school, copy, tmp_path, first):
    part(school, copy, tmp_path, class_name=("4B", "4C"))
    school.settle(PLACE, "4B")
    if first == "settled":
        meet(copy, school, tmp_path)
        assert copy.conflicts() == []
    school.undo()
    meet(copy, school, tmp_path)
    assert told(copy) == told(school)
    assert view(copy) == view(school)
    copy.settle(PLACE, "4C")
    meet(school, copy, tmp_path)
    assert school.conflicts() == copy.conflicts() == []
    assert school.get("pupil")["class_name"] == "4C"


@pytest.mark.parametrize("archived", [False, True])
def test_a_record_put_away_over_an_edit_is_asked_about_again(school, copy, tmp_path, archived):
    edit(copy, "pupil", class_name="4B")
    with school.commit("Archive") as c:
        c.archive("pupil")
    meet(school, copy, tmp_path)
    (conflict,) = school.conflicts()
    school.settle(conflict.id, archived)
    assert school.conflicts() == []
    assert school.undo().left == []
    (again,) = school.conflicts()
    assert again.id == conflict.id
    assert {each.value for each in again.values} == {True, False}
    assert [row.id for row in school.all("pupils")] == ["pupil"], "it stays while it is asked"
    meet(copy, school, tmp_path)
    assert [each.id for each in copy.conflicts()] == [conflict.id]
    assert view(copy) == view(school)
    school.redo()
    assert school.conflicts() == []
    assert bool(school.all("pupils", archived=True)) is archived


@pytest.mark.parametrize("seed", range(20))
def test_copies_that_undo_and_meet_in_any_order_end_the_same(school, copy, tmp_path, seed):
    chance = random.Random(seed)
    both = (school, copy)
    for step in range(30):
        here, there = chance.sample(both, 2)
        match chance.choice(["edit", "edit", "settle", "undo", "undo", "redo", "meet", "archive"]):
            case "edit":
                edit(here, "pupil", class_name=f"{step}", interests=chance.choice(["a", "b"]))
            case "archive":
                with here.commit("Archive") as c:
                    chance.choice([c.archive, c.restore])("pupil")
            case "settle" if here.conflicts():
                conflict = chance.choice(here.conflicts())
                chosen = chance.choice(conflict.values).value
                here.settle(conflict.id, chosen)
                assert conflict.id not in {each.id for each in here.conflicts()}
                if chance.random() < 0.7:
                    before = {str(each.value) for each in conflict.values}
                    assert here.undo().left == []
                    back = {each.id: each.values for each in here.conflicts()}
                    assert {str(each.value) for each in back[conflict.id]} == before
            case "undo":
                here.undo()
            case "redo":
                here.redo()
            case "meet":
                meet(here, there, tmp_path)
    meet(school, copy, tmp_path)
    meet(copy, school, tmp_path)
    assert shown(copy) == shown(school)
    assert told(copy) == told(school)


def test_several_settled_at_once_are_one_step_of_undo_and_all_or_none(school, copy, tmp_path):
    helps = "pupils/pupil/what_helps"
    part(school, copy, tmp_path, class_name=("4B", "4C"), what_helps=("Here", "There"))
    before = told(school)
    with pytest.raises(NoSuchRecord):
        school.settle_all({PLACE: "4B", "pupils/pupil/forename": "Sam"})
    with pytest.raises(InvalidRecord):
        school.settle_all({PLACE: "4B", helps: "x" * 200_000})
    assert told(school) == before
    school.settle_all({PLACE: "4B", helps: "Here"})
    assert school.conflicts() == []
    undone = school.undo()
    assert (undone.label, undone.changed, undone.left) == ("Settle conflicts", 1, [])
    assert told(school) == before
