"""What the benchmarks work on: registers of invented schools, each built once a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent.parent

_BUILD = """
import sys
from pathlib import Path
from senreg.demo.build import build
from senreg.register import Register
build(Path(sys.argv[1]), pupils=int(sys.argv[2]), years=10).close()
Register.open(Path(sys.argv[1])).close()
"""


class Workspace:
    """A folder that goes when the run is over, with the registers built so far.

    Args:
        folder: Where it is made, on the disk that is to be measured; the system's folder for
            temporary files unless given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="senreg-benchmarks-", dir=folder)
        self.folder = Path(self._kept.name)
        self._number = 0

    def close(self) -> None:
        """Remove everything in it."""
        self._kept.cleanup()

    def fresh(self, name: str) -> Path:
        """A path in it that nothing is at."""
        self._number += 1
        return self.folder / f"{self._number}-{name}"

    def register(self, pupils: int) -> Path:
        """The register of an invented school with ten years of records; not to be written to."""
        path = self.folder / f"school-{pupils}.senreg"
        if not path.exists():
            self.run([sys.executable, "-c", _BUILD, str(path), str(pupils)])
        return path

    def copy(self, pupils: int) -> Path:
        """Such a register, to be written to."""
        return shutil.copytree(self.register(pupils), self.fresh(f"copy-{pupils}.senreg"))

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a process that is measured: its own settings, nobody's habits."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        # An installed program is compiled; this one is too, once a first run has left the bytecode.
        habits = ("SENREG_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(habits)}
        here = str(HERE)
        path = os.pathsep.join(filter(None, (here, kept.get("PYTHONPATH"))))
        own = {"PYTHONPATH": path, "SENREG_HOME": str(home), "HOME": str(home)}
        return kept | own | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}

    def run(
        self,
        words: list[str],
        allowed: tuple[int, ...] = (0,),
        surroundings: Mapping[str, str] | None = None,
    ) -> str:
        """What a process printed. Raises RuntimeError where it ended badly."""
        done = subprocess.run(
            words,
            env={**self.environment, **(surroundings or {})},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode not in allowed:
            shown = " ".join(words[:6])
            raise RuntimeError(f"{shown}: exit {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout

    def seconds(self, words: list[str], allowed: tuple[int, ...] = (0,)) -> float:
        """How long a process takes from start to end."""
        start = perf_counter()
        self.run(words, allowed)
        return perf_counter() - start
