"""A note says what it said when its digest was made, or is known to be damaged."""

import json

import pytest

from senreg.digests import checked, digest, with_digest

NOTE = {"person": "O'Neill, Łukasz 小明 \udcff", "since": 12, "sealed": True, "of": {"a": [1]}}


def test_a_note_comes_back_without_its_digest():
    assert checked(json.loads(json.dumps(with_digest(NOTE)))) == NOTE


def test_a_note_of_an_earlier_version_has_none_and_is_read():
    assert checked(NOTE) == NOTE


@pytest.mark.parametrize("changed", [{"since": 13}, {"sealed": 1}, {"more": 0}, {"digest": None}])
def test_a_note_that_was_changed_is_known(changed):
    with pytest.raises(ValueError, match="damaged"):
        checked(with_digest(NOTE) | changed)


def test_the_digest_is_as_it_is_written_down():
    assert digest({"a": "é"}) == "27da66908e316429e1d94694895555a5"
