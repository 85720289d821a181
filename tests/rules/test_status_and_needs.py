from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.codes import code_set
from senreg.rules.needs import need_word, open_needs, primary_need
from senreg.rules.status import (
    NO_STATUS,
    ON_REGISTER,
    STATUS_LOOK,
    has_sen,
    status_look,
    status_on,
    status_rank,
)


def status(code, start=None, end=None):
    return {"id": f"{code}{start}", "code": code, "start": start, "end": end}


def test_both_ends_of_a_status_count():
    rows = [status("K", "2025-09-01", "2026-08-31"), status("E", "2026-09-01")]
    held = {day: (status_on(rows, day) or {}).get("code") for day in (
        "2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01", "2040-01-01")}  # fmt: skip
    assert list(held.values()) == [None, "K", "K", "E", "E"]
    assert status_on(rows, date(2026, 8, 31))["code"] == "K"
    assert status_on([], "2026-09-01") is None


def test_of_two_that_hold_the_later_is_taken_and_then_the_open_one():
    assert (
        status_on([status("E", "2026-09-01"), status("K", "2025-09-01")], "2026-10-01")["code"]
        == "E"
    )
    same_day = [status("E", "2026-09-01"), status("K", "2026-09-01", "2026-09-01")]
    assert status_on(same_day, "2026-09-01")["code"] == "E"
    assert status_on([status("K"), status("N", "2020-01-01")], "2026-09-01")["code"] == "N"


def test_every_code_of_the_census_and_of_before_has_a_look_of_its_own():
    for choice in code_set("sen_provision"):
        look = STATUS_LOOK[choice.code]
        assert look.word
        assert len(look.symbol) == 1
        assert look.colour in {"dim", "red", "yellow", "green", "blue", "cyan", "magenta"}
    assert len({STATUS_LOOK[code].symbol for code in "NMKEAPS"}) == 7
    assert status_look(None) == NO_STATUS
    assert status_look("Z").word == "Z"


def test_who_has_sen():
    assert [code for code in "NMKEAPSQOX" if has_sen(code)] == list("KEAPSQX")
    assert set("KEAPSQX") == ON_REGISTER
    assert not has_sen(None)
    ordered = sorted(["N", None, "K", "E", "M"], key=status_rank)
    assert ordered == ["E", "K", "M", "N", None]


def need(code, rank=None, start=None, end=None):
    return {"id": code, "code": code, "rank": rank, "start": start, "end": end}


def test_needs_come_by_rank_and_only_those_that_hold():
    rows = [need("MLD"), need("ASD", 2), need("SLCN", 1), need("HI", 3, end="2020-01-01")]
    assert [row["code"] for row in open_needs(rows, "2026-11-22")] == ["SLCN", "ASD", "MLD"]
    assert primary_need(rows, "2026-11-22")["code"] == "SLCN"


@pytest.mark.parametrize(
    ("rows", "primary"),
    [
        ([], None),
        ([need("ASD")], "ASD"),
        ([need("ASD", 2)], None),
        ([need("ASD"), need("MLD")], None),
        ([need("ASD", 1, end="2026-01-01"), need("MLD", 2)], None),
        ([need("ASD", 1), need("MLD", 1)], "ASD"),
    ],
)
def test_the_primary_need_is_not_guessed(rows, primary):
    found = primary_need(rows, date(2026, 11, 22))
    assert (found or {}).get("code") == primary


def test_needs_in_words():
    assert need_word("SLCN") == "Speech, language and communication needs"
    assert need_word("Q9") == "Q9"
    assert need_word(None) == ""


days = st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(date.isoformat)
periods = st.tuples(st.none() | days, st.none() | days)


@given(st.lists(periods, max_size=6), days)
def test_a_status_is_found_exactly_when_one_holds(found, day):
    rows = [status("K", start, end) for start, end in found]
    holding = [
        row for row in rows if (row["start"] or "") <= day and day <= (row["end"] or "9999-12-31")
    ]
    got = status_on(rows, day)
    assert (got is None) == (not holding)
    if got is not None:
        assert got in holding
        assert (got["start"] or "") == max((row["start"] or "") for row in holding)


def test_of_two_statuses_begun_together_the_same_one_holds_in_any_order():
    rows = [{"code": code, "start": "2026-09-01", "end": None} for code in "NEK"]
    for listed in (rows, rows[::-1], rows[1:] + rows[:1]):
        assert status_on(listed, "2026-10-01")["code"] == "E"
