"""What comes back from a staff pack: within it, and outside it, which is set aside."""

import pytest

from senreg.errors import SenregError, Unreadable
from senreg.register import Register
from senreg.rules.sessions import keep, sitting_of
from senreg.store.changes import Change
from senreg.store.pack_record import PACKS, packs_in
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from senreg.sync.packs import pack_keys
from tests.store.sealing_keys import CHEAP, PASSPHRASE
from tests.sync.packing import (
    TODAY,
    WORDS,
    add_groups,
    joined,
    make_pack,
    returned,
    school_of_two_classes,
)


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
    monkeypatch.setattr("senreg.clock.today", lambda: TODAY)


@pytest.fixture(params=[True, False], ids=["sealed", "plain"])
def school(tmp_path, request):
    with school_of_two_classes(tmp_path / "senco", sealed=request.param) as register:
        yield register


@pytest.fixture
def copy(school, tmp_path):
    """The pack of Ms Petrov, joined."""
    make_pack(school, tmp_path / "p.senreg-pack")
    with joined(tmp_path / "p.senreg-pack", tmp_path / "copy") as register:
        yield register


def forge(copy: Register, table: str, record: str, values: dict, dropped: set = frozenset()):
    """Write what a pack's own program refuses, as one that was changed would."""
    copy.store.write("Edit", "petrov", [Change(table, record, values, set(dropped))])


