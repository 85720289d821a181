from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from senreg.demo.build import build
from senreg.register import Register
from senreg.rules.measures import MEASURES
from senreg.year_figures import freeze

from .conftest import Senreg

TODAY = date(2026, 11, 26)
NEEDS = {"attainment": ("--subject", "english", "--at-least", "3 secure")}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("measuring") / "practice.senreg"
    build(path, pupils=60, seed=3, today=TODAY).close()
    return path


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_the_shape_scripts_rely_on(
    senreg: Senreg, practice: Path, name: str
) -> None:
    period = ("--from", "2025-11-01", "--to", "2026-11-26")
    said = senreg("measure", name, practice, *period, *NEEDS.get(name, ()), "--json")
    assert said.code == 0, said.err
    found = said.document
    assert list(found)[:5] == ["measure", "definition", "from", "to", "rows"]
    assert (found["measure"], found["from"], found["to"]) == (name, "2025-11-01", "2026-11-26")
    assert found["rows"]
    for row in found["rows"]:
        assert list(row)[:5] == ["by", "n", "unknown", "value", "unit"]
        if row["unit"].startswith("share") and row["value"] is not None:
            assert 0 <= row["value"] <= 1
        if row["n"] == 0:
            assert row["value"] is None
    people = senreg("measure", name, practice, *period, *NEEDS.get(name, ()))
    assert people.code == 0
    assert found["definition"] in people.out
    assert "unknown" in people.out
    if name != "register":
        assert "n + unknown are " in found["definition"]
        heading = next(line for line in people.out.splitlines() if " together" in line)
        start = heading.index("together")
        told = [
            line[start:].split()[0]
            for line in people.out.splitlines()
            if line[:start].strip() and line[start : start + 1].isdigit()
        ]
        wanted = [str(row["n"] + row["unknown"]) for row in found["rows"]]
        assert told[: len(wanted)] == wanted


def test_names_stand_where_ids_are(senreg: Senreg, practice: Path) -> None:
    rows = senreg("measure", "responsibility", practice, "--json").document["rows"]
    staff = {each["name"] for each in senreg("list", "staff", practice, "--json").document}
    assert rows
    assert {row["by"]["key_teacher"] for row in rows} <= staff | {"not known"}


def test_measures_are_listed_and_a_wrong_one_says_which_there_are(
    senreg: Senreg, practice: Path
) -> None:
    listed = senreg("measure")
    assert listed.code == 0
    assert all(name in listed.out for name in MEASURES)
    for words in (
        ("happiness", practice),
        ("progress", practice, "--by", "star_sign"),
        ("progress", practice, "--subject", "juggling", "--from", "2025-09-01"),
        ("progress", practice, "--scale", "Beaufort"),
        ("attainment", practice),
        ("register", practice, "--from", "2026-11-02", "--to", "2026-11-01"),
        ("register", practice, "--to", "one day"),
    ):
        said = senreg("measure", *words)
        assert said.code == 2, words
        assert 1 <= len(said.complaints) <= 3
        assert not said.out


def test_the_figures_of_a_year_are_kept_once(senreg: Senreg, tmp_path: Path) -> None:
    path = tmp_path / "practice.senreg"
    build(path, pupils=40, seed=5, today=TODAY).close()
    assert senreg("measure", path, "--freeze", "2025/26").code == 0
    kept = senreg("list", "year_figures", path, "--json").document
    assert {each["name"] for each in kept} >= {"participation", "progress", "absence", "register"}
    assert all(each["definition"] and each["start"] == "2025-09-01" for each in kept)
    assert {each["end"] for each in kept} == {"2026-07-22"}  # the last day of its summer term
    senreg("measure", path, "--freeze", "2025/26")
    assert len(senreg("list", "year_figures", path, "--json").document) == len(kept)
    assert senreg("measure", path, "--freeze", "2030/31").code == 2
    assert senreg("measure", path, "--freeze", "last year").code == 2
    assert senreg("undo", path).code == 0
    assert senreg("list", "year_figures", path, "--json").document == []


