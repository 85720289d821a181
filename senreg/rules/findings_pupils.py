"""Findings about who the children are: UPNs, dates, and children entered twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from senreg.models.codes import labels
from senreg.models.text import folded
from senreg.models.upn import is_temporary, upn_warnings
from senreg.rules.found import Finding, who
from senreg.rules.reading import Reading, Row

CODED: dict[str, tuple[tuple[str, str], ...]] = {
    "pupils": (
        ("year_group", "year_group"),
        ("enrolment_status", "enrolment_status"),
        ("sex", "sex"),
    ),
    "enrolments": (("year_group", "year_group"),),
    "sen_statuses": (("code", "sen_provision"),),
    "needs": (("code", "sen_type"),),
    "interventions": (("area_of_need", "sen_area"),),
}
"""Fields that take only the codes of a set, by table: field and set."""


def pupil_findings(register: Reading, today: date) -> Iterator[Finding]:
    """What is odd about the pupils' own records."""
    pupils = register.all("pupils")
    yield from entered_twice(row for row in pupils if not row.get("same_as"))
    for row in pupils:
        yield from _of_upn(row)
        yield from date_findings(row, today.isoformat())


def unknown_codes(register: Reading) -> Iterator[Finding]:
    """Codes that their code set does not know: kept, shown as they are, counted nowhere."""
    for table, fields in CODED.items():
        for field, code_set in fields:
            known = labels(code_set)
            for row in register.all(table):
                code = row.get(field)
                if code and code not in known:
                    pupil = register.get(str(row.get("pupil") or row["id"]))
                    of = f" of {who(pupil)}" if pupil and table != "interventions" else ""
                    words = f"The code {code} in {field.replace('_', ' ')}{of} is not known."
                    yield Finding("unknown_code", "warning", table, row["id"], words)


def entered_twice(pupils: Iterable[Row]) -> Iterator[Finding]:
    """Pupils with the same UPN, or with the same name and date of birth."""
    by_upn: dict[Hashable, list[Row]] = {}
    by_person: dict[Hashable, list[Row]] = {}
    for row in pupils:
        if row.get("upn"):
            by_upn.setdefault(row["upn"], []).append(row)
        if row.get("dob"):
            by_person.setdefault(person_key(row), []).append(row)
    told = set()
    for same in by_upn.values():
        if len(same) > 1:
            told.add(frozenset(row["id"] for row in same))
            words = f"{_together(same)} have the same UPN."
            yield Finding("same_upn", "error", "pupils", same[0]["id"], words)
    for same in by_person.values():
        if len(same) > 1 and frozenset(row["id"] for row in same) not in told:
            times = "twice" if len(same) == 2 else f"{len(same)} times"
            words = f"{who(same[0])} is entered {times} with the same name and date of birth."
            yield Finding("same_child", "warning", "pupils", same[0]["id"], words)


def person_key(pupil: Row) -> tuple[str, str, str]:
    """What two records of one child have in common: surname, forename and date of birth."""
    surname, forename = (folded(str(pupil.get(name) or "")) for name in ("surname", "forename"))
    return surname, forename, str(pupil.get("dob") or "")


def _together(pupils: list[Row]) -> str:
    names = [who(row) for row in pupils]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _of_upn(row: Row) -> Iterator[Finding]:
    upn = row.get("upn")
    if not upn:
        return
    for sentence in upn_warnings(upn):
        words = f"{who(row)}: {sentence}"
        if is_temporary(upn) and sentence.startswith("This is a temporary"):
            yield Finding("temporary_upn", "note", "pupils", row["id"], words)
        else:
            yield Finding("upn", "warning", "pupils", row["id"], words)


def date_findings(row: Row, today: str) -> Iterator[Finding]:
    """Dates of one pupil's own record that cannot all be true."""
    joined, left, born = row.get("joined"), row.get("left"), row.get("dob")
    if joined and left and left < joined:
        words = f"{who(row)} left before joining."
        yield Finding("left_before_joining", "error", "pupils", row["id"], words)
    if born and born > today:
        words = f"The date of birth of {who(row)} is still to come."
        yield Finding("born_in_future", "error", "pupils", row["id"], words)
    elif born and joined and joined < born:
        words = f"{who(row)} joined before being born."
        yield Finding("joined_before_birth", "error", "pupils", row["id"], words)
