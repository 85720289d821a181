"""Passphrases: five words offered, and those refused that somebody would guess."""

import pytest

from senreg.errors import InvalidRecord
from senreg.passphrases import judged, offered, refuse_weak

SCHOOL = ["St Mary's Junior School", "Ngozi O'Neill"]


def test_what_is_offered_is_five_words_never_the_same_and_good():
    drawn = {offered() for _ in range(20)}
    assert len(drawn) == 20
    for each in drawn:
        assert len(each.split()) == 5
        assert judged(each, SCHOOL).enough


@pytest.mark.parametrize(
    "easy",
    ["", " ", "password1", "St Mary's Junior School", "stmarys2026", "Ngozi O'Neill", "senco2026"],
)
def test_what_a_guesser_of_this_school_tries_is_refused(easy):
    with pytest.raises(InvalidRecord):
        refuse_weak(easy, SCHOOL)
    assert judged(easy, SCHOOL).advice


def test_a_good_one_is_taken_in_any_script():
    for good in (
        "tanned barrack unmoving atrocious hull",
        "медведь кувшин облако рельсы",
        "tanned barrack unmoving " * 300,
    ):
        refuse_weak(good, SCHOOL)


def test_no_advice_for_what_is_good():
    assert judged("tanned barrack unmoving atrocious hull").advice == ""


def test_nothing_is_offered_that_nobody_would_say_aloud_in_a_school(monkeypatch):
    monkeypatch.setattr("secrets.choice", " ".join)
    drawn = set(offered().split())
    assert len(drawn) > 7_500
    assert not drawn & {"impotence", "rectal", "racism", "chubby"}
