from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from senreg.errors import Unreadable
from senreg.exchange.pupils_import import ImportPlan
from senreg.exchange.tabular import LARGEST_FILE, read_table_file
from senreg.register import Register
from tests.exchange.import_steps import new_register, plan_of, stored

from .transfer_school import MAJA, PLAIN, ctf, old_ctf


def written(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "8012005_CTF_8012010_001.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def plan_for(register: Register, tmp_path: Path, text: str | bytes, **how: Any) -> ImportPlan:
    return plan_of(register, written(tmp_path, text, **how))


def records(register: Register, table: str) -> list[dict[str, Any]]:
    rows = [row.stored() for row in register.all(table)]
    return sorted(({k: v for k, v in row.items() if k != "pupil"} for row in rows), key=str)


@pytest.mark.parametrize("year", [2025, 2026])
def test_everything_a_child_comes_with(tmp_path: Path, year: int) -> None:
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, ctf(MAJA, PLAIN, year=year))
        assert [row.state for row in plan.rows] == ["new", "new"]
        plan.apply()
        (maja,) = [row for row in register.all("pupils") if row["upn"] == "B801200005001"]
        names = ("surname", "forename", "preferred_name", "dob", "sex")
        assert {name: maja[name] for name in names} == {
            "surname": "Łukaszewicz",
            "forename": "Maja [Mai]",
            "preferred_name": "Maja",
            "dob": "2018-03-04",
            "sex": "F",
        }
        assert (maja["year_group"], maja["first_language"]) == ("3", "Polish")
        assert (maja["fsm"], maja["looked_after"]) == (True, None)
        assert maja["previous_school"] == "Alder Infants"
        assert records(register, "sen_statuses") == [
            {"code": "E", "start": "2025-02-03"},
            {"code": "K", "start": "2023-01-09", "end": "2025-02-02"},
        ]
        assert records(register, "needs") == [
            {"code": "ASD", "rank": 2},
            {"code": "SEMH", "rank": 3, "start": "2022-09-05", "end": "2023-07-20"},
            {"code": "SLCN", "rank": 1, "start": "2023-01-09"},
        ]
        assert records(register, "fsm_periods") == [
            {"start": "2022-09-05", "end": "2023-07-20"},
            {"start": "2025-01-06"},
        ]
        assert records(register, "contacts") == [
            {
                "name": "Mrs Ana O'Neill",
                "relationship": "mother",
                "phone": "01632 960001",
                "email": "ana@example.org",
                "parental_responsibility": True,
                "lives_with": True,
                "priority": 1,
            },
            {"name": "小明", "relationship": "ZZZ", "priority": 2},
        ]
        attended = {"possible": 380, "authorised": 12, "unauthorised": 8}
        now = {"possible": 140, "authorised": 4, "unauthorised": 2}
        assert records(register, "attendance") == [
            {"start": "2024-09-01", "end": "2025-08-31", **attended},
            {"start": "2025-09-03", "end": "2026-01-12", **now},
        ]
        (note,) = register.all("notes")
        for words in ("Middle names: Zofia", "Former surname: Nowak", "Elm Nursery (2021-09-06"):
            assert words in note["text"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan_for(register, tmp_path, ctf(MAJA, PLAIN)).apply()
        again = plan_for(register, tmp_path, ctf(MAJA, PLAIN))
        assert [row.state for row in again.rows] == ["unchanged", "unchanged"]
        assert [row.changes for row in again.rows] == [[], []]


def test_one_undo_takes_all_of_it_back(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        before = stored(register)
        plan_for(register, tmp_path, ctf(MAJA, PLAIN)).apply()
        register.undo()
        assert stored(register) == before
        for table in ("contacts", "attendance", "fsm_periods"):
            assert not register.all(table)


def test_what_is_newer_brings_records_up_to_date_and_keeps_the_rest(tmp_path: Path) -> None:
    newer = (
        MAJA.replace("01632 960001", "01632 960002")
        .replace("<FSMstartDate>2025-01-06</FSMstartDate>", "<FSMstartDate>2025-01-06"
                 "</FSMstartDate><FSMendDate>2025-12-19</FSMendDate>")
        .replace("<SessionsPossible>140<", "<SessionsPossible>150<")
    )  # fmt: skip
    with new_register(tmp_path) as register:
        plan_for(register, tmp_path, ctf(MAJA)).apply()
        (pupil,) = register.all("pupils")
        with register.commit("Add a contact") as commit:
            commit.add("contacts", {"pupil": pupil.id, "name": "Grandma Zo"})
        plan = plan_for(register, tmp_path, ctf(newer))
        (row,) = plan.rows
        assert {each.field for each in row.changes} == {
            "fsm", "contacts.1", "fsm_periods.2", "attendance.2",
        }  # fmt: skip
        plan.apply()
        assert len(register.all("contacts")) == 3
        assert {row["phone"] for row in register.all("contacts")} == {None, "01632 960002"}
        assert records(register, "fsm_periods")[1]["end"] == "2025-12-19"
        assert not register.get(pupil.id)["fsm"]
        assert sorted(row["possible"] for row in register.all("attendance")) == [150, 380]


def test_what_a_person_leaves_is_left(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, ctf(MAJA))
        plan.take(2, "contacts.2", taken=False)
        plan.apply()
        assert [row["name"] for row in register.all("contacts")] == ["Mrs Ana O'Neill"]


def test_a_status_that_the_register_knows_better_is_told_and_left_out(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        with register.commit("Add") as commit:
            pupil = commit.add(
                "pupils",
                {"surname": "Łukaszewicz", "forename": "Maja [Mai]", "upn": "B801200005001"},
            )
            commit.add("sen_statuses", {"pupil": pupil, "code": "K", "start": "2024-01-01"})
        plan = plan_for(register, tmp_path, ctf(MAJA))
        (row,) = plan.rows
        assert any("SEN status before" in each and "left out" in each for each in row.remarks)
        plan.apply()
        assert records(register, "sen_statuses") == [
            {"code": "E", "start": "2025-02-03"},
            {"code": "K", "start": "2024-01-01", "end": "2025-02-02"},
        ]


def test_old_codes_are_kept_as_they_were(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan_for(register, tmp_path, old_ctf()).apply()
        assert records(register, "sen_statuses") == [{"code": "A", "start": "2010-09-06"}]
        assert records(register, "needs") == [{"code": "BESD", "rank": 1}]
        assert register.all("pupils")[0]["sex"] == "M"


def test_a_status_that_ended_and_one_that_is_told_twice(tmp_path: Path) -> None:
    history = """<SENhistory>
      <SEN><StartDate>2024-09-02</StartDate><SENprovision>N</SENprovision></SEN>
      <SEN><StartDate>2021-09-06</StartDate><SENprovision>K</SENprovision></SEN>
      <SEN><StartDate>2022-09-05</StartDate><SENprovision>K</SENprovision></SEN></SENhistory>"""
    with new_register(tmp_path) as register:
        text = ctf(PLAIN.replace("</Pupil>", history + "</Pupil>"))
        plan_for(register, tmp_path, text).apply()
        assert records(register, "sen_statuses") == [
            {"code": "K", "start": "2021-09-06", "end": "2024-09-01"}
        ]


def test_admissions_files_namespaces_and_pupils_in_other_places(tmp_path: Path) -> None:
    text = (
        '<ATfile xmlns="urn:invented"><Header><ATFversion>20.0</ATFversion></Header>'
        f"<ATFpupilData><Group>{PLAIN}</Group></ATFpupilData></ATfile>"
    )
    with new_register(tmp_path) as register:
        plan_for(register, tmp_path, text).apply()
        assert [row["surname"] for row in register.all("pupils")] == ["Shah"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16"),
        ("latin-1", "ISO-8859-1"),
        ("latin-1", "UTF-8"),
        ("utf-8", "ISO-8859-1"),
        ("utf-16-le", "UTF-8"),
    ],
)
def test_encodings_whatever_the_file_says_of_itself(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    text = ctf(PLAIN.replace("Shah", "Núñez")).replace("UTF-8", declared)
    with new_register(tmp_path) as register:
        plan_for(register, tmp_path, text, encoding=encoding).apply()
        assert [row["surname"] for row in register.all("pupils")] == ["Núñez"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, ctf(MAJA, MAJA.replace("B801200005001", "")))
        (words,) = plan.file_remarks
        for part in ("StageAssessments (2)", "Address (2)", "Invented (2)", "MedicalFlag (2)"):
            assert part in words


def test_versions_that_are_not_known_are_pointed_out(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        for version, odd in (("12.0", False), ("26.0", False), ("27.0", True), ("11.0", True)):
            plan = plan_for(register, tmp_path, ctf(PLAIN, version=version))
            assert any(version in each for each in plan.file_remarks) is odd


def test_a_year_that_is_not_clear_is_left_out_and_told(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, ctf(MAJA, year=2021))
        assert any("attendance" in each for each in plan.file_remarks)
        plan.apply()
        assert [row["start"] for row in register.all("attendance")] == ["2025-09-03"]


def test_attendance_without_possible_sessions_is_left_out_and_told(tmp_path: Path) -> None:
    lacking = MAJA.replace("<SessionsPossible>140</SessionsPossible>", "")
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, ctf(lacking))
        assert any("1 of 2 school years" in each for each in plan.file_remarks)
        plan.apply()
        assert [row["possible"] for row in register.all("attendance")] == [380]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><CTfile><CTFpupilData><Pupil><Surname>&i;</Surname></Pupil></CTFpupilData></CTfile>"
)
RETURN = (
    '<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>{}</Collection>'
    "</CollectionDetails></Header></Message>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<CTfile><CTFpupilData><Pupil><Surname>&x;</Surname></Pupil></CTFpupilData></CTfile>"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ('<?xml version="1.0"?><CTfile></CTfile><CTfile></CTfile>', "is broken"),
        (ctf(PLAIN)[:-30], "is broken"),
        (ctf(PLAIN).replace("<DOB>", "<DOB"), "is broken"),
        ('<?xml version="1.0"?>', "is broken"),
        (ctf(), "no children"),
        ('<?xml version="1.0"?>' + "<CTfile>" + "<a>" * 5000, "nested"),
        (ctf(PLAIN.replace("</Pupil>", "<X/>" * 60_000 + "</Pupil>")), "nested or repeated"),
        (
            RETURN.format("CIN"),
            "a Children in Need return",
        ),
        (
            RETURN.format("School Census"),
            "a school census return",
        ),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "a web page"),
        ('<?xml version="1.0"?><[bold]/>', "is broken"),
        ('<?xml version="1.0"?><Recipe/>', "outermost element is Recipe"),
    ],
)
def test_what_is_no_transfer_file_is_refused_in_one_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table_file(written(tmp_path, text))
    assert words in refused.value.happened
    assert refused.value.do
    assert "\n" not in str(refused.value.happened)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = written(tmp_path, ctf(PLAIN))
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Unreadable, match="megabytes"):
        read_table_file(path)


def test_letters_that_the_encoding_does_not_explain_stop_only_their_row(tmp_path: Path) -> None:
    good = "".join(
        PLAIN.replace("Sam", f"Sam{n}é").replace("05-06", f"05-{n + 10}") for n in range(9)
    )
    text = (
        ctf(good, PLAIN)
        .encode()
        .replace(b"Shah</Surname><Forename>Sam<", b"\xffx</Surname><Forename>Sam<")
    )
    with new_register(tmp_path) as register:
        plan = plan_for(register, tmp_path, text)
        assert [row.state for row in plan.rows] == ["new"] * 9 + ["problem"]
