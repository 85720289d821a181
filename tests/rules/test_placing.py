"""Groups in a list, placing children in them, ending their places."""

from __future__ import annotations

import pytest

from senreg.rules.group_rows import VIEWS, group_rows, in_view, sort_groups
from senreg.rules.group_times import read_times
from senreg.rules.placing import (
    clashes_if_run,
    end_places,
    group_choices,
    members,
    open_places,
    out_of_order,
    placing_plan,
    scores,
    usual_end,
)
from senreg.rules.provision_map import places_in

from .sample import TODAY, Commit, Sample


@pytest.fixture
def sample():
    return Sample()


def test_a_group_is_told_with_its_times_its_size_and_what_clashes(sample):
    khan = sample.add("staff", name="Mrs [Khan]", role="ta")
    one = sample.group("Lego [/b]", size=1, tier="targeted", staff=[khan], place="Hall")
    other = sample.group("Phonics", staff=[khan], start="2026-09-01", end="2026-12-18")
    for group in (one, other):
        sample.slot(group, "mon", "09:30")
    sample.slot(other, "wed", "09:30")
    for pupil in (sample.pupil(), sample.pupil("小明", "王"), sample.pupil(left="2026-07-01")):
        sample.place(pupil, one)
    lego, phonics = group_rows(sample, TODAY)
    assert (lego.name, lego.when, lego.staff) == ("Lego [/b] (Hall)", "Mon 09:30", ("Mrs [Khan]",))
    assert (lego.members_words, lego.is_over, lego.tier_words) == ("2 of 1", True, "Targeted")
    (words,) = lego.clashes
    assert "Mrs [Khan] is in two places on Monday 09:30" in words
    assert (phonics.when, phonics.minutes, phonics.members_words) == ("Mon, Wed 09:30", 60.0, "0")
    assert phonics.period == "1 Sep 2026 to 18 Dec 2026"
    assert phonics.clashes == lego.clashes


def test_groups_are_looked_at_by_what_they_are(sample):
    sample.group("Now", size=1)
    full = sample.group("Full", size=1)
    sample.place(sample.pupil(), full)
    crowded = sample.group("Crowded", size=1)
    for _ in range(2):
        sample.place(sample.pupil(), crowded)
    sample.group("Coming", start="2027-01-05")
    sample.group("Over", end="2026-07-01")
    rows = group_rows(sample, TODAY)
    seen = {view: [row.name for row in rows if in_view(view)(row)] for view in VIEWS}
    assert seen == {
        "now": ["Crowded", "Full", "Now"],
        "coming": ["Coming"],
        "clashing": ["Crowded"],
        "free": ["Coming", "Now"],
        "ended": ["Over"],
        "all": ["Coming", "Crowded", "Full", "Now", "Over"],
    }
    assert group_rows(sample, TODAY, ended=False) == rows[:-1]
    assert sort_groups(rows, "end")[0].name == "Over"
    assert sort_groups(rows, "size", backwards=True)[0].name == "Crowded"


def test_a_group_to_come_counts_who_is_in_it_on_its_first_day(sample):
    group = sample.group(start="2027-01-05")
    sample.place(sample.pupil(), group, start="2027-01-05")
    sample.place(sample.pupil(), group, end="2026-12-18")
    (row,) = group_rows(sample, TODAY)
    assert (row.state, row.members) == ("coming", 1)


def test_every_group_is_offered_with_what_would_clash(sample):
    sam = sample.pupil("Sam [EAL]", "O'Neil")
    inside, same_time, free = (sample.group(name) for name in ("Inside", "Same time", "Free"))
    for group in (inside, same_time):
        sample.slot(group)
    sample.slot(free, "tue")
    sample.place(sam, inside)
    choices = {
        each.group.id: [c.kind for c in each.clashes]
        for each in group_choices(sample, [sam], TODAY)
    }
    assert choices == {inside: ["already"], same_time: ["pupil"], free: []}


