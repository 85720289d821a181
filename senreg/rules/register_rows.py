"""The list of the Register screen: one plain row a child, made in one pass over each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from senreg.models.text import folded
from senreg.rules.naming import initials, list_name
from senreg.rules.needs import need_word, open_needs, primary_of
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.reviews import NONE_PLANNED, ReviewDue, next_reviews, open_targets
from senreg.rules.roll import RollSign, roll_sign, roll_state
from senreg.rules.status import Look, has_sen, status_look, status_on

FLAGS: tuple[tuple[str, str, str], ...] = (
    ("eal", "EAL", "English as an additional language"),
    ("fsm", "FSM", "Free school meals"),
    ("pupil_premium", "PP", "Pupil premium"),
    ("looked_after", "LAC", "Looked-after child"),
    ("service_child", "SVC", "Service child"),
    ("sen_unit", "UNIT", "Member of the SEN unit"),
    ("resourced_provision", "RP", "Has a place in resourced provision"),
)
"""Field of `pupils`, the flag that a list shows, and its words."""


class _Tables(NamedTuple):
    """Every table a row is made of, grouped once, and the ISO day they are looked at on."""

    statuses: Mapping[str, Sequence[Row]]
    needs: Mapping[str, Sequence[Row]]
    targets: Mapping[str, int]
    reviews: Mapping[str, ReviewDue]
    cohort: Mapping[str, Sequence[Row]]
    staff: Mapping[str, tuple[str, str]]
    day: str
    word_of: Callable[[str], str]


class PupilRow:
    """One child in the Register list, as of the day the list was made.

    A list shows forty of two thousand children at a time: what is not asked of a row is not
    worked out.

    Args:
        pupil: The pupil.
        tables: What else is known of all pupils.
    """

    def __init__(self, pupil: Row, tables: _Tables) -> None:
        self._pupil = pupil
        self._tables = tables
        self.id: str = pupil["id"]
        self.surname = str(pupil.get("surname") or "")
        self.forename = str(pupil.get("preferred_name") or pupil.get("forename") or "")
        """The first name the child is called by."""
        self.order = (folded(self.surname), folded(self.forename))
        """What lists sort names by, folded."""
        self.roll = roll_state(pupil, tables.day)
        """here, joining (not yet) or left."""

    @property
    def name(self) -> str:
        """'Surname, Known-as'."""
        if self.surname and self.forename:
            return f"{self.surname}, {self.forename}"
        return list_name(self._pupil)

    @property
    def upn(self) -> str:
        """The UPN; empty where there is none."""
        return str(self._pupil.get("upn") or "")

    @property
    def dob(self) -> str:
        """Date of birth, ISO; empty where unknown."""
        return str(self._pupil.get("dob") or "")

    @property
    def year(self) -> str:
        """The year group's code, E1 to 14; empty where unknown."""
        return str(self._pupil.get("year_group") or "")

    @property
    def class_name(self) -> str:
        """The class."""
        return str(self._pupil.get("class_name") or "")

    @cached_property
    def _status(self) -> Row:
        return status_on(self._tables.statuses.get(self.id, ()), self._tables.day) or {}

    @property
    def status(self) -> str:
        """The code of today's SEN status; empty where none is recorded."""
        return str(self._status.get("code") or "")

    @property
    def status_since(self) -> str:
        """The ISO day it began; empty where unknown."""
        return str(self._status.get("start") or "")

    @property
    def sign(self) -> RollSign | None:
        """What marks one who left, is to come, or leaves today."""
        return roll_sign(self._pupil, self._tables.day)

    @property
    def look(self) -> Look:
        """The word, symbol and colour of the status."""
        return status_look(self.status)

    @property
    def has_sen(self) -> bool:
        """On the SEN register: K, E or an old stage."""
        return has_sen(self.status)

    @cached_property
    def _needs(self) -> list[Row]:
        return open_needs(self._tables.needs.get(self.id, ()), self._tables.day)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Codes of today's needs, by rank."""
        return tuple(str(need.get("code") or "") for need in self._needs)

    @property
    def primary(self) -> str:
        """The code of the primary need; empty where there is none."""
        primary = primary_of(self._needs)
        return str(primary.get("code") or "") if primary else ""

    @property
    def _keeper(self) -> tuple[str, str]:
        keeper = self._pupil.get("key_teacher") or ""
        return self._tables.staff.get(keeper, (keeper, keeper))

    @property
    def teacher(self) -> str:
        """The key teacher's initials, for a narrow column."""
        return self._keeper[0]

    @property
    def teacher_name(self) -> str:
        """The key teacher's name."""
        short, full = self._keeper
        return full or short

    @property
    def review(self) -> ReviewDue:
        """What is to be reviewed next."""
        return self._tables.reviews.get(self.id, NONE_PLANNED)

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Short flags such as EAL, in the order of `FLAGS`."""
        return tuple(flag for field, flag, _ in FLAGS if self._pupil.get(field))

    @cached_property
    def cohort(self) -> bool:
        """Today in the targeted cohort."""
        rows = self._tables.cohort.get(self.id, ())
        return any(covers(row, self._tables.day) for row in rows)

    @property
    def open_targets(self) -> int:
        """How many targets are open."""
        return self._tables.targets.get(self.id, 0)

    @cached_property
    def haystack(self) -> str:
        """Folded text that the filter looks in."""
        parts = [self.forename, self.surname, self.class_name, self.upn]
        legal = str(self._pupil.get("forename") or "")
        if legal != self.forename:
            parts.append(legal)
        haystack = folded("\n".join(parts))
        if "'" in haystack:
            haystack += "\n" + haystack.replace("'", "")
        return haystack + "".join(map(self._tables.word_of, self.needs))


def register_rows(register: Reading, today: date) -> list[PupilRow]:
    """Every live pupil, leavers among them, by surname and first name.

    Args:
        register: The open register.
        today: The day the statuses, needs and due dates are of.
    """
    targets = open_targets(register)
    tables = _Tables(
        register.by("sen_statuses", "pupil"),
        register.by("needs", "pupil"),
        Counter(row.get("pupil") or "" for row in targets),
        next_reviews(register, today, targets),
        register.by("cohort_memberships", "pupil"),
        {row["id"]: (initials(row), str(row.get("name") or "")) for row in register.all("staff")},
        today.isoformat(),
        _words(),
    )
    rows = [PupilRow(pupil, tables) for pupil in register.all("pupils")]
    rows.sort(key=lambda row: row.order)
    return rows


def _words() -> Callable[[str], str]:
    """Folded code and words of a need, each worked out once."""
    known: dict[str, str] = {}

    def word_of(code: str) -> str:
        if code not in known:
            known[code] = folded(f"\n{code}\n{need_word(code)}")
        return known[code]

    return word_of
