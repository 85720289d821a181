"""What is said where two copies have different keys, since one of them was given a new one."""

from __future__ import annotations

from senreg.errors import SenregError
from senreg.sync.bundle import Bundle

GIVEN_UP = (
    "Given up: this comes from a copy that still has the key this register gave up. Bring it in "
    "only if you trust whoever made it, and have that copy join anew."
)
"""What is said first of what such a copy did."""

LEFT_BEHIND = (
    "Left behind: the register was given a new key on another copy, and this copy has the one "
    "before. Export a bundle of what was done here, and join anew from one of that copy."
)
"""What is said first where this is such a copy."""


def told_of_keys(bundle: Bundle) -> list[str]:
    """What is said of the key that a bundle is sealed under; nothing where it is in use here."""
    return [*([GIVEN_UP] if bundle.retired else ()), *([LEFT_BEHIND] if bundle.newer else ())]


def given_up() -> SenregError:
    """The refusal of a bundle under a key that was given up."""
    return SenregError(
        "That bundle comes from a copy that still has the key this register gave up.",
        do="See what it holds with --old-key --dry-run. If you trust whoever made it, merge it "
        "with --old-key; then have that copy join anew from a bundle of this register.",
    )
