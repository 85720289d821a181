"""Tables that are read from a snapshot's bytes when they are first looked at.

A start shows one list and needs a third of a register's tables for it; what it does not
look at it does not wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

import orjson

from senreg.store.pieces import Pieces, Readable


class Stretch(NamedTuple):
    """Where a table's JSON stands: what it is part of, and where it begins and ends."""

    data: Readable
    start: int
    end: int

    def json(self) -> bytes | memoryview:
        """The table's JSON."""
        if isinstance(self.data, bytes):
            return memoryview(self.data)[self.start : self.end]
        if isinstance(self.data, Pieces):
            return self.data.once(self.start, self.end)
        return self.data[self.start : self.end]

    def mentions(self, record: str) -> bool:
        """Whether a record may be in it: its id stands in the JSON, quoted, before a colon."""
        return self.data.find(b'"%b":' % record.encode(), self.start, self.end) >= 0


class LazyTables(MutableMapping[str, dict[str, Any]]):
    """Tables by name, each parsed once.

    Args:
        unread: Where each stands.
        changed: What is made of a table when it is read; without it, nothing.
    """

    def __init__(
        self,
        unread: Mapping[str, Stretch] | None = None,
        changed: Callable[[str, dict[str, Any]], dict[str, Any]] | None = None,
    ) -> None:
        self._unread = dict(unread or {})
        self._read: dict[str, dict[str, Any]] = {}
        self._order = dict.fromkeys(self._unread)
        """The names: those of the snapshot as they stood in it, then those that are new."""
        self._unmentioned: set[str] = set()
        """Ids that stand in no unread table; those only grow fewer."""
        self._changed = changed

    def frozen(self) -> LazyTables:
        """A copy that stays as this is now; what was not read yet is shared."""
        copied = LazyTables(self._unread, self._changed)
        copied._read = {name: dict(table) for name, table in self._read.items()}
        copied._order = dict(self._order)
        return copied

    def __getitem__(self, name: str) -> dict[str, Any]:
        table = self._read.get(name)
        if table is None:
            table = orjson.loads(self._unread[name].json())
            if self._changed is not None:
                table = self._changed(name, table)
            self._read[name] = table
            del self._unread[name]
        return table

    def get(self, name: str, default: Any = None) -> Any:
        """A table, or the default where there is none of that name."""
        table = self._read.get(name)
        if table is not None:
            return table
        return self[name] if name in self._unread else default

    def setdefault(self, name: str, default: Any = None) -> Any:
        """A table, begun as `default` where there is none of that name."""
        table = self.get(name)
        if table is None:
            table = self[name] = default
        return table

    def __setitem__(self, name: str, table: dict[str, Any]) -> None:
        self._unread.pop(name, None)
        self._read[name] = table
        self._order.setdefault(name)

    def __delitem__(self, name: str) -> None:
        if self._unread.pop(name, None) is None:
            del self._read[name]
        del self._order[name]

    def __contains__(self, name: object) -> bool:
        return name in self._read or name in self._unread

    def __iter__(self) -> Iterator[str]:
        return iter([*self._order])

    def __len__(self) -> int:
        return len(self._read) + len(self._unread)

    def holding(self, record: str) -> str | None:
        """The name of the table that holds a record; only tables that may hold it are read."""
        for name, table in self._read.items():
            if record in table:
                return name
        if record in self._unmentioned:
            return None
        for name, stretch in list(self._unread.items()):
            if stretch.mentions(record) and record in self[name]:
                return name
        self._unmentioned.add(record)
        return None

    def parts(self) -> Iterator[tuple[str, bytes | Stretch]]:
        """Every table's JSON; of one that was never looked at, where it was read from."""
        for name in self:
            if self._changed is not None:
                self[name]
            yield name, self._unread.get(name) or orjson.dumps(self._read[name])

    def read_next(self) -> bool:
        """Read one more table ahead of need; False when all are."""
        name = next(iter(self._unread), None)
        if name is None:
            return False
        self[name]
        return True
