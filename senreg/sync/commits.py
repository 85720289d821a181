"""Commits as they travel: what goes on of them, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from senreg.models.tables import EMPLOYMENT
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
    """Commits, and with them every operation on a record of employment that there is.

    Whoever was given a commit in two parts holds two commits of one name: operations are told
    apart by their own.
    """
    going = {each["h"] for commit in travelling for each in commit["ops"]}
    return only_operations(
        (portable(each) for each in found if each["ops"]),
        lambda operation: operation["table"] in EMPLOYMENT or operation["h"] in going,
    )
