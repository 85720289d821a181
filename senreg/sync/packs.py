"""Staff packs: a few children's records, sealed for one member of staff.

What a pack may not hold is not in its file. Of the records it holds it carries every operation,
so that what comes back fits to what was; values stand beside those that are shown today, and
only those of fields that packs may hold. A pack is joined like a bundle and is a register then;
what it exports is judged where it comes back (`returns.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Any

from senreg import clock, export_log
from senreg.errors import NoSuchRecord, SenregError, WrongUsage
from senreg.models.tables import fields_of
from senreg.passphrases import refuse_weak
from senreg.register import Register
from senreg.rules.naming import describe_record, pupil_named
from senreg.rules.nouns import counted_list
from senreg.rules.pack_scope import CARRIED, Scope, fields_given, pupils_for, unknown_in
from senreg.rules.roll import roll_state
from senreg.rules.third_parties import Names
from senreg.store.erasures import ERASURES
from senreg.store.journal import Commit
from senreg.store.keys import make_keys
from senreg.store.migrations import schema_of
from senreg.store.operations import ARCHIVED, Operation, new_id
from senreg.store.pack_record import PACKS, StaffPack, kept_key, packs_in
from senreg.store.sealing import DataKey, faster_cipher, new_data_key
from senreg.sync.bundle import PACK_LINE, content_of
from senreg.sync.bundle_files import BundleSummary, portable, write

__all__ = [
    "PackPlan",
    "StaffPack",
    "details_of",
    "export_pack",
    "pack_keys",
    "packs_made",
    "pared_commits",
    "plan_pack",
    "plan_renewal",
    "reinstate",
    "to_look_at",
    "withdraw",
]


_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class PackPlan:
    """A pack that is to be made. Nothing was written yet."""

    staff: str
    class_name: str
    pupils: list[str]
    """The ids of the children."""
    until: date
    fields: Mapping[str, Collection[str]]
    records: set[tuple[str, str]]
    """Every record that goes into it, as (table, id)."""
    naming: list[str]
    """The ids of those that name a child who is not in it: somebody is to read them first."""
    chosen: bool = False
    """The children were chosen one by one."""
    renews: str = ""
    """The id of the pack that it is a newer one of."""


def plan_pack(
    register: Register,
    staff: str,
    until: date,
    today: date,
    *,
    class_name: str = "",
    pupils: Collection[str] = (),
    within: StaffPack | None = None,
) -> PackPlan:
    """What a pack would hold.

    Args:
        register: The open register.
        staff: The id of the member of staff it is for.
        until: Its last day; from the next on it opens for reading only.
        today: The day of whose classes and key teachers it is.
        class_name: The class whose children it holds.
        pupils: The ids of the children it holds. Without these and without a class: those whose
            key teacher the member of staff is.
        within: The pack that it is a newer one of: of no field more than that held.

    Raises:
        SenregError: This is a pack itself.
        NoSuchRecord: There is no such member of staff or pupil, or no child to put in.
        WrongUsage: The last day is past.
    """
    if register.pack is not None:
        raise SenregError(
            "This is a staff pack, and no other is made from it.",
            do="Make it from the register of the school.",
        )
    who = register.get(staff, "staff")
    if who is None:
        raise NoSuchRecord(
            "There is no member of staff of that id.", do="See them with: senreg list staff"
        )
    if until < today:
        raise WrongUsage("The last day of a pack cannot be past.", do="Give a day to come.")
    rows = list(register.everything())
    by_id = {row.id: row for row in rows}
    chosen = list(pupils) or [
        row["id"] for row in pupils_for(register, today, staff=staff, class_name=class_name)
    ]
    if not chosen or any(by_id[each].table != "pupils" for each in chosen if each in by_id):
        raise _no_child(class_name)
    if any(each not in by_id for each in chosen):
        raise _no_child("")
    fields = fields_given(register.school["pack_policy"])
    if within is not None:
        fields = {
            table: names & within.fields.get(table, frozenset()) for table, names in fields.items()
        }
    placements = [row for row in rows if row.table == "placements"]
    records = Scope(set(chosen), fields, by_id.get, placements).held(rows)
    others = [row for row in rows if row.table == "pupils" and row.id not in chosen]
    names = Names(others, but="")
    naming = [
        record
        for table, record in sorted(records)
        if any(
            isinstance(by_id[record][name], str) and names.in_text(by_id[record][name])
            for name in fields.get(table, ())
        )
    ]
    return PackPlan(
        staff, class_name, chosen, until, fields, records, naming, bool(pupils),
        within.id if within is not None else "",
    )  # fmt: skip


def plan_renewal(register: Register, pack: StaffPack, until: date, today: date) -> PackPlan:
    """What a newer pack would hold for whoever has joined one: its class or children as of today.

    Raises as `plan_pack` does, and SenregError where the pack was withdrawn.
    """
    if pack.withdrawn:
        raise SenregError(
            "That pack was withdrawn.",
            do="Reinstate it first, or make a new one, which its holder joins anew.",
        )
    pupils = [] if pack.class_name or not pack.chosen else _still_here(register, pack, today)
    if pack.chosen and not pack.class_name and not pupils:
        raise _no_child("")
    return plan_pack(
        register, pack.staff, until, today,
        class_name=pack.class_name, pupils=pupils, within=pack,
    )  # fmt: skip


def withdraw(register: Register, pack: StaffPack, today: date) -> None:
    """Set aside from now on all that comes back from a pack. Raises CannotWrite, ReadOnly."""
    if not pack.withdrawn:
        register.keep_pack(pack.id, {"withdrawn": today.isoformat()}, "Withdraw a staff pack")


def reinstate(register: Register, pack: StaffPack) -> None:
    """Take in again what comes back from a pack that was withdrawn; what was left stays left.

    Raises CannotWrite, ReadOnly.
    """
    if pack.withdrawn:
        register.keep_pack(pack.id, {"withdrawn": None}, "Reinstate a staff pack")


def packs_made(register: Register) -> list[StaffPack]:
    """The packs a register made, the one that ends last first; of those that end alike by id."""
    if register.pack is not None:
        return []
    found = sorted(packs_in(register.store.state), key=lambda pack: pack.id)
    return sorted(found, key=lambda pack: pack.until, reverse=True)


def details_of(register: Register, plan: PackPlan) -> list[str]:
    """What a pack would hold and what it would not, in words; what is to be looked at, first."""
    counts = Counter(table for table, _ in plan.records if CARRIED[table].child)
    del counts["pupils"]
    given = [
        f"{field.title} ({table})"
        for table, names in plan.fields.items()
        for field in fields_of(table)
        if field.about.confidential and field.name in names
    ]
    held = f"With them: {counted_list(dict(counts))}." if counts else "Nothing else yet."
    kept_back = (
        "Not in it: other children, costs, employment records, and notes and fields that are "
        "confidential."
    )
    children = ", ".join(pupil_named(each, register.get) for each in plan.pupils)
    told = [*to_look_at(register, plan), f"The children: {children}.", held, kept_back]
    if given:
        told.append(f"The school's policy lets out all the same: {', '.join(given)}.")
    return told


def to_look_at(register: Register, plan: PackPlan) -> list[str]:
    """What somebody should look at before a pack goes out: names in it, and an odd policy."""
    found = []
    if plan.naming:
        entries = "1 entry" if len(plan.naming) == 1 else f"{len(plan.naming):,} entries"
        rows = [row for each in plan.naming[:_NAMED_AT_MOST] if (row := register.get(each))]
        which = "; ".join(f"{describe_record(row, register.get)} [{row.id}]" for row in rows)
        more = len(plan.naming) - len(rows)
        which += f"; and {more:,} more" if more else ""
        found.append(f"{entries} in it may name a child who is not in it: {which}.")
    odd = unknown_in(register.school["pack_policy"])
    if odd:
        found.append(f"The school's policy for packs names no field in: {', '.join(odd)}.")
    return found


def export_pack(
    register: Register, plan: PackPlan, path: Path, passphrase: str | None
) -> BundleSummary:
    """Write a pack, and remember its key and scope in the register.

    Made again for the same member of staff, class and fields, it has the key it had: whoever
    joined the one before merges it.

    Args:
        register: The open register.
        plan: What it is to hold.
        path: Where it goes.
        passphrase: What opens it, and nothing of this register; without one, only a copy that
            has joined it before takes it in.

    Raises:
        InvalidRecord: The passphrase is too easy to guess.
        ReadOnly: The register cannot remember it.
        CannotWrite: The disk refused.
    """
    who = register.get(plan.staff, "staff")
    if passphrase is not None:
        hints = [str(register.school["name"] or ""), str(who["name"] if who else "")]
        refuse_weak(passphrase, hints)
    pack = _remembered(register, plan)
    keys = make_keys(
        register.register_id,
        passphrase if passphrase is not None else token_hex(32),
        register.store.keys.recovery_public if register.store.keys is not None else None,
        clock.milliseconds(),
        bundle=pack.data_key(),
    )
    from senreg.sync.sealed_bundle import seal

    commits = pared_commits(register, plan, pack.id)
    data = seal(keys, b"%b\n%b" % content_of(register, commits, {"pack": pack.id}), PACK_LINE)
    write(path, data)
    what = f"Staff pack of {_children(plan)}"
    export_log.note(register, export_log.BUNDLE, what, path, delete_after=plan.until)
    return BundleSummary.of(path, commits, len(data))


def pack_keys(register: Register) -> list[DataKey]:
    """The keys of the packs that a register made: they open what comes back from these."""
    if register.pack is not None:
        return []
    return [each.data_key() for each in packs_in(register.store.state)]


def pared_commits(register: Register, plan: PackPlan, pack: str) -> list[Commit]:
    """The operations of a pack's records, pared; those of its own record; and every erasure."""
    found = []
    for commit in map(portable, register.store.journal.commits()):
        kept = []
        for operation in commit["ops"]:
            place = (operation["table"], operation["record"])
            if place[0] == ERASURES or place == (PACKS, pack):
                kept.append(operation)
            elif place in plan.records:
                kept.append(_pared(register, plan.fields, schema_of(commit), operation))
        if kept:
            found.append(commit | {"ops": kept})
    return found


