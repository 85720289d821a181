"""Run a workload, and judge every state that a crash in it may leave."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.store.crash.disk import Disk
from tests.store.crash.forms import Form
from tests.store.crash.promises import Verdict, judge
from tests.store.crash.states import Recording, Tails, crash_states
from tests.store.crash.steps import STEPS, Step, run_workload


@dataclass(slots=True)
class Findings:
    """How many different states were judged, and what was wrong with which."""

    states: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    """By kind, the first case in words."""

    def add(self, verdict: Verdict, where: str) -> None:
        self.states += 1
        if verdict.kind:
            self.kinds[verdict.kind] += 1
            self.first.setdefault(verdict.kind, f"{where}: {verdict.detail}")


def explore(
    form: Form,
    model: str,
    seed: int,
    *,
    length: int,
    steps: Sequence[tuple[Step, int]] = STEPS,
    findings: Findings,
    at_most: int | None = None,
) -> Findings:
    """Judge every different state of one workload, or of its first states so many."""
    disk = Disk(ordered=model == "ntfs")
    files = Recording(disk)
    with no_collecting():
        world = run_workload(form, files, seed, length, steps)
        tails = Tails(disk)
        known = set()
        for number, moment in enumerate(files.moments):
            promised = world.promises.all[moment.at]
            for state in crash_states(moment, model, tails):
                key = (moment.at, frozenset(state.items()))
                if key in known:
                    continue
                known.add(key)
                where = f"seed {seed}, {model}, after call {number} ({moment.call})"
                findings.add(judge(state, promised), where)
                if at_most is not None and findings.states >= at_most:
                    return findings
    return findings


@contextmanager
def no_collecting() -> Iterator[None]:
    """Nothing here makes cycles worth a search among what a test run holds."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
