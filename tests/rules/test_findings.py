from datetime import date

import pytest

from senreg.rules.findings import SEVERITIES, findings
from senreg.rules.findings_links import BELONGS, PERIODS
from senreg.rules.findings_pupils import CODED

from .sample import TODAY, Sample


def codes(sample, today=TODAY):
    return [found.code for found in findings(sample, today)]


def only(sample):
    (found,) = findings(sample, TODAY)
    return found


@pytest.fixture
def sound():
    """A register with nothing odd in it."""
    sample = Sample()
    sam = sample.pupil("Sam [EAL]", "O'Neill", "K", upn="B801200005001", dob="2017-01-05")
    sample.add("needs", pupil=sam, code="SLCN", rank=1)
    sample.add("needs", pupil=sam, code="MLD", rank=2)
    sample.set(sample.all("sen_statuses")[0]["id"], start="2026-01-05")
    sample.add("sen_statuses", pupil=sam, code="N", start="2024-09-01", end="2026-01-04")
    twin = {"surname": "Nowak", "dob": "2017-05-05"}
    sample.pupil("Łukasz", status="N", **twin)
    sample.pupil("Zofia", status="M", **twin)
    target = sample.target(sam, due="2026-12-18", set_on="2026-09-10")
    sample.add("target_reviews", target=target, date="2026-11-01")
    group = sample.group("Lego therapy", size=2, start="2026-09-01")
    sample.slot(group)
    sample.place(sam, group, start="2026-09-10", end="2026-12-18")
    return sample


def sam_of(sample):
    return sample.all("pupils")[0]["id"]


def test_a_sound_register_has_no_findings(sound):
    assert findings(sound, TODAY) == []


def test_an_empty_register_has_no_findings():
    assert findings(Sample(), TODAY) == []


def test_two_statuses_open(sound):
    row = sound.add("sen_statuses", pupil=sam_of(sound), code="E", start="2026-11-01")
    found = findings(sound, TODAY)[0]
    assert (found.code, found.severity, found.table, found.record) == (
        "two_open_statuses", "error", "sen_statuses", row,
    )  # fmt: skip
    assert found.message == "Sam [EAL] O'Neill (4B) has 2 statuses open: SEN support and EHC plan."


def test_statuses_that_overlap(sound):
    sound.add("sen_statuses", pupil=sam_of(sound), code="M", start="2025-12-01", end="2026-01-04")
    assert only(sound).message == "Two statuses of Sam [EAL] O'Neill (4B) overlap from 1 Dec 2025."


@pytest.mark.parametrize(
    ("needs", "code", "words"),
    [
        ([], "no_primary_need", "has the status SEN support and no primary need."),
        ([("MLD", 2)], "no_primary_need", "has the status SEN support and no primary need."),
        ([("MLD", 1), ("ASD", 1)], "two_primary_needs", "has 2 primary needs: MLD and ASD."),
        ([("MLD", 1), ("ASD", 3)], "rank_gap", "have no rank 2."),
        ([("MLD", 1), ("MLD", 2)], "need_twice", "has the need MLD twice."),
        ([("QQQ", 1)], "unknown_code", "The code QQQ in code of Sam O'Neill (4B) is not known."),
    ],
)
def test_needs_that_the_census_would_query(needs, code, words):
    sample = Sample()
    sam = sample.pupil(status="K")
    for need, rank in needs:
        sample.add("needs", pupil=sam, code=need, rank=rank)
    found = only(sample)
    assert found.code == code
    assert found.message.endswith(words)


def test_a_need_without_sen_and_nsa_with_a_plan():
    sample = Sample()
    none, plan = sample.pupil("Ada", "Byron", "N"), sample.pupil("小明", "王", "E")
    sample.add("needs", pupil=none, code="MLD", rank=1)
    sample.add("needs", pupil=plan, code="NSA", rank=1)
    assert sorted(codes(sample)) == [
        "annual_review_unknown",
        "need_without_sen",
        "nsa_with_plan",
    ]


def test_leavers_are_not_asked_for_needs():
    sample = Sample()
    sample.pupil(status="K", left="2026-07-21")
    assert codes(sample) == []


@pytest.mark.parametrize(
    ("code", "today", "odd"),
    [
        ("A", date(2015, 8, 31), False),
        ("A", date(2015, 9, 1), True),
        ("P", date(2012, 1, 1), False),
        ("S", date(2018, 4, 1), False),
        ("S", date(2018, 4, 2), True),
    ],
)
def test_an_old_stage_is_odd_once_its_time_is_over(code, today, odd):
    sample = Sample()
    sam = sample.pupil()
    sample.add("sen_statuses", pupil=sam, code=code, start="2010-09-01")
    sample.add("needs", pupil=sam, code="MLD", rank=1)
    assert codes(sample, today) == (["old_stage"] if odd else [])


def test_a_child_entered_twice():
    sample = Sample()
    for forename in ("José", "Jose"):
        sample.pupil(forename, "O’Neill", dob="2017-01-05")
    assert only(sample).message == (
        "José O’Neill (4B) is entered twice with the same name and date of birth."
    )
    for row in sample.all("pupils"):
        sample.set(row["id"], upn="B801200005001")
    found = only(sample)
    assert (found.code, found.severity) == ("same_upn", "error")
    assert found.message == "José O’Neill (4B) and Jose O’Neill (4B) have the same UPN."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"upn": "A801200005001"}, "upn"),
        ({"upn": "B80120000500"}, "upn"),
        (
            {"joined": "2026-09-01", "left": "2026-08-31", "keep_until": "2030-01-01"},
            "left_before_joining",
        ),
        ({"dob": "2026-11-23"}, "born_in_future"),
        ({"dob": "2017-01-05", "joined": "2016-01-01"}, "joined_before_birth"),
        ({"year_group": "99"}, "unknown_code"),
        ({"enrolment_status": "Z"}, "unknown_code"),
    ],
)
def test_what_is_odd_about_a_pupil(values, expected):
    sample = Sample()
    sample.pupil(**values)
    assert codes(sample) == [expected]


