"""Counts of children that are too small to be told where nobody may be identified.

A count of one to `least - 1` is not told; nor is one that could be worked out from what is told:
its complement in a whole that is known, or the one part of a sum that is left out. Nought is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LEAST = 5
"""Fewer children than these are not told of, unless a school sets another number."""


class Share(NamedTuple):
    """A part of a whole as it may be told.

    Args:
        words: '42% (17 of 40)', 'fewer than 5 of 40', 'too few to tell'.
        value: The share, 0 to 1; None where it may not be told.
    """

    words: str
    value: float | None


def too_small(count: int, least: int) -> bool:
    """Whether a count may not be told."""
    return 0 < count < least


def count_told(count: int, least: int) -> str:
    """A count in words: '17', '0', 'fewer than 5'."""
    return f"fewer than {least}" if too_small(count, least) else f"{count:,}"


def share_told(count: int, whole: int, least: int) -> Share:
    """A part of a whole. Neither it nor the rest can be worked out where one is too small.

    Args:
        count: The children it is true of.
        whole: All of whom it is known.
        least: Fewer than these are not told of.
    """
    if not whole:
        return Share("not known of anybody", None)
    if too_small(whole, least):
        return Share(f"too few to tell: fewer than {least}", None)
    if too_small(count, least):
        return Share(f"fewer than {least} of {whole:,}", None)
    if least > 1 and whole - count < least:
        return Share(f"more than {whole - least:,} of {whole:,}", None)
    return Share(f"{count / whole * 100:.0f}% ({count:,} of {whole:,})", count / whole)


def together(counts: Iterable[tuple[str, int]], least: int, others: str) -> list[tuple[str, int]]:
    """Parts of a sum, those that are too small put together so that none can be worked out.

    Args:
        counts: The name of each part and its count.
        least: Fewer than these are not told of.
        others: The name of what is put together; it names none of its parts.

    Returns:
        The parts in their order without those of nought, what is put together last. No count is
        too small, unless the sum of all is.
    """
    parts = [(name, count) for name, count in counts if count]
    hidden = {name for name, count in parts if too_small(count, least)}
    if not hidden:
        return parts
    by_size = sorted(parts, key=lambda part: part[1])
    total = sum(count for name, count in parts if name in hidden)
    for name, count in by_size:
        if total >= least:
            break
        if name not in hidden:
            hidden.add(name)
            total += count
    return [*(part for part in parts if part[0] not in hidden), (others, total)]
