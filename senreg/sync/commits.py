"""Commits as they travel: what goes on of them, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from senreg.models.tables import EMPLOYMENT, is_employment
from senreg.store.erasures import ERASURES
from senreg.store.journal import Commit
from senreg.store.operations import Operation
from senreg.sync.bundle_files import portable

if TYPE_CHECKING:
    from senreg.register import Register

MIXED = "objectives"
"""The table of which some records are of employment, and the others are not."""


def only_operations(commits: Iterable[Commit], keep: Callable[[Operation], Any]) -> list[Commit]:
    """The commits with those of their operations that are kept; without any, a commit is left out.

    An operation is genuine by itself, so that a commit may travel in part.
    """
    found = []
    for commit in commits:
        kept = [each for each in commit["ops"] if keep(each)]
        if len(kept) == len(commit["ops"]):
            found.append(commit)
        elif kept:
            found.append(commit | {"ops": kept})
    return found


def given(register: Register, found: Iterable[Commit]) -> list[Commit]:
    """Commits as they travel: without records of employment; from a pack, what has its values."""
    own = _of_employment(register)
    commits = only_operations(
        (portable(each) for each in found if each["ops"]),
        lambda operation: operation["table"] not in EMPLOYMENT and operation["record"] not in own,
    )
    if register.pack is None:
        return commits
    from senreg.sync.returns import whole_in

    return whole_in(commits)


def _of_employment(register: Register) -> frozenset[str]:
    """The records of employment among those of `MIXED`."""
    return frozenset(
        row["id"]
        for archived in (False, True)
        for row in register.all(MIXED, archived=archived)
        if is_employment(MIXED, row)
    )


def with_employment(
    register: Register, found: Iterable[Commit], travelling: list[Commit]
) -> list[Commit]:
    """Commits, and with them every operation on a record of employment that there is."""
    own = _of_employment(register)
    return _with_all_on(
        lambda operation: operation["table"] in EMPLOYMENT or operation["record"] in own,
        found,
        travelling,
    )


def with_told_since(
    register: Register, found: Sequence[Commit], travelling: list[Commit]
) -> list[Commit]:
    """Commits, and with them every operation on a record that was one of employment and is none.

    Whoever is said to know these lines was told of them without it.
    """
    once = {
        operation["record"]
        for commit in found
        for operation in commit["ops"]
        if operation["table"] == MIXED and is_employment(MIXED, operation.get("v") or {})
    }
    now = once - _of_employment(register)
    if not now:
        return travelling
    return _with_all_on(lambda operation: operation["record"] in now, found, travelling)


def with_erasures(found: Iterable[Commit], travelling: list[Commit]) -> list[Commit]:
    """Commits, and with them every erasure that there is.

    No bundle has an operation whose values were erased without what took them away: it may be
    taken in where nobody has heard of the erasure.
    """
    return _with_all_on(lambda operation: operation["table"] == ERASURES, found, travelling)


def _with_all_on(
    wanted: Callable[[Operation], Any], found: Iterable[Commit], travelling: list[Commit]
) -> list[Commit]:
    """Commits, and with them every operation that is wanted.

    Whoever was given a commit in two parts holds two commits of one name: operations are told
    apart by their own.
    """
    going = {each["h"] for commit in travelling for each in commit["ops"]}
    return only_operations(
        (portable(each) for each in found if each["ops"]),
        lambda operation: operation["h"] in going or wanted(operation),
    )
