from __future__ import annotations

import pytest

from senreg.models.validate import warnings_for
from senreg.models.wording import UNSPECIFIC, unspecific, unspecific_words


@pytest.mark.parametrize("word", UNSPECIFIC)
def test_each_of_the_words_is_found_in_any_case_and_spacing(word: str) -> None:
    found = unspecific_words("He has " + word.upper().replace(" ", "\n ") + " help")
    assert word in found or any(word in each or each in word for each in found)


def test_whole_words_only_each_once_and_told_in_one_sentence() -> None:
    assert unspecific_words("irregular, regularity, inaccess toy") == []
    assert unspecific("Regular and regular access to a TA") == (
        "“regular”, “access to” bind nobody: say who does what, for how long and how often."
    )
    assert unspecific("3 × 20 minutes with Ms Olu") == unspecific(None) == ""


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("ehc_provisions", "wording"),
        ("strategies", "description"),
        ("interventions", "description"),
    ],
)
def test_it_is_said_where_provision_is_written_and_kept_all_the_same(table, field) -> None:
    assert "binds nobody" in " ".join(warnings_for(table, {field: "Opportunities for talk"}))
    assert warnings_for(table, {field: "Talks for 10 minutes a day"}) == []
