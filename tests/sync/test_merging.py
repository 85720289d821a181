"""Copies that part and meet through bundles lose nothing and end the same."""

from dataclasses import replace

import pytest
import time_machine

from senreg.clock import milliseconds
from senreg.errors import SenregError, Unreadable
from senreg.register import Register
from senreg.sync import bundle as bundle_module
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
            c.add(
                "targets",
                {"pupil": "pupil", "kind": "curricular", "statement": "Reads 40 words"},
                record_id="target",
            )
        yield register


@pytest.fixture
def copy(school, tmp_path):
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with join(tmp_path / "full.senreg-bundle", tmp_path / "copy", person="4B") as register:
        yield register


def meet(to, frm, tmp_path):
    export_bundle(frm, tmp_path / "b.senreg-bundle")
    plan = plan_merge(to, read_bundle(tmp_path / "b.senreg-bundle"))
    apply_merge(to, plan)
    return plan


def view(register):
    tables = ("school", "pupils", "targets", "notes")
    return {
        table: sorted(sorted(map(repr, row.items())) for row in register.all(table))
        for table in tables
    }


def edit(register, record, **fields):
    with register.commit("Edit") as c:
        c.set(record, **fields)


@pytest.mark.parametrize(
    ("days", "told"),
    [(3.01, "3 days"), (2.99, "3 days"), (1.4, "1 day"), (1.6, "2 days"), (0.9, ""), (-400, "")],
)
def test_a_clock_that_is_ahead_is_pointed_out_and_decides_nothing(
    school, copy, tmp_path, days, told
):
    with time_machine.travel(milliseconds() / 1000 + days * 86_400, tick=True):
        edit(copy, "target", statement="Reads 60 words")
        edit(copy, "pupil", interests="Trains")
        export_bundle(copy, tmp_path / "b.senreg-bundle")
    edit(school, "target", statement="Reads 50 words")
    plan = plan_merge(school, read_bundle(tmp_path / "b.senreg-bundle"))
    clocks = [each for each in plan.details if each.startswith("Clock: ")]
    assert len(clocks) == bool(told)
    for sentence in clocks:
        assert f"on which 4B wrote (copy {copy.copy_id}) is {told} ahead" in sentence
    apply_merge(school, plan)
    (conflict,) = school.conflicts()
    assert {each.value for each in conflict.values} == {"Reads 50 words", "Reads 60 words"}
    edit(school, "target", statement="Reads 55 words")
    edit(school, "pupil", interests="Boats")
    assert school.get("target")["statement"] == "Reads 55 words"
    assert school.get("pupil")["interests"] == "Boats"
    assert school.conflicts() == []


def test_a_joined_copy_shows_the_same_and_is_another_copy(school, copy):
    assert view(copy) == view(school)
    assert copy.register_id == school.register_id
    assert copy.copy_id != school.copy_id


def test_edits_of_both_meet_and_the_preview_says_so_in_words(school, copy, tmp_path):
    edit(copy, "pupil", strengths="Kind")
    with copy.commit("Add a note") as c:
        c.add("notes", {"pupil": "pupil", "kind": "call", "text": "Rang home"})
    edit(school, "pupil", interests="Trains")
    plan = meet(school, copy, tmp_path)
    assert (plan.operations, plan.records, plan.conflicts) == (2, 2, 0)
    assert plan.details == [
        "2 new edits by 4B on 1 pupil.",
        "Łukasz O'Neill: pupil changed, note added.",
    ]
    meet(copy, school, tmp_path)
    assert view(copy) == view(school)


def test_the_same_field_changed_on_both_is_a_conflict_until_one_settles_it(school, copy, tmp_path):
    edit(copy, "target", statement="Reads 90 words")
    edit(school, "target", statement="Reads 70 words")
    plan = meet(school, copy, tmp_path)
    assert plan.conflicts == 1
    assert "Conflict" in plan.details[-1]
    (conflict,) = school.conflicts()
    assert {each.value for each in conflict.values} == {"Reads 90 words", "Reads 70 words"}
    school.settle(conflict.id, "Reads 80 words")
    meet(copy, school, tmp_path)
    assert copy.conflicts() == []
    assert copy.get("target")["statement"] == "Reads 80 words"
    assert view(copy) == view(school)


def test_a_conflict_survives_closing_and_opening(school, copy, tmp_path):
    edit(copy, "target", statement="a")
    edit(school, "target", statement="b")
    meet(school, copy, tmp_path)
    before = school.conflicts()
    school.close()
    with Register.open(school.path) as again:
        assert again.conflicts() == before


