"""What TinyDB does, register tables do: every way of asking and changing, beside stock TinyDB.

Ids are strings here and a removed record is put away, so that what rests on integer ids or on
a file of TinyDB's own has no place in this list.
"""

import re

import pytest
from tinydb import Query, TinyDB, where
from tinydb import operations as op
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from senreg.store.folder import Store
from senreg.store.tables import RegisterDB

START = {
    "a": {"n": 1, "surname": "O'Neill", "tags": ["x", "y"], "at": {"room": "hall", "day": 1}},
    "b": {"n": 1, "surname": "小明", "tags": [], "at": {"room": "gym"}},
    "c": {"n": 1, "surname": "[/b]", "class": "4B"},
    "d": {"n": 3, "surname": "", "none": None},
}
Q = Query()


class StringIds(Table):
    document_id_class = str


class Stock(TinyDB):
    table_class = StringIds


def double(document):
    document["n"] *= 2
    document["new"] = True


def is_one(value, wanted=1):
    return value == wanted


ASKS = {
    "all": lambda t: t.all(),
    "iterate": list,
    "length": len,
    "name": lambda t: t.name,
    "search": lambda t: t.search(Q.n == 1),
    "search and": lambda t: t.search((Q.n == 1) & (Q.surname == "小明")),
    "search or": lambda t: t.search((Q.n == 3) | (Q.surname == "小明")),
    "search not": lambda t: t.search(~(Q.n == 1)),
    "search where": lambda t: t.search(where("n") > 1),
    "search path": lambda t: t.search(Q.at.room == "hall"),
    "search path exists": lambda t: t.search(Q.at.day.exists()),
    "search item": lambda t: t.search(Q["class"] == "4B"),
    "search none": lambda t: t.search(Q.none == None),  # noqa: E711
    "search matches": lambda t: t.search(Q.surname.matches("o'", flags=re.IGNORECASE)),
    "search part": lambda t: t.search(Q.surname.search("b")),
    "search test": lambda t: t.search(Q.n.test(is_one)),
    "search any": lambda t: t.search(Q.tags.any(["x"])),
    "search all": lambda t: t.search(Q.tags.all(["x", "y"])),
    "search one of": lambda t: t.search(Q.n.one_of([2, 3])),
    "search fragment": lambda t: t.search(Q.fragment({"n": 1, "class": "4B"})),
    "search noop": lambda t: t.search(Q.noop()),
    "search map": lambda t: t.search(Q.surname.map(len) == 2),
    "search lambda": lambda t: t.search(lambda document: document["n"] == 3),
    "search nothing": lambda t: t.search(Q.absent == 1),
    "search twice": lambda t: (t.search(Q.n == 1), t.update({"n": 2}), t.search(Q.n == 1)),
    "get": lambda t: t.get(Q.n == 3),
    "get none": lambda t: t.get(Q.n == 9),
    "get id": lambda t: t.get(doc_id="b"),
    "get id that is not there": lambda t: t.get(doc_id="zz"),
    "get ids": lambda t: sorted(t.get(doc_ids=["a", "c", "zz"]), key=lambda each: each["surname"]),
    "get with nothing": lambda t: t.get(),
    "doc id": lambda t: t.get(Q.surname == "小明").doc_id,
    "count": lambda t: t.count(Q.n == 1),
    "contains": lambda t: (t.contains(Q.n == 1), t.contains(Q.n == 9)),
    "contains id": lambda t: (t.contains(doc_id="a"), t.contains(doc_id="zz")),
    "contains with nothing": lambda t: t.contains(),
    "insert with id": lambda t: t.insert(Document({"n": 7}, "e")),
    "insert an id twice": lambda t: t.insert(Document({"n": 7}, "a")),
    "insert many with ids": lambda t: t.insert_multiple(
        [Document({"n": 7}, "e"), Document({"n": 8}, "f")]
    ),
    "insert many, one id twice": lambda t: t.insert_multiple(
        [Document({"n": 7}, "e"), Document({"n": 8}, "a")]
    ),
    "insert a list": lambda t: t.insert([1, 2]),
    "insert many from one": lambda t: t.insert_multiple({"n": 1}),
    "insert empty": lambda t: t.insert(Document({}, "e")),
    "update all": lambda t: sorted(t.update({"n": 2, "new": [1]})),
    "update where": lambda t: sorted(t.update({"n": 2}, Q.n == 1)),
    "update nested": lambda t: t.update({"at": {"room": "library"}}, Q.at.room == "gym"),
    "update nothing": lambda t: t.update({"n": 2}, Q.n == 9),
    "update ids": lambda t: t.update({"n": 2}, doc_ids=["a", "c"]),
    "update an id that is not there": lambda t: t.update({"n": 2}, doc_ids=["zz"]),
    "update by function": lambda t: sorted(t.update(double, Q.n == 1)),
    "update many": lambda t: t.update_multiple([({"n": 2}, Q.n == 3), (double, Q.n == 1)]),
    "delete a field": lambda t: sorted(t.update(op.delete("surname"), Q.n == 1)),
    "delete a field that is not there": lambda t: t.update(op.delete("absent"), Q.n == 1),
    "add": lambda t: t.update(op.add("n", 5), Q.n == 1),
    "add text": lambda t: t.update(op.add("surname", "-x"), Q.n == 3),
    "subtract": lambda t: t.update(op.subtract("n", 5), Q.n == 1),
    "set": lambda t: t.update(op.set("n", "x"), Q.n == 1),
    "increment": lambda t: t.update(op.increment("n"), Q.n == 1),
    "decrement": lambda t: t.update(op.decrement("n"), Q.n == 1),
    "upsert that is there": lambda t: sorted(t.upsert({"n": 9}, Q.n == 1)),
    "upsert by id": lambda t: t.upsert(Document({"n": 9}, "a")),
    "upsert by an id that is new": lambda t: t.upsert(Document({"n": 9}, "e")),
    "upsert with nothing": lambda t: t.upsert({"n": 9}),
    "remove": lambda t: sorted(t.remove(Q.n == 1)),
    "remove nothing": lambda t: t.remove(Q.n == 9),
    "remove ids": lambda t: t.remove(doc_ids=["a", "c"]),
    "remove an id that is not there": lambda t: t.remove(doc_ids=["zz"]),
    "remove with nothing": lambda t: t.remove(),
    "remove and insert again": lambda t: (
        t.remove(doc_ids=["a"]),
        t.insert(Document({"n": 4}, "a")),
    ),
    "truncate": lambda t: t.truncate(),
}


