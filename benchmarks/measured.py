"""One measurement, and how pairs of runs become a ratio."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal, TypeVar

Unit = Literal["s", "B", "edits"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the result.

    Args:
        name: What was measured, as it can be asked for.
        title: The same in words.
        value: What senreg took: median seconds or bytes.
        peer: What the peer took; None where the peer is not installed.
        ratio: Median over pairs of senreg's figure through the peer's; None without a peer.
        budget: The most the ratio may be; None where the design sets none.
        n: How many pairs were run.
        against: What the peer is.
        unit: Of value and peer.
    """

    name: str
    title: str
    value: float
    peer: float | None
    ratio: float | None
    budget: float | None
    n: int
    against: str
    unit: Unit = "s"

    @property
    def is_met(self) -> bool | None:
        """Whether the budget is kept; None where there is nothing to compare."""
        if self.ratio is None or self.budget is None:
            return None
        return self.ratio <= self.budget

    def as_json(self) -> dict[str, object]:
        """The line as scripts get it; seconds or bytes."""
        names = ("name", "value", "peer", "ratio", "budget", "n")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a measurement is about: its name, its words, its budget and its peer."""

    name: str
    title: str
    against: str
    budget: float | None
    unit: Unit = "s"

    def measured(self, pairs: Iterable[tuple[float, float]]) -> Measured:
        """The measurement that these pairs of senreg's and the peer's figures make."""
        ours, theirs = zip(*pairs, strict=True)
        return Measured(
            self.name,
            self.title,
            median(ours),
            median(theirs),
            median(one / other for one, other in zip(ours, theirs, strict=True)),
            self.budget,
            len(ours),
            self.against,
            self.unit,
        )

    def alone(self, figures: list[float]) -> Measured:
        """The measurement where the peer is missing."""
        return Measured(
            self.name, self.title, median(figures), None, None, self.budget, len(figures),
            self.against, self.unit,
        )  # fmt: skip


def in_turn(
    count: int, ours: Callable[[], T], peer: Callable[[], T], warm_up: int = 1
) -> list[tuple[T, T]]:
    """Figures of runs in turn; the first pairs only warm the disk and its caches up."""
    pairs = [(ours(), peer()) for _ in range(warm_up + count)]
    return pairs[warm_up:]


def p95(figures: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(figures, n=20, method="inclusive")[-1]
