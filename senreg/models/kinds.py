"""Of what kind each field is, known without loading a model.

Whoever only judges the form of what arrives needs no more than that, and pydantic costs more than
the judging. `kinds.json` says nothing that the models do not; `python -m senreg.models.kinds`
makes it of them, and a test holds that it was made since they changed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import orjson

from senreg.models.describe import Kind
from senreg.models.tables import TABLES, fields_of

FILE = Path(__file__).with_name("kinds.json")


@cache
def _all() -> dict[str, dict[str, Kind]]:
    found: dict[str, dict[str, Kind]] = orjson.loads(FILE.read_bytes())
    return found


def kinds_of(table: str) -> dict[str, Kind]:
    """The kind of each field of a table; of one that is not known here, none."""
    return _all().get(table, {})


def kinds_in_models() -> bytes:
    """What `kinds.json` should be: by table and field, as the models say."""
    kinds = {table: {field.name: field.kind for field in fields_of(table)} for table in TABLES}
    return orjson.dumps(kinds, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    FILE.write_bytes(kinds_in_models())
