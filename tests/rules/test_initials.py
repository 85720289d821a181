"""Pupils by initials: every way a name is written, and words that only look like one."""

from __future__ import annotations

import pytest

from senreg.rules.initials import InitialsOnly

PUPILS = [
    {"forename": "Sam [EAL]", "surname": "O'Neil"},
    {"forename": "Łukasz", "preferred_name": "Luk", "surname": "Żółkowski"},
    {"forename": "[/b]", "surname": "[/b]"},
    {"forename": "Anna-Lee", "surname": "de Vries"},
    {"forename": "May", "surname": "Green"},
    {"surname": "Mononym"},
    {"forename": "小明", "surname": "王"},
]


@pytest.fixture(scope="module")
def hidden() -> InitialsOnly:
    return InitialsOnly(PUPILS, kept=["Mrs Anna-Lee Khan", "Luk House"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("O'Neil, Sam [EAL]", "SEO"),
        ("Sam [EAL] O'Neil's target", "SEO's target"),
        ("Sam can read; so can Samir.", "SEO can read; so can Samir."),
        ("  Luk Żółkowski", "  LŻ"),
        ("Żółkowski, Łukasz (4B)", "LŻ (4B)"),
        ("Luk finds it hard; ask Luk.", "LŻ finds it hard; ask LŻ."),
        ("[/b], [/b]", "BB"),
        ("(Anna-Lee de Vries)", "(ALDV)"),
        ("Target 'Reads' of Anna-Lee", "Target 'Reads' of ALDV"),
        ("Mononym: review", "M: review"),
        ("小明 王", "小王"),
        ("May Green, 3 May 2026", "MG, 3 May 2026"),
        ("O'Neil", "SEO"),
        ("her mother, Niamh O'Neil", "her mother, Niamh SEO"),
        ("May", "MG"),
        ("Green", "MG"),
        ("Green beans in May", "Green beans in May"),
        ("Lukas and Lukewarm and green", "Lukas and Lukewarm and green"),
        ("Mrs Anna-Lee Khan in Luk House", "Mrs Anna-Lee Khan in Luk House"),
        ("", ""),
    ],
)
def test_names_become_initials_and_the_rest_stays(
    hidden: InitialsOnly, text: str, shown: str
) -> None:
    assert hidden(text) == shown
    assert hidden(hidden(text)) == shown


def test_a_first_name_that_two_children_bear_is_its_letter_alone() -> None:
    hidden = InitialsOnly(
        [{"forename": "Sam", "surname": "Ali"}, {"forename": "Sam", "surname": "Bray"}]
    )
    assert hidden("Sam Ali, Sam Bray, Sam") == "SA, SB, S"


def test_a_child_without_a_letter_is_a_dash() -> None:
    assert InitialsOnly([{"forename": "??", "surname": "!"}])("?? !") == "–"
