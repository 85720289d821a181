"""Self-review under the four headings of 'good schools plus', with the register's own evidence.

The headings are those of Chapman and others (NCSL, 2011). Which figure stands under which heading
is this program's choice: it follows what the report says such schools do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from senreg.models.improvement import HEADINGS
from senreg.models.tables import field_of
from senreg.rules.dates import term_of
from senreg.rules.figures import Figure
from senreg.rules.leadership import TAKING_PART, leadership
from senreg.rules.leading.feedback import waiting
from senreg.rules.leading.heading import heading
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when, year_back
from senreg.rules.leading.teaching import teaching
from senreg.rules.leading.training import training
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.who import on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import excerpt
from senreg.rules.reading import Reading, Row, covers

_AT_HOME = "home"


def self_review(register: Reading, today: date) -> list[LeadPart]:
    """Under each heading where the school says it stands, and what the register shows."""
    figures = leadership(register, today).figures
    evidence = {
        "culture": [*_culture(register, today), *_of(figures, "talks", "relations")],
        "practice": [*_practice(register, today), *_of(figures, "progress", "provision")],
        "structure": [
            *_structure(register, today),
            *(line for line in _of(figures, "attendance") if line.title == TAKING_PART),
        ],
        "leadership": list(_leadership(register, today)),
    }
    return [
        LeadPart(
            title,
            (*_standing(register, code), *evidence[code]),
            "w writes where you stand, with this evidence" if not place else "",
            code,
        )
        for place, (code, title) in enumerate(HEADINGS)
    ]


def evidence_in_words(part: LeadPart) -> str:
    """What the register shows under a heading, as the text of a self-review: a line a figure."""
    return "\n".join(
        f"{line.title}: {said(line.value, line.of)}" for line in part.lines if not line.opens
    )


def _standing(register: Reading, code: str) -> Iterator[LeadLine]:
    rows = newest_first(row for row in register.all("self_reviews") if row.get("kind") == code)
    words = field_of("self_reviews", "rating")
    if not rows:
        yield LeadLine("Where we say we stand", "–", "not written yet")
        return
    before = words.label_of(rows[1].get("rating")) if len(rows) > 1 else ""
    step = rows[0].get("next_step")
    of = said(
        when(rows[0].get("date")),
        f"{before} before" if before else "",
        f"next: {excerpt(step, 90)}" if step else "",
    )
    stands = words.label_of(rows[0].get("rating")) or "–"
    yield LeadLine("Where we say we stand", stands, of, rows[0]["id"])


def _of(figures: Iterable[Figure], *sections: str) -> Iterator[LeadLine]:
    for each in figures:
        if each.section in sections:
            yield LeadLine(each.title, each.value, each.of, "", each.behind, each.note)


def _sen(register: Reading, today: date) -> list[Row]:
    parts = Parts(register, today)
    return [row for row in on_roll(register, today) if parts.has_sen(row, today)]


def _share_of(title: str, found: set[str], pupils: list[Row], of: str) -> LeadLine:
    """How many of the children on the SEN register, and as a share of them."""
    ids = tuple(row["id"] for row in pupils if row["id"] in found)
    share = value_in_words(len(ids) / len(pupils), "share") if pupils else "–"
    return LeadLine(title, share, f"{len(ids)} of {len(pupils)} with SEN; {of}", "", ids)


def _culture(register: Reading, today: date) -> Iterator[LeadLine]:
    pupils = _sen(register, today)
    rows = [row for row in register.all("barriers") if row.get("pupil")]
    named = {str(row["pupil"]) for row in rows}
    since = year_back(today).isoformat()
    day = today.isoformat()
    gone = {str(row["pupil"]) for row in rows if since <= str(row.get("resolved_on") or "") <= day}
    yield _share_of("Barriers are named", named, pupils, "with at least one barrier written down")
    lacking = tuple(row["id"] for row in pupils if row["id"] not in named)
    count = f"{len(lacking)}" if pupils else "–"
    yield LeadLine("No barrier named yet", count, f"of {len(pupils)} with SEN", "", lacking)
    yield _share_of("A barrier was resolved", gone, pupils, "in twelve months")


def _practice(register: Reading, today: date) -> Iterator[LeadLine]:
    rows = [
        row for row in register.all("strategies")
        if row.get("pupil") and row.get("place") != _AT_HOME
    ]  # fmt: skip
    pupils = _sen(register, today)
    own = {str(row["pupil"]) for row in rows}
    yield _share_of("Strategies for the class", own, pupils, "with at least one")
    for part in teaching(register, today)[:1]:
        yield from (line._replace(title=f"Lessons: {line.title.lower()}") for line in part.lines)


def _structure(register: Reading, today: date) -> Iterator[LeadLine]:
    term = term_of(today, register.all("terms")).start.isoformat()
    day = today.isoformat()
    tracked = {
        str(row.get("pupil")) for row in register.all("assessments")
        if term <= str(row.get("date") or "") <= day
    }  # fmt: skip
    pupils = _sen(register, today)
    yield _share_of("Assessed this term", tracked, pupils, "in any subject")
    own = [
        row for row in register.all("objectives")
        if row.get("kind") == "performance" and row.get("pupils") and not row.get("outcome")
    ]  # fmt: skip
    owners = {row.get("owner") for row in own}
    yield LeadLine(
        "Objectives rest on pupils", str(len(own)),
        f"performance objectives of {len(owners)} adults name the pupils they rest on", "",
        tuple(row["id"] for row in own),
    )  # fmt: skip
    without, having = training(register, today)
    lacking = sum(line.value == "not yet" for line in without.lines)
    yield LeadLine(
        "Trained for conversations", f"{len(having.lines)} of {len(having.lines) + lacking}",
        "of those who teach or lead them", "", tuple(line.opens for line in having.lines),
    )  # fmt: skip
    since = year_back(today).isoformat()
    learned = [
        row for row in register.all("trainings") if since <= str(row.get("date") or "") <= day
    ]
    yield LeadLine(
        "Professional learning", str(len(learned)),
        f"trainings of {len({row.get('staff') for row in learned})} adults in twelve months", "",
        tuple(row["id"] for row in learned),
    )  # fmt: skip
    partners = [row for row in register.all("partners") if covers(row, day, "since", "until")]
    yield LeadLine(
        "Partners outside", str(len(partners)), "schools, services and organisations now", "",
        tuple(row["id"] for row in partners),
    )  # fmt: skip


def _leadership(register: Reading, today: date) -> Iterator[LeadLine]:
    lead, sharing = "nobody", 0
    for part in heading(register, today):
        if part.title == "Leads of the programme":
            yield part.lines[0]._replace(title=f"The programme is led: {part.lines[0].title}")
            lead = part.lines[0].title
        elif part.title == "Who shares the lead":
            sharing = len(part.lines)
            ids = tuple(line.opens for line in part.lines)
            yield LeadLine("Share the lead", str(sharing), "adults in leading roles", "", ids)
    if lead == "nobody":
        yield LeadLine("The programme is led by", "–", "nobody is recorded: Leads of the programme")
    plan = [row for row in register.all("objectives") if row.get("kind") == "improvement"]
    yield LeadLine(
        "In the improvement plan", str(len(plan)), "objectives about SEN", "",
        tuple(row["id"] for row in plan),
    )  # fmt: skip
    notes, still = register.all("staff_feedback"), waiting(register)
    yield LeadLine(
        "Assistants' notes answered", f"{len(notes) - len(still)} of {len(notes)}",
        "the rest wait for the head's annotation" if still else "none waits", "",
        tuple(dict.fromkeys(row["id"] for row in (*still, *newest_first(notes)))),
    )  # fmt: skip
    since = year_back(today).isoformat()
    visits = [
        row for row in register.all("coach_visits")
        if since <= str(row.get("date") or "") <= today.isoformat()
    ]  # fmt: skip
    yield LeadLine(
        "The coach's visits", str(len(visits)), "in twelve months", "",
        tuple(row["id"] for row in newest_first(visits)),
    )  # fmt: skip
