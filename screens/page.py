"""What every page has: the modes and the register above, the keys below, news in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from screens.commands import bindings_of
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

    def follow(self) -> None:
        """Refill the page if the register has changed since it was last filled."""
        app = app_of(self)
        now = (app.register.version, app.initials) if app.register is not None else None
        if self._seen != (True, now):
            self._seen = (True, now)
            self.refill()
        self.query_one(TopLines).refresh()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while other pages were seen."""
        self.follow()

    def command_open(self) -> object:
        """Open what is highlighted in what has the focus."""
        opener = getattr(self.focused, "action_open", None)
        return opener() if opener is not None else None

    def tell_footer(self, command_ids: Sequence[str] | None = None) -> None:
        """Show other commands in the footer, or those of the table again."""
        self.query_one(FooterLine).show(command_ids)
