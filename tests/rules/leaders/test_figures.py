"""The page of figures for leaders against the same worked out anew from bare records."""

import re
from collections import Counter, defaultdict
from statistics import mean

import pytest

from .raw_school import NEVER, ON_REGISTER, numbers, percent


def test_the_register_and_who_came_and_went(raw, figures):
    whole = figures["register"]["On the SEN register"]
    came, went = set(), set()
    for pupil in raw.here:
        days = sorted(
            {each["start"] for each in raw.tables["sen_statuses"] if each["pupil"] == pupil}
        )
        codes = [raw.status(pupil, day) in ON_REGISTER for day in days]
        steps = list(zip(days, [False, *codes], codes, strict=False))
        this_year = [step for step in steps if raw.year_start <= step[0] <= raw.day]
        came |= {pupil for _, was, now in this_year if now and not was}
        went |= {pupil for _, was, now in this_year if was and not now}
    assert set(whole.behind) == raw.sen
    assert numbers(whole.value) == [len(raw.sen)]
    assert numbers(whole.of) == [percent(len(raw.sen) / len(raw.here)), len(raw.here)]
    for title, moved in (("Came on to it", came), ("Went off it", went)):
        figure = figures["register"][title]
        assert (numbers(figure.value), set(figure.behind)) == ([len(moved)], moved)
        assert set(figure.said) == moved
    assert came | went
    by_need = Counter(
        next(
            (
                each["code"]
                for each in raw.tables["needs"]
                if each["pupil"] == pupil and each["rank"] == 1 and "end" not in each
            ),
            "",
        )
        for pupil in raw.sen
    )
    assert sorted(numbers(each.value)[0] for each in figures["need"].values()) == sorted(
        by_need.values()
    )
    by_year = Counter(f"Year {raw.pupils[pupil]['year_group']}" for pupil in raw.sen)
    assert {title: numbers(each.value)[0] for title, each in figures["year_group"].items()} == (
        by_year
    )


def test_conversations_and_families_met_three_times(raw, figures):
    theirs = raw.sen | raw.cohort
    of_year = [talk for talk in raw.talks(raw.year_start) if talk[0] in theirs]
    held = figures["talks"]["Held of those planned"]
    assert numbers(held.value) == [sum(talk[2] for talk in of_year), len(of_year)]
    met, asked = raw.met_of_cohort()
    assert len(asked) > 10
    three = figures["talks"]["Families met three times"]
    assert numbers(three.value) == [percent(mean(met[each] >= 3 for each in asked))]
    assert numbers(three.of)[0] == len(asked)
    assert set(three.behind) == set(asked)


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_progress_and_the_gap(raw, figures, subject):
    found = {pupil: each for pupil, each in raw.gains(subject).items() if pupil in raw.here}
    for words, wanted in (
        ("SEN", lambda pupil, day: raw.status(pupil, day) in ON_REGISTER),
        ("all", lambda pupil, day: True),
    ):
        own = [a_year for pupil, (day, a_year) in found.items() if wanted(pupil, day)]
        figure = figures["progress"][f"{subject.capitalize()} at expected, {words}"]
        assert numbers(figure.value) == [percent(mean(each >= 3 - 1e-9 for each in own))]
        assert numbers(figure.of)[0] == len(own)
        assert numbers(figure.of)[-1] == pytest.approx(mean(own), abs=0.006)
    last = {}
    for each in raw.tables["assessments"]:
        if each["subject"] == subject and raw.year_back <= each["date"] <= raw.day:
            last[each["pupil"]] = max(
                last.get(each["pupil"], ("", 0)), (each["date"], each["points"])
            )
    apart = {True: [], False: []}
    for pupil in raw.here & last.keys():
        day, points = last[pupil]
        if raw.place(pupil, day, "year_group") in ("3", "4", "5", "6"):
            apart[raw.status(pupil, day) in ON_REGISTER].append(points)
    gap = figures["progress"][f"{subject.capitalize()}, gap at KS2, points"]
    wanted = mean(apart[False]) - mean(apart[True])
    assert numbers(gap.value) == [pytest.approx(wanted, abs=0.006)]
    assert numbers(gap.of)[0] == sum(map(len, apart.values()))


def test_attendance_and_who_takes_part(raw, figures):
    missed, possible = Counter(), Counter()
    for each in raw.tables["attendance"]:
        if raw.year_back <= each["start"] and each["end"] <= raw.day and each["pupil"] in raw.here:
            missed[each["pupil"]] += each["authorised"] + each["unauthorised"]
            possible[each["pupil"]] += each["possible"]
    least = 0.1 if raw.day > "2015" else 0.15
    over = {each for each in possible if missed[each] >= least * possible[each]}
    figure = figures["attendance"]["Persistently absent"]
    assert set(figure.behind) == over
    assert numbers(figure.value) == [percent(len(over) / len(possible))]
    ends = {each["id"]: each.get("end", NEVER) for each in raw.tables["activities"]}
    takes = defaultdict(bool)
    for each in raw.tables["participations"]:
        end = each.get("end") or ends.get(each.get("activity"), NEVER)
        if each["pupil"] in raw.here and each["start"] <= raw.day and end >= raw.year_back:
            takes[each["pupil"]] |= bool(each.get("activity"))
    taking = figures["attendance"]["Take part in something"]
    assert numbers(taking.value) == [percent(mean(takes.values()))]
    assert numbers(taking.of)[0] == len(takes)


