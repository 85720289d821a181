"""Records of older models read as those of newer ones, with pretended versions 2 and 3."""

import random

import pytest

from senreg.errors import CannotWrite, ReadOnly, Unreadable
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.journal import HISTORY
from senreg.store.migrations import MODELS, Models
from senreg.store.operations import ARCHIVED, WHOLE_RECORD
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.merge import apply_merge, plan_merge
from tests.store.sealing_keys import fresh_keys


def renamed(document):
    """Version 2: a surname is called a family name."""
    if "surname" in document:
        document["family_name"] = document.pop("surname")
    return document


def split(document):
    """Version 3: a day is three numbers, what was said of feeding is no more kept."""
    document.pop("feeding", None)
    if "dob" in document:
        document["born"] = document["dob"] and [
            int(each) for each in document.pop("dob").split("-")
        ]
        document.pop("dob", None)
    return document


SECOND = Models(2, {("pupils", 1): renamed})
THIRD = Models(3, {("pupils", 1): renamed, ("pupils", 2): split})

BORN = "2015-03-01"


def edit(store, record, table="pupils", **values):
    store.write("Edit", "me", [Change(table, record, values)])


def filled(folder, keys=None, models=MODELS):
    """A register of the first version with all that a state can hold."""
    store = Store.create(folder, keys=keys, models=models)
    edit(store, "a", surname="O'Neill", dob=BORN, feeding="x", unknown=[1])
    edit(store, "b", surname="Nwosu", dob=BORN)
    edit(store, "c", surname="Łukasz")
    edit(store, "d", "odd_table", surname="stays")
    store.close()
    edit(store, "a", surname="O’Neill")
    edit(store, "b", archived=True)
    store.write("Edit", "me", [Change("pupils", "c", {}, {"surname"})])
    return store


def shown(store):
    """All that a store shows, whatever it has read so far."""
    state = store.state
    return {
        "live": {name: dict(table) for name, table in state.live.items() if table},
        "archived": {name: table for name, table in state.archived.items() if table},
        "conflicts": sorted(
            (place, [head.get("v") for head in heads]) for place, heads in state.conflicts()
        ),
        "heads": {
            (table, record, name): state.heads_of(table, record, name)
            for table, records in state.live.items()
            for record, document in records.items()
            for name in document
        },
    }


NOW = {
    "pupils": {"a": {"family_name": "O’Neill", "born": [2015, 3, 1], "unknown": [1]}, "c": {}},
    "odd_table": {"d": {"surname": "stays"}},
}


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return fresh_keys() if request.param == "sealed" else None


def test_an_older_register_is_read_as_one_of_this_version(tmp_path, keys):
    filled(tmp_path / "r", keys).close()
    store = Store.open(tmp_path / "r", keys=keys, models=THIRD)
    assert shown(store)["live"] == NOW
    assert store.state.archived["pupils"]["b"] == {
        "family_name": "Nwosu", "born": [2015, 3, 1], ARCHIVED: True,
    }  # fmt: skip


