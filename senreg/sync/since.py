"""What a copy knows, told as by opening how many of its lines, and what came after that.

A bundle says what its maker knows and since what it goes on. Of another copy's openings a copy
knows what bundles brought it; each merge keeps, as `knows` in its line, from which line of an
opening to which it brought all. Only where those follow on each other is the whole known: what
came in parts is sent once too often, and never once too little.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.store.journal import Commit
    from senreg.sync.bundle import Bundle

Known = dict[str, int]
"""By opening, how many of its lines from the first on."""
Brought = dict[str, tuple[int, int]]
"""By opening, from which line to before which."""

_MOST_OPENINGS = 20_000


def known_in(register: Register, commits: Iterable[Commit]) -> Known:
    """What this copy can say that it knows.

    Args:
        register: The register.
        commits: All of its journal. Where some of that was lost, nothing is said to be known.
    """
    if register.lost_changes:
        return {}
    known = dict(register.store.meta.included)
    changed: dict[str, None] = {}
    brought = []
    for commit in commits:
        if commit["ops"]:
            changed[commit["opening"]] = None
        brought += [(*lines, opening) for opening, lines in commit.get("knows", {}).items()]
    for start, end, opening in sorted(brought):
        if known.get(opening, 0) >= start:
            known[opening] = max(known.get(opening, 0), end)
    last = [opening for opening in changed if known.get(opening)][-_MOST_OPENINGS:]
    return {opening: known[opening] for opening in last}


def after(commits: Iterable[Commit], since: Mapping[str, int]) -> list[Commit]:
    """The commits that whoever knows so much lacks."""
    return [each for each in commits if each["n"] >= since.get(each["opening"], 0)]


def brought_by(bundle: Bundle, commits: Iterable[Commit]) -> Brought:
    """What taking in these commits of a bundle, all that are new, makes known."""
    return {
        opening: (bundle.since.get(opening, 0), bundle.known[opening])
        for opening in {each["opening"] for each in commits}
        if opening in bundle.known
    }


def missing_from(known: Container[str], commits: Iterable[Commit]) -> set[str]:
    """The operations that these commits name as replaced and that are neither known nor here."""
    commits = list(commits)
    here = {operation["h"] for each in commits for operation in each["ops"]}
    named = {
        h
        for each in commits
        for operation in each["ops"]
        for ids in operation["o"].values()
        for h in ids
    }
    return {h for h in named - here if h not in known}


def as_known(said: Any) -> Known:
    """What the header of a bundle says of openings. Raises ValueError for what is none."""
    if not all(isinstance(n, int) and n >= 0 for n in said.values()):
        raise ValueError("lines are counted from 0")
    return {str(opening): n for opening, n in said.items()}
