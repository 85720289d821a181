"""Hours planned beside hours given, and one child's cost, worked by hand."""

from __future__ import annotations

from datetime import date

from senreg.rules.dates import TermDays
from senreg.rules.hours_given import hours_given, pupil_cost
from senreg.rules.measures import measured
from senreg.rules.measures.asked import Asked
from senreg.rules.measures.delivered import HOLIDAYS, HOURS, delivered
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


def _planned_on_fridays():
    """A pupil in a group of one adult at £20 on Fridays for an hour, none of them marked."""
    sample = Sample()
    khan = sample.add("staff", name="Mrs Khan [TA]", role="ta")
    sample.add("rates", role="ta", per_hour=20.0, start="2025-09-01")
    group = sample.group(start="2026-09-01", staff=[khan])
    sample.slot(group, "fri", minutes=60)
    pupil = sample.pupil("Łukasz")
    sample.place(pupil, group, start="2026-09-07")
    return sample, pupil


def test_holidays_and_half_terms_cost_nothing_where_terms_are_recorded():
    sample, pupil = _planned_on_fridays()
    for start, end in (("2026-09-03", "2026-10-23"), ("2026-11-02", "2026-12-18")):
        sample.add("terms", name="Half of autumn", start=start, end=end, school_year="2026/27")
    start, end = date(2026, 9, 1), date(2026, 12, 31)
    # Fridays from 4 September to 23 October are 8, from 6 November to 18 December 7.
    cost = pupil_cost(sample, pupil, start, end)
    assert (cost.pounds, cost.planned, cost.holidays) == (300.0, True, False)
    (lego,) = hours_given(sample, start, end)
    assert (lego.planned, lego.cost, lego.groups[0].holidays) == (15.0, 300.0, False)
    for name in ("cost", "impact"):
        answer = measured(name, sample, Asked(start, end, end))
        assert HOURS in answer.definition
        assert HOLIDAYS not in answer.notes
        assert answer.rows[0].more["hours"] == 15.0


def test_without_terms_holidays_count_and_every_figure_says_so():
    sample, pupil = _planned_on_fridays()
    start, end = date(2026, 9, 1), date(2026, 12, 31)
    # Fridays from 4 September to 25 December are 17.
    cost = pupil_cost(sample, pupil, start, end)
    assert (cost.pounds, cost.holidays) == (340.0, True)
    (lego,) = hours_given(sample, start, end)
    assert (lego.planned, lego.groups[0].holidays) == (17.0, True)
    for name in ("cost", "impact"):
        answer = measured(name, sample, Asked(start, end, end))
        assert HOLIDAYS in answer.notes
        assert answer.rows[0].more["hours"] == 17.0
    more = measured("impact", sample, Asked(start, end, end)).rows[0].more
    assert (more["hours_planned"], more["holidays_counted"]) == (17.0, True)


def test_a_childs_cost_looks_at_the_childs_own_groups_alone(monkeypatch):
    sample, pupil = _planned_on_fridays()
    other = sample.group("Reading [daily]", start="2026-09-01")
    sample.slot(other, "mon")
    twin = sample.pupil("小明")
    sample.place(twin, other, start="2026-09-07")
    assert {each.group["id"] for each in delivered(sample, "2026-09-01", "2026-09-30")} > {other}
    (only,) = delivered(sample, "2026-09-01", "2026-09-30", {other})
    assert only.group["id"] == other
    asked = []
    found = sample.get
    monkeypatch.setattr(sample, "get", lambda record: asked.append(record) or found(record))
    assert pupil_cost(sample, pupil, START, END).pounds == 80.0, "4, 11, 18 and 25 September"
    assert asked
    assert found(other)["intervention"] not in asked


def test_an_autumn_term_that_begins_in_august_counts_from_its_first_day():
    days = TermDays([{"name": "Autumn", "start": "2026-08-27", "end": "2026-12-18"}])
    assert days.has("2026-08-28")
    assert not days.supposed("2026-08-28")
    assert not days.has("2026-12-21")
    assert days.supposed("2027-01-08"), "spring is not recorded"


def test_hours_that_nobody_wrote_down_are_unknown_and_so_is_what_they_cost():
    sample, pupil = _planned_on_fridays()
    start, end = date(2026, 9, 1), date(2026, 9, 30)
    bare = sample.group("No times [yet]", start="2026-09-01", minutes=None)
    sample.place(pupil, bare, start="2026-09-07")
    lego, no_times = hours_given(sample, start, end)
    assert (no_times.planned, no_times.given, no_times.cost) == (None, None, None)
    assert lego.cost == 80.0
    cost = pupil_cost(sample, pupil, start, end)
    assert (cost.pounds, cost.unknown, cost.planned) == (80.0, ("No times [yet]",), True)
    rows = measured("impact", sample, Asked(start, end, end)).rows
    assert [(row.more["hours"], row.more["hours_unknown"], row.more["cost"]) for row in rows] == [
        (4.0, 0, 80.0), (None, 1, None),
    ]  # fmt: skip
    (_, row) = measured("cost", sample, Asked(start, end, end)).rows
    assert (row.value, row.n, row.unknown, row.more["hours"]) == (None, 0, 1, None)
    sample.add("sessions", group=bare, date="2026-09-08")
    (row,) = delivered(sample, "2026-09-01", "2026-09-30", {bare})
    assert (row.hours, row.cost, row.planned) == (None, None, False)
