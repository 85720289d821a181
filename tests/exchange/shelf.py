"""A register's reading side over plain records, for tests of what leaves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from senreg.rules.reading import Row


class Record(dict[str, Any]):
    """A record that knows its table, as those of a register do."""

    def __init__(self, table: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.table = table


class Shelf:
    """Records by table; the id of each is made from its table and place."""

    def __init__(self, **tables: Sequence[Mapping[str, Any]]) -> None:
        self._tables = {
            table: [
                Record(table, {"id": f"{table}-{place}", **row}) for place, row in enumerate(rows)
            ]
            for table, rows in tables.items()
        }

    def all(self, table: str, /, *, archived: bool = False) -> Sequence[Row]:
        return [] if archived else self._tables.get(table, [])

    def get(self, record_id: str, /) -> Row | None:
        return next(
            (row for rows in self._tables.values() for row in rows if row["id"] == record_id), None
        )

    def by(self, table: str, field: str, /) -> Mapping[Any, Sequence[Row]]:
        grouped: dict[Any, list[Row]] = defaultdict(list)
        for row in self.all(table):
            grouped[row.get(field)].append(row)
        return grouped
