from datetime import date

import pytest

from senreg.rules.belonging import age_on, place_on, same_school_year
from senreg.rules.provision_map import (
    NO_COLUMN,
    TIERS,
    Cell,
    hours_a_week,
    provision_map,
    provision_of,
)

from .sample import TODAY, Sample


@pytest.fixture
def sample():
    sample = Sample()
    sam = sample.pupil("Sam", "O'Neill")
    lukasz = sample.pupil("Łukasz", "Nowak", year_group="R", class_name="10A")
    xiao = sample.pupil("小明", "王", year_group=None, class_name=None)
    lego = sample.group("Lego therapy", tier="targeted", minutes=30, a_week=2)
    for pupil in (sam, lukasz, xiao):
        sample.place(pupil, lego, start="2026-09-01")
    speech = sample.group("Speech", tier="specialist", minutes=45)
    sample.slot(speech, "mon", minutes=45)
    sample.slot(speech, "thu", minutes=None)
    sample.place(sam, speech)
    sample.place(sam, speech, start="2026-11-01")
    unknown = sample.group("Art", tier="Wave 2", minutes=None)
    sample.place(sam, unknown)
    return sample


def test_hours_and_children_by_tier_and_year(sample):
    grid = provision_map(sample, TODAY)
    assert grid.columns == (("R", "Reception"), ("4", "Year 4"), (NO_COLUMN, "No year"))
    assert [tier.label for tier in grid.tiers] == [*TIERS.values(), "Wave 2"]
    targeted, specialist, wave = grid.tiers[1], grid.tiers[3], grid.tiers[4]
    assert targeted.cells == {code: Cell(1, 1, 1.0, 0) for code in ("R", "4", NO_COLUMN)}
    assert targeted.total == Cell(3, 3, 3.0, 0)
    assert specialist.cells == {"4": Cell(1, 1, 1.5, 0)}
    assert wave.cells == {"4": Cell(1, 1, 0.0, 1)}
    assert grid.tiers[0].total == Cell()
    assert grid.totals["4"] == Cell(1, 3, 2.5, 1)
    assert grid.total == Cell(3, 5, 4.5, 1)
    (line,) = targeted.interventions
    assert (line.label, line.total) == ("Lego therapy", Cell(3, 3, 3.0, 0))


def test_columns_may_be_classes(sample):
    grid = provision_map(sample, TODAY, "class")
    assert grid.columns == (("4B", "4B"), ("10A", "10A"), (NO_COLUMN, "No class"))


def test_the_parts_add_up(sample):
    grid = provision_map(sample, TODAY)
    assert grid.total.hours == sum(tier.total.hours for tier in grid.tiers)
    assert grid.total.places == sum(cell.places for cell in grid.totals.values())
    for tier in grid.tiers:
        assert tier.total.hours == sum(line.total.hours for line in tier.interventions)


@pytest.mark.parametrize(
    "change",
    [
        lambda s, pupil, group, place: s.set(pupil, left="2026-11-21"),
        lambda s, pupil, group, place: s.set(pupil, joined="2026-11-23"),
        lambda s, pupil, group, place: s.set(pupil, archived=True),
        lambda s, pupil, group, place: s.set(group, end="2026-11-21"),
        lambda s, pupil, group, place: s.set(group, start="2026-11-23"),
        lambda s, pupil, group, place: s.set(group, archived=True),
        lambda s, pupil, group, place: s.set(place, end="2026-11-21"),
        lambda s, pupil, group, place: s.set(place, start="2026-11-23"),
        lambda s, pupil, group, place: s.set(place, archived=True),
    ],
)
def test_only_what_runs_on_the_day_counts(change):
    sample = Sample()
    pupil, group = sample.pupil(), sample.group(a_week=1)
    place = sample.place(pupil, group)
    assert provision_map(sample, TODAY).total == Cell(1, 1, 0.5, 0)
    change(sample, pupil, group, place)
    grid = provision_map(sample, TODAY)
    assert (grid.total, grid.columns) == (Cell(), ())


def test_an_intervention_put_away_still_names_the_groups_that_run():
    sample = Sample()
    group = sample.group("Lego therapy", tier="targeted", a_week=1)
    sample.set(sample.get(group)["intervention"], archived=True)
    sample.place(sample.pupil(), group)
    (tier,) = [tier for tier in provision_map(sample, TODAY).tiers if tier.total.places]
    assert (tier.label, tier.interventions[0].label) == ("Targeted", "Lego therapy")


def test_hours_of_each_child(sample):
    hours = hours_a_week(sample, TODAY)
    sam = sample.all("pupils")[0]["id"]
    assert hours[sam] == (2.5, 3, 1)
    assert len(hours) == 3
    assert [held.group["id"] for held in provision_of(sample, sam, TODAY)] == [
        row["id"] for row in sample.all("groups")
    ]


def test_an_earlier_year_is_shown_as_it_was():
    sample = Sample()
    pupil, group = sample.pupil(year_group="5", class_name="5B"), sample.group(a_week=1)
    sample.place(pupil, group)
    sample.add("enrolments", pupil=pupil, school_year="2025/26", year_group="4", class_name="4B")
    before = provision_map(sample, date(2026, 3, 1), today=TODAY)
    assert before.columns == (("4", "Year 4"),)
    assert provision_map(sample, TODAY, today=TODAY).columns == (("5", "Year 5"),)
    assert provision_map(sample, date(2020, 3, 1), today=TODAY).columns == (("-", "No year"),)


def test_where_a_child_was():
    pupil = {"id": "p", "year_group": "5", "class_name": "5B"}
    past = [{"id": "e", "school_year": "2025/2026", "year_group": "4", "class_name": "4B"}]
    assert place_on(pupil, past, date(2026, 8, 31), TODAY) == ("4", "4B", "")
    assert place_on(pupil, past, date(2026, 9, 1), TODAY) == ("5", "5B", "")
    written = {"2025/26": True, "2025/2026": True, "2026/27": False, None: False}
    assert {year: same_school_year(year, "2025/26") for year in written} == written


@pytest.mark.parametrize(
    ("born", "age"),
    [("2016-11-22", 10), ("2016-11-23", 9), ("2026-11-22", 0), ("2026-11-23", None), (None, None)],
)
def test_ages_are_whole_years(born, age):
    assert age_on({"id": "p", "dob": born}, TODAY) == age


def test_the_tiers_are_those_of_the_catalogue():
    from senreg.models.provision import TIERS as OFFERED
    from senreg.models.provision import WEEKDAY_CODES
    from senreg.rules.meeting import WEEKDAYS

    assert tuple(TIERS.items()) == OFFERED
    assert tuple(WEEKDAYS.items()) == WEEKDAY_CODES
