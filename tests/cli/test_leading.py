"""`senreg leading`: every list for leaders as text and as JSON, and what is asked wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.demo.build import build
from senreg.rules.leading import LISTS
from senreg.year_figures import freeze

from .conftest import Senreg

TODAY = "2026-11-26"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("leading") / "practice.senreg"
    with build(path, pupils=60, seed=3, today=date.fromisoformat(TODAY)) as register:
        freeze(register, "2025/26", date.fromisoformat(TODAY))
    return path


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_its_lines_and_the_records_behind_them(
    senreg: Senreg, practice: Path, name: str
) -> None:
    found = senreg("leading", name, practice, "--on", TODAY, "--json").document
    assert list(found) == ["list", "on", "parts"]
    assert (found["list"], found["on"]) == (name, TODAY)
    assert any(part["lines"] for part in found["parts"])
    people = senreg("leading", name, practice, "--on", TODAY)
    assert people.code == 0
    for part in found["parts"]:
        assert part["title"] in people.out
        for line in part["lines"]:
            assert list(line) == ["title", "value", "of", "opens", "behind", "note", "said"]
            for words in line["title"], line["value"], line["of"]:
                assert words in people.out  # whole, for whoever hears it read aloud


def test_the_lowest_fifth_is_followed_from_term_to_term(senreg: Senreg, practice: Path) -> None:
    parts = senreg(
        "leading", "lowest-fifth", practice, "--on", TODAY, "--json"
    ).document["parts"]  # fmt: skip
    assert [part["title"] for part in parts][:2] == [
        "English, from term to term",
        "English, in it in Aut 26",
    ]
    steps, children = parts[0]["lines"], parts[1]["lines"]
    assert [line["title"] for line in steps] == ["Aut 25", "Spr 26", "Sum 26", "Aut 26"]
    assert {line["behind"][0] for line in children} == set(steps[-1]["behind"])
    assert int(steps[-1]["value"]) == len(children)
    pupil = children[0]["behind"][0]
    surname = senreg("show", pupil, practice, "--json").document["surname"]
    assert children[0]["title"].startswith(f"{surname}, ")


def test_without_a_name_the_lists_are_named_and_a_wrong_one_is_told(
    senreg: Senreg, practice: Path
) -> None:
    said = senreg("leading")
    assert said.code == 0
    assert all(name in said.out and title in said.out for name, (_, title) in LISTS.items())
    wrong = senreg("leading", "lowest-tenth", practice)
    assert wrong.code == 2
    assert "lowest-fifth" in wrong.err
