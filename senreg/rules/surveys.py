"""Surveys: their questions, the paper that is keyed next, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from senreg.models.text import folded
from senreg.rules.proposal import Writing
from senreg.rules.reading import Reading, Row

OPEN_ENDING = "..."
_SHORTEST_WORD = 4
_SAYING_NOTHING = (
    "about also and are because been but can could does for from had has have help how into "
    "just know like more much need not nothing our please should some that the their them they "
    "thank this very want was what when where which will with would you your doing good job"
)
_COMMON = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing of what is wanted."""


class Question(NamedTuple):
    """One question: its number on the paper, its words, and whether it is answered in words."""

    number: int
    words: str
    is_open: bool


class Answered(NamedTuple):
    """What came back to a question.

    Args:
        question: The question.
        n: Papers with an answer.
        unknown: Papers without one.
        counts: How many said 1, 2, 3, 4 and 5; none for an open question.
        words: The answers to an open question, as they were written.
    """

    question: Question
    n: int
    unknown: int
    counts: tuple[int, ...]
    words: tuple[str, ...]


def questions_of(survey: Row) -> list[Question]:
    """The questions of a survey, in the order of the paper."""
    lines = [line.strip() for line in str(survey.get("questions") or "").splitlines()]
    return [
        Question(number, line.removesuffix(OPEN_ENDING).strip(), line.endswith(OPEN_ENDING))
        for number, line in enumerate((line for line in lines if line), 1)
    ]


def next_paper(register: Reading, survey: str) -> int:
    """The number of the paper that is keyed next."""
    rows = register.by("survey_answers", "survey").get(survey, ())
    return max((int(row["paper"]) for row in rows if row.get("paper") is not None), default=0) + 1


def keep_paper(commit: Writing, survey: str, paper: int, answers: Mapping[int, int | str]) -> int:
    """Write the answers of one paper into an open commit; how many there were.

    Args:
        commit: The open commit.
        survey: The survey's id.
        paper: The paper's number.
        answers: By question, a rating from 1 to 5, or words.
    """
    for number, answer in sorted(answers.items()):
        field = "rating" if isinstance(answer, int) else "words"
        values = {"survey": survey, "paper": paper, "question": number, field: answer}
        commit.add("survey_answers", values)
    return len(answers)


def answered(register: Reading, survey: Row) -> list[Answered]:
    """What came back, question by question."""
    rows = register.by("survey_answers", "survey").get(survey["id"], ())
    papers = {row.get("paper") for row in rows}
    found = []
    for question in questions_of(survey):
        own = [row for row in rows if row.get("question") == question.number]
        ratings = Counter(row["rating"] for row in own if row.get("rating") is not None)
        words = tuple(str(row["words"]) for row in own if row.get("words"))
        n = len(words) if question.is_open else sum(ratings.values())
        counts = () if question.is_open else tuple(ratings[each] for each in range(1, 6))
        found.append(Answered(question, n, len(papers) - n, counts, words))
    return found


def asked_for(words: tuple[str, ...], most: int = 6) -> list[tuple[str, int]]:
    """The words that stand in most of the open answers, each with how many answers have it."""
    counts: Counter[str] = Counter()
    for answer in words:
        letters = "".join(each if each.isalnum() else " " for each in folded(answer))
        counts.update({w for w in letters.split() if len(w) >= _SHORTEST_WORD and w not in _COMMON})
    return counts.most_common(most)
