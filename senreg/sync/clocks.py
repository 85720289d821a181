"""Copies whose clock looks wrong: pointed out when they are merged, and deciding nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from senreg.rules.naming import Get, staff_named
from senreg.store.journal import Commit

DAY = 24 * 60 * 60 * 1000
"""Milliseconds by which a stamp may be ahead of this machine's clock without a word."""


def wrong_clocks(commits: Iterable[Commit], now: int, get: Get) -> Iterator[str]:
    """A sentence for each copy that stamped a commit more than a day ahead, in days to the nearest.

    Args:
        commits: What came from other copies.
        now: This machine's clock, in milliseconds since 1970.
        get: Finds whoever wrote it.
    """
    furthest: dict[str, Commit] = {}
    for commit in commits:
        known = furthest.get(commit["copy"])
        if commit["t"] - now > DAY and (known is None or commit["t"] > known["t"]):
            furthest[commit["copy"]] = commit
    for copy, commit in furthest.items():
        days = round((commit["t"] - now) / DAY)
        who = staff_named(commit["by"], get) or "somebody"
        yield (
            f"Clock: the computer on which {who} wrote (copy {copy}) is "
            f"{days:,} {'day' if days == 1 else 'days'} ahead of this one: one of the two is "
            "wrong. Only the times that are shown suffer; set it right."
        )
