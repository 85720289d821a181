"""What an objective is measured by, counted for its own pupils.

Periods and definitions are those of the leadership screen, so that the two never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from senreg.models.entry import choice_meant
from senreg.models.tables import field_of
from senreg.rules.dates import first_of_school_year
from senreg.rules.leading.lines import year_back
from senreg.rules.measures import Asked, measured, usual_start
from senreg.rules.measures.absence import absent_in_words, tallies_in, threshold_for
from senreg.rules.measures.asked import mean, period_in_words
from senreg.rules.measures.assessed import Assessed
from senreg.rules.measures.participation import WANTED, held_in, times_met
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.progress import Gained, gains
from senreg.rules.measures.responsibility import held_in_words, planned_in
from senreg.rules.measures.scale_steps import scales_of
from senreg.rules.measures.wider import change_of, changed_in_words, taking_in_words, taking_part
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading, Row

PROGRESS = "progress"
"""What an objective is measured by that names nothing, or only a subject."""


class Judged(NamedTuple):
    """How the pupils of an objective stand.

    Args:
        value: '26 of 39'; '–' where it is known of nobody.
        what: What is counted, and in which time.
        known: The pupils of whom it is known.
        said: How each of these stands, in words.
    """

    value: str
    what: str
    known: frozenset[str]
    said: Mapping[str, str]


def measure_of(row: Row) -> str:
    """The code of what an objective is measured by; empty where the register cannot tell.

    Args:
        row: A row of `objectives`. Words that begin with “progress”, and a subject, mean progress.
    """
    given = str(row.get("measure") or "")
    choice = choice_meant(field_of("objectives", "measure"), given) if given else None
    if choice is not None:
        return choice.code
    means_progress = not given or bool(row.get("subject")) or given.casefold().startswith(PROGRESS)
    return PROGRESS if means_progress else ""


def subject_of(row: Row) -> str:
    """The code of an objective's subject, or its own words; empty where it names none."""
    given = str(row.get("subject") or "")
    choice = choice_meant(field_of("assessments", "subject"), given) if given else None
    return choice.code if choice else given


