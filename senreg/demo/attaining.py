"""How the invented children get on: the school's scale, what it expects, and every term's marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from senreg.demo.cycle import level
from senreg.demo.making import FIRST_YEAR, LAST_YEAR, Child, Making

SUBJECTS = ("english", "maths")

OLD_SCALE = "National Curriculum level"
NEW_SCALE = "Curriculum steps"

_STEPS = ("entering", "developing", "secure")
_HIGHEST_OLD = 35
_LEVEL_4 = 25
"""Points of level 4c, the least of Level 4."""

_EXPECTED_A_YEAR = 3.0
_GAINS_ON_REGISTER = {
    "english": ((2, 12), (4, 45), (5, 13), (6, 30)),
    "maths": ((2, 22), (4, 56), (6, 22)),
}
"""Points a year, a mean of about four and a half in English and of four in maths, as the school
of the seed reached; every other child moves by about three."""

_GAINS_OF_OTHERS = ((2, 30), (3, 40), (4, 30))
_OVER_SUMMER = ((-1, 14), (0, 76), (1, 10))
"""Steps of the scale by which a mark of September differs from the one of the summer before."""

_BEHIND = {"english": (3, 6), "maths": (2, 5)}


@dataclass(frozen=True, slots=True)
class Drop:
    """A day of the year on which all are assessed, and the share of a year's gain by then."""

    day: date
    share: float


def write_attainment(made: Making) -> None:
    """The scale, the expectation and the assessments of all children this year and last."""
    _write_scale(made)
    drops = _drops(made)
    with made.drawing_apart("marks of September"):
        slips = {
            (child.id, subject): made.draw.weighted(_OVER_SUMMER)
            for child in made.children
            for subject in SUBJECTS
        }
    for child in made.children:
        behind = child.status not in ("", "N", "M")
        for subject in SUBJECTS:
            slip = slips[child.id, subject]
            _write_subject(made, child, subject, drops, slip=slip, behind=behind)


def _write_scale(made: Making) -> None:
    old = made.plan.old
    points = range(7, _HIGHEST_OLD + 1, 2) if old else range(1, 3 * LAST_YEAR + 1)
    made.add(
        "scales",
        name=OLD_SCALE if old else NEW_SCALE,
        kind="attainment",
        steps="\n".join(f"{_value(made, each)} = {each}" for each in points),
        direction="up",
        unit="points",
        source="Points of sub-levels in use until 2015"
        if old
        else "The school's own: a step a term",
    )
    made.add(
        "scales",
        name="Teacher's rating, of 5",
        kind="wider",
        steps="\n".join(f"{each} = {each}" for each in range(1, 6)),
        direction="up",
        source="The school's own",
    )
    two_levels = "Two levels, 12 points, over key stage 2; in use until 2015"
    for subject in SUBJECTS:
        made.add(
            "expectations",
            scale=OLD_SCALE if old else NEW_SCALE,
            subject=subject,
            stage="KS2",
            points_a_year=_EXPECTED_A_YEAR,
            at_least="4c" if old else f"{LAST_YEAR} secure",
            source=two_levels if old else "The school's own: a step a term",
        )


def _drops(made: Making) -> list[tuple[int, Drop]]:
    """The days of assessment up to today, each with its school year."""
    found = []
    for year in (made.year - 1, made.year):
        autumn, spring, summer = (
            term for term in made.days.terms if term.school_year.startswith(str(year))
        )
        for day, share in (
            (autumn.start + timedelta(days=12), 0.0),
            (autumn.end - timedelta(days=12), 1 / 3),
            (spring.end - timedelta(days=9), 2 / 3),
            (summer.end - timedelta(days=26), 1.0),
        ):
            on = made.days.before(day)
            if on <= made.plan.today:
                found.append((year, Drop(on, share)))
    return found[-5:]


def _write_subject(
    made: Making,
    child: Child,
    subject: str,
    drops: list[tuple[int, Drop]],
    *,
    slip: int,
    behind: bool,
) -> None:
    """A child's line in one subject: where a year began, and how far it went.

    This year's mark of September is some steps, `slip`, beside what the summer came to.
    """
    gains = {
        year: made.draw.weighted(_GAINS_ON_REGISTER[subject] if behind else _GAINS_OF_OTHERS)
        for year in (made.year - 1, made.year)
    }
    start = _start(made, child, subject, gains, behind=behind)
    for year, drop in drops:
        if drop.day < child.joined or child.year - (made.year - year) < FIRST_YEAR:
            continue
        moved = gains[year] * drop.share + (gains[made.year - 1] if year == made.year else 0)
        beside = slip * (2 if made.plan.old else 1) if year == made.year and not drop.share else 0
        points = _on_scale(made, start + moved + beside)
        made.add(
            "assessments",
            pupil=child.id,
            subject=subject,
            date=drop.day,
            scale=OLD_SCALE if made.plan.old else NEW_SCALE,
            value=_value(made, points),
            points=float(points),
            by=made.led_by(child, drop.day),
        )


def _start(
    made: Making, child: Child, subject: str, gains: dict[int, int], *, behind: bool
) -> float:
    """Points at the beginning of last school year."""
    draw = made.draw
    year_then = child.year - 1
    usual = 15 + 3 * (year_then - 3) if made.plan.old else 3 * (year_then - 1)
    start = usual - draw.between(*_BEHIND[subject]) if behind else usual + draw.between(-1, 3)
    if made.plan.old and subject == "english" and child.year == LAST_YEAR:
        start = max(start, _LEVEL_4 - gains[made.year] - gains[made.year - 1])
    return start


def _on_scale(made: Making, points: float) -> int:
    if not made.plan.old:
        return min(max(round(points), 1), 3 * LAST_YEAR)
    odd = 2 * round((points - 1) / 2) + 1
    return min(max(odd, 7), _HIGHEST_OLD)


def _value(made: Making, points: int) -> str:
    if made.plan.old:
        return level(points)
    return f"{(points - 1) // 3 + 1} {_STEPS[(points - 1) % 3]}"