@pytest.fixture
def tables(tmp_path):
    """The same records in a register and in stock TinyDB."""
    store = Store.create(tmp_path / "r")
    ours = RegisterDB(store.state, lambda changes: store.write("Edit", "me", changes))
    found = ours.table("pupils"), Stock(storage=MemoryStorage).table("pupils")
    for table in found:
        table.insert_multiple([Document(document, each) for each, document in START.items()])
    return *found, tmp_path / "r"


def answer(ask, table):
    """What it gives, or which exception, and what the table holds then."""
    try:
        given = ask(table)
    except Exception as raised:
        given = type(raised)
    return given, {each.doc_id: dict(each) for each in table.all()}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_register_answers_as_tinydb_does(tables, ask):
    ours, stock, folder = tables
    given, after = answer(ask, ours)
    assert (given, after) == answer(ask, stock)
    stored = Store.open(folder, read_only=True).state.live.get("pupils", {})
    assert stored == after, "what is shown is what is kept"


def test_tables_are_named_listed_and_dropped_as_in_tinydb(tmp_path):
    store = Store.create(tmp_path / "r")
    ours = RegisterDB(store.state, lambda changes: store.write("Edit", "me", changes))
    stock = Stock(storage=MemoryStorage)
    for db in (ours, stock):
        db.table("pupils").insert(Document({"n": 1}, "a"))
        db.table("staff").insert(Document({"n": 2}, "b"))
    assert ours.tables() == stock.tables() == {"pupils", "staff"}
    for db in (ours, stock):
        db.drop_table("pupils")
    assert ours.tables() == stock.tables() == {"staff"}
    for db in (ours, stock):
        db.drop_tables()
    assert ours.tables() == stock.tables() == set()


def test_ids_are_given_and_never_twice(tables):
    ours, _, _ = tables
    given = [ours.insert({"n": 1}) for _ in range(50)]
    ours.remove(doc_ids=given[-10:])
    given += ours.insert_multiple({"n": n} for n in range(50))
    assert len(set(given)) == 100
    assert all(isinstance(each, str) for each in given)
