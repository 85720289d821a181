from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from senreg.cli.__main__ import main
from senreg.register import Register


@dataclass
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        (line,) = self.out.splitlines()
        return line

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Senreg = Callable[..., Said]


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that remembers nothing, of a person whose login name is known."""
    home = tmp_path / "home"
    monkeypatch.setenv("SENREG_HOME", str(home))
    for name in ("SENREG_REGISTER", "SENREG_PERSON", "SENREG_PASSPHRASE_FILE", "SENREG_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOGNAME", "sam")
    monkeypatch.setenv("COLUMNS", "160")
    return home


@pytest.fixture
def senreg(capsys: pytest.CaptureFixture[str]) -> Senreg:
    """Runs a command in this process."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


@dataclass
class School:
    """A small register and the ids of what is in it."""

    path: Path
    sean: str
    ming: str
    sam: str
    lukasz: str
    teacher: str
    senco: str
    target: str
    group: str

    def __str__(self) -> str:
        return str(self.path)


@pytest.fixture
def school(tmp_path: Path) -> School:
    """Four children, one of them on the register, two adults, a target and a group."""
    path = tmp_path / "holly bank.senreg"
    with Register.create(path, "Holly Bank Junior School") as register:
        with register.commit("Fill") as c:
            teacher = c.add(
                "staff", {"name": "Ms Amara Olu", "initials": "AO", "role": "class_teacher"}
            )
            senco = c.add("staff", {"name": "Mr T. O'Brien", "initials": "TB", "role": "senco"})
            sean = c.add(
                "pupils",
                {
                    "surname": "O'Neill",
                    "forename": "Sean",
                    "dob": "2016-11-03",
                    "year_group": "5",
                    "class_name": "5B",
                    "key_teacher": teacher,
                    "upn": "X123456789012",
                    "eal": True,
                },
            )
            ming = c.add(
                "pupils",
                {"surname": "李", "forename": "小明", "dob": "2017-01-31", "class_name": "4A"},
            )
            sam = c.add(
                "pupils", {"surname": "O'Neil", "forename": "Sam [EAL]", "dob": "2016-11-03"}
            )
            lukasz = c.add("pupils", {"surname": "[/b]", "forename": "Łukasz", "class_name": "5b"})
            c.add("sen_statuses", {"pupil": sean, "code": "K", "start": "2025-09-03"})
            c.add("needs", {"pupil": sean, "code": "SLCN", "rank": 1, "start": "2025-09-03"})
            target = c.add(
                "targets",
                {
                    "pupil": sean,
                    "kind": "curricular",
                    "area": "reading",
                    "statement": "Reads 50 words a minute",
                    "due": "2026-02-13",
                    "set_on": "2025-11-01",
                    "status": "set",
                },
            )
            lego = c.add("interventions", {"name": "Lego therapy", "tier": "targeted"})
            group = c.add("groups", {"intervention": lego, "staff": [teacher], "place": "Rainbow"})
            c.add("placements", {"pupil": sean, "group": group, "start": "2025-11-03"})
        return School(path, sean, ming, sam, lukasz, teacher, senco, target, group)
