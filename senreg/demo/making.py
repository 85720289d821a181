"""A school in the making: its plan, its children, and the records gathered so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from senreg.demo.draw import Draw
from senreg.demo.school_days import SchoolDays, school_year

FIRST_YEAR, LAST_YEAR = 3, 6
"""A junior school: Years 3 to 6."""

RECEPTION_AGE = 4
_SCHOOL_LIFE = 11
"""School years that the calendar reaches back: further than any child or plan does."""

CLASS_SIZE = 30
OLD_ERA = 2011
OLD_ERA_DAY = date(2011, 7, 1)
"""Late in the school year 2010/11, the last of the pilot of Achievement for All."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for.

    Args:
        pupils: How many children.
        seed: Which school of the many that could be.
        today: The day it stands at.
        old: Codes and levels of 2010/11 instead of today's.
        years: How many school years the children's records reach back.
    """

    pupils: int
    seed: int
    today: date
    old: bool
    years: int


@dataclass(slots=True, eq=False)
class Child:
    """A child in the making; what the register keeps of one is in the records."""

    id: str
    year: int
    class_name: str
    teacher: str
    sex: str = ""
    language: str = ""
    surname: str = ""
    forename: str = ""
    preferred: str = ""
    family: int = 0
    dob: date = date.min
    joined: date = date.min
    fsm: bool = False
    looked_after: bool = False
    status: str = ""
    """The code that holds today; empty for a child who never had one."""
    since: date | None = None
    """Since when the child has had help, under whatever code."""
    until: date | None = None
    """When help ended, for a child who is off the register again."""
    needs: tuple[str, ...] = ()
    review: date | None = None
    """When targets and support are to be looked at next."""
    without_target: bool = False
    without_primary_need: bool = False
    targets: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Kind and id of its targets by the place of their term."""

    @property
    def called(self) -> str:
        """The name in sentences."""
        return self.preferred or self.forename

    @property
    def need_set(self) -> frozenset[str]:
        """The needs, for choosing what fits, and EAL for a child of another first language."""
        more = () if self.language == "English" else ("EAL",)
        return frozenset((*self.needs, *more))

    def say(self, sentence: str, **more: object) -> str:
        """A sentence of the data files with the child's name and pronouns filled in."""
        girl = self.sex == "F"
        return sentence.format(
            name=self.called,
            he="she" if girl else "he",
            him="her" if girl else "him",
            his="her" if girl else "his",
            himself="herself" if girl else "himself",
            He="She" if girl else "He",
            His="Her" if girl else "His",
            **more,
        )


class Making:
    """The school while it is made. Records are plain: field names to JSON values, and an id."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.draw = Draw(f"{plan.seed}/{plan.pupils}/{plan.old}/{plan.years}")
        self.year = school_year(plan.today)
        """The calendar year in which the current school year begins."""
        self.days = SchoolDays(self.year - _SCHOOL_LIFE, self.year + 1)
        self.now = self.days.current(plan.today)
        """The place of the current term in `days.terms`."""
        self.tables: dict[str, list[dict[str, Any]]] = {}
        self.children: list[Child] = []
        self.staff: dict[str, list[str]] = {}
        """Ids of the staff of today by role."""
        self.class_teachers: dict[str, str] = {}
        self.teachers_before: dict[str, str] = {}
        """The teacher of each class last year."""

    @property
    def year_start(self) -> date:
        """The first day of the current school year."""
        return date(self.year, 9, 1)

    @property
    def cohort_start(self) -> date:
        """The first day of the school year that holds the term before last: a year's programme."""
        return date(school_year(self.days.terms[max(0, self.now - 2)].start), 9, 1)

    @property
    def first_of_programme(self) -> int:
        """The place of the first term of the school year that the programme began in."""
        began = self.cohort_start
        return next(place for place, term in enumerate(self.days.terms) if term.start >= began)

    @contextmanager
    def drawing_apart(self, name: str) -> Iterator[None]:
        """Draw from lots of their own for a while: what is drawn leaves the rest as it is."""
        usual = self.draw
        plan = self.plan
        self.draw = Draw(f"{plan.seed}/{plan.pupils}/{plan.old}/{plan.years}/{name}")
        try:
            yield
        finally:
            self.draw = usual

    @property
    def first_cycle(self) -> int:
        """The place of the earliest term of which records are kept: three terms, or all years."""
        back = 2 if self.plan.years == 1 else 3 * self.plan.years - 1
        return max(0, self.now - back)

    def add(self, table: str, *, record_id: str = "", **values: Any) -> str:
        """A record added to a table; its id. What is None is left out, dates become ISO."""
        record: dict[str, Any] = {"id": record_id or self.draw.new_id()}
        for name, value in values.items():
            if value is not None:
                record[name] = value.isoformat() if isinstance(value, date) else value
        self.tables.setdefault(table, []).append(record)
        return str(record["id"])

    def school_day(self, first: date, last: date) -> date:
        """A drawn school day between two days, both counting."""
        return self.days.draw(self.draw, first, last)

    def recent_day(self, child: Child, days_back: int) -> date:
        """A drawn school day in the days up to today on which the child was already here."""
        first = self.plan.today - timedelta(days=days_back)
        return self.school_day(max(first, child.joined), self.plan.today)

    def led_by(self, child: Child, day: date) -> str | None:
        """The teacher who led for a child on a day; None before the child came to this school."""
        if day < child.joined:
            return None
        if day >= self.year_start:
            return child.teacher
        return self.teachers_before.get(f"{child.year - 1}{child.class_name[1:]}")

    @property
    def helped(self) -> list[Child]:
        """The children on the register today."""
        return [child for child in self.children if child.status not in ("", "N", "M")]

    @property
    def known(self) -> list[Child]:
        """The children on the register and those who are watched."""
        return [child for child in self.children if child.status not in ("", "N")]
