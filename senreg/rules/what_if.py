"""A register as it would be with some records more, some others, or some fewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from senreg.rules.reading import Reading, Row


class WhatIf:
    """Reads like the register it stands on.

    Args:
        register: The register.
        rows: Records by table that are there as well, or in the place of those with their ids.
        without: Ids of records that are not there.
    """

    def __init__(
        self,
        register: Reading,
        rows: Mapping[str, Sequence[Row]],
        without: Collection[str] = (),
    ) -> None:
        self._register = register
        self._rows = rows
        self._hidden = frozenset(without) | {row["id"] for each in rows.values() for row in each}

    def all(self, table: str, /, *, archived: bool = False) -> Sequence[Row]:
        """The records of a table; none of those in question is archived."""
        if archived:
            return self._register.all(table, archived=True)
        kept = [row for row in self._register.all(table) if row["id"] not in self._hidden]
        return [*kept, *self._rows.get(table, ())]

    def get(self, record_id: str, /) -> Row | None:
        """One record by its id."""
        for rows in self._rows.values():
            for row in rows:
                if row["id"] == record_id:
                    return row
        return None if record_id in self._hidden else self._register.get(record_id)

    def by(self, table: str, field: str, /) -> Mapping[Any, Sequence[Row]]:
        """The live records of a table, grouped by the value of a field."""
        grouped: dict[Any, list[Row]] = {}
        for row in self.all(table):
            grouped.setdefault(row.get(field), []).append(row)
        return grouped
