"""What each table holds, and how each field is described."""

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senreg.errors import InvalidRecord, WrongUsage
from senreg.models.codes import code_sets
from senreg.models.describe import About, Choice, Field
from senreg.models.entry import read_entry, write_entry
from senreg.models.tables import TABLES, complete, field_of, fields_of, model_of
from senreg.models.validate import checked

EVERY = [field for table in TABLES for field in fields_of(table)]
PARENTS = {"pupil", "target", "group", "intervention", "about"}
PARENTS_OF = {"attempts": "conversation", "session_marks": "session", "survey_answers": "survey"}
TODAY = date(2026, 11, 25)


def named(field):
    return f"{field.table}.{field.name}"


@pytest.mark.parametrize("field", EVERY, ids=named)
def test_a_field_is_described_for_people(field):
    assert field.title == field.title.strip() != ""
    assert field.title[0].isupper()
    assert not field.about.help or field.about.help[-1] in ".…)"
    if field.kind in ("record", "records"):
        assert field.about.of
        assert field.tables
    if field.about.code_set:
        assert field.about.code_set in code_sets()
    if field.about.yes_words:
        assert field.kind == "yes_no"
        assert field.about.yes_words in code_sets()
    if field.kind == "choice":
        assert len({choice.code for choice in field.choices()}) == len(field.choices()) > 1
    if field.kind == "text":
        assert field.about.long


@pytest.mark.parametrize("table", TABLES)
def test_only_names_parents_code_kind_and_role_are_required(table):
    names = {"name", "surname", "forename", "code", "kind", "role"}
    for field in fields_of(table):
        parents = PARENTS | {PARENTS_OF.get(table)}
        wanted = field.name in parents | names and not field.about.long
        assert field.required is wanted, named(field)


@pytest.mark.parametrize("table", TABLES)
def test_titles_and_headings_are_told_apart_within_a_table(table):
    seen = {}
    for field in fields_of(table):
        ways = {
            re.sub(r"\W+", "", each.casefold()) for each in (field.title, *field.about.headings)
        }
        for way in ways:
            assert way not in seen, f"{named(field)} and {seen.get(way)} both know {way}"
            seen[way] = field.name


@pytest.mark.parametrize(
    ("heading", "table", "name"),
    [
        ("Legal First Name", "pupils", "forename"),
        ("Legal Surname", "pupils", "surname"),
        ("Year group(s) this academic year", "pupils", "year_group"),
        ("Year taught in", "pupils", "year_group"),
        ("NC Year", "pupils", "year_group"),
        ("Reg Group", "pupils", "class_name"),
        ("Registration form", "pupils", "class_name"),
        ("DOB", "pupils", "dob"),
        ("Ever 6", "pupils", "pupil_premium"),
        ("FSM eligible", "pupils", "fsm"),
        ("In care", "pupils", "looked_after"),
        ("Home language", "pupils", "first_language"),
        ("Gender", "pupils", "sex"),
        ("Admission date", "pupils", "joined"),
        ("Date of leaving", "pupils", "left"),
        ("SEN status", "sen_statuses", "code"),
        ("SEN provision", "sen_statuses", "code"),
        ("Special needs", "sen_statuses", "code"),
        ("SEN need", "needs", "code"),
        ("Primary SEN need", "needs", "code"),
        ("SEN type 1", "needs", "code"),
    ],
)
def test_the_headings_of_school_systems_are_known(heading, table, name):
    field = field_of(table, name)
    known = {each.casefold() for each in (field.title, *field.about.headings)}
    assert heading.casefold() in known


def test_pupils_sen_and_needs_share_no_heading():
    seen = {}
    for table in ("pupils", "sen_statuses", "needs"):
        for field in fields_of(table):
            for heading in field.about.headings:
                way = re.sub(r"\W+", "", heading.casefold())
                assert seen.setdefault(way, named(field)) == named(field)


def test_kinds_follow_the_types():
    kinds = {
        "pupils.surname": "line",
        "pupils.dob": "day",
        "pupils.eal": "yes_no",
        "pupils.fsm": "yes_no",
        "pupils.year_group": "choice",
        "pupils.key_teacher": "record",
        "pupils.what_helps": "text",
        "groups.staff": "records",
        "placements.targets": "records",
        "placements.entry_score": "number",
        "target_reviews.outcome": "whole",
        "slots.at": "line",
        "needs.rank": "whole",
    }
    for name, kind in kinds.items():
        assert field_of(*name.split(".")).kind == kind, name


