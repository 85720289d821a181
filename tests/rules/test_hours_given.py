"""Hours planned beside hours given, and one child's cost, worked by hand."""

from __future__ import annotations

from datetime import date

from senreg.rules.hours_given import hours_given, pupil_cost
from tests.rules.sample import Sample

START, END = date(2026, 9, 1), date(2026, 9, 30)


def test_hours_planned_stand_beside_hours_given_and_a_childs_share_of_the_cost():
    sample = Sample()
    sample.add("terms", name="Autumn", start="2026-09-07", end="2026-12-18", school_year="2026/27")
    khan = sample.add("staff", name="Mrs Khan [TA]", role="ta")
    sample.add("rates", role="ta", per_hour=20.0, start="2025-09-01")
    group = sample.group(start="2026-09-01", staff=[khan])
    sample.slot(group, "tue", minutes=30)
    pupils = [sample.pupil(name) for name in ("Sam", "小明")]
    for pupil in pupils:
        sample.place(pupil, group, start="2026-09-07")
    (lego,) = hours_given(sample, START, END)
    assert (lego.planned, lego.given) == (2.0, None)
    for day in ("2026-09-08", "2026-09-15"):
        sample.add("sessions", group=group, date=day, minutes=30)
    (lego,) = hours_given(sample, START, END)
    (row,) = lego.groups
    assert (row.planned, row.given, row.share, row.pupils) == (1.5 + 0.5, 1.0, 0.5, 2)
    assert (lego.cost, row.a_pupil) == (20.0, 10.0)
    cost = pupil_cost(sample, pupils[0], START, END)
    assert (cost.pounds, cost.threshold, cost.unknown, cost.planned) == (10.0, 6000, (), False)
    sample.add("school", name="S", notional_threshold=1000)
    nobody = sample.group("Reading", start="2026-09-01")
    sample.slot(nobody, "mon")
    sample.place(pupils[0], nobody, start="2026-09-07")
    cost = pupil_cost(sample, pupils[0], START, END)
    assert (cost.share, cost.unknown) == (0.01, ("Reading",))
    assert pupil_cost(sample, sample.pupil("Not placed"), START, END) is None
