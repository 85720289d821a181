"""The process of `benchmarks.stage` on an encrypted register, its passphrase in a file.

`python -m benchmarks.unlocked_stage REGISTER FILE`. Besides what `stage` prints, `kdf` is how
many seconds went into deriving the key, which is dear on purpose.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import stage


def main(words: list[str]) -> None:
    """Start senreg on the register and print what was seen."""
    path, passphrase_file = words
    seen: dict[str, Any] = {"kdf": 0.0}
    os.environ["SENREG_PASSPHRASE_FILE"] = passphrase_file
    stage.watched(stage.list_is_usable, [], seen)
    _unlock_with(Path(passphrase_file), seen)
    stage.as_from_a_terminal(path)
    print(json.dumps(seen))


def _unlock_with(passphrase_file: Path, seen: dict[str, Any]) -> None:
    """Have the register opened with the passphrase, and note what the derivation takes."""
    from senreg import vault
    from senreg.register import Register
    from senreg.store import kdf, keys

    derive, open_register = kdf.derive, Register.open

    def derive_timed(*given: Any) -> bytes:
        start = perf_counter()
        derived = derive(*given)
        seen["kdf"] += perf_counter() - start
        return derived

    def open_unlocked(folder: Path, **named: Any) -> Register:
        if "unlock" not in named:
            passphrase = passphrase_file.read_text(encoding="utf-8").splitlines()[0]
            named["unlock"] = vault.unlock(folder, passphrase)
        return open_register(folder, **named)

    setattr(keys, derive.__name__, derive_timed)
    setattr(Register, open_register.__name__, open_unlocked)


if __name__ == "__main__":
    main(sys.argv[1:])