def test_outcomes_are_whole_and_described():
    field = field_of("target_reviews", "outcome")
    assert [choice.code for choice in field.choices()] == ["-2", "-1", "0", "1", "2"]
    assert field.label_of(0) == "As expected"
    assert field.label_of(-2) == "Much less than expected"


def test_an_id_may_point_at_several_tables():
    assert field_of("actions", "about").tables == (
        "targets",
        "reviews",
        "target_reviews",
        "conversations",
        "coach_visits",
        "referrals",
    )
    assert field_of("pupils", "key_teacher").tables == ("staff",)


def test_older_codes_are_kept_and_no_longer_offered():
    field = field_of("sen_statuses", "code")
    assert field.label_of("S") == "Statement (to 2018)"
    assert [choice.code for choice in field.offered()] == ["N", "M", "K", "E"]
    assert field.label_of("unheard of") == "unheard of"
    assert field.label_of(None) == ""


def test_what_must_not_leave_is_marked():
    marked = {named(field) for field in EVERY if field.about.confidential}
    assert {
        "pupils.social_care",
        "pupils.looked_after",
        "contacts.restriction",
        "notes.text",
    } <= marked
    assert "pupils.surname" not in marked


def test_unknown_tables_and_fields_are_wrong_usage():
    with pytest.raises(WrongUsage, match="no table called dogs"):
        model_of("dogs")
    with pytest.raises(WrongUsage, match="no field called bark"):
        field_of("pupils", "bark")


def test_a_record_for_scripts_is_all_its_fields():
    whole = complete("pupils", "p1", {"surname": "O'Neill", "archived": True, "later": [1]})
    assert next(iter(whole)) == "id"
    assert set(whole) == {"id", "later"} | {field.name for field in fields_of("pupils")}
    assert (whole["surname"], whole["dob"], whole["eal"], whole["later"]) == (
        "O'Neill",
        None,
        False,
        [1],
    )
    assert complete("groups", "g1", {})["staff"] == []
    json.dumps(whole)


# Values that a register may hold, by kind of field.

lines = st.text(max_size=60)
ids = st.from_regex(r"[a-z0-9]{1,16}", fullmatch=True)
finite = st.floats(allow_nan=False, allow_infinity=False)


def raw(field):
    if field.name == "at":
        return st.times().map(lambda time: f"{time:%H:%M}")
    if field.kind == "choice" or (field.kind == "whole" and field.choices()):
        codes = st.sampled_from([choice.code for choice in field.choices()])
        if field.kind == "whole":
            return codes.map(int)
        return st.one_of(codes, lines) if field.about.open else codes
    return {
        "line": lines,
        "text": st.text(),
        "day": st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "number": finite,
        "whole": st.integers(-(10**12), 10**12),
        "yes_no": st.booleans(),
        "record": ids,
        "records": st.lists(ids, max_size=5),
    }[field.kind]


@pytest.mark.parametrize("field", EVERY, ids=named)
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_stored_reads_back_from_what_is_shown(field, data):
    value = data.draw(raw(field))
    if field.required and isinstance(value, str):
        value = value.strip() or "x"
    try:
        stored = checked(field.table, {field.name: value}, partial=True)[field.name]
    except InvalidRecord:
        # Control characters alone are blank, and a required field refuses that.
        assert field.required
        assert read_entry(field, str(value), today=TODAY) is None
        return
    assert json.loads(json.dumps(stored)) == stored
    shown = write_entry(field, stored)
    again = read_entry(field, shown, today=TODAY)
    if stored == []:
        assert again is None
    elif field.name == "at" or field.kind != "records":
        assert again == stored
        assert type(again) is type(stored)
    assert checked(field.table, {field.name: stored}, partial=True)[field.name] == stored


def test_a_field_alone_describes_itself():
    field = Field("x", "y", "choice", False, About("Y", choices=(("a", "Ay"), ("b", "Bee"))))
    assert field.choices() == (Choice("a", "Ay"), Choice("b", "Bee"))
    assert field.label_of("b") == "Bee"
