"""One child of a transfer file: the cells of a row, and what belongs to the child.

The parts of `Pupil` and their names are those that writers of such files have in common;
relationships are those of the department's common basic data set (CAR, FAM, FOF, PAF and so on).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from senreg.exchange.belongings import Belonging
from senreg.exchange.ctf.elements import day_said, flag_said, parts, said, whole_said
from senreg.exchange.ctf.sen import SenPast, sen_past

RELATIONSHIPS: dict[str, str] = {
    "PAM": "mother",
    "PAF": "father",
    "STM": "step_parent",
    "STF": "step_parent",
    "FOM": "foster_carer",
    "FOF": "foster_carer",
    "SWR": "social_worker",
    "FAM": "other_family",
    "REL": "other_family",
    "CAR": "other",
    "CHM": "other",
    "DOC": "other",
    "HTC": "other",
    "OTH": "other",
    "RLG": "other",
    "TCH": "other",
}

_READ = frozenset(
    [
        "UPN",
        "Surname",
        "Forename",
        "DOB",
        "Sex",
        "Gender",
        "BasicDetails",
        "FSMhistory",
        "LookedAfter",
        "SENhistory",
        "Contacts",
        "Attendance",
        "SchoolHistory",
    ]
)
_READ_OF_BASICS = frozenset(
    [
        "UPN",
        "FormerUPN",
        "PreferredSurname",
        "PreferredForename",
        "FormerSurname",
        "FormerForename",
        "MiddleNames",
        "NCyearActual",
        "Ethnicity",
        "Languages",
        "ServiceChild",
        "EnrolStatus",
    ]
)
_FIRST_LANGUAGES = ("F", "H")
"""Kinds of language that tell what a child speaks first: first, else home."""


@dataclass(slots=True)
class YearOfAttendance:
    """Sessions of half a day in one school year, as the file counts that year."""

    year: int | None
    start: str | None
    possible: int | None
    authorised: int | None
    unauthorised: int | None


@dataclass(slots=True)
class TransferPupil:
    """A child as the file has it.

    Args:
        cells: What would stand in a spreadsheet's row, by heading.
        sen: What it says of status and needs.
        meals: Times of free school meals.
        has_meals: The file has a history of free school meals, be it empty.
        contacts: Adults who stand for the child.
        attendance: Sessions by year.
    """

    cells: dict[str, str]
    sen: SenPast
    meals: list[Belonging] = field(default_factory=list)
    has_meals: bool = False
    contacts: list[Belonging] = field(default_factory=list)
    attendance: list[YearOfAttendance] = field(default_factory=list)


def pupil_of(element: Element, passed_over: Counter[str]) -> TransferPupil:
    """Read a `Pupil`; the names of parts there is no place for are counted."""
    basics = next(iter(parts(element, "BasicDetails")), None)
    passed_over.update(each.tag for each in element if each.tag not in _READ)
    if basics is not None:
        passed_over.update(each.tag for each in basics if each.tag not in _READ_OF_BASICS)
    schools = parts(element, "SchoolHistory", "School")
    return TransferPupil(
        cells=_names(element, basics) | _facts(element, basics) | _schools(schools),
        sen=sen_past(element),
        meals=list(_meals(element)),
        has_meals=bool(parts(element, "FSMhistory")),
        contacts=[each for each in map(_contact, parts(element, "Contacts", "Contact")) if each],
        attendance=[_year(each) for each in parts(element, "Attendance", "YearData")],
    )


def _names(element: Element, basics: Element | None) -> dict[str, str]:
    surname = said(basics, "PreferredSurname")
    return {
        "UPN": said(element, "UPN") or said(basics, "UPN"),
        "Surname": said(element, "Surname"),
        "Forename": said(element, "Forename"),
        "Known as": said(basics, "PreferredForename"),
        "Surname in use": surname if surname != said(element, "Surname") else "",
        "Middle names": said(basics, "MiddleNames"),
        "Former surname": said(basics, "FormerSurname"),
        "Former forename": said(basics, "FormerForename"),
        "Former UPN": said(basics, "FormerUPN"),
    }


def _facts(element: Element, basics: Element | None) -> dict[str, str]:
    service = flag_said(basics, "ServiceChild")
    in_care = flag_said(element, "LookedAfter", "InCare")
    return {
        "Date of birth": said(element, "DOB"),
        "Sex": said(element, "Sex") or said(element, "Gender"),
        "Year group": said(basics, "NCyearActual"),
        "Enrolment status": said(basics, "EnrolStatus"),
        "Ethnicity": said(basics, "Ethnicity"),
        "First language": _language(basics),
        "Service child": _yes_no(service),
        "Looked after": _yes_no(in_care),
    }


def _yes_no(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _language(basics: Element | None) -> str:
    spoken = {
        said(each, "LanguageType"): said(each, "Language")
        for each in parts(basics, "Languages", "Type")
    }
    return next((spoken[each] for each in _FIRST_LANGUAGES if spoken.get(each)), "")


def _schools(schools: list[Element]) -> dict[str, str]:
    """Where the child was before: the school that was left last, and all of them as a note."""
    known = [
        (day_said(each, "EntryDate") or "", day_said(each, "LeavingDate") or "", name)
        for each in schools
        if (name := said(each, "SchoolName") or said(each, "URN"))
    ]
    left = [(leaving, name) for _, leaving, name in known if leaving]
    told = [f"{name} ({entry or '?'} to {leaving or 'now'})" for entry, leaving, name in known]
    return {
        "Previous school": max(left)[1] if left else "",
        "Schools before": "; ".join(told) if len(told) > 1 else "",
    }


def _meals(element: Element) -> Iterator[Belonging]:
    for each in parts(element, "FSMhistory", "FSMinstance"):
        start, end = day_said(each, "FSMstartDate"), day_said(each, "FSMendDate")
        if start:
            yield Belonging("fsm_periods", {"start": start} | ({"end": end} if end else {}))


def _contact(element: Element) -> Belonging | None:
    names = [said(element, each) for each in ("Title", "Forename", "Surname")]
    name = " ".join(each for each in names if each)
    if not names[1] and not names[2]:
        return None
    code = said(element, "Relationship").upper()
    values: dict[str, object] = {
        "name": name,
        "relationship": RELATIONSHIPS.get(code, code) or None,
        "phone": said(next(iter(parts(element, "Phones", "Phone")), None), "PhoneNo") or None,
        "email": said(element, "Email") or None,
        "priority": whole_said(element, "Order"),
        "parental_responsibility": flag_said(element, "Responsibility"),
        "lives_with": flag_said(element, "Address", "AddressAsPupil"),
    }
    return Belonging("contacts", {key: value for key, value in values.items() if value})


def _year(element: Element) -> YearOfAttendance:
    possible = whole_said(element, "SessionsPossible")
    authorised = whole_said(element, "SessionsAuthorised")
    unauthorised = whole_said(element, "SessionsUnauthorised")
    attended = whole_said(element, "SessionsAttended")
    if unauthorised is None and None not in (possible, authorised, attended):
        rest = (possible or 0) - (authorised or 0) - (attended or 0)
        unauthorised = rest if rest >= 0 else None
    return YearOfAttendance(
        year=whole_said(element, "Year"),
        start=day_said(element, "AttendanceStartDate"),
        possible=possible,
        authorised=authorised,
        unauthorised=unauthorised,
    )
