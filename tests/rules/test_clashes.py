from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.clashes import all_clashes, clashes_if_placed
from senreg.rules.meeting import clock, meetings, minute_of, weekly_minutes

from .sample import TODAY, Sample


def kinds(clashes):
    return [clash.kind for clash in clashes]


def two_groups(at="09:45", weekday="mon", **second):
    sample = Sample()
    lego, phonics = sample.group("Lego [therapy]"), sample.group("Phonics", **second)
    sample.slot(lego, "mon", "09:30", 30)
    sample.slot(phonics, weekday, at, 20)
    return sample, lego, phonics, sample.pupil()


def test_a_child_in_two_places_is_told_in_one_sentence():
    sample, lego, phonics, sam = two_groups()
    sample.place(sam, lego, start="2026-09-01")
    (clash,) = clashes_if_placed(sample, [sam], phonics, TODAY)
    assert (clash.kind, clash.person, clash.groups) == ("pupil", sam, (phonics, lego))
    assert clash.words == (
        "Sam O'Neill would be in two places on Monday 09:45: Phonics and Lego [therapy]."
    )
    assert all_clashes(sample) == []
    sample.place(sam, phonics, start="2026-11-22")
    (clash,) = all_clashes(sample)
    assert clash.words.startswith("Sam O'Neill is in two places on Monday 09:45: ")


def test_times_that_only_touch_do_not_clash():
    for at, weekday in (("10:00", "mon"), ("09:10", "mon"), ("09:45", "tue")):
        sample, lego, phonics, sam = two_groups(at, weekday)
        sample.place(sam, lego)
        assert clashes_if_placed(sample, [sam], phonics, TODAY) == []


def test_days_that_do_not_meet_do_not_clash():
    sample, lego, phonics, sam = two_groups(start="2027-01-05")
    sample.place(sam, lego, start="2026-09-01", end="2026-12-18")
    assert clashes_if_placed(sample, [sam], phonics, TODAY) == []
    sample.place(sam, lego, start="2027-02-01")
    assert kinds(clashes_if_placed(sample, [sam], phonics, TODAY)) == ["pupil"]
    assert clashes_if_placed(sample, [sam], phonics, "2027-01-05", "2027-01-31") == []


def test_a_group_that_is_over_takes_nobody_in():
    sample, lego, phonics, sam = two_groups(end="2026-07-21")
    sample.place(sam, lego)
    assert clashes_if_placed(sample, [sam], phonics, TODAY) == []


def test_a_group_over_its_size_and_a_child_who_is_in_already():
    sample = Sample()
    group = sample.group("Phonics", size=2)
    children = [sample.pupil(name) for name in ("Ada", "Łukasz", "小明")]
    sample.place(children[0], group, start="2026-09-01")
    found = clashes_if_placed(sample, children, group, TODAY)
    assert kinds(found) == ["already", "size"]
    assert found[0].words == "Ada O'Neill is in this group already."
    assert found[1].words == "Phonics would have 3 children; a group of it is for 2."
    for child in children[1:]:
        sample.place(child, group, start="2026-09-01")
    assert [each.words for each in all_clashes(sample)] == [
        "Phonics has 3 children; a group of it is for 2."
    ]


def test_a_child_who_is_in_already_does_not_fill_the_group_further():
    sample = Sample()
    group = sample.group("Phonics", size=2)
    children = [sample.pupil(name) for name in ("Ada", "Łukasz")]
    sample.place(children[0], group, start="2026-09-01")
    assert kinds(clashes_if_placed(sample, children, group, TODAY)) == ["already"]
    assert kinds(clashes_if_placed(sample, [children[0]], group, TODAY)) == ["already"]


def test_only_children_at_the_same_time_fill_a_group():
    sample = Sample()
    group = sample.group("Phonics", size=1)
    one, two, three = (sample.pupil(name) for name in ("Ada", "Łukasz", "小明"))
    sample.place(one, group, start="2026-01-01", end="2026-07-21")
    sample.place(two, group, start="2026-09-01", end="2026-12-18")
    assert all_clashes(sample) == []
    assert kinds(clashes_if_placed(sample, [three], group, "2027-01-05")) == []
    assert kinds(clashes_if_placed(sample, [three], group, "2026-12-18")) == ["size"]
    sample.place(three, group, start="2026-12-18")
    assert kinds(all_clashes(sample)) == ["size"]
    assert kinds(all_clashes(sample, since="2026-12-18")) == ["size"]
    assert kinds(all_clashes(sample, since="2026-12-19")) == []


