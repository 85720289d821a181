"""How one child gets on: in each subject, in the wider outcomes, and at school at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.models.tables import field_of
from senreg.rules.dates import days_after
from senreg.rules.measures.absence import Threshold, threshold_for
from senreg.rules.measures.assessed import Mark, Moved, from_least, moved
from senreg.rules.measures.parts import key_stage
from senreg.rules.measures.progress import expected_of, pair_of
from senreg.rules.measures.scale_steps import points_of, same_name, scales_of
from senreg.rules.measures.term_count import TERMS_A_YEAR, TermCount
from senreg.rules.measures.wider import change_of
from senreg.rules.reading import Reading, Row
from senreg.rules.tracking import TWELVE_MONTHS, spark


@dataclass(frozen=True, slots=True)
class SubjectProgress:
    """A child in a subject.

    Args:
        subject: The code of the subject.
        title: The subject in words.
        rows: The assessments, the newest first.
        spark: Points of all of them as bars; empty where there are fewer than two on one scale.
        first: The first on the scale of the latest.
        last: The latest.
        since: How far from first to last; None where that cannot be told.
        a_year: Points a year over the twelve months to the day asked about, as on the tracking
            grid; None where no two assessments lie two terms apart.
        expected: Points the school expects in a year; None where it says nothing.
        marks: The results on the scale of the latest, the earliest first.
    """

    subject: str
    title: str
    rows: tuple[Row, ...]
    spark: str
    first: Mark
    last: Mark
    since: Moved | None
    a_year: float | None
    expected: float | None
    marks: tuple[Mark, ...] = ()

    @property
    def verdict(self) -> str:
        """below, expected, above; empty where it is not known."""
        if self.a_year is None or self.expected is None:
            return ""
        apart = self.a_year - self.expected
        return "expected" if abs(apart) < 1e-9 else "above" if apart > 0 else "below"


def subjects_of(register: Reading, pupil: Row, today: date) -> list[SubjectProgress]:
    """Each subject a child was assessed in up to a day, by name."""
    scales = scales_of(register)
    by_subject: dict[str, list[tuple[Mark, Row]]] = {}
    for row in register.by("assessments", "pupil").get(pupil["id"], ()):
        day = str(row.get("date") or "")
        if not day or day > today.isoformat():
            continue
        mark = Mark(
            day, str(row.get("scale") or ""), str(row.get("value") or ""), points_of(row, scales)
        )
        by_subject.setdefault(str(row.get("subject") or ""), []).append((mark, row))
    field = field_of("assessments", "subject")
    terms = TermCount(register.all("terms"))
    since = days_after(today, -TWELVE_MONTHS)
    stage = key_stage(str(pupil.get("year_group") or ""))
    found = []
    for subject, pairs in by_subject.items():
        pairs.sort(key=lambda pair: from_least(pair[0], scales))
        marks = [mark for mark, _ in pairs]
        last = marks[-1]
        same = [mark for mark in marks if same_name(mark.scale, last.scale)]
        points = [mark.points for mark in same if mark.points is not None]
        expectations = register.all("expectations")
        found.append(
            SubjectProgress(
                subject,
                field.label_of(subject) or "No subject",
                tuple(row for _, row in reversed(pairs)),
                spark(points),
                same[0],
                last,
                moved(same[0], last, scales) if len(same) > 1 else None,
                _a_year([mark for mark in marks if mark.day >= since], terms),
                expected_of(expectations, subject, last.scale, stage, last.day),
                tuple(same),
            )
        )
    return sorted(found, key=lambda each: each.title)


def _a_year(marks: list[Mark], terms: TermCount) -> float | None:
    pair = pair_of(marks, terms)
    if pair is None:
        return None
    first, last = pair
    apart = terms.of_assessment(last.day) - terms.of_assessment(first.day)
    return ((last.points or 0) - (first.points or 0)) / apart * TERMS_A_YEAR


@dataclass(frozen=True, slots=True)
class WiderOutcome:
    """A child in one of the wider outcomes.

    Args:
        category: Its code.
        title: It in words.
        rows: The marks, the newest first.
        change: From the first mark to the last on one scale in the good direction; None where
            that cannot be told.
    """

    category: str
    title: str
    rows: tuple[Row, ...]
    change: float | None

    @property
    def words(self) -> str:
        """better, worse, the same; empty where it is not known."""
        if self.change is None:
            return ""
        return "the same" if not self.change else "better" if self.change > 0 else "worse"


def wider_of(register: Reading, pupil: str) -> list[WiderOutcome]:
    """The wider outcomes a child has marks in, by name."""
    scales = scales_of(register)
    by_category: dict[str, list[Row]] = {}
    for row in register.by("wider_marks", "pupil").get(pupil, ()):
        by_category.setdefault(str(row.get("category") or ""), []).append(row)
    field = field_of("wider_marks", "category")
    found = []
    for category, rows in by_category.items():
        told = [row for row in rows if row.get("date") and row.get("value") is not None]
        rows.sort(key=lambda row: str(row.get("date") or "9999"), reverse=True)
        title = field.label_of(category) or "Other"
        found.append(WiderOutcome(category, title, tuple(rows), change_of(told, scales)))
    return sorted(found, key=lambda each: each.title)


@dataclass(frozen=True, slots=True)
class Attended:
    """A child's attendance over a stretch of days.

    Args:
        row: The row of `attendance`.
        missed: Sessions missed; None where a figure is missing.
        possible: Sessions there were; None where it is missing.
        threshold: From what on absence is persistent, by the definition of its days; None where
            the days are not known.
    """

    row: Row
    missed: int | None
    possible: int | None
    threshold: Threshold | None

    @property
    def share(self) -> float | None:
        """Sessions missed of those there were, 0 to 1; None where it is not known."""
        return self.missed / self.possible if self.missed is not None and self.possible else None

    @property
    def persistent(self) -> bool | None:
        """Whether the absence meets the threshold; None where it is not known."""
        if self.share is None or self.threshold is None:
            return None
        return self.threshold.is_met(self.missed or 0, self.possible or 0)


def attendance_of(register: Reading, pupil: str) -> list[Attended]:
    """A child's attendance, the newest first."""
    school = next(iter(register.all("school")), {})
    rows = sorted(
        register.by("attendance", "pupil").get(pupil, ()),
        key=lambda row: str(row.get("start") or "9999"),
        reverse=True,
    )
    found = []
    for row in rows:
        parts = [row.get("authorised"), row.get("unauthorised")]
        known = [each for each in parts if each is not None]
        missed = sum(known) if len(known) == len(parts) else None
        threshold = None
        if row.get("start") and row.get("end"):
            days = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
            threshold = threshold_for(school, *days)
        found.append(Attended(row, missed, row.get("possible"), threshold))
    return found
