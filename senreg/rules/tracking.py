"""Tracking: every child's line in every subject over the last terms, and who stands out.

No child is judged by a group's average: each is set beside what is expected of one child, and the
lists say by which criteria a child is in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from senreg.models.tables import field_of
from senreg.models.text import clean_line, folded
from senreg.rules.dates import days_after, term_of
from senreg.rules.lowest_fifth import IN, Followed, bound_of, by_term, followed
from senreg.rules.measures import Asked
from senreg.rules.measures.assessed import Assessed, Mark, Moved, moved
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.progress import expectation_of, pair_of
from senreg.rules.measures.term_count import TERMS_A_YEAR, TermCount
from senreg.rules.naming import list_name
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen

TERMS_SHOWN = 4
TWELVE_MONTHS = 365
"""Days before today that the grid looks at."""

_ON_SUPPORT = frozenset("KAP")
"""SEN support, and the two stages of which it took the place."""

_BARS = "▁▂▃▄▅▆▇█"

VIEWS: dict[str, str] = {
    "all": "All",
    "below": "Below expected",
    "fifth": "Lowest fifth",
    "followed": "Fifth by term",
    "missed": "Missed?",
    "ready": "Ready to come off?",
    "moved": "Changed",
}
"""The ways of looking at the grid, with their names."""

CRITERIA: dict[str, str] = {
    "all": "Every child on roll with an assessment in the twelve months, a line for each subject.",
    "below": "Points a year over the twelve months, two terms or more apart, are below what is "
    "expected.",
    "fifth": "Of the children of a year group assessed in a subject on one scale, the fifth with "
    "the fewest points at the latest assessment; ties are all in it.",
    "followed": "▾ is in the lowest fifth of that term; a line for each subject.",
    "missed": "Not on the SEN register, in the lowest fifth of the year, and below expected "
    "progress in that subject. Somebody should look.",
    "ready": "On SEN support (K, or A and P of old); in every subject assessed at least expected "
    "progress, at or above the middle child without SEN of the year, and not in the lowest fifth. "
    "A question to ask, not an answer.",
    "moved": "The latest assessment is another than the one before it on the scale: by so many "
    "points, or steps of a scale without points.",
}
"""By which criteria a child is in each of them."""


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A child's line in a subject.

    Args:
        id: Pupil and subject.
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        class_name: The class today.
        year_group: The year group today.
        code: The SEN status today; empty where none is recorded.
        subject: The subject in words.
        values: The value of each of the last terms, the earliest first; empty where none.
        fifth: Of each of these terms in, out or, where it is not known, empty: whether the child
            was in the lowest fifth.
        spark: Points over the twelve months as bars; empty where there are fewer than two.
        points: Points at the latest assessment; None where it has none.
        change: Points, or steps of a scale without any, since the assessment before it; None
            where there is none on the same scale.
        a_year: Points a year over the twelve months; None where no two lie two terms apart.
        expected: What is expected in a year; None where nothing is.
        source: Who says that so much is expected; empty where it is not said.
        lists: The views it is in.
        haystack: Folded text that the filter looks in.
    """

    id: str
    pupil: str
    name: str
    class_name: str
    year_group: str
    code: str
    subject: str
    values: tuple[str, ...]
    fifth: tuple[str, ...]
    spark: str
    points: float | None
    change: Moved | None
    a_year: float | None
    expected: float | None
    source: str
    lists: frozenset[str]
    haystack: str

    @property
    def verdict(self) -> str:
        """below, expected, above, or empty where it is not known."""
        if self.a_year is None or self.expected is None:
            return ""
        if self.a_year < self.expected - 1e-9:
            return "below"
        return "above" if self.a_year > self.expected + 1e-9 else "expected"


@dataclass(frozen=True, slots=True)
class Tracking:
    """The grid: the names of its terms, and its lines by name and subject."""

    terms: tuple[str, ...]
    rows: tuple[TrackRow, ...]
    on_register: int
    """Children on the SEN register."""
    fifth: tuple[Followed, ...] = ()
    """How the lowest fifth moved from term to term, the earliest first."""

    @property
    def a_tenth_fewer(self) -> str:
        """What a tenth fewer on the SEN register would mean here, in words."""
        fewer = round(self.on_register / 10)
        return (
            f"A tenth fewer on the SEN register would be {fewer} of {self.on_register} children: "
            "those whose needs good teaching meets, found one by one, never a quota."
        )

    def count(self, view: str) -> int:
        """How many children are in a view."""
        return len({row.pupil for row in self.rows if view in row.lists})


@dataclass(slots=True)
class _Line:
    pupil: Row
    subject: str
    marks: list[Mark]
    code: str
    a_year: float | None
    expected: Row | None
    change: Moved | None = None
    low: bool = False
    fifth: tuple[str, ...] = ()

    @property
    def points_expected(self) -> float | None:
        """What is expected in a year; None where nothing is."""
        return float(self.expected["points_a_year"]) if self.expected is not None else None

    @property
    def id(self) -> str:
        """Pupil and subject."""
        return f"{self.pupil['id']}:{self.subject}"


