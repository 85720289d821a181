"""Two records of one child: which is the one that was kept, and putting them together.

Merging leaves the second record archived, naming the one that was kept. So whatever another
copy still writes to the second leads to the first, on every copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.models.describe import Field
from senreg.models.tables import TABLES, fields_of
from senreg.rules.dates import shown_day
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row
from senreg.rules.settling import BOTH_KINDS, both
from senreg.rules.values import in_words

SAME_AS = "same_as"


def kept_of(register: Reading, pupil: Row) -> Row:
    """The record that was kept of a child: the pupil's own where it was never merged.

    Where two copies merged two records into each other, it is that of the lesser id.
    """
    passed = [pupil]
    while passed[-1].get(SAME_AS):
        after = register.get(str(passed[-1][SAME_AS]))
        if after is None:
            break
        ids = [row["id"] for row in passed]
        if after["id"] in ids:
            return min(passed[ids.index(after["id"]) :], key=lambda row: str(row["id"]))
        passed.append(after)
    return passed[-1]


def unmerged(register: Reading) -> list[Row]:
    """The pupils but for those that were merged into another record and are back."""
    return [row for row in register.all("pupils") if not row.get(SAME_AS)]


def merged_into(register: Reading, pupil: str) -> list[Row]:
    """The archived records of a child that were merged into one, by its id."""
    return [
        row
        for row in register.all("pupils", archived=True)
        if row["id"] != pupil and row.get(SAME_AS) and kept_of(register, row)["id"] == pupil
    ]


def merge_pupils(register: Reading, first: Row, second: Row, today: date) -> Proposal:
    """Put two records of one child together.

    Whatever names the second comes to name the first. Fields of the second fill those that are
    empty in the first; texts and lists hold what both held; where the two differ otherwise, the
    second's values are kept in a note of today. The second is put away, naming the first.

    Args:
        register: The open register.
        first: The record that stays.
        second: The one that is put away.
        today: The date of the note.
    """
    values: dict[str, object] = {}
    differing: list[tuple[Field, object]] = []
    for field in fields_of("pupils"):
        mine, theirs = first.get(field.name), second.get(field.name)
        if field.name == SAME_AS or theirs in (None, "", [], False) or mine == theirs:
            continue
        empty = mine in (None, "", [], False)
        if empty and not (field.kind == "record" and register.get(str(theirs)) is None):
            values[field.name] = theirs
        elif not empty and field.kind in BOTH_KINDS:
            values[field.name] = both(field.kind, [mine, theirs])
        else:
            differing.append((field, theirs))
    if first.get(SAME_AS):
        values[SAME_AS] = None
    sets = [Set("pupils", first["id"], values)] if values else []
    sets.append(Set("pupils", second["id"], {SAME_AS: first["id"]}))
    notes = [_note(register, first["id"], differing, today)] if differing else []
    repointed = tuple(repoint(register, second["id"], first["id"]))
    return Proposal(
        (*sets, *repointed),
        tuple(notes),
        archives=(second["id"],),
        restores=(first["id"],) if first.get("archived") else (),
    )


def repoint(register: Reading, second: str, first: str) -> Iterator[Set]:
    """What makes every record that names one pupil name another, archived records too."""
    for table in TABLES:
        links = [field for field in fields_of(table) if "pupils" in field.tables]
        if not links:
            continue
        for row in (*register.all(table), *register.all(table, archived=True)):
            if row["id"] in (first, second):
                continue
            changed: dict[str, object] = {}
            for field in links:
                named = row.get(field.name)
                if named == second:
                    changed[field.name] = first
                elif isinstance(named, list) and second in named:
                    renamed = [first if each == second else each for each in named]
                    changed[field.name] = list(dict.fromkeys(renamed))
            if changed:
                yield Set(table, row["id"], changed)


def _note(register: Reading, pupil: str, differing: list[tuple[Field, object]], today: date) -> Add:
    lines = [f"{field.title}: {in_words(register, field, value)}" for field, value in differing]
    opening = f"A second record of this child was merged into this one on {shown_day(today)}."
    values = {
        "pupil": pupil,
        "happened_on": today.isoformat(),
        "kind": "other",
        "text": "\n".join([f"{opening} It said:", *lines]),
        "confidential": any(field.about.confidential for field, _ in differing),
    }
    return Add("notes", values)
