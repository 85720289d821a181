"""The lists for leaders: what each line says, and who or what stands behind it."""

from datetime import date

import pytest

from senreg.errors import WrongUsage
from senreg.rules.leadership import leadership
from senreg.rules.leading import LISTS, led

from .sample import TODAY, Sample


def school():
    sample = Sample()
    for key, name, role in (
        ("head", "Róisín [Head]", "head"),
        ("khan", "Mrs Khan", "class_teacher"),
        ("li", "小明 Li", "class_teacher"),
        ("ta", "Łukasz", "ta"),
    ):
        sample.add("staff", id=key, name=name, role=role)
    for key, teacher in (("sam", "khan"), ("twin", "khan"), ("ming", "li")):
        sample.pupil(key, status="K", id=key, key_teacher=teacher, class_name=f"of {teacher}")
    for row in sample.all("pupils"):
        row.setdefault("joined", "2024-09-01")
    return sample


def lines(name, sample, title=""):
    parts = led(name, sample, TODAY)
    return {line.title: line for part in parts if title in part.title for line in part.lines}


def test_lessons_are_compared_first_with_last_and_a_strand_not_looked_at_is_unknown():
    sample = school()
    add = lambda **values: sample.add("observations", **values)  # noqa: E731
    add(id="o1", staff="khan", date="2026-01-10", organised=2, minutes_seen=40,
        minutes_with_lowest=10)  # fmt: skip
    add(id="o2", staff="khan", date="2026-10-01", organised=4, minutes_seen=40,
        minutes_with_lowest=30)  # fmt: skip
    add(id="o3", staff="khan", date="2026-10-20", interactive=3)
    add(id="o4", staff="li", date="2026-10-21", organised=1)
    add(staff="li", date="2027-01-01", organised=4)
    own = lines("teaching", sample, "Khan")
    assert own["Well organised"].value == "2 → 4"
    assert own["Well organised"].of.startswith("+2; ")
    assert own["Well organised"].behind == ("o2", "o1")
    assert own["With lower-attaining groups"][1:3] == ("75%", "25% in the first of n 2")
    assert own["Interactive"].of.startswith("seen once")
    assert own["Inspirational"][1:3] == ("–", "not looked at")
    everybody = lines("teaching", sample, "All")
    assert everybody["Well organised"][1:3] == (
        "2.0 → 4.0",
        "1 up, 0 down; n 1 seen twice",
    )
    assert everybody["Interactive"].value == "–"


def test_who_lacks_the_training_stands_with_the_children_they_answer_for():
    sample = school()
    sample.add("trainings", id="t", kind="conversation", staff="khan", date="2026-10-22")
    sample.add("trainings", kind="sen", staff="li", date="2026-10-22")
    sample.add("conversations", pupil="sam", led_by="ta", planned_for="2026-12-03")
    without = lines("training", sample, "Without")
    assert set(without) == {"小明 Li", "Łukasz"}
    assert without["小明 Li"].behind == ("ming",)
    assert without["Łukasz"].behind == ("sam",)
    having = led("training", sample, TODAY)[1]
    assert (having.note, [line.opens for line in having.lines]) == ("33%, 1 of 3", ["t"])


def test_notes_wait_for_the_head_the_longest_first():
    sample = school()
    sample.add("staff_feedback", id="new", staff="ta", date="2026-11-20", idea="A bench")
    sample.add("staff_feedback", id="old", staff="ta", date="2026-11-12", pupil_matters="=Loud")
    sample.add("staff_feedback", idea="Sand", annotation="Yes [soon]", annotated_by="head")
    parts = led("feedback", sample, TODAY)
    assert [(line.value, line.opens) for line in parts[0].lines] == [
        ("10 days", "old"),
        ("2 days", "new"),
    ]
    assert "Róisín [Head]: Yes [soon]" in parts[1].lines[0].of


