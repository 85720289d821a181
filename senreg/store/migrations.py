"""Records of older versions of the models, read as those of this one.

Nothing in the journal is ever rewritten: an operation stays as it was made, and is changed over
each time it is read. A snapshot is changed over table by table when a table is first looked at,
and written in the new form with the first change that is saved.

A step takes a document of one table from one version to the next. It works field by field: it
is given whole documents, parts of them and single fields, and makes of each field what it would
make of it in any company. It adds no field of its own, takes None for a value that is not known,
and passes on what it does not know. `archived` and the table's name are not its to change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from senreg.store.operations import Operation

SCHEMA = 1
"""The version of the models. A register of a newer one opens for reading only."""

Document = dict[str, Any]
Step = Callable[[Document], Document]
Table = dict[str, Any]
Commit = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Models:
    """A version of the models, and the steps that lead to it."""

    version: int = SCHEMA
    steps: Mapping[tuple[str, int], Step] = field(default_factory=dict)
    """By table and the version a step starts from."""

    def document(self, table: str, since: int, document: Document) -> Document:
        """A document, or a part of one, of an older version as one of this."""
        for step in self._steps(table, since):
            document = step(dict(document))
        return document

    def names(self, table: str, since: int, name: str) -> list[str]:
        """What a field of an older version is called now; nothing where it is no more."""
        return list(self.document(table, since, {name: None}))

    def commit(self, commit: Commit) -> Commit:
        """A commit as it would have been made with this version; its id stays."""
        since = schema_of(commit)
        if since >= self.version:
            return commit
        return commit | {"ops": [self.operation(since, each) for each in commit["ops"]]}

    def operation(self, since: int, operation: Operation) -> Operation:
        """An operation of an older version as one of this; `h` stays the hash of the old."""
        table = operation["table"]
        if since >= self.version or not self._steps(table, since):
            return operation
        replaced: dict[str, list[str]] = {}
        for name, heads in operation["o"].items():
            for now in self.names(table, since, name):
                known = replaced.setdefault(now, [])
                known += [each for each in heads if each not in known]
        changed = operation | {"o": replaced}
        for part in ("c", "s"):
            if part in operation:
                changed[part] = self._renamed(table, since, operation[part])
        if "v" in operation:
            changed["v"] = self.document(table, since, operation["v"] or {})
        if operation.get("d"):
            changed["d"] = [
                now for name in operation["d"] for now in self.names(table, since, name)
            ]
        return changed

    def tables(self, since: int) -> Callable[[str, Table], Table] | None:
        """What makes a table of documents of an older version one of this; None for no change."""
        if since >= self.version:
            return None

        def changed(table: str, documents: Table) -> Table:
            if not self._steps(table, since):
                return documents
            return {record: self.document(table, since, each) for record, each in documents.items()}

        return changed

    def heads(self, since: int) -> Callable[[str, Table], Table] | None:
        """The same for the heads of a table's fields; those that all fields share have no name."""
        if since >= self.version:
            return None

        def changed(table: str, records: Table) -> Table:
            if not self._steps(table, since):
                return records
            return {
                record: entry
                if isinstance(entry, str)
                else {"": entry[""]} | self._renamed(table, since, entry, but="")
                for record, entry in records.items()
            }

        return changed

    def awaited(self, since: int, awaited: dict[str, list[str]]) -> dict[str, list[str]]:
        """Fields of operations that have not come yet; what tables they are of is not known."""
        tables = {table for table, version in self.steps if since <= version < self.version}
        if not tables:
            return awaited
        return {
            h: sorted(
                {now for name in names for each in tables for now in self.names(each, since, name)}
                | set(names)
            )
            for h, names in awaited.items()
        }

    def conflict(self, since: int, entry: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """The heads of a contested field of an older version, by what it is called now."""
        table, name = entry["table"], entry["field"]
        if not self._steps(table, since):
            return {name: entry["heads"]}
        found = {}
        for now in self.names(table, since, name):
            found[now] = [
                head | {"v": self.document(table, since, {name: head["v"]}).get(now)}
                if "v" in head
                else head
                for head in entry["heads"]
            ]
        return found

    def _renamed(
        self, table: str, since: int, named: Mapping[str, Any], but: str | None = None
    ) -> dict[str, Any]:
        return {
            now: value
            for name, value in named.items()
            if name != but
            for now in self.names(table, since, name)
        }

    def _steps(self, table: str, since: int) -> list[Step]:
        versions = range(since, self.version)
        return [self.steps[(table, each)] for each in versions if (table, each) in self.steps]


MODELS = Models()
"""Those of this program."""


def schema_of(commit: Mapping[str, Any]) -> int:
    """The version of the models with which a commit was made; the first was not written down."""
    return int(commit.get("schema", 1))
