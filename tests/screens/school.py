"""The invented school of the tests: few children, each there for a reason."""

from __future__ import annotations

from pathlib import Path

from senreg.register import Register

BRACKETS = "Sam [EAL]"
CLOSING = "[/b]"


def make_school(folder: Path) -> Register:
    """A junior school on 27 November 2026.

    sam     "Sam [EAL] O'Neil", K, two needs, an overdue review, a target, a placement
    closing "[/b]", E, no target
    lukasz  "Łukasz Żółkowski", M
    ming    "小明 王", no status, no UPN
    twin    "Sam [EAL] O'Neil" again, of the same birthday, no SEN
    """
    register = Register.create(folder, "Hilltop [/b] Junior School", invented=True)
    with register.commit("Make a school") as c:
        khan = c.add("staff", {"name": "Mrs Khan", "role": "class_teacher"}, record_id="khan")
        c.add("staff", {"name": "Mr Ólafsson", "role": "ta"}, record_id="olafsson")
        lego = c.add(
            "interventions", {"name": "Lego [therapy]", "tier": "targeted"}, record_id="lego"
        )
        group = c.add(
            "groups",
            {"intervention": lego, "staff": [khan], "start": "2026-09-07", "place": "Rainbow room"},
            record_id="group",
        )
        _pupils(c)
        for status in (
            ("k1", "sam", "K", "2025-09-05"),
            ("e1", "closing", "E", "2024-02-01"),
            ("m1", "lukasz", "M", "2026-10-01"),
        ):
            record, pupil, code, start = status
            c.add("sen_statuses", {"pupil": pupil, "code": code, "start": start}, record_id=record)
        c.add("needs", {"pupil": "sam", "code": "SPLD", "rank": 1}, record_id="need1")
        c.add("needs", {"pupil": "sam", "code": "SEMH", "rank": 2}, record_id="need2")
        c.add(
            "reviews",
            {"pupil": "sam", "kind": "termly", "planned_for": "2026-11-13"},
            record_id="review",
        )
        c.add(
            "targets",
            {
                "pupil": "sam",
                "kind": "curricular",
                "area": "reading",
                "statement": "Reads fifty common words on sight",
                "set_on": "2026-09-10",
                "due": "2026-12-18",
                "status": "working",
            },
            record_id="target",
        )
        c.add(
            "placements",
            {"pupil": "sam", "group": group, "start": "2026-09-14", "entry_score": 12},
            record_id="placement",
        )
        c.add(
            "notes",
            {
                "pupil": "sam",
                "happened_on": "2026-11-20",
                "kind": "call",
                "with_whom": "Mum",
                "text": "Rang about [/SEMH] homework.\nShe will ring back.",
            },
            record_id="note",
        )
        c.add(
            "contacts",
            {"pupil": "sam", "name": "Niamh O'Neil", "relationship": "mother", "priority": 1},
            record_id="contact",
        )
    return register


def _pupils(c: object) -> None:
    from senreg.commit import Commit

    assert isinstance(c, Commit)
    for record, forename, surname, year, class_name in (
        ("sam", BRACKETS, "O'Neil", "4", "4B"),
        ("closing", CLOSING, CLOSING, "5", "5A"),
        ("lukasz", "Łukasz", "Żółkowski", "3", "3A"),
        ("ming", "小明", "王", "6", "6A"),
        ("twin", BRACKETS, "O'Neil", "4", "4A"),
    ):
        c.add(
            "pupils",
            {
                "forename": forename,
                "surname": surname,
                "year_group": year,
                "class_name": class_name,
                "key_teacher": "khan",
                "dob": "2018-03-01",
                "fsm": record == "sam",
                "what_helps": "One instruction at a time." if record == "sam" else None,
            },
            record_id=record,
        )
