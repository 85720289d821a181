"""A pack is renewed or withdrawn, and what was left of one is kept and can be taken after all."""

from datetime import date, timedelta

import pytest

from senreg.erasure import erase, plan_erasing
from senreg.errors import Locked, NoSuchRecord, ReadOnly, SenregError
from senreg.register import Register
from senreg.store.changes import Change
from senreg.sync.asides import asides, said_of, set_aside, take_after_all
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from senreg.sync.packs import export_pack, packs_made, plan_renewal, reinstate, withdraw
from senreg.vault import unlock
from tests.store.sealing_keys import CHEAP, PASSPHRASE
from tests.sync.packing import TODAY, UNTIL, WORDS, add_groups, joined, make_pack, returned
from tests.sync.packing import school_of_two_classes as two_classes

LATER = date(2027, 9, 10)


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
    monkeypatch.setattr("senreg.clock.today", lambda: TODAY)


@pytest.fixture
def school(tmp_path):
    with two_classes(tmp_path / "senco") as register:
        make_pack(register, tmp_path / "p.senreg-pack")
        joined(tmp_path / "p.senreg-pack", tmp_path / "copy").close()
        yield register


def opened(tmp_path):
    return Register.open(tmp_path / "copy", unlock=unlock(tmp_path / "copy", WORDS))


def forged(tmp_path, *values):
    """What a changed program exported: an edit for each child named."""
    with opened(tmp_path) as copy:
        for pupil, value in values:
            copy.store.write("Edit", "petrov", [Change("pupils", pupil, {"surname": value})])
        export_bundle(copy, tmp_path / "back")


def came_back(school, tmp_path, **how):
    keys = school.store.keys
    from senreg.sync.packs import pack_keys

    return plan_merge(school, read_bundle(tmp_path / "back", keys, packs=pack_keys(school)), **how)


def test_a_renewed_pack_is_worked_in_again_by_whoever_has_it(school, tmp_path, monkeypatch):
    monkeypatch.setattr("senreg.clock.today", lambda: LATER)
    with school.commit("Edit") as c:
        c.set("ada", strengths="news of ada")
        c.set(school.school.id, pack_policy="pupils.ethnicity")
    (pack,) = packs_made(school)
    plan = plan_renewal(school, pack, LATER + timedelta(days=90), LATER)
    export_pack(school, plan, tmp_path / "newer", None)
    with pytest.raises(Locked):
        read_bundle(tmp_path / "newer", passphrase=WORDS)
    with opened(tmp_path) as copy:
        with pytest.raises(ReadOnly), copy.commit("Edit") as c:
            c.set("ada", interests="chess")
        apply_merge(copy, plan_merge(copy, read_bundle(tmp_path / "newer", copy.store.keys)))
        assert (copy.read_only, copy.warnings) == (False, [])
        assert copy.get("ada")["strengths"] == "news of ada"
        assert copy.get("ada")["ethnicity"] is None, "a newer pack holds no field more"
        with copy.commit("Edit") as c:
            c.set("ada", interests="chess")
        plan = returned(copy, tmp_path / "back", school)
    assert (plan.operations, plan.outside) == (1, [])
    assert [each.id for each in packs_made(school)] == [pack.id]


def test_a_newer_pack_that_is_over_too_leaves_it_read_only(school, tmp_path, monkeypatch):
    (pack,) = packs_made(school)
    plan = plan_renewal(school, pack, TODAY + timedelta(days=300), TODAY)
    export_pack(school, plan, tmp_path / "newer", "prune hammock orbit velvet kettle")
    assert read_bundle(tmp_path / "newer", passphrase="prune hammock orbit velvet kettle").is_pack
    monkeypatch.setattr("senreg.clock.today", lambda: TODAY + timedelta(days=301))
    with opened(tmp_path) as copy:
        apply_merge(copy, plan_merge(copy, read_bundle(tmp_path / "newer", copy.store.keys)))
        assert copy.read_only
        assert copy.pack.until == (TODAY + timedelta(days=300)).isoformat()


def test_one_opened_for_reading_stays_so(school, tmp_path, monkeypatch):
    monkeypatch.setattr("senreg.clock.today", lambda: LATER)
    (pack,) = packs_made(school)
    plan = plan_renewal(school, pack, LATER, LATER)
    export_pack(school, plan, tmp_path / "newer", None)
    keys = unlock(tmp_path / "copy", WORDS)
    with Register.open(tmp_path / "copy", unlock=keys, read_only=True) as copy:
        newer = plan_merge(copy, read_bundle(tmp_path / "newer", copy.store.keys))
        with pytest.raises(ReadOnly):
            apply_merge(copy, newer)


