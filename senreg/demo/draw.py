"""Chance that can be repeated: everything an invented school leaves to chance is drawn here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

_ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that are easy to read out, as the register's own ids have them."""


class Draw:
    """A stream of draws: the same seed gives the same stream on every machine.

    Args:
        seed: Any text.
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - a school to try things on, not a secret
        self._used: Counter[tuple[str, int]] = Counter()

    def new_id(self) -> str:
        """An id of sixteen letters and digits."""
        number = self._random.getrandbits(80)
        return "".join(_ID_LETTERS[number >> shift & 31] for shift in range(0, 80, 5))

    def chance(self, share: float) -> bool:
        """True in that share of all draws, between 0 and 1."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends counting; the low end where the span is empty."""
        return self._random.randint(low, max(low, high))

    def one(self, options: Sequence[T]) -> T:
        """Any one of several."""
        return options[int(self._random.random() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of several (option, weight) pairs."""
        values, weights = zip(*options, strict=True)
        chosen: T = self._random.choices(values, weights)[0]
        return chosen

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many different ones, in drawn order; all of them where there are fewer."""
        return self._random.sample(options, min(count, len(options)))

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All of them in drawn order."""
        return self._random.sample(options, len(options))

    def fresh(self, name: str, options: Sequence[T]) -> T:
        """One of those that were used least, so that a text comes back as late as it can.

        Args:
            name: What the options are; use is counted by name and by the option itself, so
                that lists which overlap share their counts.
            options: Objects that live as long as the drawing does.
        """
        used = self._used
        least = min(used[name, id(option)] for option in options)
        chosen = self.one([each for each in options if used[name, id(each)] == least])
        used[name, id(chosen)] += 1
        return chosen
