"""From a passphrase to a key: Argon2id (RFC 9106), as dear as this machine can bear.

The parameters stand in the register's key file, so that another machine derives the same
key. A passphrase is normalised first, for it is typed on keyboards of every kind: Unicode
NFKC, spaces at the ends dropped and runs of spaces made one.
"""

from __future__ import annotations

import time
import unicodedata
from typing import NamedTuple

_SECONDS = 0.25
_MOST_ITERATIONS = 24
_LARGEST_MEMORY = 1_048_576


class Cost(NamedTuple):
    """What one derivation costs."""

    memory: int = 65_536
    """KiB."""
    iterations: int = 3
    lanes: int = 1

    @property
    def bearable(self) -> bool:
        """Whether a key file may ask for this.

        One that was tampered with might ask for more memory than there is, or for hours.
        """
        return 8 * self.lanes <= self.memory <= _LARGEST_MEMORY and 0 < self.iterations <= 256


FLOOR = Cost()
"""64 MiB and three passes: the second recommendation of RFC 9106, section 4, in one lane."""


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The 32 bytes that wrap a register's key. It releases Python's lock while it works."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    return kdf.derive(normalised(passphrase).encode("utf-8"))


def normalised(passphrase: str) -> str:
    """A passphrase as it counts, however it was typed."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def calibrated() -> Cost:
    """The cost that takes this machine about a quarter of a second, never below the floor.

    Memory stays at the floor, for the register may be opened on a smaller machine.
    """
    start = time.perf_counter()
    derive("calibration", b"\0" * 16, FLOOR)
    one = max((time.perf_counter() - start) / FLOOR.iterations, 1e-3)
    iterations = min(max(FLOOR.iterations, int(_SECONDS / one)), _MOST_ITERATIONS)
    return FLOOR._replace(iterations=iterations)
