"""Staff packs: what is in their file, how they open, and what their holder may do."""

import pytest

from senreg.erasure import erase, plan_erasing
from senreg.errors import (
    InvalidRecord,
    Locked,
    NoSuchRecord,
    ReadOnly,
    SenregError,
    Unreadable,
    WrongUsage,
)
from senreg.register import Register
from senreg.store.pack_record import PACKS, packs_in
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from senreg.sync.packs import export_pack, plan_pack
from senreg.vault import unlock
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY
from tests.sync.packing import (
    SEAL,
    TODAY,
    UNTIL,
    WORDS,
    add_groups,
    inside,
    joined,
    make_pack,
    school_of_two_classes,
)


@pytest.fixture(autouse=True, scope="module")
def cheap():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
        patch.setattr("senreg.clock.today", lambda: TODAY)
        yield


@pytest.fixture(params=[True, False], ids=["sealed", "plain"])
def school(tmp_path, request):
    with school_of_two_classes(tmp_path / "senco", sealed=request.param) as register:
        yield register


@pytest.fixture
def pack(school, tmp_path):
    make_pack(school, tmp_path / "p.senreg-pack")
    return tmp_path / "p.senreg-pack"


def test_it_holds_the_children_of_a_key_teacher_and_nothing_of_others(school, pack):
    data = inside(pack)
    for word in ("Quartermain", "Featherstone", "statement of ada", "first strengths of ben"):
        assert word.encode() in data
    for word in ('"cem', "Yilmazer", "of cem", "ethnicity of", "note of"):
        assert word.encode() not in data


def test_nothing_of_it_can_be_read_without_its_passphrase(school, pack):
    written = pack.read_bytes()
    for word in ("Quartermain", "Hollow", "petrov", "pupils"):
        assert word.encode() not in written
    for wrong in (None, PASSPHRASE, "kettle"):
        with pytest.raises(Locked):
            read_bundle(pack, passphrase=wrong)


def test_the_recovery_key_of_a_sealed_register_opens_its_packs(school, pack):
    if school.sealed:
        assert read_bundle(pack, passphrase=RECOVERY_KEY).is_pack


def test_no_cost_and_no_employment_record_is_in_it(school, tmp_path):
    with school.commit("Add") as c:
        c.set(school.school.id, notional_threshold=6123)
        c.set("petrov", since="2011-09-01")
        club = c.add(
            "interventions", {"name": "Phonics", "tier": "targeted", "resource_cost": 4567}
        )
        group = c.add("groups", {"intervention": club, "staff": ["petrov"], "place": "Library"})
        other = c.add("groups", {"intervention": club, "place": "Attic"})
        c.add("placements", {"pupil": "ada", "group": group})
        c.add("placements", {"pupil": "cem", "group": other})
    make_pack(school, tmp_path / "p")
    data = inside(tmp_path / "p")
    assert b"Phonics" in data
    assert b"Library" in data
    for word in (b"6123", b"2011-09-01", b"4567", b"Attic"):
        assert word not in data


def test_sessions_of_its_childrens_groups_are_in_it_and_only_their_marks(school, tmp_path):
    add_groups(school)
    make_pack(school, tmp_path / "p")
    data = inside(tmp_path / "p")
    for word in (b"note on both", b'"both-session"', b'"both-ada"'):
        assert word in data
    for word in (b"note on other", b"other-session", b"both-cem", b"other-cem", b'"cem'):
        assert word not in data
    with joined(tmp_path / "p", tmp_path / "copy") as copy:
        assert [row.id for row in copy.all("sessions")] == ["both-session"]
        assert [row["pupil"] for row in copy.all("session_marks")] == ["ada"]