def test_merging_twice_brings_nothing_the_second_time(school, copy, tmp_path):
    edit(copy, "pupil", strengths="Kind")
    meet(school, copy, tmp_path)
    version = school.version
    plan = meet(school, copy, tmp_path)
    assert (plan.operations, plan.details) == (0, [])
    assert school.version == version


def test_an_old_bundle_brings_back_nothing(school, copy, tmp_path):
    edit(copy, "pupil", strengths="old")
    export_bundle(copy, tmp_path / "old.senreg-bundle")
    meet(school, copy, tmp_path)
    edit(school, "pupil", strengths="new")
    apply_merge(school, plan_merge(school, read_bundle(tmp_path / "old.senreg-bundle")))
    assert school.get("pupil")["strengths"] == "new"
    assert school.conflicts() == []


def test_an_old_bundle_brings_back_nothing_to_a_program_that_was_killed_after_a_merge(
    school, copy, tmp_path
):
    edit(school, "pupil", strengths="old")
    export_bundle(school, tmp_path / "old.senreg-bundle")
    edit(school, "pupil", strengths="new")
    edit(copy, "pupil", interests="Trains")
    meet(school, copy, tmp_path)
    with Register.open(school.path) as again:
        plan = plan_merge(again, read_bundle(tmp_path / "old.senreg-bundle"))
        assert plan.operations == 0
        apply_merge(again, plan)
        assert again.get("pupil")["strengths"] == "new"
        assert again.conflicts() == []


