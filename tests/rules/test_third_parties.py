import pytest

from senreg.rules.third_parties import Names, grounds_of

from .sample import Sample


@pytest.fixture
def names():
    sample = Sample()
    me = sample.pupil("Sam", "O'Neill", id="me")
    sample.pupil("Łukasz", "Żółkowski")
    sample.pupil("Mary Ann", "De Souza", preferred_name="Minnie")
    sample.pupil("小明", "王")
    sample.pupil("", "Alone")
    sample.pupil("Sam", "Patel")
    return Names(sample.all("pupils"), me)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Fell out with lukasz ZOLKOWSKI at lunch", True),
        ("Żółkowski, Łukasz: pushed", True),
        ("Minnie de Souza sat with him", True),
        ("Mary Ann De Souza", True),
        ("Mary De Souza", False),
        ("王 小明", True),
        ("Sam O'Neill did it alone", False),
        ("Sam Patel’s book", False),
        ("Sam and Patel", True),
        ("Żółkowski came", False),
        ("Łukasz came", False),
        ("Nobody", False),
        ("", False),
    ],
)
def test_a_child_is_named_by_surname_and_a_first_name(names, text, named):
    assert names.in_text(text) is named


def test_each_ground_where_it_holds(names):
    named = {"text": "with Łukasz Żółkowski", "confidential": True}
    assert grounds_of("notes", [named], names) == ["other_child", "opinion", "confidential"]
    assert grounds_of("notes", [{"kind": "call"}], names) == []
    assert grounds_of("contacts", [{"name": "Mum"}], names) == ["other_adult"]
    barred = {"name": "Dad", "restriction": "No contact"}
    assert grounds_of("contacts", [barred], names) == ["other_adult", "confidential"]
    assert grounds_of("targets", [{"statement": "Reads"}], names) == []
    assert grounds_of("target_reviews", [{"evidence": "4 of 5"}], names) == ["opinion"]


def test_an_earlier_wording_counts_where_it_goes_out_too(names):
    now, before = {"statement": "Reads"}, {"statement": "Reads to Łukasz Żółkowski"}
    assert grounds_of("targets", [now, before], names) == ["other_child"]
