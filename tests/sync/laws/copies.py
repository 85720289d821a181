"""Copies of one register, each on a disk in memory with a clock of its own."""

from __future__ import annotations

import copy as copying
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from senreg.register import Register
from senreg.store.erasures import finish_erasing
from senreg.store.folder import Store
from senreg.store.keys import OpenKeys
from senreg.store.segments import opening_of, read_segment
from senreg.sync.bundle import Bundle, export_bundle, read_bundle
from senreg.sync.merge import apply_merge, plan_merge
from tests.store.crash.disk import ROOT, Disk, DiskFiles
from tests.sync.laws.oracle import ARCHIVED, View, Written, view_of

REGISTER = "one-register"
FIELDS = ("strengths", "interests", "nickname_of_a_newer_version")


class Crashed(BaseException):
    """The program is gone; nothing of it catches this."""


class CrashingFiles(DiskFiles):
    """Files whose program is gone after so many more calls; None is never."""

    left: int | None = None

    def did(self, call: str) -> None:
        del call
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Crashed


@dataclass(frozen=True)
class Typed:
    """A value that somebody typed and that was acknowledged. No two are the same."""

    table: str
    record: str
    name: str
    value: str
    by: str
    away: bool
    """Whether the record was put away when it was typed."""


@dataclass
class World:
    """All that was ever acknowledged, by whomever."""

    made: dict[str, Written] = field(default_factory=dict)
    typed: list[Typed] = field(default_factory=list)
    typed_by: dict[str, set[Typed]] = field(default_factory=lambda: defaultdict(set))
    """By operation, what was typed for it."""
    now: int = 1_790_000_000_000
    keys: OpenKeys | None = None
    """What seals every copy; None where all are plain."""


@dataclass
class Copy:
    """An open copy, and what it was told so far."""

    world: World
    name: str
    files: CrashingFiles
    register: Register
    keys: OpenKeys | None = None
    held: set[str] = field(default_factory=set)
    typed: set[Typed] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    @classmethod
    def first(cls, world: World, name: str) -> Copy:
        files = CrashingFiles(Disk())
        store = Store.create(ROOT, register=REGISTER, files=files, keys=world.keys)
        return cls(world, name, files, Register(store, name), world.keys)._listening()

    def told(self) -> tuple[set[str], set[Typed], set[str]]:
        return set(self.held), set(self.typed), set(self.erased)

    def learn(self, told: tuple[set[str], set[Typed], set[str]]) -> None:
        self.held |= told[0]
        self.typed |= told[1]
        self.erased |= told[2]

    def reopen(self, content: dict[str, bytes | None] | None = None) -> None:
        """Start the program again on what its disk holds."""
        content = self.files.disk.content() if content is None else content
        self.files = CrashingFiles(Disk.holding(content))
        store = Store.open(ROOT, files=self.files, keys=self.keys)
        finish_erasing(store)
        assert not store.read_only, store.warnings
        self.register = Register(store, self.name)
        self._listening()

    def as_clone_of(self, other: Copy) -> None:
        """Become what somebody makes who copies the other's folder while it is open."""
        content = copying.copy(other.files.disk.content())
        self.held, self.typed, self.erased = other.told()
        self.reopen(content)

    def after_crash(self, *, power_too: bool) -> dict[str, bytes | None]:
        """What the disk holds once the program is gone, and perhaps what was not synced."""
        disk = self.files.disk
        if not power_too:
            return disk.content()
        return {
            name: None if node < 0 else disk.nodes[node].data[: disk.nodes[node].synced]
            for name, node in disk.durable.items()
        }

    def _listening(self) -> Copy:
        """Hear every commit once it is acknowledged."""
        store = self.register.store
        write = store.write

        def heard(*arguments: Any, **named: Any) -> Any:
            commit = write(*arguments, **named)
            for operation in commit["ops"]:
                written = Written.of(commit["t"], operation)
                known = self.world.made.setdefault(operation["h"], written)
                assert known == written, "one id for two operations"
                self.held.add(operation["h"])
            return commit

        store.write = heard  # type: ignore[method-assign]
        return self

    def type(self, record: str, name: str, table: str = "pupils") -> Typed:
        """Type a new value, and see that it is what is shown whatever the clocks say."""
        row = self.register.get(record, table)
        away = row is not None and bool(row.archived)
        typed = Typed(table, record, name, f"typed {len(self.world.typed)}.", self.name, away)
        self.world.typed.append(typed)
        return typed

    def is_shown(self, typed: Typed) -> None:
        row = self.register.get(typed.record, typed.table)
        assert row is not None
        assert row[typed.name] == typed.value, "what was typed is not what is seen"
        place = (typed.table, typed.record, typed.name)
        heads = self.register.store.state.heads_of(*place)
        assert len(heads) == 1, "who types has seen what was there"
        assert bool(row.archived) == typed.away, "who types neither puts away nor brings back"
        self.world.typed_by[heads[0]].add(typed)
        self.typed.add(typed)

    def view(self) -> View:
        """What the register shows, in the oracle's words."""
        state = self.register.store.state
        view = View({}, {}, {}, {})
        for tables, found in ((state.live, view.live), (state.archived, view.away)):
            for table, records in tables.items():
                for record, document in records.items() if table != "erasures" else ():
                    assert bool(document.get(ARCHIVED)) == (found is view.away)
                    shown = {n: v for n, v in document.items() if n != ARCHIVED}
                    found[(table, record)] = shown
        for record in (*view.live, *view.away):
            entry = state.heads[record[0]][record[1]]
            named = set(entry) - {""} if isinstance(entry, dict) else set()
            for name in named | set(state.document(*record) or ()):
                heads = state.heads_of(*record, name)
                if heads:
                    view.heads[(*record, name)] = sorted(heads)
        for conflict in self.register.conflicts():
            values = {repr(each.value) for each in conflict.values}
            view.conflicts[(conflict.table, conflict.record, conflict.field)] = values
        return view

    def agrees(self) -> None:
        """The fold of what it holds, in whatever order that came, is what it shows."""
        also = self.register.store.state.erased - self.erased
        assert all(each.startswith("set_aside/") for each in also)
        self.erased |= also
        expected = view_of({h: self.world.made[h] for h in self.held}, self.erased)
        differ = [
            (part, place, ours.get(place), wanted.get(place))
            for part, ours, wanted in zip(View._fields, self.view(), expected, strict=True)
            for place in ours.keys() | wanted.keys()
            if ours.get(place) != wanted.get(place)
        ]
        assert differ == [], "what is shown is not what was taken in"
        assert self.erased == self.register.store.state.erased

    def has_lost_nothing(self) -> None:
        """Every edit it was told of is in its history, by whom it was made, and no other.

        What was left of an erased child goes with the child, which the copy sees to by itself.
        """
        gone = self.register.store.state.erased
        self.erased |= {each for each in gone if each.startswith("set_aside/")}
        found: dict[tuple[str, str, str], set[str]] = {}
        for commit in self.register.store.journal.commits():
            for operation in commit["ops"]:
                written = self.world.made[operation["h"]]
                place = f"{operation['table']}/{operation['record']}"
                if place in self.erased:
                    assert not operation.get("v"), "a value of an erased record is read"
                else:
                    now = Written.of(commit["t"], operation)
                    assert written == now, ("an edit was changed", written, now)
                for name, value in (operation.get("v") or {}).items():
                    who = found.setdefault((operation["record"], name, str(value)), set())
                    who.add(commit["by"])
        for each in self.typed:
            if f"{each.table}/{each.record}" not in self.erased:
                assert each.by in found[each.record, each.name, each.value], "an edit is lost"
        assert self.register.lost_changes == 0

    def holds_nothing_erased(self) -> None:
        """No file of the copy holds a value of a record it knows to be erased."""
        gone = [
            each.value.encode()
            for each in self.world.typed
            if f"{each.table}/{each.record}" in self.erased
        ]
        for name, data in self.files.disk.content().items() if gone else ():
            if data is None:
                continue
            path, said = Path(name), b""
            if opening_of(path.name):
                segment = read_segment(self.files, path, self.register.store._codec)
                said = orjson.dumps(list(segment.lines.values()))
            for value in gone:
                assert value not in data + said, f"{value!r} of an erased record is in {path.name}"


