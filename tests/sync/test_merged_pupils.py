"""Two records of one child on two copies: merged, undone, edited apart, and erased."""

from datetime import date

import pytest

from senreg.erasure import erase, plan_erasing
from senreg.register import Register
from senreg.rules.remedies import remedies, to_review
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from tests.sync.test_merging import edit, meet, view

DAY = date(2026, 11, 27)
UPN = "B801200005001"


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            names = {"surname": "O'Neill", "upn": UPN}
            c.add("pupils", {**names, "forename": "Łukasz", "class_name": "4A"}, record_id="a")
            c.add("pupils", {**names, "forename": "Lukasz", "class_name": "4B"}, record_id="b")
            c.add("contacts", {"pupil": "a", "name": "Mum"}, record_id="mum")
            c.add("contacts", {"pupil": "b", "name": "Dad"}, record_id="dad")
            c.add("documents", {"pupil": "b", "kind": "plan", "title": "Old"}, record_id="old")
            c.add("contacts", {"pupil": "a", "name": "Gran"}, record_id="gran")
        with register.commit("Put away") as c:
            c.archive("old")
        yield register


@pytest.fixture
def copy(school, tmp_path):
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with join(tmp_path / "full.senreg-bundle", tmp_path / "copy", person="4B") as register:
        yield register


def put_right(register, code, way=0):
    (finding,) = [each for each in to_review(register, DAY) if each.code == code]
    chosen = remedies(register, finding, DAY)[way]
    with register.commit(chosen.label) as c:
        chosen.proposal.write(c)


def pupils(register):
    return {row.id for row in register.all("pupils")}


def said(register):
    """What stands in each live record; a field that is empty is the same as none."""
    return {
        row.id: {name: value for name, value in row.stored().items() if value}
        for row in register.everything()
        if not row.archived
    }


def test_a_merge_is_one_step_of_undo(school):
    before = said(school)
    put_right(school, "same_upn")
    assert pupils(school) == {"a"}
    assert (school.get("dad")["pupil"], school.get("old")["pupil"]) == ("a", "a")
    assert (school.get("old").archived, school.get("b").archived) == (True, True)
    (note,) = school.all("notes")
    assert "Forename: Lukasz\nClass: 4B" in note["text"]
    undone = school.undo()
    assert undone.left == []
    assert pupils(school) == {"a", "b"}
    assert school.all("notes") == []
    assert [school.get(each)["pupil"] for each in ("mum", "dad", "old")] == ["a", "b", "b"]
    assert said(school) == before
    school.redo()
    assert pupils(school) == {"a"}
    assert len(school.all("notes")) == 1


def test_what_was_written_to_the_second_elsewhere_leads_to_the_first(school, copy, tmp_path):
    put_right(school, "same_upn")
    edit(copy, "b", interests="Trains")
    with copy.commit("Add") as c:
        c.add("targets", {"pupil": "b", "kind": "curricular", "statement": "Reads"}, record_id="t")
    meet(school, copy, tmp_path)
    assert [each.field for each in school.conflicts()] == ["archived"]
    assert {each.code for each in to_review(school, DAY)} == {"merged_and_back"}
    put_right(school, "merged_and_back")
    assert school.conflicts() == []
    assert (pupils(school), school.get("a")["interests"]) == ({"a"}, "Trains")
    assert school.get("t")["pupil"] == "a"
    with copy.commit("Add") as c:
        c.add("notes", {"pupil": "b", "kind": "call", "text": "Rang."}, record_id="late")
    meet(school, copy, tmp_path)
    put_right(school, "child_of_merged")
    assert school.get("late")["pupil"] == "a"
    meet(copy, school, tmp_path)
    assert (to_review(school, DAY), to_review(copy, DAY)) == ([], [])
    assert view(copy) == view(school)


def test_two_copies_that_merge_into_each_other_meet_and_come_to_the_same(school, copy, tmp_path):
    put_right(school, "same_upn", way=0)
    put_right(copy, "same_upn", way=1)
    meet(school, copy, tmp_path)
    assert pupils(school) == set()
    put_right(school, "merged_both_ways")
    assert pupils(school) == {"a"}
    assert {row["name"] for row in school.find("contacts", pupil="a")} == {"Mum", "Dad", "Gran"}
    for conflict in school.conflicts():
        school.settle(conflict.id, conflict.values[-1].value)
    meet(copy, school, tmp_path)
    assert pupils(copy) == {"a"}
    assert view(copy) == view(school)


def test_erasing_the_child_takes_the_second_record_along(school):
    put_right(school, "same_upn")
    plan = plan_erasing(school, "a", DAY)
    assert {each.id for each in plan.records} >= {"a", "b", "mum", "dad", "old"}
    erase(school, plan, "request")
    assert (school.get("a"), school.get("b")) == (None, None)
    for file in school.path.rglob("*"):
        if file.is_file():
            assert b"Lukasz" not in file.read_bytes()
