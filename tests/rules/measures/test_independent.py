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
    assert row.value == sum(held[p] >= 3 for p in chosen) / len(chosen)
    assert row.value > 0.5


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


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_attainment(asked, subject):
    _, tables, start, end, _ = asked
    old = start < "2015"
    value, least = ("4c", 25) if old else ("3 secure", 9)
    last = {}
    for each in tables["assessments"]:
        if each["subject"] == subject and start <= each["date"] <= end:
            before = last.get(each["pupil"])
            if before is None or before["date"] < each["date"]:
                last[each["pupil"]] = each
    present = [p["id"] for p in tables["pupils"] if here(p, end)]
    known = [last[each]["points"] for each in present if each in last]
    (row,) = ask(asked, "attainment", subject=subject, at_least=value)
    assert (row.n, row.unknown) == (len(known), len(present) - len(known))
    assert row.value == pytest.approx(sum(points >= least for points in known) / len(known))
    assert 0 < row.value < 1


def test_wider_outcomes(asked):
    _, tables, start, end, _ = asked
    present = {p["id"] for p in tables["pupils"] if here(p, end)}
    marks = defaultdict(dict)
    for each in tables["wider_marks"]:
        if start <= each["date"] <= end and each["pupil"] in present:
            key = each["category"], each["pupil"]
            sign = -1 if each["direction"] == "down" else 1
            assert each["date"] not in marks[key]
            marks[key][each["date"]] = sign * each["value"]
    changes = defaultdict(list)
    for (category, _), own in marks.items():
        if len(own) > 1:
            changes[category].append(own[max(own)] - own[min(own)])
    takers = defaultdict(set)
    ends = {each["id"]: each.get("end", "9999") for each in tables["activities"]}
    for each in tables["participations"]:
        until = each.get("end") or ends.get(each.get("activity"), "9999")
        if each["pupil"] in present and each["start"] <= end and until >= start:
            takers[each["pupil"]].add("activity" in each)
    rows = {row.by["category"]: row for row in ask(asked, "wider")}
    assert set(changes) <= set(rows)
    for category, row in rows.items():
        figures = [any(each) for each in takers.values()]
        if category != "participation":
            figures = changes[category]
        assert (row.n, row.unknown) == (len(figures), len(present) - len(figures))
        assert row.value == (pytest.approx(mean(figures)) if figures else None)


def test_relationships(asked):
    _, tables, start, end, _ = asked
    ratings = {
        each["date"]: each["rating"]
        for each in tables["school_ratings"]
        if each["kind"] == "parents" and start <= each["date"] <= end
    }
    rows = ask(asked, "relationships")
    assert [(row.by["date"], row.value) for row in rows if row.by["source"] == "school"] == sorted(
        ratings.items()
    )
    excellent = {}
    for survey in tables["surveys"]:
        if start <= survey["asked_on"] <= end:
            given = [
                each["rating"]
                for each in tables["survey_answers"]
                if each["survey"] == survey["id"] and each["question"] == 1
            ]
            excellent[survey["name"]] = (len(given), given.count(5) / len(given))
    found = {row.by["survey"]: (row.n, row.value) for row in rows if row.by["source"] == "parents"}
    assert found == excellent
    assert ratings or excellent


