"""The invented school as bare records, and what the rules make of it, for the tests here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from senreg.rules.leadership import leadership

from .raw_school import RawSchool

SCHOOLS = [
    {"seed": 4, "today": date(2026, 11, 26)},
    {"seed": 9, "today": date(2027, 6, 25), "pupils": 150},
    {"seed": 4, "era": 2011},
]


@pytest.fixture(params=SCHOOLS, ids=["autumn", "summer", "2011"], scope="package")
def raw(request):
    """A school."""
    return RawSchool(**request.param)


@pytest.fixture(scope="package")
def figures(raw):
    """The figures of the page for leaders, by section and title."""
    found = defaultdict(dict)
    for each in leadership(raw.sample, raw.today).figures:
        assert each.title not in found[each.section]
        found[each.section][each.title] = each
    return found
