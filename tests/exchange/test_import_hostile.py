"""A spreadsheet is a stranger's: what is bad in it stays out, what is odd comes through whole."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.exchange.import_words import as_document, as_lines
from senreg.models.text import clean_line

from . import spreadsheet_school as school
from .import_steps import new_register, plan_of, plan_rows, states

HEAD = ["Surname", "Forename", "DOB", "UPN"]

ODD_NAMES = [
    "O'Neill",
    "“Sammy” O’Neill",
    '"Quoted"',
    "[/b]",
    "[bold red]x[/]",
    "=1+1",
    "+44",
    "-x",
    "@SUM(A1)",
    "'Abd",
    "''x",
    "'=x",
    "<script>alert(1)</script>",
    "{{name}}",
    "$(rm)",
    "..\\..\\x",
    "小明",
    "الأحمد",
    "👩🏽‍🚀",
    "Zoe\u0308",
    "Null",
    "None",
    "nan",
    "-",
    "0",
    "TRUE",
]


def odd_rows() -> school.Rows:
    return [HEAD, *([name, f"Sam {name}", "03/11/2016", ""] for name in ODD_NAMES)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_odd_names_come_out_as_they_went_in(tmp_path: Path, kind: str) -> None:
    """Except an apostrophe before a formula in CSV, which is the guard of our own export."""
    path = tmp_path / f"roll.{kind}"
    if kind == "csv":
        from senreg.exchange.formulas import guarded

        school.write_csv(path, [[guarded(cell) for cell in row] for row in odd_rows()])
    elif kind == "xlsx":
        school.write_xlsx(path, {"Roll": odd_rows()})
    else:
        school.write_ods(path, {"Roll": odd_rows()})
    with new_register(tmp_path) as register:
        plan_of(register, path).apply()
        found = [(row["surname"], row["forename"]) for row in register.all("pupils")]
    expected = [clean_line(name) for name in ODD_NAMES]
    assert found == [(name, f"Sam {name}") for name in expected]


def test_steering_characters_are_taken_out_and_nothing_else(tmp_path: Path) -> None:
    rows = [HEAD, ["\x1b[31mO'Neill\x07", "S\u202ea\u200fm\x9b", "03/11/2016", ""]]
    with new_register(tmp_path) as register:
        plan = plan_rows(register, tmp_path, rows)
        plan.apply()
        (row,) = register.all("pupils")
        assert (row["surname"], row["forename"]) == ("[31mO'Neill", "Sam")
        assert "\x1b" not in "".join(as_lines(plan)) + json.dumps(as_document(plan))


def test_bad_rows_are_left_out_and_told_and_the_others_come_in(tmp_path: Path) -> None:
    lines = [
        ",".join(HEAD),
        f"Nowak,Ewa,03/11/2016,{school.upn(1)}",
        f"Nowak,Jan,04/11/2016,{school.upn(1)}",
        f"{'x' * 3_000_000},Ben,04/11/2016,",
        "Okafor,Ada",
        "Begum,Ayesha,31/02/2014,",
        "Smith,Al,05/11/2016,,,extra",
        '"Jones,Kim,05/11/2016,',
        f"{'y' * 600},Ben,04/11/2016,",
        "O'Neill,Sam,06/11/2016,,",
    ]
    path = tmp_path / "roll.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with new_register(tmp_path) as register:
        plan = plan_of(register, path)
        assert states(plan) == ["new", *["problem"] * 7, "new"]
        assert [row.number for row in plan.rows] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
        told = [row.problem for row in plan.rows if row.problem]
        for problem, words in zip(
            told,
            ["same UPN as row 2", "3,000,000", "2 cells", "31/02/2014", "6 cells", "quotation",
             "500"],
            strict=True,
        ):  # fmt: skip
            assert words in problem
            assert len(problem) < 200
        plan.apply()
        assert [row["surname"] for row in register.all("pupils")] == ["Nowak", "O'Neill"]


def test_a_vast_row_does_not_swell_what_is_printed(tmp_path: Path) -> None:
    rows = [[*HEAD, "Notes"], ["Nowak", "Ewa", "03/11/2016", "", "z" * 32_000]]
    rows += [[*HEAD, "Notes"][:0]]
    with new_register(tmp_path) as register:
        plan = plan_rows(register, tmp_path, rows)
        plan.apply()
        assert len(register.all("notes")[0]["text"]) > 32_000


def test_too_much_for_one_note_is_a_problem_row(tmp_path: Path) -> None:
    more = [f"Extra {n}" for n in range(5)]
    rows = [[*HEAD, *more], ["Nowak", "Ewa", "03/11/2016", "", *["z" * 30_000] * 5]]
    with new_register(tmp_path) as register:
        assert states(plan_rows(register, tmp_path, rows)) == ["problem"]


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "Sam", "O'Neill", "03/11/2016", "31/02/2014", "K", "EHCP", "S", "A", "N", "SLCN; ASD",
         "Year 4", "Year 3/4", "Y", "maybe", school.upn(1), school.upn(2), "JP", "#N/A", "=1"]
    ),
)  # fmt: skip
WIDE = [
    "UPN", "Surname", "Forename", "Preferred name", "DOB", "Year", "Class", "SEN", "SEN start",
    "Need", "Secondary need", "Class teacher", "EHCP", "FSM", "Joined", "Left", "Bus",
]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=st.lists(st.lists(cells, min_size=len(WIDE), max_size=len(WIDE)), min_size=1, max_size=6),
    seed=st.integers(0, 10_000),
)
def test_any_file_is_sorted_into_four_states_and_applies(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], seed: int
) -> None:
    """Whatever the cells: the sums hold, applying works, and a second look finds nothing new."""
    tmp_path = tmp_path_factory.mktemp("any")
    table.append([school.upn(3), "Begum", "Ayesha", *[""] * (len(WIDE) - 3)])
    random.Random(seed).shuffle(table)
    path = school.write_xlsx(tmp_path / "a.xlsx", {"Roll": [WIDE, *table]})
    with new_register(tmp_path) as register:
        plan = plan_of(register, path, whole_roll=True)
        counts = plan.counts
        assert counts.rows == counts.new + counts.changed + counts.unchanged + counts.problems
        json.dumps(as_document(plan))
        list(as_lines(plan))
        plan.apply()
        assert register.count("pupils") == counts.new
        again = plan_of(register, path)
        assert again.counts.new == 0 or again.counts.problems
        assert again.counts.changed == 0, [
            (row.number, [(c.field, c.old, c.new) for c in row.changes]) for row in again.rows
        ]
        assert register.undo() is None or register.count("pupils") == 0
