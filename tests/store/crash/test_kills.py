"""Programs killed at any moment lose nothing that they said was saved.

`python -m tests.store.crash.nightly` kills 10,000.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.crash import killing

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="writers are forked from a program that is loaded"
)

_KILLS = 100
_ROUNDS_OF_THREE = 20


def killed(folder, form, kills, writers, seed):
    """What a run of killing.py says."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", killing.__name__, folder, form, kills, writers, seed]
    ran = subprocess.run(
        [str(each) for each in command], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("form", ["plain", "sealed"])
@pytest.mark.parametrize(("kills", "writers"), [(_KILLS, 1), (3 * _ROUNDS_OF_THREE, 3)])
def test_every_number_a_killed_writer_told_of_is_there(tmp_path, form, kills, writers):
    tally = killed(tmp_path / "r", form, kills, writers, seed=kills + writers)
    assert tally["kills"] == kills
    assert tally["acknowledged"] > kills
    assert tally["lost"] == []
    assert tally["invented"] == []