def test_what_only_the_journal_holds_is_read_so_too(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    assert store.behind
    opened = Store.open(tmp_path / "r", keys=keys, models=THIRD)
    store.close()
    for name in ("register.json", "register.json.bak"):
        (tmp_path / "r" / name).write_bytes(b"damaged")
    from_journal = Store.open(tmp_path / "r", keys=keys, models=THIRD)
    assert shown(opened) == shown(from_journal)
    assert opened.state.live == NOW


def test_nothing_is_written_before_something_is_changed_and_a_backup_comes_first(tmp_path, keys):
    filled(tmp_path / "r", keys).close()
    files = {path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()}
    store = Store.open(tmp_path / "r", keys=keys, models=THIRD)
    asked = []

    def before(_store):
        asked.append({path: path.read_bytes() for path in files})

    store.before_migration = before
    store.close()
    assert not asked
    edit(store, "a", family_name="Nwosu")
    edit(store, "a", family_name="Łukasz")
    store.close()
    assert asked == [files], "once, and before anything was written"
    assert Store.open(tmp_path / "r", keys=keys, models=THIRD).meta.schema == 3


def test_without_its_backup_nothing_is_changed(tmp_path):
    filled(tmp_path / "r").close()
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").rglob("*.json*")}
    store = Store.open(tmp_path / "r", models=THIRD)

    def full(_store):
        raise CannotWrite("The disk is full.")

    store.before_migration = full
    for _ in range(2):
        with pytest.raises(CannotWrite, match="full"):
            edit(store, "a", family_name="Lost")
    store.close()
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").rglob("*.json*")} == before


def test_an_open_register_backs_itself_up_before_it_is_written_in_a_new_form(tmp_path, keys):
    filled(tmp_path / "r", keys).close()
    register = Register(Store.open(tmp_path / "r", keys=keys, models=THIRD), "me")
    assert not register.backups.all()
    edit(register.store, "a", family_name="Nwosu")
    edit(register.store, "a", family_name="Łukasz")
    (backup,) = register.backups.all()
    assert backup.reason == "migration"
    assert backup.verified_at
    register.close()


def test_operations_are_never_rewritten(tmp_path):
    filled(tmp_path / "r").close()
    before = Store.open(tmp_path / "r", read_only=True).journal.commits()
    store = Store.open(tmp_path / "r", models=THIRD)
    edit(store, "a", family_name="Nwosu")
    store.close()
    *after, new = Store.open(tmp_path / "r", models=THIRD, read_only=True).journal.commits()
    assert after == before
    assert new["schema"] == 3


def test_it_is_written_in_the_new_form_and_read_again_without_a_step(tmp_path):
    filled(tmp_path / "r").close()
    store = Store.open(tmp_path / "r", models=THIRD)
    edit(store, "e", family_name="Nwosu")
    store.close()

    def never(document):
        raise AssertionError(document)

    current = Models(3, {("pupils", 1): never, ("pupils", 2): never})
    again = Store.open(tmp_path / "r", models=current)
    assert shown(again)["live"]["pupils"] == NOW["pupils"] | {"e": {"family_name": "Nwosu"}}
    edit(again, "e", family_name="小明")
    again.close()


def test_a_table_that_nobody_looks_at_is_not_changed_over(tmp_path):
    filled(tmp_path / "r").close()
    calls = []
    counting = Models(2, {("pupils", 1): lambda each: calls.append(1) or each})
    store = Store.open(tmp_path / "r", models=counting)
    calls.clear()
    assert store.state.live["odd_table"]
    assert not calls
    assert store.state.live["pupils"]
    assert len(calls) == 2


def test_history_and_undo_speak_of_the_fields_as_they_are_now(tmp_path):
    filled(tmp_path / "r").close()
    register = Register(Store.open(tmp_path / "r", models=THIRD), "me")
    changes = [(each.record, each.field, each.old, each.new) for each in register.history("a")]
    assert ("a", "family_name", "O'Neill", "O’Neill") in changes
    assert ("a", "born", None, [2015, 3, 1]) in changes
    assert not {"surname", "dob", "feeding"} & {name for _, name, _, _ in changes}
    assert register.undo().changed == 1  # c has its name again
    assert register.get("c")["family_name"] == "Łukasz"
    register.undo()
    assert not register.get("b")[ARCHIVED]
    register.undo()
    assert register.get("a")["family_name"] == "O'Neill"
    register.redo()
    assert register.get("a")["family_name"] == "O’Neill"
    register.close()


def contested(tmp_path, keys=None):
    """Two copies of the first version that changed one field apart, and one that joined them."""
    first = Register(Store.create(tmp_path / "first", keys=keys), "me")
    edit(first.store, "a", surname="O'Neill", dob=BORN)
    export_bundle(first, tmp_path / "start")
    second = Register(Store.create(tmp_path / "second", register=first.register_id), "she")
    second.merged(read_bundle(tmp_path / "start", keys).commits, "Join")
    edit(first.store, "a", surname="Nwosu")
    edit(second.store, "a", surname="Łukasz", dob="2015-04-02")
    export_bundle(second, tmp_path / "bundle")
    second.close()
    return first


def test_a_conflict_that_was_open_is_open_under_its_new_name_and_can_be_settled(tmp_path, keys):
    first = contested(tmp_path, keys)
    apply_merge(first, plan_merge(first, read_bundle(tmp_path / "bundle")))
    first.close()
    register = Register(Store.open(tmp_path / "first", keys=keys, models=SECOND), "me")
    (conflict,) = register.conflicts()
    assert conflict.field == "family_name"
    assert {each.value for each in conflict.values} == {"Nwosu", "Łukasz"}
    edit(register.store, "a", family_name="Łukasz")
    assert not register.conflicts()
    assert register.get("a")["dob"] == "2015-04-02"
    register.close()
    assert not Register(Store.open(tmp_path / "first", keys=keys, models=THIRD)).conflicts()


def test_a_bundle_of_an_older_version_is_merged_as_one_of_this(tmp_path):
    contested(tmp_path).close()
    register = Register(Store.open(tmp_path / "first", models=THIRD), "me")
    plan = plan_merge(register, read_bundle(tmp_path / "bundle", schema=3))
    assert plan.conflicts == 1
    assert any("family_name" in each for each in plan.details)
    apply_merge(register, plan)
    (conflict,) = register.conflicts()
    assert conflict.field == "family_name"
    assert register.get("a")["born"] == [2015, 4, 2]
    export_bundle(register, tmp_path / "onwards")
    register.close()
    kept = shown(Store.open(tmp_path / "first", models=THIRD))
    third = Store.create(tmp_path / "third", register=register.register_id, models=THIRD)
    Register(third, "he").merged(read_bundle(tmp_path / "onwards", schema=3).commits, "Join")
    assert shown(third) == kept, "each operation is of the version that made it"


def test_a_bundle_of_a_newer_version_is_refused_by_name(tmp_path):
    register = Register(filled(tmp_path / "r", models=SECOND), "me")
    export_bundle(register, tmp_path / "bundle")
    assert read_bundle(tmp_path / "bundle", schema=2)
    with pytest.raises(Unreadable, match="newer version"):
        read_bundle(tmp_path / "bundle")


def test_a_register_of_a_newer_version_is_read_and_not_written_to(tmp_path, keys):
    filled(tmp_path / "r", keys, SECOND).close()
    before = {path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()}
    store = Store.open(tmp_path / "r", keys=keys)
    (sentence,) = store.warnings
    assert "newer version" in sentence
    assert store.state.live["pupils"]["a"]["surname"] == "O’Neill"
    with pytest.raises(ReadOnly, match="Install that version"):
        edit(store, "a", surname="Lost")
    store.close()
    assert {path: path.read_bytes() for path in before} == before


def test_a_window_of_this_version_only_reads_once_a_newer_one_has_written(tmp_path):
    old = filled(tmp_path / "r")
    new = Store.open(tmp_path / "r", models=SECOND)
    edit(new, "a", family_name="Nwosu")
    old.fold()
    assert old.read_only
    assert old.state.live["pupils"]["a"]["family_name"] == "Nwosu"
    old.close()
    new.close()
    assert Store.open(tmp_path / "r", models=SECOND).state.live["pupils"]["a"] == {
        "family_name": "Nwosu", "dob": BORN, "feeding": "x", "unknown": [1],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_folding_what_was_changed_over_is_changing_over_what_was_folded(tmp_path, seed):
    """Whatever was done in the old version, whether a snapshot or the journal tells it."""
    chance = random.Random(seed)
    store = Store.create(tmp_path / "r")
    for _ in range(150):
        record = chance.choice("abcd")
        live = store.state.live.get("pupils", {})
        known = record in live or record in store.state.archived.get("pupils", {})
        kind = chance.choice(("set", "set", "drop", "archive", "restore", "close"))
        names = chance.sample(("surname", "dob", "feeding", "other"), 2)
        if kind == "close":
            store.close()
        elif kind == "set" or not known:
            edit(
                store, record, **{name: chance.choice((BORN, "2016-01-02", None)) for name in names}
            )
        elif kind == "drop":
            store.write("Edit", "me", [Change("pupils", record, {}, set(names))])
        else:
            edit(store, record, archived=kind == "archive")
    edit(store, "a", archived=False)
    store.close()
    from_snapshot = shown(Store.open(tmp_path / "r", models=THIRD))
    for name in ("register.json", "register.json.bak"):
        (tmp_path / "r" / name).write_bytes(b"damaged")
    from_journal = shown(Store.open(tmp_path / "r", models=THIRD))
    assert from_snapshot == from_journal
    assert from_snapshot["live"]["pupils"]
    assert list((tmp_path / "r" / HISTORY).iterdir())


def test_an_operation_keeps_its_name_and_what_it_saw_of_the_whole_record():
    operation = {
        "h": "x", "table": "pupils", "record": "a", "o": {"surname": ["1"], WHOLE_RECORD: ["1"]},
        "c": {"surname": "c", ARCHIVED: "d"}, "s": {"surname": "s", ARCHIVED: "t"},
        "v": {"surname": "O'Neill", ARCHIVED: True}, "d": ["dob", "feeding"],
    }  # fmt: skip
    assert THIRD.operation(1, operation) == {
        "h": "x", "table": "pupils", "record": "a",
        "o": {"family_name": ["1"], WHOLE_RECORD: ["1"]},
        "c": {"family_name": "c", ARCHIVED: "d"}, "s": {"family_name": "s", ARCHIVED: "t"},
        "v": {"family_name": "O'Neill", ARCHIVED: True}, "d": ["born"],
    }  # fmt: skip
    erased = operation | {"v": {}, "s": {}}
    assert THIRD.operation(1, erased)["c"] == {"family_name": "c", ARCHIVED: "d"}
    assert THIRD.operation(3, operation) is operation
    assert THIRD.operation(1, operation | {"table": "notes"})["c"] == operation["c"]


# What this version does not know survives


def test_unknown_tables_and_fields_survive_everything(tmp_path, keys):
    start = Register.create(tmp_path / "start", "St Bede")
    with start.commit("Add") as c:
        pupil = c.add("pupils", {"surname": "O'Neill", "forename": "Sam"})
    unknown = {"later": {"a": [1, None, "x"]}, "flag": True}
    start.store.write("Edit", "me", [Change("pupils", pupil, dict(unknown))])
    start.store.write("Edit", "me", [Change("later_table", "z", dict(unknown))])
    with start.commit("Change") as c:
        c.set(pupil, surname="Nwosu")
    start.undo()
    start.redo()
    with start.commit("Put away") as c:
        c.archive(pupil)
        c.restore(pupil)
    start.close()
    start = Register.open(tmp_path / "start")
    start.undo()
    with start.commit("Change") as c:
        c.set(pupil, forename="小明")
    export_bundle(start, tmp_path / "bundle")
    bundle = read_bundle(tmp_path / "bundle")
    copy = Register(Store.create(tmp_path / "copy", register=start.register_id), "she")
    copy.merged(bundle.commits, "Join")
    with copy.commit("Change") as c:
        c.set(pupil, upn="A123456789012")
    copy.close()
    copy = Register.open(tmp_path / "copy")
    export_bundle(copy, tmp_path / "back")
    apply_merge(start, plan_merge(start, read_bundle(tmp_path / "back")))
    start.close()
    start = Register.open(tmp_path / "start")
    for register in (start, copy):
        row = register.get(pupil)
        assert row["forename"] == "小明"
        assert row["upn"] == "A123456789012"
        for each in (row, register.get("z")):
            assert {name: each[name] for name in unknown} == unknown
        assert any(each.field == "later" for each in register.history(pupil))


def test_entries_of_the_snapshot_that_are_not_known_survive(tmp_path):
    store = filled(tmp_path / "r")
    store.meta.other["later"] = {"a": 1}
    store.close()
    again = Store.open(tmp_path / "r")
    edit(again, "a", surname="Nwosu")
    again.close()
    assert Store.open(tmp_path / "r").meta.other == {"later": {"a": 1}}
    assert Files().size(tmp_path / "r" / "register.json.bak")
