"""Anchor dates that cannot have happened in their order, and those without which none is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.models.days import months_on
from senreg.models.tables import field_of
from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.naming import describe_record
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import roll_state

ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    "ehc_processes": (
        ("requested_on", "decided_on", "draft_on", "final_on"),
        ("requested_on", "advice_asked_on", "advice_sent_on", "final_on"),
        ("requested_on", "ended_on"),
        ("requested_on", "amendment_notice_on"),
    ),
    "reviews": (
        ("advice_requested_on", "papers_sent_on", "held_on", "report_sent_on"),
        ("held_on", "la_decided_on"),
    ),
    "consultations": (("received_on", "answered_on"),),
}
"""By table, fields of which each comes no sooner than those before it."""


def order_findings(register: Reading) -> Iterator[Finding]:
    """Every record whose dates are out of order."""
    for table in ORDER:
        for row in register.all(table):
            yield from out_of_order(register, table, row)


def out_of_order(register: Reading, table: str, row: Row) -> Iterator[Finding]:
    """What of one record is out of order, once for each date that comes too soon."""
    told = set()
    for chain in ORDER.get(table, ()):
        before, latest = "", ""
        for name in chain:
            day = str(row.get(name) or "")
            if day and day < latest and name not in told:
                told.add(name)
                words = (
                    f"{describe_record(row, register.get, table)}: “{field_of(table, name).title}” "
                    f"is {short_day(day)}, before “{field_of(table, before).title}”, "
                    f"{short_day(latest)}."
                )
                yield Finding("dates_out_of_order", "warning", table, row["id"], words)
            elif day >= latest and day:
                before, latest = name, day
    notice, final = row.get("amendment_notice_on"), row.get("final_on")
    alone = table == "ehc_processes" and not row.get("requested_on")
    if alone and notice and final and final < notice:
        words = (
            f"{describe_record(row, register.get, table)}: the final plan is dated "
            f"{short_day(final)}, before the amendment notice, {short_day(notice)}."
        )
        yield Finding("dates_out_of_order", "warning", table, row["id"], words)


def unknown_findings(register: Reading, today: date) -> Iterator[Finding]:
    """Children with a plan of which neither its day nor an annual review is written down."""
    with_plan = register.by("sen_statuses", "code").get("E", ())
    dated = {row.get("pupil") for row in register.all("ehc_processes") if row.get("final_on")}
    annual = register.by("reviews", "kind").get("annual", ())
    dated |= {row.get("pupil") for row in annual if row.get("held_on")}
    year_ago = months_on(today, -12).isoformat()
    for row in with_plan:
        key = row.get("pupil")
        pupil = register.get(str(key or ""))
        if key in dated or pupil is None or not covers(row, today.isoformat()):
            continue
        if (row.get("start") or "") <= year_ago and roll_state(pupil, today) != "left":
            words = (
                f"{who(pupil)} has a plan, and neither its day nor an annual review is recorded: "
                "when the next is due cannot be told."
            )
            yield Finding("annual_review_unknown", "note", "pupils", pupil["id"], words)
