"""The lists and figures for leaders against the same worked out anew from bare records."""

import re
from collections import Counter, defaultdict
from datetime import date
from statistics import mean

import pytest

from senreg.rules.leadership import leadership
from senreg.rules.leading import led

from .raw_school import NEVER, ON_REGISTER, RawSchool

SCHOOLS = [
    {"seed": 4, "today": date(2026, 11, 26)},
    {"seed": 9, "today": date(2027, 6, 25), "pupils": 150},
    {"seed": 4, "era": 2011},
]


@pytest.fixture(params=SCHOOLS, ids=["autumn", "summer", "2011"], scope="module")
def raw(request):
    return RawSchool(**request.param)


@pytest.fixture(scope="module")
def figures(raw):
    found = defaultdict(dict)
    for each in leadership(raw.sample, raw.today).figures:
        assert each.title not in found[each.section]
        found[each.section][each.title] = each
    return found


def lines(raw, name, title):
    (part,) = [each for each in led(name, raw.sample, raw.today) if each.title == title]
    return {line.title: line for line in part.lines}


def numbers(words):
    """The figures in some words, in their order."""
    return [float(each.replace(",", "")) for each in re.findall(r"-?\d[\d,]*(?:\.\d+)?", words)]


def percent(share):
    return pytest.approx(share * 100, abs=0.51)


# The page of figures


def test_the_register_and_who_came_and_went(raw, figures):
    whole = figures["register"]["On the SEN register"]
    came = went = 0
    for pupil in raw.here:
        days = sorted(
            {each["start"] for each in raw.tables["sen_statuses"] if each["pupil"] == pupil}
        )
        codes = [raw.status(pupil, day) in ON_REGISTER for day in days]
        steps = list(zip(days, [False, *codes], codes, strict=False))
        this_year = [step for step in steps if raw.year_start <= step[0] <= raw.day]
        came += any(now and not was for _, was, now in this_year)
        went += any(was and not now for _, was, now in this_year)
    assert set(whole.behind) == raw.sen
    assert numbers(whole.value) == [len(raw.sen)]
    assert numbers(whole.of) == [
        percent(len(raw.sen) / len(raw.here)),
        len(raw.here),
        came,
        went,
    ]
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
    # In summer the school year so far holds its three terms; before, twelve months do.
    since = raw.year_start if raw.today.month in (4, 5, 6, 7, 8) else raw.year_back
    met = Counter(pupil for pupil, _, was_held in raw.talks(since) if was_held)
    asked = [
        each["pupil"]
        for each in raw.tables["cohort_memberships"]
        if each["start"] <= since and each.get("end", NEVER) >= raw.day
        if raw.on_roll(raw.pupils[each["pupil"]], since) and each["pupil"] in raw.here
    ]
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


# The lists


