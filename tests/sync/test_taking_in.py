"""Bringing a bundle in: what it leaves to review, and the backup that goes before it."""

import pytest

from senreg.register import Register
from senreg.store.verified import BACKUPS
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.copies import of_bundle
from senreg.sync.join import copy_of
from senreg.sync.merge import plan_merge
from senreg.sync.taking_in import may_bring_findings, take_in


@pytest.fixture
def copies(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as school:
        with school.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
            c.add("pupils", {"surname": "O'Neill", "forename": "Seán"}, record_id="other")
        with copy_of(school, tmp_path / "copy") as copy:
            yield school, copy


def arriving(frm, to, tmp_path):
    export_bundle(frm, tmp_path / "b.senreg-bundle")
    bundle = read_bundle(tmp_path / "b.senreg-bundle")
    return bundle, plan_merge(to, bundle)


def edit(register, record, **fields):
    with register.commit("Edit") as c:
        c.set(record, **fields)


def kept(register):
    return [each.reason for each in register.backups.all()]


def being_made(register):
    return [each for each in (register.path / BACKUPS).iterdir() if each.name.startswith(".making")]


def test_an_edit_that_decides_nothing_is_not_weighed_and_one_that_does_is_counted(copies, tmp_path):
    school, copy = copies
    edit(copy, "pupil", strengths="Chess")
    bundle, plan = arriving(copy, school, tmp_path)
    assert not may_bring_findings(school, plan.commits)
    assert take_in(school, plan, [of_bundle(bundle)]) == 0
    edit(copy, "pupil", upn="B801200005001")
    edit(copy, "other", upn="B801200005001")
    bundle, plan = arriving(copy, school, tmp_path)
    assert take_in(school, plan, [of_bundle(bundle)]) == 1


def test_what_is_new_or_was_archived_is_weighed(copies, tmp_path):
    school, copy = copies
    with copy.commit("Add") as c:
        c.add("notes", {"pupil": "pupil", "kind": "call", "text": "Rang"}, record_id="note")
    assert may_bring_findings(school, arriving(copy, school, tmp_path)[1].commits)
    with school.commit("Archive") as c:
        c.archive("other")
    edit(copy, "other", strengths="Chess")
    commits = [each for each in arriving(copy, school, tmp_path)[1].commits if not is_new(each)]
    assert may_bring_findings(school, commits)


def is_new(commit):
    return any(operation.get("new") for operation in commit["ops"])


def test_a_backup_begun_early_is_kept_where_it_is_asked_for(copies, tmp_path):
    school, copy = copies
    edit(copy, "pupil", strengths="Chess")
    school.sit()
    school.prepare("merge")
    bundle, plan = arriving(copy, school, tmp_path)
    assert kept(school) == []
    take_in(school, plan, [of_bundle(bundle)])
    assert kept(school) == ["merge"]
    assert being_made(school) == []


def test_one_that_nobody_asks_for_leaves_nothing(copies):
    school, _ = copies
    school.sit()
    school.prepare("merge")
    school.forget_prepared()
    assert (kept(school), being_made(school)) == ([], [])


def test_one_begun_before_an_edit_is_made_anew(copies):
    school, _ = copies
    school.sit()
    school.prepare("merge")
    edit(school, "pupil", strengths="Chess")
    school.before("merge")
    (backup,) = [each for each in school.backups.all() if each.reason == "merge"]
    from senreg.restoring import read_backup
    from senreg.store.codec import PlainCodec
    from senreg.store.reading_back import opened

    within = opened(read_backup(backup.path), PlainCodec())
    assert within.state.live["pupils"]["pupil"]["strengths"] == "Chess"
