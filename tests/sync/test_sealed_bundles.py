"""Sealed bundles: other copies open them, a passphrase joins them, nobody else reads them."""

import pytest

from senreg.errors import Locked, NewerKey, SenregError, Unreadable
from senreg.register import Register
from senreg.sync.bundle import asks_passphrase, export_bundle, read_bundle
from senreg.sync.join import join, join_from
from senreg.sync.merge import apply_merge, plan_merge, together
from senreg.sync.other_keys import LEFT_BEHIND
from senreg.vault import Seal, same_recovery_key
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)


@pytest.fixture
def school(tmp_path):
    seal = Seal(PASSPHRASE, RECOVERY_KEY)
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO", seal=seal) as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        yield register


@pytest.fixture
def bundle(school, tmp_path):
    export_bundle(school, tmp_path / "b.senreg-bundle")
    return tmp_path / "b.senreg-bundle"


def test_nothing_of_it_can_be_read(bundle):
    written = bundle.read_bytes()
    for word in ("O'Neill", "Łukasz", "Hollow", "SENCO", "pupil"):
        assert word.encode() not in written


def test_the_registers_own_key_opens_it(school, bundle):
    assert not asks_passphrase(bundle, school.store.keys)
    assert read_bundle(bundle, school.store.keys).school == "Hollow Lane"


def test_without_a_passphrase_it_stays_shut(bundle):
    assert asks_passphrase(bundle)
    for wrong in (None, "", "tanned barrack"):
        with pytest.raises(Locked):
            read_bundle(bundle, passphrase=wrong)


@pytest.mark.parametrize("typed", [PASSPHRASE, RECOVERY_KEY.upper()], ids=["words", "key"])
def test_the_passphrase_or_the_recovery_key_joins_a_copy(bundle, tmp_path, typed):
    new = None if typed == PASSPHRASE else "other words for this copy"
    with join(bundle, tmp_path / "copy", passphrase=typed, new_passphrase=new) as copy:
        assert copy.sealed
        assert copy.get("pupil")["surname"] == "O'Neill"
    from senreg.vault import unlock, unlock_with_recovery

    for keys in (
        unlock(tmp_path / "copy", new or PASSPHRASE),
        unlock_with_recovery(tmp_path / "copy", RECOVERY_KEY),
    ):
        with Register.open(tmp_path / "copy", unlock=keys, read_only=True) as again:
            assert again.get("pupil")["surname"] == "O'Neill"


def test_a_copy_joined_by_the_recovery_key_needs_a_passphrase_of_its_own(bundle, tmp_path):
    with pytest.raises(Locked):
        join(bundle, tmp_path / "copy", passphrase=RECOVERY_KEY)
    assert not (tmp_path / "copy").exists()


def test_copies_have_keys_of_their_own_and_merge_without_a_passphrase(school, bundle, tmp_path):
    with join(bundle, tmp_path / "copy", passphrase=PASSPHRASE) as copy:
        assert copy.store.keys.key.secret != school.store.keys.key.secret
        with copy.commit("Edit") as c:
            c.set("pupil", strengths="drumming")
        export_bundle(copy, tmp_path / "back")
    apply_merge(school, plan_merge(school, read_bundle(tmp_path / "back", school.store.keys)))
    assert school.get("pupil")["strengths"] == "drumming"


def test_a_bundle_made_after_the_recovery_key_opened_the_register_needs_that_key(school, tmp_path):
    school.close()
    from senreg.vault import unlock_with_recovery

    keys = unlock_with_recovery(school.path, RECOVERY_KEY)
    with Register.open(school.path, unlock=keys) as register:
        export_bundle(register, tmp_path / "r")
    with pytest.raises(Locked):
        read_bundle(tmp_path / "r", passphrase=PASSPHRASE)
    assert read_bundle(tmp_path / "r", passphrase=RECOVERY_KEY).school == "Hollow Lane"


def test_every_changed_byte_and_every_cut_is_refused_and_changes_nothing(school, bundle):
    whole = bundle.read_bytes()
    version = school.version
    for place in range(len(whole)):
        bundle.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises((Unreadable, Locked)):
            read_bundle(bundle, school.store.keys)
    for cut in range(0, len(whole), 7):
        bundle.write_bytes(whole[:cut])
        with pytest.raises((Unreadable, Locked)):
            read_bundle(bundle, school.store.keys)
    assert school.version == version


def test_the_slots_of_a_bundle_cannot_be_swapped_for_others(school, bundle, tmp_path):
    seal = Seal("another passphrase for another school", RECOVERY_KEY)
    with Register.create(tmp_path / "other", "Other", seal=seal) as other:
        export_bundle(other, tmp_path / "o")
    mine, theirs = (
        bundle.read_bytes().split(b"\n", 2),
        (tmp_path / "o").read_bytes().split(b"\n", 2),
    )
    bundle.write_bytes(b"\n".join([mine[0], theirs[1], mine[2]]))
    with pytest.raises(Unreadable):
        read_bundle(bundle, passphrase="another passphrase for another school")


def test_a_bundle_under_a_key_that_was_given_up_is_told(school, bundle):
    school.protect(Seal("five words for the successor", RECOVERY_KEY))
    old = read_bundle(bundle, school.store.keys)
    assert old.retired
    with pytest.raises(SenregError, match="gave up"):
        plan_merge(school, old)
    assert plan_merge(school, old, old_key=True).operations == 0


def test_a_copy_that_was_left_with_the_key_before_is_told_when_it_merges(school, bundle, tmp_path):
    words = "five words for the successor"
    with join(bundle, tmp_path / "copy", passphrase=PASSPHRASE) as copy:
        assert plan_merge(copy, read_bundle(bundle, copy.store.keys)).details == []
        school.protect(Seal(words, RECOVERY_KEY))
        export_bundle(school, bundle)
        with pytest.raises(NewerKey, match="under a new key of this register") as told:
            read_bundle(bundle, copy.store.keys)
        assert "join anew" in told.value.do
        newer = together(copy, [read_bundle(bundle, copy.store.keys, words)])
        plan = plan_merge(copy, newer)
        assert plan.details[0] == LEFT_BEHIND
        assert plan.to_look_at
    assert not read_bundle(bundle, school.store.keys, words).newer


def test_a_plain_registers_bundle_is_plain_and_says_so(tmp_path):
    with Register.create(tmp_path / "plain", "Plain") as register:
        export_bundle(register, tmp_path / "p")
    assert not asks_passphrase(tmp_path / "p")
    with join_from(read_bundle(tmp_path / "p"), tmp_path / "copy") as copy:
        assert not copy.sealed


def test_recovery_keys_are_compared_however_typed():
    assert same_recovery_key(RECOVERY_KEY, RECOVERY_KEY.replace("-", " ").upper())
