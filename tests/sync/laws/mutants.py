"""The merge with one of its rules left out: the machine must find each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, NamedTuple

import pytest

from senreg.store import changes, operations
from senreg.store.folder import Store
from senreg.store.state import State
from senreg.sync import bundle, returns

Patch = pytest.MonkeyPatch


class Mutant(NamedTuple):
    """A rule left out."""

    name: str
    apply: Callable[[Patch], None]


def winner_by_clock(patch: Patch) -> None:
    """Of all who wrote a field the latest by the clock wins, whatever it had seen."""
    fold = State._fold
    times: dict[str, int] = {}

    def by_clock(self: State, header: Mapping[str, Any], operation: dict[str, Any]) -> None:
        times[operation["h"]] = header["t"]
        place = (operation["table"], operation["record"])
        heads = [
            h for name in operations.fields_written(operation) for h in self.heads_of(*place, name)
        ]
        if all(times[h] <= header["t"] for h in heads):
            fold(self, header, operation)

    patch.setattr(State, "_fold", by_clock)


def replaced_and_back(patch: Patch) -> None:
    """What was named as replaced before it came is a head when it comes."""
    patch.setattr(State, "_await", lambda self, named, name: None)


def ids_by_counter(patch: Patch) -> None:
    """Each copy counts its operations: one that was copied goes on counting from there."""
    write = Store.write
    numbers = [count()]

    def counting(self: Store, *arguments: Any, **named: Any) -> Any:
        numbers[0] = count(self.meta.order * 100)
        return write(self, *arguments, **named)

    def counted(header: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
        del operation
        return f"{header['copy']}-{next(numbers[0])}"

    patch.setattr(Store, "write", counting)
    patch.setattr(operations, "operation_id", counted)
    patch.setattr(bundle, "is_genuine", lambda header, operation: True)


def winner_by_arrival(patch: Patch) -> None:
    """Of two heads the one that came last is shown."""
    standing = State._standing

    class Arriving(list):  # type: ignore[type-arg]
        def sort(self, **_how: Any) -> None:
            pass

    patch.setattr(State, "_standing", lambda self, place, ids: Arriving(standing(self, place, ids)))


def edit_replaces_nothing(patch: Patch) -> None:
    make = changes.make_operation

    def naming_nothing(*arguments: Any, **named: Any) -> Any:
        return make(*arguments[:4], {}, *arguments[5:], **named)

    patch.setattr(changes, "make_operation", naming_nothing)


def known_are_heads_alone(patch: Patch) -> None:
    """Only what stands is known: a superseded operation of an old bundle is taken in anew."""

    def heads(self: Store) -> set[str]:
        state = self.state
        return {
            h
            for tables in (state.live, state.archived)
            for table, records in tables.items()
            for record in records
            for h in state.all_heads_of(table, record)
        }

    def load(self: Store) -> None:
        self._known = heads(self)

    patch.setattr(Store, "_load_known", load)


def writing_on_settles(patch: Patch) -> None:
    """Whoever writes in a record that waits, archived over an edit, agrees to the archiving."""
    own = changes._is_after_archiving

    def agreeing(state: State, change: changes.Change) -> bool:
        return own(state, change) or state.was_archived(change.table, change.record)

    patch.setattr(changes, "_is_after_archiving", agreeing)


def all_is_within_a_pack(patch: Patch) -> None:
    """Whatever comes back from a pack is taken in."""
    patch.setattr(returns._Judge, "is_inside", lambda self, operation: True)


def what_is_left_is_forgotten(patch: Patch) -> None:
    patch.setattr("senreg.register.Register.keep_aside", lambda self, records: None)


OF_PACKS = (
    Mutant("whatever comes back from a pack is taken in", all_is_within_a_pack),
    Mutant("what is left is forgotten", what_is_left_is_forgotten),
)

MUTANTS = (
    Mutant("the winner is by clock over all", winner_by_clock),
    Mutant("a head comes back after it was replaced", replaced_and_back),
    Mutant("ids are counted", ids_by_counter),
    Mutant("the winner is by arrival", winner_by_arrival),
    Mutant("an edit replaces nothing", edit_replaces_nothing),
    Mutant("an old bundle's superseded operation is a head again", known_are_heads_alone),
    Mutant("who writes on settles that a record is archived", writing_on_settles),
)
