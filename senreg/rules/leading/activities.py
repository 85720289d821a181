"""What children can take part in, who runs it from outside, who takes it up; and the partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from senreg.models.tables import field_of
from senreg.models.text import clean_line, folded
from senreg.rules.leading.lines import LeadLine, LeadPart, said, when, year_back
from senreg.rules.measures.parts import Parts
from senreg.rules.measures.wider import taking_part
from senreg.rules.naming import NAMELESS
from senreg.rules.nouns import counted
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import on_roll

_NOTE = (
    "Children on roll today who took part within the twelve months to today, by the days that "
    "stand with it; where it has no last day, that of the activity."
)
_KNOWN = (
    "Of children on roll today, those on the SEN register and the others: in at least one activity "
    "within the twelve months; asked, and known to be in none; or nothing is known."
)


def activities(register: Reading, today: date) -> list[LeadPart]:
    """Each activity with its children; who takes part in none; partners with what they run."""
    parts = [
        LeadPart("Activities, and who takes them up", _taken_up(register, today), "12 months"),
        LeadPart("Who takes part in something", _whether(register, today), "12 months"),
        LeadPart("Partners and networks", _partners(register, today)),
    ]
    return [part for part in parts if part.lines]


def _taken_up(register: Reading, today: date) -> tuple[LeadLine, ...]:
    there = {row["id"] for row in on_roll(register, today)}
    parts = Parts(register, today)
    since, day = year_back(today).isoformat(), today.isoformat()
    lines: dict[str, LeadLine] = {}
    for row in sorted(
        register.all("activities"), key=lambda row: folded(str(row.get("name") or ""))
    ):
        if str(row.get("start") or "") > day or str(row.get("end") or "9999") < since:
            continue
        taken = [
            each
            for each in register.by("participations", "activity").get(row["id"], ())
            if each.get("pupil") in there
            and str(each.get("start") or "") <= day
            and str(each.get("end") or row.get("end") or "9999") >= since
        ]
        title = _title(row, lines)
        lines[title] = _line(title, row, taken, parts, today, register)
    return tuple(lines.values())


def _title(row: Row, taken: Iterable[str]) -> str:
    name = clean_line(row.get("name") or NAMELESS)
    title = f"{name}, from {when(row.get('start'))}" if name in taken else name
    return f"{title} ({row['id']})" if title in taken else title


def _line(
    title: str, row: Row, taken: Sequence[Row], parts: Parts, today: date, register: Reading
) -> LeadLine:
    children = tuple(dict.fromkeys(str(each["pupil"]) for each in taken))
    pupils = [pupil for each in children if (pupil := register.get(each)) is not None]
    with_sen = sum(parts.has_sen(pupil, today) for pupil in pupils)
    partner = clean_line(row.get("partner") or "")
    known = [each for each in taken if each.get("sessions") and each.get("attended") is not None]
    offered = sum(int(each["sessions"]) for each in known)
    came = sum(int(each["attended"]) for each in known)
    of = said(
        f"with {partner}" if partner else "no partner named",
        f"{with_sen} of them on the SEN register" if children else "",
        f"{came:,} of {offered:,} sessions attended" if offered else "",
        f"ended {when(row['end'])}" if str(row.get("end") or "9999") < today.isoformat() else "",
    )
    return LeadLine(title, str(len(children)), of, row["id"], children, _NOTE)


def _whether(register: Reading, today: date) -> tuple[LeadLine, ...]:
    taking = taking_part(register, year_back(today).isoformat(), today.isoformat())
    parts, found = Parts(register, today), []
    pupils = on_roll(register, today)
    for whom, sen in (("With SEN", True), ("Others", False)):
        own = [row["id"] for row in pupils if parts.has_sen(row, today) is sen]
        for words, is_so in (("in something", True), ("in nothing", False), ("not known", None)):
            behind = tuple(each for each in own if taking.get(each) is is_so)
            if own:
                of = f"of {counted('pupils', len(own))}"
                found.append(LeadLine(f"{whom}: {words}", f"{len(behind)}", of, "", behind, _KNOWN))
    return tuple(found)


def _partners(register: Reading, today: date) -> tuple[LeadLine, ...]:
    day = today.isoformat()
    runs: dict[str, list[str]] = {}
    for row in register.all("activities"):
        if row.get("partner") and str(row.get("end") or "9999") >= day:
            own = runs.setdefault(folded(clean_line(row["partner"])), [])
            own.append(clean_line(row.get("name") or NAMELESS))
    lines: dict[str, LeadLine] = {}
    for row in sorted(register.all("partners"), key=lambda row: folded(str(row.get("name") or ""))):
        if not covers(row, day, "since", "until"):
            continue
        name = clean_line(row.get("name") or NAMELESS)
        title = f"{name} ({row['id']})" if name in lines else name
        kind = field_of("partners", "kind").label_of(row.get("kind"))
        of = said(
            f"since {when(row['since'])}" if row.get("since") else "",
            clean_line(row.get("what") or ""),
            f"runs {', '.join(sorted(runs.get(folded(name), ())))}" if folded(name) in runs else "",
        )
        lines[title] = LeadLine(title, kind, of, row["id"])
    return tuple(lines.values())