def _pared(
    register: Register, fields: Mapping[str, Collection[str]], since: int, operation: Operation
) -> Operation:
    """An operation without the values and salts that its pack may not hold."""
    table, record, h = operation["table"], operation["record"], operation["h"]
    state, models = register.store.state, register.store.models
    given = fields.get(table, ())

    def goes(name: str) -> bool:
        now = models.names(table, since, name)
        return bool(now) and all(
            each == ARCHIVED or (each in given and h in state.heads_of(table, record, each))
            for each in now
        )

    pared = dict(operation)
    for part in ("v", "s"):
        held: Mapping[str, Any] = operation.get(part) or {}
        pared[part] = {name: each for name, each in held.items() if goes(name)}
    return pared


def _remembered(register: Register, plan: PackPlan) -> StaffPack:
    """The record of a pack: that of an earlier one for the same, as it is to be from now on."""
    fields = {table: sorted(names) for table, names in plan.fields.items()}
    scope: dict[str, Any] = {
        "pupils": sorted(plan.pupils),
        "until": plan.until.isoformat(),
        "fields": fields,
    }
    known = next((each for each in packs_in(register.store.state) if _same(each, plan)), None)
    record = known.id if known is not None else new_id()
    if known is None:
        key = kept_key(new_data_key(new_id(), faster_cipher()))
        scope |= {"staff": plan.staff, "class_name": plan.class_name, "key": key}
    if not plan.renews:
        scope |= {"chosen": plan.chosen}
    register.keep_pack(record, scope)
    return next(each for each in packs_in(register.store.state) if each.id == record)


def _same(pack: StaffPack, plan: PackPlan) -> bool:
    """Whether who has joined a pack may merge the one that is planned.

    What was left out of an operation is not given later: a pack that holds more fields is
    another pack.
    """
    if plan.renews:
        return pack.id == plan.renews
    if pack.withdrawn or (pack.staff, pack.class_name) != (plan.staff, plan.class_name):
        return False
    return all(set(names) <= pack.fields.get(t, frozenset()) for t, names in plan.fields.items())


def _still_here(register: Register, pack: StaffPack, today: date) -> list[str]:
    """The children of a pack who are not archived and have not left the school."""
    here = {row["id"] for row in register.all("pupils") if roll_state(row, today) != "left"}
    return sorted(pack.pupils & here)


def _children(plan: PackPlan) -> str:
    return "1 child" if len(plan.pupils) == 1 else f"{len(plan.pupils):,} children"


def _no_child(class_name: str) -> NoSuchRecord:
    return NoSuchRecord(
        "No child on roll is in that class." if class_name else "There is no child for this pack.",
        do="Name a class with --class, or children with --pupils; a key teacher has her own.",
    )