@pytest.mark.parametrize(
    ("title", "what"), [("By key teacher", "key_teacher"), ("By class", "class_name")]
)
def test_who_answers_for_whom(raw, figures, title, what):
    theirs = raw.sen | raw.cohort

    def word(pupil, day):
        found = raw.place(pupil, day, what)
        return (raw.named(found) if what == "key_teacher" and found else found) or "not known"

    held, planned, pupils, late = Counter(), Counter(), defaultdict(set), Counter()
    for pupil, day, was_held in raw.talks(raw.year_start):
        if pupil in theirs:
            planned[word(pupil, day)] += 1
            held[word(pupil, day)] += was_held
    overdue, moved = raw.overdue(), defaultdict(list)
    for pupil in theirs:
        pupils[word(pupil, raw.day)].add(pupil)
        late[word(pupil, raw.day)] += overdue[pupil]
    for subject in ("english", "maths"):
        for pupil, (day, a_year) in raw.gains(subject).items():
            if pupil in theirs:
                moved[word(pupil, day)].append((pupil, a_year))
    found = lines(raw, "responsibility", title)
    assert set(pupils) | set(planned) <= set(found)
    assert sum(held.values()) > 20
    for name, line in found.items():
        assert numbers(line.value) == [held[name], planned[name]], name
        assert numbers(line.of)[:2] == [len(pupils[name]), late[name]], name
        if moved[name]:
            assert numbers(line.of)[2:] == [
                pytest.approx(mean(a_year for _, a_year in moved[name]), abs=0.006),
                len({pupil for pupil, _ in moved[name]}),
            ]
        else:
            assert "progress unknown" in line.of
        assert pupils[name] <= set(line.behind)
    if what == "key_teacher":
        for name, figure in figures["people"].items():
            assert (figure.value, name in found) == (found[name].value, True)


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_who_answers_by_subject(raw, subject):
    own = {
        pupil: a_year
        for pupil, (day, a_year) in raw.gains(subject).items()
        if pupil in raw.here and raw.status(pupil, day) in ON_REGISTER
    }
    talks = [talk for talk in raw.talks(raw.year_start) if talk[0] in own]
    overdue = raw.overdue()
    found = {
        title.casefold(): line for title, line in lines(raw, "responsibility", "By subject").items()
    }
    (line,) = [line for title, line in found.items() if title.startswith(subject.rstrip("s"))]
    assert numbers(line.value) == [percent(mean(each >= 3 - 1e-9 for each in own.values()))]
    words = numbers(line.of)
    assert words[0] == len(own)
    assert words[2] == pytest.approx(mean(own.values()), abs=0.006)
    assert words[3:] == [
        sum(talk[2] for talk in talks),
        len(talks),
        sum(overdue[each] for each in own),
    ]


def test_objectives_beside_their_pupils(raw):
    gains = {subject: raw.gains(subject) for subject in ("english", "maths")}
    seen = 0
    for part in led("objectives", raw.sample, raw.today):
        for line in part.lines:
            row = raw.sample.get(line.opens)
            named = row.get("pupils") or (raw.sen if row["kind"] == "improvement" else ())
            subjects = [row["subject"].casefold()] if row.get("subject") else list(gains)
            a_year = [
                (pupil, gains[subject][pupil][1])
                for subject in subjects
                for pupil in named
                if pupil in gains[subject]
            ]
            known = {pupil for pupil, _ in a_year}
            below = {pupil for pupil, each in a_year if each < 3 - 1e-9}
            assert set(line.behind) == set(named)
            assert f"{len(named)} pupils, {len(named) - len(known)} unknown" in line.of
            if known:
                seen += 1
                assert numbers(line.value) == [len(known - below), len(known)]
                (pace,) = re.findall(r"mean (-?[\d.]+) a year", line.of)
                assert float(pace) == pytest.approx(mean(each for _, each in a_year), abs=0.006)
            else:
                assert line.value == "–"
    assert seen > 2


def test_lessons_on_the_six_strands(raw):
    strands = (
        "inspirational",
        "organised",
        "differentiated",
        "knowledge",
        "interactive",
        "barriers",
    )
    lessons = defaultdict(list)
    for each in sorted(raw.tables["observations"], key=lambda each: each["date"]):
        if each["date"] <= raw.day:
            lessons[each["staff"]].append(each)
    parts = led("teaching", raw.sample, raw.today)
    everybody = list(parts[0].lines)
    for place, strand in enumerate(strands):
        pairs = []
        for own in lessons.values():
            known = [each[strand] for each in own if strand in each]
            if len(known) > 1:
                pairs.append((known[0], known[-1]))
        line = everybody[place]
        assert numbers(line.value) == [
            pytest.approx(mean(pair[side] for pair in pairs), abs=0.051) for side in (0, 1)
        ]
        up, down = (sum(sign * (b - a) > 0 for a, b in pairs) for sign in (1, -1))
        assert numbers(line.of) == [up, down, len(pairs)]
    assert len(parts) - 1 == len(lessons)
    for staff, own in lessons.items():
        (part,) = [each for each in parts if each.title == raw.named(staff)]
        assert part.note.startswith(f"{len(own)} lessons")
        shares = [
            each["minutes_with_lowest"] / each["minutes_seen"]
            for each in own
            if "minutes_with_lowest" in each
        ]
        if shares:
            assert numbers(part.lines[-1].value) == [percent(shares[-1])]


