"""The lists for leaders against the same worked out anew from bare records."""

import re
from collections import Counter, defaultdict
from datetime import date
from statistics import mean

import pytest

from senreg.rules.leading import LISTS, led

from .raw_school import NEVER, ON_REGISTER, numbers, percent


def lines(raw, name, title):
    (part,) = [each for each in led(name, raw.sample, raw.today) if each.title == title]
    return {line.title: line for line in part.lines}


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
            if row["measure"] == "participation":
                met, cohort = raw.met_of_cohort()
                asked = [each for each in cohort if each in named]
                assert numbers(line.value) == [sum(met[each] >= 3 for each in asked), len(asked)]
                assert f"{len(named)} pupils, {len(named) - len(asked)} unknown" in line.of
                continue
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


def test_no_two_lines_under_a_heading_have_one_title(raw):
    for name in LISTS:
        for part in led(name, raw.sample, raw.today):
            if name in ("feedback", "coach"):
                continue  # what was written is what was written
            titles = [line.title for line in part.lines]
            assert len(set(titles)) == len(titles), (name, part.title, titles)
        notes = [
            part.note for part in led(name, raw.sample, raw.today) if part.note.startswith("w ")
        ]
        assert len(notes) <= 1, "what a key does is said once"


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


@pytest.mark.parametrize("subject", ["english", "maths"])
def test_the_lowest_fifth_of_the_last_term_and_how_it_moved(raw, subject):
    scored = defaultdict(dict)
    for each in sorted(raw.tables["assessments"], key=lambda each: each["date"]):
        # The grid is of 365 days, its terms those of the school: an assessment is of its own term.
        if each["subject"] == subject and each["pupil"] in raw.here and each["date"] <= raw.day:
            begins = max(t["start"] for t in raw.tables["terms"] if t["start"] <= each["date"])
            scored[begins][each["pupil"]] = each["points"]
    *_, before, last = sorted(scored)
    inside = {}
    for begins in (before, last):
        years = defaultdict(dict)
        for pupil, points in scored[begins].items():
            years[raw.pupils[pupil]["year_group"]][pupil] = points
        inside[begins] = set()
        for points in years.values():
            lowest = sorted(points.values())[: -(-len(points) // 5)]
            if len(points) >= 5:
                inside[begins] |= {each for each in points if points[each] <= lowest[-1]}
    found = {part.title.casefold(): part for part in led("lowest-fifth", raw.sample, raw.today)}
    (steps,) = [each for title, each in found.items()
                if title.startswith(subject.rstrip("s")) and " term to term" in title]  # fmt: skip
    assert set(steps.lines[-1].behind) == inside[last]
    assert numbers(steps.lines[-1].value) == [len(inside[last])]
    came = {each for each in inside[last] - inside[before] if each in scored[before]}
    left = {each for each in inside[before] - inside[last] if each in scored[last]}
    words = steps.lines[-1].of
    assert (f"{len(came)} came in" in words) == bool(came)
    assert (f"{len(left)} left it" in words) == bool(left)
    (children,) = [each for title, each in found.items()
                   if title.startswith(subject.rstrip("s")) and "in it in" in title]  # fmt: skip
    assert {line.behind[0] for line in children.lines} == inside[last]
    assert len(children.lines) == len(inside[last]) > 5
