from __future__ import annotations

from pathlib import Path

from icalendar import Calendar

from .conftest import School, Senreg


def test_a_calendar_by_initials_and_by_name(senreg: Senreg, school: School, tmp_path: Path) -> None:
    pupil = senreg("list", "pupils", school, "--json").document[0]
    day = "planned_for=2199-12-01"
    senreg("add", "reviews", school, f"pupil={pupil['id']}", "kind=annual", day)
    path = tmp_path / "dates.ics"
    said = senreg("export", school, "--to", path)
    assert said.code == 0
    assert "by initials" in said.out
    assert "not encrypted" in said.out
    assert "Delete it after " in said.out
    (event,) = (
        each
        for each in Calendar.from_ical(path.read_bytes()).events
        if str(each["dtstart"].dt) == "2199-12-01"
    )
    assert pupil["surname"] not in str(event["summary"])
    assert senreg("export", school, "--to", path, "--names").code == 0
    assert pupil["surname"] in path.read_bytes().decode()


def test_what_does_not_go_with_a_calendar_is_refused(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    for more in (("--table", "pupils"), ("--since", "x.senreg-bundle"), ("--until", "2027-01-01")):
        said = senreg("export", school, "--to", tmp_path / "dates.ics", *more)
        assert said.code == 2
    assert senreg("export", school, "--to", tmp_path / "a.csv", "--names").code == 2
    assert not (tmp_path / "dates.ics").exists()
