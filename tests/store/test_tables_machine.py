"""Random calls to the tables of a register agree with a dict, whatever stops between them.

An id names one record of the whole register, so that no two tables share one here.
"""

from copy import deepcopy

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import Query
from tinydb.operations import increment
from tinydb.table import Document

from senreg.store.tables import RegisterDB
from tests.store.crash.disk import Disk, DiskFiles
from tests.store.crash.forms import Plain, Sealed

TABLES = st.sampled_from(["pupils", "staff"])
IDS = st.sampled_from(["a", "b", "c", "d", "e"])


def of(table, record):
    """The id of a table's record."""
    return f"{table[0]}-{record}"


NAMES = st.sampled_from(["surname", "n", "tags"])
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["O'Neill", "小明", "[/b]", "=1+1", ""])
    | st.lists(st.integers(0, 2), max_size=2)
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=3)


class Calls(RuleBasedStateMachine):
    form = Plain()

    def __init__(self):
        super().__init__()
        self.disk = Disk()
        self.store = self.form.create(DiskFiles(self.disk))
        self.model = {"pupils": {}, "staff": {}}
        self.look()

    def look(self):
        self.db = RegisterDB(
            self.store.state, lambda changes: self.store.write("Edit", "me", changes)
        )

    @rule(table=TABLES, record=IDS, document=DOCUMENTS)
    def insert(self, table, record, document):
        record = of(table, record)
        rows = self.model[table]
        if record in rows:
            with pytest.raises(ValueError, match="already exists"):
                self.db.table(table).insert(Document(document, record))
        else:
            self.db.table(table).insert(Document(document, record))
            rows[record] = deepcopy(document)

    @rule(table=TABLES, documents=st.dictionaries(IDS, DOCUMENTS, max_size=3))
    def insert_multiple(self, table, documents):
        rows = self.model[table]
        named = {of(table, each): row for each, row in documents.items()}
        fresh = {each: row for each, row in named.items() if each not in rows}
        self.db.table(table).insert_multiple(Document(row, each) for each, row in fresh.items())
        rows.update(deepcopy(fresh))

    @rule(table=TABLES, record=IDS, document=DOCUMENTS)
    def upsert(self, table, record, document):
        record = of(table, record)
        self.db.table(table).upsert(Document(document, record))
        self.model[table].setdefault(record, {}).update(deepcopy(document))

    @rule(table=TABLES, name=NAMES, value=VALUES, document=DOCUMENTS)
    def update(self, table, name, value, document):
        changed = self.db.table(table).update(document, Query()[name] == value)
        hit = self.matching(table, name, value)
        assert sorted(changed) == sorted(hit)
        for each in hit:
            self.model[table][each].update(deepcopy(document))

    @rule(table=TABLES)
    def count_up(self, table):
        def is_number(value):
            return isinstance(value, int) and not isinstance(value, bool)

        self.db.table(table).update(increment("n"), Query().n.test(is_number))
        for row in self.model[table].values():
            if is_number(row.get("n")):
                row["n"] += 1

    @rule(table=TABLES, name=NAMES, value=VALUES)
    def remove(self, table, name, value):
        gone = self.db.table(table).remove(Query()[name] == value)
        hit = self.matching(table, name, value)
        assert sorted(gone) == sorted(hit)
        for each in hit:
            del self.model[table][each]

    @rule(table=TABLES, record=IDS)
    def get(self, table, record):
        record = of(table, record)
        found = self.db.table(table).get(doc_id=record)
        assert found == self.model[table].get(record)

    @rule(table=TABLES, name=NAMES, value=VALUES)
    def ask(self, table, name, value):
        hit = self.matching(table, name, value)
        found = self.db.table(table).search(Query()[name] == value)
        assert sorted(each.doc_id for each in found) == sorted(hit)
        assert self.db.table(table).count(Query()[name] == value) == len(hit)
        assert self.db.table(table).contains(Query()[name] == value) == bool(hit)

    @rule(table=TABLES)
    def drop_table(self, table):
        self.db.drop_table(table)
        self.model[table].clear()

    @rule()
    def close_and_open(self):
        self.store.close()
        self.killed()

    @rule()
    def killed(self):
        self.store = self.form.open(DiskFiles(self.disk))
        self.look()

    @rule()
    def snapshot(self):
        self.store.snapshot()

    @invariant()
    def the_same_is_there(self):
        for table, rows in self.model.items():
            assert {each.doc_id: dict(each) for each in self.db.table(table).all()} == rows
            assert len(self.db.table(table)) == len(rows)

    def matching(self, table, name, value):
        return [
            each for each, row in self.model[table].items() if name in row and row[name] == value
        ]


class SealedCalls(Calls):
    form = Sealed()


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestSealedCalls = SealedCalls.TestCase
TestSealedCalls.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
