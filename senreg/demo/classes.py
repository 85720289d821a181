"""The school itself: its terms, its staff, and how many children each class has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import ascii_uppercase

from senreg.demo.data import read, words
from senreg.demo.making import CLASS_SIZE, FIRST_YEAR, LAST_YEAR, Making
from senreg.demo.school_days import terms_of

LA_CODE = "202"
ESTAB = "2999"
"""A number that no school of this authority has."""

SCHOOL_NAME = "Canal Bridge Junior School (invented)"


def year_sizes(pupils: int) -> dict[int, int]:
    """How many children each year group has, as even as can be."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    share, over = divmod(pupils, len(years))
    return {year: share + (year - FIRST_YEAR < over) for year in years}


def class_names(year: int, size: int) -> list[str]:
    """The classes of a year group: 3A, 3B; as many as about thirty children each need."""
    forms = max(1, round(size / CLASS_SIZE))
    return [f"{year}{_form(place)}" for place in range(forms)]


def school_record(made: Making) -> dict[str, object]:
    """The fields of the school's own record."""
    programme = "Achievement for All" if made.plan.old else "Every child by name"
    return {
        "name": SCHOOL_NAME,
        "la_code": LA_CODE,
        "estab": ESTAB,
        "phase": "junior",
        "weeks_per_year": 38,
        "notional_threshold": 6000,
        "retention": "With an SEN file: date of birth + 31 years\nWithout: erased after transfer",
        "programme_name": programme,
        "school_mode": True,
        **({"stands_at": made.plan.today.isoformat()} if made.plan.old else {}),
    }


def add_terms(made: Making) -> None:
    """The terms of last year, this year and the next."""
    for year in range(made.year - 1, made.year + 2):
        for term in terms_of(year):
            made.add(
                "terms",
                name=term.name,
                start=term.start,
                end=term.end,
                school_year=term.school_year,
            )


def add_staff(made: Making) -> None:
    """The adults: leadership, pastoral staff, a teacher for each class, teaching assistants."""
    classes = [
        name
        for year, size in year_sizes(made.plan.pupils).items()
        for name in class_names(year, size)
    ]
    names = _staff_names(made)
    initials: set[str] = set()

    def join(role: str, until: date | None = None) -> str:
        since = date(made.year - made.draw.between(1, 14), 9, 1)
        if until and since >= until:
            since = date(until.year - 3, 9, 1)
        name = next(names)
        member = made.add(
            "staff",
            name=name,
            initials=_initials(name, initials),
            role=role,
            since=since,
            until=until,
        )
        if until is None:
            made.staff.setdefault(role, []).append(member)
        return member

    for role in ("head", "deputy", "senco", "pastoral", "home_school_worker"):
        join(role)
    for class_name in classes:
        made.class_teachers[class_name] = join("class_teacher")
    for _ in range(max(3, len(classes)) + 1):
        join("ta")
    made.teachers_before = dict(made.class_teachers)
    moved = made.draw.one(classes)
    last_day = terms_of(made.year - 1)[-1].end
    made.teachers_before[moved] = join("class_teacher", until=last_day)


def _form(place: int) -> str:
    letters = len(ascii_uppercase)
    more = ascii_uppercase[place // letters - 1] if place >= letters else ""
    return more + ascii_uppercase[place % letters]


def _staff_names(made: Making) -> Iterator[str]:
    """Names of the list first; then first names and surnames put together, each once."""
    listed = words("staff")
    yield from listed
    english = read("names")["English"]
    taken = set(listed)
    while True:
        first = made.draw.one(english["mothers"] + english["fathers"])
        name = f"{first} {made.draw.one(english['surnames'])}"
        if name not in taken:
            taken.add(name)
            yield name


def _initials(name: str, taken: set[str]) -> str:
    """Initials that nobody else has: of two who share them, one shows more of the surname."""
    first, *_, last = name.split()
    for letters in range(1, len(last) + 1):
        short = first[0] + last[:letters]
        if short not in taken:
            break
    else:
        short = f"{first[0]}{last[0]}{len(taken)}"
    taken.add(short)
    return short
