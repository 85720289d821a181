"""What has to hold in the end, when all copies have met."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from senreg.sync.join import join
from tests.store.sealing_keys import PASSPHRASE
from tests.sync.laws.copies import Copy, each_other, sent, take


def all_laws(copies: Sequence[Copy], place: Path) -> None:
    """See that each copy kept the laws, let all meet, and see that they are the same.

    Args:
        copies: The copies.
        place: Where bundles lie on their way, in a folder of their own.
    """
    for copy in copies:
        copy.agrees()
        copy.has_lost_nothing()
        copy.holds_nothing_erased()
    _joining(copies, place)
    for one, two in combinations(copies, 2):
        each_other(one, two, place)
    last = copies[-1]
    for copy in copies:
        take(copy, sent(last, place), place)
        copy.has_lost_nothing()
        copy.holds_nothing_erased()
        assert copy.view() == last.view()
        copy.agrees()
    sent(last, place)
    words = PASSPHRASE if last.keys is not None else None
    with join(place, place.parent / "joined", passphrase=words) as register:
        joined = Copy(last.world, "joined", last.files, register, register.store.keys)
        joined.learn(last.told())
        joined.agrees()
        joined.has_lost_nothing()


def _joining(copies: Sequence[Copy], place: Path) -> None:
    """(A + B) + C and A + (C + B), of three that have not met."""
    a, b, c = (sent(copy, place) for copy in copies[:3])
    left, right, middle = (Copy.first(copies[0].world, "joining") for _ in range(3))
    for bundle in (a, b, c):
        take(left, bundle, place)
    for bundle in (c, b):
        take(middle, bundle, place)
    for bundle in (sent(middle, place), a):
        take(right, bundle, place)
    assert left.view() == right.view()
    left.agrees()