def test_provision_that_runs_and_what_it_costs(raw, figures):
    running = [
        each for each in raw.tables["groups"] if each["start"] <= raw.day <= each.get("end", NEVER)
    ]
    ids = {each["id"] for each in running}
    placed = {
        each["pupil"]
        for each in raw.tables["placements"]
        if each["group"] in ids and each["start"] <= raw.day <= each.get("end", NEVER)
    }
    figure = figures["provision"]["Running now"]
    assert numbers(figure.value) == [len(running)]
    assert numbers(figure.of) == [len({each["intervention"] for each in running}), len(placed)]
    assert set(figure.behind) == placed
    met = defaultdict(list)
    for each in raw.tables["sessions"]:
        met[each["group"]].append(each)
    kinds = {each["id"]: each for each in raw.tables["interventions"]}
    total = 0.0
    for group in raw.tables["groups"]:
        theirs = [
            each
            for each in raw.tables["placements"]
            if each["group"] == group["id"]
            and each["start"] <= raw.day
            and each.get("end", NEVER) >= raw.year_back
        ]
        if not theirs or not met[group["id"]] or group.get("end", NEVER) < raw.year_back:
            continue
        for each in met[group["id"]]:
            if raw.year_back <= each["date"] <= raw.day:
                total += sum(
                    rate(raw, raw.staff[adult]["role"], each["date"]) * each["minutes"] / 60
                    for adult in group["staff"]
                )
        if raw.year_back <= group["start"] <= raw.day:
            total += kinds[group["intervention"]]["resource_cost"]
    cost = figures["provision"]["Cost in 12 months"]
    assert numbers(cost.value) == [pytest.approx(total, abs=1.0)]


def rate(raw, role, day):
    held = [
        (each["start"], each["per_hour"])
        for each in raw.tables["rates"]
        if each["role"] == role and each["start"] <= day
    ]
    return max(held)[1]


def test_what_parents_say_workshops_and_barriers(raw, figures):
    rated = [
        (each["date"], each["rating"])
        for each in raw.tables["school_ratings"]
        if each["kind"] == "parents" and raw.year_back <= each["date"] <= raw.day
    ]
    own = figures["relations"]["The school's own rating"]
    assert numbers(own.value) == [max(rated)[1], 5]
    surveys = [each for each in raw.tables["surveys"] if raw.year_back <= each["asked_on"]]
    latest = max(surveys, key=lambda each: each["asked_on"])
    given = [
        each["rating"]
        for each in raw.tables["survey_answers"]
        if each["survey"] == latest["id"] and each["question"] == 1
    ]
    excellent = figures["relations"]["Parents: excellent"]
    assert numbers(excellent.value) == [percent(given.count(5) / len(given))]
    held = [each for each in raw.tables["workshops"] if raw.year_back <= each["date"] <= raw.day]
    came = figures["relations"]["Families came to workshops"]
    totals = [sum(each[name] for each in held) for name in ("attended", "invited")]
    assert numbers(came.of)[:3] == [*totals, len(held)]
    assert numbers(came.value) == [percent(totals[0] / totals[1])]
    named = defaultdict(set)
    for each in raw.tables["barriers"]:
        if each["pupil"] in raw.here and "resolved_on" not in each:
            named[each["category"]].add(each["pupil"])
    most = sorted((len(each) for each in named.values()), reverse=True)[:5]
    assert [numbers(each.value)[0] for each in figures["barriers"].values()] == most
    assert {frozenset(each.behind) for each in figures["barriers"].values()} <= set(
        map(frozenset, named.values())
    )


def test_every_figure_says_how_its_n_and_those_unknown_come_to_whom(raw, figures):
    whole = {"the pupils on roll on the last day": len(raw.here)}
    seen = set()
    for section, own in figures.items():
        for title, figure in own.items():
            first = figure.note.partition("\n")[0]
            found = re.match(r"n ([\d,]+)[^+]* \+ ([\d,]+) [^=]*(?:= ([\d,]+))?: (.*)\.$", first)
            if found is None:
                assert re.search(r"\d+ (of|on it|with both|pupils)", first), (section, title, first)
                continue
            n, unknown, together = (int((each or "0").replace(",", "")) for each in
                                    found.groups()[:3])  # fmt: skip
            assert (together or n) == n + unknown, first
            if "conversation" not in first and section != "provision":
                assert f"n {n:,}" in figure.of or f"n {n} " in figure.of, (title, figure.of)
            if section in ("attendance", "progress") and "gap" not in title:
                assert n + unknown == whole[found[4]], title
            seen.add(section)
    assert seen >= {"talks", "progress", "attendance", "provision", "relations", "people"}
    stages = [int(n) + int(unknown) for title, each in figures["progress"].items()
              if title.startswith("English, gap")
              for n, unknown in re.findall(r"^n (\d+) \+ (\d+) unknown", each.note)]  # fmt: skip
    assert sum(stages) == len(raw.here)


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_who_is_behind_a_share_is_told_with_how_it_stands(raw, figures, subject):
    found = {pupil: each for pupil, each in raw.gains(subject).items() if pupil in raw.here}
    figure = figures["progress"][f"{subject.capitalize()} at expected, all"]
    for pupil, (_, a_year) in found.items():
        assert figure.said[pupil].startswith("✓" if a_year >= 3 - 1e-9 else "▼")
        assert numbers(figure.said[pupil])[0] == pytest.approx(a_year, abs=0.006)
    for section in ("talks", "attendance", "provision", "people"):
        for each in figures[section].values():
            assert set(each.behind) <= set(each.said) or not each.behind, each.title


def test_behind_every_figure_stand_pupils_or_what_it_was_taken_from(raw, figures):
    for section, own in figures.items():
        for title, figure in own.items():
            if figure.value in ("–", "0", "0%") or title == "Who leads the programme":
                continue
            assert figure.behind or figure.missing, (section, title)
            assert all(map(raw.sample.get, (*figure.behind, *figure.missing))), (section, title)