def test_a_temporary_upn_is_only_a_note():
    from senreg.models.upn import check_letter

    body = "80120000500A"
    sample = Sample()
    sample.pupil(upn=f"{check_letter('X' + body)}{body}")
    assert (only(sample).code, only(sample).severity) == ("temporary_upn", "note")


@pytest.mark.parametrize("table", [*BELONGS])
def test_a_record_without_its_parent(table):
    for values, words in (
        ({}, "names no "),
        (dict.fromkeys(BELONGS[table].split(), "lost"), "not in"),
    ):
        sample = Sample()
        row = sample.add(table, **values)
        found = findings(sample, TODAY)
        assert {each.code for each in found} == {"missing_record"}
        assert len(found) == len(BELONGS[table].split())
        assert all(each.record == row and words in each.message for each in found)


def test_a_parent_that_was_put_away_is_not_missing(sound):
    sound.set(sam_of(sound), archived=True)
    assert "missing_record" not in codes(sound)


@pytest.mark.parametrize("table", [*PERIODS])
def test_a_period_that_ends_before_it_begins(table, sound):
    first, last = PERIODS[table]
    parents = {"pupil": sam_of(sound), "intervention": sound.all("interventions")[0]["id"]}
    row = sound.add(
        table,
        **parents,
        group=sound.all("groups")[0]["id"],
        **{first: "2020-09-02", last: "2020-09-01"},
    )
    found = [each for each in findings(sound, TODAY) if each.code == "end_before_start"]
    assert [(each.table, each.record) for each in found] == [(table, row)]
    assert found[0].message.endswith("ends before it begins.")


def test_children_placed_where_nothing_runs():
    sample = Sample()
    ended, away = sample.group("Lego", end="2026-07-21"), sample.group("Art", archived=True)
    sam = sample.pupil()
    gone = sample.pupil("Ada", "Byron", left="2026-07-21", keep_until="2030-01-01")
    for group in (ended, away):
        sample.place(sam, group)
    sample.place(sam, ended, end="2026-07-21")
    sample.place(gone, sample.group("Maths"))
    assert sorted((found.code, found.message) for found in findings(sample, TODAY)) == [
        ("placement_in_archived_group", "Sam O'Neill (4B) is still in Art, which was archived."),
        ("placement_in_ended_group", "Sam O'Neill (4B) is still in Lego, which has ended."),
        ("placement_of_leaver", "Ada Byron (4B) is still in Maths, and has left the school."),
    ]


def test_clashes_and_what_is_overdue_are_found(sound):
    sam = sam_of(sound)
    other = sound.group("Phonics")
    sound.slot(other)
    sound.place(sam, other)
    target = sound.target(sam, statement="Counts to 20.", due="2026-11-13")
    review = sound.add("reviews", pupil=sam, kind="termly", planned_for="2026-11-01")
    found = {each.code: each for each in findings(sound, TODAY)}
    assert set(found) == {"pupil_clash", "target_overdue", "review_overdue"}
    assert (found["target_overdue"].table, found["target_overdue"].record) == ("targets", target)
    assert found["target_overdue"].message == (
        "O'Neill, Sam [EAL]: Review target: Counts to 20, due 13 Nov 2026."
    )
    assert (found["review_overdue"].record, found["review_overdue"].severity) == (review, "note")


def test_errors_come_first(sound):
    sound.add("reviews", pupil=sam_of(sound), kind="termly", planned_for="2026-11-01")
    sound.add("needs", pupil=sam_of(sound), code="QQQ", rank=3)
    sound.add("slots")
    order = [SEVERITIES.index(each.severity) for each in findings(sound, TODAY)]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}


def test_the_lists_of_fields_are_those_of_the_models():
    from senreg.models.tables import TABLES, fields_of

    fields = {table: {field.name: field for field in fields_of(table)} for table in TABLES}
    for table, names in BELONGS.items():
        for name in names.split():
            assert fields[table][name].kind == "record"
            assert fields[table][name].required
    required = {
        table
        for table in TABLES
        if any(field.kind == "record" and field.required for field in fields[table].values())
    }
    assert required == set(BELONGS)
    for table, names in PERIODS.items():
        assert {fields[table][name].kind for name in names} == {"day"}
    for table, coded in CODED.items():
        for name, code_set in coded:
            assert fields[table][name].about.code_set == code_set
            assert not fields[table][name].about.open


@pytest.mark.parametrize(
    ("others", "overlaps"),
    [
        ([("E", "2025-02-01", "2025-03-01")], True),
        ([("M", "2020-01-01", "2025-09-01")], False),
        ([("M", "2025-09-01", "2025-09-01")], False),
        ([("M", "2024-01-01", "2025-08-31"), ("E", "2024-02-01", "2024-03-01")], True),
    ],
)
def test_statuses_overlap_whichever_of_them_is_open(others, overlaps):
    sample = Sample()
    pupil = sample.pupil(status="K")
    sample.add("needs", pupil=pupil, code="MLD", rank=1)
    start = "2025-01-01" if others[0][0] == "E" else "2025-09-01"
    sample.set(sample.all("sen_statuses")[0]["id"], start=start)
    for code, first, last in others:
        sample.add("sen_statuses", pupil=pupil, code=code, start=first, end=last)
    found = [each.code for each in findings(sample, TODAY)]
    assert found == ["statuses_overlap"] * overlaps
