from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks import bringing, measuring, papers
from benchmarks.__main__ import FAMILIES, main
from benchmarks.measured import Subject, in_turn, p95
from benchmarks.workspace import HERE


def test_the_ratio_is_the_median_over_pairs_and_not_of_the_medians() -> None:
    subject = Subject("x", "x", "y", 1.5)
    row = subject.measured([(1.0, 1.0), (4.0, 2.0), (9.0, 1.0)])
    assert (row.value, row.peer, row.ratio, row.n) == (4.0, 1.0, 2.0, 3)
    assert row.is_met is False
    assert subject.measured([(1.5, 1.0)]).is_met
    assert Subject("x", "x", "y", None).measured([(1.0, 1.0)]).is_met is None


def test_a_missing_peer_leaves_a_figure_without_a_ratio() -> None:
    row = Subject("x", "x", "y", 1.0).alone([3.0, 1.0, 2.0])
    assert row.as_json() == {
        "name": "x", "value": 2.0, "peer": None, "ratio": None, "budget": 1.0, "n": 3,
    }  # fmt: skip


def test_pairs_run_in_turn_and_the_first_are_not_counted() -> None:
    order: list[str] = []
    figures = iter(range(100))

    def run(who: str) -> float:
        order.append(who)
        return float(next(figures))

    assert in_turn(2, lambda: run("a"), lambda: run("b")) == [(2.0, 3.0), (4.0, 5.0)]
    assert order == ["a", "b"] * 3


def test_the_95th_percentile() -> None:
    assert p95([float(number) for number in range(101)]) == pytest.approx(95.0)


def test_what_scripts_get() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "version", "--json"],
        cwd=HERE,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    (row,) = json.loads(done.stdout)["rows"]
    assert list(row) == ["name", "value", "peer", "ratio", "budget", "n"]
    assert (row["name"], row["budget"]) == ("version", 2.5)
    assert row["ratio"] > 0


@pytest.mark.parametrize(
    "subject",
    [
        *(bringing._CTF, bringing._MARKS, bringing._MARKS_OFFICE),
        *(papers._PDF, papers._WORD),
        *measuring._SUBJECTS.values(),
    ],
    ids=lambda subject: subject.name,
)
def test_what_takes_a_person_s_time_has_a_budget(subject: Subject) -> None:
    assert subject.budget
    assert subject.measured([(subject.budget * 1.01, 1.0)]).is_met is False


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["speed"])
    assert leaving.value.code == 2
    assert "no benchmark called speed" in capsys.readouterr().err


def test_every_family_says_what_it_measures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"],
        cwd=HERE,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for name in (
        "version",
        "start-300",
        "memory-2000",
        "filter-300",
        "edit-flat",
        "start-sealed-300",
        "import-xlsx",
        "import-ctf",
        "import-marks-office",
        "papers-pdf",
        "measure-gap",
        "merge-year",
    ):
        assert name in done.stdout
    assert len(FAMILIES) == 12
