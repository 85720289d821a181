"""Figures for heads of what is done: provision, its cost and gain, parents, workshops, barriers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from senreg.models.tables import field_of
from senreg.rules.belonging import is_archived
from senreg.rules.dates import short_day
from senreg.rules.figures import Figure, n_of, note_of
from senreg.rules.measures import Asked, MeasureRow, measured
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import excerpt
from senreg.rules.nouns import counted
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import on_roll

_BARRIERS_SHOWN = 5
_RANK_FROM = 8
_OF_PARENTS = "parents"


def provision_figures(register: Reading, asked: Asked) -> Iterator[Figure]:
    """What runs today, what twelve months cost, and the ratio gains that are ranked."""
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
        f"of {len(kinds)} interventions, {len(placed)} pupils",
        f"The groups that run today, and the {len(placed)} pupils placed in one or more of them, "
        "each counted once.", tuple(sorted(placed)),
        said=_helped_by(running, placements, register, day),
    )  # fmt: skip
    cost = measured("cost", register, asked)
    known = [float(row.value) for row in cost.rows if row.value is not None]
    told, lacking = sum(row.n for row in cost.rows), sum(row.unknown for row in cost.rows)
    yield Figure(
        "provision", "Cost in 12 months", value_in_words(sum(known), "£") if known else "–",
        f"{lacking} places not known" if lacking else "every place known",
        f"n {told} + {lacking} unknown = {told + lacking}: the pupils placed in the period, once "
        f"for each intervention.\n{cost.definition}",
        tuple(dict.fromkeys(each for row in cost.rows for each in row.behind)),
        tuple(dict.fromkeys(each for row in cost.rows for each in row.missing)),
        _joined(cost.rows),
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
            "provision", title, gain, f"{n_of(row)}{more}", note_of(impact, row), row.behind,
            row.missing, row.said,
        )  # fmt: skip


def _helped_by(
    running: Sequence[Row], placements: Mapping[str, Sequence[Row]], register: Reading, day: str
) -> dict[str, str]:
    """By pupil, the interventions whose groups it is in today."""
    found: dict[str, list[str]] = {}
    for group in running:
        intervention = register.get(str(group.get("intervention") or "")) or {}
        for row in placements.get(group["id"], ()):
            if covers(row, day):
                own = found.setdefault(str(row.get("pupil")), [])
                own.append(str(intervention.get("name") or group.get("name") or ""))
    return {pupil: "; ".join(dict.fromkeys(filter(None, own))) for pupil, own in found.items()}


def _joined(rows: Iterable[MeasureRow]) -> dict[str, str]:
    """What the rows say of each pupil, one after the other, the name of the row before each."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for pupil, words in row.said.items():
            found.setdefault(pupil, []).append(f"{words} {row.by['intervention']}")
    return {pupil: "; ".join(own) for pupil, own in found.items()}


def relations_figures(register: Reading, asked: Asked) -> Iterator[Figure]:
    """The last rating of the school, and the last answers of parents, each with the one before.

    Behind a rating stand the ratings by date, behind the answers of parents their survey: papers
    bear no name, and so no pupil stands behind either. A survey is passed over while none of its
    papers has been keyed.
    """
    answer = measured("relationships", register, asked)
    own = [row for row in answer.rows if row.by["source"] == "school"]
    for row in own[-1:]:
        yield _rating(
            register, asked, _OF_PARENTS, "relations", "The school's own rating",
            f"; {n_of(row)}", note_of(answer, row),
        )  # fmt: skip
    asked_of = [row for row in answer.rows if row.by["source"] == "parents" and row.n]
    for row in asked_of[-1:]:
        earlier = ""
        if len(asked_of) > 1:
            earlier = f"; {value_in_words(asked_of[-2].value, row.unit)} before"
        given_out = row.more.get("given_out")
        of = f", {row.n + row.unknown} of {given_out} papers came back" if given_out else ""
        yield Figure(
            "relations", "Parents: excellent", value_in_words(row.value, row.unit),
            f"{row.by.get('survey') or short_day(row.by['date'])}; {n_of(row)}{of}{earlier}",
            note_of(answer, row), (row.record,),
        )  # fmt: skip


