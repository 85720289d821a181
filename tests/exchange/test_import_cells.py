"""Cells are read as schools write them; what cannot be meant is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from senreg.exchange.pupil_cells import (
    BadCell,
    CellReader,
    NotUnderstood,
    cell_text,
    day_of,
    read_needs,
)
from senreg.exchange.whole_names import split_name
from senreg.models.tables import field_of

TODAY = date(2026, 11, 22)
MIDNIGHT = datetime.fromisoformat("2016-11-03T00:00")
HALF_PAST_NINE = datetime.fromisoformat("2016-11-03T09:30")


def reader(table: str, name: str) -> CellReader:
    field = field_of(table, name)
    return CellReader(field, field.title, TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "03/11/2016", "3/11/2016", "3.11.16", "03-11-2016", "2016-11-03", "03-Nov-2016",
        "3 November 2016", "3rd Nov 2016", "Thu 3 Nov 2016", "Nov 3, 2016",
        "2016-11-03T00:00:00", "03/11/2016 00:00:00", "42677", 42677, 42677.0,
        date(2016, 11, 3), MIDNIGHT, HALF_PAST_NINE,
    ],
)  # fmt: skip
def test_a_date_is_read_as_schools_write_it(cell: object) -> None:
    assert day_of(cell, "Born", TODAY) == date(2016, 11, 3)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2014", "29/02/2015", "11/25/2014", "3/11", "fri", "+6w", "today", "end of term",
     "20161103", "Nov 2016", "2016", "soon", 7, 4.5, True, "0/0/0000"],
)  # fmt: skip
def test_what_is_no_date_or_names_no_year_is_refused(cell: object) -> None:
    with pytest.raises(BadCell, match="Born"):
        day_of(cell, "Born", TODAY)


def test_a_child_is_not_born_tomorrow() -> None:
    assert reader("pupils", "joined").read("23/11/2026") == "2026-11-23"
    with pytest.raises(BadCell):
        reader("pupils", "dob").read("23/11/2026")


@pytest.mark.parametrize("cell", ["", "#N/A", "#REF!", "n/a", "-"])
def test_blanks_of_every_kind_say_nothing(cell: str) -> None:
    assert day_of(cell, "Born", TODAY) is None
    assert reader("pupils", "sex").read(cell) is None
    assert reader("pupils", "sex").read(cell) is None


@pytest.mark.parametrize(("cell", "value"), [("#N/A", None), ("", None), ("-", "-")])
def test_words_of_ones_own_are_taken_as_they_are(cell: str, value: object) -> None:
    assert reader("pupils", "strengths").read(cell) == value


def test_a_child_may_be_called_null() -> None:
    assert reader("pupils", "surname").read("Null") == "Null"


@pytest.mark.parametrize(
    ("cell", "year"),
    [("Year 4", "4"), ("4", "4"), (4, "4"), (4.0, "4"), ("Yr 4", "4"), ("Y4", "4"),
     ("YR 04", "4"), ("Curriculum Year  4", "4"), ("Reception", "R"), ("R", "R"), ("YR", "R"),
     ("Nursery 1", "N1"), ("Year N2", "N2"), ("N2", "N2"), ("Year 13", "13")],
)  # fmt: skip
def test_a_year_group_is_read(cell: object, year: str) -> None:
    assert reader("pupils", "year_group").read(cell) == year


@pytest.mark.parametrize("cell", ["Year 3/4", "3/4", "Year 99", "Mixed", "KS2"])
def test_a_year_group_that_is_none_is_not_guessed(cell: str) -> None:
    with pytest.raises(NotUnderstood):
        reader("pupils", "year_group").read(cell)


@pytest.mark.parametrize("cell", ["Y", "yes", "True", "T", "1", 1, True, "EAL", "Yes (EAL)", "x"])
def test_yes_has_many_words(cell: object) -> None:
    assert reader("pupils", "eal").read(cell) is True


@pytest.mark.parametrize("cell", ["N", "No", "False", "F", "0", 0, False, "No - English"])
def test_no_has_many_words(cell: object) -> None:
    assert reader("pupils", "eal").read(cell) is False


def test_a_flag_may_say_its_own_name() -> None:
    assert reader("pupils", "fsm").read("FSM") is True
    assert reader("pupils", "pupil_premium").read("Ever 6") is True
    with pytest.raises(NotUnderstood):
        reader("pupils", "fsm").read("sometimes")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("K", "K"), ("SEN Support", "K"), ("K - SEN Support", "K"), ("SEN support (K)", "K"),
     ("EHCP", "E"), ("Education, Health and Care Plan", "E"), ("No SEN", "N"),
     ("No Special Educational Need", "N"), ("A", "A"), ("School Action", "A"),
     ("School Action Plus", "P"), ("Statement", "S"), ("Monitoring", "M")],
)  # fmt: skip
def test_sen_status_is_read_in_words_and_codes_of_both_ages(cell: str, code: str) -> None:
    assert reader("sen_statuses", "code").read(cell) == code


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("SLCN", ["SLCN"]),
        ("Speech, Language and Communication Needs", ["SLCN"]),
        ("SLCN - Speech, language and communication needs", ["SLCN"]),
        ("Autism", ["ASD"]),
        ("ASD, SLCN", ["ASD", "SLCN"]),
        ("ASD/SEMH", ["ASD", "SEMH"]),
        ("MLD & HI", ["MLD", "HI"]),
        ("Moderate learning difficulty and ASD", ["MLD", "ASD"]),
        ("Social, emotional and mental health; Autism", ["SEMH", "ASD"]),
        ("Speech, language and communication needs, ASD", ["SLCN", "ASD"]),
        ("ASD\nMLD", ["ASD", "MLD"]),
    ],
)
def test_needs_are_read_one_or_several(cell: str, codes: list[str]) -> None:
    assert read_needs(cell, reader("needs", "code").read) == codes


def test_a_need_that_is_none_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood):
        read_needs("ASD, clumsy", reader("needs", "code").read)


def test_a_line_too_long_spoils_its_row() -> None:
    with pytest.raises(BadCell, match="500"):
        reader("pupils", "surname").read("x" * 501)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(4.0, "4"), (4.5, "4.5"), (True, "Yes"), (date(2016, 11, 3), "03/11/2016"),
     (HALF_PAST_NINE, "03/11/2016 09:30"), (MIDNIGHT, "03/11/2016"),
     (time(9, 30), "09:30"), (timedelta(hours=1), "1:00:00"), ("=1+1", "=1+1")],
)  # fmt: skip
def test_a_cell_reads_as_a_person_sees_it(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("O'Neill, Sam", ("O'Neill", "Sam")),
        ("Sam O'Neill", ("O'Neill", "Sam")),
        ("O'NEILL Sam", ("O'NEILL", "Sam")),
        ("Jan van der Berg", ("van der Berg", "Jan")),
        ("Sam Lee O'Neill", ("O'Neill", "Sam Lee")),
        ("Sam [EAL] O'Neil", ("O'Neil", "Sam [EAL]")),
        ("SAM SMITH", ("SMITH", "SAM")),
        ("小明", None),
        ("Smith,", None),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, parts: tuple[str, str] | None) -> None:
    assert split_name(whole) == parts
