"""What changed since last time, in words."""

from __future__ import annotations

from dataclasses import dataclass

from senreg.models.tables import TABLES
from senreg.rules.news import MANY, news
from senreg.rules.nouns import NOUNS, counted_list

from .sample import Sample


@dataclass
class Change:
    at: int
    by: str
    table: str
    record: str
    commit: str = "one"
    label: str = "Change"


def test_changes_are_told_by_person_and_child_the_latest_first():
    sample = Sample()
    fox = sample.add("staff", name="Jane [/b] Fox", role="senco")
    sam, ada = sample.pupil("Sam [EAL]"), sample.pupil("Ada", "Byron")
    target = sample.target(sam)
    review = sample.add("target_reviews", target=target)
    term = sample.add("terms", name="Autumn")
    changes = [
        Change(1, fox, "targets", target),
        Change(2, fox, "targets", target),
        Change(3, fox, "target_reviews", review),
        Change(9, fox, "pupils", ada),
        Change(4, "jdoe", "terms", term),
        Change(5, "jdoe", "later_table", "erased"),
    ]
    lines = news(changes, sample.get)
    assert [(line.person, line.name, line.words) for line in lines] == [
        ("Jane [/b] Fox", "Ada Byron", "1 pupil"),
        ("jdoe", "", "1 term, 1 record of later_table"),
        ("Jane [/b] Fox", "Sam [EAL] O'Neill", "1 target, 1 target review"),
    ]
    assert [line.record for line in lines] == [ada, "erased", review]
    assert [line.at for line in lines] == [9, 5, 3]
    assert news([], sample.get) == []


def test_a_commit_about_many_pupils_is_one_line():
    sample = Sample()
    pupils = [sample.pupil(f"Child {n}") for n in range(MANY + 1)]
    changes = [Change(n, "fox", "pupils", each, "c1", "Import") for n, each in enumerate(pupils)]
    few = [Change(99, "fox", "pupils", each, "c2", "Mark") for each in pupils[:2]]
    lines = news([*changes, *few], sample.get)
    assert [(line.pupil, line.words) for line in lines] == [
        (pupils[0], "1 pupil"),
        (pupils[1], "1 pupil"),
        ("", "Import: 13 pupils"),
    ]
    assert lines[-1].record == pupils[-1]


def test_every_table_has_its_nouns_in_the_same_order():
    assert list(NOUNS) == list(TABLES)
    assert counted_list({"notes": 2, "pupils": 1, "targets": 1}) == "1 pupil, 2 notes, 1 target"
