"""A child who alone went to another scale in a subject: no progress is known across the two.

Schools change scales, and then everybody goes to the new one: that is the school's doing, and
nothing is said of it. Of one child among others who stay, the scale may have been mistaken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from senreg.models.tables import field_of
from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.measures.scale_steps import folded_name, same_name
from senreg.rules.reading import Reading, Row

_ROUND = timedelta(days=14)
"""Within how many days the results of one round are entered."""


class _Taken(NamedTuple):
    """What a child has in a subject on one scale: the first and the last day."""

    first: str
    last: str


class ScaleChanges:
    """Changes of scale in a register as it stands: build it anew once something is written.

    Args:
        register: The open register.
    """

    def __init__(self, register: Reading) -> None:
        self._register = register
        self._taken: dict[str, dict[str, dict[str, _Taken]]] = {}
        self._moved: dict[tuple[str, str, str, str], Counter[str]] = {}

    def findings(self) -> Iterator[Finding]:
        """The first change of each child in each subject."""
        for rows in self._register.by("assessments", "pupil").values():
            yield from self.of_pupil(rows)

    def of_pupil(self, rows: Iterable[Row]) -> Iterator[Finding]:
        """The first change in each subject among the results of one child."""
        by_subject: dict[str, list[Row]] = {}
        for row in rows:
            if row.get("date") and row.get("scale"):
                by_subject.setdefault(str(row.get("subject") or ""), []).append(row)
        for own in by_subject.values():
            if len({row.get("scale") for row in own}) > 1:
                own.sort(key=lambda row: str(row["date"]))
                pairs = pairwise(own)
                found = next((row for before, row in pairs if self._alone(before, row)), None)
                if found is not None:
                    yield self._finding(found)

    def told(self, row: Row) -> list[Finding]:
        """That a result is on another scale than the one before it of the same child."""
        before = self._before(row, str(row.get("date") or "")) if row.get("scale") else None
        return [self._finding(row)] if before is not None and self._alone(before, row) else []

    def before_entry(self, pupil: str, subject: str, scale: str, day: str) -> str:
        """The scale that a child was on so far, before a result on another; empty for none.

        Args:
            pupil: The child.
            subject: The subject.
            scale: The scale of the result that is to be entered.
            day: Its ISO day; empty where it is not known.
        """
        row = {"id": "", "pupil": pupil, "subject": subject, "scale": scale, "date": day}
        before = self._before(row, day)
        return str(before["scale"]) if before is not None and self._alone(before, row) else ""

    def _before(self, row: Row, day: str) -> Row | None:
        """The last result of an earlier day in the same subject."""
        rows = self._register.by("assessments", "pupil").get(row.get("pupil"), ())
        earlier = (
            each
            for each in rows
            if each.get("subject") == row.get("subject")
            and each.get("scale")
            and "" < str(each.get("date") or "") < day
        )
        return max(earlier, key=lambda each: str(each["date"]), default=None)

    def _alone(self, before: Row, row: Row) -> bool:
        """Whether a child changed scales on a day on which the others stayed."""
        if before["date"] == row["date"] or same_name(before.get("scale"), row.get("scale")):
            return False
        old, new = (folded_name(each.get("scale")) for each in (before, row))
        return not self._others_went(
            str(row.get("subject") or ""), str(row.get("pupil")), old, new, str(row["date"])
        )

    def _others_went(self, subject: str, pupil: str, old: str, new: str, day: str) -> bool:
        """Whether, of the others assessed about the day and since, as many went as stayed."""
        key = (subject, old, new, day)
        if key not in self._moved:
            every = self._in(subject).values()
            self._moved[key] = Counter(_moved(scales, old, new, day) for scales in every)
        moved = self._moved[key]
        own = _moved(self._in(subject).get(pupil, {}), old, new, day)
        went, stayed = (moved[each] - (own == each) for each in ("went", "stayed"))
        return went > 0 and went >= stayed

    def _in(self, subject: str) -> dict[str, dict[str, _Taken]]:
        """By pupil and scale, from when to when a child was assessed in a subject."""
        if not self._taken:
            self._taken = {"": {}}
            for row in self._register.all("assessments"):
                day = str(row.get("date") or "")
                if day:
                    own = self._taken.setdefault(str(row.get("subject") or ""), {})
                    scales = own.setdefault(str(row.get("pupil")), {})
                    name = folded_name(row.get("scale"))
                    had = scales.get(name, _Taken(day, day))
                    scales[name] = _Taken(min(day, had.first), max(day, had.last))
        return self._taken.get(subject, {})

    def _finding(self, row: Row) -> Finding:
        before = self._before(row, str(row["date"])) or row
        pupil = self._register.get(str(row.get("pupil") or ""))
        what = (
            field_of("assessments", "subject").label_of(row.get("subject")) or "What is of nothing"
        )
        words = (
            f"{who(pupil) if pupil is not None else 'A child'}: {what} was on {before['scale']} on "
            f"{short_day(before['date'])} and is on {row['scale']} from {short_day(row['date'])}; "
            "no progress is worked out across two scales."
        )
        return Finding("scale_changed", "note", "assessments", row["id"], words)


def _moved(scales: Mapping[str, _Taken], old: str, new: str, day: str) -> str:
    """Whether a child on the old scale before a day went to the new one, or stayed after it."""
    had = scales.get(old)
    if had is None or had.first >= day:
        return ""
    if new in scales:
        return "went"
    since = (date.fromisoformat(day) - _ROUND).isoformat()
    return "stayed" if had.last >= since else ""
