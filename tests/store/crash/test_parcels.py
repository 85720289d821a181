"""Cuts and turned bits in what leaves a register's folder: refused, or read as it was written.

`python -m tests.store.crash.nightly` makes every cut and turns every bit; here there are some of
each kind of file.
"""

import pytest

from tests.store.crash.enumerate_states import no_collecting
from tests.store.crash.parcels import Parcel, parcels, spoilt

PLACES = 220
"""Of each kind of file, at which it is cut and a bit is turned."""
FLIPS = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with parcels(tmp_path_factory.mktemp("parcels")) as every:
        yield {each.name: each for each in every}


BOTH = (
    "backup",
    "backup of a register that is gone",
    "note of verified backups",
    "bundle that is merged",
    "bundle that is joined",
    "file of a sync folder",
    "draft",
    "index of history",
    "note of who has it open",
    "note of what was seen here",
    "note of copies that were met",
    "settings of the machine",
)
KINDS = [f"{form} {kind}" for form in ("plain", "sealed") for kind in BOTH] + [
    "sealed staff pack",
    "sealed what comes back from a pack",
]


def test_every_kind_has_its_turn(made):
    assert sorted(made) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_refused_or_is_none(made, kind):
    parcel = made[kind]
    assert parcel.wrong_with(parcel.whole) == ""
    assert parcel.expected is not None
    stride = max(2, len(parcel.whole) // PLACES)
    with no_collecting():
        for what, written in spoilt(parcel.whole, stride=stride, flips=FLIPS, name=kind):
            assert parcel.wrong_with(written) == "", what


def test_a_reader_that_looks_at_no_digest_is_condemned():
    unchecked = Parcel("text", b"Sam bit his lip", lambda written: written, lambda: None)
    found = {unchecked.wrong_with(each) for _, each in all_of(unchecked)}
    assert found == {"it is read as something else"}
    raising = Parcel("text", b"Sam", lambda written: written.decode("ascii"), lambda: None)
    assert any("raises" in raising.wrong_with(each) for _, each in all_of(raising))


def all_of(parcel):
    return spoilt(parcel.whole, stride=1, flips=0, name=parcel.name)
