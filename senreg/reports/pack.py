"""One child's whole file, to hand out: to who asks what is kept, or to the next school.

It holds every record, its history with who changed it and when, and the index of documents. An
entry that was left out is said by its kind and the ground, never by what it held.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from senreg import clock
from senreg.errors import NoSuchRecord, WrongUsage
from senreg.models.tables import TABLES, complete, fields_of
from senreg.models.text import clean, clean_line
from senreg.register import Register, Row
from senreg.rules.belonging import owned_by
from senreg.rules.dates import short_day
from senreg.rules.naming import describe_record, pupil_name, staff_named
from senreg.rules.nouns import NOUNS
from senreg.rules.third_parties import GROUNDS, Names, grounds_of
from senreg.rules.values import in_words

if TYPE_CHECKING:
    from senreg.register import FieldChange

Purpose = Literal["subject_access", "transfer"]

TITLES: dict[Purpose, str] = {
    "subject_access": "What is kept about",
    "transfer": "SEN file of",
}

_LEFT_OUT = "(left out)"
_DAYS = ("happened_on", "dated", "date", "held_on", "planned_for", "set_on", "start", "issued_on")


@dataclass(frozen=True, slots=True)
class Line:
    """A field of an entry as people read it, and the ids it refers to."""

    title: str
    words: str
    refers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry: when and by whom, what from and to, and the ids it refers to."""

    at: str
    by: str
    title: str
    old: str
    new: str
    refers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file.

    Args:
        row: The record.
        title: What it is, in a line.
        kind: What a record of its table is called.
        day: The ISO day it is about; empty where it has none.
        lines: Its fields that hold something.
        history: Its changes, oldest first.
        grounds: Why it should be looked at before it goes out: codes of `GROUNDS`.
    """

    row: Row
    title: str
    kind: str
    day: str
    lines: tuple[Line, ...]
    history: tuple[Change, ...]
    grounds: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.row.id

    @property
    def why(self) -> str:
        """The grounds in words: 'it names another child; it is marked confidential'."""
        return "; ".join(GROUNDS[each] for each in self.grounds)


@dataclass(frozen=True, slots=True)
class Pack:
    """A file before or after it was decided what is left out.

    Args:
        purpose: What it is made for.
        register: Where it comes from.
        pupil: The child.
        entries: What is in it: the child's own record first, then by kind and day.
        left_out: What is not.
        made_on: The day it was made.
    """

    purpose: Purpose
    register: Register
    pupil: Row
    entries: tuple[Entry, ...]
    left_out: tuple[Entry, ...]
    made_on: date

    def without(self, ids: Collection[str]) -> Pack:
        """The pack with these entries left out, those that belong to them, and no others.

        Raises WrongUsage for an id that is none of its entries, and for the child's own record.
        """
        known = {each.id: each for each in (*self.entries, *self.left_out)}
        if self.pupil.id in ids or not set(ids) <= set(known):
            raise WrongUsage(
                "What belongs to the child can be left out, but not who the child is.",
                do="Leave out others of those listed.",
            )
        rows = [each.row for each in known.values()]
        gone = {*ids, *(row.id for each in ids for row in owned_by(rows, each))}
        whole = sorted(known.values(), key=_order)
        return replace(
            self,
            entries=tuple(each for each in whole if each.id not in gone),
            left_out=tuple(each for each in whole if each.id in gone),
        )

    def with_again(self, ids: Collection[str]) -> Pack:
        """The pack with these entries in it again, what is theirs, and what they belong to."""
        back = set(ids)
        for each in self.left_out:
            own = {entry.id for entry in self.without({each.id}).left_out}
            if own & set(ids):
                back.add(each.id)
            if each.id in ids:
                back |= own
        return self.without({each.id for each in self.left_out} - back)

    def lines(self, entry: Entry) -> list[Line]:
        """The fields of an entry, without words of what was left out."""
        gone = {each.id for each in self.left_out}
        return [
            replace(each, words=_LEFT_OUT) if each.refers & gone else each for each in entry.lines
        ]

    def history(self, entry: Entry) -> list[Change]:
        """The changes of an entry, without words of what was left out."""
        gone = {each.id for each in self.left_out}
        return [
            replace(each, old=_LEFT_OUT, new=_LEFT_OUT) if each.refers & gone else each
            for each in entry.history
        ]


def make_pack(register: Register, pupil: str, purpose: Purpose, today: date) -> Pack:
    """Everything that is kept about a child; it reads the whole journal.

    Raises NoSuchRecord where there is no pupil of that id.
    """
    row = register.get(pupil)
    if row is None or row.table != "pupils":
        raise NoSuchRecord("There is no pupil of that id.", "Nothing was made.")
    everything = list(register.everything())
    rows = [row, *owned_by(everything, pupil)]
    past: dict[str, list[FieldChange]] = {}
    for change in register.history(pupil, children=True):
        past.setdefault(change.record, []).append(change)
    names = Names((each for each in everything if each.table == "pupils"), pupil)
    entries = [_entry(register, each, past.get(each.id, []), names) for each in rows]
    entries.sort(key=_order)
    return Pack(purpose, register, row, tuple(entries), (), today)


def title_of(pack: Pack) -> str:
    """What the pack is called: 'What is kept about Sam O'Neil'."""
    return f"{TITLES[pack.purpose]} {pupil_name(pack.pupil)}"


