from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from senreg.demo import build as building
from senreg.demo.build import TABLES, build, generate
from senreg.demo.kept import kept_school
from senreg.errors import CannotWrite, SenregError, WrongUsage
from senreg.models import tables as models
from senreg.models.text import clean
from senreg.register import Register

from .schools import TODAY, school


def test_the_same_seed_makes_the_same_school_ids_and_all(tmp_path: Path) -> None:
    registers = [build(tmp_path / name, pupils=60, seed=4, today=TODAY) for name in ("one", "two")]
    one, two = (
        {table: {row.id: dict(row) for row in register.all(table)} for table in TABLES}
        for register in registers
    )
    assert one == two
    assert all(one.values())
    assert registers[0].register_id != registers[1].register_id
    for register in registers:
        register.close()


def test_another_seed_makes_another_school() -> None:
    one, two = (generate(pupils=60, seed=seed, today=TODAY) for seed in (1, 2))
    assert not {child.id for child in one.children} & {child.id for child in two.children}
    assert [child.forename for child in one.children] != [child.forename for child in two.children]


def test_another_day_leaves_the_children_who_they_are() -> None:
    names = [
        [(child.id, child.surname) for child in school(today=day).children]
        for day in (TODAY, date(2026, 11, 25))
    ]
    assert names[0] == names[1]


def test_what_is_written_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = school()
    with build(tmp_path / "school", today=TODAY) as register:
        assert register.invented
        assert "invented" in register.school["name"]
    with Register.open(tmp_path / "school", read_only=True) as register:
        assert register.invented
        assert not register.warnings
        for table in TABLES:
            stored = {row.id: dict(row) for row in register.all(table)}
            for record in made.tables[table]:
                kept = stored.pop(record["id"])
                for name, value in record.items():
                    if name != "id":
                        assert kept.get(name) == value
            assert not stored
    assert set(made.tables) == set(TABLES) <= set(models.TABLES)


def test_every_text_is_clean_already() -> None:
    for records in school().tables.values():
        for record in records:
            for value in record.values():
                assert not isinstance(value, str) or clean(value) == value


def test_undo_does_not_reach_back_into_the_making_of_the_school(tmp_path: Path) -> None:
    with build(tmp_path / "school", pupils=40, today=TODAY) as register:
        assert register.undo_label is None
        assert register.undo() is None
        pupil = register.all("pupils")[0]
        with register.commit("Edit a pupil") as c:
            c.set(pupil, strengths="Kind")
        assert register.undo() is not None
        assert register.undo() is None
        assert register.count("pupils") == 40


@pytest.mark.parametrize(
    "figures",
    [{"pupils": 39}, {"pupils": -1}, {"pupils": 5001}, {"era": 2014}, {"years": 0}, {"years": 11}],
)
def test_figures_out_of_range_are_refused_in_a_sentence(
    tmp_path: Path, figures: dict[str, int]
) -> None:
    with pytest.raises(WrongUsage) as refused:
        build(tmp_path / "school", **figures)  # type: ignore[arg-type]
    assert refused.value.happened.endswith(".")
    assert not (tmp_path / "school").exists()


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ms Quill", encoding="utf-8")
    with pytest.raises(SenregError):
        build(tmp_path, pupils=40, today=TODAY)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_a_school_cut_short_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("The disk is full.")

    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(building, "_write", refuse)
    with pytest.raises(CannotWrite):
        build(tmp_path / "school", pupils=40)
    assert not (tmp_path / "school").exists()
    with pytest.raises(CannotWrite):
        kept_school(pupils=40)
    assert not list((tmp_path / "home" / "invented").iterdir())


def test_the_school_at_hand_is_kept_until_the_year_or_a_figure_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENREG_HOME", str(tmp_path))
    with time_machine.travel(date(2026, 11, 22)):
        first = kept_school(pupils=40)
        with Register.open(first) as register, register.commit("Edit") as c:
            c.set(register.all("pupils")[0], strengths="Kind")
        assert kept_school(pupils=40) == first
        with Register.open(first, read_only=True) as register:
            assert register.all("pupils")[0]["strengths"] == "Kind"
        others = {
            kept_school(pupils=41),
            kept_school(pupils=40, seed=2),
            kept_school(pupils=40, era=2011),
        }
        assert len(others | {first}) == 4
    with time_machine.travel(date(2027, 9, 6)):
        assert kept_school(pupils=40) not in others | {first}
    assert len(list((tmp_path / "invented").iterdir())) == 5
