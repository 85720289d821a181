"""The past of a register as people read it: one entry per field that a commit wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from senreg.store.journal import Commit, written_by


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


def field_changes(
    commits: Iterable[Commit], records: Collection[str] | None = None
) -> list[FieldChange]:
    """Every change these commits made, oldest first.

    Args:
        commits: All commits, oldest first; the old values are found among them.
        records: Only the changes of these records.
    """
    written: dict[tuple[str, str], tuple[int, Any]] = {}
    known: set[tuple[str, str]] = set()
    changes = []
    for commit in commits:
        for operation, name in written_by(commit):
            table, record, h = operation["table"], operation["record"], operation["h"]
            if records is not None and record not in records:
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
            changes.append(
                FieldChange(
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
            )
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
