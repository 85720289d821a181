"""The list of targets across pupils: where each stands, views, facets and order."""

from __future__ import annotations

import pytest

from senreg.rules.facets import narrowed
from senreg.rules.target_rows import (
    FACETS,
    VIEWS,
    in_view,
    sort_targets,
    target_row,
    target_rows,
    view_counts,
)

from .sample import TODAY, Sample


@pytest.fixture
def sample():
    return Sample()


def only(sample, **values):
    sample.target(sample.pupil(), **values)
    (row,) = target_rows(sample, TODAY)
    return row


@pytest.mark.parametrize(
    ("values", "state", "words"),
    [
        ({"due": "2026-11-13"}, "overdue", "Overdue since 13 Nov 2026"),
        ({"due": "2026-11-27"}, "due", "Due 27 Nov 2026"),
        ({"due": "2027-02-01"}, "later", "Due 1 Feb 2027"),
        ({}, "none", "No date"),
        ({"status": "met", "due": "2026-11-13"}, "closed", "Met"),
        ({"status": "not_met"}, "closed", "Not met"),
    ],
)
def test_where_a_target_stands(sample, values, state, words):
    row = only(sample, **values)
    assert (row.state, row.state_words) == (state, words)
    assert row.look.symbol


def test_a_target_whose_date_was_answered_waits_for_a_new_one(sample):
    target = sample.target(sample.pupil(), due="2026-11-13")
    sample.add("target_reviews", target=target, date="2026-11-16", outcome=-1)
    (row,) = target_rows(sample, TODAY)
    assert (row.state, row.state_words) == ("none", "Reviewed, no new date")
    assert (row.outcome_look.word, row.this_term) == ("Less", True)


def test_a_target_of_a_child_who_has_left_is_no_work_any_more(sample):
    sample.target(sample.pupil(left="2026-07-21"), due="2026-11-13")
    sample.target("nobody", due="2026-11-13")
    rows = target_rows(sample, TODAY)
    assert [row.state_words for row in rows] == ["Child has left", "Child has left"]
    assert not any(row.active for row in rows)
    assert view_counts(rows, "")["closed"] == 2


def test_quick_views(sample):
    khan = sample.add("staff", name="Mrs Khan", role="senco")
    sam = sample.pupil()
    late = sample.target(sam, due="2026-11-13", owner=khan)
    soon = sample.target(sam, due="2026-11-27")
    wider = sample.add("targets", pupil=sam, kind="wider")
    met = sample.target(sam, status="met")
    for day in ("2026-10-10", "2026-10-30"):
        sample.add("target_reviews", target=late, date=day, outcome=-1)
    sample.add("target_reviews", target=soon, date="2026-06-10")
    rows = target_rows(sample, TODAY)
    seen = {view: {row.id for row in rows if in_view(view, khan)(row)} for view in VIEWS}
    assert seen == {
        "open": {late, soon, wider},
        "overdue": {late},
        "due": {soon},
        "unreviewed": {soon, wider},
        "undated": {wider},
        "stuck": {late},
        "curricular": {late, soon},
        "wider": {wider},
        "mine": {late},
        "closed": {met},
        "all": {late, soon, wider, met},
    }
    assert view_counts(rows, khan) == {view: len(ids) for view, ids in seen.items()}
    assert not any(in_view("mine", "")(row) for row in rows)
    assert {row.id for row in target_rows(sample, TODAY, closed=False)} == {late, soon, wider}


def test_the_filter_looks_in_name_class_area_owner_and_wording(sample):
    fox = sample.add("staff", name="Ms Fóx", role="ta")
    sam = sample.pupil("Sam [EAL]", "O'Neil", class_name="4B")
    target = sample.target(sam, area="reading", statement="Reads [/b] words", owner=fox)
    sample.target(sample.pupil("小明", "王"))
    rows = target_rows(sample, TODAY)
    for text in ("oneil", "o’neil", "[eal] 4b", "READING", "fox", "[/b]", "小明 "):
        (found,) = narrowed(rows, FACETS, {}, text)
        assert (found.id == target) == (text != "小明 ")


def test_every_facet_offers_what_there_is_and_narrows_by_it(sample):
    target = sample.target(sample.pupil(), area="our own", due="2026-11-13")
    sample.add("target_reviews", target=target, date="2026-10-01", outcome="-2")
    sample.target(sample.pupil("Ada", year_group=None, class_name=None))
    rows = target_rows(sample, TODAY)
    offered = {facet.id: [value.label for value in facet.values(rows)] for facet in FACETS}
    assert offered == {
        "state": ["Overdue", "No date"],
        "kind": ["Curricular"],
        "area": ["our own", "No area"],
        "outcome": ["Much less than expected", "No outcome yet"],
        "stuck": [],
        "year": ["Year 4", "No year group"],
        "class": ["4B", "No class"],
        "owner": ["Nobody named"],
    }
    for facet in FACETS:
        for value in facet.values(rows):
            assert len(narrowed(rows, FACETS, {facet.id: {value.value}})) == value.pupils
    assert narrowed(rows, FACETS, {"year": {"4"}, "state": {"none"}}) == []


def test_rows_without_a_value_come_last_either_way(sample):
    for forename, due in (("Cem", None), ("Ada", "2026-12-01"), ("Bo", "2026-11-01")):
        sample.target(sample.pupil(forename), due=due)
    rows = target_rows(sample, TODAY)

    def names(column, backwards=False):
        return [row.name.rpartition(" ")[2] for row in sort_targets(rows, column, backwards)]

    assert names("due") == ["Bo", "Ada", "Cem"]
    assert names("due", backwards=True) == ["Ada", "Bo", "Cem"]
    assert names("name") == ["Ada", "Bo", "Cem"]
    assert names("name", backwards=True) == ["Cem", "Bo", "Ada"]


def test_one_target_alone_is_the_same_row(sample):
    row = only(sample, due="2026-11-13", statement="Reads")
    assert target_row(sample, sample.get(row.id), TODAY) == row
