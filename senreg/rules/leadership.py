"""What heads are asked to look at: each figure with its n, its period and the pupils behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from senreg.errors import WrongUsage
from senreg.rules.dates import short_day
from senreg.rules.figures import Figure, figure_of, note_of
from senreg.rules.figures_of_help import (
    barrier_figures,
    provision_figures,
    rating_figures,
    relations_figures,
    workshop_figures,
)
from senreg.rules.leading.answering import pace_of_year
from senreg.rules.measures import Asked, Measure, MeasureRow, measured, usual_start
from senreg.rules.measures.asked import period_in_words
from senreg.rules.measures.participation import LEAD_ROLE, held_in, lead_role_on, times_met
from senreg.rules.measures.register_counts import movements
from senreg.rules.measures.responsibility import held_in_words, planned_in
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import list_name
from senreg.rules.needs import need_word
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_look, status_on
from senreg.rules.years import year_word

SECTIONS: dict[str, str] = {
    "register": "The register",
    "talks": "Conversations with families",
    "progress": "Progress",
    "attendance": "Attendance and wider outcomes",
    "provision": "Provision",
    "relations": "Relationships with parents",
    "ratings": "The school's other ratings",
    "barriers": "Barriers most often named",
    "need": "On the SEN register, by primary need",
    "year_group": "On the SEN register, by year",
    "people": "Whose responsibility",
}
"""The parts of the leadership screen, in their order."""

TAKING_PART = "Take part in something"
SUBJECTS = ("english", "maths")


class Leadership(NamedTuple):
    """The screen: its figures, and the periods they are of."""

    figures: tuple[Figure, ...]
    year: tuple[date, date]
    twelve_months: tuple[date, date]


Watch = Callable[[int, int], object]
"""Told how many of how many parts are worked out, before each; it may raise to stop."""


def leadership(
    register: Reading, today: date, watch: Watch = lambda _done, _of: None
) -> Leadership:
    """Every figure on a day.

    Conversations and movement are of the school year so far; families met three times of that from
    its third term on, before of the twelve months to today; progress, attendance, wider outcomes
    and provision of the twelve months to today, so that autumn has something to show.

    Args:
        register: The register.
        today: The day.
        watch: Told before each part how many of how many are done; what it raises ends the work.
    """
    year = (usual_start("register", today, register.all("terms")), today)
    twelve = (usual_start("progress", today), today)
    met = Asked(usual_start("participation", today, register.all("terms")), today, today)
    so_far = Asked(*year, today)
    months = Asked(*twelve, today)
    people = measured("responsibility", register, so_far)
    parts: tuple[Callable[[], Iterator[Figure]], ...] = (
        partial(_register, register, so_far),
        partial(_talks, register, so_far, met, people),
        partial(_progress, register, months),
        partial(_attendance, register, months),
        partial(provision_figures, register, months),
        partial(relations_figures, register, months),
        partial(workshop_figures, register, months),
        partial(rating_figures, register, months),
        partial(barrier_figures, register, today),
        partial(_people, register, people, today),
    )
    figures: list[Figure] = []
    for done, part in enumerate(parts):
        watch(done, len(parts))
        figures += part()
    return Leadership(tuple(figures), year, twelve)


def _asked(register: Reading, name: str, asked: Asked) -> Measure | None:
    try:
        return measured(name, register, asked)
    except WrongUsage:
        return None


def _register(register: Reading, asked: Asked) -> Iterator[Figure]:
    by_status = measured("register", register, asked)
    roll = len(on_roll(register, asked.end))
    on_it = [row for row in by_status.rows if has_sen(row.by["code"])]
    count = sum(row.n for row in on_it)
    behind = tuple(each for row in on_it for each in row.behind)
    share = value_in_words(count / roll if roll else None, "share")
    yield Figure(
        "register", "On the SEN register", f"{count:,}", f"{share} of {roll:,} on roll",
        f"{_sum(on_it)} on it, and {roll - count:,} not, are the {roll:,} on roll.\n"
        f"{by_status.definition}", behind,
        said={
            each: status_look(row.by["code"]).word for row in on_it for each in row.behind
        },
    )  # fmt: skip
    yield from _moved(register, asked, by_status.definition)
    for row in by_status.rows:
        if row.by["code"] not in ("none", "N"):
            title = status_look(row.by["code"]).word
            yield Figure(
                "register", title, f"{row.n:,}",
                f"{value_in_words(row.value, 'share')} of the roll",
                f"{row.n:,} of {roll:,} on roll.\n{by_status.definition}", row.behind,
            )  # fmt: skip
    for part, word in (("need", need_word), ("year_group", year_word)):
        answer = measured("register", register, _by(asked, part))
        for row in answer.rows:
            code = row.by[part]
            title = "No primary need" if code == "none" else word(code) or code
            yield Figure(
                part, title, f"{row.n:,}", f"{value_in_words(row.value, 'share')} of the roll",
                f"{row.n:,} of {count:,} on the SEN register.\n{answer.definition}", row.behind,
            )  # fmt: skip


def _moved(register: Reading, asked: Asked, definition: str) -> Iterator[Figure]:
    """Who came on to the register and went off it in the period, of those still on roll."""
    roll = len(on_roll(register, asked.end))
    came: dict[str, date] = {}
    went: dict[str, date] = {}
    for pupil, on, off in movements(register, asked):
        if on is not None:
            came[pupil["id"]] = on
        if off is not None:
            went[pupil["id"]] = off
    for title, word, found in (("Came on to it", "on", came), ("Went off it", "off it", went)):
        said = {each: f"{word} {short_day(day.isoformat())}" for each, day in found.items()}
        yield Figure(
            "register", title, f"{len(found):,}", "this school year",
            f"{len(found):,} of the {roll:,} on roll; who has left the roll is not counted.\n"
            f"{definition}", tuple(found), said=said,
        )  # fmt: skip


def _sum(rows: Sequence[MeasureRow]) -> str:
    """'10 + 41 = 51': the n of several rows, and what they come to."""
    parts = [row.n for row in rows if row.n]
    total = f"{sum(parts):,}"
    return f"{' + '.join(f'{each:,}' for each in parts)} = {total}" if len(parts) > 1 else total


def _met(register: Reading, asked: Asked, row: MeasureRow) -> dict[str, str]:
    """How often the family of each pupil behind a figure was met in the period, in words."""
    held = held_in(register, asked)
    return {each: times_met(len(held.get(each, ()))) for each in row.behind}


def _talks(register: Reading, so_far: Asked, met: Asked, people: Measure) -> Iterator[Figure]:
    held = sum(int(str(row.more["held"])) for row in people.rows)
    planned = sum(int(str(row.more["planned"])) for row in people.rows)
    theirs = tuple(dict.fromkeys(each for row in people.rows for each in row.behind))
    others = {each for row in people.rows for each in row.missing}.difference(theirs)
    yield Figure(
        "talks", "Held of those planned", f"{held} of {planned}", "this school year so far",
        f"n {len(theirs)} with a conversation planned or held + {len(others)} without any = "
        f"{len(theirs) + len(others)}: the pupils on the SEN register or in the cohort.\n"
        f"{people.definition}", theirs, tuple(sorted(others)), _held_by_pupil(register, so_far),
    )  # fmt: skip
    answer = measured("participation", register, met)
    period = period_in_words(met.start, met.end)
    for row in answer.rows:
        words = f"{row.more['full']} of them; {period}"
        yield figure_of("talks", "Families met three times", row, answer, words)._replace(
            said=_met(register, met, row)
        )
    role = lead_role_on(register, so_far.end)
    answer = measured("participation", register, _by(met, LEAD_ROLE))
    for row in answer.rows:
        if row.by:
            words = f"led by the {row.by[LEAD_ROLE].replace('_', ' ')}"
            yield figure_of("talks", f"… {words}", row, answer, period)._replace(
                said=_met(register, met, row)
            )
    if not role:
        yield Figure("talks", "Who leads the programme", "–", "is not recorded: School, Staff")


def _held_by_pupil(register: Reading, asked: Asked) -> dict[str, str]:
    """Conversations held of planned in the period, in words, by pupil: by whichever teacher."""
    held = held_in(register, asked)
    return {
        pupil: held_in_words(len(held.get(pupil, ())), planned)
        for pupil, planned in planned_in(register, asked).items()
    }


_NO_PAIR = "no two results of one scale, two terms apart"
_OFF_SINCE = "SEN when last assessed, not today"


def _with_sen(register: Reading, figure: Figure, today: date) -> Figure:
    """A figure of the pupils with SEN when last assessed, beside the register as it is today."""
    statuses = register.by("sen_statuses", "pupil")
    now = set()
    for row in on_roll(register, today):
        status = status_on(statuses.get(row["id"], ()), today)
        if has_sen(status["code"] if status is not None else None):
            now.add(row["id"])
    counted_in = {*figure.behind, *figure.missing}
    since, new = len(counted_in - now), len(now - counted_in)
    words = (
        f"{len(figure.behind)} with both results + {len(figure.missing)} without = "
        f"{len(counted_in)} on roll with SEN when last assessed. On the register today: "
        f"{len(now)}; off it since: {since}; on it since: {new}."
    )
    said = dict(figure.said) | dict.fromkeys(figure.missing, _NO_PAIR)
    said |= {each: f"{said[each]}; {_OFF_SINCE}" for each in counted_in - now}
    definition = figure.note.rpartition("\n")[2]
    return figure._replace(note=f"{words}\n{definition}", said=said)


def _progress(register: Reading, asked: Asked) -> Iterator[Figure]:
    for subject in SUBJECTS:
        for part, words in (("sen", "SEN"), ("", "all")):
            answer = _asked(register, "progress", _by(asked, part, subject))
            if answer is None:
                continue
            for row in answer.rows:
                if part and row.by.get("sen") != "SEN":
                    continue
                title = f"{subject.capitalize()} at expected, {words}"
                mean = row.more.get("mean")
                more = f"mean {value_in_words(mean)} a year" if mean is not None else ""
                figure = figure_of("progress", title, row, answer, more)
                yield (
                    _with_sen(register, figure, asked.end)
                    if part
                    else figure._replace(
                        said=dict(figure.said) | dict.fromkeys(figure.missing, _NO_PAIR)
                    )
                )
    answer = _asked(register, "gap", asked)
    if answer is None:
        return
    for row in answer.rows:
        title = f"{row.by['subject'].capitalize()}, gap at {row.by['key_stage']}, points"
        yield figure_of("progress", title, row, answer)


def _attendance(register: Reading, asked: Asked) -> Iterator[Figure]:
    answer = measured("absence", register, asked)
    for row in answer.rows:
        more = f"{row.more['persistent']} pupils"
        change = row.more.get("relative_change")
        if change is not None:
            more += f"; {value_in_words(change, 'share')} against the year before"
        yield figure_of("attendance", "Persistently absent", row, answer, more)
    answer = measured("wider", register, asked)
    for row in answer.rows:
        if row.n:
            taking = row.by["category"] == "participation"
            title = TAKING_PART if taking else f"{row.by['category'].capitalize()}: change"
            more = "" if taking else f"{row.more['better']} better, {row.more['worse']} worse"
            yield figure_of("attendance", title, row, answer, more)


def _people(register: Reading, answer: Measure, today: date) -> Iterator[Figure]:
    paced = pace_of_year(register, today, "key_teacher")
    for row in answer.rows:
        teacher, more = row.by["key_teacher"], row.more
        words = f"conversations held; {more['pupils']} pupils; {more['overdue']} overdue"
        if teacher in paced:
            words += f"; {paced[teacher]}, 12 months"
        value = f"{more['held']} of {more['planned']}"
        yield Figure(
            "people", teacher, value, words, note_of(answer, row), row.behind, row.missing, row.said
        )


def _by(asked: Asked, part: str, subject: str = "") -> Asked:
    return Asked(asked.start, asked.end, asked.today, by=part, subject=subject)


def pupils_of(register: Reading, ids: Sequence[str]) -> list[Row]:
    """The pupils of a figure, each once, by class and name."""
    found = (register.get(each) for each in dict.fromkeys(ids))
    return sorted(
        (row for row in found if row is not None),
        key=lambda row: (str(row.get("class_name") or ""), list_name(row)),
    )