def test_conversation_training(raw):
    had = {
        each["staff"]
        for each in raw.tables["trainings"]
        if each["kind"] == "conversation" and each["date"] <= raw.day
    }
    teachers = {raw.pupils[pupil].get("key_teacher") for pupil in raw.sen | raw.cohort} | {
        each.get("led_by") for each in raw.tables["conversations"] if not each.get("held_on")
    }
    asked = {
        key
        for key, each in raw.staff.items()
        if each.get("since", "") <= raw.day <= each.get("until", NEVER)
        and (each["role"] in ("class_teacher", "subject_teacher", "form_tutor") or key in teachers)
    }
    without, having = led("training", raw.sample, raw.today)
    assert sorted(line.title for line in having.lines) == sorted(map(raw.named, asked & had))
    assert numbers(having.note) == [
        percent(len(asked & had) / len(asked)),
        len(asked & had),
        len(asked),
    ]
    lacking = [line.title for line in without.lines if line.value == "not yet"]
    assert sorted(lacking) == sorted(map(raw.named, asked - had))


def test_notes_to_the_head_visits_and_who_leads(raw):
    notes = raw.tables["staff_feedback"]
    waiting = [each for each in notes if not each.get("annotation")]
    parts = {part.title: part for part in led("feedback", raw.sample, raw.today)}
    assert [numbers(line.value)[0] for line in parts["Waiting for the head"].lines] == sorted(
        ((raw.today - date.fromisoformat(each["date"])).days for each in waiting), reverse=True
    )
    assert len(parts["Annotated"].lines) == len(notes) - len(waiting)
    visits = {each["id"] for each in raw.tables["coach_visits"]}
    still = {
        each["id"]
        for each in raw.tables["actions"]
        if each["about"] in visits and not each.get("done_on")
    }
    coach = {part.title: part for part in led("coach", raw.sample, raw.today)}
    assert {line.opens for line in coach["Still to be done"].lines} == still
    assert {line.opens for line in coach["Visits"].lines} == visits
    leads = {part.title: part for part in led("lead", raw.sample, raw.today)}
    today = [line for line in leads["Leads of the programme"].lines if "leads today" in line.of]
    (role,) = [each for each in raw.tables["lead_roles"] if each.get("end", NEVER) >= raw.day]
    assert [line.opens for line in today] == [role["id"]]


def test_the_evidence_of_the_self_review(raw):
    def share(title, found):
        (line,) = [
            line
            for part in led("self-review", raw.sample, raw.today)
            for line in part.lines
            if line.title == title
        ]
        found = set(found) & raw.sen
        assert set(line.behind) == found
        assert numbers(line.value) == [percent(len(found) / len(raw.sen))]
        assert numbers(line.of)[:2] == [len(found), len(raw.sen)]

    barriers = raw.tables["barriers"]
    share("Barriers are named", (each["pupil"] for each in barriers))
    share(
        "A barrier was resolved",
        (
            each["pupil"]
            for each in barriers
            if raw.year_back <= each.get("resolved_on", "") <= raw.day
        ),
    )
    strategies = raw.tables["strategies"]
    share(
        "Strategies for the class",
        (each["pupil"] for each in strategies if each.get("place") != "home"),
    )
    begins = max(each["start"] for each in raw.tables["terms"] if each["start"] <= raw.day)
    share(
        "Assessed this term",
        (each["pupil"] for each in raw.tables["assessments"] if begins <= each["date"] <= raw.day),
    )
