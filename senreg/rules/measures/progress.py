"""Progress in points a year, attainment at the last assessment, and the gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, mean, parted, share
from senreg.rules.measures.assessed import Assessed, Mark, Marks
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.scale_steps import same_name
from senreg.rules.measures.term_count import TERMS_A_YEAR, TermCount
from senreg.rules.measures.who import ROLL, on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading, Row

LEAST_TERMS = 2
"""Terms that must lie between the first and the last assessment."""

DEFINITION = (
    "Of pupils on roll on the last day with a first and a last assessment in the period on one "
    "scale, at least two terms apart, the share whose points a year (points gained ÷ terms "
    "between × 3; an assessment before 1 November counts as the summer before) are at or above "
    "what is expected."
)


class Gained(NamedTuple):
    """What a pupil gained in a subject.

    Args:
        pupil: The pupil.
        day: The ISO day of the last assessment.
        scale: The scale both are on.
        a_year: Points a year.
        expected: What was expected of the pupil in a year; None where nothing is.
    """

    pupil: Row
    day: str
    scale: str
    a_year: float
    expected: float | None

    @property
    def is_enough(self) -> bool:
        """Whether it is at or above what was expected."""
        return self.expected is not None and self.a_year >= self.expected - 1e-9

    @property
    def words(self) -> str:
        """'✓ 4.5 a year', '▼ 1 a year, below 3'."""
        pace = f"{value_in_words(self.a_year)} a year"
        if self.expected is None or self.is_enough:
            return f"✓ {pace}" if self.is_enough else pace
        return f"▼ {pace}, below {value_in_words(self.expected)}"


def progress(register: Reading, asked: Asked) -> Measure:
    """The measure `progress`.

    In a subject of which nothing says what is expected all pupils are unknown, and a note says so.

    Raises WrongUsage where nothing says what is expected in any subject.
    """
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    assessed = Assessed(register, asked)
    subjects = assessed.subjects(asked)
    pupils = on_roll(register, asked.end)
    rows: list[MeasureRow] = []
    found = {
        subject: gains(register, asked, parts, assessed, subject, pupils) for subject in subjects
    }
    unsaid = [subject for subject, gained in found.items() if _says_nothing(gained)]
    if unsaid and len(unsaid) == sum(bool(gained) for gained in found.values()):
        raise WrongUsage(_unsaid(unsaid[0]), do=_SAY)
    for subject, gained in found.items():
        by_pupil = {each.pupil["id"]: each for each in gained}

        def part_of(pupil: Row, found: Mapping[str, Gained] = by_pupil) -> str:
            last = found.get(pupil["id"])
            day = date.fromisoformat(last.day) if last else asked.end
            return parts.of(pupil, asked.by, day) if asked.by else ""

        for part, members in parted(pupils, part_of) or [("", [])]:
            by = {} if asked.subject else {"subject": subject}
            if asked.by:
                by[asked.by] = str(part)
            reason = _unsaid(subject) if subject in unsaid else ""
            rows.append(_row(by, members, by_pupil, reason))
    notes = tuple(f"{_unsaid(subject)} {_SAY}" for subject in unsaid)
    return Measure("progress", DEFINITION, asked.start, asked.end, tuple(rows), notes, whom=ROLL)


_SAY = "Give --expected POINTS, or an expectation in Settings."


def _unsaid(subject: str) -> str:
    return f"Nothing says how much progress is expected in {subject or 'what has no subject'}."


def _says_nothing(gained: Sequence[Gained]) -> bool:
    """Whether there are pupils with a pair, and of none of them it is said what is expected."""
    return bool(gained) and all(each.expected is None for each in gained)


def _row(
    by: dict[str, str], members: Sequence[Row], found: Mapping[str, Gained], reason: str
) -> MeasureRow:
    known = [found[each["id"]] for each in members if each["id"] in found]
    judged = [each for each in known if each.expected is not None]
    figures = [each.a_year for each in judged]
    enough = sum(each.is_enough for each in judged)
    names = {each.pupil["id"] for each in judged}
    expected = {each.expected for each in judged}
    return MeasureRow(
        by,
        len(judged),
        len(members) - len(judged),
        share(enough, len(judged)),
        "share",
        {
            "mean": mean(figures),
            "median": median(figures) if figures else None,
            "expected": expected.pop() if len(expected) == 1 else None,
        }
        | ({"reason": reason} if reason else {}),
        tuple(each.pupil["id"] for each in judged),
        tuple(each["id"] for each in members if each["id"] not in names),
        said={each.pupil["id"]: each.words for each in judged},
    )


def gains(
    register: Reading,
    asked: Asked,
    parts: Parts,
    assessed: Assessed,
    subject: str,
    pupils: Sequence[Row],
) -> list[Gained]:
    """What each of the pupils gained in a subject; those who lack a pair are left out."""
    terms = TermCount(register.all("terms"))
    expectations = register.all("expectations")
    marks = assessed.by_subject.get(subject, {})
    found = []
    for pupil in pupils:
        pair = pair_of(marks.get(pupil["id"], ()), terms)
        if pair is None:
            continue
        first, last = pair
        between = terms.of_assessment(last.day) - terms.of_assessment(first.day)
        gain = (last.points or 0.0) - (first.points or 0.0)
        stage = parts.stage(pupil, date.fromisoformat(last.day))
        expected = asked.expected
        if expected is None:
            expected = expected_of(expectations, subject, last.scale, stage, last.day)
        a_year = gain / between * TERMS_A_YEAR
        found.append(Gained(pupil, last.day, last.scale, a_year, expected))
    return found


def expected_of(
    expectations: Sequence[Row], subject: str, scale: str, stage: str, day: str
) -> float | None:
    """Points a year that the school expects; None where nothing says."""
    row = expectation_of(expectations, subject, scale, stage, day)
    return float(row["points_a_year"]) if row is not None else None


def expectation_of(
    expectations: Sequence[Row], subject: str, scale: str, stage: str, day: str
) -> Row | None:
    """What the school expects: of what fits, the most particular, then the newest."""
    fitting: list[tuple[int, str, float, Row]] = []
    for row in expectations:
        wanted = (
            (row.get("subject"), subject),
            (row.get("scale"), scale),
            (row.get("stage"), stage),
        )
        if any(said and not same_name(said, is_) for said, is_ in wanted):
            continue
        if row.get("points_a_year") is None or str(row.get("start") or "") > day:
            continue
        particular = sum(bool(said) for said, _ in wanted)
        begun, points = str(row.get("start") or ""), float(row["points_a_year"])
        fitting.append((particular, begun, points, row))
    return max(fitting, key=lambda each: each[:3])[3] if fitting else None


def pair_of(marks: Sequence[Mark], terms: TermCount) -> tuple[Mark, Mark] | None:
    """The first and last mark on one scale, two terms apart; the scale with the latest last one.

    Of several marks on one day the best counts, on the first day as on the last.
    """
    best: tuple[Mark, Mark] | None = None
    for scale in dict.fromkeys(mark.scale for mark in marks):
        own = [mark for mark in marks if mark.scale == scale and mark.points is not None]
        if not own:
            continue
        first = next(mark for mark in reversed(own) if mark.day == own[0].day)
        last = own[-1]
        apart = terms.of_assessment(last.day) - terms.of_assessment(first.day)
        if apart >= LEAST_TERMS and (best is None or last[:2] > best[1][:2]):
            best = (first, last)
    return best


def latest(marks: Marks) -> dict[str, Mark]:
    """The last mark of each pupil."""
    return {pupil: own[-1] for pupil, own in marks.items() if own}
