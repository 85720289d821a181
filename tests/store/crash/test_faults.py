"""A disk that refuses at any call, or at two, loses nothing and is told plainly."""

from contextlib import suppress
from itertools import islice
from random import Random

import pytest

from senreg.errors import CannotWrite, SenregError
from tests.store.crash.disk import Disk, DiskFiles
from tests.store.crash.enumerate_states import no_collecting
from tests.store.crash.faults import SCENE, WAYS, FaultyFiles, refusals, verdict_on
from tests.store.crash.forms import FORMS, Plain
from tests.store.crash.promises import FINE, compare, judge
from tests.store.crash.steps import World

_SHARES = 8
_PAIRS_IN_A_SHARE = 20
_NEXT = 1
"""How many calls after a refused one are refused as well, each in turn; by night it is twelve."""

FORM = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
SHARE = pytest.mark.parametrize("share", range(_SHARES))


@FORM
@SHARE
def test_one_refused_call_loses_nothing_nor_do_two_one_after_the_other(form, share):
    """Every call is refused, and then also the next, by which the program lives with that."""
    with no_collecting():
        for given in islice(refusals(form), share, None, _SHARES):
            assert verdict_on(form, given) == FINE, given
            for both in refusals(form, given, _NEXT):
                assert verdict_on(form, both) == FINE, both


@FORM
@SHARE
def test_any_two_refused_calls_lose_nothing(form, share):
    drawn = Random(share)
    every = list(refusals(form))
    with no_collecting():
        for _ in range(_PAIRS_IN_A_SHARE):
            first, second = sorted(drawn.sample(range(len(every)), 2))
            faults = every[first] | every[second]
            assert verdict_on(form, faults) == FINE, faults


@FORM
def test_making_a_register_raises_what_the_store_says_and_nothing_else(form):
    files = FaultyFiles(Disk())
    form.create(files)
    for number, name in enumerate(files.called):
        for way in WAYS[name]:
            files = FaultyFiles(Disk())
            files.fail({number: way})
            with suppress(SenregError):
                form.create(files)


def fill(form, capacity):
    """Work on a disk of that size until it is full, and beyond."""
    disk = Disk(capacity=capacity)
    files = FaultyFiles(disk)
    world = World(form, files, 1)
    world.begin()
    refused = 0
    for step in SCENE * 2:
        try:
            step(world)
        except CannotWrite:
            refused += 1
    return world, disk, refused


@FORM
def test_a_disk_in_memory_filled_to_sixty_levels_is_read_at_each(form):
    files = FaultyFiles(Disk())
    form.create(files)
    empty = files.disk.used
    room = fill(form, None)[1].used + 2_000
    readable = 0
    for level in range(60):
        with no_collecting():
            world, disk, _ = fill(form, empty + 300 + room * level // 60)
            promised = world.promises.all[-1]
            full = Disk.holding(disk.content(), capacity=disk.used)
            store = form.open(DiskFiles(full))
            verdict, _ = compare(store, form, promised)
            assert verdict == FINE, level
            readable += 1
            assert judge(disk.content(), promised) == FINE, level
    assert readable == 60


def test_a_full_disk_refuses_and_room_lets_it_go_on():
    form = Plain()
    files = FaultyFiles(Disk())
    form.create(files)
    world, disk, refused = fill(form, files.disk.used + 3_000)
    assert len(world.promises.all[-1].kept) > 0
    assert disk.used <= disk.capacity
    assert refused or world.promises.all[-1].open