def test_of_a_withdrawn_pack_everything_is_set_aside(school, tmp_path):
    with opened(tmp_path) as copy:
        with copy.commit("Edit") as c:
            c.set("ada", strengths="drums")
        (pack,) = packs_made(school)
        withdraw(school, pack, TODAY)
        withdraw(school, packs_made(school)[0], TODAY + timedelta(days=1))
        (pack,) = packs_made(school)
        assert pack.withdrawn == TODAY.isoformat()
        plan = returned(copy, tmp_path / "back", school)
        assert (plan.operations, len(plan.outside)) == (0, 1)
        assert "withdrawn on" in plan.outside_details[0]
        assert set_aside(school, plan) == 1
        reinstate(school, pack)
        (again,) = packs_made(school)
        reinstate(school, again)
        assert again.withdrawn == ""
        assert returned(copy, tmp_path / "back", school).operations == 1
        plan_renewal(school, again, UNTIL, TODAY)
        withdraw(school, again, TODAY)
        (pack,) = packs_made(school)
        taken = returned(copy, tmp_path / "back", school, take_outside=True)
        assert taken.operations == 1
        with pytest.raises(SenregError, match="withdrawn"):
            plan_renewal(school, pack, UNTIL, TODAY)
        make_pack(school, tmp_path / "second")
        with pytest.raises(SenregError, match="newer pack that was made for it"):
            plan_merge(copy, read_bundle(tmp_path / "second", passphrase=WORDS))
    assert len(packs_made(school)) == 2


def test_what_is_left_is_kept_once_and_can_be_taken_after_all(school, tmp_path):
    forged(tmp_path, ("ada", "Forged-A"), ("ben", "Forged-B"), ("ben", "Forged-C"))
    plan = came_back(school, tmp_path)
    assert set_aside(school, plan) == 3
    assert set_aside(school, came_back(school, tmp_path)) == 0
    left = asides(school)
    assert sorted(each.edits for each in left) == [1, 2]
    assert {each.by for each in left} == {"senco"}
    assert {each.pack for each in left} == {packs_made(school)[0].id}
    assert any("Ben Forged-C" in words for each in left for words in said_of(school, each))
    assert school.get("ada")["surname"] == "Quartermain"
    (ada,) = (each for each in left if each.edits == 1)
    assert take_after_all(school, [ada.id]) == 1
    assert school.get("ada")["surname"] == "Forged-A"
    assert school.get("ben")["surname"] == "Featherstone"
    (ben,) = asides(school)
    with pytest.raises(NoSuchRecord):
        take_after_all(school, [ada.id, ben.id])
    assert "Forged" not in str([each for each in school.history() if each.table == "set_aside"])


def test_it_is_known_on_every_whole_copy_and_in_no_pack(school, tmp_path):
    forged(tmp_path, ("ada", "Forged-A"))
    set_aside(school, came_back(school, tmp_path))
    export_bundle(school, tmp_path / "all")
    with join(tmp_path / "all", tmp_path / "other", passphrase=PASSPHRASE, person="head") as other:
        assert [each.by for each in asides(other)] == ["senco"]
        assert set_aside(other, came_back(other, tmp_path)) == 0
        assert take_after_all(other, [each.id for each in asides(other)]) == 1
    make_pack(school, tmp_path / "second")
    from tests.sync.packing import inside

    assert b"Forged-A" not in inside(tmp_path / "second")


def test_erasing_a_child_takes_what_was_left_about_it_and_no_more(school, tmp_path):
    forged(tmp_path, ("ada", "Forged-A"), ("ben", "Forged-B"))
    set_aside(school, came_back(school, tmp_path))
    erase(school, plan_erasing(school, "ben", TODAY), "request")
    assert [
        each["record"] for aside in asides(school) for c in aside.commits for each in c["ops"]
    ] == ["ada"]
    said = str(school.store.journal.commits())
    assert "Forged-A" in said
    assert "Forged-B" not in said


