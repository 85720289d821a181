"""What no merge of copies can keep in order, put right from the command line."""

from __future__ import annotations

from .conftest import School, Senreg


def test_two_open_statuses_are_found_listed_and_put_right(senreg: Senreg, school: School) -> None:
    new = senreg(
        "add", "sen_statuses", school, f"pupil={school.sean}", "code=E", "start=2026-11-01"
    ).out.splitlines()[0]
    said = senreg("check", school)
    assert "senreg remedy NUMBER" in said.out
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


def test_what_is_to_be_put_right_is_meant_by_number_or_name(senreg: Senreg, school: School) -> None:
    senreg("add", "sen_statuses", school, f"pupil={school.sean}", "code=E", "start=2026-11-01")
    (line,) = [each for each in senreg("check", school).out.splitlines() if "  remedy 1" in each]
    record = line.partition("[")[2].partition("]")[0]
    by_id = senreg("remedy", record, school).out
    for said in ("1", "Sean o’neill", "O'Neill, Seán"):
        assert senreg("remedy", said, school).out == by_id
    for said in ("0", "2"):
        refused = senreg("remedy", said, school)
        assert (refused.code, "no number" in refused.err) == (2, True)
    assert senreg("remedy", "Nobody Known", school).code == 3
    two = ("surname=Ali", "forename=Sam", "dob=2017-01-05")
    for _ in range(2):
        senreg("add", "pupils", school, *two)
    assert "Merge into Sam Ali" in senreg("remedy", "Sam Ali", school).out
    third = senreg("add", "pupils", school, *two).out.splitlines()[0]
    senreg("add", "sen_statuses", school, f"pupil={third}", "code=E", "start=2026-11-01")
    senreg("add", "sen_statuses", school, f"pupil={third}", "code=K", "start=2026-11-01")
    several = senreg("remedy", "Sam Ali", school)
    assert "2 records with something to put right are called that" in several.err
    assert senreg("remedy", "Seán O'Neill", school, "--way", 1).line.startswith("Done: Keep ")
    gone = senreg("remedy", "Seán O'Neill", school)
    assert gone.line == "Nothing about this record wants putting right."
