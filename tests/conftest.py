"""What holds for every test: nothing of the developer's own machine is read or written."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: a test of a screen waits for half of its time."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True, scope="session")
def a_machine_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Settings and state in a folder that goes with the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENREG_HOME", str(tmp_path_factory.mktemp("machine")))
        yield