def test_a_request_with_an_exception_stays_out_or_it_would_seem_late(school, tmp_path):
    with school.commit("Add") as c:
        for pupil, more in (("ada", {"final_exception": "circumstances"}), ("ben", {})):
            c.add("ehc_processes", {"pupil": pupil, "requested_on": "2026-03-02", **more})
        c.add("consultations", {"reference": "LBC 2210", "received_on": "2026-11-20"})
    make_pack(school, tmp_path / "p")
    assert b"LBC 2210" not in inside(tmp_path / "p")
    with joined(tmp_path / "p", tmp_path / "copy") as copy:
        assert [row["pupil"] for row in copy.all("ehc_processes")] == ["ben"]


def test_the_policy_lets_confidential_fields_in_and_never_a_confidential_note(school, tmp_path):
    with school.commit("Add") as c:
        c.set(school.school.id, pack_policy="notes.text\npupils.ethnicity")
        c.set("ben-note", confidential=True)
    make_pack(school, tmp_path / "p")
    data = inside(tmp_path / "p")
    for word in ("note of ada", "ethnicity of ada", "ethnicity of ben"):
        assert word.encode() in data
    for word in ("note of ben", "note of cem"):
        assert word.encode() not in data


def test_a_contact_is_never_in_it_without_what_limits_their_contact(school, tmp_path):
    with school.commit("Add") as c:
        c.add("contacts", {"pupil": "ada", "name": "Free Contact", "relationship": "mother"})
        c.add("contacts", {"pupil": "ada", "name": "Barred Contact", "restriction": "Court order"})
    make_pack(school, tmp_path / "p")
    assert b"Free Contact" in inside(tmp_path / "p")
    assert b"Barred" not in inside(tmp_path / "p")


def test_what_was_replaced_is_there_without_its_value(school, tmp_path):
    with school.commit("Edit") as c:
        c.set("ada", strengths="second strengths of ada")
    make_pack(school, tmp_path / "p")
    assert b"second strengths of ada" in inside(tmp_path / "p")
    assert b"first strengths of ada" not in inside(tmp_path / "p")
    with joined(tmp_path / "p", tmp_path / "copy") as copy:
        assert copy.get("ada")["strengths"] == "second strengths of ada"
        assert copy.get("ada")["ethnicity"] is None
        assert copy.conflicts() == []
        assert [each.new for each in copy.history("ada", field="strengths")][-1] == (
            "second strengths of ada"
        )


def test_a_class_or_chosen_children_make_a_pack_too(school, tmp_path):
    plan = plan_pack(school, "petrov", UNTIL, TODAY, class_name="6A")
    assert plan.pupils == ["cem"]
    plan = plan_pack(school, "petrov", UNTIL, TODAY, pupils=["ben"])
    assert {record for table, record in plan.records if table == "targets"} == {"ben-target"}


def test_entries_that_name_other_children_are_counted(school):
    with school.commit("Edit") as c:
        c.set("ada-target", statement="Works with Cem Yilmazer and Ben Featherstone")
    assert plan_pack(school, "petrov", UNTIL, TODAY).naming == ["ada-target"]


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        ({"class_name": "9Z"}, NoSuchRecord),
        ({"pupils": ["nobody"]}, NoSuchRecord),
        ({"pupils": ["petrov"]}, NoSuchRecord),
    ],
)
def test_a_pack_of_nobody_is_refused(school, scope, error):
    with pytest.raises(error):
        plan_pack(school, "petrov", UNTIL, TODAY, **scope)


def test_a_pack_needs_somebody_a_day_to_come_and_a_good_passphrase(school, tmp_path):
    with pytest.raises(NoSuchRecord):
        plan_pack(school, "nobody", UNTIL, TODAY)
    with pytest.raises(WrongUsage):
        plan_pack(school, "petrov", TODAY.replace(day=25), TODAY)
    with pytest.raises(InvalidRecord):
        export_pack(school, plan_pack(school, "petrov", UNTIL, TODAY), tmp_path / "p", "Petrov1")
    assert not (tmp_path / "p").exists()


