"""UPNs against the examples that the department and open projects test with."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.upn import ALPHABET, check_letter, is_temporary, normalised_upn, upn_warnings

VECTORS = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data" / "upn_vectors.csv").open(encoding="utf-8", newline="")
    )
)
FORM = ("A UPN has 13 characters", "This does not have the form")


def vectors(*verdicts, checkable=None):
    return [
        pytest.param(row["upn"], id=row["upn"])
        for row in VECTORS
        if row["expected_by_source"] in verdicts and checkable in (None, row["checkable"])
    ]


def serious(upn):
    return [
        each for each in upn_warnings(normalised_upn(upn)) if each != "This is a temporary UPN."
    ]


@pytest.mark.parametrize("upn", vectors("valid", "valid-after-normalise", "seen-in-tests"))
def test_a_good_upn_has_nothing_odd_but_perhaps_an_unknown_authority(upn):
    assert check_letter(normalised_upn(upn)) == normalised_upn(upn)[0]
    assert all("authority" in each for each in serious(upn))
    if not upn.startswith("X001"):
        assert serious(upn) == []


@pytest.mark.parametrize("upn", vectors("check-letter-ok"))
def test_the_check_letter_agrees_where_only_that_is_known(upn):
    assert check_letter(upn) == upn[0]


@pytest.mark.parametrize("upn", vectors("invalid"))
def test_a_bad_upn_is_pointed_out(upn):
    assert serious(upn)


@pytest.mark.parametrize("upn", vectors("invalid", checkable="LA"))
def test_an_unknown_authority_is_named(upn):
    assert any(f"authority that is not known ({upn[1:4]})" in each for each in serious(upn))


@pytest.mark.parametrize("upn", vectors("format-ok-only"))
def test_the_form_is_told_apart_from_the_check_letter(upn):
    assert not any(each.startswith(FORM) for each in serious(upn))


def test_every_example_is_used():
    assert len(VECTORS) == 46
    assert {row["expected_by_source"] for row in VECTORS} == {
        "valid", "valid-after-normalise", "seen-in-tests", "check-letter-ok", "invalid",
        "format-ok-only",
    }  # fmt: skip


def test_a_temporary_upn_is_known_and_said():
    assert is_temporary("G80120000101A")
    assert upn_warnings("G80120000101A") == ["This is a temporary UPN."]
    assert not is_temporary("H801200001001")
    assert not is_temporary("rubbish")


@pytest.mark.parametrize("authority", ["942", "943", "940", "838", "909", "674"])
def test_new_ended_and_welsh_authorities_are_known(authority):
    body = f"{authority}200001001"
    assert upn_warnings(check_letter("A" + body) + body) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" h801 2000 01001 ", "H801200001001"),
        ("H801-2000-01-001", "H801-2000-01-001"),
        ("", None),
        ("  ", None),
        (None, None),
        (7, 7),
    ],
)
def test_it_is_put_in_one_form_and_otherwise_kept(typed, kept):
    assert normalised_upn(typed) == kept


def test_none_has_no_warnings():
    assert upn_warnings(None) == []
    assert upn_warnings("") == []


@given(st.text(max_size=30))
def test_nothing_is_refused(text):
    upn = normalised_upn(text)
    assert normalised_upn(upn) == upn
    assert all(each.endswith(".") for each in upn_warnings(upn))


@given(st.from_regex(rf"[0-9]{{11}}[0-9{ALPHABET}]", fullmatch=True), st.integers(0, 10))
def test_the_check_letter_catches_every_wrong_figure(body, place):
    letter = check_letter("A" + body)
    wrong = body[:place] + str((int(body[place]) + 1) % 10) + body[place + 1 :]
    assert check_letter("A" + wrong) != letter
