"""Edits that are silently lost when copies meet, against systems where the last writer wins.

Three copies make 12,000 edits and meet after every 60 or so, half of the edits on four busy
pupils. An edit is lost where it is neither shown in the end, nor stands in a conflict, nor was
replaced by somebody who had seen it. Of two values the systems compared with keep the one with
the later stamp of the clock: of a whole record, or of each field.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.measured import Measured, Subject
from benchmarks.workspace import Workspace

EDITS, COPIES, BETWEEN = 12_000, 3, 60
PUPILS, BUSY, FIELDS = 300, 4, 10
_YEAR_MS = 365 * 86_400_000

_KINDS = {"record": "the later record wins whole", "field": "the later value of a field wins"}
_CLOCKS = {"": (0, ""), "-clock": (_YEAR_MS, ", one clock a year ahead")}
_SUBJECTS = {
    (kind, clock): Subject(
        f"merge-loss-{kind}{clock}",
        f"edits lost of {EDITS:,} on {COPIES} copies{_CLOCKS[clock][1]}",
        against,
        0.0,
        "edits",
    )
    for kind, against in _KINDS.items()
    for clock in _CLOCKS
}
NAMES = tuple(each.name for each in _SUBJECTS.values())


class Edit(NamedTuple):
    """One edit, or after the last of the edits of a round the meeting of all copies."""

    number: int
    t: int
    copy: int
    pupil: str
    field: str


def edits(seed: int, ahead: int) -> Iterator[Edit | None]:
    """The edits in the order they are made; None is where all copies meet.

    Args:
        seed: Of what is drawn.
        ahead: By how many milliseconds the clock of the last copy is wrong.
    """
    drawn = random.Random(seed)
    now = 1_790_000_000_000
    for number in range(EDITS):
        now += drawn.randrange(1_000, 300_000)
        copy = drawn.randrange(COPIES)
        of = BUSY if drawn.random() < 0.5 else PUPILS
        pupil, name = f"pupil {drawn.randrange(of)}", f"field_{drawn.randrange(FIELDS)}"
        yield Edit(number, now + (ahead if copy == COPIES - 1 else 0), copy, pupil, name)
        if drawn.random() < 1 / BETWEEN or number == EDITS - 1:
            yield None


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Ours and each of the others over the same edits."""
    del workspace
    for clock, (ahead, _) in _CLOCKS.items():
        wanted = [kind for kind in _KINDS if _SUBJECTS[kind, clock].name in names]
        ours = len(lost_by_us(1, ahead)) if wanted else 0
        for kind in wanted:
            theirs = len(lost_by_the_last_writer(1, ahead, whole=kind == "record"))
            yield _SUBJECTS[kind, clock].measured([(float(ours), float(theirs))])


@dataclass(slots=True)
class _Register:
    """A copy where the last writer wins: by pupil and field, the stamp and number of an edit."""

    values: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    stamps: dict[str, int] = field(default_factory=dict)


def lost_by_the_last_writer(seed: int, ahead: int, *, whole: bool) -> set[int]:
    """The numbers of the edits that are lost.

    Args:
        seed: Of the edits.
        ahead: By how much a clock is wrong, in milliseconds.
        whole: The later record wins, and not the later value of each field.
    """
    copies = [_Register() for _ in range(COPIES)]
    standing = set(range(EDITS))
    for edit in edits(seed, ahead):
        if edit is None:
            _meet(copies, whole=whole)
            continue
        mine = copies[edit.copy]
        before = mine.values.get((edit.pupil, edit.field))
        if before is not None:
            standing.discard(before[1])
        mine.values[edit.pupil, edit.field] = (edit.t, edit.number)
        mine.stamps[edit.pupil] = edit.t
    return standing - {number for _, number in copies[0].values.values()}


def _meet(copies: list[_Register], *, whole: bool) -> None:
    """Afterwards all copies are the same."""
    joined = _Register()
    for each in copies:
        for (pupil, name), value in each.values.items():
            place = (pupil, name)
            newest = max(copies, key=lambda copy, pupil=pupil: copy.stamps.get(pupil, 0))
            if whole and newest is not each:
                continue
            joined.values[place] = max(value, joined.values.get(place, value))
        for pupil, stamp in each.stamps.items():
            joined.stamps[pupil] = max(stamp, joined.stamps.get(pupil, 0))
    for place in range(COPIES):
        copies[place] = _Register(dict(joined.values), dict(joined.stamps))


def lost_by_us(seed: int, ahead: int) -> set[int]:
    """The numbers of the edits that no copy shows, has in a conflict, or saw replaced."""
    from senreg.store.operations import Operation, make_operation
    from senreg.store.state import State

    states = [State() for _ in range(COPIES)]
    made: dict[str, tuple[dict[str, object], Operation, Edit]] = {}
    since: list[tuple[int, str]] = []
    for edit in edits(seed, ahead):
        if edit is None:
            for place, state in enumerate(states):
                for copy, h in since:
                    if copy != place:
                        state.apply(*made[h][:2])
            since = []
            continue
        state = states[edit.copy]
        header: dict[str, object] = {
            "tx": str(edit.number), "t": edit.t, "copy": str(edit.copy), "opening": "o",
            "n": edit.number, "by": str(edit.copy),
        }  # fmt: skip
        new = state.document("pupils", edit.pupil) is None
        heads = [] if new else state.heads_of("pupils", edit.pupil, edit.field)
        values = {edit.field: edit.number}
        replaced = {edit.field: heads}
        operation = make_operation(header, "pupils", edit.pupil, values, replaced, new=new)
        made[operation["h"]] = (header, operation, edit)
        state.apply(header, operation)
        since.append((edit.copy, operation["h"]))
    replaced_ids = {h for _, each, _ in made.values() for ids in each["o"].values() for h in ids}
    lost = set()
    for h, (_, _, edit) in made.items():
        shown = all(h in each.heads_of("pupils", edit.pupil, edit.field) for each in states)
        if h not in replaced_ids and not shown:
            lost.add(edit.number)
    return lost