def test_who_is_in_it_already_is_left_as_they_are_and_the_rest_are_placed(sample):
    sam, twin, ada = sample.pupil(), sample.pupil(), sample.pupil("Ada")
    group, other = sample.group(size=2, start="2026-12-01"), sample.group("Phonics")
    for each in (group, other):
        sample.slot(each)
    sample.place(sam, group)
    sample.place(ada, other)
    plan = placing_plan(sample, [sam, twin, ada, twin], sample.get(group), TODAY)
    assert plan.start == "2026-12-01"
    assert (plan.pupils, plan.already, plan.clear) == ((twin, ada), (sam,), (twin,))
    assert [clash.kind for clash in plan.clashes] == ["pupil", "size"]
    ids = plan.proposal(plan.clear).write(Commit(sample))
    assert [sample.get(each)["pupil"] for each in ids] == [twin]
    assert sample.get(ids[0])["start"] == "2026-12-01"
    assert len(plan.proposal().adds) == 2


def test_a_group_that_is_being_written_is_tried_first(sample):
    khan = sample.add("staff", name="Mrs Khan", role="ta")
    group = sample.group(staff=[khan])
    sample.slot(group, "mon", "09:30")
    new = {"intervention": sample.get(group)["intervention"], "staff": [khan]}
    (clash,) = clashes_if_run(sample, new, read_times("mon 9:45"), TODAY)
    assert clash.words.startswith("Mrs Khan would be in two places on Monday 09:45")
    assert clashes_if_run(sample, new, read_times("mon 10:00"), TODAY) == []
    assert (
        clashes_if_run(sample, dict(sample.get(group)), read_times("mon 9:45"), TODAY, group) == []
    )


def test_a_group_that_is_moved_takes_its_children_along(sample):
    sam = sample.pupil()
    moved, other = sample.group("Moved"), sample.group("Other")
    sample.slot(moved, "mon")
    sample.slot(other, "tue")
    for group in (moved, other):
        sample.place(sam, group)
    found = clashes_if_run(sample, dict(sample.get(moved)), read_times("tue 9:30"), TODAY, moved)
    assert [clash.person for clash in found] == [sam]
    assert "would be in two places" in found[0].words


def test_a_group_that_would_be_too_full_says_so(sample):
    group = sample.group(size=1)
    for _ in range(2):
        sample.place(sample.pupil(), group)
    (clash,) = clashes_if_run(sample, dict(sample.get(group)), (), TODAY, group)
    assert "would have 2 children" in clash.words


def test_places_end_with_what_is_known_of_each(sample):
    group = sample.group()
    one, two = (sample.place(sample.pupil(), group, start="2026-09-07") for _ in range(2))
    rows = [sample.get(each) for each in (one, two)]
    assert open_places(sample, group, TODAY) == rows
    results = {one: {"exit_score": 0.0, "outcome": None}}
    end_places(rows, TODAY, "Moved on [/b]", results).write(Commit(sample))
    assert sample.get(one) | {"id": one} == {
        "id": one, "pupil": rows[0]["pupil"], "group": group, "start": "2026-09-07",
        "end": "2026-11-22", "exit_score": 0.0, "exit_on": "2026-11-22",
        "ended_reason": "Moved on [/b]",
    }  # fmt: skip
    assert "exit_on" not in sample.get(two)
    assert open_places(sample, group, TODAY.replace(day=23)) == []


def test_scores_are_given_changed_and_taken_away(sample):
    group = sample.group()
    new, same, gone, left = (
        sample.place(sample.pupil(), group, **values)
        for values in (
            {},
            {"entry_score": 5.0, "entry_on": "2026-11-22"},
            {"entry_score": 7.0, "entry_on": "2026-09-10"},
            {},
        )
    )
    rows = [sample.get(each) for each in (new, same, gone, left)]
    proposal = scores(rows, {new: 0.0, same: 5.0, gone: None}, "entry", TODAY)
    assert [change.record for change in proposal.sets] == [new, gone]
    proposal.write(Commit(sample))
    assert (rows[0]["entry_score"], rows[0]["entry_on"]) == (0.0, "2026-11-22")
    assert (rows[2]["entry_score"], rows[2]["entry_on"]) == (None, None)


