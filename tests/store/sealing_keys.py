"""Keys for tests: cheap to derive, for nothing they protect is real."""

from functools import cache

from senreg.store.kdf import Cost
from senreg.store.keys import OpenKeys, make_keys
from senreg.store.operations import new_id
from senreg.store.recovery_key import public_half, written

CHEAP = Cost(memory=8, iterations=1)
PASSPHRASE = "tanned barrack unmoving atrocious hull"
RECOVERY_KEY = written(bytes(range(20)))


def fresh_keys(register: str = "", passphrase: str = PASSPHRASE) -> OpenKeys:
    """Keys for a register that is to be made."""
    return make_keys(register or new_id(), passphrase, _public(), 0, CHEAP)


@cache
def _public() -> bytes:
    return public_half(RECOVERY_KEY)