def test_an_objective_stands_beside_the_progress_of_its_pupils():
    sample = school()
    sample.add("scales", name="Points", steps="")
    sample.add("expectations", subject="english", points_a_year=3, scale="Points")
    for pupil, first, last in (("sam", 10, 14), ("twin", 10, 11)):
        for day, points in (("2025-12-01", first), ("2026-11-20", last)):
            sample.add("assessments", pupil=pupil, subject="english", date=day, points=points,
                       scale="Points")  # fmt: skip
    sample.add("objectives", id="o", kind="performance", text="My class reads", owner="khan",
               subject="English", pupils=["sam", "twin", "ming"], due="2026-11-01")  # fmt: skip
    sample.add("objectives", kind="improvement", text="SEN in the plan")
    found = lines("objectives", sample)
    own = found["Mrs Khan: My class reads"]
    assert own.value == "1 of 2"
    assert "3 pupils, 1 unknown" in own.of
    assert "overdue since" in own.of
    assert own.opens == "o"
    assert "the whole SEN register: 3 pupils" in found["SEN in the plan"].of
    assert own.said == {"sam": "✓ 4 a year", "twin": "▼ 1 a year, below 3", "ming": "not known"}
    subject = lines("responsibility", sample, "subject")["English"]
    assert (subject.value, set(subject.behind)) == ("50%", {"sam", "twin"})


def measured_by(sample, measure, **more):
    sample.add("objectives", kind="improvement", text=f"By {measure}", measure=measure, **more)
    return lines("objectives", sample, "improvement")[f"By {measure}"]


def test_an_objective_is_judged_by_what_it_names_and_not_by_progress():
    sample = school()
    for pupil, days in (("sam", ("2026-01-20", "2026-04-20", "2026-10-01")), ("twin", ())):
        sample.add("cohort_memberships", pupil=pupil, start="2025-09-01")
        for day in (*days, None):
            sample.add("conversations", pupil=pupil, planned_for=day or "2026-11-01", held_on=day)
        sample.add("attendance", pupil=pupil, start="2026-01-05", end="2026-07-20", possible=200,
                   authorised=25 if days else 0, unauthorised=0)  # fmt: skip
    sample.add("participations", pupil="sam", takes_no_part=True, start="2026-09-01")
    for day, value in (("2026-01-10", 2), ("2026-10-10", 5)):
        sample.add("wider_marks", pupil="twin", date=day, category="behaviour", value=value,
                   scale="Five", direction="up")  # fmt: skip
    met = measured_by(sample, "participation")
    assert met.value == "1 of 2"
    assert met.said == {"sam": "✓ met 3 times", "twin": "not met", "ming": "not known"}
    assert met.of.startswith(
        "families met three times, 12 months; the whole SEN register: 3 pupils, 1"
    )
    held = measured_by(sample, "Conversations held")  # as it was written before it was a choice
    assert held.value == "1 of 3"
    assert (held.said["sam"], held.said["twin"]) == ("▼ 1 of 2 held", "▼ 0 of 1 held")
    here = measured_by(sample, "absence")
    assert (here.value, here.said["sam"]) == ("1 of 2", "▼ 25 of 200 sessions missed, 12%")
    assert measured_by(sample, "taking_part").value == "0 of 1"
    assert measured_by(sample, "behaviour").said["twin"] == "✓ +3 better"
    assert measured_by(sample, "bullying").value == "–"
    other = measured_by(sample, "The governors' visit")
    assert (other.value, other.said) == ("–", {})
    assert other.of.startswith("measured by: The governors' visit; ")
    assert "the school writes how it went" in other.note


def test_figures_kept_of_a_year_stand_with_their_definition_and_what_they_were_before():
    sample = school()
    for day, value in (("2026-07-21", 0.5), ("2026-09-10", 0.75), ("2027-01-01", 1)):
        sample.add("year_figures", name="absence", school_year="2025/26", n=4, unknown=1,
                   value=value, unit="share", definition="[10%] or more.", further="persistent: 3",
                   start="2025-09-01", end="2026-07-21", frozen_on=day)  # fmt: skip
    (part,) = led("years", sample, TODAY)
    (line,) = part.lines
    assert (part.title, part.note) == ("2025/26", "kept on 10 Sep 2026")
    assert (line.title, line.value) == ("Absence", "75%")
    assert line.of == "n 4, 1 unknown; persistent: 3; 50% on 21 Jul 2026"
    assert line.note.endswith("kept on 10 Sep 2026.\n[10%] or more.")


