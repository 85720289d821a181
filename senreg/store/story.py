"""The past of a register as people read it: one entry per field that a commit wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from senreg.store.erasures import ERASURES, erased_by, place_named
from senreg.store.journal import Commit, written_by
from senreg.store.pack_record import ASIDE, PACKS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, changed by one commit. `at` is in milliseconds since 1970."""

    at: int
    by: str
    copy: str
    table: str
    record: str
    field: str
    old: Any
    new: Any
    commit: str
    label: str
    kind: str
    created: bool
    """The commit that wrote it created the record."""


ERASED = "erased"
"""The field by which the past of an erased record says that it was erased; its value is why."""


def field_changes(
    commits: Iterable[Commit],
    records: Collection[str] | None = None,
    *,
    erased: Collection[str] = (),
) -> list[FieldChange]:
    """Every change these commits made, oldest first.

    Of an erased record nothing is told but that: once for each that is asked for, else once for
    the pupil. Of a staff pack its last day is told, and never its key.

    Args:
        commits: All commits, oldest first; the old values are found among them.
        records: Only the changes of these records.
        erased: The records that were erased, as `table/record`.
    """
    written: dict[tuple[str, str], tuple[int, Any]] = {}
    known: set[tuple[str, str]] = set()
    changes: list[FieldChange] = []
    for commit in commits:
        changes += _erasings(commit, records)
        for operation, name in written_by(commit):
            table, record, h = operation["table"], operation["record"], operation["h"]
            if table == ERASURES or (records is not None and record not in records):
                continue
            if table == ASIDE or (table == PACKS and name not in ("until", "withdrawn")):
                continue
            if erased and place_named(table, record) in erased:
                continue
            new = (operation.get("v") or {}).get(name)
            if (h, name) in written:
                continue
            written[(h, name)] = (commit["t"], new)
            replaced = [
                written[(each, name)]
                for each in operation["o"].get(name, ())
                if (each, name) in written
            ]
            old = max(replaced, key=lambda each: each[0])[1] if replaced else None
            created = (table, record) not in known
            changes.append(_change(commit, table, record, name, old=old, new=new, created=created))
        known.update((each["table"], each["record"]) for each in commit["ops"])
    return changes


def origins(changes: Iterable[FieldChange]) -> dict[tuple[str, str], FieldChange]:
    """By record and field, the change that gave the last value, undo and redo looked through.

    Args:
        changes: Oldest first.
    """
    given: dict[tuple[str, str, str], FieldChange] = {}
    last: dict[tuple[str, str], FieldChange] = {}
    for each in changes:
        value = (each.record, each.field, repr(each.new))
        if each.kind not in ("undo", "redo") or value not in given:
            given[value] = each
        last[each.record, each.field] = given[value]
    return last


def _change(
    commit: Commit, table: str, record: str, name: str, *, old: Any, new: Any, created: bool
) -> FieldChange:
    return FieldChange(
        at=commit["t"],
        by=commit["by"],
        copy=commit["copy"],
        table=table,
        record=record,
        field=name,
        old=old,
        new=new,
        commit=commit["tx"],
        label=commit.get("label", ""),
        kind=commit.get("kind", "edit"),
        created=created,
    )


def _erasings(commit: Commit, records: Collection[str] | None) -> Iterable[FieldChange]:
    for operation in commit["ops"]:
        if operation["table"] != ERASURES:
            continue
        values = operation.get("v") or {}
        places = [each.partition("/") for each in erased_by(values)]
        if records is None:
            asked = [("pupils", str(values.get("pupil")))]
        else:
            asked = [(table, record) for table, _, record in places if record in records]
        for table, record in asked:
            why = values.get("reason")
            yield _change(commit, table, record, ERASED, old=None, new=why, created=False)
