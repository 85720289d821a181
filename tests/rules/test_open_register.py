"""The rules over a register on disk: its rows, its commits, its history."""

import subprocess
import sys

import pytest

from senreg.register import Register
from senreg.rules.clashes import clashes_if_placed
from senreg.rules.findings import findings
from senreg.rules.naming import describe_record
from senreg.rules.news import news
from senreg.rules.provision_map import provision_map
from senreg.rules.register_filter import filter_rows
from senreg.rules.register_rows import register_rows
from senreg.rules.rollover import roll_over, roll_over_proposal
from senreg.rules.stage_change import change_status
from senreg.rules.status import status_on
from senreg.rules.today import today_lines

from .sample import TODAY


@pytest.fixture
def register(tmp_path):
    with Register.create(tmp_path / "school.senreg", "Hill Street Juniors") as register:
        yield register


def enrol(register, forename="Łukasz", surname="O'Neil [EAL]", code="K"):
    with register.commit("Add a pupil") as c:
        pupil = c.add(
            "pupils",
            {
                "forename": forename,
                "surname": surname,
                "year_group": "4",
                "class_name": "4B",
                "eal": True,
            },
        )
        c.add("sen_statuses", {"pupil": pupil, "code": code, "start": "2025-09-01"})
        c.add("needs", {"pupil": pupil, "code": "SLCN", "rank": 1})
        c.add("targets", {"pupil": pupil, "kind": "curricular", "due": "2026-11-13"})
    return pupil


def test_the_list_and_today_read_an_open_register(register):
    pupil = enrol(register)
    (row,) = filter_rows(register_rows(register, TODAY), "lukasz o'neil slcn")
    assert (row.id, row.flags, row.review.state, row.status) == (pupil, ("EAL",), "overdue", "K")
    (line,) = today_lines(register, TODAY).overdue
    assert register.get(line.record).table == "targets"
    assert [found.code for found in findings(register, TODAY)] == ["target_overdue"]
    (about,) = [each for each in news(register.changes_since(0), register.get) if each.pupil]
    assert (about.pupil, about.words) == (pupil, "1 pupil, 1 status, 1 need, 1 target")
    assert describe_record(register.get(line.record), register.get) == (
        "Target of Łukasz O'Neil [EAL]"
    )


def test_proposals_are_written_in_one_commit_and_undone_as_one(register):
    pupil = enrol(register)
    with register.commit("Change a status") as c:
        change_status(pupil, register.find("sen_statuses", pupil=pupil), "E", TODAY).write(c)
    statuses = register.find("sen_statuses", pupil=pupil)
    assert [row["end"] for row in statuses] == ["2026-11-21", None]
    assert status_on(statuses, TODAY)["code"] == "E"
    register.undo()
    assert status_on(register.find("sen_statuses", pupil=pupil), TODAY)["code"] == "K"


def test_a_school_rolls_over_in_one_commit(register):
    young, old = enrol(register), enrol(register, "小明", "王")
    with register.commit("Move up") as c:
        c.set(old, year_group="6", class_name="6A")
    first = TODAY.replace(month=9, day=1)
    with register.commit("Roll over") as c:
        roll_over_proposal(roll_over(register, first), register).write(c)
    assert (register.get(young)["year_group"], register.get(young)["class_name"]) == ("5", "5B")
    assert register.get(old)["left"] == "2026-08-31"
    assert len(register.all("enrolments")) == 3
    register.undo()
    assert register.get(young)["class_name"] == "4B"
    assert register.all("enrolments") == []


def test_groups_of_an_open_register(register):
    pupil = enrol(register)
    with register.commit("Set up groups") as c:
        groups = []
        for name in ("Lego therapy", "Phonics"):
            intervention = c.add(
                "interventions", {"name": name, "tier": "targeted", "group_size": 4}
            )
            groups.append(c.add("groups", {"intervention": intervention}))
            c.add("slots", {"group": groups[-1], "weekday": "mon", "at": "09:30", "minutes": 30})
        c.add("placements", {"pupil": pupil, "group": groups[0]})
    (clash,) = clashes_if_placed(register, [pupil], groups[1], TODAY)
    assert clash.words.startswith("Łukasz O'Neil [EAL] would be in two places on Monday 09:30")
    assert provision_map(register, TODAY).total == (1, 1, 0.5, 0)


def test_the_rules_load_nothing_heavy():
    code = (
        "import sys, pkgutil, importlib, senreg.rules\n"
        "for each in pkgutil.iter_modules(senreg.rules.__path__):\n"
        "    importlib.import_module('senreg.rules.' + each.name)\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    loaded = set(done.stdout.split())
    assert {"senreg.rules.findings", "senreg.rules.register_rows"} <= loaded
    assert not loaded & {"pydantic", "tinydb", "textual", "rich", "orjson", "cryptography"}
