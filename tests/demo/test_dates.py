from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from senreg.demo.making import Making
from senreg.demo.school_days import SchoolDays, easter, terms_of
from senreg.models.tables import TABLES, fields_of
from senreg.models.validate import checked, warnings_for

from .schools import DAYS, TODAY, school

CASES = [
    *({"today": day} for day in DAYS),
    *({"today": day, "seed": 7, "pupils": 100} for day in DAYS),
    {"seed": 2},
    {"era": 2011},
    {"years": 10},
    {"pupils": 40},
]
FUTURE = {"due", "end", "planned_for", "next_on"}
"""What may lie ahead; of terms, everything may."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_record_is_one_the_register_takes(case: dict[str, Any]) -> None:
    for table, records in school(**case).tables.items():
        for record in records:
            values = {name: value for name, value in record.items() if name != "id"}
            assert checked(table, values, partial=False) == values
            odd = warnings_for(table, values)
            assert not odd or "UPN" in odd[0], (table, record, odd)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_named_is_there(case: dict[str, Any]) -> None:
    tables = school(**case).tables
    ids = {table: {record["id"] for record in records} for table, records in tables.items()}
    every = [record["id"] for records in tables.values() for record in records]
    assert len(set(every)) == len(every)
    for table, records in tables.items():
        references = [field for field in fields_of(table) if field.about.of in TABLES]
        for field in references:
            known = set(ids.get(field.about.of, ()))
            for more in getattr(field.about, "also_of", ()):
                known |= ids.get(more, set())
            for record in records:
                named = record.get(field.name, [])
                for each in [named] if isinstance(named, str) else named:
                    assert each in known, (table, field.name, record)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_everything_happened_within_a_childs_life_and_not_after_today(
    case: dict[str, Any],
) -> None:
    made = school(**case)
    born = {pupil["id"]: pupil["dob"] for pupil in made.tables["pupils"]}
    targets = {target["id"]: target["pupil"] for target in made.tables["targets"]}
    for table, records in made.tables.items():
        if table == "terms":
            continue
        days = [field.name for field in fields_of(table) if field.kind == "day"]
        for record in records:
            pupil = record.get("pupil") or targets.get(record.get("target", ""))
            for name in days:
                if name not in record:
                    continue
                day = record[name]
                if name not in FUTURE:
                    assert day <= made.plan.today.isoformat(), (table, name, record)
                if pupil:
                    reception = f"{int(born[pupil][:4]) + 4}-08-01"
                    assert day > reception, (table, name, record)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_status_is_open_at_a_time_and_none_overlap(case: dict[str, Any]) -> None:
    statuses = defaultdict(list)
    for status in school(**case).tables["sen_statuses"]:
        statuses[status["pupil"]].append((status["start"], status.get("end")))
    for spans in statuses.values():
        spans.sort()
        assert spans[-1][1] is None
        for (_, end), (start, _) in pairwise(spans):
            assert end is not None
            assert date.fromisoformat(end) + timedelta(days=1) == date.fromisoformat(start)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_targets_are_set_before_they_are_reviewed_and_reviewed_by_their_term(
    case: dict[str, Any],
) -> None:
    made = school(**case)
    reviews = defaultdict(list)
    for review in made.tables["target_reviews"]:
        reviews[review["target"]].append(review)
    for target in made.tables["targets"]:
        assert target["set_on"] < target["due"]
        if target["status"] in ("set", "working"):
            assert all(review["date"] < target["due"] for review in reviews[target["id"]])
        else:
            (review,) = reviews[target["id"]]
            assert review["date"] == target["due"] > target["set_on"]
            assert (review["outcome"] >= 0) == (target["status"] == "met")
            better = target["target_value"] > target["start_value"]
            reached = review["value"] >= target["target_value"]
            if not better:
                reached = review["value"] <= target["target_value"]
            assert reached == (review["outcome"] >= 0), (target, review)


def test_every_term_of_the_programme_has_targets_and_reviews() -> None:
    made = school()
    terms = made.days.terms[made.first_of_programme : made.now + 1]
    assert [term.name for term in terms] == [
        "Autumn 2025",
        "Spring 2026",
        "Summer 2026",
        "Autumn 2026",
    ]
    set_in = Counter(
        term.name
        for target in made.tables["targets"]
        for term in terms
        if term.start.isoformat() <= target["set_on"] <= term.end.isoformat()
    )
    assert sum(set_in.values()) == len(made.tables["targets"])
    assert min(set_in.values()) >= 50
    kinds = Counter(target["kind"] for target in made.tables["targets"])
    assert min(kinds["curricular"], kinds["wider"]) >= 100


def test_terms_are_those_of_english_schools() -> None:
    autumn, spring, summer = terms_of(2026)
    assert (autumn.start, autumn.end) == (date(2026, 9, 2), date(2026, 12, 18))
    assert (spring.start, spring.end) == (date(2027, 1, 4), date(2027, 3, 25))
    assert (summer.start, summer.end) == (date(2027, 4, 12), date(2027, 7, 21))
    for year in range(2005, 2045):
        terms = terms_of(year)
        for before, after in zip(terms, [*terms[1:], terms_of(year + 1)[0]], strict=True):
            assert before.start < before.end
            assert 9 <= (after.start - before.end).days <= 48
        holiday = (terms[1].end, terms[2].start)
        assert holiday[0] < easter(year + 1) + timedelta(days=1) < holiday[1]
        for term in terms:
            assert term.start.weekday() < 5
            assert term.end.weekday() < 5


@pytest.mark.parametrize(
    "sunday", [date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2038, 4, 25)]
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_school_days_leave_out_weekends_holidays_and_half_term() -> None:
    days = SchoolDays(2026, 2026)
    assert days.before(date(2026, 10, 28)) == date(2026, 10, 23)
    assert days.after(date(2026, 10, 28)) == date(2026, 11, 2)
    assert days.before(date(2026, 12, 25)) == date(2026, 12, 18)
    assert days.after(date(2027, 5, 3)) == date(2027, 5, 4)


def _open_targets(made: Making) -> Counter[str]:
    return Counter(
        target["pupil"]
        for target in made.tables["targets"]
        if target["status"] in ("set", "working")
    )


@pytest.mark.parametrize("today", [TODAY, *DAYS], ids=str)
@pytest.mark.parametrize("seed", [1, 5])
def test_there_is_something_true_to_point_out(today: date, seed: int) -> None:
    made = school(today=today, seed=seed)
    helped = {child.id for child in made.helped}
    assert sum(not _open_targets(made)[child] for child in helped) == 2
    primary = {need["pupil"] for need in made.tables["needs"] if need["rank"] == 1}
    assert len(helped - primary) == 3
    waiting = [
        review["planned_for"]
        for review in made.tables["reviews"]
        if "held_on" not in review and review["kind"] == "termly"
    ]
    assert len(waiting) == len(helped)
    now, soon = today.isoformat(), (today + timedelta(days=14)).isoformat()
    assert sum(day < now for day in waiting) in (6, 7)
    assert 9 <= sum(now <= day <= soon for day in waiting) <= 14


@pytest.mark.parametrize("today", [TODAY, *DAYS], ids=str)
@pytest.mark.parametrize("seed", [1, 5])
def test_the_week_has_one_clash_and_one_crowded_group(today: date, seed: int) -> None:
    made = school(today=today, seed=seed)
    tables = made.tables
    running = {
        group["id"]: group
        for group in tables["groups"]
        if group.get("end", "9999") >= today.isoformat()
    }
    members = defaultdict(set)
    for placement in tables["placements"]:
        if placement["group"] in running and "end" not in placement:
            members[placement["group"]].add(placement["pupil"])
    largest = {each["id"]: each["group_size"] for each in tables["interventions"]}
    over = [
        len(members[group["id"]]) - largest[group["intervention"]]
        for group in running.values()
        if len(members[group["id"]]) > largest[group["intervention"]]
    ]
    assert over == [1]
    meetings = defaultdict(list)
    slotted = set()
    for slot in tables["slots"]:
        hour, minute = slot["at"].split(":")
        start = int(hour) * 60 + int(minute)
        slotted.add(slot["group"])
        for person in (*running[slot["group"]]["staff"], *members[slot["group"]]):
            meetings[person].append((slot["weekday"], start, start + slot["minutes"]))
    assert slotted == set(running)
    clashes = [
        person
        for person, times in meetings.items()
        for place, (day, start, end) in enumerate(times)
        for other_day, other_start, other_end in times[place + 1 :]
        if day == other_day and start < other_end and other_start < end
    ]
    adults = {member["id"] for member in tables["staff"]}
    assert len(clashes) == 1
    assert clashes[0] in adults
