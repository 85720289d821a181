"""A paper in a few lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from senreg.errors import NoSuchRecord, SenregError
from senreg.register import Register
from senreg.reports.outline import class_outline, pupil_outline

DAY = date(2026, 11, 27)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "school.senreg", "Hill") as opened:
        with opened.commit("Fill") as c:
            for record, forename, name in (("sam", "Sam [EAL]", "4B"), ("ming", "小明", "4B")):
                c.add(
                    "pupils",
                    {
                        "surname": "[/b]",
                        "forename": forename,
                        "class_name": name,
                        "what_helps": "One thing [/] at a time" if record == "sam" else None,
                    },
                    record_id=record,
                )
            c.add("sen_statuses", {"pupil": "sam", "code": "K", "start": "2026-09-01"})
            c.add("needs", {"pupil": "sam", "code": "SPLD", "rank": 1})
            c.add(
                "targets",
                {
                    "pupil": "sam",
                    "kind": "curricular",
                    "statement": "Reads fifty words",
                    "status": "set",
                    "due": "2026-12-18",
                },
            )
            c.add("notes", {"pupil": "sam", "kind": "call", "text": "Secret", "confidential": True})
        yield opened


def test_the_outline_of_a_class_sheet_names_what_helps_and_no_need(register: Register) -> None:
    outline = class_outline(register, "4b", DAY)
    assert outline.title == "Class sheet 4B"
    assert "2 children in the class, 1 on the sheet: one A4 page" in outline.summary
    (part,) = outline.parts
    assert part.title == "Sam [EAL] [/b]"
    assert part.lines[0] == "• One thing [/] at a time"
    assert part.lines[1].startswith("→ Reads fifty words")
    assert not any("SPLD" in line or "learning" in line for line in part.lines)


def test_the_outline_of_a_pupil_page_has_what_the_page_has(register: Register) -> None:
    outline = pupil_outline(register, "sam", DAY)
    assert outline.title == "Pupil page: Sam [EAL] [/b]"
    found = {part.title: part.lines for part in outline.parts}
    assert found["What helps"] == ("One thing [/] at a time",)
    assert found["Targets"] == ("Reads fifty words",)
    assert len(found["Needs"]) == 1
    assert not any("Secret" in line for lines in found.values() for line in lines)


def test_nobody_has_no_outline(register: Register) -> None:
    with pytest.raises(NoSuchRecord):
        pupil_outline(register, "nobody", DAY)
    with pytest.raises(SenregError):
        class_outline(register, "9Z", DAY)
