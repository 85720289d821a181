"""By what the figures about pupils can be parted, each with its value on a day."""

from __future__ import annotations

from datetime import date
from functools import cache

from senreg.errors import WrongUsage
from senreg.rules.belonging import place_on
from senreg.rules.measures.asked import NOT_KNOWN, Asked
from senreg.rules.naming import staff_named
from senreg.rules.needs import open_needs, primary_of
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.status import has_sen, status_on

_KEY_STAGES = {"KS1": ("1", "2"), "KS2": ("3", "4", "5", "6"), "KS3": ("7", "8", "9"),
               "KS4": ("10", "11"), "KS5": ("12", "13", "14")}  # fmt: skip
"""Years 1 and 2, 3 to 6, 7 to 9, 10 and 11, 12 to 14 (CBDS curriculum years)."""

_PLACE = ("year_group", "class_name", "key_teacher")
_OWN = ("sex", "ethnicity", "first_language")
_YES_NO = ("eal", "fsm", "pupil_premium", "looked_after", "service_child")

PARTS = (
    *_PLACE, "key_stage", "status", "sen", "need", "cohort", *_OWN, *_YES_NO,
)  # fmt: skip
"""What `--by` may name for figures about pupils."""


def key_stage(year_group: str) -> str:
    """The key stage of a year group: KS1 to KS5, EY before Year 1, empty where unknown."""
    for stage, years in _KEY_STAGES.items():
        if year_group in years:
            return stage
    return "EY" if year_group else ""


class Parts:
    """Finds the part a pupil belongs to on a day.

    Class, year and key teacher are those of the school year of the day; status and need those
    that held on it. Sex, language and the like are the pupil's own: the register keeps no
    history of them.
    """

    def __init__(self, register: Reading, today: date) -> None:
        self._register = register
        self._today = today
        self._terms = register.all("terms")
        self._enrolments = register.by("enrolments", "pupil")
        self._statuses = register.by("sen_statuses", "pupil")
        self._needs = register.by("needs", "pupil")
        self._memberships = register.by("cohort_memberships", "pupil")

    def code(self, pupil: Row, day: date | str) -> str:
        """The SEN status of a pupil on a day; empty where none is recorded."""
        status = status_on(self._statuses.get(pupil["id"], ()), day)
        return str(status.get("code") or "") if status else ""

    def has_sen(self, pupil: Row, day: date | str) -> bool:
        """Whether a pupil was on the SEN register on a day: K, E or an old stage."""
        return has_sen(self.code(pupil, day))

    def stage(self, pupil: Row, day: date) -> str:
        """The key stage of a pupil on a day; empty where it is not known."""
        return key_stage(self._place(pupil, day, "year_group"))

    def in_cohort(self, pupil: Row, day: str) -> bool:
        """Whether a pupil belonged to the cohort on a day."""
        return any(covers(row, day) for row in self._memberships.get(pupil["id"], ()))

    def in_cohort_throughout(self, pupil: Row, first: str, last: str) -> bool:
        """Whether memberships without a gap cover all days from the first to the last."""
        rows = self._memberships.get(pupil["id"], ())
        spans = sorted((row.get("start") or "", row.get("end") or "9999-12-31") for row in rows)
        reached = ""
        for start, end in spans:
            if not reached and start <= first <= end:
                reached = end
            elif reached and start <= _next_day(reached):
                reached = max(reached, end)
        return reached >= last

    def of(self, pupil: Row, part: str, day: date) -> str:
        """What a pupil belongs to on a day, in words, NOT_KNOWN where that is not recorded."""
        if part in _PLACE:
            found = self._place(pupil, day, part)
        elif part == "key_stage":
            found = self.stage(pupil, day)
        elif part == "status":
            found = self.code(pupil, day) or "none"
        elif part == "sen":
            found = "SEN" if self.has_sen(pupil, day) else "no SEN"
        elif part == "need":
            need = primary_of(open_needs(self._needs.get(pupil["id"], ()), day))
            found = str(need.get("code")) if need else "none"
        elif part == "cohort":
            found = "cohort" if self.in_cohort(pupil, day.isoformat()) else "others"
        elif part in _YES_NO:
            found = "yes" if pupil.get(part) else "no"
        else:
            found = str(pupil.get(part) or "")
        return found or NOT_KNOWN

    def by(self, pupil: Row, part: str, day: date) -> dict[str, str]:
        """The `by` of a row: empty where nothing is parted."""
        return {part: self.of(pupil, part, day)} if part else {}

    def _place(self, pupil: Row, day: date, name: str) -> str:
        place = place_on(
            pupil, self._enrolments.get(pupil["id"], ()), day, self._today, self._terms
        )
        found = str(getattr(place, name))
        return staff_named(found, self._register.get) if name == "key_teacher" else found


def refuse_other_parts(asked: Asked, *more: str) -> None:
    """Raise WrongUsage for a part that a measure of pupils does not have.

    Args:
        asked: What is asked.
        more: The measure's own parts beside those of pupils.
    """
    known = (*more, *PARTS)
    if asked.by and asked.by not in known:
        raise WrongUsage(
            f"This measure cannot be parted by {asked.by}.",
            do="It can be parted by: " + ", ".join(known) + ".",
        )


@cache
def _next_day(day: str) -> str:
    when = date.fromisoformat(day)
    return day if when == date.max else date.fromordinal(when.toordinal() + 1).isoformat()
