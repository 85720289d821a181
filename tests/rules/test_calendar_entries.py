"""What goes into a calendar, under which key, and what is called off."""

from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.calendar_entries import calendar_entries

from .sample import TODAY, Sample


def shown(sample, **more):
    return [
        (each.key, each.day, each.title, each.called_off)
        for each in calendar_entries(sample, TODAY, **more)
    ]


def test_children_and_staff_are_given_by_initials_unless_names_are_asked_for():
    sample = Sample()
    sam = sample.pupil("Łukasz", "O'Neill-Żak", "K")
    fox = sample.add("staff", name="Mrs Fox", role="class_teacher")
    talk = sample.add(
        "conversations", pupil=sam, planned_for="2026-12-01", at="15:45", led_by=fox,
        concerns="What the family fears",
    )  # fmt: skip
    (entry,) = calendar_entries(sample, TODAY)
    assert (entry.key, entry.title, entry.more, entry.at, entry.minutes) == (
        f"{talk}-conversation",
        "ŁOŻ: Structured conversation",
        "Led by F.",
        "15:45",
        60,
    )
    (named,) = calendar_entries(sample, TODAY, names=True)
    assert (named.key, named.title) == (entry.key, "Łukasz O'Neill-Żak: Structured conversation")
    assert named.more == "Led by Mrs Fox."


def test_what_is_not_to_be_any_more_is_called_off_while_it_is_to_come():
    sample = Sample()
    sam = sample.pupil(status="K")
    for record, values in (
        ("held-early", {"planned_for": "2026-12-01", "held_on": "2026-11-20"}),
        ("put-away", {"planned_for": "2026-12-02", "archived": True}),
        ("long-ago", {"planned_for": "2026-01-02", "archived": True}),
        ("held", {"planned_for": "2026-11-02", "held_on": "2026-11-02"}),
    ):
        sample.add("conversations", id=record, pupil=sam, **values)
    sample.add("reviews", id="r1", pupil=sam, kind="termly", planned_for="2026-12-03")
    sample.add(
        "reviews", id="r2", pupil=sam, kind="termly", planned_for="2026-12-04", archived=True
    )
    assert shown(sample) == [
        ("held-early-conversation", "2026-12-01", "SO: Structured conversation", True),
        ("put-away-conversation", "2026-12-02", "SO: Structured conversation", True),
        ("r1-review", "2026-12-03", "SO: Termly review", False),
        ("r2-review", "2026-12-04", "SO: Termly review", True),
    ]


def test_the_meetings_of_a_child_who_left_are_called_off():
    sample = Sample()
    sam = sample.pupil(status="K", left="2026-11-20")
    sample.add("conversations", pupil=sam, planned_for="2026-12-01")
    sample.add("reviews", pupil=sam, kind="termly", planned_for="2026-12-03")
    assert [each.called_off for each in calendar_entries(sample, TODAY)] == [True, True]


def test_a_day_that_was_agreed_stands_until_a_conversation_is_planned():
    sample = Sample()
    sam = sample.pupil(status="K")
    sample.add("conversations", id="last", pupil=sam, held_on="2026-11-02", next_on="2027-02-01")
    assert shown(sample) == [
        ("last-next", "2027-02-01", "SO: Next structured conversation, as agreed", False)
    ]
    sample.add("conversations", id="new", pupil=sam, planned_for="2027-02-03")
    assert [(key, off) for key, _, _, off in shown(sample)] == [
        ("last-next", True),
        ("new-conversation", False),
    ]


def test_statutory_dates_name_their_law_and_go_once_they_are_met():
    sample = Sample()
    sam = sample.pupil(status="K")
    key = sample.add("ehc_processes", pupil=sam, requested_on="2026-11-02")
    first = calendar_entries(sample, TODAY)[0]
    assert (first.key, first.day, first.deadline) == (f"{key}-decision", "2026-12-14", True)
    assert first.title == "SO: Decision whether to assess, by the authority"
    assert first.more == "Last day. SEND Regs 2014, reg 5(1): 6 weeks."
    sample.set(key, decided_on="2026-11-20")
    assert calendar_entries(sample, TODAY)[0].called_off
    sample.set(key, archived=True)
    assert all(each.called_off for each in calendar_entries(sample, TODAY))


def test_a_consultation_is_named_only_where_names_are():
    sample = Sample()
    sample.add("consultations", reference="Ann Lee 2210", received_on="2026-11-20")
    (entry,) = calendar_entries(sample, TODAY)
    assert "Ann" not in entry.title
    assert "Ann Lee" in calendar_entries(sample, TODAY, names=True)[0].title


def test_the_file_of_a_child_who_left_goes_on_in_fifteen_school_days():
    sample = Sample()
    sam = sample.pupil(status="K", left="2026-11-20", destination="High")
    (entry,) = calendar_entries(sample, TODAY)
    assert (entry.key, entry.day, entry.title) == (
        f"{sam}-records",
        "2026-12-11",
        "SO: SEN file to the next school",
    )


days = st.none() | st.dates().map(lambda day: day.isoformat())


@given(st.lists(st.fixed_dictionaries({"planned_for": days, "held_on": days, "next_on": days})))
def test_no_key_comes_twice(rows):
    sample = Sample()
    sam = sample.pupil(status="E")
    for row in rows:
        sample.add("conversations", pupil=sam, **row)
        sample.add("reviews", pupil=sam, kind="annual", **{**row, "next_on": None})
        sample.add("ehc_processes", pupil=sam, requested_on=row["held_on"])
    keys = [each.key for each in calendar_entries(sample, TODAY)]
    assert len(keys) == len(set(keys))
