"""Keying the papers of a survey: one digit a question, straight on to the next paper."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from screens.commands import run
from screens.page import Page, app_of
from screens.plain import line, say
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.models.parents import RATINGS
from senreg.register import Row
from senreg.rules.surveys import keep_paper, next_paper, questions_of

_WORDS = dict(RATINGS)


class Asked:
    """A question as the list shows it, with the answer given so far."""

    def __init__(self, number: int, words: str, is_open: bool) -> None:
        self.id = str(number)
        self.number, self.words, self.is_open = number, words, is_open


class _Paper(RecordList[Asked]):
    """The questions of a paper: Enter keeps it; two clicks on a question ask for its answer."""

    BINDINGS = [Binding("enter", "keep", show=False)]

    def action_keep(self) -> None:
        """Keep this paper and go on to the next."""
        run(self, "next_paper")


class PapersPage(Page):
    """The questions of a survey and the answers of one paper.

    Args:
        survey: The row of `surveys`.
    """

    PLACE = "papers"
    MODE = "school"
    AUTO_FOCUS = "#questions"
    DEFAULT_CSS = """
    PapersPage {
        #which { height: 1; background: $panel; }
        #questions { height: 1fr; }
    }
    """

    def __init__(self, survey: Row) -> None:
        super().__init__()
        self.survey = survey
        self._answers: dict[int, int | str] = {}
        self._kept = 0
        self.which = Text(id="which")
        self.questions = _Paper(
            [
                Column("words", "Question", lambda each: each.words, width=40, most=90),
                Column("answer", "Answer", self._answer, width=18, most=50),
            ],
            sort="",
            sorter=lambda rows, _column, _backwards: rows,
            markable=False,
            empty="This survey has no questions yet: write them in its record, a line each.",
            id="questions",
        )

    def body(self) -> ComposeResult:
        """Which paper, and the questions."""
        yield self.which
        yield self.questions

    @property
    def answers_given(self) -> bool:
        """Whether an answer of this paper is not kept."""
        return bool(self._answers)

    def refill(self) -> None:
        """Show the paper that is keyed."""
        self._paper = next_paper(self.register, self.survey["id"])
        self._show()

    def _show(self) -> None:
        kept = f"  {self._kept} kept" if self._kept else ""
        self.which.show(
            Span(f"  {line(str(self.survey['name']))}  ", "title"),
            Span(f" Paper {self._paper} ", "strong"),
            Span(f"{kept}   5 excellent … 1 poor, 0 no answer, Enter: next paper", "muted"),
        )
        self.questions.fill(Asked(*each) for each in questions_of(self.survey))

    def _answer(self, each: Asked) -> Cell:
        given = self._answers.get(each.number)
        if given is None:
            return ("t: words" if each.is_open else "·"), "muted"
        return f"{given} {_WORDS[str(given)]}" if isinstance(given, int) else given

    def _rate(self, rating: int) -> None:
        each = self.questions.current
        if each is None:
            return
        if each.is_open and rating:
            say(app_of(self), "This one is answered in words: t types them.")
            return
        if rating:
            self._answers[each.number] = rating
        else:
            self._answers.pop(each.number, None)
        self._show()
        self.questions.action_move(1)

    def command_rate_0(self) -> None:
        """No answer."""
        self._rate(0)

    def command_rate_1(self) -> None:
        """Poor."""
        self._rate(1)

    def command_rate_2(self) -> None:
        """Needs work."""
        self._rate(2)

    def command_rate_3(self) -> None:
        """Satisfactory."""
        self._rate(3)

    def command_rate_4(self) -> None:
        """Good."""
        self._rate(4)

    def command_rate_5(self) -> None:
        """Excellent."""
        self._rate(5)

    def command_rate_slip(self) -> None:
        """Stay on the paper."""
        say(app_of(self), "5 is the most, 0 is no answer. Esc ends the keying.")

    def command_answer_words(self) -> None:
        """Type what was written."""
        from screens.dialogs.choose import ChooseDialog

        each = self.questions.current
        if each is None or not each.is_open:
            say(app_of(self), "This one is answered by a digit from 1 to 5.")
            return
        given = self._answers.get(each.number)
        self.app.push_screen(
            ChooseDialog(
                each.words, [], typed=True, start=str(given or ""), empty="Type what was written."
            ),
            self._written,
        )

    def _written(self, words: str | None) -> None:
        each = self.questions.current
        if words and each is not None:
            self._answers[each.number] = words
            self._show()
            self.questions.action_move(1)

    @on(RecordList.Opened, "#questions")
    def _opened(self) -> None:
        """Ask for the answer of a question that was clicked twice."""
        from screens.dialogs.choose import ChooseDialog, Option

        each = self.questions.current
        if each is None or each.is_open:
            self.command_answer_words()
            return
        options = [Option(code, f"{code} {word}") for code, word in reversed(RATINGS)]
        given = self._answers.get(each.number)
        self.app.push_screen(
            ChooseDialog(
                each.words,
                [*options, Option("0", "0 No answer")],
                now=str(given) if given else None,
            ),
            lambda chosen: self._rate(int(chosen)) if chosen else None,
        )

    def command_next_paper(self) -> None:
        """Keep this paper and go on to the next."""
        if not self._answers:
            say(app_of(self), "Nothing is answered on this paper. Esc ends the keying.")
            return
        with self.register.commit("Key a paper") as commit:
            keep_paper(commit, self.survey["id"], self._paper, self._answers)
        self._answers = {}
        self._kept += 1
        self.refill()
        self.questions.go_to("1")

    def command_back(self) -> None:
        """End the keying; a paper that is not kept is asked about."""
        from screens.dialogs.leave import LeaveDialog

        if self._answers:
            self.app.push_screen(LeaveDialog(may_keep=False), self._leave)
        else:
            app_of(self).pop_screen()

    def _leave(self, answer: str | None) -> None:
        if answer == "save":
            self.command_next_paper()
        if answer in ("save", "drop"):
            app_of(self).pop_screen()