@pytest.mark.parametrize(
    ("given", "typed", "days"),
    [
        ({"late": 2.0}, False, ("2026-09-07", "2026-09-08", "2026-11-22")),
        ({"late": 2.0}, True, ("2026-09-07", "2026-09-08", "2026-11-22")),
        ({"early": 6.0}, False, ("2026-09-07", "2026-09-08", None)),
        ({"early": 6.0}, True, ("2026-11-22", "2026-11-22", None)),
        ({}, True, ("2026-11-22", "2026-11-22", None)),
        ({}, False, ("2026-09-07", "2026-09-08", None)),
    ],
)
def test_a_score_that_stood_before_keeps_its_day(sample, given, typed, days):
    group = sample.group()
    for key, values in (
        ("early", {"entry_score": 5.0, "entry_on": "2026-09-07"}),
        ("other", {"entry_score": 7.0, "entry_on": "2026-09-08"}),
        ("late", {}),
    ):
        sample.place(sample.pupil(), group, id=key, **values)
    rows = [sample.get(each) for each in ("early", "other", "late")]
    all_given = {row["id"]: row.get("entry_score") for row in rows} | given
    scores(rows, all_given, "entry", TODAY, typed=typed).write(Commit(sample))
    assert tuple(row.get("entry_on") for row in rows) == days


def test_members_are_those_in_it_first_then_those_who_were(sample):
    group = sample.group()
    before = sample.place(sample.pupil("Ada", "Aa"), group, end="2026-10-01", outcome="1")
    now = sample.place(sample.pupil("Zoë", "Zz"), group, entry_score=4.0)
    lost = sample.place("nobody", group)
    found = members(sample, group, TODAY)
    assert [(each.id, each.over) for each in found] == [(lost, False), (now, False), (before, True)]
    assert (found[0].name, found[1].name, found[1].entry) == ("(pupil not found)", "Zz, Zoë", 4.0)
    assert found[2].outcome == 1


def test_a_run_lasts_its_weeks():
    assert usual_end({"weeks": 2}, "2026-11-23") == "2026-12-06"
    assert usual_end({"weeks": None}, "2026-11-23") == usual_end(None, "") == ""


def test_a_cell_of_the_map_is_the_list_of_its_places(sample):
    four, five = (
        sample.pupil("Four", class_name="4B"),
        sample.pupil("Five", year_group="5", class_name="5A"),
    )
    lego, phonics = sample.group(tier="targeted"), sample.group("Phonics", tier="specialist")
    for pupil, group in ((five, lego), (four, lego), (four, phonics)):
        sample.place(pupil, group)

    def names(**chosen):
        return [held.pupil["forename"] for held in places_in(sample, TODAY, **chosen)]

    assert names(tier="targeted") == ["Four", "Five"]
    assert names(tier="targeted", column="5") == ["Five"]
    assert names(by="class", column="4B") == ["Four", "Four"]
    assert names(intervention=sample.get(phonics)["intervention"]) == ["Four"]
    assert names() == ["Four", "Four", "Five"]


def test_days_of_scores_that_cannot_follow_each_other_are_told_before_they_are_kept():
    sample = Sample()
    place = sample.place(
        sample.pupil("Ann"), sample.group(), start="2026-01-05", entry_on="2026-02-10",
        entry_score=4.0,
    )  # fmt: skip
    rows = [sample.get(place)]
    early = scores(rows, {place: 9.0}, "exit", "2026-02-09")
    assert "before the one at the start of 10 Feb 2026" in out_of_order(sample, early)
    assert out_of_order(sample, scores(rows, {place: 9.0}, "exit", "2026-02-10")) == ""
    ended = end_places(rows, "2026-02-09", "", {place: {"exit_score": 9.0}})
    assert out_of_order(sample, ended)
    assert out_of_order(sample, end_places(rows, "2026-02-09", "", {})) == ""