def test_a_commit_that_comes_in_halves_is_whole_in_history(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        c.set("pupil", strengths="Kind")
        c.set("target", statement="Reads 90 words")
    export_bundle(copy, tmp_path / "b.senreg-bundle")
    whole = read_bundle(tmp_path / "b.senreg-bundle")
    for half in (slice(0, 1), slice(1, None)):
        commits = [each | {"ops": each["ops"][half]} for each in whole.commits]
        apply_merge(school, plan_merge(school, replace(whole, commits=commits)))
    told = {each.field for each in school.history() if each.by == "4B"}
    assert told == {"strengths", "statement"}
    export_bundle(school, tmp_path / "on.senreg-bundle")
    with join(tmp_path / "on.senreg-bundle", tmp_path / "third") as third:
        assert view(third) == view(copy)


def test_what_one_copy_passes_on_keeps_who_made_it(school, copy, tmp_path):
    edit(copy, "pupil", strengths="Kind")
    meet(school, copy, tmp_path)
    export_bundle(school, tmp_path / "on.senreg-bundle")
    with join(tmp_path / "on.senreg-bundle", tmp_path / "third") as third:
        change = next(each for each in third.history("pupil") if each.field == "strengths")
        assert (change.by, change.copy) == ("4B", copy.copy_id)


def test_a_merge_is_no_step_of_undo(school, copy, tmp_path):
    edit(school, "pupil", interests="Trains")
    edit(copy, "pupil", strengths="Kind")
    meet(school, copy, tmp_path)
    school.undo()
    assert school.get("pupil")["strengths"] == "Kind"
    assert school.get("pupil")["interests"] is None


def test_a_bundle_of_another_register_is_refused(school, tmp_path):
    with Register.create(tmp_path / "other", "Elsewhere") as other:
        export_bundle(other, tmp_path / "o.senreg-bundle")
    with pytest.raises(SenregError, match="another register"):
        plan_merge(school, read_bundle(tmp_path / "o.senreg-bundle"))


def test_joining_into_a_folder_that_holds_something_changes_nothing(school, tmp_path):
    export_bundle(school, tmp_path / "f.senreg-bundle")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").touch()
    with pytest.raises(Unreadable):
        join(tmp_path / "f.senreg-bundle", tmp_path / "full")
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["letter"]


def test_every_changed_byte_of_a_bundle_is_refused(school, tmp_path):
    path = tmp_path / "f.senreg-bundle"
    export_bundle(school, path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(Unreadable):
            read_bundle(path)
    for cut in range(0, len(whole), 7):
        path.write_bytes(whole[:cut])
        with pytest.raises(Unreadable):
            read_bundle(path)


def test_a_bomb_is_not_unpacked(school, tmp_path, monkeypatch):
    path = tmp_path / "f.senreg-bundle"
    export_bundle(school, path)
    monkeypatch.setattr(bundle_module, "_LARGEST_BYTES", 100)
    with pytest.raises(Unreadable, match="larger"):
        read_bundle(path)


def test_a_newer_bundle_is_named_for_what_it_is(school, tmp_path):
    path = tmp_path / "f.senreg-bundle"
    export_bundle(school, path)
    path.write_bytes(path.read_bytes().replace(b"senreg-bundle 1", b"senreg-bundle 3", 1))
    with pytest.raises(Unreadable, match="newer version"):
        read_bundle(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"senreg-bundle 1 x\n", b"\0" * 50])
def test_what_is_no_bundle_is_refused(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Unreadable):
        read_bundle(tmp_path / "x")
    with pytest.raises(Unreadable):
        read_bundle(tmp_path / "missing")


def test_a_forged_operation_is_refused(school, tmp_path):
    import zlib
    from hashlib import blake2b

    path = tmp_path / "f.senreg-bundle"
    export_bundle(school, path)
    _, line, packed = path.read_bytes().split(b"\n", 2)
    body = zlib.decompress(packed).replace(b"Reads 40 words", b"Reads 99 words")
    rest = b"\n".join([line, zlib.compress(body)])
    digest = blake2b(rest, digest_size=16).hexdigest().encode("ascii")
    path.write_bytes(b"senreg-bundle 1 " + digest + b"\n" + rest)
    with pytest.raises(Unreadable):
        read_bundle(path)


def test_what_a_merge_brought_is_new_even_if_it_was_made_long_before(school, copy, tmp_path):
    with time_machine.travel(milliseconds() / 1000 - 86_400):
        edit(copy, "pupil", strengths="Kind")
    last_time = milliseconds()
    assert school.changes_since(last_time) == []
    meet(school, copy, tmp_path)
    (change,) = school.changes_since(last_time)
    assert (change.by, change.field, change.new) == ("4B", "strengths", "Kind")
    assert change.at < last_time


def archive(register, record):
    with register.commit("Archive") as c:
        c.archive(record)


@pytest.mark.parametrize("first", ["archived", "edited"])
@pytest.mark.parametrize("keep", [True, False])
def test_archiving_over_an_edit_it_had_not_seen_waits_for_a_person(
    school, copy, tmp_path, first, keep
):
    archive(copy, "target")
    edit(school, "target", statement="Reads 70 words")
    to, frm = (copy, school) if first == "archived" else (school, copy)
    plan = meet(to, frm, tmp_path)
    assert plan.conflicts == 1
    assert to.get("target")["statement"] == "Reads 70 words"
    assert to.count("targets") == 1, "the record stays while nobody has settled it"
    (conflict,) = to.conflicts()
    assert conflict.field == "archived"
    assert {(each.value, each.by) for each in conflict.values} == {(True, "4B"), (False, "SENCO")}
    to.settle(conflict.id, value=keep)
    assert to.conflicts() == []
    assert to.get("target").archived == keep
    meet(frm, to, tmp_path)
    assert frm.conflicts() == []
    assert frm.get("target").archived == keep
    assert view(frm) == view(to)


@pytest.mark.parametrize("keep", [True, False])
def test_who_writes_on_in_what_waits_does_not_settle_it(school, copy, tmp_path, keep):
    archive(copy, "target")
    edit(school, "target", statement="Reads 70 words")
    meet(school, copy, tmp_path)
    edit(school, "target", statement="Reads 80 words")
    edit(school, "target", baseline="30 words")
    assert school.get("target").archived is False
    meet(copy, school, tmp_path)
    for register in (school, copy):
        (conflict,) = register.conflicts()
        assert conflict.field == "archived"
        assert {each.value for each in conflict.values} == {True, False}
        assert register.get("target")["statement"] == "Reads 80 words"
    copy.settle(conflict.id, value=keep)
    meet(school, copy, tmp_path)
    for register in (school, copy):
        assert register.conflicts() == []
        assert bool(register.get("target").archived) == keep
    assert view(school) == view(copy)


def test_an_edit_of_what_is_known_to_be_archived_is_no_conflict(school, copy, tmp_path):
    archive(copy, "target")
    edit(copy, "target", statement="A last word")
    meet(school, copy, tmp_path)
    assert school.conflicts() == []
    assert school.get("target").archived
    school.close()
    with Register.open(school.path) as again:
        assert again.conflicts() == []
        assert again.get("target").archived


def test_archiving_what_one_has_seen_is_no_conflict(school, copy, tmp_path):
    edit(school, "target", statement="Reads 70 words")
    meet(copy, school, tmp_path)
    archive(copy, "target")
    meet(school, copy, tmp_path)
    assert school.conflicts() == []
    assert school.count("targets") == 0


def test_an_archiving_conflict_survives_closing_and_opening(school, copy, tmp_path):
    archive(copy, "target")
    edit(school, "target", statement="Reads 70 words")
    meet(school, copy, tmp_path)
    before = {(each.value, each.by) for each in school.conflicts()[0].values}
    school.close()
    with Register.open(school.path) as again:
        assert {(each.value, each.by) for each in again.conflicts()[0].values} == before
        assert again.count("targets") == 1
