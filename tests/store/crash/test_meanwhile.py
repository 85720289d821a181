"""What others do to the folder between any two calls of a program on the disk loses nothing.

One program takes a step; at one of its calls on the disk it stands still, and others do
something whole. It goes on, and whoever opens the register then must be shown every edit
that was acknowledged. No file system is wrong here, and nobody crashes.
"""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senreg.store.folder import Change, Store
from tests.store.crash.disk import Disk, DiskFiles
from tests.store.crash.enumerate_states import no_collecting
from tests.store.crash.faults import CALLS
from tests.store.crash.forms import FORMS


class StandingStill(DiskFiles):
    """Files that, before one of their calls, let others do something."""

    def __init__(self, disk):
        super().__init__(disk)
        self.calls = 0
        self.meanwhile = {}

    def stand_still(self, meanwhile):
        """From now on calls are counted from 0; before these, others do this."""
        self.calls, self.meanwhile = 0, dict(meanwhile)

    def reached(self):
        self.calls += 1
        self.meanwhile.pop(self.calls - 1, lambda: None)()


def _standing(name: str) -> Any:
    own = getattr(DiskFiles, name)

    def call(self, *arguments):
        self.reached()
        return own(self, *arguments)

    return call


for _name in CALLS:
    setattr(StandingStill, _name, _standing(_name))


class Scene:
    """Three programs in one folder, and what each was told is saved."""

    def __init__(self, form):
        self.form = form
        self.disk = Disk()
        self.files = StandingStill(self.disk)
        self.told = {}
        form.create(DiskFiles(self.disk)).close()
        self.other = form.open(DiskFiles(self.disk))
        self.third = form.open(DiskFiles(self.disk))
        self.edit(self.other, "other")
        self.edit(self.other, "other")
        self.mine = form.open(self.files)
        self.edit(self.mine, "mine")
        self.edit(self.third, "third")

    def edit(self, store: Store, record: str):
        label = f"{record} {len(self.told)} {self.told.get(record, '')}"[:60]
        store.write(label, record, [Change("pupils", record, {"surname": label})])
        self.told[record] = label

    def shown(self):
        store = self.form.open(DiskFiles(self.disk))
        assert not store.warnings
        assert not store.read_only
        return {record: each["surname"] for record, each in store.state.live["pupils"].items()}


def close_and_put_away(scene):
    scene.edit(scene.other, "other")
    scene.other.close()
    scene.third.snapshot(anew=True)
    scene.third.snapshot(anew=True)


def write(scene):
    for store, record in ((scene.other, "other"), (scene.third, "third")):
        scene.edit(store, record)


def write_and_rest(scene):
    scene.edit(scene.other, "other")
    scene.other.snapshot()


def all_close(scene):
    for store, record in ((scene.other, "other"), (scene.third, "third")):
        scene.edit(store, record)
        store.close()
    scene.form.open(DiskFiles(scene.disk)).snapshot(anew=True)


def come_and_go(scene):
    for _ in range(3):
        store = scene.form.open(DiskFiles(scene.disk))
        scene.edit(store, "passer-by")
        store.close()


def take_a_snapshot(scene):
    scene.mine.snapshot()


def take_one_anew(scene):
    scene.mine.snapshot(anew=True)


def go(scene):
    scene.mine.close()


def come(scene):
    scene.mine = scene.form.open(scene.files)


def look(scene):
    scene.mine.fold()


def edit(scene):
    scene.edit(scene.mine, "mine")


MEANWHILE = (close_and_put_away, write, write_and_rest, all_close, come_and_go)
STEPS = (take_a_snapshot, take_one_anew, go, come, look, edit)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda each: each.__name__)
@pytest.mark.parametrize("step", STEPS, ids=lambda each: each.__name__)
def test_whatever_others_do_at_any_call_every_edit_is_shown(form, meanwhile, step):
    number = 0
    with no_collecting():
        while calls_of(form, step, {number: meanwhile}) > number:
            number += 1
    assert number


@given(
    form=st.sampled_from(FORMS),
    step=st.sampled_from(STEPS),
    meanwhile=st.dictionaries(st.integers(0, 40), st.sampled_from(MEANWHILE), min_size=2),
)
@settings(max_examples=300, deadline=None)
def test_nor_is_any_lost_where_others_do_so_again_and_again(form, step, meanwhile):
    calls_of(form, step, meanwhile)


def calls_of(form, step, meanwhile):
    """How many calls the step made, once it and what comes after it were found to lose nothing."""
    scene = Scene(form)
    scene.files.stand_still({at: partial(others, scene) for at, others in meanwhile.items()})
    step(scene)
    calls = scene.files.calls
    scene.files.stand_still({})
    assert scene.shown() == scene.told, meanwhile
    scene.edit(scene.mine, "mine")
    scene.mine.snapshot()
    assert scene.shown() == scene.told, f"{meanwhile}, and a snapshot after it"
    return calls
