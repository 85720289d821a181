"""What the records that a file brings with a pupil would change: added, or brought up to date.

A record is known again by what does not change about it: a contact by the name, a need by its
code, a stretch of time by its first day. What the register has and the file lacks stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from senreg.exchange.belongings import Belonging
from senreg.exchange.field_change import FieldChange
from senreg.models.days import short_day
from senreg.models.text import folded
from senreg.rules.proposal import Proposal, Set
from senreg.rules.reading import Row
from senreg.rules.status import status_look

TITLES: dict[str, str] = {
    "sen_statuses": "SEN status before",
    "needs": "Need before",
    "fsm_periods": "Free school meals",
    "contacts": "Contact",
    "attendance": "Attendance",
}

_UPDATED: dict[str, tuple[str, ...]] = {
    "sen_statuses": (),
    "needs": ("rank", "start", "end"),
    "fsm_periods": ("end",),
    "contacts": ("relationship", "phone", "email", "priority", "parental_responsibility"),
    "attendance": ("end", "possible", "authorised", "unauthorised"),
}
"""By table, what is brought up to date in a record that is known."""

_ALONE = frozenset({"sen_statuses", "attendance"})
"""Tables of whose records only one may hold on any day."""


def added(belongings: Sequence[Belonging]) -> list[FieldChange]:
    """The changes of a pupil who is new: all of it is added."""
    return [_addition(each, number) for number, each in _numbered(belongings)]


def compared(
    belongings: Sequence[Belonging],
    held: Callable[[str], Sequence[Row]],
    told: list[str],
) -> list[FieldChange]:
    """The changes of a pupil there is.

    Args:
        belongings: What the file has.
        held: By table, the pupil's records in the register.
        told: Takes a sentence for each that cannot be taken.
    """
    changes = []
    for number, each in _numbered(belongings):
        rows = held(each.table)
        known = next((row for row in rows if _same(each, row)), None)
        if known is not None:
            update = _update(each, known, number)
            changes += [update] if update else []
        elif each.table in _ALONE and any(_at_once(each.values, row) for row in rows):
            words = _words(each.table, each.values)
            told.append(f"{TITLES[each.table]} {words} is left out: the register has another then.")
        else:
            changes.append(_addition(each, number))
    return changes


def _numbered(belongings: Sequence[Belonging]) -> Iterator[tuple[int, Belonging]]:
    """Each with its number within its table, 1 first."""
    counts: dict[str, int] = {}
    for each in belongings:
        counts[each.table] = counts.get(each.table, 0) + 1
        yield counts[each.table], each


def _addition(each: Belonging, number: int) -> FieldChange:
    words = _words(each.table, each.values)
    return FieldChange(f"{each.table}.{number}", TITLES[each.table], None, each, "", words)


def _update(each: Belonging, row: Row, number: int) -> FieldChange | None:
    new = {
        name: each.values[name]
        for name in _UPDATED[each.table]
        if name in each.values and each.values[name] != row.get(name)
    }
    if not new:
        return None
    old = {name: row.get(name) for name in {**row, **new}}
    proposal = Proposal((Set(each.table, row["id"], new),))
    return FieldChange(
        f"{each.table}.{number}",
        TITLES[each.table],
        _words(each.table, old),
        Belonging(each.table, new),
        _words(each.table, old),
        _words(each.table, old | new),
        proposal=proposal,
    )


def _same(each: Belonging, row: Row) -> bool:
    """Whether the register's record is the one the file tells of."""
    if each.table == "contacts":
        return _name_of(each.values) == _name_of(row)
    if each.table == "needs":
        starts = each.values.get("start"), row.get("start")
        agree = None in starts or starts[0] == starts[1]
        both_over = bool(each.values.get("end")) == bool(row.get("end"))
        return each.values["code"] == row.get("code") and agree and both_over
    same_start = each.values.get("start") == row.get("start")
    if each.table == "sen_statuses":
        return same_start and each.values["code"] == row.get("code")
    return same_start


def _name_of(values: Mapping[str, Any]) -> str:
    """A contact's name for comparing: without a title, for some files have none."""
    words = folded(str(values.get("name") or "")).split()
    return " ".join(words[1:] if words and words[0].strip(".") in _HONORIFICS else words)


_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "fr", "prof", "sir", "lady"})


def _at_once(values: Mapping[str, Any], row: Row) -> bool:
    """Whether two stretches of time have a day in common."""
    return (values.get("start") or "") <= (row.get("end") or "9") and (
        (row.get("start") or "") <= (values.get("end") or "9")
    )


def _words(table: str, values: Mapping[str, Any]) -> str:
    """A record as a person reads it in the preview."""
    when = _when(values)
    if table == "contacts":
        relationship = str(values.get("relationship") or "").replace("_", " ")
        parts = [values.get("name"), relationship, values.get("phone"), values.get("email")]
        return ", ".join(str(each) for each in parts if each)
    if table == "attendance":
        missed = sum(values.get(name) or 0 for name in ("authorised", "unauthorised"))
        return f"{when}, {missed} of {values.get('possible')} sessions missed"
    if table == "sen_statuses":
        return f"{status_look(values['code']).word} {when}".strip()
    if table == "needs":
        rank = f", rank {values['rank']}" if values.get("rank") else ""
        return f"{values['code']}{rank} {when}".strip()
    return when or "no dates"


def _when(values: Mapping[str, Any]) -> str:
    start, end = values.get("start"), values.get("end")
    first = f"from {short_day(start)}" if start else ""
    return f"{first} to {short_day(end)}".strip() if end else first
