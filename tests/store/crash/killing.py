"""Writers that are killed at any moment, over and over, and what they were promised.

    python -m tests.store.crash.killing FOLDER FORM KILLS WRITERS SEED

prints one line of JSON: how many were killed, how many edits were acknowledged, and what of
them is lost or was never written. Each writer is a process of its own, forked from one that
has everything loaded.
"""

import json
import os
import select
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from senreg.store.folder import Change, Store
from senreg.store.keys import OpenKeys
from tests.store.sealing_keys import fresh_keys

_SNAPSHOT_EVERY = 17
_REOPEN_EVERY = 29
_MOST_EDITS = 60
_PAUSE_SECONDS = 0.004


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def write_for_ever(folder: Path, keys: OpenKeys | None, name: str, tell: int) -> None:
    """Edit, say so, and now and then leave a snapshot or close and open again."""
    store = Store.open(folder, keys=keys)
    number = 0
    while True:
        label = f"{name}-{number}"
        store.write(label, name, [Change("pupils", name, {"surname": label})])
        os.write(tell, b"%d\n" % number)
        number += 1
        if number % _SNAPSHOT_EVERY == 0:
            store.snapshot()
        if number % _REOPEN_EVERY == 0:
            store.close()
            store = Store.open(folder, keys=keys)


class Round:
    """Some writers at once, each killed after so many edits."""

    def __init__(self, folder: Path, keys: OpenKeys | None, names: list[str], random: Random):
        self._random = random
        self._heard = dict.fromkeys(names, b"")
        self._left = {name: random.randrange(_MOST_EDITS) for name in names}
        self._pids: dict[str, int] = {}
        self._pipes: dict[int, str] = {}
        for name in names:
            read, write = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(read)
                try:
                    write_for_ever(folder, keys, name, write)
                finally:
                    os._exit(1)
            os.close(write)
            self._pids[name] = pid
            self._pipes[read] = name

    def last_acknowledged(self) -> dict[str, int]:
        """Kill each at its moment; by writer, the number of the last edit it told of."""
        while self._pipes:
            ready, _, _ = select.select(list(self._pipes), [], [])
            for pipe in ready:
                name = self._pipes[pipe]
                heard = os.read(pipe, 65_536)
                self._heard[name] += heard
                if not heard:
                    os.close(pipe)
                    del self._pipes[pipe]
                elif self._heard[name].count(b"\n") > self._left[name]:
                    self._kill(name)
        return {name: self._heard[name].count(b"\n") - 1 for name in self._heard}

    def _kill(self, name: str) -> None:
        pid = self._pids.pop(name, 0)
        if pid:
            moment = time.perf_counter() + self._random.random() * _PAUSE_SECONDS
            while time.perf_counter() < moment:
                pass
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            assert os.WIFSIGNALED(status), f"{name} ended by itself"


def run(folder: Path, *, sealed: bool, kills: int, writers: int, seed: int) -> Tally:
    """Kill so many writers of one register, and look for every edit they told of."""
    random = Random(seed)
    keys = fresh_keys() if sealed else None
    Store.create(folder, keys=keys).close()
    tally = Tally()
    last: dict[str, int] = {}
    while tally.kills < kills:
        names = [f"w{tally.kills + n}" for n in range(writers)]
        last |= Round(folder, keys, names, random).last_acknowledged()
        tally.kills += writers
        _look(Store.open(folder, keys=keys, read_only=True), names, last, tally)
    tally.acknowledged = sum(number + 1 for number in last.values())
    _look_back(Store.open(folder, keys=keys), last, tally)
    return tally


def _look(store: Store, names: list[str], last: dict[str, int], tally: Tally) -> None:
    """Whether the newest edit of these writers is shown, or one that was being written."""
    assert not store.read_only or not store.warnings, store.warnings
    pupils = store.state.live.get("pupils", {})
    for name in names:
        shown = pupils.get(name, {}).get("surname", f"{name}-{-1}")
        number = int(shown.removeprefix(f"{name}-"))
        if number < last[name]:
            tally.lost.append(f"{name} shows {number}, told {last[name]}")
        if number > last[name] + 1:
            tally.invented.append(f"{name} shows {number}, told {last[name]}")


def _look_back(store: Store, last: dict[str, int], tally: Tally) -> None:
    """Whether the journal has every edit there was, each once."""
    _look(store, list(last), last, tally)
    labels = [each["label"] for each in store.journal.commits()]
    told = {f"{name}-{n}" for name, number in last.items() for n in range(number + 1)}
    begun = {f"{name}-{number + 1}" for name, number in last.items()}
    tally.lost += sorted(told - set(labels))
    tally.invented += sorted(set(labels) - told - begun)
    tally.invented += [each for each, times in Counter(labels).items() if times > 1]


def main(folder: str, form: str, kills: str, writers: str, seed: str) -> None:
    sealed = form == "sealed"
    tally = run(Path(folder), sealed=sealed, kills=int(kills), writers=int(writers), seed=int(seed))
    print(json.dumps(asdict(tally)))


if __name__ == "__main__":
    main(*sys.argv[1:])