def test_a_child_placed_twice_in_one_group_fills_one_place():
    sample = Sample()
    group, sam = sample.group("Phonics", size=1), None
    sample.slot(group)
    sam = sample.pupil()
    sample.place(sam, group, start="2026-09-01")
    sample.place(sam, group, start="2026-10-01")
    assert all_clashes(sample) == []


def test_leavers_are_in_no_group_any_more():
    sample, lego, phonics, sam = two_groups()
    for group in (lego, phonics):
        sample.place(sam, group, start="2026-09-01")
    sample.set(sam, left="2026-10-23")
    assert kinds(all_clashes(sample)) == ["pupil"]
    assert all_clashes(sample, since=TODAY) == []
    sample.set(sam, left=None, enrolment_status="P")
    assert all_clashes(sample) == []


def test_an_adult_in_two_places():
    sample = Sample()
    fox = sample.add("staff", name="Jane Fox", role="ta")
    one = sample.group("Lego", staff=[fox, fox])
    other = sample.group("Phonics", staff=[fox], end="2026-12-18")
    for group in (one, other):
        sample.slot(group, "wed", "11:00")
        sample.slot(group, "thu", "11:00")
    (clash,) = all_clashes(sample, since=TODAY)
    assert (clash.kind, clash.person) == ("adult", fox)
    assert clash.words == "Jane Fox is in two places on Wednesday 11:00: Lego and Phonics."
    assert all_clashes(sample, since="2026-12-19") == []


def test_an_unknown_group_or_nobody_clashes_with_nothing():
    sample, lego, _, _ = two_groups()
    assert clashes_if_placed(sample, ["x"], "no such group") == []
    assert clashes_if_placed(sample, [], lego, TODAY) == []


def test_times_as_they_are_stored():
    assert [minute_of(at) for at in ("09:30", "9:05", "24:00", "09:60", "half nine", None)] == [
        570, 545, None, None, None, None,
    ]  # fmt: skip
    assert clock(545) == "09:05"
    slots = [
        {"id": "a", "weekday": "mon", "at": "09:30"},
        {"id": "b", "weekday": "mon"},
        {"id": "c"},
    ]
    (meeting,) = meetings(slots, 25)
    assert (meeting.end, meeting.words) == (595, "Monday 09:30")
    assert meetings(slots)[0].end == 571


def test_a_groups_week():
    session = {"session_minutes": 30, "sessions_per_week": 2.5}
    assert weekly_minutes([], session) == 75
    assert weekly_minutes([{"minutes": 20}, {}], session) == 50
    assert weekly_minutes([{"minutes": 20}, {}], {}) is None
    assert weekly_minutes([], {"session_minutes": 30}) is None
    assert weekly_minutes([], None) is None


times = st.tuples(
    st.sampled_from(["mon", "tue"]),
    st.integers(0, 200).map(lambda minute: clock(540 + minute)),
    st.integers(5, 90),
)
day = st.none() | st.sampled_from(["2026-09-01", "2026-11-01", "2027-01-01", "2027-04-01"])
timetable = st.tuples(st.lists(times, min_size=1, max_size=3), day, day)


@given(timetable, timetable)
def test_two_groups_clash_either_way_round(first, second):
    found = []
    for _ in range(2):
        sample = Sample()
        sam = sample.pupil()
        groups = []
        for slots, start, end in (first, second):
            groups.append(sample.group(start=start, end=end))
            for weekday, at, minutes in slots:
                sample.slot(groups[-1], weekday, at, minutes)
        sample.place(sam, groups[0])
        asked = clashes_if_placed(sample, [sam], groups[1])
        sample.place(sam, groups[1])
        assert kinds(asked) == kinds(all_clashes(sample))
        found.append(kinds(asked))
        first, second = second, first
    assert found[0] == found[1]
    assert len(found[0]) <= 1
