"""The code sets and their words."""

import csv
from pathlib import Path

import pytest

import senreg.models.codes as codes
from senreg.models.codes import broad_area, code_set, code_sets, label, source

HERE = Path(codes.__file__).parent


def codes_of(name, active=True):
    return [choice.code for choice in code_set(name) if choice.active is active]


@pytest.mark.parametrize("name", code_sets())
def test_a_set_has_a_source_whole_rows_and_each_code_once(name):
    assert len(source(name)) > 40
    choices = code_set(name)
    assert len({choice.code for choice in choices}) == len(choices)
    assert len({choice.label for choice in choices}) == len(choices)
    assert all(choice.code.strip() and choice.label.strip() for choice in choices)
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        assert all(row["active"] in ("yes", "no") and None not in row for row in rows)


def test_sen_provision_is_that_of_today_with_ours_and_the_history():
    assert codes_of("sen_provision") == ["N", "M", "K", "E"]
    assert codes_of("sen_provision", active=False) == ["A", "P", "S", "Q", "O", "X"]
    assert label("sen_provision", "M") == "Monitored"
    assert label("sen_provision", "K") == "SEN Support"


def test_types_of_need_are_fourteen_with_besd_for_history():
    assert " ".join(codes_of("sen_type")) == (
        "SPLD MLD SLD PMLD SEMH SLCN ASD HI VI MSI PD DS OTH NSA"
    )
    assert codes_of("sen_type", active=False) == ["BESD"]


def test_year_groups_are_in_the_order_of_a_childs_life():
    assert codes_of("year_group") == ["E1", "E2", "N1", "N2", "R", *map(str, range(1, 15))]


@pytest.mark.parametrize(
    ("need", "area"),
    [
        ("SPLD", "cognition_learning"),
        ("PMLD", "cognition_learning"),
        ("SLCN", "communication_interaction"),
        ("ASD", "communication_interaction"),
        ("SEMH", "semh"),
        ("BESD", "semh"),
        ("HI", "sensory_physical"),
        ("PD", "sensory_physical"),
        ("DS", None),
        ("OTH", None),
        ("NSA", None),
        ("nonsense", None),
        (None, None),
    ],
)
def test_a_need_belongs_to_a_broad_area_of_the_code_of_practice(need, area):
    assert broad_area(need) == area
    assert area is None or area in codes_of("sen_area")


def test_authorities_are_those_of_2025_and_those_that_ended():
    assert len(codes_of("local_authority")) == 153
    assert label("local_authority", "202") == "Camden"
    assert {"909", "928", "674"} <= set(codes_of("local_authority", active=False))


def test_an_unknown_code_is_its_own_label_and_an_unknown_set_an_error():
    assert label("sen_type", "XYZ") == "XYZ"
    assert label("sen_type", None) == ""
    with pytest.raises(KeyError):
        code_set("no_such_set")
