"""What comes back from a staff pack, judged: what is within the pack, and what is not.

Nothing that its holder was not given, or may not change, comes in silently: it is set aside,
shown, and taken only if a person says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import SenregError
from senreg.rules.naming import pupil_name
from senreg.rules.pack_scope import ALL, CARRIED, Scope
from senreg.store.erasures import ERASURES
from senreg.store.journal import Commit
from senreg.store.operations import ARCHIVED, Operation, fields_written
from senreg.store.pack_record import OF_PACKS, PACKS, StaffPack, packs_in
from senreg.store.rows import Row
from senreg.sync.bundle_files import unknown_pack
from senreg.sync.commits import only_operations

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.store.state import State
    from senreg.sync.bundle import Bundle

Preview = Callable[["Register", list[Commit]], "State"]
Split = tuple[list[Commit], list[Commit]]


def pack_behind(register: Register, bundle: Bundle) -> StaffPack | None:
    """The pack that a bundle comes back from; None for a bundle between whole copies.

    Raises SenregError where a bundle and a register do not belong together: a pack is joined
    and not merged, but into its own copy, and that takes in nothing else.
    """
    own = register.pack
    if own is not None:
        if not bundle.is_pack or bundle.key_id != own.key_id:
            raise _no_newer_pack()
        return None
    if bundle.is_pack:
        raise SenregError(
            "That is a staff pack: it holds less than this register does.",
            do="`senreg join` opens it; what comes back from it can be merged.",
        )
    found = next((p for p in packs_in(register.store.state) if p.key_id == bundle.key_id), None)
    if found is None and bundle.pack:
        raise unknown_pack()
    return found if bundle.key_id else None


def split(
    register: Register, pack: StaffPack, bundle: Bundle, fresh: list[Commit], preview: Preview
) -> Split:
    """What is new from a pack: what is within it, and what is outside.

    Of one that was withdrawn all is outside. Operations whose values the holder was not given
    are neither: they come with a bundle of the copy that made them.

    Args:
        register: The register that would take them in.
        pack: Where they come from, as this register knows it.
        bundle: All that came.
        fresh: The commits with the operations that are new here.
        preview: Gives the state the register would have with some commits.
    """
    whole = only_operations(fresh, _is_whole)
    if pack.withdrawn:
        return [], whole
    hers = _made_there(register, bundle)
    candidates = whole
    while True:
        judge = _Judge(register, pack, hers, preview(register, candidates))
        inside = only_operations(candidates, judge.is_inside)
        if _ids(inside) == _ids(candidates):
            break
        candidates = inside
    taken = _ids(inside)
    return inside, only_operations(whole, lambda each: each["h"] not in taken)


def leaving(register: Register, after: State) -> Iterator[str]:
    """A sentence for each child of this pack who is in it no more once a newer one is taken in."""
    own = register.pack
    newer = after.document(PACKS, own.id) if own is not None else None
    if own is None or newer is None:
        return
    for pupil in sorted(own.pupils - set(newer.get("pupils") or ())):
        row = register.get(pupil, "pupils")
        if row is not None:
            yield (
                f"{pupil_name(row)} leaves this pack and is not shown any more. What you wrote of "
                "this child still goes back."
            )


def refuse_whole_in_pack(register: Register, path: Path) -> None:
    """Raise SenregError where a pack is given what is no pack, before anything is asked of it.

    No passphrase would help: a bundle of the whole register is under another key.
    """
    from senreg.sync.bundle import BEGINNING

    if register.pack is None:
        return
    try:
        with path.open("rb") as file:
            whole = file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return
    if whole:
        raise _no_newer_pack()


def _no_newer_pack() -> SenregError:
    return SenregError(
        "A staff pack takes in only a newer pack that was made for it.",
        do="Ask the SENCO for one, or join what you were given as a copy of its own.",
    )


class _Judge:
    """Judges operations by the register as it is and as it would be."""

    def __init__(
        self,
        register: Register,
        pack: StaffPack,
        hers: Collection[tuple[str, str]],
        after: State,
    ) -> None:
        self._register = register
        self._hers = hers
        self._after = after
        self._fields = pack.fields
        placements = [
            each for away in (False, True) for each in register.all("placements", archived=away)
        ]
        self._before = Scope(pack.pupils, pack.fields, register.get, placements)
        self._then = Scope(pack.pupils, pack.fields, self._get, placements)

    def is_inside(self, operation: Operation) -> bool:
        """Whether the pack's holder may have made it."""
        table, record = operation["table"], operation["record"]
        carried = CARRIED.get(table)
        if carried is None or not (carried.child or carried.group):
            return False
        row = self._get(record, table)
        if row is None or not self._then.about(row, table):
            return False
        known = self._register.get(record, table)
        if carried.added and (table, record) in self._hers:
            return known is None or self._before.about(known, table)
        if known is None or not self._before.holds(known, table):
            return False
        given = self._fields.get(table, frozenset())
        changed = given | {ARCHIVED} if carried.changed == ALL else given & set(carried.changed)
        return self._written(operation, known) <= changed

    def _written(self, operation: Operation, known: Row) -> set[str]:
        """What an operation gives another value; both sides may have begun the same record."""
        names = set(fields_written(operation))
        if not operation.get("new"):
            return names
        return {name for name in names if operation["v"].get(name) != known.get(name)}

    def _get(self, record: str, table: str | None = None) -> Row | None:
        table = table or self._after.table_of(record)
        document = self._after.document(table, record) if table else None
        if table and document is not None:
            return Row(table, record, document)
        return self._register.get(record, table)


def whole_in(commits: list[Commit]) -> list[Commit]:
    """What a pack exports: the operations whose values are all there."""
    return only_operations(commits, _has_values)


def _made_there(register: Register, bundle: Bundle) -> set[tuple[str, str]]:
    """The records that were begun in a pack: here they are unknown, or known from there.

    What a pack was given whole comes back whole, and was begun on another copy.
    """
    state, known = register.store.state, register.store.known()
    return {
        (each["table"], each["record"])
        for commit in bundle.commits
        for each in commit["ops"]
        if each.get("new")
        and _is_whole(each)
        and (
            commit["copy"] == bundle.copy != register.copy_id
            if each["h"] in known
            else state.document(each["table"], each["record"]) is None
        )
    }


def _is_whole(operation: Operation) -> bool:
    """Whether all its values came with it; none of it is about packs themselves."""
    if operation["table"] in (*OF_PACKS, ERASURES):
        return False
    return _has_values(operation)


def _has_values(operation: Operation) -> bool:
    return len(operation.get("v") or {}) == len(operation["c"])


def _ids(commits: list[Commit]) -> set[str]:
    return {each["h"] for commit in commits for each in commit["ops"]}
