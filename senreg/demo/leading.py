"""What the school does as a school: who leads, what parents say, objectives, visits, training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.data import read
from senreg.demo.making import Making

_PAPERS = 46
_RETURNED_OF = 78
_STRANDS = (
    "inspirational", "organised", "differentiated", "knowledge", "interactive", "barriers",
)  # fmt: skip
_NO_WISH = 0.35


def write_leadership(made: Making) -> None:
    """Everything of the last school year and this one that is no single child's.

    Something waits for a leader in each list: one teacher without the training, one note of an
    assistant unanswered, what was agreed at the coach's last visit not yet done.
    """
    deputy = made.staff["deputy"][0]
    made.add(
        "lead_roles", role="senco", start=date(made.year - 3, 9, 1), end=date(made.year - 1, 8, 31)
    )
    made.add("lead_roles", role="deputy", staff=deputy, start=date(made.year - 1, 9, 1))
    survey = _write_survey(made)
    _write_workshops(made, survey)
    _write_ratings(made)
    _write_objectives(made)
    _write_visits(made)
    _write_self_review(made)
    for name, kind, what in read("practice")["partners"]:
        made.add("partners", name=name, kind=kind, what=what, since=date(made.year - 1, 9, 1))
    _write_employment(made)
    _write_notes_to_the_head(made)


def _back(made: Making, days: int) -> date:
    return made.days.before(made.plan.today - timedelta(days=days))


def _write_survey(made: Making) -> str:
    """Two surveys of parents a year apart; the later is returned."""
    draw, practice = made.draw, read("practice")
    survey = ""
    for days, better in ((340, 0), (60, 1)):
        asked = _back(made, days)
        survey = made.add(
            "surveys",
            name=f"Parents, {asked:%B %Y}",
            asked_on=asked,
            of_whom="parents",
            given_out=_RETURNED_OF,
            questions="\n".join(practice["survey_questions"]),
        )
        for paper in range(1, _PAPERS + 1):
            mood = draw.weighted(((3, 3 - better), (4, 4), (5, 2 + 2 * better)))
            for question in range(1, 6):
                rating = min(5, max(1, mood + draw.between(-1, 1)))
                if draw.chance(0.96):
                    made.add(
                        "survey_answers",
                        survey=survey,
                        paper=paper,
                        question=question,
                        rating=rating,
                    )
            if not draw.chance(_NO_WISH):
                wish = draw.fresh("wish", practice["survey_wishes"])
                made.add("survey_answers", survey=survey, paper=paper, question=6, words=wish)
    return survey


def _write_workshops(made: Making, survey: str) -> None:
    """What parents asked for in their own words, offered to every family of the register."""
    draw = made.draw
    families = [child.id for child in made.known]
    wishes = [
        (answer["id"], answer["words"].casefold())
        for answer in made.tables["survey_answers"]
        if answer["survey"] == survey and "words" in answer
    ]
    for place, (name, asked_for) in enumerate(read("practice")["workshops"]):
        asked = [key for key, said in wishes if any(word in said for word in asked_for)]
        day = _back(made, 45 - 11 * place)
        came = draw.some(families, draw.between(8, 17))
        made.add(
            "workshops",
            name=name,
            date=day,
            led_by=draw.one(made.staff["class_teacher"]),
            survey=survey,
            answers=asked,
            asked_by=len(asked),
            invited=len(families),
            attended=len(came) + draw.between(0, 4),
            pupils=came,
        )


def _write_ratings(made: Making) -> None:
    for kind, steps in read("practice")["ratings"].items():
        for place, (rating, evidence) in enumerate(steps):
            made.add(
                "school_ratings",
                kind=kind,
                date=_back(made, 330 - 150 * place),
                rating=rating,
                by=made.staff["head"][0],
                evidence=evidence,
            )


def _write_objectives(made: Making) -> None:
    """Two of the school's own, and for each class teacher one of the performance objectives."""
    written = read("practice")["objectives"]
    school = [each[1:] for each in written if each[0] == "improvement"]
    mine = [each[1:] for each in written if each[0] != "improvement"]
    due = made.days.terms[made.now].end + timedelta(days=150)
    for text, measure, _ in school:
        made.add(
            "objectives",
            kind="improvement",
            text=text,
            owner=made.staff["deputy"][0],
            measure=measure,
            set_on=date(made.year, 9, 1),
            due=due,
            status="open",
        )
    for place, (class_name, teacher) in enumerate(sorted(made.class_teachers.items())):
        text, measure, subject = mine[place % len(mine)]
        made.add(
            "objectives",
            kind="performance",
            text=text,
            owner=teacher,
            measure=measure,
            subject=subject,
            pupils=[child.id for child in made.helped if child.class_name == class_name],
            set_on=date(made.year, 9, 1),
            due=due,
            status="open",
        )