def test_responsibility_is_told_by_teacher_and_by_class():
    sample = school()
    sample.add("conversations", pupil="sam", planned_for="2026-10-01", held_on="2026-10-02")
    sample.add("conversations", pupil="twin", planned_for="2026-10-01")
    sample.add("reviews", pupil="twin", kind="termly", planned_for="2026-11-01")
    for title, name in (("teacher", "Mrs Khan"), ("class", "of khan")):
        found = lines("responsibility", sample, title)[name]
        assert found.value == "1 of 2"
        assert found.of.startswith("2 pupils; 1 overdue")
        assert set(found.behind) == {"sam", "twin"}


def test_what_a_coach_left_to_do_comes_first():
    sample = school()
    sample.add("coach_visits", id="v", date="2026-10-12", focus="The map", met=["head"],
               next_on="2027-01-05")  # fmt: skip
    sample.add("actions", id="late", about="v", what="Slim it", due="2026-11-01")
    sample.add("actions", about="v", what="Done", done_on="2026-10-20")
    still, visits = led("coach", sample, TODAY)
    assert [(line.title, line.opens) for line in still.lines] == [("Slim it", "late")]
    assert still.lines[0].of.startswith("overdue")
    assert "1 of 2 actions done" in visits.lines[0].of
    assert set(visits.lines[0].said.values()) == {"due 1 Nov 2026", "✓ done 20 Oct 2026"}
    assert (visits.lines[0].opens, set(visits.lines[0].behind)) == ("v", set(visits.lines[0].said))
    assert visits.note.startswith("the next")


def test_a_self_review_has_the_four_headings_and_the_registers_own_evidence():
    sample = school()
    sample.add("lead_roles", id="lead", role="head", staff="head", start="2025-09-01")
    sample.add("self_reviews", id="r", kind="practice", rating=3, date="2026-10-01")
    sample.add("strategies", pupil="sam", place="class")
    sample.add("strategies", pupil="ming", place="home")
    parts = led("self-review", sample, TODAY)
    assert [part.code for part in parts] == ["culture", "practice", "structure", "leadership"]
    practice = {line.title: line for line in parts[1].lines}
    assert practice["Where we say we stand"][1] == "Secure"
    assert practice["Where we say we stand"].opens == "r"
    assert practice["Strategies for the class"].of.startswith("1 of 3 with SEN")
    assert practice["Strategies for the class"].behind == ("sam",)
    assert parts[3].lines[1].opens == "lead"


def test_of_the_families_invited_to_workshops_a_share_came_and_a_missing_number_is_unknown():
    sample = school()
    add = lambda **values: sample.add("workshops", name="Maths", **values)  # noqa: E731
    add(date="2026-10-01", invited=10, attended=4, pupils=["sam"])
    add(date="2026-11-01", invited=10, attended=0)
    add(date="2026-11-02", invited=7)
    add(date="2024-11-02", invited=7, attended=7)
    figures = {each.title: each for each in leadership(sample, TODAY).figures}
    own = figures["Families came to workshops"]
    assert own.value == "20%"
    assert own.of.startswith("4 of 20 invited; n 2 workshops, 1 unknown")
    assert own.behind == ("sam",)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_register_has_no_line_that_claims_anything(name):
    for part in led(name, Sample(), TODAY):
        for line in part.lines:
            assert line.value.startswith(("–", "0"))
            assert not line.behind
    with pytest.raises(WrongUsage):
        led("league table", Sample(), TODAY)


