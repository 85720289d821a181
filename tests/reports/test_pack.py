"""A child's file: everything of the child, and nothing of what was left out."""

import json
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import NoSuchRecord, WrongUsage
from senreg.export_log import handed_out
from senreg.register import Register
from senreg.reports.handing import MEMBERS, save_pack, sent
from senreg.reports.pack import as_html, as_json, make_pack, to_look_at

TODAY = date(2026, 11, 25)
SECRETS = {
    "note": "shouted at Zed Quill",
    "target": "Target secret",
    "review": "Evidence secret",
    "action": "Action secret",
    "contact": "Mrs Contactsecret",
    "document": "Document secret",
    "placement": "",
    "strategy": "Strategy secret",
}


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack") / "school"
    with Register.create(folder, "Hollow <Lane>", person="SENCO") as register:
        with register.commit("Fill") as c:
            c.add("staff", {"name": "Mrs Fox", "role": "senco"}, record_id="fox")
            c.add(
                "pupils",
                {"surname": "O'Neill", "forename": "Sam <b>", "key_teacher": "fox", "fsm": True},
                record_id="sam",
            )
            c.add("pupils", {"surname": "Quill", "forename": "Zed"}, record_id="zed")
            note = {"pupil": "sam", "kind": "incident", "text": SECRETS["note"]}
            c.add("notes", note | {"happened_on": "2025-03-04"}, record_id="note")
            c.add("notes", {"pupil": "zed", "kind": "call", "text": "Zed alone"})
            target = {"pupil": "sam", "kind": "wider", "statement": SECRETS["target"]}
            c.add("targets", target, record_id="target")
            review = {"target": "target", "evidence": SECRETS["review"]}
            c.add("target_reviews", review, record_id="review")
            c.add("actions", {"about": "review", "what": SECRETS["action"]}, record_id="action")
            contact = {"pupil": "sam", "name": SECRETS["contact"], "phone": "0123"}
            c.add("contacts", contact, record_id="contact")
            document = {"pupil": "sam", "title": SECRETS["document"], "kind": "letter"}
            c.add("documents", document, record_id="document")
            c.add("interventions", {"name": "Lego"}, record_id="lego")
            c.add("groups", {"intervention": "lego"}, record_id="group")
            placed = {"pupil": "sam", "group": "group", "targets": ["target"]}
            c.add("placements", placed, record_id="placement")
            strategy = {"pupil": "sam", "description": SECRETS["strategy"]}
            c.add("strategies", strategy, record_id="strategy")
        with register.commit("Edit") as c:
            c.set("strategy", description="Now plain")
            c.archive("document")
        yield register


def pack_of(school, purpose="subject_access"):
    return make_pack(school, "sam", purpose, TODAY)


def test_everything_of_the_child_is_in_it_and_nothing_of_others(school):
    pack = pack_of(school)
    assert {each.id for each in pack.entries} == {"sam", *SECRETS}
    assert pack.entries[0].id == "sam"
    document = json.loads(as_json(pack))
    assert document["records"]["pupils"][0]["fsm"] is True
    assert document["records"]["pupils"][0]["upn"] is None
    assert document["people"] == {
        "fox": "Mrs Fox",
        "group": "Group Lego",
    }
    html = as_html(pack)
    for secret in filter(None, SECRETS.values()):
        assert secret in html or secret == SECRETS["strategy"]
        assert secret in as_json(pack)
    assert SECRETS["strategy"] in html, "history says what was there before"
    assert "Zed alone" not in html + as_json(pack)
    assert "Hollow &lt;Lane&gt;" in html
    assert "<b>" not in html.split("</h1>")[0].split("<h1>")[1]


def test_history_says_who_and_when(school):
    history = json.loads(as_json(pack_of(school)))["history"]
    changed = [each for each in history if each["new"] == "Now plain"]
    assert [(each["record"], each["by"], each["old"]) for each in changed] == [
        ("strategy", "SENCO", SECRETS["strategy"])
    ]


def test_what_is_about_others_or_a_view_is_pointed_out(school):
    grounds = {each.id: each.grounds for each in to_look_at(pack_of(school))}
    assert grounds == {
        "contact": ("other_adult",),
        "note": ("other_child", "opinion"),
        "review": ("opinion",),
    }


def test_what_is_left_out_is_said_with_its_ground_and_not_what_it_was(school):
    pack = pack_of(school).without({"note"})
    document = json.loads(as_json(pack))
    assert document["left_out"] == [{"kind": "note", "ground": ["other_child", "opinion"]}]
    html = as_html(pack)
    assert "One note: it names another child; it is a member of staff&#39;s own view." in html
    for text in (html, as_json(pack)):
        assert SECRETS["note"] not in text
        assert "2025-03-04" not in text
        assert "4 Mar 2025" not in text


@pytest.mark.parametrize("ids", [{"sam"}, {"zed"}, {"nothing"}])
def test_only_what_belongs_to_the_child_can_be_left_out(school, ids):
    with pytest.raises(WrongUsage):
        pack_of(school).without(ids)


def test_another_record_is_no_pupil(school):
    with pytest.raises(NoSuchRecord):
        make_pack(school, "target", "transfer", TODAY)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gone=st.sets(st.sampled_from(sorted(SECRETS))))
def test_nothing_of_what_was_left_out_is_anywhere_in_the_pack(school, gone):
    pack = pack_of(school).without(gone)
    away = {each.id for each in pack.left_out}
    assert gone <= away
    if "target" in gone:
        assert {"review", "action"} <= away
    text = as_html(pack) + as_json(pack)
    for record in away:
        if SECRETS[record]:
            assert SECRETS[record] not in text
            assert json.dumps(SECRETS[record])[1:-1] not in text
    assert {each.id for each in pack.entries} == {"sam", *SECRETS} - away


def test_what_comes_back_brings_what_it_belongs_to_and_what_is_its_own(school):
    pack = pack_of(school).without({"target", "note"})
    assert {each.id for each in pack.left_out} == {"target", "review", "action", "note"}
    assert {each.id for each in pack.with_again({"review"}).left_out} == {"note"}
    assert {each.id for each in pack.with_again({"target"}).left_out} == {"note"}
    assert pack.with_again({"note"}).with_again({"action"}).left_out == ()


def test_a_zip_for_the_next_school_names_nothing_after_anybody(school, tmp_path):
    path = tmp_path / "file.zip"
    save_pack(pack_of(school, "transfer"), path)
    with zipfile.ZipFile(path) as archive:
        assert tuple(archive.namelist()) == MEMBERS
        document = json.loads(archive.read("sen-file.json"))
    assert document["purpose"] == "transfer"
    noted = handed_out(school)[-1]
    assert (noted.kind, noted.pupil, noted.to) == ("pack", "sam", str(path))


def test_the_day_it_was_sent_is_kept(school):
    sent(school, "zed", TODAY)
    assert school.get("zed")["records_sent"] == "2026-11-25"
