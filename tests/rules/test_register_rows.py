from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.register_filter import (
    COLUMNS,
    FACETS,
    facet_values,
    filter_rows,
    sort_rows,
)
from senreg.rules.register_rows import register_rows
from senreg.rules.roll import on_roll, roll_sign, roll_state

from .sample import TODAY, Sample


@pytest.fixture
def sample():
    sample = Sample()
    fox = sample.add("staff", name="Mrs Jane Fox", initials="JF", role="class_teacher")
    sam = sample.pupil(
        "Samuel", "O’Neill", "K", preferred_name="Sam [EAL]", upn="B801200005001",
        key_teacher=fox, eal=True, fsm=True, pupil_premium=True,
    )  # fmt: skip
    sample.add("needs", pupil=sam, code="SLCN", rank=1)
    sample.add("needs", pupil=sam, code="MLD", rank=2)
    sample.add("cohort_memberships", pupil=sam, start="2026-09-01")
    sample.target(sam, due="2026-11-13", status="set")
    sample.target(sam, due="2026-11-13", status="met")
    lukasz = sample.pupil(
        "Łukasz", "Nowak", "E", year_group="10", class_name="10A", service_child=True
    )
    sample.add("needs", pupil=lukasz, code="ASD", rank=1)
    sample.add("needs", pupil=lukasz, code="MLD", rank=2, end="2026-01-01")
    sample.pupil("小明", "王", year_group=None, class_name=None, looked_after=True)
    sample.pupil("Ada", "Byron", "N", left="2026-07-21", enrolment_status="P")
    sample.pupil("New", "Comer", "N", year_group="R", class_name="RB", joined="2027-01-05")
    sample.pupil("Archived", "Child", archived=True)
    return sample


def rows_of(sample):
    return {row.forename: row for row in register_rows(sample, TODAY)}


def test_who_left_leaves_today_or_is_to_come_has_a_sign(sample):
    today = TODAY.isoformat()
    sample.pupil("Last", "Day", left=today, enrolment_status="P")
    sample.pupil("Later", "Leaver", left="2026-11-23")
    sample.pupil("Nobody", "Knows", enrolment_status="P")
    signs = {name: row.sign for name, row in rows_of(sample).items()}
    assert signs.pop("Last") == ("→", "leaves today", "Leaves today")
    assert signs.pop("Ada") == ("→", "left", "Left on 21 Jul 2026")
    assert signs.pop("New") == ("←", "joining", "Joins on 5 Jan 2027")
    assert signs.pop("Nobody") == ("→", "left", "Left")
    assert set(signs.values()) == {None}
    assert roll_sign({"left": today}, "2026-11-23") == ("→", "left", "Left on 22 Nov 2026")


def test_a_row_says_everything_the_list_shows(sample):
    row = rows_of(sample)["Sam [EAL]"]
    assert row.name == "O’Neill, Sam [EAL]"
    assert (row.status, row.look.word, row.has_sen) == ("K", "SEN support", True)
    assert row.status_since == "2025-09-01"
    assert (row.needs, row.primary) == (("SLCN", "MLD"), "SLCN")
    assert (row.teacher, row.teacher_name) == ("JF", "Mrs Jane Fox")
    assert row.flags == ("EAL", "FSM", "PP")
    assert (row.review.state, row.review.day, row.open_targets) == ("overdue", "2026-11-13", 1)
    assert (row.cohort, row.roll) == (True, "here")


def test_children_come_by_name_and_archived_ones_not_at_all(sample):
    names = [row.name for row in register_rows(sample, TODAY)]
    assert names == ["Byron, Ada", "Comer, New", "Nowak, Łukasz", "O’Neill, Sam [EAL]", "王, 小明"]


def test_a_child_with_nothing_recorded_has_a_row(sample):
    row = rows_of(sample)["小明"]
    assert (row.year, row.class_name, row.status, row.needs) == ("", "", "", ())
    assert (row.look.word, row.review.state, row.open_targets) == ("Not recorded", "none", 0)
    assert row.flags == ("LAC",)


def test_yesterdays_facts_do_not_show(sample):
    row = rows_of(sample)["Łukasz"]
    assert row.needs == ("ASD",)
    assert register_rows(sample, date(2025, 12, 1))[2].needs == ("ASD", "MLD")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["New", "Łukasz", "Sam [EAL]", "小明"]),
        ("o'neill", ["Sam [EAL]"]),
        ("SAMUEL oneill", ["Sam [EAL]"]),
        ("samuel o’n", ["Sam [EAL]"]),
        ("lukasz", ["Łukasz"]),
        ("小明", ["小明"]),
        ("[eal]", ["Sam [EAL]"]),
        ("b80120", ["Sam [EAL]"]),
        ("4b slcn", ["Sam [EAL]"]),
        ("speech lang", ["Sam [EAL]"]),
        ("autistic", ["Łukasz"]),
        ("mld", ["Sam [EAL]"]),
        (".*", []),
    ],
)
def test_the_filter_looks_at_name_class_upn_and_need(sample, text, found):
    rows = filter_rows(register_rows(sample, TODAY), text)
    assert [row.forename for row in rows] == found


