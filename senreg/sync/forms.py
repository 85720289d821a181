"""Whether what arrives could have been written by senreg: its form, not what it says.

A bundle is a file from elsewhere. Every rule and screen relies on a date being text and a
list holding ids; a value of another form would be merged once and trip each of them ever
after. Tables and fields of a newer version, and codes nobody knows, are let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from senreg.errors import Unreadable
from senreg.models.kinds import kinds_of
from senreg.store.erasures import ERASURES
from senreg.store.journal import Commit
from senreg.store.operations import ARCHIVED, HEADER_KEYS
from senreg.store.pack_record import ASIDE, PACK_FIELDS, PACKS, is_pack_value

_LONGEST_NAME = 64
_END_OF_TIME = 253_370_764_800_000
"""Milliseconds since 1970 of the first day of the year 9999."""


def is_commit(commit: Mapping[str, Any]) -> bool:
    """Whether a commit has the keys of one, each of its kind; of its operations likewise."""
    if not all(_is_name(commit[key]) for key in HEADER_KEYS if key not in ("t", "n", "by")):
        return False
    if not (_is_whole(commit["t"]) and 0 <= commit["t"] < _END_OF_TIME):
        return False
    if not (_is_whole(commit["n"]) and isinstance(commit["by"], str)):
        return False
    if not all(isinstance(commit.get(key, ""), str) for key in ("label", "kind", "of")):
        return False
    if not (_is_whole(commit.get("schema", 1)) and commit.get("schema", 1) > 0):
        return False
    return all(_is_operation(each) for each in commit["ops"])


def _is_operation(operation: Mapping[str, Any]) -> bool:
    table, record = operation["table"], operation["record"]
    return (
        all(_is_name(each) for each in (operation["h"], table, record))
        and not table.startswith("_")
        and all(_is_name(name) and isinstance(c, str) for name, c in operation["c"].items())
        and all(_is_name(name) and _are_names(ids) for name, ids in operation["o"].items())
        and _are_names(operation.get("d") or [])
        and operation.get("new", True) is True
    )


def refuse_odd_values(commits: Iterable[Commit]) -> None:
    """Raise Unreadable where a field is given what its model can never hold."""
    forms: dict[str, dict[str, Callable[[Any], bool]]] = {}
    for commit in commits:
        for operation in commit["ops"]:
            table = operation["table"]
            known = forms.get(table)
            if known is None:
                known = forms[table] = _forms_of(table)
            for name, value in (operation.get("v") or {}).items():
                form = known.get(name)
                if form is not None and value is not None and not form(value):
                    raise Unreadable(
                        "That bundle holds something that senreg never writes.",
                        do="Ask who made it for a new one.",
                    )


def _forms_of(table: str) -> dict[str, Callable[[Any], bool]]:
    if table == ERASURES:
        return {"pupil": _is_name, "reason": _is_name, "records": _are_names}
    if table == ASIDE:
        return {"pupil": _is_name, "pack": _is_name, "by": _is_text, "commits": _is_text}
    if table == PACKS:
        return {name: partial(is_pack_value, name) for name in PACK_FIELDS}
    return {name: _FORMS[kind] for name, kind in kinds_of(table).items()} | {ARCHIVED: _is_flag}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(_is_name(each) for each in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_FORMS: dict[str, Callable[[Any], bool]] = {
    "line": _is_text,
    "text": _is_text,
    "choice": _is_text,
    "record": _is_text,
    "day": _is_day,
    "whole": _is_whole,
    "number": _is_number,
    "yes_no": _is_flag,
    "records": _are_names,
}
