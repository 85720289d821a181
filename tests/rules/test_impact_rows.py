from datetime import date

from senreg.rules.impact_rows import impact_rows, slimmed

from .sample import Sample

START, END = date(2025, 12, 1), date(2026, 11, 22)


def run(sample, name, gains, *, measure="Reading age in months", status=None):
    """A group whose pupils gained so much in a year, and who are in it still."""
    group = sample.group(name, start="2025-12-01")
    sample.set(sample.get(group)["intervention"], measure=measure)
    for gain in gains:
        pupil = sample.pupil(f"{name} {gain}", status=status)
        sample.place(
            pupil, group, start="2025-12-01", entry_on="2025-12-01", exit_on="2026-11-01",
            entry_score=80, exit_score=80 + gain, outcome=1,
        )  # fmt: skip
    return sample.get(group)["intervention"]


def test_interventions_are_ranked_by_ratio_from_enough_places_upward():
    sample = Sample()
    run(sample, "Often", [11] * 8)
    run(sample, "Better", [22] * 8)
    run(sample, "Few", [99] * 7)
    run(sample, "No age", [5] * 9, measure="Words right")
    rows = {row.name: row for row in impact_rows(sample, START, END, END)}
    assert {name: row.rank for name, row in rows.items()} == {
        "Better": 1, "Often": 2, "Few": 0, "No age": 0,
    }  # fmt: skip
    assert (rows["Few"].ranked, rows["No age"].ranked) == (False, True)
    assert rows["No age"].ratio is None
    assert rows["Often"].outcomes == (0, 0, 0, 8, 0)
    sample.add("school", name="S", rank_from=7)
    rows = {row.name: row for row in impact_rows(sample, START, END, END)}
    assert rows["Few"].rank == 1


def test_what_runs_without_scores_is_listed_and_what_never_ran_is_not():
    sample = Sample()
    group = sample.group("New", start="2026-11-01")
    pupil = sample.pupil()
    sample.place(pupil, group, start="2026-11-01")
    sample.group("Idle")
    (row,) = impact_rows(sample, START, END, END)
    assert (row.name, row.n, row.gain, row.running) == ("New", 0, None, (pupil,))


def test_slimming_says_who_loses_what_and_who_is_left_with_nothing():
    sample = Sample()
    kept, dropped = sample.group("Kept"), sample.group("Dropped [x]")
    both, only, left = sample.pupil("Both"), sample.pupil("Only"), sample.pupil("Left")
    sample.place(both, kept)
    for pupil in (both, only, left):
        sample.place(pupil, dropped)
    sample.set(left, left="2026-07-20")
    would = slimmed(sample, [sample.get(kept)["intervention"]], START, END, END)
    assert [row["name"] for row in would.dropped] == ["Dropped [x]"]
    assert [(row["id"], names) for row, names in would.losing] == [
        (both, ("Dropped [x]",)),
        (only, ("Dropped [x]",)),
    ]
    assert [row["id"] for row in would.bare] == [only]
    assert would.cost is None, "the group has neither times nor a session"
    sample.slot(sample.get(dropped)["id"])
    sample.set(dropped, start="2026-11-22")
    assert slimmed(sample, [sample.get(kept)["intervention"]], START, END, END).cost == 0


def test_two_interventions_of_one_name_keep_their_own_figures_and_equal_ratios_their_rank():
    sample = Sample()
    run(sample, "Reading [daily]", [11] * 8)
    run(sample, "Other", [11] * 9)
    run(sample, "Least", [5] * 8)
    second = run(sample, "Twin", [2, 2])
    sample.set(second, name="Reading [daily]")
    rows = [(row.name, row.n, row.gain, row.rank) for row in impact_rows(sample, START, END, END)]
    assert sorted(rows) == [
        ("Least", 8, 5.0, 3),
        ("Other", 9, 11.0, 1),
        ("Reading [daily]", 2, 2.0, 0),
        ("Reading [daily]", 8, 11.0, 1),
    ]


def test_each_line_says_which_hours_are_planned():
    sample = Sample()
    sample.add("terms", name="Autumn", start="2026-09-01", end="2026-12-18", school_year="2026/27")
    marked, planned = (sample.group("Lego [1]", start="2026-09-01") for _ in range(2))
    sample.set(planned, intervention=sample.get(marked)["intervention"])
    other = sample.group("Lego [2]", start="2026-09-01")
    for group in (marked, planned, other):
        sample.slot(group, "mon", minutes=60)
        sample.place(sample.pupil("小明"), group, start="2026-09-01")
    sample.add("sessions", group=marked, date="2026-09-07", minutes=45)
    start, end = date(2026, 9, 1), date(2026, 9, 30)
    rows = {row.name: row for row in impact_rows(sample, start, end, end)}
    # Mondays of September 2026: 7, 14, 21, 28.
    assert {name: (row.hours, row.planned, row.holidays) for name, row in rows.items()} == {
        "Lego [1]": (4.75, 4.0, False),
        "Lego [2]": (4.0, 4.0, False),
    }


def test_where_less_is_better_the_measure_says_so():
    sample = Sample()
    feelings = run(sample, "Feelings [toolbox]", [-5] * 8, measure="Difficulties, of 40")
    sample.set(feelings, direction="down")
    (row,) = impact_rows(sample, START, END, END)
    assert (row.gain, row.measure) == (5.0, "Difficulties, of 40 (less is better)")
