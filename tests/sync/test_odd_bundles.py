"""A bundle from elsewhere whose every hash fits, and which senreg never wrote."""

from datetime import date

import pytest

from senreg.demo.build import build
from senreg.errors import Unreadable
from senreg.exchange.columns import columns_of
from senreg.exchange.spreadsheets_out import table_csv
from senreg.register import Register
from senreg.store.folder import Change
from senreg.sync import forms
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        yield register


def bundle_with(school, tmp_path, change):
    """A bundle of a copy into which a change was written past every check."""
    export_bundle(school, tmp_path / "full.senreg-bundle")
    with join(tmp_path / "full.senreg-bundle", tmp_path / "elsewhere") as copy:
        copy.store.write("Odd", "stranger", [change])
        export_bundle(copy, tmp_path / "odd.senreg-bundle")
    return tmp_path / "odd.senreg-bundle"


@pytest.mark.parametrize(
    "values",
    [
        {"surname": ["O'Neill"]},
        {"surname": 5},
        {"dob": "31/02/2014"},
        {"dob": "2014-02-31"},
        {"dob": 20140228},
        {"year_group": 4},
        {"key_teacher": {"id": "x"}},
        {"fsm": "yes"},
        {"fsm": 1},
        {"archived": "yes"},
        {"eal": [True]},
    ],
)
def test_a_value_of_a_form_no_field_has_is_refused_and_nothing_changes(school, tmp_path, values):
    path = bundle_with(school, tmp_path, Change("pupils", "pupil", values))
    version = school.version
    with pytest.raises(Unreadable, match="never writes"):
        plan_merge(school, read_bundle(path))
    assert school.version == version
    with pytest.raises(Unreadable, match="never writes"):
        join(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "change",
    [
        Change("pupils", "pupil", {"dob": None, "fsm": False, "year_group": "Y27"}),
        Change("pupils", "pupil", {"field_of_a_newer_version": {"any": ["form"]}}),
        Change("table_of_a_newer_version", "one", {"about": 7}),
    ],
)
def test_unknown_codes_and_what_a_newer_version_adds_are_let_through(school, tmp_path, change):
    plan = plan_merge(school, read_bundle(bundle_with(school, tmp_path, change)))
    apply_merge(school, plan)
    stored = school.store.state.document(change.table, change.record)
    assert change.values.items() <= stored.items()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda commit: commit.update(t=10**17),
        lambda commit: commit.update(t=True),
        lambda commit: commit.update(label=["x"]),
        lambda commit: commit.update(kind={}),
        lambda commit: commit["ops"][0].update(o={"surname": "abc"}),
        lambda commit: commit["ops"][0].update(d=[1]),
        lambda commit: commit["ops"][0].update(table="_meta"),
        lambda commit: commit["ops"][0].update(record=""),
        lambda commit: commit["ops"][0].update(new="yes"),
    ],
)
def test_a_commit_of_another_form_is_none(school, spoil):
    commit = school.store.journal.commits()[-1]
    assert forms.is_commit(commit)
    spoil(commit)
    assert not forms.is_commit(commit)


@pytest.mark.parametrize("era", [None, 2011])
def test_everything_senreg_itself_writes_is_of_its_form(tmp_path, era):
    with build(tmp_path / "demo", pupils=60, era=era, today=date(2026, 11, 20)) as school:
        export_bundle(school, tmp_path / "demo.senreg-bundle")
        with join(tmp_path / "demo.senreg-bundle", tmp_path / "copy") as copy:
            assert copy.count("pupils") == school.count("pupils") == 60


def test_what_steers_a_terminal_is_gone_from_a_table_even_if_it_was_merged_in(school, tmp_path):
    hostile = "\x1b]52;c;aGk=\x07\u202egnp.exe"
    path = bundle_with(school, tmp_path, Change("pupils", "pupil", {"surname": hostile}))
    apply_merge(school, plan_merge(school, read_bundle(path)))
    lines = table_csv(school, school.all("pupils"), columns_of(school, "pupils"))
    written = "".join(lines)
    assert "]52;c;aGk=gnp.exe" in written
    assert not {"\x1b", "\x07", "\u202e"} & set(written)
