"""Typed text to stored values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.entry import EntryProblem, nearest_in_words, read_entry, write_entry
from senreg.models.tables import TABLES, field_of, fields_of

TODAY = date(2026, 11, 25)


def read(name, text):
    return read_entry(field_of(*name.split(".")), text, today=TODAY)


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("pupils.surname", " O'Neill\t", "O'Neill"),
        ("pupils.surname", "Sam [EAL] O'Neil", "Sam [EAL] O'Neil"),
        ("pupils.surname", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("pupils.surname", "   ", None),
        ("pupils.dob", "03-Nov-2016", "2016-11-03"),
        ("pupils.dob", "", None),
        ("targets.due", "+6w", "2027-01-06"),
        ("targets.due", "end of term", "2026-12-31"),
        ("pupils.year_group", "Year 4", "4"),
        ("pupils.year_group", "4", "4"),
        ("pupils.year_group", "Y4", "4"),
        ("pupils.year_group", "04", "4"),
        ("pupils.year_group", "4.0", "4"),
        ("pupils.year_group", "Curriculum Year  4", "4"),
        ("pupils.year_group", "14", "14"),
        ("pupils.year_group", "reception", "R"),
        ("pupils.year_group", "Yr R", "R"),
        ("pupils.year_group", "Nursery", "N2"),
        ("pupils.sex", "m", "M"),
        ("pupils.sex", "Female", "F"),
        ("sen_statuses.code", "SEN Support", "K"),
        ("sen_statuses.code", "sen support", "K"),
        ("sen_statuses.code", "K - SEN Support", "K"),
        ("sen_statuses.code", "SEN Support (K)", "K"),
        ("sen_statuses.code", "K", "K"),
        ("sen_statuses.code", "EHCP", "E"),
        ("sen_statuses.code", "Education, Health and Care Plan", "E"),
        ("sen_statuses.code", "Education, Health and Care Plan (EHCP)", "E"),
        ("sen_statuses.code", "EHC Plan", "E"),
        ("sen_statuses.code", "No Special Educational Need", "N"),
        ("sen_statuses.code", "School Action+", "P"),
        ("sen_statuses.code", "School Action Plus", "P"),
        ("sen_statuses.code", "School Action", "A"),
        ("sen_statuses.code", "Statement", "S"),
        ("sen_statuses.code", "Monitoring", "M"),
        ("needs.code", "SEMH", "SEMH"),
        ("needs.code", "Speech, Language and Communication Needs", "SLCN"),
        ("needs.code", "Profound & Multiple Learning Difficulty", "PMLD"),
        ("needs.code", "Autistic Spectrum Disorder (ASD)", "ASD"),
        ("needs.code", "ASD: Autistic Spectrum Disorder", "ASD"),
        ("needs.code", "Visual Impairment", "VI"),
        ("needs.code", "SpLD", "SPLD"),
        ("needs.code", "BESD", "BESD"),
        ("pupils.ethnicity", "White British", "WBRI"),
        ("pupils.ethnicity", "White - British", "WBRI"),
        ("pupils.ethnicity", "WTUK", "WTUK"),
        ("pupils.first_language", "ENG", "English"),
        ("pupils.first_language", "punjabi", "Panjabi"),
        ("pupils.first_language", "Tok Pisin", "Tok Pisin"),
        ("pupils.eal", "Y", True),
        ("pupils.eal", "EAL", True),
        ("pupils.eal", "no", False),
        ("pupils.eal", "", None),
        ("pupils.fsm", "TRUE", True),
        ("pupils.fsm", "Targeted FSM", True),
        ("pupils.fsm", "0", False),
        ("pupils.pupil_premium", "Deprivation Pupil Premium; Service Child", True),
        ("pupils.pupil_premium", "DPP", True),
        ("pupils.pupil_premium", "✓", True),
        ("pupils.looked_after", "LAC", True),
        ("targets.status", "Partly met", "partly"),
        ("targets.status", "not_met", "not_met"),
        ("targets.kind", "Wider outcome", "wider"),
        ("interventions.tier", "Targeted plus", "targeted_plus"),
        ("interventions.tier", "Wave 3", "Wave 3"),
        ("interventions.area_of_need", "Cognition & Learning", "cognition_learning"),
        ("slots.weekday", "Wednesday", "wed"),
        ("target_reviews.outcome", "-2", -2),
        ("target_reviews.outcome", "−2", -2),
        ("target_reviews.outcome", "+1", 1),
        ("target_reviews.outcome", "as expected", 0),
        ("placements.entry_score", "7.5", 7.5),
        ("interventions.resource_cost", "£1,250.50", 1250.5),
        ("interventions.session_minutes", "20", 20),
        ("groups.staff", "a1, b2 ,,a1", ["a1", "b2"]),
        ("notes.text", " two\r\nlines ", "two\nlines"),
    ],
)
def test_what_people_and_systems_write_is_understood(name, typed, stored):
    value = read(name, typed)
    assert value == stored
    assert type(value) is type(stored)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("pupils.dob", "31/02/2014", "Date of birth: 31/02/2014 is not a date."),
        ("pupils.sex", "Q", "Sex is one of: Female; Male."),
        (
            "sen_statuses.code",
            "maybe",
            "SEN status is one of: No SEN; Monitored; K (SEN Support); ",
        ),
        ("sen_statuses.code", "SEN Support / EHCP", "SEN status is one of: "),
        ("pupils.eal", "perhaps", "EAL is answered yes or no."),
        ("pupils.pupil_premium", "DPP; nonsense", "Pupil premium is answered yes or no."),
        ("placements.entry_score", "lots", "Entry score: lots is not a number."),
        ("placements.entry_score", "nan", "Entry score: nan is not a number."),
        ("placements.entry_score", "1_000", "Entry score: 1_000 is not a number."),
        (
            "interventions.session_minutes",
            "2.5",
            "Length of a session: 2.5 is not a whole number (minutes).",
        ),
        ("school.la_code", "12", "Authority is not a code or name of its list."),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(name, typed, said):
    with pytest.raises(EntryProblem) as refused:
        read(name, typed)
    assert refused.value.message.startswith(said)
    assert refused.value.message.endswith(".")
    assert str(refused.value) == refused.value.message


def test_forms_show_words_not_codes():
    assert write_entry(field_of("sen_statuses", "code"), "K") == "SEN Support"
    assert write_entry(field_of("sen_statuses", "code"), "Z9") == "Z9"
    assert write_entry(field_of("targets", "due"), "2026-11-27") == "27/11/2026"
    assert write_entry(field_of("targets", "due"), "soon") == "soon"
    assert write_entry(field_of("pupils", "eal"), True) == "Yes"
    assert write_entry(field_of("pupils", "eal"), None) == ""
    assert write_entry(field_of("placements", "entry_score"), 7.0) == "7"
    assert write_entry(field_of("groups", "staff"), ["a", "b"]) == "a, b"


EVERY = [field for table in TABLES for field in fields_of(table)]


@given(st.sampled_from(EVERY), st.text(max_size=60))
def test_any_text_gives_a_value_or_a_sentence(field, text):
    said = None
    try:
        value = read_entry(field, text, today=TODAY)
    except EntryProblem as refused:
        value, said = None, refused.message
    assert said is None or (said.endswith(".") and "\n" not in said)
    again = read_entry(field, write_entry(field, value), today=TODAY)
    assert again == value or (not value and not again)


def test_a_cell_of_three_million_characters_is_refused_quickly_and_shortly():
    for name in ("pupils.dob", "pupils.sex", "pupils.eal", "placements.entry_score"):
        with pytest.raises(EntryProblem) as refused:
            read(name, "9x" * 1_500_000)
        assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        *[(each, "present") for each in ("p", "P", "/", "\\", "✓", "√", "Yes", "1", "here")],
        *[(each, "absent") for each in ("a", "O", "N", "no", "0", "did not attend")],
        *[(each, "late") for each in ("L", "late")],
    ],
)
def test_marks_are_known_as_registers_write_them(written, mark):
    field = next(each for each in fields_of("session_marks") if each.name == "mark")
    assert read_entry(field, written, today=date(2026, 9, 1)) == mark


@pytest.mark.parametrize("written", ["x", "?", "//", "C"])
def test_a_mark_that_may_mean_several_things_is_not_guessed(written):
    field = next(each for each in fields_of("session_marks") if each.name == "mark")
    with pytest.raises(EntryProblem):
        read_entry(field, written, today=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Speech and lang. comms", "SLCN"), ("autism spectrum", "ASD"), ("dyslexic stuff", "SPLD")],
)
def test_the_nearest_of_a_long_list_is_named(typed, first):
    field = next(each for each in fields_of("needs") if each.name == "code")
    assert nearest_in_words(field, typed).startswith(f"{first} (")
    assert nearest_in_words(field, "zzzz") == ""