@pytest.mark.parametrize(
    ("facets", "found"),
    [
        ({"year": ["4", "10"]}, {"Łukasz", "Sam [EAL]"}),
        ({"year": ["-"]}, {"小明"}),
        ({"status": ["K", "E"]}, {"Łukasz", "Sam [EAL]"}),
        ({"need": ["MLD"]}, {"Sam [EAL]"}),
        ({"need": ["MLD", "ASD"], "class": ["10A"]}, {"Łukasz"}),
        ({"flag": ["EAL", "FSM"]}, {"Sam [EAL]"}),
        ({"flag": ["EAL", "SVC"]}, set()),
        ({"teacher": ["Mrs Jane Fox"]}, {"Sam [EAL]"}),
        ({"cohort": ["yes"]}, {"Sam [EAL]"}),
        ({"review": ["overdue"]}, {"Sam [EAL]"}),
        ({"roll": ["left"]}, {"Ada"}),
        ({"roll": ["here", "joining", "left"]}, {"Ada", "New", "Łukasz", "Sam [EAL]", "小明"}),
        ({"year": []}, {"New", "Łukasz", "Sam [EAL]", "小明"}),
        ({"of a newer version": ["x"]}, {"New", "Łukasz", "Sam [EAL]", "小明"}),
    ],
)
def test_facets_narrow_the_list(sample, facets, found):
    rows = filter_rows(register_rows(sample, TODAY), "", facets)
    assert {row.forename for row in rows} == found


def test_facets_offer_what_there_is_in_order_and_counted(sample):
    values = facet_values(filter_rows(register_rows(sample, TODAY)))
    assert list(values) == list(FACETS)
    assert [(each.value, each.pupils) for each in values["year"]] == [
        ("R", 1), ("4", 1), ("10", 1), ("-", 1),
    ]  # fmt: skip
    assert [each.label for each in values["year"]] == [
        "Reception",
        "Year 4",
        "Year 10",
        "No year group",
    ]
    assert [each.value for each in values["class"]] == ["4B", "10A", "RB", "-"]
    assert [each.label for each in values["status"]] == [
        "EHC plan", "SEN support", "No SEN", "Not recorded",
    ]  # fmt: skip
    assert ("SLCN", "SLCN Speech, language and communication needs", 1) in values["need"]
    assert [each.value for each in values["flag"]] == ["EAL", "FSM", "PP", "LAC", "SVC", "-"]
    assert [each.label for each in values["roll"]] == ["On roll", "Joining"]


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        ("name", False, ["New", "Łukasz", "Sam [EAL]", "小明"]),
        ("name", True, ["小明", "Sam [EAL]", "Łukasz", "New"]),
        ("year", False, ["New", "Sam [EAL]", "Łukasz", "小明"]),
        ("year", True, ["Łukasz", "Sam [EAL]", "New", "小明"]),
        ("class", False, ["Sam [EAL]", "Łukasz", "New", "小明"]),
        ("status", False, ["Łukasz", "Sam [EAL]", "New", "小明"]),
        ("need", True, ["Sam [EAL]", "Łukasz", "New", "小明"]),
        ("review", True, ["Sam [EAL]", "New", "Łukasz", "小明"]),
        ("targets", True, ["Sam [EAL]", "New", "Łukasz", "小明"]),
        ("no such column", False, ["New", "Łukasz", "Sam [EAL]", "小明"]),
    ],
)
def test_sorting_keeps_blanks_last_and_names_in_order(sample, column, descending, order):
    rows = filter_rows(register_rows(sample, TODAY))
    assert [row.forename for row in sort_rows(rows[::-1], column, descending)] == order


@given(st.sampled_from([*COLUMNS]), st.booleans())
def test_sorting_loses_nobody(column, descending):
    sample = Sample()
    for number in range(7):
        sample.pupil(
            f"P{number}", "Same", "KNE"[number % 3], year_group=str(number) if number else None
        )
    rows = register_rows(sample, TODAY)
    ordered = sort_rows(rows, column, descending)
    assert sorted(row.id for row in ordered) == sorted(row.id for row in rows)


def test_one_pass_over_each_table_however_many_children():
    class Counting(Sample):
        asked = None

        def by(self, table, field):
            self.asked.append(table)
            return super().by(table, field)

        def get(self, record):
            raise AssertionError("a look-up for each pupil")

    sample = Counting()
    for number in range(50):
        key = sample.pupil(f"P{number}", status="K")
        sample.target(key, due="2026-12-01")
    sample.asked = []
    assert len(register_rows(sample, TODAY)) == 50
    assert len(sample.asked) == len(set(sample.asked)) <= 6


@pytest.mark.parametrize(
    ("pupil", "state"),
    [
        ({}, "here"),
        ({"left": "2026-11-22"}, "here"),
        ({"left": "2026-11-21"}, "left"),
        ({"enrolment_status": "P"}, "left"),
        ({"enrolment_status": "P", "left": "2026-12-18"}, "here"),
        ({"enrolment_status": "S"}, "here"),
        ({"joined": "2026-11-22"}, "here"),
        ({"joined": "2026-11-23"}, "joining"),
    ],
)
def test_who_is_on_roll(pupil, state):
    assert roll_state(pupil, TODAY) == state


def test_on_roll_leaves_out_who_is_not_here(sample):
    assert {row["forename"] for row in on_roll(sample, TODAY)} == {"Samuel", "Łukasz", "小明"}
