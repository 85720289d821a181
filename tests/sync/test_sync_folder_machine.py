"""Three copies and a folder in which files come late, twice, half or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from senreg.errors import CannotWrite
from senreg.register import Register
from senreg.store.files import Files
from senreg.sync.bundle import export_bundle
from senreg.sync.folder import sync_folder
from senreg.sync.join import join

COPIES = st.integers(0, 2)


class Failing(Files):
    """A disk that gives out at the nth call that changes the folder."""

    def __init__(self, folder: Path, at: int) -> None:
        self._folder, self._left = folder, at

    def _count(self, path: Path) -> None:
        self._left -= path.parent == self._folder
        if self._left < 0:
            raise OSError(28, "No space left on device")

    def write_whole(self, path, data):
        self._count(path)
        super().write_whole(path, data)

    def replace(self, source, target):
        self._count(target)
        super().replace(source, target)

    def sync_entry(self, path):
        self._count(path)
        super().sync_entry(path)

    def remove(self, path):
        self._count(path)
        super().remove(path)


class Meetings(RuleBasedStateMachine):
    """Each copy works, syncs, and is shut; the folder is disturbed as a cloud service does."""

    @initialize()
    def begin(self):
        self.room = Path(tempfile.mkdtemp())
        self.home = patch.dict("os.environ", SENREG_HOME=str(self.room / "home"))
        self.home.start()
        self.folder = self.room / "shared"
        self.folder.mkdir()
        first = Register.create(self.room / "0", "Hollow Lane", person="0")
        with first.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        export_bundle(first, self.room / "start")
        self.copies = [first, *(join(self.room / "start", self.room / str(n)) for n in (1, 2))]
        self.away: dict[str, bytes] = {}
        self.typed: list[str] = []

    @rule(who=COPIES, name=st.sampled_from(["interests", "strengths"]))
    def edit(self, who, name):
        value = f"value {len(self.typed)}"
        with self.copies[who].commit("Edit") as c:
            c.set("pupil", **{name: value})
        self.typed.append(value)

    @rule(who=COPIES)
    def add(self, who):
        value = f"note {len(self.typed)}"
        with self.copies[who].commit("Add") as c:
            c.add("notes", {"pupil": "pupil", "kind": "call", "text": value})
        self.typed.append(value)

    @rule(who=COPIES)
    def sync(self, who):
        sync_folder(self.copies[who], self.folder)

    @rule(who=COPIES, at=st.integers(0, 4))
    def sync_on_a_failing_disk(self, who, at):
        with suppress(CannotWrite):
            sync_folder(self.copies[who], self.folder, files=Failing(self.folder, at))

    @rule(who=COPIES)
    def shut_and_open(self, who):
        self.copies[who].close()
        self.copies[who] = Register.open(self.copies[who].path, person=str(who))

    @rule(
        which=st.integers(0, 30),
        percent=st.integers(0, 99),
        how=st.sampled_from(["away", "half", "double"]),
    )
    def disturb(self, which, percent, how):
        there = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        if not there:
            return
        path = there[which % len(there)]
        name = path.name
        if how == "double":
            shutil.copy(path, self.folder / f"{path.stem} (1).senreg-bundle")
            return
        written = path.read_bytes()
        self.away.setdefault(name, written)
        if how == "away":
            path.unlink()
        else:
            path.write_bytes(written[: len(written) * percent // 100])

    @rule()
    def arrive(self):
        for name, written in self.away.items():
            (self.folder / name).write_bytes(written)
        self.away.clear()

    def teardown(self):
        if not hasattr(self, "copies"):
            return
        self.arrive()
        for _ in range(2):
            for copy in self.copies:
                sync_folder(copy, self.folder)
        views = [_view(copy) for copy in self.copies]
        assert views[0] == views[1] == views[2]
        kept = _everything(self.copies[0])
        assert all(value in kept for value in self.typed)
        for copy in self.copies:
            copy.close()
        self.home.stop()
        shutil.rmtree(self.room)


def _view(register):
    rows = {
        table: sorted(sorted(map(repr, row.items())) for row in register.all(table))
        for table in ("pupils", "notes")
    }
    conflicts = [
        (each.id, sorted(str(v.value) for v in each.values)) for each in register.conflicts()
    ]
    return rows, sorted(conflicts)


def _everything(register) -> set[str]:
    """Every value that anybody ever typed, as far as this copy knows."""
    return {
        str(value)
        for commit in register.store.journal.commits()
        for operation in commit["ops"]
        for value in operation["v"].values()
    }


TestMeetings = Meetings.TestCase
TestMeetings.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
