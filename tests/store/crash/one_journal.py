"""A design that is known to lose edits: one journal, replaced where it lies.

A snapshot is made durable and put in place; then an empty journal is put in the old one's
place, and only then the folder is synced. Many programs do this.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from senreg.errors import DamagedRegister
from senreg.store.files import Files
from senreg.store.folder import Change
from senreg.store.journal import Commit
from senreg.store.operations import make_operation, new_id
from tests.store.crash.disk import ROOT
from tests.store.crash.forms import View, fold, shown

_SNAPSHOT = ROOT / "register.json"
_JOURNAL = ROOT / "journal.jsonl"


class OneJournal:
    """An open register of that design, as far as the harness uses one."""

    def __init__(self, files: Files, commits: list[Commit]) -> None:
        self.read_only = False
        self.warnings: list[str] = []
        self.commits = commits
        self._files = files
        self._descriptor: int | None = None

    @property
    def state(self) -> Any:
        return fold(self.commits)

    def write(self, label: str, by: str, changes: list[Change]) -> Commit:
        if self._descriptor is None:
            self.snapshot()
        header = {"tx": new_id(), "t": len(self.commits), "copy": "c", "opening": "o", "by": by}
        header["n"] = len(self.commits)
        operations = []
        for change in changes:
            heads = {
                name: self.state.heads_of(change.table, change.record, name)
                for name in (*change.values, *change.dropped)
            }
            operations.append(
                make_operation(
                    header, change.table, change.record, change.values, heads, change.dropped
                )
            )
        commit = header | {"label": label, "ops": operations}
        self._files.append(self._descriptor, orjson.dumps(commit) + b"\n")
        self._files.sync(self._descriptor)
        self.commits.append(commit)
        return commit

    def snapshot(self) -> None:
        self._put(_SNAPSHOT, orjson.dumps(self.commits))
        if self._descriptor is not None:
            self._files.close(self._descriptor)
        beside = self._put_beside(_JOURNAL)
        self._descriptor = self._files.create(beside)
        self._files.sync(self._descriptor)
        self._files.replace(beside, _JOURNAL)
        self._files.sync_entry(_JOURNAL)

    def close(self) -> None:
        self.snapshot()

    def _put(self, target: Any, data: bytes) -> None:
        beside = self._put_beside(target)
        self._files.write_whole(beside, data)
        self._files.replace(beside, target)

    @staticmethod
    def _put_beside(target: Any) -> Any:
        return target.with_name(f"{target.name}.new-{new_id()}")


class OneJournalForm:
    """The form in which the harness opens it."""

    name = "one journal"

    def create(self, files: Files) -> OneJournal:
        files.make_folder(ROOT)
        store = OneJournal(files, [])
        store.snapshot()
        return store

    def open(self, files: Files) -> OneJournal:
        try:
            commits = orjson.loads(files.read(_SNAPSHOT))
            lines = files.read(_JOURNAL).split(b"\n")
        except (OSError, ValueError) as bad:
            raise DamagedRegister("It cannot be read.") from bad
        known = {each["tx"] for each in commits}
        for line in lines[:-1]:
            try:
                commit = orjson.loads(line)
            except ValueError:
                break
            if commit["tx"] not in known:
                commits.append(commit)
        return OneJournal(files, commits)

    def commits(self, store: OneJournal) -> list[Commit]:
        return store.commits

    def view(self, store: OneJournal) -> View:
        return shown(store.state)

    def expected(self, commits: Iterable[Commit]) -> View:
        return shown(fold(commits))
