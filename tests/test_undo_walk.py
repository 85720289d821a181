"""Long walks of edits, undo and redo across restarts, against a plain list of states."""

import random

import pytest
import time_machine

from senreg.register import Register


def shown(register):
    tables = ("pupils", "notes")
    return {
        (row.table, row.id): {name: value for name, value in row.stored().items() if value}
        for table in tables
        for row in register.all(table)
    }


def edit(register, chance, step):
    live, put_away = register.all("pupils"), register.all("pupils", archived=True)
    with register.commit("Edit") as c:
        match chance.choice(["add", "set", "set", "archive", "restore", "several"]):
            case "set" if live:
                c.set(chance.choice(live), class_name=f"{step}A")
            case "archive" if live:
                c.archive(chance.choice(live))
            case "restore" if put_away:
                c.restore(chance.choice(put_away))
            case "several" if live:
                c.set(
                    chance.choice(live),
                    class_name=f"{step}B",
                    interests=chance.choice([None, "小"]),
                )
                pupil = c.add("pupils", {"surname": f"O'Neill {step}", "forename": "[/b]"})
                c.add("notes", {"pupil": pupil, "kind": "call", "text": "=1+1"})
            case _:
                c.add("pupils", {"surname": f"Łukasz {step}", "forename": "Sam [EAL]"})


@pytest.mark.parametrize("seed", [16, 17, 34, 36, 38, 55, 101, 102])
def test_every_step_back_and_forward_shows_what_was_shown_then(tmp_path, seed):
    chance = random.Random(seed)
    register = Register.create(tmp_path / "walk.senreg", "Hollow Lane")
    states, place = [shown(register)], 0
    for step in range(60):
        if chance.random() < 0.25:
            register.close()
            register = Register.open(tmp_path / "walk.senreg")
        match chance.choice(["edit", "edit", "undo", "undo", "redo"]):
            case "edit":
                edit(register, chance, step)
                if shown(register) != states[place]:
                    states[place + 1 :] = [shown(register)]
                    place += 1
            case "undo":
                assert (register.undo() is None) == (place == 0)
                place = max(place - 1, 0)
            case "redo":
                assert (register.redo() is None) == (place == len(states) - 1)
                place = min(place + 1, len(states) - 1)
        assert shown(register) == states[place]
    register.close()


def test_an_undone_archiving_does_not_keep_an_add_that_was_done_again_from_being_undone(tmp_path):
    with Register.create(tmp_path / "walk.senreg", "Hollow Lane") as register:
        with register.commit("Add") as c:
            pupil = c.add("pupils", {"surname": "小明", "forename": "Li"})
        register.undo()
        register.redo()
        with register.commit("Archive") as c:
            c.archive(pupil)
        register.undo()
        undone = register.undo()
        assert (undone.changed, undone.left) == (1, [])
        assert register.all("pupils") == []


def test_a_clock_that_was_put_back_does_not_change_what_was_done_last(tmp_path):
    folder = tmp_path / "old laptop.senreg"
    with Register.create(folder, "Hollow Lane") as register, register.commit("Add") as c:
        pupil = c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"})
    for day, name in (("2026-11-20", "4A"), ("2015-01-01", "4B"), ("2026-11-19", "4C")):
        with (
            time_machine.travel(day),
            Register.open(folder) as register,
            register.commit("Move") as c,
        ):
            c.set(pupil, class_name=name)
    shown_then = []
    for day in ("2026-11-21", "2015-01-01", "2015-01-01"):
        with time_machine.travel(day), Register.open(folder) as register:
            register.undo()
            shown_then.append(register.get(pupil)["class_name"])
    assert shown_then == ["4B", "4A", None]
    with time_machine.travel("2014-01-01"), Register.open(folder) as register:
        register.redo()
        assert register.get(pupil)["class_name"] == "4A"
