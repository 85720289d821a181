"""Every byte cut off and bits turned in every kind of file: seen, and little lost by it.

`python -m tests.store.crash.nightly` turns every bit of every file; here each byte has one turned.
"""

from collections import Counter
from functools import cache

import pytest

from tests.store.crash.damage import Victim, damages, wrong_with
from tests.store.crash.enumerate_states import no_collecting
from tests.store.crash.forms import FORMS

KINDS = {
    "snapshot": "/register.json",
    "backup": "/register.json.bak",
    "segment in use": "/journal-00000004-",
    "segment that was ended": "/journal-00000003-",
    "segment in history": "/history/journal-00000001-",
    "keys": "/keys.json",
    "twin of the keys": "/keys.json.bak",
}
EVERY_BIT = ("plain", "segment in use")

victim = cache(Victim)


def named(form, kind):
    """The names of a kind of file; sealed registers have more kinds."""
    start = KINDS[kind]
    names = victim(form).names()
    exact = [name for name in names if name.endswith(start)]
    return exact or [name for name in names if start.endswith("-") and start in name]


CASES = [
    pytest.param(form, kind, id=f"{form.name}-{kind}")
    for form in FORMS
    for kind in KINDS
    if named(form, kind)
]


def test_every_kind_of_file_has_its_turn():
    for form in FORMS:
        covered = {name for kind in KINDS for name in named(form, kind)}
        kinds = {name.split("journal-")[0] for name in victim(form).names()}
        assert {name.split("journal-")[0] for name in covered} == kinds


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_damage_is_seen_and_costs_one_commit_at_most(form, kind):
    found = Counter()
    first = {}
    every_bit = (form.name, kind) == EVERY_BIT
    with no_collecting():
        for name in named(form, kind):
            for damage in damages(victim(form), name, every_bit=every_bit):
                wrong = wrong_with(victim(form), damage)
                found[wrong] += 1
                first.setdefault(wrong, str(damage))
    assert set(found) == {""}, (found, first)
