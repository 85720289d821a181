"""What takes too long for every change: every bit of every file, many kills, and new crash states.

    python -m tests.store.crash.nightly [KILLS [STATES [SEED]]]

turns every bit of every kind of file, in the register's folder and of what leaves it, refuses any
two calls that lie near each other, kills 10,000 writers and judges 200,000 states unless it is told
otherwise, draws a seed unless it is given one, prints what it found and ends with 1 where anything
was lost or invented.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.store.crash.damage import Victim, damages, wrong_with
from tests.store.crash.enumerate_states import Findings, explore, no_collecting
from tests.store.crash.faults import refusals, verdict_on
from tests.store.crash.forms import FORMS
from tests.store.crash.killing import run
from tests.store.crash.parcels import parcels, spoilt
from tests.store.crash.states import MODELS

_KILLS_IN_A_FOLDER = 250
_NEAR = 12


def turn_every_bit() -> bool:
    """Whether every file cut at every byte, or with any one bit turned, is seen for what it is."""
    found: Counter[str] = Counter()
    with no_collecting():
        for victim in map(Victim, FORMS):
            for name in victim.names():
                for damage in damages(victim, name, every_bit=True):
                    found[wrong_with(victim, damage)] += 1
    print(f"{found.total():,} cuts and turned bits, {found.total() - found['']} not as told")
    return set(found) == {""}


def turn_every_bit_of_parcels() -> bool:
    """Whether the same is true of backups, bundles, packs, drafts and the like."""
    total, sound = 0, True
    with tempfile.TemporaryDirectory() as home, parcels(Path(home)) as every:
        for parcel in every:
            found: Counter[str] = Counter()
            with no_collecting():
                for _, written in spoilt(parcel.whole, stride=1, flips=0, name=parcel.name):
                    found[parcel.wrong_with(written)] += 1
            total += found.total()
            if set(found) != {""}:
                sound = False
                print(f"  {parcel.name}: {dict(found)}")
    told = "all as told" if sound else "not all as told"
    print(f"{total:,} cuts and turned bits of what leaves the folder, {told}")
    return sound


def refuse_two_calls() -> bool:
    """Whether a disk that refuses a call, and one of the twelve after it, loses nothing."""
    total, wrong = 0, []
    for form in FORMS:
        with no_collecting():
            for given in refusals(form):
                for both in refusals(form, given, _NEAR):
                    total += 1
                    if verdict_on(form, both).kind:
                        wrong.append((form.name, both))
    print(f"{total:,} pairs of refused calls, wrong: {wrong or 'none'}")
    return not wrong


def kill(kills: int, random: Random) -> bool:
    """Whether all that so many killed writers told of is there."""
    done = acknowledged = wrong = 0
    while done < kills:
        writers = random.choice((1, 1, 2, 3))
        sealed = random.random() < 0.5
        seed = random.randrange(2**32)
        many = min(_KILLS_IN_A_FOLDER, kills - done)
        with tempfile.TemporaryDirectory() as home:
            tally = run(Path(home) / "r", sealed=sealed, kills=many, writers=writers, seed=seed)
        done += tally.kills
        acknowledged += tally.acknowledged
        wrong += len(tally.lost) + len(tally.invented)
        if tally.lost or tally.invented:
            print(f"  {writers} writers, sealed={sealed}: {tally.lost} {tally.invented}")
    print(f"{done:,} killed, {acknowledged:,} edits acknowledged, {wrong} lost or invented")
    return wrong == 0


def enumerate_states(states: int, random: Random) -> bool:
    """Whether so many states after crashes are all as they were promised."""
    findings = Findings()
    while findings.states < states:
        form, model = random.choice(FORMS), random.choice(MODELS)
        explore(form, model, random.randrange(2**32), length=30, findings=findings)
    print(f"{findings.states:,} states, wrong: {dict(findings.first) or 'none'}")
    return not findings.kinds


def main(kills: str = "10000", states: str = "200000", seed: str = "") -> int:
    drawn = int(seed) if seed else int.from_bytes(os.urandom(4))
    print(f"seed {drawn}")
    random = Random(drawn)
    done = [
        turn_every_bit(),
        turn_every_bit_of_parcels(),
        refuse_two_calls(),
        kill(int(kills), random),
        enumerate_states(int(states), random),
    ]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
