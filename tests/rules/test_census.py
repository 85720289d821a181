"""The SEN part of the school census and what it would query."""

from __future__ import annotations

from datetime import date

import pytest

from senreg.rules.census import REMEDIES, census, census_check, next_census

from .sample import Sample

DAY = date(2027, 1, 21)


@pytest.mark.parametrize(
    ("day", "census_day"),
    [
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 10, 2), date(2027, 1, 21)),
        (date(2027, 1, 22), date(2027, 5, 20)),
        (date(2027, 5, 21), date(2027, 10, 7)),
    ],
)
def test_the_three_census_days(day: date, census_day: date) -> None:
    assert next_census(day) == census_day


def test_each_child_on_roll_by_provision_and_two_types() -> None:
    sample = Sample()
    ada = sample.pupil("Ada", "O'Neill", "K", sen_unit=True)
    sample.add("needs", pupil=ada, code="ASD", rank=2)
    sample.add("needs", pupil=ada, code="SLCN", rank=1)
    sample.add("needs", pupil=ada, code="MLD", rank=3)
    sample.add("needs", pupil=ada, code="HI", rank=1, start="2020-01-01", end="2021-01-01")
    bo = sample.pupil("Bo", "Łukasz", "M", resourced_provision=True)
    sample.add("needs", pupil=bo, code="SEMH", rank=1)
    sample.pupil("小明", "王", "E")
    sample.pupil("Cy", "Zed", None)
    sample.pupil("Gone", "Away", "K", left="2026-07-21")
    told = {
        line.pupil["forename"]: (line.provision, line.needs, line.sen_unit, line.resourced)
        for line in census(sample, DAY)
    }
    assert told == {
        "Ada": ("K", ("SLCN", "ASD"), True, False),
        "Bo": ("N", (), False, False),
        "小明": ("E", (), False, False),
        "Cy": ("N", (), False, False),
    }


def test_everything_the_census_queries_has_a_remedy_and_a_child() -> None:
    sample = Sample()
    plan = sample.pupil("Ann", "[bold]", "E")
    sample.add("needs", pupil=plan, code="NSA", rank=1)
    sample.add("needs", pupil=plan, code="ASD", rank=3)
    none = sample.pupil("Bo", "Łukasz", "N")
    sample.add("needs", pupil=none, code="MLD", rank=1)
    two = sample.pupil("Cy", "Zed", "K")
    sample.add("sen_statuses", pupil=two, code="E", start="2026-01-01")
    sample.add("needs", pupil=two, code="MLD", rank=1)
    sample.add("needs", pupil=two, code="ASD", rank=1)
    sample.add("needs", pupil=two, code="HI", rank=2, start="2026-02-01", end="2026-01-01")
    sample.pupil("Di", "No-need", "K")
    sample.pupil("Gone", "Away", "K", left="2026-07-21")
    found = census_check(sample, DAY)
    assert {each.finding.code for each in found} == {
        "nsa_with_plan",
        "rank_gap",
        "need_without_sen",
        "two_open_statuses",
        "two_primary_needs",
        "end_before_start",
        "no_primary_need",
    }
    assert all(each.remedy == REMEDIES[each.finding.code] for each in found)
    assert not any("Gone" in each.finding.message for each in found)
