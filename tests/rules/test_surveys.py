from senreg.rules.surveys import (
    answered,
    keep_paper,
    next_paper,
    questions_of,
    wishes,
    workshop_from,
)

from .sample import Commit, Sample


def asked(sample):
    return sample.add(
        "surveys", name="Parents", questions="We are welcome\n\n What would help?... \nHappy here"
    )


def test_questions_are_numbered_as_on_the_paper():
    sample = Sample()
    found = questions_of(sample.get(asked(sample)))
    assert [(each.number, each.words, each.is_open) for each in found] == [
        (1, "We are welcome", False),
        (2, "What would help?", True),
        (3, "Happy here", False),
    ]
    assert questions_of({}) == []


def test_papers_are_kept_one_after_another_and_counted_with_who_left_a_question_out():
    sample = Sample()
    survey = asked(sample)
    assert next_paper(sample, survey) == 1
    assert keep_paper(Commit(sample), survey, 1, {1: 5, 2: "=Maths [please]", 3: 4}) == 3
    keep_paper(Commit(sample), survey, 2, {1: 3})
    assert next_paper(sample, survey) == 3
    first, words, last = answered(sample, sample.get(survey))
    assert (first.n, first.unknown, first.counts) == (2, 0, (0, 0, 1, 0, 1))
    assert (words.n, words.unknown, words.words) == (1, 1, ("=Maths [please]",))
    assert (last.n, last.unknown) == (1, 1)


def test_what_is_asked_for_is_counted_once_an_answer_and_makes_a_workshop():
    sample = Sample()
    survey = asked(sample)
    for paper, words in enumerate(("Maths, maths!", "Help with MATHS", "Reading", "Thank you"), 1):
        keep_paper(Commit(sample), survey, paper, {2: words})
    found = next(each for each in answered(sample, sample.get(survey)) if each.question.is_open)
    maths, reading = wishes(found)
    assert (maths.word, len(maths.answers), reading.word) == ("maths", 2, "reading")
    values = workshop_from(sample, maths.answers)
    assert values == {
        "name": "Maths",
        "survey": survey,
        "answers": list(maths.answers),
        "asked_by": 2,
        "invited": 2,
    }
    assert workshop_from(sample, maths.answers, "Numbers at home")["name"] == "Numbers at home"
