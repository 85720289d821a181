"""What every page has: the modes and the register above, the keys below, news in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens.commands import bindings_of
from screens.faults import FaultLine, words_of
from screens.plain import let_messages, say
from screens.widgets.frame import FooterLine, TopLines

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from screens.app import SenregApp
    from senreg.register import Register


def app_of(node: DOMNode) -> SenregApp:
    """The app a widget or screen belongs to, as the type it is."""
    app: SenregApp = node.app  # type: ignore[assignment]
    return app


class Page(Screen[None]):
    """A page of the interface.

    A subclass names its `PLACE` in the table of commands, gives its `body`, and `refill`s it
    from the register. `refill` is called when the page is first shown, and again whenever the
    register has changed and the page is seen.
    """

    PLACE: ClassVar[str] = ""
    MODE: ClassVar[str] = ""
    """The mode that is shown as the present one; empty for that of the app."""

    BLANK = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-normal"), (130, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual"), (36, "-tall")]

    def __init_subclass__(cls, **arguments: Any) -> None:
        """Give a page the keys that the table of commands has for its place."""
        if cls.PLACE and "BINDINGS" not in cls.__dict__:
            cls.BINDINGS = list(bindings_of(cls.PLACE))
        super().__init_subclass__(**arguments)

    def __init__(self) -> None:
        super().__init__()
        self._seen: object = None
        self._worked_at: object = None
        """The state of the register that a thread works on."""

    @property
    def register(self) -> Register:
        """The open register."""
        register = app_of(self).register
        assert register is not None, "a page of records is shown without a register"
        return register

    @property
    def answers_given(self) -> bool:
        """Whether something was answered here that leaving the page would lose."""
        return False

    def compose(self) -> ComposeResult:
        """The frame with the body of the page in it."""
        yield TopLines()
        yield from self.body()
        yield FooterLine(self.PLACE)

    def body(self) -> ComposeResult:
        """What stands between the lines above and below."""
        raise NotImplementedError

    def refill(self) -> None:
        """Read what is shown from the register again."""

    @property
    def _depends_on(self) -> object:
        """What is shown depends on it: the register as it is, and whether names are hidden."""
        app = app_of(self)
        return (app.register.version, app.initials) if app.register is not None else None

    def follow(self) -> None:
        """Refill the page if the register has changed since it was last filled."""
        now = self._depends_on
        if self._seen != (True, now):
            self._seen = (True, now)
            self.guarded(self.refill)
        self.query_one(TopLines).refresh()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while other pages were seen."""
        let_messages(self, True)
        self.follow()

    def on_screen_suspend(self) -> None:
        """What lies over it tells what there is to tell."""
        let_messages(self, False)

    # What goes wrong

    def guarded(self, fill: Callable[[], object]) -> None:
        """Fill the page; a fault in that is said here, and the page is left as it is."""
        try:
            fill()
        except Exception as error:
            self.say_fault(words_of("This page could not be filled", error))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what a thread could not work out for this page, until it is tried again."""
        worker = event.worker
        if event.state is WorkerState.RUNNING:
            self._worked_at = self._depends_on
        elif event.state is WorkerState.SUCCESS:
            self.query(FaultLine).remove()
        elif event.state is WorkerState.ERROR and worker.error is not None:
            if self._worked_at != self._depends_on:
                self._seen = None
                self.app.call_later(app_of(self).follow)
                return
            self.left_undone(f"{worker.name}.")
            self.say_fault(words_of(worker.name, worker.error))

    def say_fault(self, words: str) -> None:
        """Say what could not be done, above the keys."""
        self.query(FaultLine).remove()
        self.mount(FaultLine(words), before=self.query_one(FooterLine))

    def left_undone(self, words: str) -> None:
        """Show that something will not come, where the page says that it is being worked out."""

    def command_again(self) -> None:
        """Fill the page again, where something on it is missing."""
        if not self.query(FaultLine):
            say(self.app, "Nothing is missing on this page: it shows the register as it is.")
            return
        self.query(FaultLine).remove()
        self._seen = None
        self.follow()

    # Keys

    def command_open(self) -> object:
        """Open what is highlighted in what has the focus."""
        opener = getattr(self.focused, "action_open", None)
        return opener() if opener is not None else None

    def tell_footer(self, command_ids: Sequence[str] | None = None) -> None:
        """Show other commands in the footer, or those of the table again."""
        self.query_one(FooterLine).show(command_ids)
