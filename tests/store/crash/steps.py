"""What programs do to a register, one small function a step, and workloads made of them.

A step is a function of a `World`; a new one is a function here and a line in `STEPS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from senreg.errors import CannotWrite
from senreg.store.backups import Backups
from senreg.store.folder import Change, Store
from senreg.store.key_files import write_keys
from senreg.store.operations import ARCHIVED
from senreg.store.recovery_key import public_half
from senreg.store.rekeying import rekey, seal_in_place
from senreg.store.session import Session
from senreg.store.undo import reversal
from tests.store.crash.disk import ROOT, Disk, DiskFiles
from tests.store.crash.forms import Form, Sealed
from tests.store.crash.promises import Attempt, Promises
from tests.store.crash.states import Recording
from tests.store.sealing_keys import CHEAP, RECOVERY_KEY

_SURNAMES = ("O'Neill", "小明", "[/b]", "=1+1", "Ó Súilleabháin", "", "a" * 700)
_IMPORTED = 12


@dataclass(slots=True)
class Sitting:
    """A program that has the register open."""

    number: int
    store: Any
    on_its_way: Any = None
    """A snapshot that is written beside its place: the frozen copy, where, and its bytes."""


class World:
    """A disk, the programs that have its register open, and what they promised."""

    def __init__(self, form: Form, files: Recording, seed: int) -> None:
        self.form = form
        self.files = files
        self.random = Random(seed)
        self.promises = Promises(form)
        self.sittings: list[Sitting] = []
        self._sat = 0
        self._written = 0

    def begin(self) -> None:
        """Make the register."""
        self._sit(self.form.create(self.files))
        self.promises.made()
        self._note()

    def sit(self) -> Sitting:
        """Open the register once more."""
        return self._sit(self.form.open(self.files))

    def any_sitting(self) -> Sitting:
        return self.random.choice(self.sittings)

    def write(self, sitting: Sitting, changes: list[Change], **how: Any) -> None:
        """One commit, and whether it was acknowledged."""
        self._written += 1
        attempt = Attempt(f"Commit {self._written}", sitting.number, changes)
        self.promises.begin(attempt)
        self._note()
        try:
            commit = sitting.store.write(attempt.label, "me", changes, **how)
        except CannotWrite:
            self.promises.refuse(attempt)
            return
        self.promises.keep(attempt, commit, alone=len(self.sittings) == 1)
        self._note()

    def changing_to(self, form: Form) -> None:
        """A program has begun to change the form of the register."""
        self.promises.changing_to(form)
        self._note()

    def changed_to(self, form: Form) -> None:
        """It has told its user that this is done."""
        self.form = form
        self.promises.changed_to(form)
        self._note()

    def record(self, store: Any, *, new: bool = False) -> str:
        """A record that is there, or a new one's id."""
        known = list(store.state.live.get("pupils", {}))
        return f"p{self._written}" if new or not known else self.random.choice(known)

    def values(self) -> dict[str, Any]:
        drawn = self.random
        values = {"surname": drawn.choice(_SURNAMES), "n": drawn.randrange(100)}
        return {name: values[name] for name in drawn.sample(sorted(values), drawn.randint(1, 2))}

    def _sit(self, store: Any) -> Sitting:
        self._sat += 1
        sitting = Sitting(self._sat, store)
        self.sittings.append(sitting)
        return sitting

    def _note(self) -> None:
        self.files.at = self.promises.count


Step = Callable[[World], None]


def edit(world: World) -> None:
    sitting = world.any_sitting()
    world.write(sitting, [Change("pupils", world.record(sitting.store), world.values())])


def new_record(world: World) -> None:
    sitting = world.any_sitting()
    changes = [Change("pupils", world.record(sitting.store, new=True), world.values())]
    world.write(sitting, changes)


def import_many(world: World) -> None:
    sitting = world.any_sitting()
    first = world.record(sitting.store, new=True)
    changes = [Change("pupils", f"{first}-{n}", world.values()) for n in range(_IMPORTED)]
    world.write(sitting, changes)


def take_field_away(world: World) -> None:
    sitting = world.any_sitting()
    record = world.record(sitting.store)
    document = sitting.store.state.document("pupils", record)
    if document:
        world.write(sitting, [Change("pupils", record, {}, {min(document)})])


def archive(world: World) -> None:
    sitting = world.any_sitting()
    record = world.record(sitting.store)
    if sitting.store.state.document("pupils", record) is not None:
        world.write(sitting, [Change("pupils", record, {ARCHIVED: True})])


