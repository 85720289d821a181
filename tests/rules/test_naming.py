import pytest

from senreg.rules.naming import (
    describe_record,
    excerpt,
    group_name,
    initials,
    list_name,
    pupil_name,
    pupil_named,
    staff_named,
)

from .sample import Sample


@pytest.mark.parametrize(
    ("row", "said", "listed", "short"),
    [
        ({"forename": "Łukasz", "surname": "Nowak"}, "Łukasz Nowak", "Nowak, Łukasz", "ŁN"),
        ({"forename": "小明", "surname": "王"}, "小明 王", "王, 小明", "小王"),
        (
            {"forename": "Samuel", "preferred_name": "Sam [EAL]", "surname": "O'Neil"},
            "Sam [EAL] O'Neil",
            "O'Neil, Sam [EAL]",
            "SEO",
        ),
        (
            {"forename": "[/b]", "surname": "Smith-Jones"},
            "[/b] Smith-Jones",
            "Smith-Jones, [/b]",
            "BSJ",
        ),
        ({"forename": "Cher"}, "Cher", "Cher", "C"),
        ({"surname": "Khan"}, "Khan", "Khan", "K"),
        ({}, "(no name)", "(no name)", ""),
    ],
)
def test_a_child_is_named_as_written(row, said, listed, short):
    assert pupil_name(row) == said
    assert list_name(row) == listed
    assert initials(row) == short


def test_staff_initials_leave_titles_out_unless_given():
    assert initials({"name": "Mrs. Jane Fox"}) == "JF"
    assert initials({"name": "Ms O'Hara", "initials": "KOH"}) == "KOH"
    assert initials({"name": "Dr"}) == "D"


def test_an_id_that_leads_nowhere_is_said_so():
    sample = Sample()
    fox = sample.add("staff", name="Jane Fox", role="senco")
    assert staff_named(fox, sample.get) == "Jane Fox"
    assert staff_named("jfox", sample.get) == "jfox"
    assert staff_named(None, sample.get) == ""
    assert pupil_named("lost", sample.get) == "(pupil not found)"


def test_any_record_is_described_in_short_words():
    sample = Sample()
    sam = sample.pupil(preferred_name="Sam [EAL]", surname="O'Neil")
    target = sample.target(sam, statement="Reads 50 words\na minute")
    review = sample.add("target_reviews", target=target, date="2026-11-20")
    group = sample.group("Lego therapy", place="Rainbow room")
    cases = {
        "pupils": (sam, "Sam [EAL] O'Neil"),
        "targets": (target, "Target 'Reads 50 words a minute' of Sam [EAL] O'Neil"),
        "target_reviews": (
            review,
            "Review, 20 Nov 2026: Target 'Reads 50 words a minute' of Sam [EAL] O'Neil",
        ),
        "groups": (group, "Group Lego therapy (Rainbow room)"),
        "slots": (sample.slot(group), "mon 09:30: Lego therapy (Rainbow room)"),
        "placements": (
            sample.place(sam, group),
            "Place in Lego therapy (Rainbow room) of Sam [EAL] O'Neil",
        ),
        "reviews": (
            sample.add("reviews", pupil=sam, kind="annual", planned_for="2026-12-01"),
            "Annual review, 1 Dec 2026 of Sam [EAL] O'Neil",
        ),
        "sen_statuses": (
            sample.add("sen_statuses", pupil=sam, code="K"),
            "Status 'SEN support' of Sam [EAL] O'Neil",
        ),
        "notes": (
            sample.add("notes", pupil=sam, kind="call", happened_on="2026-11-01"),
            "Call note, 1 Nov 2026 of Sam [EAL] O'Neil",
        ),
    }
    for table, (record, words) in cases.items():
        assert describe_record(sample.get(record), sample.get, table) == words


def test_every_table_has_words_even_for_an_empty_record():
    from senreg.models.tables import TABLES

    for table in TABLES:
        words = describe_record({"id": "x"}, Sample().get, table)
        assert words.strip()
        assert "\n" not in words


def test_a_table_of_a_newer_version_is_described_all_the_same():
    words = describe_record({"id": "x", "title": "Visit"}, Sample().get, "tea_rounds")
    assert words == "tea_rounds 'Visit'"


def test_a_group_without_its_intervention_has_a_name():
    assert group_name({"id": "g", "intervention": "gone"}, Sample().get) == "Group"


def test_excerpts_are_cut_at_words_and_never_longer():
    text = "Reads fifty words a minute from a text at the level of Year 3"
    assert excerpt(text, 30) == "Reads fifty words a minute…"
    assert excerpt("字" * 100, 30) == "字" * 29 + "…"
    assert excerpt(None) == ""
