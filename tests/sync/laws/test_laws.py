"""The laws of joining hold over 20,000 steps with staff packs; each rule left out is missed."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from senreg.sync.asides import asides
from tests.sync.laws.contested import Contested
from tests.sync.laws.copies import FIELDS
from tests.sync.laws.mutants import MUTANTS, OF_PACKS
from tests.sync.laws.packs import Sealed, WithPacks

STEPS = 20_000
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


PARTS = 8
PLAIN_STEPS = 2_000
"""Steps, besides, of copies of which no staff pack goes out: more of them are edits and merges."""
SEALED_STEPS = 1_000
"""Of encrypted copies and packs, besides: their laws are the same, and each step costs more."""


def looked_at(kind, steps):
    """Run a machine until it has done so many steps; those that found nothing to do count not."""

    class Part(kind):
        steps = 0

    for _ in range(steps):
        if Part.steps < steps:
            run_state_machine_as_test(Part, settings=settings(LOOKING, max_examples=12))
    return Part.steps


@pytest.mark.parametrize("part", range(PARTS))
def test_the_laws_hold(part):
    assert looked_at(WithPacks, STEPS // PARTS) >= STEPS // PARTS


def test_the_laws_hold_where_no_pack_goes_out():
    assert looked_at(Contested, PLAIN_STEPS) >= PLAIN_STEPS


def test_the_laws_hold_of_sealed_copies():
    assert looked_at(Sealed, SEALED_STEPS) >= SEALED_STEPS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.name)
def test_a_rule_left_out_is_missed(mutant, monkeypatch):
    mutant.apply(monkeypatch)
    # Ids are drawn anew, so that a failure may not come twice alike: Hypothesis says that instead.
    with pytest.raises((AssertionError, Flaky)) as told:
        run_state_machine_as_test(Contested, settings=settings(LOOKING, derandomize=True))
    found: BaseException | None = told.value
    while found is not None and not isinstance(found, AssertionError):
        found = found.__context__
    assert found is not None, "a law failed, and not the telling of it alone"


def what_one_copy_knows_to_be_outside():
    """A pack is renewed with other children, and taken back where that is not known yet."""
    machine = WithPacks()
    try:
        for _ in range(2):
            machine.add(0, FIELDS[0])
        machine.meet(0, 1)
        machine.hand_out_a_pack(0, 0)
        machine.meet(0, 1)
        machine.hand_out_a_pack(0, 2)
        machine.write_in_the_pack(0, FIELDS[0])
        machine.take_back(1, taken=False)
        left = asides(machine.copies[1].register)
        machine.take_back(1, taken=True)
    finally:
        machine.teardown()
    return left


def test_the_laws_hold_of_what_is_outside_a_pack():
    assert sum(each.edits for each in what_one_copy_knows_to_be_outside()) == 1


@pytest.mark.parametrize("mutant", OF_PACKS, ids=lambda each: each.name)
def test_a_rule_of_packs_left_out_is_missed(mutant, monkeypatch):
    mutant.apply(monkeypatch)
    with pytest.raises(AssertionError):
        what_one_copy_knows_to_be_outside()