def test_those_who_leave_with_the_year_are_in_its_figures_and_all_that_was_told_is_kept(
    tmp_path: Path,
) -> None:
    with Register.create(tmp_path / "r", "Holly Bank") as register:
        with register.commit("Begin") as commit:
            for name, left in (("O'Neill", "2026-07-21"), ("Şahin", "2026-08-31")):
                pupil = commit.add(
                    "pupils",
                    {"surname": name, "forename": "Elif", "joined": "2022-09-01", "left": left},
                )
                commit.add("sen_statuses", {"pupil": pupil, "code": "K", "start": "2025-10-01"})
                commit.add(
                    "needs", {"pupil": pupil, "code": "SLCN", "rank": 1, "start": "2025-10-01"}
                )
            commit.add("terms", {"name": "Summer", "start": "2026-04-20", "end": "2026-07-21"})
        freeze(register, "2025/26", TODAY)
        kept = {(row["name"], row["by"]): row for row in register.all("year_figures")}
        assert kept["register", "code K"]["n"] == 2
        assert "moved on: 2" in kept["register", "code K"]["further"]
        assert kept["register", "need SLCN"]["n"] == 2


def test_attainment_is_kept_of_each_value_the_school_wants_reached(tmp_path: Path) -> None:
    with Register.create(tmp_path / "r", "Holly Bank") as register:
        with register.commit("Begin") as commit:
            for year, value in (("6", "4b"), ("6", "3a"), ("5", "4c"), ("2", "2a"), ("6", "")):
                pupil = commit.add(
                    "pupils", {"surname": "O'Neill", "forename": "Sam", "year_group": year}
                )
                if value:
                    assessed = {"subject": "english", "scale": "National Curriculum level"}
                    day = {"pupil": pupil, "date": "2026-06-20", "value": value}
                    commit.add("assessments", assessed | day)
            for subject, least in (("english", "4c"), ("maths", "4c"), ("english", None)):
                commit.add(
                    "expectations",
                    {"subject": subject, "scale": "national curriculum level", "stage": "KS2"}
                    | {"at_least": least},
                )
        freeze(register, "2025/26", date(2026, 7, 20))
        kept = {
            row["by"]: row for row in register.all("year_figures") if row["name"] == "attainment"
        }
        assert {by: (row["n"], row["unknown"], row["value"]) for by, row in kept.items()} == {
            "subject english, year_group 5": (1, 0, 1),
            "subject english, year_group 6": (2, 1, 0.5),
        }
        assert "at or above 4c" in kept["subject english, year_group 6"]["definition"]
        with register.commit("Change") as commit:
            commit.set(register.all("expectations")[0], at_least="four")
        _, left = freeze(register, "2025/26", date(2026, 7, 20))
        assert any("attainment: No scale" in each and "four" in each for each in left)


def test_a_figure_that_changed_is_kept_beside_the_one_before(tmp_path: Path) -> None:
    with Register.create(tmp_path / "r", "Holly Bank") as register:
        with register.commit("Begin") as commit:
            pupil = commit.add("pupils", {"surname": "O'Neill", "forename": "Sam"})
            commit.add("sen_statuses", {"pupil": pupil, "code": "K", "start": "2026-09-01"})
        assert freeze(register, "2026/27", TODAY)[0] >= 1
        with register.commit("Change") as commit:
            commit.add("sen_statuses", {"pupil": pupil, "code": "E", "start": "2026-11-01"})
        freeze(register, "2026/27", date(2026, 11, 27))
        kept = [
            row
            for row in register.all("year_figures")
            if row["name"] == "register" and str(row["by"]).startswith("code")
        ]
        assert {(row["by"], row["frozen_on"]) for row in kept} == {
            ("code K", "2026-11-26"),
            ("code K", "2026-11-27"),  # nobody now: he came on as K in the year
            ("code E", "2026-11-27"),
        }


def test_asked_for_no_period_the_school_shows_most_families_met_three_times(
    senreg: Senreg, practice: Path
) -> None:
    with time_machine.travel(TODAY):
        found = senreg("measure", "participation", practice, "--json").document
        this_term = senreg("measure", "participation", practice, "--from", "2026-09-01").out
        register = senreg("measure", "register", practice, "--json").document
    assert (found["from"], found["to"]) == ("2025-11-26", "2026-11-26")
    assert register["from"] == "2026-09-01"
    assert found["rows"][0]["value"] >= 0.5
    assert "notes" not in found
    assert "fewer than three terms" in this_term


def test_a_figure_of_nobody_says_that_it_is_unknown(senreg: Senreg, practice: Path) -> None:
    said = senreg("measure", "absence", practice, "--from", "2030-01-01", "--to", "2030-02-01")
    assert "unknown, not 0" in said.out


def test_what_is_expected_must_be_a_number(senreg: Senreg, practice: Path) -> None:
    for words in ("nan", "inf", "-inf"):
        said = senreg("measure", "progress", practice, f"--expected={words}")
        assert said.code == 2
        assert said.complaints[0] == "What is expected in a year is no number."
