"""Measures over the invented school against a calculation of their definitions written anew."""

from collections import defaultdict
from datetime import date
from statistics import mean, median

import pytest

from senreg.demo.build import generate
from senreg.rules.measures import Asked, measured
from tests.rules.sample import Sample

TODAY = date(2026, 11, 26)
PERIODS = [
    (None, date(2025, 9, 1), date(2026, 8, 31)),
    (None, date(2025, 11, 26), TODAY),
    (2011, date(2010, 9, 1), date(2011, 7, 1)),
]
SEN = set("KEAPS")


@pytest.fixture(params=PERIODS, ids=["year", "twelve months", "2011"], scope="module")
def asked(request):
    era, start, end = request.param
    made = generate(era=era, today=None if era else TODAY, seed=4)
    sample = Sample()
    for table, records in made.tables.items():
        for record in records:
            sample.add(table, **record)
    today = made.plan.today
    return sample, made.tables, start.isoformat(), end.isoformat(), today


def ask(asked, name, **more):
    sample, _, start, end, today = asked
    return measured(
        name, sample, Asked(date.fromisoformat(start), date.fromisoformat(end), today, **more)
    ).rows


def here(pupil, day):
    return (pupil.get("joined") or "") <= day <= (pupil.get("left") or "9999")


def test_participation(asked):
    _, tables, start, end, _ = asked
    held = defaultdict(int)
    for each in tables["conversations"]:
        if start <= each.get("held_on", "") <= end:
            held[each["pupil"]] += 1
    chosen = [
        pupil["id"]
        for pupil in tables["pupils"]
        if here(pupil, start) and here(pupil, end)
        if any(
            each["pupil"] == pupil["id"]
            and each["start"] <= start
            and each.get("end", "9999") >= end
            for each in tables["cohort_memberships"]
        )
    ]
    (row,) = ask(asked, "participation")
    assert row.n == len(chosen)
    assert row.value == (sum(held[p] >= 3 for p in chosen) / len(chosen) if chosen else None)


def term(day):
    year, month = int(day[:4]), int(day[5:7])
    first = year if month >= 9 else year - 1
    if month in (9, 10):
        return first * 3 - 1
    terms = {11: 0, 12: 0, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2}
    return first * 3 + terms[month]


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_progress(asked, subject):
    _, tables, start, end, _ = asked
    marks = defaultdict(list)
    for each in tables["assessments"]:
        if each["subject"] == subject and start <= each["date"] <= end:
            marks[each["pupil"]].append((each["date"], each["points"]))
    figures, unknown = [], 0
    for pupil in tables["pupils"]:
        if not here(pupil, end):
            continue
        own = sorted(marks[pupil["id"]])
        apart = term(own[-1][0]) - term(own[0][0]) if own else 0
        if apart >= 2:
            figures.append((own[-1][1] - own[0][1]) / apart * 3)
        else:
            unknown += 1
    (row,) = ask(asked, "progress", subject=subject, expected=3.0)
    assert (row.n, row.unknown) == (len(figures), unknown)
    assert row.value == pytest.approx(sum(f >= 3 - 1e-9 for f in figures) / len(figures))
    assert row.more["mean"] == pytest.approx(mean(figures))
    assert row.more["median"] == pytest.approx(median(figures))


def test_the_gap(asked):
    _, tables, start, end, _ = asked
    statuses = defaultdict(list)
    for each in tables["sen_statuses"]:
        statuses[each["pupil"]].append(each)
    last = {}
    for each in sorted(tables["assessments"], key=lambda each: each["date"]):
        if each["subject"] == "english" and start <= each["date"] <= end:
            last[each["pupil"]] = each
    with_sen, without = [], []
    for pupil in tables["pupils"]:
        mark = last.get(pupil["id"])
        if mark is None or not here(pupil, end):
            continue
        day = mark["date"]
        codes = [
            each["code"]
            for each in sorted(statuses[pupil["id"]], key=lambda each: each["start"])
            if each["start"] <= day <= each.get("end", "9999")
        ]
        (with_sen if codes and codes[-1] in SEN else without).append(mark["points"])
    rows = [row for row in ask(asked, "gap", subject="english") if row.n]
    assert sum(row.n for row in rows) == len(with_sen) + len(without)
    (row,) = [row for row in rows if row.by["key_stage"] == "KS2"]
    assert row.value == pytest.approx(mean(without) - mean(with_sen))


def test_absence(asked):
    _, tables, start, end, _ = asked
    tallies = defaultdict(lambda: [0, 0])
    for each in tables["attendance"]:
        if start <= each["start"] and each["end"] <= end:
            tallies[each["pupil"]][0] += each["authorised"] + each["unauthorised"]
            tallies[each["pupil"]][1] += each["possible"]
    known = [tallies[p["id"]] for p in tables["pupils"] if here(p, end) and p["id"] in tallies]
    (row,) = ask(asked, "absence")
    assert row.n == len(known)
    if start >= "2015":
        over = sum(missed / possible >= 0.1 for missed, possible in known)
    else:
        over = sum(missed >= 56 for missed, _ in known)
    assert row.value == pytest.approx(over / len(known))


def test_the_register(asked):
    _, tables, _, end, _ = asked
    present = {p["id"] for p in tables["pupils"] if here(p, end)}
    counts = defaultdict(set)
    for each in tables["sen_statuses"]:
        if each["start"] <= end <= each.get("end", "9999"):
            counts[each["code"]].add(each["pupil"])
    rows = {row.by["code"]: row.n for row in ask(asked, "register")}
    rows.pop("none")
    assert rows == {code: len(found & present) for code, found in counts.items()}


def test_cost_comes_to_what_every_session_cost(asked):
    _, tables, start, end, _ = asked
    roles = {each["id"]: each["role"] for each in tables["staff"]}
    resources = {each["id"]: each["resource_cost"] for each in tables["interventions"]}
    total = 0.0
    for group in tables["groups"]:
        met = [each for each in tables["sessions"] if each["group"] == group["id"]]
        if not met:
            continue
        for each in met:
            if start <= each["date"] <= end:
                for adult in group["staff"]:
                    rates = [
                        rate
                        for rate in tables["rates"]
                        if rate["role"] == roles[adult] and rate["start"] <= each["date"]
                    ]
                    hourly = max(rates, key=lambda rate: rate["start"])["per_hour"]
                    total += hourly * each["minutes"] / 60
        if start <= group["start"] <= end:
            total += resources[group["intervention"]]
    rows = ask(asked, "cost")
    assert not any(row.unknown for row in rows)
    assert sum(row.value for row in rows) == pytest.approx(total, abs=0.5)
