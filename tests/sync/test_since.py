"""Bundles of only what the receiver lacks: small, closed, and a gap is told."""

import pytest

from senreg.errors import Unreadable
from senreg.register import Register
from senreg.sync.bundle import export_bundle, known_by, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge, together
from tests.sync.test_merging import edit, meet, view


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        yield register


@pytest.fixture
def copy(school, tmp_path):
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with join(tmp_path / "full.senreg-bundle", tmp_path / "copy", person="4B") as register:
        yield register


def known(register, tmp_path):
    export_bundle(register, tmp_path / "said.senreg-bundle")
    return known_by(tmp_path / "said.senreg-bundle").known


def rest(frm, tmp_path, since):
    path = tmp_path / "rest.senreg-bundle"
    summary = export_bundle(frm, path, since=since)
    return summary.operations, read_bundle(path)


def test_only_what_the_receiver_lacks_is_in_it(school, copy, tmp_path):
    edit(school, "pupil", strengths="Kind")
    edit(copy, "pupil", interests="Trains")
    count, bundle = rest(school, tmp_path, known(copy, tmp_path))
    assert count == 1
    plan = plan_merge(copy, bundle)
    assert (plan.operations, plan.missing) == (1, 0)
    apply_merge(copy, plan)
    meet(school, copy, tmp_path)
    assert view(copy) == view(school)


def test_what_came_so_is_known_and_not_sent_again(school, copy, tmp_path):
    for number in range(3):
        edit(school, "pupil", strengths=f"{number}")
        count, bundle = rest(school, tmp_path, known(copy, tmp_path))
        assert count == 1
        apply_merge(copy, plan_merge(copy, bundle))
    copy.close()
    with Register.open(copy.path) as again:
        assert rest(school, tmp_path, known(again, tmp_path))[0] == 0
        assert again.get("pupil")["strengths"] == "2"


def test_a_gap_is_told_claims_nothing_and_is_filled_by_a_full_bundle(school, copy, tmp_path):
    edit(school, "pupil", strengths="one")
    skipped = known(school, tmp_path)
    edit(school, "pupil", strengths="two")
    plan = plan_merge(copy, rest(school, tmp_path, skipped)[1])
    assert plan.missing == 1
    assert plan.details[-1].startswith("Missing: 1 edit named here.")
    apply_merge(copy, plan)
    assert copy.get("pupil")["strengths"] == "two"
    assert rest(school, tmp_path, known(copy, tmp_path))[0] == 2, "both are sent once more"
    plan = meet(copy, school, tmp_path)
    assert (plan.operations, plan.missing) == (1, 0)
    assert view(copy) == view(school)
    assert {each.new for each in copy.history("pupil") if each.field == "strengths"} == {
        "one",
        "two",
    }


def reopened(register):
    register.close()
    return Register.open(register.path, person="SENCO")


def test_a_gap_that_no_edit_names_is_told_too(school, copy, tmp_path):
    """Another field, on another day: nothing in the part replaces what did not come."""
    edit(school, "pupil", strengths="one")
    skipped = known(school, tmp_path)
    with reopened(school) as later:
        edit(later, "pupil", interests="Owls")
        bundle = rest(later, tmp_path, skipped)[1]
        plan = plan_merge(copy, bundle)
        assert (plan.missing, plan.lacks) == (0, True)
        assert plan.details[-1].startswith("Missing: what was done before this.")
        apply_merge(copy, plan)
        assert not meet(copy, later, tmp_path).lacks
        assert copy.get("pupil")["strengths"] == "one"
        assert not plan_merge(copy, bundle).lacks, "it came with the full bundle"


def test_parts_that_follow_on_each_other_leave_no_gap_in_whatever_order(school, copy, tmp_path):
    before = known(copy, tmp_path)
    edit(school, "pupil", strengths="one")
    first = rest(school, tmp_path, before)[1]
    between = known(school, tmp_path)
    with reopened(school) as later:
        edit(later, "pupil", interests="Owls")
        second = rest(later, tmp_path, between)[1]
    for bundles in ([first, second], [second, first]):
        assert not plan_merge(copy, together(copy, bundles)).lacks
    assert plan_merge(copy, together(copy, [second])).lacks


def test_no_copy_is_joined_from_a_part_that_begins_on_another_day(school, tmp_path):
    since = known(school, tmp_path)
    with reopened(school) as later:
        edit(later, "pupil", strengths="Kind")
        rest(later, tmp_path, since)
    with pytest.raises(Unreadable, match="only what came after"):
        join(tmp_path / "rest.senreg-bundle", tmp_path / "third")
    assert not (tmp_path / "third").exists()


def test_no_copy_is_joined_from_a_part(school, copy, tmp_path):
    since = known(copy, tmp_path)
    edit(school, "pupil", strengths="Kind")
    rest(school, tmp_path, since)
    with pytest.raises(Unreadable, match="only what came after"):
        join(tmp_path / "rest.senreg-bundle", tmp_path / "third")
    assert not (tmp_path / "third").exists()


def test_an_erasure_goes_with_every_part_whoever_takes_it_in(school, copy, tmp_path):
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with (
        join(tmp_path / "full.senreg-bundle", tmp_path / "b", person="B") as other,
        join(tmp_path / "full.senreg-bundle", tmp_path / "c", person="C") as third,
    ):
        edit(other, "pupil", strengths="Kind")
        meet(school, other, tmp_path)
        copy.erase({"pupil": "pupil", "records": ["pupils/pupil"], "reason": "request"})
        meet(school, copy, tmp_path)
        bundle = rest(school, tmp_path, known(copy, tmp_path))[1]
        edits = [each for commit in bundle.commits for each in commit["ops"]]
        assert [each["table"] for each in edits if not each.get("v")] == ["pupils"]
        apply_merge(third, plan_merge(third, bundle))
        assert third.get("pupil") is None
        assert rest(school, tmp_path, known(third, tmp_path))[0] > 0, "it lacks the rest still"
        meet(third, school, tmp_path)
        assert view(third) == view(school)
