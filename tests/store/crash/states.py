"""Every state of a disk that a crash may leave, for three kinds of file system.

- POSIX: changes of names reach the disk in any order until their folder is synced.
- NTFS-like: changes of names reach the disk in order, so that some first ones of them are there.
- FAT-like: as POSIX, and putting a file in another's place is two changes, removing the other
  and renaming; moving to another folder is two as well.

Of the bytes of a file that were not synced, none, some or all may be there, and the file may
have its length while sectors of it hold zeros.
"""

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from tests.store.crash.disk import FOLDER, Disk, DiskFiles, Renaming, parent

MODELS = ("posix", "ntfs", "fat")
SECTOR = 512
_ALL_SUBSETS_UP_TO = 6
_TAILS_TOGETHER = 24

State = dict[str, bytes | None]
"""What a crash left: the bytes of each file; None for a folder."""


class Moment(NamedTuple):
    """What a disk is sure and not sure to hold after a call."""

    call: str
    durable: dict[str, int]
    pending: tuple[Renaming, ...]
    lengths: dict[int, tuple[int, int]]
    """By file: how much is safe, and how much there is."""
    at: int
    """How many marks the program had set: what it had promised until then."""


class Recording(DiskFiles):
    """Files that keep the moment after every call. `at` gives the place in the promises."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk)
        self.moments: list[Moment] = []
        self.at = 0

    def did(self, call: str) -> None:
        disk = self.disk
        self.moments.append(
            Moment(
                call,
                dict(disk.durable),
                tuple(disk.pending),
                {n: (node.synced, len(node.data)) for n, node in disk.nodes.items()},
                self.at,
            )
        )


class Tails:
    """The forms a file may have after a crash, each made once."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._known: dict[tuple[int, int, int], list[bytes]] = {}

    def of(self, number: int, safe: int, length: int) -> list[bytes]:
        key = (number, safe, length)
        if key not in self._known:
            self._known[key] = list(dict.fromkeys(_forms(self._disk.nodes[number].data, *key[1:])))
        return self._known[key]


def _forms(data: bytes, safe: int, length: int) -> Iterator[bytes]:
    """All, none, half, all but one byte, zeros, and sectors of zeros before, behind, between."""
    yield data[:length]
    if safe == length:
        return
    kept, tail = data[:safe], data[safe:length]
    half = len(tail) // 2
    yield kept
    yield kept + tail[:half]
    yield kept + tail[:-1]
    yield kept + bytes(len(tail))
    yield kept + tail[:half] + bytes(len(tail) - half)
    first = SECTOR - safe % SECTOR
    if first < len(tail):
        yield kept + bytes(first) + tail[first:]
        yield kept + tail[:first] + bytes(len(tail) - first)
        yield kept + tail[:first]
    if first + SECTOR < len(tail):
        yield kept + tail[:first] + bytes(SECTOR) + tail[first + SECTOR :]


def crash_states(moment: Moment, model: str, tails: Tails) -> Iterator[State]:
    """Every state that a crash at this moment may leave."""
    for names in _namings(moment, model):
        reached = {
            name: number
            for name, number in names.items()
            if names.get(parent(name)) == FOLDER or parent(name) == ""
        }
        numbers = sorted({number for number in reached.values() if number != FOLDER})
        forms = [tails.of(number, *moment.lengths[number]) for number in numbers]
        for chosen in _choices(forms):
            content = dict(zip(numbers, chosen, strict=True))
            yield {
                name: None if number == FOLDER else content[number]
                for name, number in reached.items()
            }


def _choices(forms: list[list[bytes]]) -> Iterator[tuple[bytes, ...]]:
    """One form of each file: all combinations, or one file at a time where those are many."""
    many = 1
    for each in forms:
        many *= len(each)
    if many <= _TAILS_TOGETHER:
        yield from product(*forms)
        return
    whole = tuple(each[0] for each in forms)
    yield whole
    for place, each in enumerate(forms):
        for form in each[1:]:
            yield (*whole[:place], form, *whole[place + 1 :])


def _namings(moment: Moment, model: str) -> Iterator[dict[str, int]]:
    """The names that may be there."""
    for chosen in _chosen(moment, model):
        names = dict(moment.durable)
        for name, number in chosen:
            if number is None:
                names.pop(name, None)
            else:
                names[name] = number
        yield names


Part = tuple[str, int | None]


def _chosen(moment: Moment, model: str) -> Iterator[list[Part]]:
    steps: list[tuple[Part, ...]] = []
    taken = dict(moment.durable)
    for change in moment.pending:
        steps += _apart(change, taken) if model == "fat" else [change.parts]
        taken.update({name: number for name, number in change.parts if number is not None})
    many = len(steps)
    if model == "ntfs":
        subsets = [tuple(range(count)) for count in range(many + 1)]
    elif many <= _ALL_SUBSETS_UP_TO:
        subsets = [s for size in range(many + 1) for s in combinations(range(many), size)]
    else:
        every = range(many)
        subsets = [tuple(range(count)) for count in range(many + 1)]
        subsets += [pair for size in (1, 2) for pair in combinations(every, size)]
        subsets += [tuple(n for n in every if n != left) for left in every]
    for subset in dict.fromkeys(subsets):
        yield [part for number in subset for part in steps[number]]


def _apart(change: Renaming, taken: dict[str, int]) -> list[tuple[Part, ...]]:
    """The steps in which a disk that knows no replacing makes a change."""
    if len(change.parts) == 1:
        return [change.parts]
    (source, _), (target, number) = change.parts
    steps: list[tuple[Part, ...]] = []
    if target in taken:
        steps.append(((target, None),))
    if parent(source) == parent(target):
        return [*steps, change.parts]
    return [*steps, ((target, number),), ((source, None),)]
