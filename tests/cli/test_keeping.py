"""`erase`."""

import io

import pytest

from senreg.clock import today
from senreg.register import Register


def erase(senreg, school, *words, reason="retention", confirm="O'Neill Sean"):
    return senreg("erase", school.sean, school, "--reason", reason, "--confirm", confirm, *words)


def test_a_child_is_erased_and_the_certificate_written(senreg, school, tmp_path):
    senreg("export", school, "--to", tmp_path / "all.xlsx")
    page = tmp_path / "erased.html"
    said = erase(senreg, school, "--certificate", page)
    assert said.code == 0
    assert said.line.startswith("Erased: 1 pupil, ")
    html = page.read_text(encoding="utf-8")
    for text in ("Sean O&#39;Neill", "all.xlsx", "Kept for as long as", "sam"):
        assert text in html
    assert senreg("show", school.sean, school).code == 3
    assert "O'Neill" not in senreg("list", "pupils", school).out
    history = senreg("history", school.sean, school, "--json")
    assert [(each["field"], each["new"]) for each in history.document] == [("erased", "retention")]
    assert "Sean" not in senreg("history", school.sean, school).out
    assert senreg("undo", school).code == 0
    assert senreg("show", school.sean, school).code == 3


def assessed_in(school, *days):
    with Register.open(school.path) as register, register.commit("Assess") as c:
        for day in days:
            c.add(
                "assessments",
                {"pupil": school.sean, "subject": "english", "scale": "Steps", "date": day}
                | {"value": "3", "points": 3.0},
            )


def test_figures_of_years_that_count_the_child_are_kept_first_and_can_be_read(senreg, school):
    assessed_in(school, "2024-12-01", "2025-06-20")
    said = erase(senreg, school, "--keep-figures")
    assert said.code == 0
    assert any("figures of 2024/25, 2025/26 were kept first" in each for each in said.complaints)
    kept = senreg("list", "year_figures", school, "--where", "name=gap", "--json").document
    assert {each["school_year"] for each in kept} == {"2024/25"}
    assert "2024/25" in senreg("leading", "years", school).out


def test_that_figures_were_not_kept_is_said_once_and_not_of_this_year(senreg, school):
    assessed_in(school, "2025-06-20", today().isoformat())
    said = erase(senreg, school)
    assert said.code == 0
    assert [each for each in said.complaints if "figures" in each] == [
        "The figures of 2024/25, 2025/26 were never kept; they lack this child now."
    ]
    assert senreg("list", "year_figures", school, "--json").document == []


@pytest.mark.parametrize("typed", ["", "Sean O'Neil", "O'Neil Sam", "o'neill"])
def test_another_name_erases_nothing(senreg, school, typed):
    said = erase(senreg, school, confirm=typed)
    assert said.code == 3
    assert len(said.complaints) <= 3
    assert senreg("show", school.sean, school).code == 0


@pytest.mark.parametrize("typed", ["  O’NEILL   sean ", "Sean O'Neill"])
def test_the_name_is_taken_in_any_case_order_and_style(senreg, school, typed):
    assert erase(senreg, school, confirm=typed).code == 0


def test_without_a_name_and_a_terminal_nothing_is_erased(senreg, school, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = senreg("erase", school.sean, school, "--reason", "retention")
    assert said.code == 2
    assert "--confirm" in said.err
    assert senreg("show", school.sean, school).code == 0


def test_a_reason_of_ones_own_stands_on_the_certificate_and_not_in_the_register(senreg, school):
    said = erase(senreg, school, reason="Asked by Mrs Vandersloot on the phone")
    assert "Another reason: Asked by Mrs Vandersloot" in said.out
    files = [path.read_bytes() for path in school.path.rglob("*") if path.is_file()]
    assert not any(b"Vandersloot" in each for each in files)


def test_what_was_erased_as_one_document(senreg, school, tmp_path):
    senreg("export", school, "--to", tmp_path / "all.senreg-bundle")
    said = erase(senreg, school, "--json", reason="The child or the family asked for it")
    document = said.document
    assert document["reason"] == "request"
    assert document["complete"] is True
    assert document["records"]["pupils"] == 1
    assert [each["kind"] for each in document["handed_out"]] == ["bundle"]


def test_a_hold_is_a_refusal(senreg, school):
    senreg("add", "holds", school, f"pupil={school.sean}", "reason=Complaint")
    said = erase(senreg, school)
    assert said.code == 3
    assert "hold" in said.complaints[0]


def test_a_certificate_that_cannot_be_written_is_shown(senreg, school, tmp_path):
    said = erase(senreg, school, "--certificate", tmp_path / "nowhere" / "x.txt")
    assert "CERTIFICATE OF ERASURE" in said.out
    assert "The child was erased." in said.err


def test_another_ending_is_refused_before_anything_is_erased(senreg, school, tmp_path):
    assert erase(senreg, school, "--certificate", tmp_path / "x.pdf").code == 2
    assert senreg("show", school.sean, school).code == 0


def test_a_paper_and_an_export_are_noted(senreg, school, tmp_path):
    from senreg.export_log import handed_out

    senreg("report", "class", school, "--class", "5B", "--to", tmp_path / "5b.html")
    senreg("export", school, "--to", tmp_path / "pupils.csv")
    senreg("backup", school, "--to", tmp_path / "stick.senreg-backup")
    senreg("backup", school)
    with Register.open(school.path, read_only=True) as register:
        noted = [(each.kind, each.what) for each in handed_out(register)]
    assert noted == [
        ("paper", "Class sheet"),
        ("spreadsheet", "Spreadsheet of 4 pupils"),
        ("backup", "Backup of the whole register"),
    ]


def test_damaged_files_that_were_put_aside_are_kept_and_named_until_they_are_gone(
    senreg, school, tmp_path
):
    aside = school.path / "damaged-2026-11-20-091500"
    aside.mkdir()
    (aside / "register.json").write_text("O'Neill")
    assert "put aside" not in senreg("check", school).err
    page = tmp_path / "erased.txt"
    said = erase(senreg, school, "--certificate", page)
    assert said.code == 1
    assert aside.name in said.err
    assert aside.name in page.read_text(encoding="utf-8")
    assert (aside / "register.json").exists()
    told = senreg("check", school)
    assert told.code == 1
    assert aside.name in told.err


def test_damaged_files_that_were_put_aside_go_with_the_child_when_that_is_said(senreg, school):
    aside = school.path / "damaged-2026-11-20-091500"
    aside.mkdir()
    (aside / "register.json").write_text("O'Neill")
    said = erase(senreg, school, "--damaged-too", "--json")
    assert (said.document["removed"], said.document["put_aside"]) == ([aside.name], [])
    assert not aside.exists()
    assert "put aside" not in senreg("check", school).err
