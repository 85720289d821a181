"""The list of the Register screen: one plain row a child, made in one pass over each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One child in the Register list.

    Args:
        id: The pupil's id.
        name: 'Surname, Known-as'.
        surname: The surname.
        forename: The first name the child is called by.
        upn: The UPN; empty where there is none.
        dob: Date of birth, ISO; empty where unknown.
        year: The year group's code, E1 to 14; empty where unknown.
        class_name: The class.
        status: The code of today's SEN status; empty where none is recorded.
        status_since: The ISO day it began; empty where unknown.
        needs: Codes of today's needs, by rank.
        primary: The code of the primary need; empty where there is none.
        teacher: The key teacher's initials, for a narrow column.
        teacher_name: The key teacher's name.
        review: What is to be reviewed next.
        flags: Short flags such as EAL, in the order of `FLAGS`.
        cohort: Today in the targeted cohort.
        open_targets: How many targets are open.
        roll: here, joining (not yet) or left.
        sign: What marks one who left, is to come, or leaves today.
        order: What lists sort names by, folded.
        haystack: Folded text that the filter looks in.
    """

    id: str
    name: str
    surname: str
    forename: str
    upn: str
    dob: str
    year: str
    class_name: str
    status: str
    status_since: str
    needs: tuple[str, ...]
    primary: str
    teacher: str
    teacher_name: str
    review: ReviewDue
    flags: tuple[str, ...]
    cohort: bool
    open_targets: int
    roll: str
    sign: RollSign | None
    order: tuple[str, str]
    haystack: str

    @property
    def look(self) -> Look:
        """The word, symbol and colour of the status."""
        return status_look(self.status)

    @property
    def has_sen(self) -> bool:
        """On the SEN register: K, E or an old stage."""
        return has_sen(self.status)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Every table a row is made of, grouped once."""

    statuses: Mapping[str, Sequence[Row]]
    needs: Mapping[str, Sequence[Row]]
    targets: Mapping[str, int]
    reviews: Mapping[str, ReviewDue]
    cohort: Mapping[str, Sequence[Row]]
    staff: Mapping[str, tuple[str, str]]


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
    )
    day, word_of = today.isoformat(), _words()
    rows = [_row(pupil, tables, day, word_of) for pupil in register.all("pupils")]
    rows.sort(key=lambda row: row.order)
    return rows


def _row(pupil: Row, tables: _Tables, day: str, word_of: Callable[[str], str]) -> PupilRow:
    key = pupil["id"]
    status = status_on(tables.statuses.get(key, ()), day)
    needs = open_needs(tables.needs.get(key, ()), day)
    codes = tuple(str(need.get("code") or "") for need in needs)
    primary = primary_of(needs)
    keeper = pupil.get("key_teacher") or ""
    short, full = tables.staff.get(keeper, (keeper, keeper))
    surname, legal = str(pupil.get("surname") or ""), str(pupil.get("forename") or "")
    forename = str(pupil.get("preferred_name") or legal)
    class_name, upn = str(pupil.get("class_name") or ""), str(pupil.get("upn") or "")
    parts = [forename, surname, class_name, upn]
    if legal != forename:
        parts.append(legal)
    haystack = folded("\n".join(parts))
    if "'" in haystack:
        haystack += "\n" + haystack.replace("'", "")
    for code in codes:
        haystack += word_of(code)
    return PupilRow(
        key,
        f"{surname}, {forename}" if surname and forename else list_name(pupil),
        surname,
        forename,
        upn,
        str(pupil.get("dob") or ""),
        str(pupil.get("year_group") or ""),
        class_name,
        str(status.get("code") or "") if status else "",
        str(status.get("start") or "") if status else "",
        codes,
        str(primary.get("code") or "") if primary else "",
        short,
        full or short,
        tables.reviews.get(key, NONE_PLANNED),
        tuple(flag for field, flag, _ in FLAGS if pupil.get(field)),
        any(covers(row, day) for row in tables.cohort.get(key, ())),
        tables.targets.get(key, 0),
        roll_state(pupil, day),
        roll_sign(pupil, day),
        (folded(surname), folded(forename)),
        haystack,
    )


def _words() -> Callable[[str], str]:
    """Folded code and words of a need, each worked out once."""
    known: dict[str, str] = {}

    def word_of(code: str) -> str:
        if code not in known:
            known[code] = folded(f"\n{code}\n{need_word(code)}")
        return known[code]

    return word_of