@dataclass(frozen=True)
class Sent:
    """A bundle as it was handed out, and what its maker knew."""

    data: bytes
    told: tuple[set[str], set[Typed], set[str]]


def sent(copy: Copy, place: Path) -> Sent:
    export_bundle(copy.register, place)
    return Sent(place.read_bytes(), copy.told())


def received(sent: Sent, place: Path, keys: OpenKeys | None = None) -> Bundle:
    place.write_bytes(sent.data)
    return read_bundle(place, keys)


def merge(copy: Copy, bundle: Bundle) -> int:
    """Take a bundle in, and give how many operations were new."""
    plan = plan_merge(copy.register, bundle)
    apply_merge(copy.register, plan)
    return plan.operations


def take(copy: Copy, sent: Sent, place: Path) -> None:
    merge(copy, received(sent, place, copy.keys))
    copy.learn(sent.told)


def each_other(one: Copy, two: Copy, place: Path) -> None:
    """Each takes in all that the other knows."""
    take(two, sent(one, place), place)
    take(one, sent(two, place), place)


def parts_of(bundle: Bundle, chance: random.Random) -> list[Bundle]:
    """The same bundle in parts: commits cut up, in no order, some twice and some missing.

    An erasure comes with the first of them: no bundle has a record without values and without
    what took them away.
    """
    pieces, erasures = [], []
    for commit in bundle.commits:
        operations = list(commit["ops"])
        if any(each["table"] == "erasures" for each in operations):
            erasures.append(commit)
            continue
        chance.shuffle(operations)
        cut = chance.randint(0, len(operations))
        halves = (operations[:cut], operations[cut:])
        pieces += [commit | {"ops": half} for half in halves if half and chance.random() < 0.8]
    pieces += [each for each in pieces if chance.random() < 0.2]
    chance.shuffle(pieces)
    middle = chance.randint(0, len(pieces))
    parts = (erasures + pieces[:middle], pieces[middle:])
    return [replace(bundle, commits=part, known={}) for part in parts]
