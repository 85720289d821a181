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
    assert would.cost == 0