class Judging:
    """Counts for objectives, each thing worked out once for all of them.

    Args:
        register: The register.
        today: The day to which it counts.
        pupils: The ids of all pupils that an objective rests on.
    """

    def __init__(self, register: Reading, today: date, pupils: Iterable[str]) -> None:
        self._register = register
        self._today = today
        self._pupils = [row for row in map(register.get, sorted(set(pupils))) if row is not None]
        self._months = Asked(year_back(today), today, today)

    def of(self, row: Row, pupils: Iterable[str]) -> Judged | None:
        """How these pupils stand by what an objective is measured by; None for what has no rule."""
        code = measure_of(row)
        if code == PROGRESS:
            return self._progress(subject_of(row), tuple(pupils))
        counted: dict[str, Callable[[tuple[str, ...]], Judged]] = {
            "participation": self._met_three_times,
            "conversations": self._held,
            "absence": self._present,
            "taking_part": self._taking_part,
        }
        if code in counted:
            return counted[code](tuple(pupils))
        return self._changed(code, tuple(pupils)) if code else None

    @cached_property
    def _gains(self) -> dict[str, dict[str, Gained]]:
        """What the pupils gained, by subject and pupil."""
        parts, assessed = Parts(self._register, self._today), Assessed(self._register, self._months)
        return {
            subject: {
                each.pupil["id"]: each
                for each in gains(
                    self._register, self._months, parts, assessed, subject, self._pupils
                )
            }
            for subject in assessed.by_subject
        }

    def _progress(self, subject: str, pupils: tuple[str, ...]) -> Judged:
        words = field_of("assessments", "subject")
        named = {subject: self._gains.get(subject, {})} if subject else self._gains
        own: dict[str, list[Gained]] = {}
        said: dict[str, list[str]] = {}
        for name, gained in named.items():
            for pupil in pupils:
                each = gained.get(pupil)
                if each is not None and each.expected is not None:
                    own.setdefault(pupil, []).append(each)
                    label = "" if subject else f"{words.label_of(name) or name} "
                    said.setdefault(pupil, []).append(f"{label}{each.words}")
        reached = [pupil for pupil, listed in own.items() if all(each.is_enough for each in listed)]
        average = mean([each.a_year for listed in own.values() for each in listed])
        what = "at expected"
        if subject:
            what += f" in {words.label_of(subject) or subject}"
        what += ", 12 months"
        if average is not None:
            what += f"; mean {value_in_words(average)} a year"
        return _judged(reached, own, what, {each: "; ".join(said[each]) for each in own})

    def _met_three_times(self, pupils: tuple[str, ...]) -> Judged:
        start = usual_start("participation", self._today, self._register.all("terms"))
        asked = Asked(start, self._today, self._today)
        cohort = {each for row in measured("participation", self._register, asked).rows
                  for each in row.behind}  # fmt: skip
        held = held_in(self._register, asked)
        counts = {each: len(held.get(each, ())) for each in pupils if each in cohort}
        what = f"families met three times, {period_in_words(start, self._today)}"
        said = {each: times_met(count) for each, count in counts.items()}
        return _judged([e for e, count in counts.items() if count >= WANTED], counts, what, said)

    def _held(self, pupils: tuple[str, ...]) -> Judged:
        start = first_of_school_year(self._today, self._register.all("terms"))
        asked = Asked(start, self._today, self._today)
        held, planned = held_in(self._register, asked), planned_in(self._register, asked)
        known = {each: (len(held.get(each, ())), planned[each]) for each in pupils
                 if planned.get(each)}  # fmt: skip
        met, meant = (sum(each[place] for each in known.values()) for place in (0, 1))
        said = {each: held_in_words(*own) for each, own in known.items()}
        value = f"{met} of {meant}" if known else "–"
        what = "conversations held of planned, this school year"
        return Judged(value, what, frozenset(known), said)

    def _present(self, pupils: tuple[str, ...]) -> Judged:
        school = next(iter(self._register.all("school")), {})
        limit = threshold_for(school, self._months.start, self._months.end)
        tallies = tallies_in(self._register, self._months.first, self._months.last)
        known = {each: tallies[each] for each in pupils if each in tallies}
        present = [each for each, tally in known.items() if not limit.is_met(*tally)]
        said = {
            each: f"{'✓' if each in present else '▼'} {absent_in_words(*tally)}"
            for each, tally in known.items()
        }
        return _judged(present, known, "not persistently absent, 12 months", said)

    def _taking_part(self, pupils: tuple[str, ...]) -> Judged:
        taking = taking_part(self._register, self._months.first, self._months.last)
        known = {each: taking[each] for each in pupils if each in taking}
        said = {each: taking_in_words(yes) for each, yes in known.items()}
        what = "take part in something, 12 months"
        return _judged([each for each, yes in known.items() if yes], known, what, said)

    def _changed(self, category: str, pupils: tuple[str, ...]) -> Judged:
        marks = self._register.by("wider_marks", "pupil")
        scales = scales_of(self._register)
        changes: dict[str, float] = {}
        for pupil in pupils:
            change = change_of(
                [row for row in marks.get(pupil, ())
                 if row.get("category") == category and row.get("value") is not None
                 and self._months.holds(row.get("date"))],
                scales,
            )  # fmt: skip
            if change is not None:
                changes[pupil] = change
        better = [each for each, change in changes.items() if change > 0]
        said = {each: changed_in_words(change) for each, change in changes.items()}
        label = field_of("objectives", "measure").label_of(category)
        return _judged(better, changes, f"{label[:1].lower()}{label[1:]}, 12 months", said)


def _judged(
    reached: Iterable[str], known: Iterable[str], what: str, said: Mapping[str, str]
) -> Judged:
    pupils = frozenset(known)
    value = f"{len(list(reached))} of {len(pupils)}" if pupils else "–"
    return Judged(value, what, pupils, said)
