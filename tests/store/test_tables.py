"""TinyDB over a register agrees with a dict and with stock TinyDB, whatever is asked of it."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tinydb import Query, TinyDB
from tinydb.operations import delete
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from senreg.store.folder import Store
from senreg.store.tables import RegisterDB

NAMES = st.sampled_from(["surname", "class_name", "n"])
VALUES = st.none() | st.integers(0, 3) | st.sampled_from(["O'Neill", "小明", "[/b]", "=1+1"])
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=3)


class StringIds(Table):
    document_id_class = str


class Stock(TinyDB):
    table_class = StringIds


class Agreement(RuleBasedStateMachine):
    ids = Bundle("ids")

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name) / "r"
        self.store = Store.create(self.folder)
        self.stock = Stock(storage=MemoryStorage)
        self.reopen()

    def reopen(self):
        self.store.close()
        self.store = Store.open(self.folder)
        self.ours = RegisterDB(
            self.store.state, lambda changes: self.store.write("Edit", "me", changes)
        )

    def both(self, ask):
        return ask(self.ours.table("pupils")), ask(self.stock.table("pupils"))

    @rule(target=ids, document=DOCUMENTS)
    def insert(self, document):
        record = self.ours.table("pupils").insert(document)
        self.stock.table("pupils").insert(Document(document, record))
        return record

    @rule(record=ids, document=DOCUMENTS)
    def upsert_by_id(self, record, document):
        self.both(lambda table: table.upsert(Document(document, record)))

    @rule(name=NAMES, value=VALUES, document=DOCUMENTS)
    def update_where(self, name, value, document):
        ours, stock = self.both(lambda table: table.update(document, Query()[name] == value))
        assert sorted(ours) == sorted(stock)

    @rule(name=NAMES, gone=NAMES)
    def take_a_field_away(self, name, gone):
        def ask(table):
            return table.update(delete(gone), Query()[name].exists() & Query()[gone].exists())

        ours, stock = self.both(ask)
        assert sorted(ours) == sorted(stock)

    @rule(value=VALUES)
    def remove_where(self, value):
        ours, stock = self.both(lambda table: table.remove(Query().n == value))
        assert sorted(ours) == sorted(stock)

    @rule(record=ids)
    def remove_by_id(self, record):
        ours, stock = self.both(lambda table: table.remove(doc_ids=[record]))
        assert ours == stock

    @rule(record=ids)
    def get(self, record):
        ours, stock = self.both(lambda table: table.get(doc_id=record))
        assert ours == stock

    @rule()
    def truncate(self):
        self.both(lambda table: table.truncate())

    @rule()
    def close_and_open(self):
        self.reopen()

    @invariant()
    def the_same_is_found(self):
        ours, stock = self.both(lambda table: {each.doc_id: {**each} for each in table.all()})
        assert ours == stock
        assert len(self.ours.table("pupils")) == len(self.stock.table("pupils"))

    def teardown(self):
        self.home.cleanup()


TestAgreement = Agreement.TestCase
TestAgreement.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


@pytest.fixture
def db(tmp_path):
    store = Store.create(tmp_path / "r")
    return RegisterDB(store.state, lambda changes: store.write("Edit", "me", changes))


def test_an_exception_half_way_changes_nothing(db):
    table = db.table("pupils")
    table.insert_multiple([{"n": 1}, {"n": 2}])

    def fail_on_second(document):
        if document["n"] == 2:
            raise RuntimeError
        document["n"] = 10

    with pytest.raises(RuntimeError):
        table.update(fail_on_second)
    assert sorted(each["n"] for each in table) == [1, 2]


def test_changing_a_result_changes_no_record(db):
    record = db.table("groups").insert({"staff": ["a"]})
    found = db.table("groups").get(doc_id=record)
    found["staff"].append("b")
    found["place"] = "hall"
    assert dict(db.table("groups").get(doc_id=record)) == {"staff": ["a"]}


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()])
def test_what_is_no_json_is_refused_before_anything_changes(db, value):
    db.table("pupils").insert({"n": 1})
    with pytest.raises((TypeError, ValueError)):
        db.table("pupils").insert({"n": value})
    assert [dict(each) for each in db.table("pupils")] == [{"n": 1}]


def test_true_and_one_are_two_values(db):
    table = db.table("pupils")
    record = table.insert({"n": True})
    table.update({"n": 1}, doc_ids=[record])
    assert table.get(doc_id=record)["n"] is not True
    table.update({"n": True}, doc_ids=[record])
    assert table.get(doc_id=record)["n"] is True