def test_what_she_wrote_comes_in_without_a_passphrase(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        c.set("ada", strengths="drums")
        note = c.add("notes", {"pupil": "ben", "kind": "call", "text": "Rang home."})
        target = c.add("targets", {"pupil": "ada", "kind": "wider", "statement": "Joins in"})
        review = c.add("target_reviews", {"target": target, "outcome": 1})
        action = c.add("actions", {"about": review, "what": "Show her the hall"})
    plan = returned(copy, tmp_path / "back", school)
    assert plan.outside == []
    assert plan.brought == {}, "a pack holds too little of others to vouch for them"
    apply_merge(school, plan)
    assert school.get("ada")["strengths"] == "drums"
    assert school.get(note)["text"] == "Rang home."
    assert school.get(action)["what"] == "Show her the hall"
    assert "petrov" in {each.by for each in school.history("ada")}
    again = returned(copy, tmp_path / "back", school)
    assert (again.operations, again.outside) == (0, [])


def test_an_own_note_is_changed_and_comes_back_again(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        note = c.add("notes", {"pupil": "ben", "kind": "call", "text": "Rang home."})
    apply_merge(school, returned(copy, tmp_path / "first", school))
    with copy.commit("Edit") as c:
        c.set(note, text="Rang home twice.")
        c.archive(note)
    plan = returned(copy, tmp_path / "second", school)
    assert plan.outside == []
    apply_merge(school, plan)
    assert school.get(note)["text"] == "Rang home twice."
    assert school.get(note).archived


@pytest.mark.parametrize(
    ("table", "record", "values"),
    [
        ("pupils", "cem", {"strengths": "forged"}),
        ("pupils", "ada", {"surname": "Forged"}),
        ("pupils", "ada", {"ethnicity": "forged"}),
        ("pupils", "ada", {"strengths": "mixed", "social_care": True}),
        ("pupils", "ada", {"archived": True}),
        ("notes", "ada-note", {"text": "forged"}),
        ("targets", "cem-target", {"statement": "forged", "pupil": "ada"}),
        ("targets", "ada-target", {"pupil": "cem"}),
        ("targets", "new-target", {"pupil": "cem", "kind": "wider"}),
        ("target_reviews", "new-review", {"target": "cem-target", "outcome": 2}),
        ("pupils", "new-pupil", {"surname": "New", "forename": "Child"}),
        ("staff", "okoro", {"name": "Forged"}),
        ("sen_statuses", "new-status", {"pupil": "ada", "code": "E"}),
        ("newer_table", "new-thing", {"pupil": "ada", "text": "forged"}),
    ],
)
def test_what_is_outside_is_set_aside_and_taken_only_when_asked_to(
    school, copy, tmp_path, table, record, values
):
    before = school.get(record)
    with copy.commit("Edit") as c:
        c.set("ben", strengths="hers")
    forge(copy, table, record, values)
    plan = returned(copy, tmp_path / "back", school)
    assert (plan.operations, len(plan.outside), bool(plan.outside_details)) == (1, 1, True)
    apply_merge(school, plan)
    assert school.get("ben")["strengths"] == "hers"
    assert school.get(record) == before
    again = returned(copy, tmp_path / "back", school)
    assert (again.operations, len(again.outside)) == (0, 1)
    taken = returned(copy, tmp_path / "back", school, take_outside=True)
    assert (taken.operations, taken.outside) == (1, [])
    apply_merge(school, taken)
    for name, value in values.items():
        assert school.get(record)[name] == value
    assert returned(copy, tmp_path / "back", school).outside == []


def test_what_hangs_on_something_outside_is_outside(school, copy, tmp_path):
    forge(copy, "targets", "new-target", {"pupil": "cem", "kind": "wider"})
    forge(copy, "target_reviews", "new-review", {"target": "new-target", "outcome": 2})
    forge(copy, "actions", "new-action", {"about": "new-review", "what": "forged"})
    plan = returned(copy, tmp_path / "back", school)
    assert (plan.operations, len(plan.outside)) == (0, 3)


def test_a_pack_cannot_widen_itself(school, copy, tmp_path):
    own = copy.pack.id
    forge(copy, PACKS, own, {"pupils": ["ada", "ben", "cem"]})
    forge(copy, "pupils", "cem", {"strengths": "forged"})
    plan = returned(copy, tmp_path / "back", school, take_outside=True)
    assert {each["table"] for commit in plan.commits for each in commit["ops"]} == {"pupils"}
    plan = returned(copy, tmp_path / "back", school)
    assert len(plan.outside) == 1
    apply_merge(school, returned(copy, tmp_path / "back", school, take_outside=True))
    known = next(each for each in packs_in(school.store.state) if each.id == own)
    assert known.pupils == {"ada", "ben"}


def test_two_values_of_one_field_are_a_conflict(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        c.set("ada", strengths="drums")
    with school.commit("Edit") as c:
        c.set("ada", strengths="flute")
    plan = returned(copy, tmp_path / "back", school)
    assert plan.conflicts == 1
    apply_merge(school, plan)
    assert {each.value for each in school.conflicts()[0].values} == {"drums", "flute"}


def test_a_child_who_left_the_class_since_is_outside_the_newer_pack(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        c.set("ada", strengths="drums")
        c.set("ben", strengths="chess")
    with school.commit("Edit") as c:
        c.set("ada", key_teacher="okoro")
    make_pack(school, tmp_path / "second")
    plan = returned(copy, tmp_path / "back", school)
    assert (plan.operations, len(plan.outside)) == (1, 1)


def test_another_whole_copy_loses_nothing_by_merging_what_came_back(school, copy, tmp_path):
    export_bundle(school, tmp_path / "early")
    with join(
        tmp_path / "early", tmp_path / "other", passphrase=PASSPHRASE if school.sealed else None
    ) as other:
        with school.commit("Edit") as c:
            c.set("ada", strengths="second", interests="chess", ethnicity="new ethnicity")
        make_pack(school, tmp_path / "second")
        apply_merge(copy, plan_merge(copy, read_bundle(tmp_path / "second", copy.store.keys)))
        with copy.commit("Edit") as c:
            c.set("ada", strengths="third")
        apply_merge(other, returned(copy, tmp_path / "back", other))
        assert other.get("ada")["strengths"] == "third" or other.conflicts()
        export_bundle(school, tmp_path / "late")
        late = read_bundle(tmp_path / "late", other.store.keys, packs=pack_keys(other))
        apply_merge(other, plan_merge(other, late))
        row = other.get("ada")
        assert (row["strengths"], row["interests"], row["ethnicity"]) == (
            "third",
            "chess",
            "new ethnicity",
        )
        assert other.conflicts() == []
    apply_merge(school, returned(copy, tmp_path / "back", school))
    assert school.get("ada") == row


def test_a_copy_that_does_not_know_the_pack_asks_for_the_one_that_does(school, tmp_path):
    export_bundle(school, tmp_path / "early")
    opened = PASSPHRASE if school.sealed else None
    with join(tmp_path / "early", tmp_path / "other", passphrase=opened) as other:
        make_pack(school, tmp_path / "p")
        with joined(tmp_path / "p", tmp_path / "copy") as copy:
            export_bundle(copy, tmp_path / "back")
        back = read_bundle(tmp_path / "back", other.store.keys, WORDS)
        with pytest.raises(SenregError, match="of which this copy does not know"):
            plan_merge(other, back)


def test_values_of_no_form_are_refused_outside_too(school, copy, tmp_path):
    forge(copy, "pupils", "cem", {"strengths": ["no", "text"]})
    with pytest.raises(Unreadable):
        returned(copy, tmp_path / "back", school)


def test_a_sealed_copy_that_does_not_know_the_pack_asks_for_no_passphrase(school, copy, tmp_path):
    export_bundle(copy, tmp_path / "back")
    if school.sealed:
        with pytest.raises(SenregError, match="of which this copy does not know"):
            read_bundle(tmp_path / "back", school.store.keys)


def test_a_child_whose_every_value_she_was_given_is_no_record_of_hers(school, tmp_path):
    with school.commit("Add") as c:
        child = {"surname": "Lund", "forename": "Dag", "key_teacher": "petrov"}
        c.add("pupils", child, record_id="dag")
    make_pack(school, tmp_path / "p")
    with joined(tmp_path / "p", tmp_path / "copy") as copy:
        with copy.commit("Edit") as c:
            c.set("dag", strengths="drums")
        forge(copy, "pupils", "dag", {"surname": "Forged"})
        plan = returned(copy, tmp_path / "back", school)
    assert (plan.operations, len(plan.outside)) == (1, 1)


@pytest.fixture
def groups(school, tmp_path):
    """The pack of Ms Petrov, joined, with the group in which Ada is."""
    add_groups(school)
    make_pack(school, tmp_path / "p.senreg-pack")
    with joined(tmp_path / "p.senreg-pack", tmp_path / "copy") as register:
        yield register


def mark(register: Register, marks: dict[str, str], note: str = "") -> str:
    with register.commit("Mark a session") as c:
        return keep(c, sitting_of(register, "both", "2026-11-26"), marks, 20, note)


def test_a_session_marked_apart_is_one_session_with_every_mark(school, groups, tmp_path):
    session = mark(groups, {"ada": "present"})
    assert mark(school, {"ada": "absent", "cem": "present"}, "In the hall") == session
    plan = returned(groups, tmp_path / "back", school)
    assert plan.outside == []
    apply_merge(school, plan)
    kept = sitting_of(school, "both", "2026-11-26")
    assert (kept.session, kept.note) == (session, "In the hall")
    assert {seat.id for seat in kept.seats} == {"ada", "cem"}
    (conflict,) = school.conflicts()
    assert (conflict.field, {each.value for each in conflict.values}) == (
        "mark",
        {"present", "absent"},
    )


def test_marks_of_a_known_session_and_a_new_one_come_in(school, groups, tmp_path):
    with groups.commit("Edit") as c:
        c.set("both-ada", mark="present")
        c.set("both-session", note="In the library")
    mark(groups, {"ada": "late"})
    plan = returned(groups, tmp_path / "back", school)
    assert plan.outside == []
    apply_merge(school, plan)
    assert school.get("both-ada")["mark"] == "present"
    assert school.get("both-session")["note"] == "In the library"
    assert school.count("sessions") == 3


@pytest.mark.parametrize(
    ("table", "record", "values"),
    [
        ("sessions", "other-session", {"note": "forged"}),
        ("sessions", "both-session", {"group": "other"}),
        ("sessions", "both-session", {"archived": True}),
        ("sessions", "new-session", {"group": "other", "date": "2026-11-26"}),
        ("session_marks", "both-cem", {"mark": "absent"}),
        ("session_marks", "new-mark", {"session": "both-session", "pupil": "cem"}),
        ("session_marks", "new-mark", {"session": "other-session", "pupil": "ada"}),
        ("placements", "new-place", {"group": "other", "pupil": "ada"}),
        ("groups", "both", {"place": "forged"}),
    ],
)
def test_sessions_and_marks_of_others_are_set_aside(
    school, groups, tmp_path, table, record, values
):
    before = school.get(record)
    forge(groups, table, record, values)
    plan = returned(groups, tmp_path / "back", school)
    assert (plan.operations, len(plan.outside)) == (0, 1)
    apply_merge(school, plan)
    assert school.get(record) == before