def tracking(register: Reading, today: date) -> Tracking:
    """The grid on a day, of the twelve months before it."""
    start = date.fromisoformat(days_after(today, -TWELVE_MONTHS))
    asked = Asked(start, today, today)
    assessed, parts = Assessed(register, asked), Parts(register, today)
    terms = TermCount(register.all("terms"))
    pupils = on_roll(register, today)
    lines = [
        _line(register, assessed, parts, terms, pupil, subject, today)
        for subject, marks in assessed.by_subject.items()
        for pupil in pupils
        if marks.get(pupil["id"])
    ]
    middle = _find_low(lines)
    ready = _ready(lines, middle)
    shown = _terms_shown(register, today)
    names, numbers = tuple(name for name, _ in shown), [number for _, number in shown]
    compared = [(each.id, f"{each.pupil.get('year_group')} {each.subject}", each.marks)
                for each in lines]  # fmt: skip
    fifths = by_term(compared, numbers, terms.of)
    for line in lines:
        line.fifth = fifths[line.id]
    field = field_of("assessments", "subject")
    rows = [
        _row(line, shown, terms, field.label_of(line.subject), line.pupil["id"] in ready)
        for line in lines
    ]
    rows.sort(key=lambda row: (natural(row.class_name), folded(row.name), row.pupil, row.subject))
    on_register = sum(has_sen(parts.code(pupil, today)) for pupil in pupils)
    return Tracking(names, tuple(rows), on_register, tuple(followed(names, fifths)))


def _line(
    register: Reading,
    assessed: Assessed,
    parts: Parts,
    terms: TermCount,
    pupil: Row,
    subject: str,
    today: date,
) -> _Line:
    marks = assessed.by_subject[subject][pupil["id"]]
    pair = pair_of(marks, terms)
    a_year = None
    if pair is not None:
        first, last = pair
        apart = terms.of_assessment(last.day) - terms.of_assessment(first.day)
        a_year = ((last.points or 0) - (first.points or 0)) / apart * TERMS_A_YEAR
    last = marks[-1]
    stage = parts.stage(pupil, today)
    expectations = register.all("expectations")
    expected = expectation_of(expectations, subject, last.scale, stage, last.day)
    change = moved(marks[-2], last, assessed.scales) if len(marks) > 1 else None
    return _Line(pupil, subject, marks, parts.code(pupil, today), a_year, expected, change)


def _find_low(lines: Sequence[_Line]) -> dict[tuple[str, str, str], float]:
    """Say of each line whether it is in the lowest fifth; the middle of those without SEN."""
    groups: dict[tuple[str, str, str], list[_Line]] = {}
    for line in lines:
        if line.marks[-1].points is not None:
            groups.setdefault(_group(line), []).append(line)
    middle = {}
    for key, members in groups.items():
        bound = bound_of([member.marks[-1].points or 0.0 for member in members])
        for member in members:
            member.low = bound is not None and (member.marks[-1].points or 0.0) <= bound
        without = [m.marks[-1].points or 0.0 for m in members if not has_sen(m.code)]
        if without:
            middle[key] = median(without)
    return middle


def _group(line: _Line) -> tuple[str, str, str]:
    return str(line.pupil.get("year_group") or ""), line.subject, line.marks[-1].scale


def _ready(lines: Sequence[_Line], middle: dict[tuple[str, str, str], float]) -> set[str]:
    """The pupils on SEN support who do well in all that is assessed."""
    by_pupil: dict[str, list[_Line]] = {}
    for line in lines:
        if line.code in _ON_SUPPORT:
            by_pupil.setdefault(line.pupil["id"], []).append(line)

    def does_well(line: _Line) -> bool:
        points, bound = line.marks[-1].points, middle.get(_group(line))
        expected = line.points_expected
        if line.a_year is None or expected is None or points is None or bound is None:
            return False
        return line.a_year >= expected - 1e-9 and points >= bound and not line.low

    return {pupil for pupil, own in by_pupil.items() if all(map(does_well, own))}


def _terms_shown(register: Reading, today: date) -> list[tuple[str, int]]:
    """Name and number of the last terms, the earliest first."""
    terms, count = register.all("terms"), TermCount(register.all("terms"))
    found: list[tuple[str, int]] = []
    day = today
    while len(found) < TERMS_SHOWN:
        term = term_of(day, terms)
        number = count.of(day.isoformat())
        if not found or found[-1][1] != number:
            name = ("Aut", "Spr", "Sum")[number % TERMS_A_YEAR]
            found.append((f"{name} {term.start.year % 100:02d}", number))
        day = date.fromisoformat(days_after(min(term.start, day), -1))
    return found[::-1]


def _row(
    line: _Line, shown: Sequence[tuple[str, int]], terms: TermCount, subject: str, ready: bool
) -> TrackRow:
    of_term = {terms.of(mark.day): mark.value for mark in line.marks}
    points = [mark.points for mark in line.marks if mark.points is not None]
    pupil = line.pupil
    expected = line.points_expected
    below = line.a_year is not None and expected is not None and line.a_year < expected - 1e-9
    views = {
        "all": True,
        "below": below,
        "fifth": line.low,
        "followed": IN in line.fifth,
        "missed": line.low and below and not has_sen(line.code),
        "ready": ready,
        "moved": line.change is not None and line.change.by != 0,
    }
    name, class_name = list_name(pupil), str(pupil.get("class_name") or "")
    year = str(pupil.get("year_group") or "")
    return TrackRow(
        line.id,
        pupil["id"],
        name,
        class_name,
        year,
        line.code,
        subject,
        tuple(of_term.get(number, "") for _, number in shown),
        line.fifth,
        spark(points),
        line.marks[-1].points,
        line.change,
        line.a_year,
        expected,
        clean_line(line.expected.get("source") or "") if line.expected is not None else "",
        frozenset(view for view, is_in in views.items() if is_in),
        folded(f"{name} {class_name} y{year} {line.code or 'none'} {subject}"),
    )


def spark(points: Sequence[float]) -> str:
    """Figures as bars, the lowest the shortest; empty for fewer than two."""
    if len(points) < 2:
        return ""
    least, most = min(points), max(points)
    if least == most:
        return _BARS[3] * len(points)
    top = len(_BARS) - 1
    return "".join(_BARS[round((each - least) / (most - least) * top)] for each in points)
