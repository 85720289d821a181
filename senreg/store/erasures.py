"""Erasures: the records whose values the law had taken away, and operations without values.

An erasure is an operation that begins a record of the table `erasures`: {pupil, records:
["table/record"], reason}. It holds no name. The set only grows: it is joined like every other
operation, so that a copy that receives it erases too, and no old bundle undoes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from senreg import clock
from senreg.errors import CannotWrite

if TYPE_CHECKING:
    from senreg.store.folder import Store
    from senreg.store.scrubbing import Scrubbed
    from senreg.store.snapshot import Meta

ERASURES = "erasures"
_BESIDE = ".new-"
_DAY_MS = 86_400_000

Commit = dict[str, Any]
Operation = dict[str, Any]


def place_named(table: str, record: str) -> str:
    """A record as erasures name it."""
    return f"{table}/{record}"


def erased_by(erasure: Mapping[str, Any]) -> list[str]:
    """The records an erasure names, given its values."""
    places = [str(each) for each in erasure.get("records") or ()]
    return [each for each in places if not each.startswith(f"{ERASURES}/")]


def erasures_in(commits: Iterable[Commit]) -> set[str]:
    """The records that erasures among these commits name."""
    return {
        place
        for commit in commits
        for operation in commit["ops"]
        if operation["table"] == ERASURES
        for place in erased_by(operation.get("v") or {})
    }


def without_values(commit: Commit, erased: Collection[str]) -> Commit:
    """A commit, and those merged with it, without the values and salts of erased records.

    The commit itself is returned where it holds none.
    """
    operations = [_bare(each, erased) for each in commit["ops"]]
    merged = [without_values(each, erased) for each in commit.get("merged", ())]
    stripped = dict(commit)
    if any(map(_differs, operations, commit["ops"])):
        stripped["ops"] = operations
    if any(map(_differs, merged, commit.get("merged", ()))):
        stripped["merged"] = merged
    about = (commit.get("export") or {}).get("pupil")
    if about and place_named("pupils", about) in erased:
        del stripped["export"]
    same = len(stripped) == len(commit) and not any(
        stripped[key] is not commit[key] for key in stripped
    )
    return commit if same else stripped


def holds_values(commit: Commit, erased: Collection[str]) -> bool:
    """Whether a commit holds a value of an erased record."""
    return without_values(commit, erased) is not commit


def note_erasing(meta: Meta, erased: Collection[str], opening: str, operation: Operation) -> None:
    """Keep in mind that files hold values which an erasure, new or known, takes away.

    Args:
        meta: It names what is to be scrubbed.
        erased: The records erased so far.
        opening: Whose line the operation stands in.
        operation: One that is taken in.
    """
    table, record = operation["table"], operation["record"]
    if table == ERASURES and record not in meta.scrub:
        meta.scrub.append(record)
    elif erased and operation.get("v") and place_named(table, record) in erased:
        meta.waiting = sorted({*meta.waiting, opening})


def finish_erasing(store: Store) -> Scrubbed | None:
    """Scrub what an erasure, new, interrupted or made elsewhere, left to be scrubbed.

    None where nothing was left, or where the disk refused: then the store's warnings say so.
    """
    if store.read_only:
        return None
    if store.state.erased:
        _sweep(store)
    if not (store.meta.scrub or store.meta.waiting):
        return None
    from senreg.store.scrubbing import scrub

    try:
        return scrub(store)
    except CannotWrite as refusal:
        store.warnings.append(f"Erasing a pupil could not be finished. {refusal.happened}")
        return None


def _sweep(store: Store) -> None:
    """Remove what a killed program was writing beside its place a day ago or longer.

    A snapshot that was begun before an erasure may stand there, and nothing reads it. One that
    is younger may be another program's, on its way.
    """
    with suppress(OSError):
        for name in store.files.names(store.folder):
            path = store.folder / name
            age = clock.milliseconds() - store.files.modified(path) if _BESIDE in name else 0
            if age > _DAY_MS:
                store.files.discard(path)


def _bare(operation: dict[str, Any], erased: Collection[str]) -> dict[str, Any]:
    held = "v" in operation or "s" in operation
    if not held or place_named(operation["table"], operation["record"]) not in erased:
        return operation
    return {key: value for key, value in operation.items() if key not in ("s", "v")}


def _differs(one: object, other: object) -> bool:
    return one is not other