def test_it_opens_as_a_register_that_knows_what_it_is(school, pack, tmp_path):
    with joined(pack, tmp_path / "copy") as copy:
        assert {row["surname"] for row in copy.all("pupils")} == {"Quartermain", "Featherstone"}
    keys = unlock(tmp_path / "copy", WORDS)
    for lost in ("", "register.json"):
        if lost:
            (tmp_path / "copy" / lost).unlink()
            (tmp_path / "copy" / f"{lost}.bak").unlink(missing_ok=True)
        with Register.open(tmp_path / "copy", unlock=keys) as copy:
            assert copy.pack.staff == "petrov"
            assert copy.pack.until == UNTIL.isoformat()
            assert copy.pack.pupils == {"ada", "ben"}
    assert school.pack is None


def test_its_holder_writes_what_is_hers_and_takes_it_back(school, pack, tmp_path):
    with joined(pack, tmp_path / "copy") as copy:
        with copy.commit("Edit") as c:
            c.set("ada", strengths="drums")
            note = c.add("notes", {"pupil": "ben", "kind": "call", "text": "Rang home."})
            target = c.add("targets", {"pupil": "ada", "kind": "wider", "statement": "Joins in"})
            review = c.add("target_reviews", {"target": target, "outcome": 1})
            c.add("actions", {"about": review, "what": "Show her the hall"})
        with copy.commit("Edit") as c:
            c.set(note, text="Rang home twice.", confidential=True)
            c.archive(target)
        copy.undo()
        assert copy.get(note)["text"] == "Rang home."
        assert not copy.get(target).archived


@pytest.mark.parametrize(
    "change",
    [
        lambda copy, c: c.set("ada", surname="Other"),
        lambda copy, c: c.set("ada", social_care=True),
        lambda copy, c: c.archive("ada"),
        lambda copy, c: c.add("pupils", {"surname": "New", "forename": "Child"}),
        lambda copy, c: c.add("staff", {"name": "New", "role": "ta"}),
        lambda copy, c: c.add("sen_statuses", {"pupil": "ada", "code": "K"}),
        lambda copy, c: c.set(copy.school, name="Another school"),
    ],
)
def test_what_is_not_hers_is_refused_and_changes_nothing(school, pack, tmp_path, change):
    with joined(pack, tmp_path / "copy") as copy:
        version = copy.version
        with pytest.raises(SenregError, match="not in this staff pack"), copy.commit("Edit") as c:
            change(copy, c)
        assert copy.version == version


def test_no_erasing_no_new_key_and_no_pack_is_made_in_a_pack(school, pack, tmp_path):
    with joined(pack, tmp_path / "copy") as copy:
        with pytest.raises(SenregError, match="Erasing"):
            erase(copy, plan_erasing(copy, "ada", TODAY), "request")
        with pytest.raises(SenregError, match="new key"):
            copy.protect(SEAL)
        with pytest.raises(SenregError, match="staff pack"):
            plan_pack(copy, "petrov", UNTIL, TODAY)
        copy.change_passphrase("another passphrase of five words")
        assert copy.pack is not None


def test_past_its_last_day_it_is_read_only_and_still_exports(school, pack, tmp_path, monkeypatch):
    after = UNTIL.replace(day=22)
    with joined(pack, tmp_path / "copy") as copy:
        with copy.commit("Edit") as c:
            c.set("ada", strengths="drums")
        monkeypatch.setattr("senreg.clock.today", lambda: after)
        with pytest.raises(ReadOnly, match="21 Jul 2027"), copy.commit("Edit") as c:
            c.set("ada", strengths="flute")
    with Register.open(tmp_path / "copy", unlock=unlock(tmp_path / "copy", WORDS)) as copy:
        assert copy.read_only
        with pytest.raises(ReadOnly) as refusal, copy.commit("Edit") as c:
            c.set("ada", strengths="flute")
        assert "Export what you wrote" in refusal.value.do
        export_bundle(copy, tmp_path / "back")
        assert copy.get("ada")["strengths"] == "drums"
    monkeypatch.setattr("senreg.clock.today", lambda: UNTIL)
    with Register.open(tmp_path / "copy", unlock=unlock(tmp_path / "copy", WORDS)) as copy:
        assert not copy.read_only


