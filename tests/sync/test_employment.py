"""Records of employment stay where they are, unless it is chosen that they go."""

import pytest

from senreg.models.tables import EMPLOYMENT, TABLES
from senreg.register import Register
from senreg.rules.pack_scope import CARRIED
from senreg.sync.bundle import export_bundle, known_by, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            fox = c.add("staff", {"name": "Jane Fox", "role": "ta"}, record_id="fox")
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
            c.add("staff_feedback", {"staff": fox, "idea": "Sand timers"}, record_id="note")
        with register.commit("Head's annotation") as c:
            c.set("note", annotation="Yes, in both classes")
            c.add("trainings", {"kind": "conversation", "staff": fox}, record_id="training")
        yield register


def bundle(register, path, **more):
    export_bundle(register, path, **more)
    return read_bundle(path)


def take_in(register, given):
    apply_merge(register, plan_merge(register, given))


def test_they_are_in_no_bundle_and_no_pack(school, tmp_path):
    given = bundle(school, tmp_path / "b.senreg-bundle")
    tables = {each["table"] for commit in given.commits for each in commit["ops"]}
    assert tables == {"school", "staff", "pupils"}
    assert b"Sand timers" not in (tmp_path / "b.senreg-bundle").read_bytes()
    assert TABLES.keys() >= EMPLOYMENT
    assert not EMPLOYMENT & CARRIED.keys()


def test_where_they_are_chosen_all_of_them_go_also_to_who_seems_to_know_them(school, tmp_path):
    export_bundle(school, tmp_path / "b.senreg-bundle")
    with join(tmp_path / "b.senreg-bundle", tmp_path / "head", person="Head") as head:
        assert not head.all("staff_feedback")
        export_bundle(head, tmp_path / "said.senreg-bundle")
        known = known_by(tmp_path / "said.senreg-bundle").known
        path = tmp_path / "more.senreg-bundle"
        plain = bundle(school, path, since=known)
        assert not plain.commits
        given = bundle(school, path, since=known, employment=True)
        assert {each["table"] for commit in given.commits for each in commit["ops"]} == {
            "staff_feedback",
            "trainings",
        }
        plan = plan_merge(head, given)
        assert (plan.missing, plan.conflicts) == (0, 0)
        apply_merge(head, plan)
        assert head.get("note")["annotation"] == "Yes, in both classes"
        with head.commit("Annotate") as c:
            c.set("note", annotation="Both classes, from Monday")
        take_in(school, bundle(head, path))
        assert school.get("note")["annotation"] == "Yes, in both classes"
        take_in(school, bundle(head, path, employment=True))
        assert school.get("note")["annotation"] == "Both classes, from Monday"
        assert not school.conflicts()


def test_two_who_hold_them_settle_what_they_wrote_apart(school, tmp_path):
    path = tmp_path / "b.senreg-bundle"
    export_bundle(school, path, employment=True)
    with join(path, tmp_path / "head", person="Head") as head:
        for register, words in ((school, "One"), (head, "Two")):
            with register.commit("Annotate") as c:
                c.set("note", annotation=words)
        take_in(school, bundle(head, path, employment=True))
        (conflict,) = school.conflicts()
        assert {each.value for each in conflict.values} == {"One", "Two"}


def test_who_was_given_them_later_hands_everything_on(school, tmp_path):
    path = tmp_path / "b.senreg-bundle"
    export_bundle(school, path)
    with join(path, tmp_path / "head", person="Head") as head:
        take_in(head, bundle(school, path, employment=True))
        export_bundle(head, path, employment=True)
    with join(path, tmp_path / "coach", person="Coach") as coach:
        for record in ("fox", "pupil", "note", "training"):
            assert coach.get(record) is not None
        assert coach.get("note")["annotation"] == "Yes, in both classes"
        plan = plan_merge(school, bundle(coach, path, employment=True))
        assert (plan.missing, plan.conflicts) == (0, 0)


def test_an_objective_of_performance_stays_and_one_of_the_school_goes(school, tmp_path):
    path = tmp_path / "b.senreg-bundle"
    with school.commit("Objectives") as c:
        for kind, text in (("performance", "My =class reads"), ("improvement", "Every parent")):
            c.add("objectives", {"kind": kind, "text": text}, record_id=kind)
            c.add("objectives", {"kind": kind, "text": f"Old: {text}"}, record_id=f"old-{kind}")
    with school.commit("Put away") as c:
        c.archive("old-performance")
    with school.commit("How it went") as c:
        c.set("performance", outcome="Not met")
    bundle(school, path)
    assert b"class reads" not in path.read_bytes()
    assert b"Not met" not in path.read_bytes()
    with join(path, tmp_path / "head", person="Head") as head:
        assert {row["id"] for row in head.all("objectives")} == {"improvement", "old-improvement"}
        export_bundle(head, tmp_path / "said.senreg-bundle")
        known = known_by(tmp_path / "said.senreg-bundle").known
        with school.commit("It is the school's") as c:
            c.set("performance", kind="improvement")
        plan = plan_merge(head, bundle(school, path, since=known))
        assert (plan.missing, plan.conflicts) == (0, 0)
        apply_merge(head, plan)
        assert head.get("performance")["outcome"] == "Not met"
        take_in(head, bundle(school, path, employment=True))
        assert head.get("old-performance")["archived"]
