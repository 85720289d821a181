"""Erasing a child: what goes, what stays, what is told, and that copies follow."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg import erasure, export_log
from senreg.errors import SenregError
from senreg.register import Register
from senreg.reports import certificate, papers
from senreg.rules.news import news
from senreg.store.erasures import erased_by
from senreg.store.operations import is_genuine
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge

TODAY = date(2026, 11, 25)
SECRETS = ("Quillfeather", "Zażółć", "Xylophone therapy", "wrote it alone", "rings granny")


@pytest.fixture
def school(tmp_path):
    with Register.create(tmp_path / "school", "Hollow Lane", person="SENCO") as register:
        with register.commit("Fill") as c:
            c.add("pupils", {"surname": "Quillfeather", "forename": "Zażółć"}, record_id="gone")
            c.add("pupils", {"surname": "Stays", "forename": "Ann"}, record_id="stays")
            for pupil in ("gone", "stays"):
                target = {"pupil": pupil, "kind": "curricular", "statement": f"Reads, {pupil}"}
                c.add("targets", target, record_id=f"t-{pupil}")
                review = {"target": f"t-{pupil}", "evidence": "wrote it alone"}
                c.add("target_reviews", review if pupil == "gone" else {"target": "t-stays"})
            c.add("actions", {"about": "t-gone", "what": "Mum rings granny"}, record_id="a-gone")
            c.add("interventions", {"name": "Reading"}, record_id="i")
            c.add("groups", {"intervention": "i"}, record_id="g")
            for pupil in ("gone", "stays"):
                c.add("placements", {"pupil": pupil, "group": "g", "entry_score": 7})
            c.add(
                "strategies", {"pupil": "gone", "description": "Xylophone therapy"}, record_id="s"
            )
        with register.commit("Put away") as c:
            c.archive("s")
        yield register


def erase(register, pupil="gone", reason="request"):
    plan = erasure.plan_erasing(register, pupil, TODAY)
    return erasure.erase(register, plan, reason)


def holding(folder, *values):
    wanted = {form.encode() for each in values for form in (each, json.dumps(each)[1:-1])}
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in wanted)
    ]


def test_everything_of_the_child_goes_and_nothing_of_others(school):
    plan = erasure.plan_erasing(school, "gone", TODAY)
    assert plan.counts == {
        "pupils": 1,
        "targets": 1,
        "target_reviews": 1,
        "actions": 1,
        "placements": 1,
        "strategies": 1,
    }
    before = {row.id for row in school.everything()} - {row.id for row in plan.records}
    done = erasure.erase(school, plan, "request")
    assert done.complete
    assert holding(school.path, *SECRETS) == []
    assert {row.id for row in school.everything() if row.table != "erasures"} == before
    assert school.search("Quillfeather") == []
    assert school.get("gone") is None
    assert holding(school.path, "Stays") != []
    commits = school.store.journal.commits()
    assert all(is_genuine(each, op) for each in commits for op in each["ops"])


def test_history_says_that_it_was_erased_and_nothing_else(school):
    erase(school)
    for record in ("gone", "t-gone", "s"):
        (entry,) = school.history(record)
        assert (entry.field, entry.old, entry.new, entry.by) == ("erased", None, "request", "SENCO")
    told = school.history()
    assert [each.record for each in told if each.field == "erased"] == ["gone"]
    assert not any(each.record in ("t-gone", "s") for each in told)
    (one,) = erasure.erasures(school)
    assert (one.pupil, one.records, one.reason, one.by) == ("gone", 6, "request", "SENCO")


def test_it_is_news_for_others_without_a_name(school):
    erase(school)
    told = news(school.changes_since(0), school.get)
    assert [(each.person, each.words) for each in told if not each.name] == [
        ("SENCO", "Erase a pupil"),
        ("SENCO", "1 school record, 1 intervention, 1 group"),
    ]
    assert not any("Quillfeather" in repr(each) for each in told)


def test_undo_and_redo_do_not_step_into_it(school):
    with school.commit("Edit") as c:
        c.set("stays", strengths="Kind")
    with school.commit("Edit") as c:
        c.set("gone", strengths="Brave")
    school.undo()
    erase(school)
    assert school.redo() is None
    undone = school.undo()
    assert undone.label == "Edit"
    assert school.get("stays")["strengths"] is None
    assert school.get("gone") is None
    school.close()
    with Register.open(school.path) as again:
        while again.undo():
            pass
        assert again.get("gone") is None
        assert holding(again.path, "Quillfeather", "Brave") == []


def test_a_hold_blocks_it_until_it_ends(school):
    with school.commit("Hold") as c:
        hold = c.add("holds", {"pupil": "gone", "reason": "A claim", "start": "2026-01-01"})
    with pytest.raises(SenregError, match="hold"):
        erase(school)
    assert school.get("gone") is not None
    with school.commit("End the hold") as c:
        c.set(hold, end="2026-11-24")
    assert erase(school).complete


def test_records_of_others_that_name_the_child_are_pointed_out_and_kept(school):
    with school.commit("Note") as c:
        note = c.add(
            "notes",
            {"pupil": "stays", "kind": "call", "text": "Sits beside ZAZOLC Quillfeather"},
        )
    plan = erasure.plan_erasing(school, "gone", TODAY)
    assert [hit.row.id for hit in plan.mentions] == [note]
    assert school.get(note) is not None


def test_what_was_handed_out_since_the_child_came_is_on_the_certificate(school, tmp_path):
    export_bundle(school, tmp_path / "all.senreg-bundle")
    for pupil in ("gone", "stays"):
        paper = papers.make(school, "pupil", pupil=pupil, today=TODAY)
        papers.keep(school, paper, tmp_path / f"{pupil}.html", TODAY)
    plan = erasure.plan_erasing(school, "gone", TODAY)
    assert [(each.kind, each.to) for each in plan.handed] == [
        ("bundle", str(tmp_path / "all.senreg-bundle")),
        ("paper", str(tmp_path / "gone.html")),
    ]
    assert plan.handed[1].delete_after == "2026-12-31"
    done = erasure.erase(school, plan, "retention")
    page = certificate.certificate(school, done, child="Zażółć Quillfeather", said="")
    for text in (certificate.as_text(page), certificate.as_html(page)):
        for said in (
            "Quillfeather",
            "all.senreg-bundle",
            "gone.html",
            "SENCO",
            "1 pupil, 1 strategy, 1 target",
        ):
            assert said in text
        assert "stays.html" not in text
    assert holding(school.path, "gone.html") == [], "a file's name may be a child's"
    assert [each.pupil for each in export_log.handed_out(school)] == ["", "stays"]


def test_a_backup_elsewhere_is_on_the_certificate_and_one_in_the_folder_is_not(school, tmp_path):
    export_log.back_up_to(school, tmp_path / "stick.senreg-backup")
    export_log.back_up_to(school, school.backups.folder / "own.senreg-backup")
    school.backups.back_up()
    plan = erasure.plan_erasing(school, "gone", TODAY)
    assert [(each.kind, each.to) for each in plan.handed] == [
        ("backup", str(tmp_path / "stick.senreg-backup"))
    ]
    assert all(erasure.may_hold_anyone(each) for each in plan.handed)


def test_a_note_of_what_was_handed_out_goes_into_no_bundle(school, tmp_path):
    export_bundle(school, tmp_path / "one.senreg-bundle")
    export_bundle(school, tmp_path / "two.senreg-bundle")
    one, two = (read_bundle(tmp_path / f"{name}.senreg-bundle") for name in ("one", "two"))
    assert one.commits == two.commits


@pytest.fixture
def copy(school, tmp_path):
    export_bundle(school, tmp_path / "old.senreg-bundle")
    with join(tmp_path / "old.senreg-bundle", tmp_path / "copy", person="4B") as register:
        yield register


def meet(to, frm, tmp_path):
    export_bundle(frm, tmp_path / "b.senreg-bundle")
    plan = plan_merge(to, read_bundle(tmp_path / "b.senreg-bundle"))
    apply_merge(to, plan)
    return plan


def test_a_copy_that_hears_of_it_erases_too_and_says_so_before(school, copy, tmp_path):
    erase(school)
    plan = meet(copy, school, tmp_path)
    assert plan.details[0] == (
        "Zażółć Quillfeather was erased by SENCO, with 6 records. "
        "Merging erases them here too, for good."
    )
    assert copy.get("gone") is None
    assert holding(copy.path, *SECRETS) == []


def test_an_old_bundle_brings_nothing_back(school, copy, tmp_path):
    with copy.commit("Edit") as c:
        c.set("gone", strengths="wrote it alone")
        c.set("stays", strengths="Kind")
    export_bundle(copy, tmp_path / "newer.senreg-bundle")
    erase(school)
    for name in ("old", "newer"):
        plan = plan_merge(school, read_bundle(tmp_path / f"{name}.senreg-bundle"))
        assert not any("Quillfeather" in each for each in plan.details)
        apply_merge(school, plan)
        assert holding(school.path, *SECRETS) == []
        assert school.get("gone") is None
    assert school.get("stays")["strengths"] == "Kind"
    assert school.conflicts() == []


def test_a_new_copy_of_an_old_bundle_is_cleaned_when_it_meets(school, tmp_path):
    export_bundle(school, tmp_path / "old.senreg-bundle")
    erase(school)
    with join(tmp_path / "old.senreg-bundle", tmp_path / "late") as late:
        assert late.get("gone") is not None
        meet(late, school, tmp_path)
        assert holding(late.path, *SECRETS) == []
        export_bundle(late, tmp_path / "late.senreg-bundle")
        commits = read_bundle(tmp_path / "late.senreg-bundle").commits
        assert not any(secret in repr(commits) for secret in SECRETS)


def test_the_erasure_holds_no_name(school):
    erase(school)
    (row,) = [row for row in school.everything() if row.table == "erasures"]
    assert set(row.stored()) == {"pupil", "records", "reason"}
    assert all(place.partition("/")[0] in ("pupils", "targets", "target_reviews", "actions",
               "placements", "strategies") for place in erased_by(row.stored()))  # fmt: skip


def test_nobody_adds_an_erasure_by_hand(school):
    with pytest.raises(SenregError):
        school.db.table("erasures").insert({"records": ["pupils/stays"]})
    assert school.get("stays") is not None


acts = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 2), st.sampled_from("abc")),
        st.tuples(st.just("erase"), st.integers(0, 2), st.sampled_from("ab")),
        st.tuples(st.just("export"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 30)),
    ),
    min_size=6,
    max_size=24,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=acts)
def test_no_copy_that_knows_of_an_erasure_holds_a_value_whatever_bundle_comes(
    tmp_path_factory, acts
):
    home = tmp_path_factory.mktemp("copies")
    copies = [Register.create(home / "0", "S")]
    with copies[0].commit("Fill") as c:
        for pupil in "abc":
            values = {"surname": f"first{pupil}!", "forename": "x"}
            c.add("pupils", values, record_id=f"pupil-{pupil}")
    bundles = [home / "first.senreg-bundle"]
    export_bundle(copies[0], bundles[0])
    copies += [join(bundles[0], home / str(number)) for number in (1, 2)]
    knows = [set(), set(), set()]
    carried = {bundles[0]: set()}
    for number, (act, at, what) in enumerate(acts):
        register = copies[at]
        pupil = f"pupil-{what}"
        if act == "edit" and register.get(pupil):
            with register.commit("Edit") as c:
                c.set(pupil, surname=f"value{number}{what}!")
        elif act == "erase" and register.get(pupil):
            erase(register, pupil)
            knows[at].add(what)
        elif act == "export":
            path = home / f"{number}.senreg-bundle"
            export_bundle(register, path)
            bundles.append(path)
            carried[path] = set(knows[at])
        elif act == "merge":
            path = bundles[what % len(bundles)]
            apply_merge(register, plan_merge(register, read_bundle(path)))
            knows[at] |= carried[path]
        for copy, erased in zip(copies, knows, strict=True):
            for each in erased:
                assert copy.get(f"pupil-{each}") is None
                texts = [path.read_bytes() for path in copy.path.rglob("*") if path.is_file()]
                assert not any(b"%b!" % each.encode() in text for text in texts)
    for register in copies:
        commits = register.store.journal.commits()
        assert all(is_genuine(each, op) for each in commits for op in each["ops"])
        register.close()
