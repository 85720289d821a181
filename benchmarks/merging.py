"""Two encrypted copies of 2,000 pupils, 20 edits apart, merged by whole processes.

The copies have met before, so that the bundle holds what is new since. Each side derives its key
from the passphrase as dearly as it does when it makes a file.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from xml.sax.saxutils import escape

from benchmarks.encrypted import PASSPHRASE, opened, sealed
from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

PUPILS, APART, PAIRS = 2000, 20, 5
_PROGRAM = "keepassxc-cli"
_PEER = f"{_PROGRAM} merge of two databases of {PUPILS:,} entries"
_TIME = Subject(
    "merge-time",
    f"merge two encrypted copies of {PUPILS:,} pupils, {APART} edits apart",
    _PEER,
    0.7,
)
_MEMORY = Subject("merge-memory", "peak memory of that merge", _PEER, None, "B")
_KEY = Subject(
    "merge-key", "of that, deriving the key from the passphrase", "the whole merge", None
)
NAMES = (_TIME.name, _MEMORY.name, _KEY.name)

_RUN = """
import json, os, subprocess, sys, time
start = time.perf_counter()
with open(sys.argv[1], "rb") as typed:
    process = subprocess.Popen(sys.argv[2:], stdin=typed, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
if os.waitstatus_to_exitcode(status):
    sys.exit(f"{sys.argv[2]} ended with {status}")
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps([seconds, used.ru_maxrss * scale]))
"""
"""A process of its own that is small, for a child's peak begins with that of its parent."""


class Ran(NamedTuple):
    """How long a process took, in seconds, and the most memory it had, in bytes."""

    seconds: float
    peak: float


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Time and memory come from the same runs. Windows does not tell the peak of a child."""
    if not names & set(NAMES) or sys.platform == "win32":
        return
    mine = _Ours(workspace)
    if shutil.which(_PROGRAM) is None:
        alone = [mine.merge() for _ in range(PAIRS)]
        if _KEY.name in names:
            yield _KEY.measured([(mine.key(), each.seconds) for each in alone])
        yield from (
            subject.alone([run[place] for run in alone])
            for place, subject in enumerate((_TIME, _MEMORY))
            if subject.name in names
        )
        return
    pairs = in_turn(PAIRS, mine.merge, partial(_Theirs(workspace).merge))
    for place, subject in enumerate((_TIME, _MEMORY)):
        if subject.name in names:
            yield subject.measured([(ours[place], theirs[place]) for ours, theirs in pairs])
    if _KEY.name in names:
        yield _KEY.measured([(mine.key(), ours.seconds) for ours, _ in pairs])


class _Ours:
    """A register and what a copy of it did, ready to be merged."""

    def __init__(self, workspace: Workspace) -> None:
        from senreg.sync.bundle import export_bundle, known_by

        self._workspace = workspace
        self._folder = sealed(workspace, PUPILS)
        self._bundle = workspace.fresh("from-the-other.senreg-bundle")
        self._passphrase = workspace.fresh("passphrase")
        self._passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        with opened(self._folder) as mine:
            # A register that merged before has an index of its history.
            mine.store.known()
            export_bundle(mine, self._bundle)
            since = known_by(self._bundle, mine.store.keys).known
        with opened(Path(shutil.copytree(self._folder, workspace.fresh("other.senreg")))) as other:
            for pupil in other.all("pupils")[:APART]:
                with other.commit("Edit") as c:
                    c.set(pupil.id, strengths=f"Changed for {pupil.id}")
            export_bundle(other, self._bundle, since=since)

    def key(self) -> float:
        """Seconds from the passphrase to the key."""
        from senreg.vault import unlock

        start = perf_counter()
        unlock(self._folder, PASSPHRASE)
        return perf_counter() - start

    def merge(self) -> Ran:
        into = Path(shutil.copytree(self._folder, self._workspace.fresh("into.senreg")))
        words = [sys.executable, "-m", "senreg", "merge", str(self._bundle), "--into", str(into)]
        ran = _ran(
            self._workspace, self._passphrase, [*words, "--passphrase-file", str(self._passphrase)]
        )
        with opened(into) as register:
            changed = [
                row for row in register.all("pupils") if "Changed" in (row["strengths"] or "")
            ]
        if len(changed) != APART:
            raise RuntimeError(f"{len(changed)} of {APART} edits were merged.")
        return ran


class _Theirs:
    """Two databases of KeePassXC, the second with newer entries."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._typed = workspace.fresh("typed")
        self._typed.write_text(f"{PASSPHRASE}\n{PASSPHRASE}\n", encoding="utf-8")
        with opened(sealed(workspace, PUPILS)) as register:
            rows = [
                {name: str(value) for name, value in row.items() if value is not None}
                for row in register.all("pupils")
            ]
        self._into = self._made(rows, 0)
        self._other = self._made(rows, APART)

    def merge(self) -> Ran:
        into = Path(shutil.copyfile(self._into, self._workspace.fresh("into.kdbx")))
        words = [_PROGRAM, "merge", "--quiet", "--same-credentials", str(into), str(self._other)]
        return _ran(self._workspace, self._typed, words)

    def _made(self, rows: list[dict[str, str]], changed: int) -> Path:
        said, made = self._workspace.fresh("entries.xml"), self._workspace.fresh("made.kdbx")
        said.write_text(_database(rows, changed), encoding="utf-8")
        _ran(
            self._workspace,
            self._typed,
            [_PROGRAM, "import", "--set-password", str(said), str(made)],
        )
        return made


def _ran(workspace: Workspace, typed: Path, words: list[str]) -> Ran:
    return Ran(*json.loads(workspace.run([sys.executable, "-c", _RUN, str(typed), *words])))


def _database(rows: list[dict[str, str]], changed: int) -> str:
    """KeePass's XML of these entries, the first of them changed later than the others."""
    entries = "".join(_entry(number, row, number < changed) for number, row in enumerate(rows))
    root = f"<UUID>{_uuid('root')}</UUID><Name>Pupils</Name>{_times('2026-01-01')}"
    return (
        '<?xml version="1.0" encoding="utf-8"?><KeePassFile><Meta><Generator>KeePass</Generator>'
        "<RecycleBinEnabled>False</RecycleBinEnabled></Meta>"
        f"<Root><Group>{root}{entries}</Group></Root></KeePassFile>"
    )


def _entry(number: int, row: dict[str, str], changed: bool) -> str:
    values = {**row, "Title": str(number)} | ({"strengths": "Changed"} if changed else {})
    said = "".join(
        f"<String><Key>{escape(name)}</Key><Value>{escape(value)}</Value></String>"
        for name, value in values.items()
    )
    times = _times("2026-06-01" if changed else "2026-01-01")
    return f"<Entry><UUID>{_uuid(str(number))}</UUID>{times}{said}</Entry>"


def _uuid(name: str) -> str:
    return base64.b64encode(uuid.uuid5(uuid.NAMESPACE_OID, name).bytes).decode("ascii")


def _times(day: str) -> str:
    """All times of an entry: those left out are taken for now, and no two imports agree then."""
    changed, made = f"{day}T12:00:00Z", "2026-01-01T12:00:00Z"
    others = ("CreationTime", "LastAccessTime", "ExpiryTime", "LocationChanged")
    said = "".join(f"<{name}>{made}</{name}>" for name in others)
    return f"<Times><LastModificationTime>{changed}</LastModificationTime>{said}</Times>"