def days_between(one, other):
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def test_impact(asked):
    _, tables, start, end, _ = asked
    kinds = {each["id"]: each for each in tables["interventions"]}
    of_group = {each["id"]: kinds[each["intervention"]]["name"] for each in tables["groups"]}
    falling = {each["name"] for each in kinds.values() if each.get("direction") == "down"}
    met = {each["id"] for each in tables["targets"] if each["status"] == "met"}
    gains, months, lacking, reached = (defaultdict(list) for _ in range(4))
    for each in tables["placements"]:
        name, day = of_group[each["group"]], each.get("exit_on") or each.get("end") or ""
        if not start <= day <= end:
            continue
        reached[name] += [target in met for target in each.get("targets", ())]
        if "entry_score" in each and "exit_score" in each:
            moved = each["exit_score"] - each["entry_score"]
            gains[name].append(-moved if name in falling else moved)
            first = each.get("entry_on") or each["start"]
            months[name].append(days_between(first, day) / 30.4375)
        else:
            lacking[name].append(each)
    rows = {row.by["intervention"]: row for row in ask(asked, "impact")}
    assert any(gains.values())
    for name, row in rows.items():
        assert (row.n, row.unknown) == (len(gains[name]), len(lacking[name]))
        assert row.value == (pytest.approx(mean(gains[name])) if gains[name] else None)
        assert (row.more["targets_met"], row.more["targets"]) == (
            sum(reached[name]),
            len(reached[name]),
        )
        if " age " in f" {row.more['measure']} ".casefold() and gains[name]:
            gain = mean(gains[name])
            assert row.more["ratio_gain"] == pytest.approx(gain / mean(months[name]))
            cost = row.more["total_cost"] / row.more["placed"]
            assert row.more["cost"] == pytest.approx(cost)
            price = row.more["cost_per_month_gained"]
            assert price == (pytest.approx(cost / gain) if gain > 0 else None)
    assert set(gains) <= set(rows)


def test_the_pupils_placed_are_those_the_cost_is_shared_by(asked):
    _, tables, start, end, _ = asked
    groups = {
        each["id"]: each["intervention"]
        for each in tables["groups"]
        if each["start"] <= end and each.get("end", "9999") >= start
    }
    placed = defaultdict(set)
    for each in tables["placements"]:
        if each["group"] in groups and each["start"] <= end and each.get("end", "9999") >= start:
            placed[groups[each["group"]]].add(each["pupil"])
    names = {each["id"]: each["name"] for each in tables["interventions"]}
    assert {
        row.by["intervention"]: row.more["placed"]
        for row in ask(asked, "impact")
        if row.more["placed"]
    } == {names[kind]: len(pupils) for kind, pupils in placed.items()}


def test_responsibility(asked):
    _, tables, start, end, today = asked
    staff = {each["id"]: each["name"] for each in tables["staff"]}
    before = {
        (each["pupil"], each["school_year"]): each.get("key_teacher")
        for each in tables["enrolments"]
    }
    pupils = {each["id"]: each for each in tables["pupils"]}

    def year(day):
        first = int(day[:4]) - (day[5:7] < "09")
        return f"{first}/{(first + 1) % 100:02}"

    def teacher(pupil, day):
        if year(day) == year(today.isoformat()):
            found = pupils[pupil].get("key_teacher")
        else:
            found = before.get((pupil, year(day)))
        return staff[found] if found else "not known"

    meant = set()
    for each in tables["sen_statuses"]:
        if each["code"] in SEN and each["start"] <= end <= each.get("end", "9999"):
            meant.add(each["pupil"])
    for each in tables["cohort_memberships"]:
        if each["start"] <= end <= each.get("end", "9999"):
            meant.add(each["pupil"])
    meant = {each for each in meant if here(pupils[each], end)}
    planned, held, met = defaultdict(int), defaultdict(int), defaultdict(set)
    for each in tables["conversations"]:
        took_place = start <= each.get("held_on", "") <= end
        day = each["held_on"] if took_place else each["planned_for"]
        if each["pupil"] in meant and start <= day <= end:
            name = teacher(each["pupil"], day)
            planned[name] += 1
            held[name] += took_place
            met[name].add(each["pupil"])
    theirs = defaultdict(set)
    for each in meant:
        theirs[teacher(each, end)].add(each)
    rows = {row.by["key_teacher"]: row for row in ask(asked, "responsibility")}
    assert set(planned) | set(theirs) <= set(rows)
    for name, row in rows.items():
        assert (row.more["held"], row.more["planned"]) == (held[name], planned[name])
        assert (row.n, row.unknown) == (len(met[name]), len(theirs[name] - met[name]))
        assert row.more["pupils"] == len(theirs[name])
    assert sum(held.values()) > 50
