"""Remembering how a person placed the columns of one kind of file, for the next one.

A mapping is a record of `column_mappings`. It is known again by its shape: the same headings
in the same order, whatever their case and punctuation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from senreg.exchange.grid import Grid
from senreg.exchange.headings import (
    HEADER_WITHIN,
    Header,
    header_at,
    may_be_header,
    squeezed,
)
from senreg.rules.reading import Reading, Row

if TYPE_CHECKING:
    from senreg.commit import Commit


FOR_EVERY_ROW = " = "
"""What a key of a mapping begins with that names no column, but a field with one value for every
row; no label of a column begins with a blank."""


def remembered(register: Reading, header: Header, table: str) -> dict[str, str]:
    """How the columns of such a file were placed last: label to target; empty if never."""
    stored = _stored(register, header, table)
    return {key: value for key, value in stored.items() if not key.startswith(FOR_EVERY_ROW)}


def every_remembered(register: Reading, header: Header, table: str) -> dict[str, str]:
    """By field, what held for every row of such a file the last time, as text."""
    return {
        key.removeprefix(FOR_EVERY_ROW): value
        for key, value in _stored(register, header, table).items()
        if key.startswith(FOR_EVERY_ROW)
    }


def place_as_before(register: Reading, grid: Grid, table: str) -> int | None:
    """Where the headings of a sheet stand whose columns were placed by hand before, 0 first.

    So a file whose headings nobody knows by themselves is known the second time. None where
    no such sheet was met.
    """
    shapes = {_squeezed_shape(str(row.get("shape") or "")) for row in _of(register, table)} - {""}
    if shapes:
        for place in range(min(HEADER_WITHIN, len(grid.rows))):
            if may_be_header(grid.rows[place].cells):
                header = header_at(grid, place, lambda _: None)
                if _squeezed_shape(header.shape) in shapes:
                    return place
    return None


def tables_remembered(register: Reading) -> list[str]:
    """The tables of which a mapping is kept, the last used first."""
    rows = sorted(register.all("column_mappings"), key=_used_on, reverse=True)
    return list(dict.fromkeys(str(row.get("table") or "") for row in rows if row.get("table")))


def recall(register: Reading, header: Header, table: str, targets: set[str]) -> bool:
    """Place the columns of a header as they were placed last.

    Args:
        register: Holds the mappings.
        header: The header to change.
        table: Where its rows go.
        targets: What a column may be taken for; others of a newer version are passed over.

    Returns:
        Whether a mapping for such a file was found.
    """
    stored = remembered(register, header, table)
    known = {squeezed(label): target for label, target in stored.items()}
    for column in header.columns:
        target = known.get(squeezed(column.label))
        if target in targets:
            column.target, column.how = str(target), "remembered"
    return bool(known)


def remember(
    commit: Commit,
    register: Reading,
    header: Header,
    table: str,
    *,
    name: str,
    today: str,
    every: Mapping[str, str] | None = None,
) -> None:
    """Keep the way the columns are placed, in a commit that is under way.

    Args:
        commit: Where it is written.
        register: Holds the mappings there are; an older one of this shape is replaced.
        header: The header as it was used.
        table: Where its rows went.
        name: What to call it: the name of the file.
        today: The ISO day of use.
        every: By field, the text that held for every row.
    """
    placed = {column.label: column.target for column in header.columns}
    placed |= {FOR_EVERY_ROW + name: value for name, value in (every or {}).items()}
    columns = json.dumps(placed, ensure_ascii=False)
    row = _record(register, header, table)
    if row is None:
        commit.add(
            "column_mappings",
            {
                "name": name[:500],
                "table": table,
                "shape": header.shape,
                "columns": columns,
                "used_on": today,
            },
        )
    elif _columns(row) != json.loads(columns):
        commit.set(str(row["id"]), columns=columns, used_on=today)


def _stored(register: Reading, header: Header, table: str) -> dict[str, str]:
    row = _record(register, header, table)
    return _columns(row) if row is not None else {}


def _record(register: Reading, header: Header, table: str) -> Row | None:
    wanted = _squeezed_shape(header.shape)
    for row in _of(register, table):
        if _squeezed_shape(str(row.get("shape") or "")) == wanted:
            return row
    return None


def _of(register: Reading, table: str) -> list[Row]:
    return [row for row in register.all("column_mappings") if row.get("table") == table]


def _used_on(row: Row) -> str:
    return str(row.get("used_on") or "")


def _squeezed_shape(shape: str) -> str:
    return "\n".join(squeezed(line) for line in shape.strip().split("\n"))


def _columns(row: Row) -> dict[str, str]:
    try:
        stored: Any = json.loads(row.get("columns") or "{}")
    except ValueError:
        return {}
    if not isinstance(stored, dict):
        return {}
    return {str(label): str(target) for label, target in stored.items()}
