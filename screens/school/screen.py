"""School: what heads look at, each figure one key from the pupils behind it."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.message import Message
from textual.worker import WorkerCancelled, get_current_worker

from screens.faults import beside
from screens.page import app_of
from screens.plain import say
from screens.school.behind import open_line
from screens.school.figures_page import FiguresPage
from screens.school.leaders import LeadersPage, Read
from screens.school.lines import LEADING, columns, lines, whole
from screens.widgets.section_list import SectionList
from screens.widgets.spans import Span
from senreg.clock import today
from senreg.rules.leadership import Leadership, leadership


class WorkedOut(Message):
    """The figures of a version of the register on a day are there."""

    def __init__(self, of: tuple[int, date], found: Leadership) -> None:
        super().__init__()
        self.of = of
        self.found = found


class ComesOn(Message):
    """So many parts of the figures are worked out."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total


class SchoolPage(FiguresPage):
    """Leadership figures, and the lists of the school's own records."""

    PLACE = "school"
    CSS_PATH = "screen.tcss"

    def __init__(self) -> None:
        super().__init__(
            SectionList(
                columns(), whole=whole, empty="The figures are being worked out.", id="figures"
            )
        )
        self._known: WorkedOut | None = None
        self._lists: dict[str, Read] = {}
        self._wanted = ""
        """The part somebody asked for while the figures were still being worked out."""

    def refill(self) -> None:
        """Show the figures; work them out beside what the person does, where they are others."""
        if self._known is not None and self._known.of == self._now:
            self._show(self._known)
            return
        self._tell_head("are being worked out")
        self._work_out()

    @property
    def _now(self) -> tuple[int, date]:
        """What the figures depend on: the register as it is, and the day."""
        return self.register.version, today()

    def _tell_head(self, state: str = "") -> None:
        said = f"the figures {state}" if state else "Enter: who or what is behind it"
        self.heads.show(Span("  What heads look at", "title"), Span(f"   {said}", "muted"))

    @beside("figures", "The figures could not be worked out")
    def _work_out(self) -> None:
        worker = get_current_worker()
        of = self._now

        def watch(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise WorkerCancelled
            self.post_message(ComesOn(done, total))

        self.post_message(WorkedOut(of, leadership(self.register, of[1], watch)))

    def left_undone(self, words: str) -> None:
        """Say in the place of the figures that they will not come."""
        self._tell_head("could not be worked out: see below")
        self.figures.fill([])
        self.figures.narrow(None, words)

    @on(ComesOn)
    def _comes_on(self, event: ComesOn) -> None:
        self._tell_head(f"are being worked out: {event.done} of {event.total} parts")

    @on(WorkedOut)
    def _worked_out(self, event: WorkedOut) -> None:
        if event.of == self._now:
            self._known = event
            self._show(event)

    def _show(self, known: WorkedOut) -> None:
        here = self.figures.current_id
        self._tell_head()
        self.figures.fill(list(lines(known.found, self.register)))
        self.figures.go_to(here)
        if self._wanted:
            self.figures.go_to_section(self._wanted)
            self._wanted = ""
        self._tell()

    def command_open(self) -> None:
        """The pupils behind the highlighted figure, or the list it stands for."""
        each = self.figures.record
        if each is None:
            return
        if each.table in ("key_papers", "results"):
            self._choose_survey(each.table)
        elif each.table.startswith(LEADING):
            self.app.push_screen(LeadersPage(each.table.removeprefix(LEADING), self._lists))
        elif each.table:
            from screens.settings.records import RecordsPage

            self.app.push_screen(RecordsPage(each.table, mode="school"))
        else:
            open_line(self, each)

    def _choose_survey(self, purpose: str) -> None:
        from screens.dialogs.choose import ChooseDialog, Option
        from senreg.rules.dates import short_day

        surveys = sorted(
            self.register.all("surveys"), key=lambda row: str(row["asked_on"] or ""), reverse=True
        )
        options = [
            Option(row.id, str(row["name"]), short_day(row["asked_on"]) if row["asked_on"] else "")
            for row in surveys
        ]
        self.app.push_screen(
            ChooseDialog("Which survey?", options), lambda chosen: self._survey(purpose, chosen)
        )

    def _survey(self, purpose: str, chosen: str | None) -> None:
        from screens.school.papers import PapersPage
        from screens.school.results import ResultsPage

        row = self.register.get(chosen) if chosen else None
        if row is None:
            return
        self.app.push_screen(PapersPage(row) if purpose == "key_papers" else ResultsPage(row))

    def command_for_leaders(self) -> None:
        """Go to the lists for leaders."""
        self._go_to("leaders")

    def command_for_parents(self) -> None:
        """Go to surveys, workshops and ratings."""
        self._go_to("parents")

    def _go_to(self, section: str) -> None:
        """Go to a part, as soon as the figures are there."""
        if not self.figures.go_to_section(section):
            self._wanted = section

    def command_freeze(self) -> None:
        """Keep the figures of a school year."""
        from screens.dialogs.choose import ChooseDialog, Option
        from senreg.year_figures import years_to_keep

        years = years_to_keep(self.register, today())
        self.app.push_screen(
            ChooseDialog(
                "Keep the figures of which year?",
                [Option(year, year) for year in years],
                said="They are kept with their definitions, also when leavers are erased.",
            ),
            self._freeze,
        )

    def _freeze(self, year: str | None) -> None:
        from screens.dialogs.working import Work, work
        from senreg.year_figures import freeze

        if year is None:
            return

        def job(doing: Work) -> tuple[int, list[str]]:
            return freeze(self.register, year, today(), doing.watch)

        def told(kept: tuple[int, list[str]]) -> None:
            count, left = kept
            words = f"{count} figures of {year} kept." if count else "They are kept already."
            say(self.app, " ".join([words, *left]))

        work(app_of(self), f"Keeping the figures of {year}", job, told)