def rating_figures(register: Reading, asked: Asked) -> Iterator[Figure]:
    """The last rating in the period of each thing but relationships with parents, by its name."""
    rated = [row for row in register.all("school_ratings") if asked.holds(row.get("date"))]
    words = field_of("school_ratings", "kind")
    kinds = {str(row["kind"]) for row in rated if row["kind"] != _OF_PARENTS}
    for kind in sorted(kinds, key=lambda code: words.label_of(code).casefold()):
        yield _rating(
            register, asked, kind, "ratings", words.label_of(kind), "; n 1",
            "n 1 + 0 unknown: one rating of the school.\nThe school's own rating, 1 to 5. Behind "
            "it stand its ratings by date, each with what it rests on.",
        )  # fmt: skip


def _rating(
    register: Reading, asked: Asked, kind: str, section: str, title: str, n: str, note: str
) -> Figure:
    """A rating of the school, with all its ratings of that kind behind it, the latest first."""
    rows = [
        row
        for row in register.all("school_ratings")
        if row["kind"] == kind and row.get("date") and str(row["date"]) <= asked.last
    ]
    rows.sort(key=lambda row: str(row["date"]), reverse=True)
    rated = [value_in_words(row.get("rating")) for row in rows]
    earlier = f"; {rated[1]} before" if len(rated) > 1 else ""
    return Figure(
        section, title, f"{rated[0]} of 5", f"{short_day(rows[0]['date'])}{n}{earlier}", note,
        tuple(row["id"] for row in rows),
        said={row["id"]: _rated_in_words(row) for row in rows},
    )  # fmt: skip


def _rated_in_words(row: Row) -> str:
    """'5 of 5: Families bring each other.'."""
    because = excerpt(row["evidence"], 90) if row.get("evidence") else ""
    return ": ".join(filter(None, (f"{value_in_words(row.get('rating'))} of 5", because)))


def workshop_figures(register: Reading, asked: Asked) -> Iterator[Figure]:
    """What was offered to parents in the period, and how many of the invited families came."""
    rows = [row for row in register.all("workshops") if asked.holds(row.get("date"))]
    if not rows:
        return
    known = [row for row in rows if row.get("invited") and row.get("attended") is not None]
    invited = sum(row["invited"] for row in known)
    came = sum(row["attended"] for row in known)
    unknown = len(rows) - len(known)
    lacking = f", {unknown} unknown" if unknown else ""
    yield Figure(
        "relations", "Families came to workshops",
        value_in_words(came / invited if invited else None, "share"),
        f"{came} of {invited} invited; n {counted('workshops', len(known))}{lacking}; 12 months",
        f"n {len(known)} + {unknown} unknown = {len(rows)}: the workshops of the period.\n"
        "Of the families invited to the workshops of the period, those who came, counted once for "
        "each workshop; a workshop without both numbers is unknown. Behind it are the children of "
        "those who are written down by name.",
        tuple(dict.fromkeys(each for row in rows for each in row.get("pupils") or ())),
    )  # fmt: skip


def barrier_figures(register: Reading, today: date) -> Iterator[Figure]:
    """The barriers named most often that are open, of pupils on roll."""
    present = {row["id"] for row in on_roll(register, today)}
    named: dict[str, set[str]] = {}
    for row in register.all("barriers"):
        if row.get("pupil") in present and not row.get("resolved_on") and not is_archived(row):
            named.setdefault(str(row.get("category") or ""), set()).add(str(row["pupil"]))
    words = field_of("barriers", "category")
    anyone = len(set().union(*named.values()))
    most = sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for category, pupils in most[:_BARRIERS_SHOWN]:
        yield Figure(
            "barriers", words.label_of(category) or "of no kind", f"{len(pupils)}",
            "pupils with it open",
            f"{len(pupils)} of the {anyone} pupils on roll with an open barrier, {len(present)} on "
            "roll.\nPupils on roll with a barrier of that kind that is not overcome. A pupil may "
            "have several, so that the lines do not add up.",
            tuple(sorted(pupils)),
        )  # fmt: skip
