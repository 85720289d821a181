"""What came back to a survey: five points and n, and workshops from what parents asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.page import Page, app_of
from screens.plain import line, plain, say
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import Section, SectionList
from screens.widgets.spans import Span, Text
from senreg.models.parents import RATINGS
from senreg.register import Row
from senreg.rules.measures.words import value_in_words
from senreg.rules.surveys import Answered, answered, wishes, workshop_from, workshops_for

_FOOT = """
    #which { height: 1; background: $panel; }
    #lines { height: 1fr; }
    #foot { height: 6; padding: 0 2; background: $panel; color: $muted; }
    &.-wide #foot { height: 4; }
"""


_HOW = (
    "Space marks an answer; Enter on a word marks every answer with it. w makes a workshop of "
    "what is marked, with those who asked as invited."
)


class ResultRow:
    """A question of the survey as the list shows it."""

    def __init__(self, found: Answered) -> None:
        self.id = str(found.question.number)
        self.found = found

    @property
    def in_full(self) -> str:
        """Everything that came back to it, in words."""
        found = self.found
        said = f"{found.question.number}  {line(found.question.words)}\n"
        if found.question.is_open:
            return f"{said}In words: n {found.n}, {found.unknown} left it out. Enter shows them."
        points = [
            f"{word.lower()} {count} ({value_in_words(share, 'share')})"
            for (_, word), count, share in zip(RATINGS, found.counts, found.shares, strict=True)
        ]
        return f"{said}{', '.join(reversed(points))}; n {found.n}, {found.unknown} left it out."


def _point(rating: int) -> Column[ResultRow]:
    def cell(row: ResultRow) -> Cell:
        if row.found.question.is_open:
            return "", "muted"
        return value_in_words(
            row.found.shares[rating - 1], "share"
        ), "strong" if rating == 5 else ""

    return Column(f"point_{rating}", f"{rating}", cell, width=5)


class ResultsPage(Page):
    """Each question with the share of each of the five points.

    Args:
        survey: The row of `surveys`.
    """

    PLACE = "results"
    MODE = "school"
    AUTO_FOCUS = "#lines"
    DEFAULT_CSS = f"ResultsPage {{ {_FOOT} }}"

    def __init__(self, survey: Row) -> None:
        super().__init__()
        self.survey = survey
        self.which = Text(id="which")
        self.lines: RecordList[ResultRow] = RecordList(
            [
                Column(
                    "words", "Question", lambda row: row.found.question.words, width=24, most=90
                ),
                *(_point(rating) for rating in range(5, 0, -1)),
                Column("n", "n", lambda row: str(row.found.n), width=4),
                Column("unknown", "left out", lambda row: str(row.found.unknown), width=8),
            ],
            sorter=lambda rows, _column, _backwards: rows,
            markable=False,
            empty="This survey has no questions yet: write them in its record, a line each.",
            id="lines",
        )
        self.foot = Static(id="foot")

    def body(self) -> ComposeResult:
        """The questions, and the highlighted one in full."""
        yield self.which
        yield self.lines
        yield self.foot

    def refill(self) -> None:
        """Count again."""
        self.which.show(
            Span(f"  {line(str(self.survey['name']))}  ", "title"),
            Span("5 excellent … 1 poor; Enter: the answers in words", "muted"),
        )
        self.lines.fill(ResultRow(each) for each in answered(self.register, self.survey))
        self._tell()

    @on(RecordList.Highlighted, "#lines")
    def _tell(self) -> None:
        row = self.lines.current
        self.foot.update(plain(row.in_full if row is not None else ""))

    @on(RecordList.Opened, "#lines")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """The answers in words."""
        row = self.lines.current
        if row is None:
            return
        if row.found.question.is_open:
            app_of(self).push_screen(AnswersPage(self.survey, row.found.question.number))
        else:
            say(self.app, "It was answered by a digit: all there is stands below the list.")


class AnswerRow(NamedTuple):
    """One answer, or a word that several of them share.

    Args:
        id: Its name in the list.
        words: What was written, or the word.
        note: How many, or the workshops that followed.
        answers: The answers it stands for.
        shared: Whether it is a word.
    """

    id: str
    words: str
    note: str
    answers: tuple[str, ...]
    shared: bool = False


class AnswersPage(Page):
    """The answers to an open question: marked, and made a workshop.

    Args:
        survey: The row of `surveys`.
        number: The number of the question.
    """

    PLACE = "answers"
    MODE = "school"
    AUTO_FOCUS = "#lines"
    DEFAULT_CSS = f"AnswersPage {{ {_FOOT} }}"

    def __init__(self, survey: Row, number: int) -> None:
        super().__init__()
        self.survey = survey
        self.number = number
        self.which = Text(id="which")
        self.lines: SectionList[AnswerRow] = SectionList(
            [
                Column("words", "", lambda row: row.words, width=40, most=110),
                Column("note", "", lambda row: (row.note, "muted"), width=18, most=40),
            ],
            markable=True,
            empty="Nobody wrote anything here.",
            id="lines",
        )
        self.foot = Static(id="foot")

    def body(self) -> ComposeResult:
        """The words and the answers, and the highlighted one in full."""
        yield self.which
        yield self.lines
        yield self.foot

    def refill(self) -> None:
        """Read the answers again."""
        found = {each.question.number: each for each in answered(self.register, self.survey)}
        own = found.get(self.number)
        if own is None:
            return
        self.which.show(Span(f"  n {own.n}  ", "strong"), Span(line(own.question.words), "title"))
        self.lines.fill(list(self._rows(own)))
        self._tell()

    def _rows(self, found: Answered) -> Iterator[AnswerRow | Section]:
        offered = workshops_for(self.register)
        shared = [each for each in wishes(found) if len(each.answers) > 1]
        if shared:
            yield Section("most", "Most often", "the words that several answers share")
        for each in shared:
            yield AnswerRow(
                f"word {each.word}", each.word, f"{len(each.answers)} answers", each.answers, True
            )
        if found.words:
            yield Section("all", "In their words", "papers bear no name")
        for record, words in zip(found.ids, found.words, strict=True):
            names = ", ".join(line(row["name"]) for row in offered.get(record, ()))
            yield AnswerRow(record, line(words), f"→ {names}" if names else "", (record,))

    @on(RecordList.Highlighted, "#lines")
    def _tell(self) -> None:
        row = self.lines.record
        here = f"{row.words}  {row.note}" if row is not None else ""
        self.foot.update(plain(f"{here}\n{_HOW}"))

    @on(RecordList.Opened, "#lines")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Mark the answers of the highlighted word, or take their marks away; or one answer."""
        row = self.lines.record
        if row is not None:
            self.lines.mark(row.answers, on=not set(row.answers) <= self.lines.marks)

    def command_mark(self) -> None:
        """Mark the highlighted answer and go on; or all answers with the highlighted word."""
        row = self.lines.record
        if row is not None and row.shared:
            self.command_open()
        else:
            self.lines.action_mark()

    @property
    def chosen(self) -> Sequence[str]:
        """The answers that are marked, or those of the highlighted line."""
        rows = [row for row in self.lines.marked_or_current() if isinstance(row, AnswerRow)]
        return tuple(dict.fromkeys(each for row in rows for each in row.answers))

    def command_workshop(self) -> None:
        """A workshop from what is marked."""
        from screens.forms.record_form import RecordForm

        if not self.chosen:
            say(self.app, "There is no answer to begin with.")
            return
        values = workshop_from(self.register, self.chosen)
        asked = ("survey", "answers", "asked_by")
        form = RecordForm(
            self.register,
            "workshops",
            preset={name: values[name] for name in asked},
            begun={name: value for name, value in values.items() if name not in asked},
            title=f"A workshop that {values['asked_by']} asked for",
        )
        self.app.push_screen(form, self._kept)

    def _kept(self, record_id: str | None) -> None:
        if record_id is not None:
            self.lines.unmark()
            self.follow()
            say(self.app, "The workshop is kept. Who came is written in it: School, Workshops.")
