"""The tab of provision: groups beside what is done in class, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words, period_words, value_words
from senreg.clock import today
from senreg.register import Row
from senreg.rules.dates import short_day
from senreg.rules.hours_given import pupil_cost, year_so_far
from senreg.rules.measures.delivered import FORMULA, HOLIDAYS
from senreg.rules.naming import group_name, staff_named
from senreg.rules.target_life import outcome_words


def provision(page: Page) -> Iterator[Entry]:
    """Placements of today beside strategies in class, their cost, then what has ended."""
    day = today().isoformat()
    rows = newest(page.rows("placements"), "start")
    now = [row for row in rows if not row["end"] or row["end"] >= day]
    before = [row for row in rows if row not in now]
    yield heading("Provision now", "placements")
    if not now:
        yield nothing("In no group. a assigns the pupil to one.", "placements")
    for row in now:
        yield _placement(page, row)
    yield heading("Done in class, whoever teaches", "strategies")
    strategies = [row for row in page.rows("strategies") if row["place"] != "home"]
    if not strategies:
        yield nothing("Nothing yet. n adds what adults do in class that helps.", "strategies")
    for row in strategies:
        place = field_words(page.register, "strategies", "place", row["place"])[1]
        yield entry(row, Words(row["description"]), Words(place, "muted", indent=2))
    yield from _cost(page)
    if before:
        yield heading("Provision before", "placements")
    for row in before:
        yield _placement(page, row)


def _cost(page: Page) -> Iterator[Entry]:
    """What the groups of the school year cost, beside the notional threshold.

    A staff pack holds only some of the children of a group, and could not share its cost out.
    """
    if page.register.pack is not None:
        return
    start, end = year_so_far(page.register, today())
    cost = pupil_cost(page.register, page.pupil.id, start, end)
    if cost is None:
        return
    yield heading("Cost, for information")
    known = f"£{cost.pounds:,.0f} from {short_day(start.isoformat())} to today"
    of = f"{100 * cost.share:.0f}% of the notional threshold of £{cost.threshold:,} a year"
    words = [Words(joined(known, of), "strong")]
    if cost.unknown:
        names = ", ".join(cost.unknown)
        words.append(
            Words(f"Without {names}: no rate is known for who leads it, or no times.", "warn", 2)
        )
    if cost.planned:
        words.append(Words("Planned hours, where no session was marked.", "muted", indent=2))
    if cost.holidays:
        words.append(Words(HOLIDAYS, "warn", indent=2))
    words.append(Words(f"{FORMULA}.", "muted", indent=2))
    yield Entry("", words, detail="placements")


def _placement(page: Page, row: Row) -> Entry:
    register = page.register
    group = register.get(row["group"] or "")
    intervention = register.get(group["intervention"] or "") if group is not None else None
    name = group_name(group, register.get) if group is not None else "(group not found)"
    tier = "" if intervention is None else intervention["tier"]
    times = [_slot(page, slot) for slot in register.find("slots", group=row["group"])]
    adults = [staff_named(each, register.get) for each in (group["staff"] or [])] if group else []
    ended = bool(row["end"])
    return entry(
        row,
        Words(name, "muted" if ended else "strong"),
        Words(
            joined(
                period_words(row["start"], row["end"]),
                field_words(register, "interventions", "tier", tier)[1],
                ", ".join(times),
                ", ".join(adults),
            ),
            "muted",
            indent=2,
        ),
        Words(_score(page, row, "entry"), indent=2, label="At the start"),
        Words(_score(page, row, "exit"), indent=2, label="At the end"),
        Words(outcome_words(row["outcome"]), indent=2, label="Outcome"),
        Words(row["ended_reason"], indent=2, label="Why it ended"),
        Words(
            "\n".join(str(t["statement"] or "") for t in _targets(page, row)),
            indent=2,
            label="Serves",
        ),
        apart=True,
    )


def _slot(page: Page, slot: Row) -> str:
    day = field_words(page.register, "slots", "weekday", slot["weekday"])[1]
    minutes = f"{slot['minutes']} min" if slot["minutes"] else ""
    return " ".join(str(each) for each in (day, slot["at"], minutes) if each)


def _score(page: Page, row: Row, end: str) -> str:
    from senreg.models.tables import field_of

    score = row[f"{end}_score"]
    words = value_words(page.register, field_of("placements", f"{end}_score"), score)
    on = row[f"{end}_on"]
    return joined(words, short_day(on) if on and words else "")


def _targets(page: Page, row: Row) -> list[Row]:
    found = [page.register.get(each) for each in row["targets"] or []]
    return [each for each in found if each is not None]
