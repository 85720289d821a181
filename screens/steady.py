"""The ground of the application: no byte typed stops it, and no fault shows anybody's data."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual.app import App

from screens.faults import fault
from senreg.errors import SenregError

if TYPE_CHECKING:
    from codecs import IncrementalDecoder

    from rich.traceback import Trace
    from textual.driver import Driver


class SteadyApp(App[int], inherit_bindings=False):
    """An app that goes wrong quietly, in words."""

    def get_driver_class(self) -> type[Driver]:
        """The terminal's driver, which takes bytes that are no UTF-8 as well.

        A terminal or a paste in an older encoding sends such bytes; each is read as U+FFFD.
        Textual's own reading of them ends the program.
        """
        driver = super().get_driver_class()
        if driver.__module__ == "textual.drivers.linux_driver":
            from textual.drivers import linux_driver

            linux_driver.getincrementaldecoder = _forgiving  # type: ignore[assignment, attr-defined]
        return driver

    def attempt(self, action: Callable[[], object], doing: str = "") -> bool:
        """Do something; False where it was refused, which is said, or where it gave False.

        A fault in the program is said as well, and senreg goes on: what a commit had not yet
        written is not written.

        Args:
            action: What is to be done.
            doing: What that is, in the words of the person; for a fault.
        """
        try:
            return action() is not False
        except Exception as error:
            self.tell_error(error, doing)
            return False

    def tell_error(self, error: Exception, doing: str = "") -> None:
        """Say what was refused; or that there is a fault, without a word of what it says."""
        self.complain(error if isinstance(error, SenregError) else fault(doing, error))

    def complain(self, error: SenregError) -> None:
        """Say what was refused, what is safe and what to do."""
        from screens.dialogs.message import MessageDialog

        self.push_screen(MessageDialog(error.happened, "\n".join(error.lines[1:])))

    def panic(self, *renderables: RenderableType) -> None:
        """Stop, with three lines in place of any traceback: it may quote the register."""
        from rich.traceback import Traceback

        for each in renderables:
            if isinstance(each, Traceback):
                self._stop_for_fault(each.trace)
                return
        super().panic(*renderables)

    def _fatal_error(self) -> None:
        # Textual prints a traceback with local values: names of children on a shared screen.
        self.bell()
        self._stop_for_fault()

    def _stop_for_fault(self, trace: Trace | None = None) -> None:
        from screens.mishap import write_mishap

        self._return_code = 1
        self._exit_renderables.append(write_mishap(trace))
        self._close_messages_no_wait()


def _forgiving(encoding: str) -> partial[IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")
