"""Conversations planned and handed over for many children from the command line."""

from __future__ import annotations

from datetime import date

import time_machine

from .conftest import School, Senreg


@time_machine.travel(date(2026, 11, 22))
def test_a_cohort_is_planned_after_a_look_and_handed_over(senreg: Senreg, school: School) -> None:
    assert senreg("plan", school).code == 2, "nobody is in the cohort"
    for pupil in (school.sean, school.ming):
        senreg("add", "cohort_memberships", school, f"pupil={pupil}", "start=2025-09-01")
    look = senreg("plan", school, "--class", "5B", "--dry-run")
    assert (look.code, "would be planned." in look.out) == (0, True)
    assert "Ms Amara Olu" in look.out
    assert senreg("list", "conversations", school, "--json").document == []
    planned = senreg("plan", school, "--class", "5B", "--at", "15:45", "--json").document
    assert {each["pupil"] for each in planned} == {school.sean}
    assert {each["at"] for each in planned} == {"15:45"}
    assert len(senreg("list", "conversations", school, "--json").document) == len(planned) >= 1
    assert senreg("plan", school, "--class", "5B").line == "0 conversations planned."
    for words in (["--a-day", 0], ["--at", "late"], ["--from", "2020-01-01"],
                  ["--pupil", school.sean, "--class", "5B"]):  # fmt: skip
        said = senreg("plan", school, *words)
        assert (said.code, said.out) == (2, ""), words

    assert senreg("hand-over", school).line == "0 conversations handed over."
    held = planned[0]["planned_for"]
    senreg("add", "conversations", school, f"pupil={school.sean}", f"held_on={held}")
    assert senreg("hand-over", school, "--to", "TB").line == "1 conversation handed over."
    (row,) = [
        each
        for each in senreg("list", "conversations", school, "--json").document
        if each["handed_to"]
    ]
    assert row["handed_to"] == school.senco
