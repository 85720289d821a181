"""Findings about what was archived while others still lead to it: mostly on another copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from senreg.rules.belonging import is_archived
from senreg.rules.found import Finding, who
from senreg.rules.naming import describe_record
from senreg.rules.nouns import counted_list
from senreg.rules.reading import Reading, Row
from senreg.rules.same_child import SAME_AS, kept_of

OF_PUPILS = (
    "enrolments",
    "contacts",
    "cohort_memberships",
    "fsm_periods",
    "sen_statuses",
    "needs",
    "barriers",
    "strategies",
    "notes",
    "documents",
    "targets",
    "reviews",
    "holds",
    "placements",
)
"""The tables whose records belong to a pupil, by the field `pupil`."""


def archived_findings(register: Reading) -> Iterator[Finding]:
    """What is still there of records that were archived, and pupils whose merging came apart."""
    yield from _of_pupils(register)
    yield from _merged_pupils(register)
    yield from _of_others(register)


def children_of(register: Reading, pupil: str) -> list[tuple[str, Row]]:
    """The live records that belong to a pupil, by its id, each with its table."""
    return [
        (table, row)
        for table in OF_PUPILS
        for row in register.all(table)
        if row.get("pupil") == pupil
    ]


def left_behind(register: Reading, parent: str) -> list[tuple[str, Row]]:
    """The live records for which an archived one is pointed out, by its id, with their tables."""
    orphans = [(table, row) for table, row, found, _ in _orphans(register) if found["id"] == parent]
    return [*children_of(register, parent), *orphans]


def _of_pupils(register: Reading) -> Iterator[Finding]:
    archived = {row["id"]: row for row in register.all("pupils", archived=True)}
    if not archived:
        return
    counts: dict[str, Counter[str]] = {}
    for table in OF_PUPILS:
        for row in register.all(table):
            if row.get("pupil") in archived:
                counts.setdefault(row["pupil"], Counter())[table] += 1
    for key, count in counts.items():
        pupil = archived[key]
        what = f"{who(pupil)} was archived, and still has {counted_list(count)}."
        if not pupil.get(SAME_AS):
            yield Finding("child_of_archived", "note", "pupils", key, what)
        elif kept_of(register, pupil)["id"] != key:
            words = f"{what[:-1]}: they belong to the record it was merged into."
            yield Finding("child_of_merged", "warning", "pupils", key, words)


def _merged_pupils(register: Reading) -> Iterator[Finding]:
    for pupil in register.all("pupils"):
        if pupil.get(SAME_AS):
            words = f"{who(pupil)} was merged into another record, and is back."
            yield Finding("merged_and_back", "warning", "pupils", pupil["id"], words)
    for pupil in register.all("pupils", archived=True):
        if pupil.get(SAME_AS) and kept_of(register, pupil)["id"] == pupil["id"]:
            words = f"Two records of {who(pupil)} were merged into each other: both are archived."
            yield Finding("merged_both_ways", "error", "pupils", pupil["id"], words)


def _of_others(register: Reading) -> Iterator[Finding]:
    told = set()
    for table, row, parent, parent_table in _orphans(register):
        if parent["id"] not in told:
            told.add(parent["id"])
            words = describe_record(parent, register.get, parent_table)
            message = f"{words} was archived; {describe_record(row, register.get, table)} was not."
            yield Finding("child_of_archived", "note", parent_table, parent["id"], message)


def _orphans(register: Reading) -> Iterator[tuple[str, Row, Row, str]]:
    """Groups that have not ended and actions not done, of what was archived.

    Yields their table, the record, what was archived, and its table.
    """
    for table, field, ended in (("groups", "intervention", "end"), ("actions", "about", "done_on")):
        for row in register.all(table):
            parent = None if row.get(ended) else register.get(str(row.get(field) or ""))
            if parent is not None and is_archived(parent):
                of = "interventions" if table == "groups" else str(getattr(parent, "table", ""))
                yield table, row, parent, of
