"""Which commit undo and redo reverse next: those of this session, then those before it."""

from __future__ import annotations

from senreg.store.folder import Store
from senreg.store.journal import Commit
from senreg.store.undo import Steps


class Session:
    """The commits of this copy, the ones made before this opening read only when needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: list[Commit] = []
        self._all: list[Commit] | None = None

    def add(self, commit: Commit) -> None:
        """Remember a commit that was just made here."""
        self._made.append(commit)
        if self._all is not None:
            self._all.append(commit)

    def to_undo(self, *, look_back: bool) -> Commit | None:
        """The commit undo would reverse; with `look_back` also among earlier openings."""
        found = self._steps(self._made).to_undo()
        if found is None and look_back:
            found = self._steps(self._everything()).to_undo()
        return found

    def to_redo(self, *, look_back: bool) -> Commit | None:
        """The undo that redo would reverse; an edit since then leaves nothing to redo."""
        if any(each.get("kind", "edit") == "edit" for each in self._made):
            return self._steps(self._made).to_redo()
        found = self._steps(self._made).to_redo()
        if found is None and look_back:
            found = self._steps(self._everything()).to_redo()
        return found

    def own_reversals(self) -> set[str]:
        """The operations by which this copy undid or redid, as far as its commits are at hand."""
        return {
            operation["h"]
            for commit in (self._all if self._all is not None else self._made)
            if commit.get("kind") in ("undo", "redo")
            for operation in commit["ops"]
        }

    def _steps(self, commits: list[Commit]) -> Steps:
        return Steps(commits, self._store.state.erased)

    def _everything(self) -> list[Commit]:
        if self._all is None:
            commits = self._store.commits(copy=self._store.meta.copy)
            # A clock may have been put back between two sittings: the order of writing counts.
            self._all = sorted(commits, key=lambda each: each.get("k", 0))
        return self._all
