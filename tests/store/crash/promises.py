"""What a program has promised at each moment, and whether a disk keeps it."""

from dataclasses import dataclass, field, replace
from typing import Any

from senreg.errors import SenregError
from senreg.store.folder import Change
from senreg.store.journal import Commit
from tests.store.crash.disk import Disk, DiskFiles
from tests.store.crash.forms import Form, View, first_changes, without
from tests.store.crash.states import State


@dataclass(frozen=True, slots=True)
class Attempt:
    """A commit that a program began to write. Its label is its own."""

    label: str
    writer: int
    """Which sitting of a program wrote it."""
    changes: list[Change]


@dataclass(slots=True)
class Promised:
    """What must be on a disk, and what may."""

    form: Form
    kept: list[Commit] = field(default_factory=list)
    """Acknowledged."""
    open: dict[str, Attempt] = field(default_factory=dict)
    """Begun, or refused by the disk and not yet followed by a commit of the same sitting."""
    forms: tuple[Form, ...] = ()
    """How it may be opened besides `form`: while that is being changed."""
    made: bool = False
    """The register itself was made."""
    seen_elsewhere: frozenset[tuple[str, str]] = frozenset()
    """Records of commits that were refused while another program may have read them: that
    one may go on showing them."""
    refused: frozenset[tuple[str, str]] = frozenset()
    """Records of all commits that were refused."""
    _views: dict[tuple[str, ...], View] = field(default_factory=dict)

    def view(self, extra: list[Commit]) -> View:
        key = tuple(each["tx"] for each in extra)
        if key not in self._views:
            self._views[key] = self.form.expected([*self.kept, *extra])
        return self._views[key]


class Promises:
    """A program's promises one after another; each has a number, which is a moment's `at`."""

    def __init__(self, form: Form) -> None:
        self._now = Promised(form)
        self.all = [self._now]

    def made(self) -> None:
        self._add(made=True)

    def begin(self, attempt: Attempt) -> None:
        self._add(open={**self._now.open, attempt.label: attempt})

    def refuse(self, attempt: Attempt) -> None:
        """Told as not saved: until a commit follows it may be there all the same."""
        records = {(each.table, each.record) for each in attempt.changes}
        self._add(refused=self._now.refused | records)

    def keep(self, attempt: Attempt, commit: Commit, *, alone: bool) -> None:
        """Acknowledged: what the same sitting was refused before may not come back.

        Args:
            attempt: As it was begun.
            commit: As it was written.
            alone: No other program has the register open.
        """
        now = self._now
        own = [each for each in now.open.values() if each.writer == attempt.writer]
        standing = {label: each for label, each in now.open.items() if each not in own}
        seen = {(c.table, c.record) for each in own if each != attempt for c in each.changes}
        self._add(
            open=standing,
            kept=[*now.kept, commit],
            seen_elsewhere=now.seen_elsewhere | (frozenset() if alone else seen),
        )

    def changing_to(self, form: Form) -> None:
        """From now on the register opens in the form it has, or in this one."""
        self._add(forms=(form,))

    def changed_to(self, form: Form) -> None:
        """From now on the register opens in this form only."""
        self._add(form=form, forms=())

    def _add(self, **changes: Any) -> None:
        self._now = replace(self._now, **{"_views": {}} | changes)
        self.all.append(self._now)

    @property
    def count(self) -> int:
        return len(self.all) - 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a disk: a kind, and in which way. An empty kind is nothing."""

    kind: str = ""
    detail: str = ""


FINE = Verdict()


def judge(content: State, promised: Promised, *, capacity: int | None = None) -> Verdict:
    """Open what a crash left, compare it with what was promised, and go on working with it."""
    disk = Disk.holding(content, capacity)
    store, form, refusal = _open(disk, promised)
    if store is None:
        return FINE if not promised.made else Verdict("refused", refusal)
    verdict, extra = compare(store, form, promised)
    if verdict.kind:
        return verdict
    if store.read_only:
        return Verdict("read-only", " ".join(store.warnings))
    return _second_life(store, form, disk, promised, extra)


def _open(disk: Disk, promised: Promised) -> tuple[Any, Form, str]:
    refusal = ""
    for form in (promised.form, *promised.forms):
        try:
            return form.open(DiskFiles(disk)), form, ""
        except SenregError as told:
            refusal = told.happened
    return None, promised.form, refusal


def compare(store: Any, form: Form, promised: Promised) -> tuple[Verdict, list[Commit]]:
    """Whether an open register is what was promised, and the commits it has beyond that."""
    found = {each["tx"]: each for each in form.commits(store)}
    for commit in promised.kept:
        for part in (*commit.get("merged", ()), commit):
            read = found.pop(part["tx"], None)
            if read is None:
                return Verdict("lost", f"{part['label']} is not in the journal"), []
            if read["ops"] != part["ops"]:
                return Verdict("lost", f"{part['label']} reads otherwise"), []
    extra = []
    for commit in found.values():
        attempt = promised.open.get(commit["label"])
        if attempt is None:
            if not any(_brings(each, commit) for each in found.values()):
                return Verdict("invented", f"{commit['label']} in the journal"), []
        elif not _whole(attempt, commit):
            return Verdict("invented", f"{commit['label']} in part"), []
        else:
            extra.append(commit)
    if not _same(form.view(store), promised.view(extra), promised.seen_elsewhere):
        labels = ", ".join(each["label"] for each in extra)
        return Verdict("wrong", f"what is shown is not what the journal says (with {labels})"), []
    return FINE, extra


def _same(found: View, wanted: View, apart_from: frozenset[tuple[str, str]]) -> bool:
    return found == wanted or (
        bool(apart_from) and without(found, apart_from) == without(wanted, apart_from)
    )


def _brings(carrier: Commit, commit: Commit) -> bool:
    return any(each["tx"] == commit["tx"] for each in carrier.get("merged", ()))


def _whole(attempt: Attempt, commit: Commit) -> bool:
    written = [(op["table"], op["record"], op["v"], set(op.get("d", ()))) for op in commit["ops"]]
    return written == [(c.table, c.record, c.values, c.dropped) for c in attempt.changes]


def _second_life(
    store: Any, form: Form, disk: Disk, promised: Promised, extra: list[Commit]
) -> Verdict:
    """Edit, close, open again: everything is there, and the new commit."""
    commit = store.write("Second life", "me", first_changes("life"))
    store.close()
    again = form.open(DiskFiles(disk))
    then = replace(promised, form=form, kept=[*promised.kept, *extra, commit], _views={})
    verdict, _ = compare(again, form, then)
    if verdict.kind:
        return Verdict(f"{verdict.kind} in its second life", verdict.detail)
    if again.read_only:
        return Verdict("read-only in its second life", " ".join(again.warnings))
    return FINE