def undo(world: World) -> None:
    sitting = world.any_sitting()
    store: Store = sitting.store
    session = Session(store)
    commit = session.to_undo(look_back=True)
    if commit is not None:
        changes, _ = reversal(store, commit, session.own_reversals())
        if changes:
            world.write(sitting, changes, kind="undo", of=commit["tx"])


def merge(world: World) -> None:
    """Commits of another copy of the same register come in as one."""
    sitting = world.any_sitting()
    store: Store = sitting.store
    copy = Store.create(ROOT, register=store.meta.register, files=DiskFiles(Disk()))
    for number in range(2):
        record = world.record(store, new=number == 0)
        copy.write(f"Elsewhere {number}", "them", [Change("pupils", record, world.values())])
    world.write(sitting, [], kind="merge", merged=copy.journal.commits())


def fold(world: World) -> None:
    world.any_sitting().store.fold()


def snapshot(world: World) -> None:
    world.any_sitting().store.snapshot()


def begin_snapshot(world: World) -> None:
    """A snapshot of a frozen copy is written beside its place, while work goes on."""
    sitting = world.any_sitting()
    frozen = sitting.store.freeze()
    if frozen is not None:
        sitting.on_its_way = (frozen, *frozen.written())


def place_snapshot(world: World) -> None:
    """One that was on its way is put in its place, whatever has happened since."""
    sitting = world.any_sitting()
    if sitting.on_its_way is not None:
        sitting.store.place(*sitting.on_its_way)
        sitting.on_its_way = None


def close_and_open(world: World) -> None:
    sitting = world.any_sitting()
    sitting.store.close()
    world.sittings.remove(sitting)
    world.sit()


def second_writer(world: World) -> None:
    """Another program opens it; where there are two, one closes."""
    if len(world.sittings) == 1:
        world.sit()
    else:
        sitting = world.any_sitting()
        sitting.store.close()
        world.sittings.remove(sitting)


def killed(world: World) -> None:
    """A program ends without closing."""
    world.sittings.remove(world.any_sitting())
    if not world.sittings:
        world.sit()


def change_passphrase(world: World) -> None:
    """A sealed register is given another passphrase."""
    store: Store = world.any_sitting().store
    if store.keys is None:
        return
    form = Sealed(f"passphrase {world.random.random()}", world.form.version)
    world.changing_to(form)
    keys = store.keys.with_passphrase(form.passphrase, CHEAP)
    write_keys(world.files, ROOT, keys.file)
    store.keys = keys
    world.changed_to(form)


def change_keys(world: World) -> None:
    """All of it is written anew, under new keys: sealed where it was plain."""
    sitting = world.any_sitting()
    for each in list(world.sittings):
        if each is not sitting:
            each.store.close()
            world.sittings.remove(each)
    form = Sealed(f"passphrase {world.random.random()}", world.form.version)
    world.changing_to(form)
    change = seal_in_place if sitting.store.keys is None else rekey
    change(sitting.store, form.passphrase, public_half(RECOVERY_KEY), cost=CHEAP)
    world.changed_to(form)


def migrate(world: World) -> None:
    """A program with newer models changes something: all is written in their form from then on."""
    for each in list(world.sittings):
        each.store.close()
        world.sittings.remove(each)
    world.changed_to(world.form.newer())
    store = world.sit().store
    store.before_migration = lambda store: Backups(store).back_up("migration")
    edit(world)


def back_up(world: World) -> None:
    """Everything is written into one file more."""
    Backups(world.any_sitting().store).back_up()


STEPS: tuple[tuple[Step, int], ...] = (
    (edit, 6),
    (new_record, 3),
    (import_many, 1),
    (take_field_away, 1),
    (archive, 1),
    (undo, 2),
    (merge, 1),
    (fold, 1),
    (snapshot, 2),
    (begin_snapshot, 2),
    (place_snapshot, 3),
    (close_and_open, 3),
    (second_writer, 2),
    (killed, 1),
    (change_passphrase, 1),
    (change_keys, 1),
    (migrate, 1),
    (back_up, 1),
)
"""Each step and how often it comes beside the others."""


def run_workload(
    form: Form,
    files: Recording,
    seed: int,
    length: int,
    steps: Sequence[tuple[Step, int]] = STEPS,
) -> World:
    """A register made, so many steps drawn from a seed, and all programs closed."""
    world = World(form, files, seed)
    world.begin()
    kinds, weights = zip(*steps, strict=True)
    for step in world.random.choices(kinds, weights, k=length):
        step(world)
    for sitting in world.sittings:
        sitting.store.close()
    return world
