"""What heads are asked to look at: each figure with its n, its period and the pupils behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from senreg.errors import WrongUsage
from senreg.rules.belonging import is_archived
from senreg.rules.dates import short_day
from senreg.rules.leading.answering import pace_of_year
from senreg.rules.measures import Asked, Measure, MeasureRow, measured, usual_start
from senreg.rules.measures.asked import period_in_words
from senreg.rules.measures.participation import LEAD_ROLE, held_in, lead_role_on
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import list_name
from senreg.rules.needs import need_word
from senreg.rules.nouns import counted
from senreg.rules.reading import Reading, Row, covers
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
    "barriers": "Barriers most often named",
    "need": "On the SEN register, by primary need",
    "year_group": "On the SEN register, by year",
    "people": "Whose responsibility",
}
"""The parts of the leadership screen, in their order."""

TAKING_PART = "Take part in something"
SUBJECTS = ("english", "maths")
_BARRIERS_SHOWN = 5
_RANK_FROM = 8


class Figure(NamedTuple):
    """One line of the leadership screen.

    Args:
        section: One of `SECTIONS`.
        title: What it is.
        value: The figure in words.
        of: What it counts, with its n and those who are unknown.
        note: Its definition, for who asks.
        behind: The ids of the pupils it counts.
        missing: The ids of those who are unknown.
    """

    section: str
    title: str
    value: str
    of: str
    note: str = ""
    behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    said: Mapping[str, str] = MappingProxyType({})


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
        partial(_provision, register, months),
        partial(_relations, register, months),
        partial(_workshops, register, months),
        partial(_barriers, register, today),
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


def _n(row: MeasureRow) -> str:
    unknown = f", {row.unknown:,} unknown" if row.unknown else ""
    return f"n {row.n:,}{unknown}"


def _of(section: str, title: str, row: MeasureRow, note: str, more: str = "") -> Figure:
    words = _n(row) + (f"; {more}" if more else "")
    return Figure(
        section, title, value_in_words(row.value, row.unit), words, note, row.behind, row.missing
    )


def _register(register: Reading, asked: Asked) -> Iterator[Figure]:
    by_status = measured("register", register, asked)
    roll = len(on_roll(register, asked.end))
    on_it = [row for row in by_status.rows if has_sen(row.by["code"])]
    count = sum(row.n for row in on_it)
    behind = tuple(each for row in on_it for each in row.behind)
    came = sum(int(str(row.more["moved_on"])) for row in by_status.rows)
    went = sum(int(str(row.more["moved_off"])) for row in by_status.rows)
    moved = f"{came} came on and {went} went off this school year"
    share = value_in_words(count / roll if roll else None, "share")
    yield Figure(
        "register", "On the SEN register", f"{count:,}", f"{share} of {roll:,} on roll; {moved}",
        by_status.definition, behind,
    )  # fmt: skip
    for row in by_status.rows:
        if row.by["code"] not in ("none", "N"):
            title = status_look(row.by["code"]).word
            yield Figure(
                "register", title, f"{row.n:,}",
                f"{value_in_words(row.value, 'share')} of the roll", by_status.definition,
                row.behind,
            )  # fmt: skip
    for part, word in (("need", need_word), ("year_group", year_word)):
        answer = measured("register", register, _by(asked, part))
        for row in answer.rows:
            code = row.by[part]
            title = "No primary need" if code == "none" else word(code) or code
            yield Figure(
                part, title, f"{row.n:,}", f"{value_in_words(row.value, 'share')} of the roll",
                answer.definition, row.behind,
            )  # fmt: skip


def _met(register: Reading, asked: Asked, row: MeasureRow) -> dict[str, str]:
    """How often the family of each pupil behind a figure was met in the period, in words."""
    held = held_in(register, asked)
    counts = {each: len(held.get(each, ())) for each in row.behind}
    words = ("not met", "met once", "met twice")
    return {
        each: words[count] if count < len(words) else f"✓ met {count} times"
        for each, count in counts.items()
    }


def _talks(register: Reading, so_far: Asked, met: Asked, people: Measure) -> Iterator[Figure]:
    held = sum(int(str(row.more["held"])) for row in people.rows)
    planned = sum(int(str(row.more["planned"])) for row in people.rows)
    yield Figure(
        "talks", "Held of those planned", f"{held} of {planned}", "this school year so far",
        people.definition,
        tuple(dict.fromkeys(each for row in people.rows for each in row.behind)),
    )  # fmt: skip
    answer = measured("participation", register, met)
    period = period_in_words(met.start, met.end)
    for row in answer.rows:
        words = f"{row.more['full']} of them; {period}"
        yield _of("talks", "Families met three times", row, answer.definition, words)._replace(
            said=_met(register, met, row)
        )
    role = lead_role_on(register, so_far.end)
    answer = measured("participation", register, _by(met, LEAD_ROLE))
    for row in answer.rows:
        if row.by:
            words = f"led by the {row.by[LEAD_ROLE].replace('_', ' ')}"
            yield _of("talks", f"… {words}", row, answer.definition, period)._replace(
                said=_met(register, met, row)
            )
    if not role:
        yield Figure("talks", "Who leads the programme", "–", "is not recorded: School, Staff")


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
    said = dict.fromkeys(figure.missing, _NO_PAIR)
    said |= {each: _OFF_SINCE for each in counted_in - now if each not in figure.missing}
    said |= {each: f"{_NO_PAIR}; {_OFF_SINCE}" for each in figure.missing if each not in now}
    return figure._replace(note=f"{words}\n{figure.note}", said=said)


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
                figure = _of("progress", title, row, answer.definition, more)
                yield (
                    _with_sen(register, figure, asked.end)
                    if part
                    else figure._replace(said=dict.fromkeys(figure.missing, _NO_PAIR))
                )
    answer = _asked(register, "gap", asked)
    for row in answer.rows if answer else ():
        title = f"{row.by['subject'].capitalize()}, gap at {row.by['key_stage']}, points"
        yield _of("progress", title, row, answer.definition if answer else "")


def _attendance(register: Reading, asked: Asked) -> Iterator[Figure]:
    answer = measured("absence", register, asked)
    for row in answer.rows:
        more = f"{row.more['persistent']} pupils"
        change = row.more.get("relative_change")
        if change is not None:
            more += f"; {value_in_words(change, 'share')} against the year before"
        yield _of("attendance", "Persistently absent", row, answer.definition, more)
    answer = measured("wider", register, asked)
    for row in answer.rows:
        if row.n:
            taking = row.by["category"] == "participation"
            title = TAKING_PART if taking else f"{row.by['category'].capitalize()}: change"
            more = "" if taking else f"{row.more['better']} better, {row.more['worse']} worse"
            yield _of("attendance", title, row, answer.definition, more)


def _provision(register: Reading, asked: Asked) -> Iterator[Figure]:
    day = asked.last
    running = [row for row in register.all("groups") if covers(row, day)]
    placements = register.by("placements", "group")
    placed = {
        str(row.get("pupil"))
        for group in running
        for row in placements.get(group["id"], ())
        if covers(row, day)
    }
    kinds = {row.get("intervention") for row in running}
    yield Figure(
        "provision", "Running now", f"{len(running)} groups",
        f"of {len(kinds)} interventions, {len(placed)} pupils", "", tuple(sorted(placed)),
    )  # fmt: skip
    cost = measured("cost", register, asked)
    known = [float(row.value) for row in cost.rows if row.value is not None]
    lacking = sum(row.unknown for row in cost.rows)
    yield Figure(
        "provision", "Cost in 12 months", value_in_words(sum(known), "£") if known else "–",
        f"{lacking} places not known" if lacking else "every place known", cost.definition,
    )  # fmt: skip
    school = next(iter(register.all("school")), {})
    least = int(school.get("rank_from") or _RANK_FROM)
    impact = measured("impact", register, asked)
    ranked = [row for row in impact.rows if row.n >= least and row.more.get("ratio_gain")]
    ranked.sort(key=lambda row: -float(str(row.more["ratio_gain"])))
    for row in ranked:
        title = f"{row.by['intervention']}: ratio gain"
        gain = value_in_words(row.more["ratio_gain"])
        price = row.more.get("cost_per_month_gained")
        more = f"; {value_in_words(price, '£')} a month gained" if price is not None else ""
        yield Figure(
            "provision", title, gain, f"{_n(row)}{more}", impact.definition, row.behind, row.missing
        )


def _relations(register: Reading, asked: Asked) -> Iterator[Figure]:
    answer = measured("relationships", register, asked)
    for source, title in (("school", "The school's own rating"), ("parents", "Parents: excellent")):
        rows = [row for row in answer.rows if row.by["source"] == source]
        for row in rows[-1:]:
            when = row.by.get("survey") or short_day(row.by["date"])
            earlier = value_in_words(rows[-2].value, row.unit) if len(rows) > 1 else ""
            more = f"; {earlier} before" if earlier else ""
            suffix = " of 5" if source == "school" else ""
            yield Figure(
                "relations", title, value_in_words(row.value, row.unit) + suffix,
                f"{when}; {_n(row)}{more}", answer.definition,
            )  # fmt: skip


def _workshops(register: Reading, asked: Asked) -> Iterator[Figure]:
    """What was offered to parents in the period, and how many of the invited families came."""
    rows = [row for row in register.all("workshops") if asked.holds(row.get("date"))]
    if not rows:
        return
    known = [row for row in rows if row.get("invited") and row.get("attended") is not None]
    invited = sum(row["invited"] for row in known)
    came = sum(row["attended"] for row in known)
    lacking = f", {len(rows) - len(known)} unknown" if len(known) < len(rows) else ""
    yield Figure(
        "relations", "Families came to workshops",
        value_in_words(came / invited if invited else None, "share"),
        f"{came} of {invited} invited; n {counted('workshops', len(known))}{lacking}; 12 months",
        "Of the families invited to the workshops of the period, those who came, counted once for "
        "each workshop; a workshop without both numbers is unknown. Behind it are the children of "
        "those who are written down by name.",
        tuple(dict.fromkeys(each for row in rows for each in row.get("pupils") or ())),
    )  # fmt: skip


def _barriers(register: Reading, today: date) -> Iterator[Figure]:
    from senreg.models.tables import field_of

    present = {row["id"] for row in on_roll(register, today)}
    named: dict[str, set[str]] = {}
    for row in register.all("barriers"):
        if row.get("pupil") in present and not row.get("resolved_on") and not is_archived(row):
            named.setdefault(str(row.get("category") or ""), set()).add(str(row["pupil"]))
    words = field_of("barriers", "category")
    most = sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for category, pupils in most[:_BARRIERS_SHOWN]:
        yield Figure(
            "barriers", words.label_of(category) or "of no kind", f"{len(pupils)}",
            "pupils with it open", "", tuple(sorted(pupils)),
        )  # fmt: skip


def _people(register: Reading, answer: Measure, today: date) -> Iterator[Figure]:
    paced = pace_of_year(register, today, "key_teacher")
    for row in answer.rows:
        teacher, more = row.by["key_teacher"], row.more
        words = f"conversations held; {more['pupils']} pupils; {more['overdue']} overdue"
        if teacher in paced:
            words += f"; {paced[teacher]}, 12 months"
        value = f"{more['held']} of {more['planned']}"
        yield Figure("people", teacher, value, words, answer.definition, row.behind, row.missing)


def _by(asked: Asked, part: str, subject: str = "") -> Asked:
    return Asked(asked.start, asked.end, asked.today, by=part, subject=subject)


def pupils_of(register: Reading, ids: Sequence[str]) -> list[Row]:
    """The pupils of a figure, each once, by class and name."""
    found = (register.get(each) for each in dict.fromkeys(ids))
    return sorted(
        (row for row in found if row is not None),
        key=lambda row: (str(row.get("class_name") or ""), list_name(row)),
    )
