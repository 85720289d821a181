"""What the holder of a staff pack may do in it. What comes back is judged again where it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from senreg import clock
from senreg.errors import SenregError
from senreg.models.tables import fields_of
from senreg.rules.pack_scope import ALL, CARRIED, Scope
from senreg.store.changes import Change
from senreg.store.operations import ARCHIVED
from senreg.store.refusals import only_reading, pack_ended
from senreg.store.rows import Row

if TYPE_CHECKING:
    from senreg.store.folder import Store
    from senreg.store.pack_record import StaffPack


def refuse_outside(store: Store, pack: StaffPack, changes: Iterable[Change]) -> None:
    """Raise SenregError for a change that is not the holder's to make, ReadOnly past its end."""
    if pack.is_over(clock.today()):
        raise only_reading([pack_ended(pack.until)])
    changes = list(changes)
    scope, get = _scope_of(store, pack, changes)
    for change in changes:
        if not _is_hers(store, pack, scope, change, get(change.record)):
            raise SenregError(
                "That is not in this staff pack to change.",
                do="Tell the SENCO, who can change it in the register.",
            )


def fields_of_holder(store: Store, pack: StaffPack, row: Row) -> frozenset[str]:
    """The fields of a record that a pack's holder may change, `archived` among them."""
    names = {*(field.name for field in fields_of(row.table)), ARCHIVED}
    scope, _ = _scope_of(store, pack)
    return frozenset(
        name
        for name in names
        if _is_hers(store, pack, scope, Change(row.table, row.id, {name: None}), row)
    )


def _scope_of(
    store: Store, pack: StaffPack, changes: Iterable[Change] = ()
) -> tuple[Scope, Callable[[str], Row | None]]:
    """What a pack holds once changes are made, and how a record is found then."""
    given = {change.record: change for change in changes}

    def get(record: str) -> Row | None:
        change = given.get(record)
        table = change.table if change else store.state.table_of(record)
        stored = store.state.document(table, record) if table else None
        values = {**(stored or {}), **(change.values if change else {})}
        return Row(table, record, values) if table and values else None

    tables = (store.state.live, store.state.archived)
    placements = [each for held in tables for each in held.get("placements", {}).values()]
    return Scope(pack.pupils, pack.fields, get, placements), get


def left_behind(store: Store, pack: StaffPack) -> frozenset[str]:
    """The ids of the records of children who were in a pack and are not in the newer one.

    They stay in the journal, so that what its holder wrote in them goes back all the same, and
    are there again once a newer pack holds the child again.
    """
    tables = (store.state.live, store.state.archived)
    if all(held.get("pupils", {}).keys() <= pack.pupils for held in tables):
        return frozenset()
    scope, _ = _scope_of(store, pack)
    return frozenset(
        record
        for held in tables
        for table, carried in CARRIED.items()
        if carried.child or carried.group
        for record, values in held.get(table, {}).items()
        if not scope.about(Row(table, record, values), table)
    )


def refuse_in_pack(pack: StaffPack | None, what: str) -> None:
    """Raise SenregError where a copy is a pack, in which something is not done."""
    if pack is not None:
        raise SenregError(f"{what} is not done in a staff pack.", do="Ask the SENCO to.")


def end_if_over(store: Store, pack: StaffPack | None) -> bool:
    """Let a pack that is past its last day be read only; whether nothing else made it so."""
    if pack is None or not pack.is_over(clock.today()):
        return False
    ended = not store.read_only
    store.read_only = True
    store.warnings.append(pack_ended(pack.until))
    return ended


def _is_hers(store: Store, pack: StaffPack, scope: Scope, change: Change, row: Row | None) -> bool:
    carried = CARRIED.get(change.table)
    if carried is None or row is None:
        return False
    if not scope.about(row, change.table):
        return False
    if store.state.document(change.table, change.record) is None:
        return carried.added
    given = pack.fields.get(change.table, frozenset())
    names = {*change.values, *change.dropped}
    allowed = given | {ARCHIVED} if carried.changed == ALL else given & set(carried.changed)
    return names <= allowed or (carried.added and _made_here(store, change))


def _made_here(store: Store, change: Change) -> bool:
    """Whether all that stands in a record was written in this copy."""
    heads = store.state.all_heads_of(change.table, change.record)
    stamps = [store.state.stamps.get(h) or store.journal.stamp(h) for h in heads]
    own = store.meta.copy
    return bool(stamps) and all(stamp is not None and stamp[2] == own for stamp in stamps)
