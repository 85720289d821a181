"""Records as readers get them: read-only views in which an unknown field is None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from senreg.store.operations import ARCHIVED


class Row(Mapping[str, Any]):
    """A record that cannot be changed. `row["dob"]` is None where nothing is stored.

    Iterating gives `id` and the stored fields. Later commits do not reach it.
    """

    __slots__ = ("_document", "id", "table")

    def __init__(self, table: str, record: str, document: Mapping[str, Any]) -> None:
        self.table = table
        self.id = record
        self._document = document

    def __getitem__(self, name: str) -> Any:
        value = self.id if name == "id" else self._document.get(name)
        return list(value) if isinstance(value, list) else value

    def get(self, name: str, default: Any = None) -> Any:
        """The stored value; the default where nothing, or null, is stored."""
        value = self._document.get(name)
        if value is None:
            return self.id if name == "id" else default
        return list(value) if isinstance(value, list) else value

    def __iter__(self) -> Iterator[str]:
        yield "id"
        yield from self._document

    def __len__(self) -> int:
        return len(self._document) + 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (
            (self.table, self.id, self._document) == (other.table, other.id, other._document)
        )

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Row({self.table}/{self.id})"

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return bool(self._document.get(ARCHIVED))

    def stored(self) -> dict[str, Any]:
        """A copy of what is stored, without the id."""
        return {
            name: list(value) if isinstance(value, list) else value
            for name, value in self._document.items()
        }
