"""Files whose calls fail where they are told to, and a program that lives with it."""

import errno
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from senreg.errors import SenregError
from tests.store.crash.disk import Disk
from tests.store.crash.forms import Form
from tests.store.crash.promises import FINE, Verdict, judge
from tests.store.crash.states import Recording, Tails, crash_states
from tests.store.crash.steps import (
    Sitting,
    Step,
    World,
    archive,
    edit,
    fold,
    import_many,
    new_record,
    snapshot,
    undo,
)

BEFORE, AFTER, HALF = "before", "after", "half"
"""A call fails before its effect, after it, or, where it writes, in the middle."""

CALLS = (
    "names",
    "read",
    "size",
    "make_folder",
    "create",
    "append",
    "sync",
    "close",
    "replace",
    "remove",
    "sync_entry",
)

WAYS = dict.fromkeys(CALLS, (BEFORE, AFTER)) | {
    "names": (BEFORE,),
    "read": (BEFORE,),
    "size": (BEFORE,),
    "append": (BEFORE, AFTER, HALF),
}
"""The ways in which a call may fail that are not the same; one that only reads has no effect."""

Faults = dict[int, str]
"""By the number of a call, in which way it fails."""


class FaultyFiles(Recording):
    """Files on a disk in memory of which some calls fail."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk)
        self.faults: Faults = {}
        self.called: list[str] = []
        self.broken: set[int] = set()
        self.touched_again: list[str] = []

    def fail(self, faults: Faults) -> None:
        """From now on calls are counted from 0, and these fail."""
        self.faults, self.called = faults, []

    def guarded(self, name: str, arguments: tuple[Any, ...]) -> Any:
        way = self.faults.get(len(self.called), "")
        self.called.append(name)
        if name in ("append", "sync"):
            number = self._open[arguments[0]]
            if number in self.broken:
                self.touched_again.append(name)
            if way:
                self.broken.add(number)
                if name == "sync" and way != AFTER:
                    self.disk.nodes[number].failed = True
        if way == BEFORE:
            raise _refusal()
        if way == HALF and name == "append":
            arguments = (arguments[0], arguments[1][: len(arguments[1]) // 2])
        given = getattr(super(), name)(*arguments)
        if way:
            raise _refusal()
        return given


def _refusal() -> OSError:
    return OSError(errno.EIO, "Input/output error")


def _guard(name: str) -> Callable[..., Any]:
    def call(self: FaultyFiles, *arguments: Any) -> Any:
        return self.guarded(name, arguments)

    return call


for _name in CALLS:
    setattr(FaultyFiles, _name, _guard(_name))


def _reopen(world: World) -> None:
    for sitting in list(world.sittings):
        sitting.store.close()
        world.sittings.remove(sitting)
    _sit(world)


def _second(world: World) -> None:
    _sit(world)


def _sit(world: World) -> Sitting:
    """Open it; a program that was told that it cannot be read is started again."""
    while True:
        with suppress(SenregError):
            return world.sit()


SCENE: tuple[Step, ...] = (
    edit,
    import_many,
    snapshot,
    edit,
    _reopen,
    undo,
    archive,
    _second,
    new_record,
    edit,
    fold,
    edit,
    snapshot,
    edit,
    _reopen,
    new_record,
    edit,
    _reopen,
)


def live_through(form: Form, faults: Faults, seed: int = 1) -> tuple[World, FaultyFiles]:
    """Work on a register while these calls fail; `called` of the files is what was called.

    Every exception but the store's own, which say what happened, goes through to the caller.
    """
    files = FaultyFiles(Disk())
    world = World(form, files, seed)
    world.begin()
    files.fail(faults)
    for step in SCENE:
        with suppress(SenregError):
            step(world)
    files.faults = {}
    return world, files


def refusals(form: Form, given: Faults | None = None, near: int | None = None) -> Iterator[Faults]:
    """Each way in which one more call may fail.

    Args:
        form: Of the register.
        given: The calls that fail before it. What is called after them, to live with them, is
            what may fail as well.
        near: Within how many calls of the last of those; None for any.
    """
    before = given or {}
    called = live_through(form, before)[1].called
    first = max(before, default=-1) + 1
    last = len(called) if near is None else min(len(called), first + near)
    for number in range(first, last):
        for way in WAYS[called[number]]:
            yield before | {number: way}


def verdict_on(form: Form, faults: Faults) -> Verdict:
    """What these faults did to the promises: at once, and if the power then goes as well.

    After two refusals and a power cut what is shown and what the journal says may differ about
    a commit that was refused, and about nothing else.
    """
    world, files = live_through(form, faults)
    if files.touched_again:
        return Verdict("touched again", files.touched_again[0])
    promised = world.promises.all[-1]
    if len(faults) > 1:
        promised = replace(promised, seen_elsewhere=promised.refused)
    verdict = judge(files.disk.content(), promised)
    if verdict.kind:
        return verdict
    files.did("end")
    for state in crash_states(files.moments[-1], "posix", Tails(files.disk)):
        verdict = judge(state, promised)
        if verdict.kind:
            return Verdict(f"{verdict.kind} after a crash", verdict.detail)
    return FINE
