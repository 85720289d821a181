"""What is told of a register that can be read and not written to."""

import pytest

from senreg.errors import CannotWrite
from senreg.store.files import disk_refused
from senreg.store.refusals import (
    KEYS_GONE,
    NEWER,
    OTHER_KEYS,
    TWIN_READ,
    UNFINISHED,
    pack_ended,
    tells_of_damage,
)


@pytest.mark.parametrize(
    "warning",
    [
        NEWER,
        OTHER_KEYS,
        UNFINISHED,
        KEYS_GONE,
        f"keys.json is damaged; {TWIN_READ}",
        pack_ended("2027-07-21"),
        disk_refused(OSError(28, "No space left on device")).happened,
    ],
)
def test_what_no_backup_mends_is_not_called_damage(warning):
    assert not tells_of_damage(warning)


def test_a_damaged_snapshot_is():
    assert tells_of_damage("The last snapshot of this register is damaged.")
    assert tells_of_damage(CannotWrite("A damaged part of the journal cannot be written.").happened)
