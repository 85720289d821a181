"""Each rule of the store is missed by a harness when it is left out."""

import pytest

import senreg.store.resting
from tests.store.crash.mutants import MUTANTS


@pytest.fixture(autouse=True)
def short_journals(monkeypatch):
    """Snapshots by size come in workloads of a few commits."""
    monkeypatch.setattr(senreg.store.resting, "_SNAPSHOT_PAST_BYTES", 6_000)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_rule_left_out_is_found(mutant, monkeypatch):
    mutant.apply(monkeypatch)
    assert mutant.caught(), "no harness noticed"
