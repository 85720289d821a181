"""What a copy knows, told as by opening how many of its lines, and what came after that.

A bundle says what its maker knows and since what it goes on. Of another copy's openings a copy
knows what bundles brought it; each merge keeps, as `knows` in its line, from which line of an
opening to which it brought all. Only where those follow on each other is the whole known: what
came in parts is sent once too often, and never once too little.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from senreg.store.journal import brought

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
    commits = list(commits)
    changed = {each["opening"]: None for each in commits if each["ops"]}
    known = _joined(register.store.meta.included, chain.from_iterable(map(brought, commits)))
    last = [opening for opening in changed if known.get(opening)][-_MOST_OPENINGS:]
    return {opening: known[opening] for opening in last}


def _joined(own: Known, told: Iterable[tuple[int, int, str]]) -> Known:
    """By every opening how many of its lines are known, where one part follows on another."""
    known = dict(own)
    for start, end, opening in sorted(told):
        if known.get(opening, 0) >= start:
            known[opening] = max(known.get(opening, 0), end)
    return known


def after(commits: Iterable[Commit], since: Mapping[str, int]) -> list[Commit]:
    """The commits that whoever knows so much lacks."""
    return [each for each in commits if each["n"] >= since.get(each["opening"], 0)]


def built_on(commits: Iterable[Commit], since: Mapping[str, int]) -> Known:
    """Of what a receiver is said to know, what is not in the bundle because of it.

    Lines that change no record do not count: they go to nobody.

    Args:
        commits: All of the exporter's journal.
        since: What the receiver is said to know.
    """
    left_out: Known = {}
    for each in commits:
        opening = each["opening"]
        if each["ops"] and each["n"] < since.get(opening, 0):
            left_out[opening] = max(left_out.get(opening, 0), each["n"] + 1)
    return left_out


def is_gap(bundle: Bundle, register: Register) -> bool:
    """Whether a bundle leaves out something, as known to its receiver, that is not here.

    Where some of this copy's journal was lost nothing can be told, and nothing is.
    """
    own = register.store.meta.included
    if all(own.get(opening, 0) >= lines for opening, lines in bundle.since.items()):
        return False
    told = register.store.journal.brought(own)
    if told is None:
        return False
    known = _joined(own, told)
    return any(known.get(opening, 0) < lines for opening, lines in bundle.since.items())


def spanned(bundles: Iterable[Bundle]) -> tuple[Known, Known]:
    """Since what several bundles together go on, and what they reach, by opening.

    Where the lines of an opening do not follow on each other, those that came last count.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for bundle in bundles:
        for opening in {**bundle.since, **bundle.known}:
            start = bundle.since.get(opening, 0)
            spans.setdefault(opening, []).append((start, bundle.known.get(opening, start)))
    since, known = {}, {}
    for opening, lines in spans.items():
        start, end = 0, 0
        for first, last in sorted(lines):
            start = first if first > end or not end else start
            end = max(end, last)
        since[opening], known[opening] = start, end
    return {opening: start for opening, start in since.items() if start}, known


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