def test_a_pack_is_not_merged_into_the_register_nor_the_register_into_a_pack(
    school, pack, tmp_path
):
    export_bundle(school, tmp_path / "all")
    with pytest.raises(SenregError, match="staff pack"):
        plan_merge(school, read_bundle(pack, passphrase=WORDS))
    with joined(pack, tmp_path / "copy") as copy:
        everything = read_bundle(tmp_path / "all", passphrase=PASSPHRASE)
        with pytest.raises(SenregError, match="staff pack"):
            plan_merge(copy, everything)
        assert copy.get("cem") is None


def test_a_newer_pack_brings_news_and_erasures_to_whoever_has_the_one_before(
    school, pack, tmp_path
):
    with joined(pack, tmp_path / "copy") as copy:
        with school.commit("Edit") as c:
            c.set("ada", strengths="news of ada")
            c.set("cem", key_teacher="petrov")
        erase(school, plan_erasing(school, "ben", TODAY), "request")
        make_pack(school, tmp_path / "second")
        apply_merge(copy, plan_merge(copy, read_bundle(tmp_path / "second", copy.store.keys)))
        assert copy.get("ada")["strengths"] == "news of ada"
        assert copy.get("cem")["surname"] == "Yilmazer"
        assert copy.get("ben") is None
        assert copy.pack.pupils == {"ada", "cem"}
        found = [
            each for each in copy.store.journal.commits() if b"Featherstone" in str(each).encode()
        ]
        assert found == []
    assert b"Featherstone" not in inside(tmp_path / "second")


def test_a_pack_of_more_fields_is_another_pack(school, pack, tmp_path):
    with joined(pack, tmp_path / "copy") as copy:
        with school.commit("Edit") as c:
            c.set(school.school.id, pack_policy="pupils.ethnicity")
        make_pack(school, tmp_path / "second")
        wider = read_bundle(tmp_path / "second", passphrase=WORDS)
        with pytest.raises(SenregError, match="newer pack that was made for it"):
            plan_merge(copy, wider)


def test_its_key_is_never_shown_and_its_making_is_no_step_of_undo(school, pack):
    (record,) = school.all(PACKS)
    found = next(iter(packs_in(school.store.state)))
    secret = found.key.split(" ")[2]
    shown = (record, dict(school.get(record.id)), school.history(), list(school.everything()))
    assert secret not in "".join(str(dict(each)) for each in school.everything())
    assert secret not in str(shown)
    assert secret not in repr(found)
    assert [each.field for each in school.history(record.id)] == ["until"]
    assert school.undo().label == "Add"


def test_packs_made_again_on_two_copies_leave_nothing_to_settle(school, pack, tmp_path):
    export_bundle(school, tmp_path / "all")
    opens = PASSPHRASE if school.sealed else None
    with join(tmp_path / "all", tmp_path / "other", passphrase=opens) as other:
        for register, pupils in ((school, ["ada"]), (other, ["ben"])):
            make_pack(register, tmp_path / f"{pupils[0]}.senreg-pack", pupils=pupils)
        export_bundle(other, tmp_path / "back")
        plan = plan_merge(school, read_bundle(tmp_path / "back", school.store.keys))
    assert plan.conflicts == 0
    apply_merge(school, plan)
    assert school.conflicts() == []
    (found,) = packs_in(school.store.state)
    assert found.pupils == {"ben"}


def test_every_cut_and_changed_byte_of_a_pack_is_refused(school, pack):
    whole = pack.read_bytes()
    for place in range(0, len(whole), 97):
        pack.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises((Unreadable, Locked)):
            read_bundle(pack, passphrase=WORDS)
        pack.write_bytes(whole[:place])
        with pytest.raises((Unreadable, Locked)):
            read_bundle(pack, passphrase=WORDS)
    pack.write_bytes(whole.replace(b"senreg-pack 1", b"senreg-bundle 2", 1))
    with pytest.raises((Unreadable, Locked)):
        read_bundle(pack, passphrase=WORDS)
