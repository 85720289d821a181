"""What no merge of copies can keep in order, put right from the command line."""

from __future__ import annotations

from .conftest import School, Senreg


def test_two_open_statuses_are_found_listed_and_put_right(senreg: Senreg, school: School) -> None:
    new = senreg(
        "add", "sen_statuses", school, f"pupil={school.sean}", "code=E", "start=2026-11-01"
    ).out.splitlines()[0]
    said = senreg("check", school)
    assert "senreg remedy ID" in said.out
    (finding,) = [
        each
        for each in senreg("check", school, "--json").document["findings"]
        if each["code"] == "two_open_statuses"
    ]
    assert finding["record"] == new
    listed = senreg("remedy", new, school)
    assert listed.code == 1
    assert listed.out.startswith(finding["message"])
    assert "  1  Keep EHC plan since 1 Nov 2026; end " in listed.out
    assert senreg("remedy", new, school, "--way", 9).code == 2
    done = senreg("remedy", new, school, "--way", 1)
    assert (done.code, done.line.startswith("Done: Keep EHC plan")) == (0, True)
    assert senreg("remedy", new, school).line == "Nothing about this record wants putting right."
    assert senreg("undo", school).out.startswith("Undone: Leave one status open")
    assert senreg("remedy", new, school).code == 1


def test_two_records_of_a_child_are_merged_and_parted_again(senreg: Senreg, school: School) -> None:
    second = senreg("add", "pupils", school, "surname=Neill", "forename=Shaun").line
    senreg("add", "notes", school, f"pupil={second}", "kind=call", "text=Rang.")
    said = senreg("merge-pupils", school.sean, second, school)
    assert said.code == 0
    assert said.out == (
        "Merged; 1 record of the second moved to the first.\n"
        "What the two differed in stands in a note.\n"
    )
    notes = senreg("list", "notes", school, "--where", f"pupil={school.sean}", "--json").document
    assert any("Surname: Neill\nForename: Shaun" in each["text"] for each in notes)
    assert "Rang." in {each["text"] for each in notes}
    assert senreg("merge-pupils", school.sean, school.sean, school).code == 2
    assert senreg("undo", school).code == 0
    assert second in {each["id"] for each in senreg("list", "pupils", school, "--json").document}
