from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from senreg.models.upn import upn_warnings

from .schools import TODAY, school

SEEDS = (1, 2, 3, 99)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_school_of_the_seed_exactly(seed: int) -> None:
    pupils = school(seed=seed).tables["pupils"]
    assert len(pupils) == 240
    assert sum(pupil["fsm"] for pupil in pupils) == 101
    languages = {pupil["first_language"] for pupil in pupils}
    assert len(languages) == 31
    assert "English" in languages
    assert not languages & {None, "", "Not known", "Refused", "Other than English"}
    assert Counter(pupil["class_name"] for pupil in pupils) == {
        f"{year}{form}": 30 for year in (3, 4, 5, 6) for form in "AB"
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("era", [None, 2011])
def test_a_quarter_of_year_6_is_on_the_register(seed: int, era: int | None) -> None:
    made = school(seed=seed, era=era)
    open_codes = {
        status["pupil"]: status["code"]
        for status in made.tables["sen_statuses"]
        if "end" not in status
    }
    year_6 = [pupil["id"] for pupil in made.tables["pupils"] if pupil["year_group"] == "6"]
    assert len(year_6) == 60
    on_register = set("APS") if era else set("KE")
    assert sum(open_codes.get(pupil) in on_register for pupil in year_6) == 15
    assert set(open_codes.values()) == on_register | {"M", "N"}


def test_scaled_up_it_keeps_its_shares() -> None:
    made = school(pupils=2000)
    pupils = made.tables["pupils"]
    assert len(pupils) == len({pupil["id"] for pupil in pupils}) == 2000
    assert sum(pupil["fsm"] for pupil in pupils) == 840
    assert len({pupil["first_language"] for pupil in pupils}) == 31
    sizes = Counter(pupil["class_name"] for pupil in pupils)
    assert 25 <= min(sizes.values()) <= max(sizes.values()) <= 32
    year_6 = [child for child in made.helped if child.year == 6]
    assert len(year_6) == 125


@pytest.mark.parametrize("pupils", [40, 61, 90, 301])
def test_any_size_has_its_number_of_children(pupils: int) -> None:
    made = school(pupils=pupils)
    assert len(made.tables["pupils"]) == pupils
    assert sum(pupil["fsm"] for pupil in made.tables["pupils"]) == round(0.42 * pupils)


def test_names_are_those_of_many_languages_and_come_as_people_write_them() -> None:
    pupils = school().tables["pupils"]
    said = {pupil["surname"] for pupil in pupils} | {pupil["forename"] for pupil in pupils}
    said |= {pupil["preferred_name"] for pupil in pupils if "preferred_name" in pupil}
    assert {"O'Neill", "Łukasz", "小明", "Amélie", "Nguyễn", "Siân", "Muḥammad"} <= said
    assert {"Fitzgerald-Brown", "Sam [B]"} <= said
    full = Counter((pupil["forename"], pupil["surname"]) for pupil in pupils)
    assert max(full.values()) <= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_twins_share_a_surname_and_a_birthday(seed: int) -> None:
    made = school(seed=seed)
    families = Counter(child.family for child in made.children)
    twins = [
        (one, other)
        for one in made.children
        for other in made.children
        if one.id < other.id and one.family == other.family and one.dob == other.dob
    ]
    assert len(twins) == 2
    assert all(one.surname == other.surname and one.year == other.year for one, other in twins)
    assert 10 <= sum(count > 1 for count in families.values()) <= 40


def test_upns_are_good_but_for_the_ones_that_are_meant_to_be_odd() -> None:
    upns = [pupil.get("upn") for pupil in school().tables["pupils"]]
    assert upns.count(None) == 2
    given = [upn for upn in upns if upn]
    assert len(set(given)) == len(given)
    odd = sorted(warning for upn in given for warning in upn_warnings(upn))
    assert len(odd) == 3
    assert sum("temporary" in warning for warning in odd) == 2
    assert sum("check letter" in warning for warning in odd) == 1


def test_nobody_can_be_rung_or_written_to() -> None:
    contacts = school(pupils=2000).tables["contacts"]
    assert all(
        re.fullmatch(r"(01632 960|07700 900)\d{3}", contact["phone"]) for contact in contacts
    )
    mails = [contact["email"] for contact in contacts if "email" in contact]
    assert mails
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.org", mail) for mail in mails)
    assert any(contact["interpreter"] for contact in contacts)
    restricted = [contact for contact in contacts if "restriction" in contact]
    assert len(restricted) == 3
    assert not any(contact["send_letters"] for contact in restricted)


def test_every_leader_is_there() -> None:
    roles = Counter(member["role"] for member in school().tables["staff"] if "until" not in member)
    assert roles["class_teacher"] == 8
    assert roles["ta"] >= 8
    for role in ("head", "deputy", "senco", "pastoral", "home_school_worker"):
        assert roles[role] == 1
    initials = [member["initials"] for member in school(pupils=2000).tables["staff"]]
    assert len(set(initials)) == len(initials)


def test_texts_are_not_the_same_sentence_over_and_over() -> None:
    made = school()
    for table, field in (
        ("targets", "statement"),
        ("target_reviews", "evidence"),
        ("notes", "text"),
        ("barriers", "description"),
        ("strategies", "description"),
    ):
        said = Counter(record[field] for record in made.tables[table])
        assert max(said.values()) <= max(8, len(made.tables[table]) * 0.06), (table, said)
        assert len(said) >= min(30, len(made.tables[table]) / 3)


def test_no_blank_is_left_in_a_sentence() -> None:
    for era in (None, 2011):
        for table, records in school(era=era).tables.items():
            if table == "target_examples":
                continue
            for record in records:
                for value in record.values():
                    assert not (isinstance(value, str) and re.search(r"[{}]", value)), record


def test_the_year_2010_11_knows_nothing_of_todays_codes() -> None:
    made = school(era=2011)
    assert made.plan.today == date(2011, 7, 1)
    needs = {need["code"] for need in made.tables["needs"]}
    assert "BESD" in needs
    assert not needs & {"SEMH", "NSA", "DS"}
    codes = {status["code"] for status in made.tables["sen_statuses"]}
    assert codes <= set("APSMN")
    assert {"A", "P", "S"} <= codes
    curricular = [each for each in made.tables["targets"] if each["kind"] == "curricular"]
    graded = [each for each in curricular if "measure" in each]
    assert graded
    assert all("National Curriculum level" in each["measure"] for each in graded)
    assert all(re.search(r"level [1-5][abc]|level W", each["statement"]) for each in graded)
    assert "plan" not in {document["kind"] for document in made.tables["documents"]}
    years = {enrolment["school_year"] for enrolment in made.tables["enrolments"]}
    assert years == {"2009/10", "2010/11"}
    assert not any(pupil["pupil_premium"] for pupil in made.tables["pupils"])


def test_longer_records_reach_the_density_of_the_budgets() -> None:
    import json

    made = school(pupils=2000, years=10)
    size = sum(
        len(json.dumps({**record, "id": ""}, ensure_ascii=False).encode())
        for records in made.tables.values()
        for record in records
    )
    assert 6_700 <= size / 2000 <= 8_300
    assert made.plan.today == TODAY
    oldest = min(target["set_on"] for target in made.tables["targets"])
    assert oldest < "2022"