def test_who_is_counted_with_sen_is_told_from_who_is_on_the_register_today():
    """Sam was assessed twice on the register and is off it; Ola is on it and was assessed once."""
    made = Sample()
    sam, ola, new = (
        made.pupil(name, "O'Neill", year_group="4") for name in ("Sam", "Ola", "Żofia")
    )
    made.add("sen_statuses", pupil=sam, code="K", start="2024-09-01", end="2026-11-10")
    for pupil, start in ((ola, "2024-09-01"), (new, "2026-11-12")):
        made.add("sen_statuses", pupil=pupil, code="K", start=start)
    results = [(sam, "2025-12-01", 10), (sam, "2026-11-02", 14), (ola, "2026-06-01", 9)]
    results += [(new, "2025-12-01", 10), (new, "2026-11-02", 14)]
    for pupil, day, points in results:
        made.add(
            "assessments", pupil=pupil, subject="english", date=day, scale="S", value="x",
            points=points,
        )  # fmt: skip
    made.add("expectations", subject="english", points_a_year=3, start="2020-09-01")
    found = leadership(made, date(2026, 11, 27))
    figure = next(each for each in found.figures if each.title == "English at expected, SEN")
    assert set(figure.behind) == {sam}
    assert set(figure.missing) == {ola}
    assert figure.note.startswith(
        "1 with both results + 1 without = 2 on roll with SEN when last assessed. On the register "
        "today: 2; off it since: 1; on it since: 1."
    )
    assert figure.said[sam] == "✓ 4 a year; SEN when last assessed, not today"
    assert figure.said[ola] == "no two results of one scale, two terms apart"


def test_activities_tell_who_runs_them_and_who_takes_them_up():
    made = Sample()
    ann, ben, cai, gone = (made.pupil(name) for name in ("Ann", "Ben", "Cai", "Dee"))
    made.set(gone, left="2026-07-20")
    made.add("sen_statuses", pupil=ann, code="K", start="2025-09-01")
    drums = made.add("activities", name="Drumming", partner="Music service", start="2026-01-10")
    again = made.add("activities", name="Drumming", start="2026-09-10", end="2026-10-20")
    made.add("activities", name="Chess", start="2024-01-10", end="2025-07-01")
    for pupil in (ann, ben, gone):
        made.add("participations", pupil=pupil, activity=drums, start="2026-01-10",
                 sessions=10, attended=8)  # fmt: skip
    made.add("participations", pupil=ann, activity=again)
    made.add("participations", pupil=cai, takes_no_part=True)
    made.add("partners", name="Music Service", kind="club", what="Ten weeks", since="2025-09-01")
    made.add("partners", name="Old trust", kind="club", until="2025-09-01")
    taken, whether, partners = led("activities", made, TODAY)
    assert [(line.title, line.value, line.behind) for line in taken.lines] == [
        ("Drumming", "2", (ann, ben)),
        ("Drumming, from 10 Sep 2026", "1", (ann,)),
    ]
    assert taken.lines[0].of == (
        "with Music service; 1 of them on the SEN register; 16 of 20 sessions attended"
    )
    assert "ended 20 Oct 2026" in taken.lines[1].of
    assert {line.title: line.behind for line in whether.lines} == {
        "With SEN: in something": (ann,),
        "With SEN: in nothing": (),
        "With SEN: not known": (),
        "Others: in something": (ben,),
        "Others: in nothing": (cai,),
        "Others: not known": (),
    }
    (partner,) = partners.lines
    assert "runs Drumming" in partner.of


def test_for_whom_no_barrier_is_named_yet_stands_in_the_self_review():
    made = Sample()
    ann, ben, cai = (made.pupil(name) for name in ("Ann", "Ben", "Cai"))
    for pupil in (ann, ben):
        made.add("sen_statuses", pupil=pupil, code="K", start="2025-09-01")
    for pupil in (ann, cai):
        made.add("barriers", pupil=pupil, description="Mornings")
    lines = {line.title: line for part in led("self-review", made, TODAY) for line in part.lines}
    assert (lines["No barrier named yet"].value, lines["No barrier named yet"].behind) == (
        "1",
        (ben,),
    )