def _write_visits(made: Making) -> None:
    coach = made.add(
        "staff", name="Ifeoma Okafor", initials="IfO", role="coach", since=date(made.year - 1, 9, 1)
    )
    visits = read("practice")["coach_visits"]
    for place, (focus, found) in enumerate(visits):
        day = _back(made, 300 - 85 * place)
        visit = made.add(
            "coach_visits",
            date=day,
            coach=coach,
            met=[made.staff["deputy"][0], made.staff["senco"][0]],
            focus=focus,
            found=found,
            next_on=made.days.after(day + timedelta(days=85)),
        )
        due = made.days.after(day + timedelta(days=30))
        made.add(
            "actions",
            about=visit,
            what=f"Follow up: {focus[0].lower()}{focus[1:]}",
            who="Deputy head",
            place="school",
            due=due,
            done_on=due if due < made.plan.today and place < len(visits) - 1 else None,
        )


def _write_self_review(made: Making) -> None:
    for kind, (rating, evidence, step) in read("practice")["self_reviews"].items():
        for days, less in ((320, 1), (40, 0)):
            made.add(
                "self_reviews",
                kind=kind,
                date=_back(made, days),
                rating=rating - less,
                evidence=evidence if not less else None,
                next_step=step,
                by=made.staff["deputy"][0],
            )


def _write_employment(made: Making) -> None:
    draw, practice = made.draw, read("practice")
    trained = _back(made, 400)
    newest = max(made.class_teachers)
    for class_name, teacher in made.class_teachers.items():
        if class_name != newest:
            made.add(
                "trainings",
                kind="conversation",
                staff=teacher,
                date=trained,
                title=practice["trainings"]["conversation"],
                given_by="Coach",
                hours=3.0,
            )
        if draw.chance(0.5):
            kind = draw.one(("visit", "sen"))
            made.add(
                "trainings",
                kind=kind,
                staff=teacher,
                date=_back(made, draw.between(120, 260)),
                title=practice["trainings"][kind],
                hours=3.0,
                changed=draw.fresh("changed", practice["changed"]),
            )
        for days, least in ((280, 0), (50, 12)):
            strands: dict[str, Any] = {
                strand: draw.between(2, 3 + (least > 0)) for strand in _STRANDS
            }
            made.add(
                "observations",
                staff=teacher,
                date=_back(made, days + draw.between(0, 20)),
                by=made.staff["head"][0],
                lesson=draw.one(practice["lessons"]),
                minutes_seen=40,
                minutes_with_lowest=draw.between(least, least + 14),
                **strands,
            )


def _write_notes_to_the_head(made: Making) -> None:
    draw, notes = made.draw, read("practice")["feedback"]
    for place, (seen, idea, annotation) in enumerate(notes):
        answered = place < len(notes) - 1
        child = draw.one(made.helped)
        day = _back(made, draw.between(14, 200) if answered else draw.between(5, 12))
        next_day = min(made.days.after(day + timedelta(days=1)), made.plan.today)
        made.add(
            "staff_feedback",
            staff=draw.one(made.staff["ta"]),
            date=day,
            pupil_matters=child.say(seen),
            idea=idea,
            annotation=annotation if answered else None,
            annotated_by=made.staff["head"][0] if answered else None,
            annotated_on=next_day if answered else None,
        )
