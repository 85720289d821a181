"""Work that takes time: done on a thread, told of as it goes on, stopped when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.worker import Worker, WorkerState

from screens.dialogs.dialog import Dialog
from screens.faults import fault
from screens.plain import say
from screens.widgets.progress import Progress
from senreg.errors import SenregError

if TYPE_CHECKING:
    from screens.app import SenregApp

T = TypeVar("T")

UNSEEN = 0.2
"""Seconds for which nothing is shown: most work is done by then."""


class Stopped(Exception):
    """The person stopped the work; nothing was changed."""


class Work:
    """What the thread knows of the one who waits: it is told how far it has come, and may stop.

    Args:
        tell: Takes what is done, the whole, and words.
    """

    def __init__(self, tell: Callable[[int, int, str], object]) -> None:
        self._tell = tell
        self._stopped = False

    def report(self, done: int, total: int, words: str = "") -> None:
        """Tell how much of how much is done, and in words what is being done."""
        self._tell(done, total, words)

    def watch(self, done: int, total: int) -> None:
        """Tell how much of how much is done, at a place where the work can stop."""
        self.pause()
        self.report(done, total)

    def stop(self) -> None:
        """Ask the thread to stop at the next place where it can."""
        self._stopped = True

    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stopped

    def pause(self) -> None:
        """A place where the work can stop. Raises Stopped where it is to."""
        if self._stopped:
            raise Stopped


Job = Callable[[Work], T]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """How the work ended: with a result, refused (or failed by a fault), or stopped."""

    result: T | None = None
    refused: SenregError | None = None
    stopped: bool = False


class WorkDialog(Dialog[Outcome[Any]]):
    """Runs a job on a thread and waits for it; gives its outcome.

    A fault in the job does not end the app: its outcome is refused, in plain words.

    Args:
        title: What is being done.
        job: The work; it changes no widget.
        stoppable: Whether it can be stopped half-way without anything being changed.
    """

    DEFAULT_CSS = """
    WorkDialog {
        &.-unseen { background: transparent; }
        &.-unseen > #box { display: none; }
        #progress { margin-top: 1; }
    }
    """
    BINDINGS = [Binding("escape", "stop", show=False)]
    at_work = True
    """The register may be busy meanwhile."""

    class Told(Message):
        """The work has come further."""

        def __init__(self, done: int, total: int, words: str) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.words = words

    def __init__(self, title: str, job: Job[Any], *, stoppable: bool = True) -> None:
        super().__init__(title)
        self.add_class("-unseen")
        self._doing = title
        self._job = job
        self._stoppable = stoppable
        self._work = Work(lambda *told: self.post_message(self.Told(*told)))
        self._outcome: Outcome[Any] | None = None

    def content(self) -> ComposeResult:
        """How far it has come."""
        yield Progress("Working…", id="progress")

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Stopping, where that can be."""
        return (("Esc", "Stop", "stop"),) if self._stoppable else ()

    def on_mount(self) -> None:
        """Begin; show nothing yet, so that short work does not flicker."""
        self.set_timer(UNSEEN, lambda: self.remove_class("-unseen"))
        self.run_worker(self._run, thread=True, exclusive=True, group="work")

    def _run(self) -> Outcome[Any]:
        try:
            return Outcome(self._job(self._work))
        except Stopped:
            return Outcome(stopped=True)
        except SenregError as refused:
            stopped = self._work.stopped()
            return Outcome(refused=None if stopped else refused, stopped=stopped)
        except Exception as error:
            return Outcome(refused=fault(self._doing, error))

    @on(Told)
    def _told(self, event: Told) -> None:
        self.query_one(Progress).show(event.done, event.total, event.words)

    @on(Worker.StateChanged)
    def _ended(self, event: Worker.StateChanged) -> None:
        if event.state == WorkerState.SUCCESS:
            self._outcome = event.worker.result
            self.at_work = False
            self._end()

    def on_screen_resume(self) -> None:
        """End now, if the work ended while something hid this."""
        self._end()

    def _end(self) -> None:
        # Dismissing takes away what is on top, which may be what hides the screen.
        if self._outcome is not None and self.app.screen is self:
            outcome, self._outcome = self._outcome, None
            self.dismiss(outcome)

    def action_stop(self) -> None:
        """Ask the work to stop."""
        if self._stoppable:
            self._work.stop()
            self.query_one(Progress).show(0, 0, "Stopping…")


def work(
    app: SenregApp,
    title: str,
    job: Job[T],
    then: Callable[[T], object],
    *,
    stoppable: bool = True,
    refused: Callable[[SenregError], object] | None = None,
) -> None:
    """Do a job on a thread, and go on with its result.

    What was refused is said in words, unless `refused` takes it; what was stopped is told, and so
    is a fault in `then`.

    Args:
        app: The app.
        title: What is being done.
        job: The work; it changes no widget.
        then: Takes the result, on the app's own thread.
        stoppable: Whether it can be stopped half-way without anything being changed.
        refused: Takes what was refused, instead of a dialog.
    """

    def ended(outcome: Outcome[T] | None) -> None:
        if outcome is None:
            return
        if outcome.stopped:
            say(app, "Stopped. Nothing was changed.")
        elif outcome.refused is not None:
            (refused or app.complain)(outcome.refused)
        else:
            app.attempt(lambda: then(outcome.result), title)  # type: ignore[arg-type]

    app.push_screen(WorkDialog(title, job, stoppable=stoppable), ended)