def as_json(pack: Pack) -> str:
    """The pack as one JSON document, for a program or another school's register."""
    records: dict[str, list[dict[str, Any]]] = {}
    for each in pack.entries:
        stored = each.row.stored()
        whole = complete(each.row.table, each.id, stored) if each.row.table in TABLES else stored
        records.setdefault(each.row.table, []).append(whole)
    document = {
        "senreg": "pupil-pack",
        "format": 1,
        "purpose": pack.purpose,
        "made_on": pack.made_on.isoformat(),
        "school": pack.register.school["name"],
        "invented": pack.register.invented,
        "pupil": pack.pupil.id,
        "records": records,
        "people": _people(pack),
        "history": [
            {"record": each.id, "at": change.at, "by": change.by, "field": change.title,
             "old": change.old, "new": change.new}
            for each in pack.entries
            for change in pack.history(each)
        ],
        "left_out": [
            {"kind": each.kind, "ground": list(each.grounds) or ["school"]}
            for each in pack.left_out
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_html(pack: Pack) -> str:
    """The pack as a page to read and print; for another school it begins with the child."""
    from senreg.reports.document.page import drawer
    from senreg.reports.pack_paper import first_parts
    from senreg.reports.pages import rendered

    sections: dict[str, list[Entry]] = {}
    for each in pack.entries:
        sections.setdefault(kind_title(each.row.table), []).append(each)
    return rendered(
        "pack.html",
        {
            "title": title_of(pack),
            "school": clean_line(str(pack.register.school["name"] or "")),
            "invented": pack.register.invented,
            "made_on": short_day(pack.made_on),
            "pack": pack,
            "sections": sections,
            "left_out": [f"One {each.kind}: {ground_words(each)}." for each in pack.left_out],
            "first": tuple(first_parts(pack)) if pack.purpose == "transfer" else (),
            "drawn": drawer(),
            "history": any(each.history for each in pack.entries),
        },
    )


def to_look_at(pack: Pack) -> list[Entry]:
    """The entries that are in the pack and that a person should have decided on."""
    return [each for each in pack.entries if each.grounds]


def _entry(register: Register, row: Row, past: Iterable[FieldChange], names: Names) -> Entry:
    table = row.table
    fields = {field.name: field for field in fields_of(table)} if table in TABLES else {}

    def words(name: str, value: object) -> str:
        return clean(in_words(register, fields[name], value) if name in fields else _plain(value))

    def title(name: str) -> str:
        return fields[name].title if name in fields else name.replace("_", " ").capitalize()

    stored = row.stored()
    lines = [
        Line(title(name), words(name, value), _ids(value))
        for name, value in stored.items()
        if name != "archived" and words(name, value) and not (name == "pupil" and table != "pupils")
    ]
    if row.archived:
        lines.append(Line("Archived", "Yes"))
    changes, earlier = [], []
    for each in past:
        by = clean_line(staff_named(each.by, register.get))
        said = (title(each.field), words(each.field, each.old), words(each.field, each.new))
        changes.append(Change(clock.shown(each.at), by, *said, _ids(each.old) | _ids(each.new)))
        earlier += [{each.field: each.old}, {each.field: each.new}]
    return Entry(
        row=row,
        title=clean_line(describe_record(row, register.get)),
        kind=NOUNS.get(table, (table.replace("_", " "),))[0],
        day=next((str(stored[name]) for name in _DAYS if stored.get(name)), ""),
        lines=tuple(lines),
        history=tuple(changes),
        grounds=tuple(grounds_of(table, [stored, *earlier], names)),
    )


def _ids(value: object) -> frozenset[str]:
    items = value if isinstance(value, list) else [value]
    return frozenset(each for each in items if isinstance(each, str))


def _order(entry: Entry) -> tuple[int, str, str]:
    tables = ["pupils", *NOUNS]
    table = entry.row.table
    return (tables.index(table) if table in tables else len(tables), entry.day, entry.id)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


def _people(pack: Pack) -> Mapping[str, str]:
    """The names behind the ids of staff and groups that the records refer to."""
    found: dict[str, str] = {}
    for each in pack.entries:
        for value in each.row.stored().values():
            for item in value if isinstance(value, list) else [value]:
                row = pack.register.get(item) if isinstance(item, str) else None
                if row is not None and row.table in ("staff", "groups", "interventions"):
                    found[row.id] = clean_line(describe_record(row, pack.register.get))
    return found


def kind_title(table: str) -> str:
    """What the entries of a table stand under."""
    words = NOUNS[table][1] if table in NOUNS else table.replace("_", " ")
    return "The child" if table == "pupils" else words.capitalize()


def ground_words(entry: Entry) -> str:
    """Why an entry was left out, in words."""
    return entry.why or "left out by the school"
