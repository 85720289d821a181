"""Which changes of an import go over what a person typed, rather than over an earlier import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from senreg.exchange.field_change import FieldChange
from senreg.exchange.import_parts import IMPORT_LABELS
from senreg.exchange.pupil_changes import ARCHIVED, NOTES
from senreg.exchange.pupils_import import ImportPlan
from senreg.exchange.unmade import Unmade

if TYPE_CHECKING:
    from senreg.exchange.records_import import RecordsPlan
    from senreg.register import FieldChange as Written
    from senreg.register import Register

Place = tuple[str, str]
"""Record and field."""


def mark_typed_over(plan: ImportPlan | RecordsPlan, register: Register | Unmade) -> int:
    """Mark every change that is to be made over a value typed by a person; how many there are.

    It reads the journal where there is anything to mark.

    Args:
        plan: The plan, before it is applied.
        register: The register it was made for; in one that is still to be made, nothing is typed.
    """
    wanted = [
        (change, places)
        for row in plan.rows
        if row.state == "changed"
        for change in row.changes
        if change.taken and (places := list(_places(plan, row.pupil, change)))
    ]
    if not wanted or isinstance(register, Unmade):
        return 0
    writes = register.origins({record for _, places in wanted for record, _ in places})
    for change, places in wanted:
        change.typed = any(_is_typed(writes.get(place)) for place in places)
    return sum(change.typed for change, _ in wanted)


def _is_typed(write: Written | None) -> bool:
    """Whether a person wrote it: no import did, and it is none of what a register begins with."""
    return write is not None and write.kind != "start" and write.label not in IMPORT_LABELS


def _places(plan: ImportPlan | RecordsPlan, record: str, change: FieldChange) -> Iterator[Place]:
    """Where the values stand that a change takes the place of."""
    if change.old in (None, ""):
        return
    if change.proposal is not None:
        for each in change.proposal.sets:
            yield from ((each.record, name) for name in {"code", "start", *each.values})
        return
    own = "." not in change.field and change.field not in (ARCHIVED, NOTES)
    if own or not isinstance(plan, ImportPlan):
        yield record, change.field
    elif change.field.startswith("needs."):
        held = (need for need in plan.differ.needs_of(record) if need.get("code") == change.old)
        yield from ((str(need["id"]), "code") for need in held)
