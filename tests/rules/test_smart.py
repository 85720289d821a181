import pytest

from senreg.rules.smart import BLANKS, CHECKS, checks, lacks, looks_smart, smart_words, vague_words

WHOLE = {
    "statement": "Sam will read 50 words a minute from a Year 3 text",
    "baseline": "Reads 31",
    "measure": "Words read in a minute, weekly",
    "success_criterion": "50 words on 4 out of 5 Fridays",
    "due": "2026-12-18",
    "owner": "staff-1",
}


def codes(target):
    return [lack.code for lack in lacks(target)]


def test_a_whole_target_looks_smart():
    assert codes(WHOLE) == []
    assert looks_smart(WHOLE)
    assert smart_words(WHOLE) == "Looks SMART"


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("statement", "statement", "No target written"),
        ("baseline", "baseline", "No baseline"),
        ("measure", "measure", "No measure"),
        ("success_criterion", "criterion", "No figure to reach"),
        ("due", "date", "No date"),
        ("owner", "owner", "Nobody named"),
    ],
)
@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_each_part_is_missed_by_name(field, code, words, blank):
    target = {**WHOLE, field: blank}
    (lack,) = lacks(target)
    assert (lack.code, lack.field) == (code, field)
    assert lack.advice.endswith(".")
    assert lack.advice.count(".") == 1 or "three dots" in lack.advice
    assert smart_words(target) == words


def test_an_empty_target_lacks_everything():
    assert codes({}) == ["statement", "baseline", "measure", "criterion", "date", "owner"]
    assert smart_words({"owner": "x"}) == (
        "No target written, no baseline, no measure, no figure to reach, no date"
    )


def test_figures_may_stand_in_their_own_fields():
    target = {
        "statement": "Reads more fluently", "start_value": 0, "unit": "words a minute",
        "target_value": 50, "due": "2026-12-18", "owner": "x",
    }  # fmt: skip
    assert codes(target) == []


@pytest.mark.parametrize(
    ("statement", "vague"),
    [
        ("Improve confidence", True),
        ("Sam has regular support with access to a quiet room", True),
        ("Would benefit from opportunities for talk", True),
        ("Improve his reading by July 2027 in Year 4", True),
        ("Improve from 3 to 8 spellings", False),
        ("Improves his handwriting: joins letters in every word", False),
        ("Counts to twenty", False),
        ("Ties own laces", False),
        ("Irregular verbs are used", False),
    ],
)
def test_vague_words_need_a_figure_beside_them(statement, vague):
    assert ("vague" in codes({**WHOLE, "statement": statement})) == vague


def test_a_criterion_of_words_alone_is_asked_for_a_figure():
    target = {**WHOLE, "statement": "Joins a game at playtime", "success_criterion": "Plays well"}
    assert codes(target) == ["criterion"]
    assert codes({**target, "success_criterion": "Twice a week"}) == []


def test_blanks_of_an_example_are_pointed_out():
    target = {**WHOLE, "statement": "Will read … words a minute"}
    assert codes(target) == ["blank"]
    assert smart_words(target) == "Blanks to fill in"
    assert checks(target)[0].advice == BLANKS
    assert codes({**WHOLE, "success_criterion": "… of six"}) == ["criterion"]
    assert codes({**WHOLE, "statement": "Will count to ..."}) == ["blank"]


def test_vague_words_are_found_once_each_in_order():
    assert vague_words("Regular access to REGULAR help, to improve") == [
        "regular",
        "access to",
        "improve",
    ]
    assert vague_words("王小明 counts") == []


def test_what_is_looked_for_is_said_with_what_is_missing():
    found = checks({**WHOLE, "statement": "Improve reading", "due": None})
    assert [check.code for check in found] == list(CHECKS)
    assert [check.code for check in found if check.advice] == ["statement", "date"]
    assert not any(check.advice for check in checks(WHOLE))
