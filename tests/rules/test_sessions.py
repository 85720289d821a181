from datetime import date

from senreg.rules.sessions import keep, next_day, sessions_of, sitting_of, usual_minutes

from .sample import Commit, Sample

FRIDAY = date(2026, 11, 20)


def group_with_times(sample, **more):
    group = sample.group("Phonics", minutes=25, start="2026-09-07", **more)
    sample.slot(group, "mon", minutes=20)
    sample.slot(group, "wed", minutes=None)
    return group


def test_the_earliest_meeting_not_marked_is_next_after_the_newest_session():
    sample = Sample()
    group = group_with_times(sample)
    assert next_day(sample, group, FRIDAY) == "2026-10-26"
    sample.add("sessions", group=group, date="2026-11-16")
    assert next_day(sample, group, FRIDAY) == "2026-11-18"
    sample.add("sessions", group=group, date="2026-11-18")
    assert next_day(sample, group, FRIDAY) == "2026-11-11", "the latest that was left out"
    for day in ("2026-10-26", "2026-10-28", "2026-11-02", "2026-11-04", "2026-11-09", "2026-11-11"):
        sample.add("sessions", group=group, date=day)
    assert next_day(sample, group, FRIDAY) == "2026-11-23", "all are marked: the next to come"
    assert next_day(sample, sample.group("No times"), FRIDAY) == "2026-11-20"


def test_those_placed_on_the_day_are_there_by_name_and_those_marked_before():
    sample = Sample()
    group = group_with_times(sample)
    ming, sam, gone = sample.pupil("小明", "王"), sample.pupil(), sample.pupil("Ann", "Away")
    for pupil in (ming, sam):
        sample.place(pupil, group, start="2026-09-07")
    sample.place(gone, group, start="2026-09-07", end="2026-11-17")
    new = sitting_of(sample, group, "2026-11-18")
    assert [(seat.id, seat.mark) for seat in new.seats] == [(sam, ""), (ming, "")]
    assert (new.session, new.minutes) == ("", 25)
    assert usual_minutes(sample, group, "2026-11-16") == 20
    session = sample.add("sessions", group=group, date="2026-11-18", minutes=15, note="[hall]")
    sample.add("session_marks", session=session, pupil=gone, mark="late")
    kept = sitting_of(sample, group, "2026-11-18")
    assert [(seat.id, seat.mark) for seat in kept.seats] == [(gone, "late"), (sam, ""), (ming, "")]
    assert (kept.session, kept.minutes, kept.note) == (session, 15, "[hall]")


def test_a_session_is_kept_once_and_its_marks_change():
    sample = Sample()
    group = group_with_times(sample)
    sam, ann = sample.pupil(), sample.pupil("Ann", "Bell")
    for pupil in (sam, ann):
        sample.place(pupil, group, start="2026-09-07")
    marks = {sam: "present", ann: "absent"}
    keep(Commit(sample), sitting_of(sample, group, "2026-11-18"), marks, 20, "")
    again = sitting_of(sample, group, "2026-11-18")
    assert {seat.id: seat.mark for seat in again.seats} == marks
    keep(Commit(sample), again, marks | {ann: "late", sam: ""}, 25, "Short of time")
    (session,) = sessions_of(sample, group)
    assert (session["minutes"], session["note"]) == (25, "Short of time")
    assert sorted(str(row["mark"]) for row in sample.all("session_marks")) == ["None", "late"]


def test_a_day_on_which_the_school_is_closed_is_not_to_be_marked():
    sample = Sample()
    group = group_with_times(sample)
    sample.add("sessions", group=group, date="2026-12-16")
    for start, end in (("2026-09-02", "2026-12-18"), ("2027-01-04", "2027-03-25")):
        sample.add("terms", name="Term", start=start, end=end, school_year="2026/27")
    days = [next_day(sample, group, date(2026, 12, day)) for day in (18, 30)]
    assert days == ["2026-12-14", "2026-12-14"]
    sample.add("sessions", group=group, date="2026-12-14")
    for day in ("2026-12-02", "2026-12-07", "2026-12-09"):
        sample.add("sessions", group=group, date=day)
    assert next_day(sample, group, date(2026, 12, 30)) == "2027-01-04"
