"""What came back from a staff pack, was not within it and was left: kept, and taken after all.

Each record that would have been changed has one entry, so that erasing a child takes what was
left about that child with it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import orjson

from senreg import clock
from senreg.errors import NoSuchRecord
from senreg.register import Register
from senreg.store.erasures import place_named
from senreg.store.journal import Commit
from senreg.store.operations import Operation
from senreg.store.pack_record import ASIDE
from senreg.sync.commits import only_operations
from senreg.sync.merge import MergePlan, in_words, new_to, pupils_in


@dataclass(frozen=True, slots=True)
class Aside:
    """Edits of one record that were left.

    Args:
        id: The id of the entry.
        pack: The id of the staff pack they came back from.
        by: Who left them: a staff id or a login name.
        at: When, in milliseconds since 1970.
        commits: The edits, as they came.
    """

    id: str
    pack: str
    by: str
    at: int
    commits: list[Commit]

    @property
    def edits(self) -> int:
        """How many there are."""
        return sum(len(each["ops"]) for each in self.commits)


def set_aside(register: Register, plan: MergePlan) -> int:
    """Keep what a plan leaves, with who left it and when; how many edits were not kept before.

    Raises CannotWrite, ReadOnly.
    """
    if not plan.outside:
        return 0
    kept = {op["h"] for aside in asides(register) for each in aside.commits for op in each["ops"]}
    erased = register.store.state.erased
    fresh = only_operations(
        plan.outside, lambda each: each["h"] not in kept and not _is_of_erased(each, erased)
    )
    pupils = pupils_in(register, fresh)
    places: dict[tuple[str, str], list[str]] = {}
    for commit in fresh:
        for each in commit["ops"]:
            places.setdefault((each["table"], each["record"]), []).append(each["h"])
    records = {}
    for hashes in places.values():
        part = only_operations(fresh, partial(_is_of, hashes))
        records[_id_of(hashes)] = {
            "pack": plan.pack,
            "pupil": pupils[hashes[0]],
            "by": register.person,
            "at": clock.milliseconds(),
            "commits": orjson.dumps(part).decode(),
        }
    if records:
        register.keep_aside(records)
    return len(pupils)


def asides(register: Register) -> list[Aside]:
    """What was left and was not taken since, nor erased, the newest first."""
    known, erased = register.store.known(), register.store.state.erased
    found = []
    for row in register.all(ASIDE):
        try:
            commits = new_to(known, orjson.loads(row["commits"] or "[]"), erased)
        except ValueError:
            continue
        if commits:
            by, at = str(row["by"] or ""), int(row["at"] or 0)
            found.append(Aside(row.id, str(row["pack"] or ""), by, at, commits))
    return sorted(found, key=lambda each: (-each.at, each.id))


def said_of(register: Register, aside: Aside) -> list[str]:
    """What was left, in words."""
    return in_words(register, aside.commits)


def take_after_all(register: Register, ids: Collection[str]) -> int:
    """Take in what was left; how many edits.

    Raises:
        NoSuchRecord: Of one of these ids nothing is left.
        CannotWrite: The disk refused.
    """
    left = {each.id: each for each in asides(register)}
    if not left.keys() >= set(ids):
        raise NoSuchRecord(
            "Nothing is set aside under that id.", do="See what is: senreg packs --aside"
        )
    commits = new_to(register.store.known(), [each for key in ids for each in left[key].commits])
    register.before("merge")
    register.merged(commits, "Take what was set aside")
    return sum(len(each["ops"]) for each in commits)


def _is_of_erased(operation: Operation, erased: Collection[str]) -> bool:
    pupil = (operation.get("v") or {}).get("pupil")
    return pupil is not None and place_named("pupils", str(pupil)) in erased


def _is_of(hashes: Collection[str], operation: Operation) -> bool:
    return operation["h"] in hashes


def _id_of(hashes: Collection[str]) -> str:
    """The same on every copy that leaves the same edits."""
    return blake2b("/".join(sorted(hashes)).encode(), digest_size=8).hexdigest()
