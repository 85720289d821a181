"""The classes there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from senreg.register import Register
from senreg.rules.classes import SchoolClass, classes

DAY = date(2026, 11, 27)


def test_classes_are_counted_and_in_the_order_people_read_them(tmp_path: Path) -> None:
    with Register.create(tmp_path / "school.senreg", "Hill") as register:
        with register.commit("Fill") as c:
            for number, (name, code) in enumerate(
                [("10A", "K"), ("4B", "E"), ("4B", "M"), ("4B", None), ("[/b]", "N"), (None, "K")]
            ):
                pupil = c.add(
                    "pupils", {"surname": "王", "forename": str(number), "class_name": name}
                )
                if code:
                    c.add("sen_statuses", {"pupil": pupil, "code": code, "start": "2026-09-01"})
            c.add(
                "pupils",
                {"surname": "Gone", "forename": "A", "class_name": "4B", "left": "2026-07-20"},
            )
        found = classes(register, DAY)
    assert sorted(found, key=lambda each: each.name) == sorted(
        [SchoolClass("4B", 3, 1), SchoolClass("10A", 1, 1), SchoolClass("[/b]", 1, 0)],
        key=lambda each: each.name,
    )
    names = [each.name for each in found]
    assert names.index("4B") < names.index("10A")
