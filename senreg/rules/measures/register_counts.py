"""The register: pupils by code on a day, their share of the roll, and movement on and off."""

from __future__ import annotations

from senreg.rules.measures.asked import Asked, Measure, MeasureRow, ids, parted, share
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.who import on_roll
from senreg.rules.reading import Reading, Row
from senreg.rules.status import has_sen

DEFINITION = (
    "Pupils on roll on the last day by the status that held on it (or by need, year and the like, "
    "of those on the SEN register), with their share of the roll; and how many moved on to and "
    "off the SEN register in the period."
)


def register_counts(register: Reading, asked: Asked) -> Measure:
    """The measure `register`: by status, or of those on the SEN register by any part of pupils."""
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    pupils = on_roll(register, asked.end)
    statuses = register.by("sen_statuses", "pupil")
    part = asked.by or "status"
    shown = pupils
    if part not in ("status", "sen"):
        shown = [pupil for pupil in pupils if parts.has_sen(pupil, asked.end)]
    on = {pupil["id"] for pupil in pupils if _moved(statuses.get(pupil["id"], ()), asked, on=True)}
    off = {
        pupil["id"] for pupil in pupils if _moved(statuses.get(pupil["id"], ()), asked, on=False)
    }
    rows = []
    for word, members in parted(shown, lambda pupil: parts.of(pupil, part, asked.end)):
        unknown = str(word) == "none" and part == "status"
        rows.append(
            MeasureRow(
                {"code" if part == "status" else part: str(word)},
                len(members),
                0,
                share(len(members), len(pupils)),
                "share of the roll",
                {
                    "roll": len(pupils),
                    "moved_on": sum(each["id"] in on for each in members),
                    "moved_off": sum(each["id"] in off for each in members),
                }
                | ({"not_recorded": True} if unknown else {}),
                ids(members),
            )
        )
    return Measure("register", DEFINITION, asked.start, asked.end, tuple(rows))


def _moved(statuses: object, asked: Asked, *, on: bool) -> bool:
    """Whether a pupil came on to the SEN register in the period, or went off it."""
    listed: list[Row] = sorted(
        statuses,  # type: ignore[call-overload]
        key=lambda row: str(row.get("start") or ""),
    )
    was = False
    for place, row in enumerate(listed):
        now = has_sen(row.get("code"))
        if now != was and now is on and asked.holds(row.get("start")):
            return True
        was = now
        end = row.get("end")
        after = listed[place + 1].get("start") if place + 1 < len(listed) else None
        if end and now and (after is None or str(after) > _day_after(str(end))):
            if not on and asked.holds(end):
                return True
            was = False
    return False


def _day_after(day: str) -> str:
    from senreg.rules.dates import as_day, days_after

    when = as_day(day)
    return days_after(when, 1) if when else day
