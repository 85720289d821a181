"""Changes that a rule proposes: shown to a person first, then written in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Writing(Protocol):
    """The part of an open commit that a proposal needs."""

    def add(self, table: str, values: Mapping[str, Any], /, *, record_id: str | None = None) -> str:
        """Add a record; its id, which is random where it is not given."""

    def set(self, record: str, /, **values: Any) -> object:
        """Change fields of a record."""

    def archive(self, record: str, /) -> object:
        """Put a record away."""

    def restore(self, record: str, /) -> object:
        """Bring a record back."""


@dataclass(frozen=True, slots=True)
class Add:
    """A record to add: its table and its values."""

    table: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Set:
    """Fields to change: the record's table and id, and the new values; None clears one."""

    table: str
    record: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be changed, in the order in which it is written.

    Args:
        sets: Fields to change.
        adds: Records to add.
        archives: The ids of records to put away.
        restores: The ids of records to bring back.
    """

    sets: tuple[Set, ...] = ()
    adds: tuple[Add, ...] = ()
    archives: tuple[str, ...] = ()
    restores: tuple[str, ...] = ()

    def __add__(self, other: Proposal) -> Proposal:
        return Proposal(
            self.sets + other.sets,
            self.adds + other.adds,
            self.archives + other.archives,
            self.restores + other.restores,
        )

    def __bool__(self) -> bool:
        return bool(self.sets or self.adds or self.archives or self.restores)

    def write(self, commit: Writing) -> list[str]:
        """Put the changes into an open commit.

        Returns:
            The ids of the records added, in the order of `adds`.
        """
        for change in self.sets:
            commit.set(change.record, **change.values)
        for record in self.archives:
            commit.archive(record)
        for record in self.restores:
            commit.restore(record)
        return [commit.add(each.table, each.values) for each in self.adds]
