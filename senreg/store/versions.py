"""What a store does about registers of older and newer versions of senreg."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from senreg.store.journal import Commit, Journal
from senreg.store.migrations import Models, schema_of
from senreg.store.refusals import NEWER
from senreg.store.segments import FORMAT
from senreg.store.snapshot import Meta


class Versioned:
    """The side of a store that knows versions.

    `before_migration` is called with the store before the first change to a register of older
    models, to make a backup; what it raises, the change raises, and nothing is changed.
    """

    meta: Meta
    journal: Journal
    behind: bool

    def __init__(self, models: Models) -> None:
        self.models = models
        self.before_migration: Callable[[Any], object] | None = None
        self.warnings: list[str] = []
        self.read_only = False

    def commits(self, *, since: int | None = None, copy: str | None = None) -> list[Commit]:
        """The journal's commits as they would have been made with these models; see there."""
        found = self.journal.commits(since=since, copy=copy)
        return [self.models.commit(each) for each in found]

    def _migrate(self) -> None:
        """Write as these models have it from now on, once what should precede that was done."""
        if self.meta.schema < self.models.version:
            if self.before_migration is not None:
                self.before_migration(self)
            self.meta.schema = self.models.version
            self.behind = True

    def _mind_newer(self, said: Mapping[str, Any]) -> int:
        """The version of the models that a header or commit is of; a newer one is only read."""
        since = schema_of(said)
        if since > self.models.version or int(said.get("format", FORMAT)) > FORMAT:
            self._only_read(NEWER)
        return since

    def _only_read(self, sentence: str) -> None:
        self.read_only = True
        if sentence not in self.warnings:
            self.warnings.append(sentence)
