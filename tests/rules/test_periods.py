from __future__ import annotations

from datetime import date

import pytest

from senreg.rules.periods import period_named, terms_so_far, year_so_far

TODAY = date(2026, 11, 22)
OWN = [
    {"name": "Autumn first half", "start": "2026-09-03", "end": "2026-10-23"},
    {"name": "[Autumn] 2", "start": "2026-11-02", "end": "2026-12-18"},
]


def test_the_year_so_far_ends_today() -> None:
    assert year_so_far(TODAY)[:2] == (date(2026, 9, 1), TODAY)
    assert year_so_far(date(2026, 8, 31)).start == date(2025, 9, 1)


def test_terms_that_have_begun_are_offered_the_newest_first_and_none_to_come() -> None:
    found = terms_so_far(TODAY, OWN)
    assert [each.name for each in found[:2]] == ["[Autumn] 2 2026", "Autumn first half 2026"]
    assert found[0].end == TODAY
    assert found[1].end == date(2026, 10, 23)
    assert all(each.start <= each.end <= TODAY for each in found)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("summer", date(2026, 1, 1)),
        ("Summer 2025", date(2025, 1, 1)),
        ("AUTUMN  first half", date(2026, 9, 3)),
    ],
)
def test_a_term_is_named_with_its_year_or_without_and_the_newest_is_meant(name, start) -> None:
    found = period_named(name, TODAY, OWN)
    assert found is not None
    assert found.start.year == start.year
    if start.month == 9:
        assert found.start == start


def test_there_is_no_term_of_another_name() -> None:
    assert period_named("Lent", TODAY, OWN) is None
    assert period_named("", TODAY, OWN) is None
