"""Commits as they travel: what goes on of them, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from senreg.models.tables import EMPLOYMENT
from senreg.store.erasures import ERASURES
from senreg.store.journal import Commit
from senreg.store.operations import Operation
from senreg.sync.bundle_files import portable

if TYPE_CHECKING:
    from senreg.register import Register


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
    commits = only_operations(
        (portable(each) for each in found if each["ops"]),
        lambda operation: operation["table"] not in EMPLOYMENT,
    )
    if register.pack is None:
        return commits
    from senreg.sync.returns import whole_in

    return whole_in(commits)


def with_employment(found: Iterable[Commit], travelling: list[Commit]) -> list[Commit]:
    """Commits, and with them every operation on a record of employment that there is."""
    return _with_all_on(EMPLOYMENT, found, travelling)


def with_erasures(found: Iterable[Commit], travelling: list[Commit]) -> list[Commit]:
    """Commits, and with them every erasure that there is.

    No bundle has an operation whose values were erased without what took them away: it may be
    taken in where nobody has heard of the erasure.
    """
    return _with_all_on((ERASURES,), found, travelling)


def _with_all_on(
    tables: Collection[str], found: Iterable[Commit], travelling: list[Commit]
) -> list[Commit]:
    """Commits, and with them every operation on a record of these tables.

    Whoever was given a commit in two parts holds two commits of one name: operations are told
    apart by their own.
    """
    going = {each["h"] for commit in travelling for each in commit["ops"]}
    return only_operations(
        (portable(each) for each in found if each["ops"]),
        lambda operation: operation["table"] in tables or operation["h"] in going,
    )
