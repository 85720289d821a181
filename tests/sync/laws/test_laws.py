"""The laws of joining hold over 20,000 steps, and each rule left out is missed."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.laws.machine import Copies
from tests.sync.laws.mutants import MUTANTS

STEPS = 20_000
PARTS = 8
LOOKING = settings(
    max_examples=120,
    stateful_step_count=60,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
"""What is found is told as it was found: making it shorter would take longer than looking."""


@pytest.mark.parametrize("part", range(PARTS))
def test_the_laws_hold(part):
    """Only steps that did something are counted, those that found nothing to do are not."""

    class Part(Copies):
        steps = 0

    run_state_machine_as_test(Part, settings=LOOKING)
    assert Part.steps >= STEPS // PARTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.name)
def test_a_rule_left_out_is_missed(mutant, monkeypatch):
    mutant.apply(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Copies, settings=settings(LOOKING, derandomize=True))
