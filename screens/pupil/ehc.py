"""The tab of the plan: what the law sets a day for, how the plan came about, what it demands."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import Page, entry, heading, joined, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words
from senreg.clock import today
from senreg.models.tables import field_of, fields_of
from senreg.register import Row
from senreg.rules.dates import short_day, shown_day
from senreg.rules.due import DUE_LOOK
from senreg.rules.statutory import BY_WORDS, StatutoryDate, dates_of_pupil
from senreg.rules.statutory.order import out_of_order

_DONE = {"met": "✓ Done", "over": "· Over", "settled": "· Planned", "excepted": "○ Excepted"}
_MOST_DONE = 8
"""How many dates that are done are still shown."""


def ehc(page: Page) -> Iterator[Entry]:
    """Statutory dates, then requests and amendments, outcomes and provision of the plan."""
    yield from _dates(page)
    yield from _processes(page)
    for table, title, empty in (
        ("ehc_outcomes", "Outcomes of the plan", "None written down. n adds one."),
        ("ehc_provisions", "Provision the plan demands", "None written down. n adds it."),
    ):
        yield heading(title, table)
        rows = page.rows(table)
        if not rows:
            yield nothing(empty, table)
        for row in rows:
            section = field_words(page.register, table, "section", row["section"])[1]
            yield entry(
                row,
                Words(row["wording"]),
                Words(joined(section, row["quantity"]), "muted", indent=2),
            )


def _dates(page: Page) -> Iterator[Entry]:
    found = dates_of_pupil(page.register, page.pupil, today())
    done = [each for each in found if each.state(today()) in ("met", "over")]
    waiting = [each for each in found if each not in done]
    yield heading("Statutory dates", "ehc_processes")
    if not waiting:
        yield nothing(
            "Nothing is due. Days are worked out from a request, a final plan, an amendment "
            "notice, or an annual review that was held.",
            "ehc_processes",
        )
    for each in waiting:
        yield _date(each)
    if done:
        yield heading("Statutory dates, done or over", "ehc_processes")
    for each in reversed(done[-_MOST_DONE:]):
        yield _date(each)


def _date(each: StatutoryDate) -> Entry:
    state = each.state(today())
    if state in _DONE:
        how, tone = _DONE[state], "muted"
    else:
        look = DUE_LOOK[state]
        how, tone = f"{look.symbol} {look.word}", look.colour
    by = "" if each.limit.by == "school" else f"by {BY_WORDS[each.limit.by]}"
    met = f"done {short_day(each.met_on)}" if each.met_on else ""
    why = f"Need not be kept: {_reason(each.excepted)}" if each.excepted else ""
    words = [Words(joined(how, shown_day(each.day), each.words, by, met), tone)]
    if why:
        words.append(Words(why, "warn", indent=2))
    words = [Words(joined(how, shown_day(each.day), each.words, by, met), tone)]
    if why:
        words.append(Words(why, "warn", indent=2))
    return Entry(
        each.record, [*words, Words(each.limit.source, "muted", indent=2)], detail=each.table
    )


def _reason(excepted: str) -> str:
    return field_of("ehc_processes", "final_exception").label_of(excepted)


def _processes(page: Page) -> Iterator[Entry]:
    yield heading("Requests, plans and amendments", "ehc_processes")
    rows = page.rows("ehc_processes")
    rows.sort(key=lambda row: max((str(row[name] or "") for name in _DAYS), default=""))
    if not rows:
        yield nothing("None yet. n writes down a request, or an amendment notice.", "ehc_processes")
    for row in reversed(rows):
        yield _process(page, row)


_DAYS = ("requested_on", "amendment_notice_on", "final_on", "ended_on")


def _process(page: Page, row: Row) -> Entry:
    amends = row["amendment_notice_on"] and not row["requested_on"]
    words = [Words("Amendment of the plan" if amends else "Assessment for a plan", "strong")]
    for field in fields_of("ehc_processes"):
        value = row[field.name]
        if field.name != "pupil" and value not in (None, ""):
            words.append(
                Words(
                    field_words(page.register, "ehc_processes", field.name, value)[1],
                    indent=2,
                    label=field.title,
                )
            )
    words += [
        Words(each.message, "warn", indent=2)
        for each in out_of_order(page.register, "ehc_processes", row)
    ]
    return entry(row, *words, apart=True)
