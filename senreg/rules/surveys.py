"""Surveys: their questions, the paper that is keyed next, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
        ids: The records of these answers, in the same order.
    """

    question: Question
    n: int
    unknown: int
    counts: tuple[int, ...]
    words: tuple[str, ...]
    ids: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The share of answers that say 1, 2, 3, 4 and 5, between 0 and 1; None without any."""
        return tuple(count / self.n if self.n else None for count in self.counts)


class Wish(NamedTuple):
    """What several open answers speak of.

    Args:
        word: The word that stands in them, folded.
        answers: The ids of the answers.
    """

    word: str
    answers: tuple[str, ...]


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
        written = [row for row in own if row.get("words")]
        words = tuple(str(row["words"]) for row in written)
        ids = tuple(row["id"] for row in written)
        n = len(words) if question.is_open else sum(ratings.values())
        counts = () if question.is_open else tuple(ratings[each] for each in range(1, 6))
        found.append(Answered(question, n, len(papers) - n, counts, words, ids))
    return found


def wishes(found: Answered, most: int = 8) -> list[Wish]:
    """The words that stand in most of the answers to an open question, with these answers.

    An answer is counted once for each of its words; words that say nothing of a wish are passed
    over, and of words that stand in the very same answers the longest is given. This groups
    answers for a person to choose from: it does not say what anybody meant.
    """
    said: dict[str, list[str]] = {}
    for record, answer in zip(found.ids, found.words, strict=True):
        letters = "".join(each if each.isalnum() else " " for each in folded(answer))
        for word in dict.fromkeys(letters.split()):
            if len(word) >= _SHORTEST_WORD and word not in _COMMON:
                said.setdefault(word, []).append(record)
    alone: dict[tuple[str, ...], str] = {}
    for word, answers in said.items():
        same = alone.get(tuple(answers), "")
        alone[tuple(answers)] = max(same, word, key=len)
    order = sorted(alone.items(), key=lambda pair: -len(pair[0]))
    return [Wish(word, answers) for answers, word in order[:most]]


def workshop_from(register: Reading, answers: Sequence[str], name: str = "") -> dict[str, object]:
    """The values of a workshop that follows from answers parents gave.

    Those who asked are invited, counted by their papers: papers bear no name.

    Args:
        register: The register.
        answers: Ids of `survey_answers`, of one survey.
        name: What it is called; made from the word most of them share where it is not given.
    """
    rows = [row for row in map(register.get, answers) if row is not None]
    papers = {row.get("paper") for row in rows}
    own = Answered(
        Question(0, "", True), len(rows), 0, (), tuple(str(row.get("words")) for row in rows),
        tuple(row["id"] for row in rows),
    )  # fmt: skip
    shared = next((each.word for each in wishes(own)), "")
    return {
        "name": name or shared.capitalize(),
        "survey": rows[0].get("survey") if rows else None,
        "answers": [row["id"] for row in rows],
        "asked_by": len(papers),
        "invited": len(papers),
    }


def workshops_for(register: Reading) -> dict[str, list[Row]]:
    """The workshops that follow from each answer, by the answer's id."""
    found: dict[str, list[Row]] = {}
    for row in register.all("workshops"):
        for answer in row.get("answers") or ():
            found.setdefault(answer, []).append(row)
    return found