@pytest.mark.parametrize("erased_first", [True, False])
def test_an_erasure_on_another_copy_takes_what_was_left_here_too(school, tmp_path, erased_first):
    export_bundle(school, tmp_path / "early")
    with join(tmp_path / "early", tmp_path / "other", passphrase=PASSPHRASE) as other:
        erase(other, plan_erasing(other, "ben", TODAY), "request")
        export_bundle(other, tmp_path / "erasure")
        forged(tmp_path, ("ada", "Forged-A"), ("ben", "Forged-B"))
        set_aside(school, came_back(school, tmp_path))
        if erased_first:
            export_bundle(school, tmp_path / "late")
            apply_merge(other, plan_merge(other, read_bundle(tmp_path / "late", other.store.keys)))
            found = other
        else:
            erasure = read_bundle(tmp_path / "erasure", school.store.keys)
            apply_merge(school, plan_merge(school, erasure))
            found = school
        assert [each.edits for each in asides(found)] == [1]
        said = str(found.store.journal.commits())
        assert "Forged-A" in said
        assert "Forged-B" not in said


def renewed(school, tmp_path, copy):
    """The pack is made anew as of today and taken in by the copy; what the preview said."""
    (pack,) = packs_made(school)
    export_pack(school, plan_renewal(school, pack, UNTIL, TODAY), tmp_path / "newer", None)
    plan = plan_merge(copy, read_bundle(tmp_path / "newer", copy.store.keys))
    apply_merge(copy, plan)
    return plan.details


def move(school, pupil, teacher):
    with school.commit("Edit") as c:
        c.set(pupil, key_teacher=teacher)


def opened_bytes(pack, keys):
    from senreg.sync.sealed_bundle import Envelope

    return Envelope.read(pack.read_bytes()).opened(keys.bundles[0])


def test_a_child_who_left_is_not_in_the_newer_pack_nor_shown_where_it_is_taken_in(school, tmp_path):
    add_groups(school)
    with school.commit("Edit") as c:
        c.add("groups", {"intervention": "phonics"}, record_id="bens")
        c.add("placements", {"pupil": "ben", "group": "bens"}, record_id="bens-place")
    with opened(tmp_path) as copy:
        renewed(school, tmp_path, copy)
        assert copy.get("bens") is not None
        with copy.commit("Edit") as c:
            c.set("ben", strengths="juggles")
            c.add("notes", {"pupil": "ben", "kind": "call", "text": "Rang."}, record_id="late")
            c.set("ada", interests="chess")
        with school.commit("Edit") as c:
            c.set("ben", strengths="first of all kind")
        move(school, "ben", "okoro")
        told = renewed(school, tmp_path, copy)
        assert any(each.startswith("Ben Featherstone leaves this pack") for each in told)
        assert b"Featherstone" not in opened_bytes(tmp_path / "newer", copy.store.keys)
        gone = ("ben", "ben-target", "ben-note", "late", "bens", "bens-place")
        assert [each for each in gone if copy.get(each)] == []
        assert copy.get("both") is not None
        for table in ("pupils", "notes", "targets", "groups"):
            assert not set(gone) & {row.id for row in copy.all(table)}
            assert copy.count(table) == len(copy.all(table))
        assert [row.id for row in copy.by("pupils", "class_name")["4B"]] == ["ada"]
        for found in (copy.search("juggles"), copy.history("ben"), copy.conflicts()):
            assert found == []
        changed = {each.record for each in (*copy.history(), *copy.changes_since(0))}
        assert "ada" in changed
        assert not changed & set(gone)
        with pytest.raises(SenregError, match="not in this staff pack"), copy.commit("Edit") as c:
            c.set("ben", strengths="forged")
        plan = returned(copy, tmp_path / "back", school)
        assert plan.operations == 1
        assert {each["record"] for one in plan.outside for each in one["ops"]} == {"ben", "late"}
        apply_merge(school, returned(copy, tmp_path / "back", school, take_outside=True))
        assert school.get("late")["text"] == "Rang."
        assert "juggles" in str(school.conflicts())
    with opened(tmp_path) as copy:
        assert copy.get("ben") is None
        move(school, "ben", "petrov")
        assert not any("leaves" in each for each in renewed(school, tmp_path, copy))
        assert copy.get("late")["text"] == "Rang."
        assert copy.get("bens") is not None


def test_a_child_who_left_school_is_in_no_newer_pack_of_chosen_children(school, tmp_path):
    make_pack(school, tmp_path / "p", pupils=["ada", "cem"])
    (pack,) = (each for each in packs_made(school) if each.chosen)
    with school.commit("Edit") as c:
        c.set("cem", left=TODAY.isoformat())
    assert plan_renewal(school, pack, UNTIL, TODAY).pupils == ["ada", "cem"]
    after = TODAY + timedelta(days=1)
    assert plan_renewal(school, pack, UNTIL, after).pupils == ["ada"]
