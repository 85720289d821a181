"""Every state that a crash may leave opens, has lost nothing and has nothing invented in it."""

from functools import partial

import pytest

import senreg.store.resting
from tests.store.crash.enumerate_states import Findings, explore
from tests.store.crash.forms import FORMS
from tests.store.crash.one_journal import OneJournalForm
from tests.store.crash.states import MODELS
from tests.store.crash.steps import close_and_open, edit, new_record, snapshot

_STATES = 56_000
_SHARES = 8
_STATES_OF_EACH = _STATES // (2 * _SHARES * len(FORMS))
_LENGTH = 24
_SNAPSHOT_PAST_BYTES = 6_000
_PLAIN_STEPS = ((edit, 4), (new_record, 2), (snapshot, 1), (close_and_open, 1))


@pytest.fixture(autouse=True)
def short_journals(monkeypatch):
    """Snapshots by size come in workloads of a few commits."""
    monkeypatch.setattr(senreg.store.resting, "_SNAPSHOT_PAST_BYTES", _SNAPSHOT_PAST_BYTES)


def judged(form, model, share, states, **how):
    """The findings of so many states of workloads that no other share has."""
    findings = Findings()
    seed = share * 1_000
    while findings.states < states:
        explore(form, model, seed, length=_LENGTH, findings=findings, at_most=states, **how)
        seed += 1
    return findings


def test_the_states_of_a_run_are_fifty_thousand():
    assert len(FORMS) * 2 * _SHARES * _STATES_OF_EACH >= 50_000


@pytest.mark.parametrize("share", range(_SHARES))
@pytest.mark.parametrize("model", ["posix", "ntfs"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_crash_loses_or_invents_an_edit(form, model, share):
    findings = judged(form, model, share, _STATES_OF_EACH)
    assert findings.states == _STATES_OF_EACH
    assert not findings.kinds, findings.first


@pytest.mark.parametrize("share", range(2))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_memory_stick_keeps_the_promises_too(form, share):
    findings = judged(form, "fat", share, _STATES_OF_EACH)
    assert not findings.kinds, findings.first


@pytest.mark.parametrize(("model", "condemned"), [("posix", True), ("ntfs", False), ("fat", True)])
def test_one_journal_replaced_in_place_is_condemned(model, condemned):
    findings = judged(OneJournalForm(), model, 0, 400, steps=_PLAIN_STEPS)
    assert bool(findings.kinds["lost"]) == condemned, findings


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_has_the_same_states(model):
    run = partial(explore, FORMS[0], model, 7, length=10)
    assert run(findings=Findings()).states == run(findings=Findings()).states
