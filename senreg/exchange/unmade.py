"""A register that is still to be made: what an import is planned against before there is one."""

from __future__ import annotations

from typing import Any

from senreg.rules.reading import Row


class Unmade:
    """Holds nothing, and can only be read. An import planned against it is moved to a real one."""

    version = 0

    def all(self, table: str, *, archived: bool = False) -> list[Row]:  # noqa: ARG002
        """No records."""
        return []

    def get(self, record: str) -> Row | None:  # noqa: ARG002
        """No record."""
        return None

    def find(self, table: str, **fields: Any) -> list[Row]:  # noqa: ARG002
        """No records."""
        return []

    def by(self, table: str, name: str) -> dict[Any, list[Row]]:  # noqa: ARG002
        """No records."""
        return {}
