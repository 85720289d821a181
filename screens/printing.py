"""Papers: made in the background, kept in the folder of prints, shown in the browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from screens.plain import say
from senreg.clock import today
from senreg.errors import SenregError
from senreg.register import Register

if TYPE_CHECKING:
    from screens.app import SenregApp


def print_paper(
    app: SenregApp, name: str, *, pupil: str | None = None, class_name: str | None = None
) -> None:
    """Make a paper and show it, without keeping a key waiting.

    Args:
        app: The running interface.
        name: A name of `senreg.reports.papers.PAPERS`.
        pupil: The child it is about, by id.
        class_name: The class it is about.
    """
    register = app.register
    assert register is not None
    say(app, "Making the paper …")
    app.run_worker(
        partial(_made, app, register, name, pupil, class_name),
        name=name,
        group="papers",
        thread=True,
        exit_on_error=False,
    )


def _made(
    app: SenregApp, register: Register, name: str, pupil: str | None, class_name: str | None
) -> None:
    """Runs on a thread: nothing here touches a widget."""
    from senreg.reports import papers

    try:
        day = today()
        paper = papers.make(register, name, pupil=pupil, class_name=class_name, today=day)
        path = papers.free_path(name, day, papers.prints_folder())
        papers.save(paper, path)
    except SenregError as error:
        app.call_from_thread(app.complain, error)
        return
    if papers.open_in_browser(path):
        said = f"The browser shows it; print it from there. It is kept as {path}"
    else:
        said = f"No browser could be started. Open this file in one: {path}"
    app.call_from_thread(say, app, said, title=paper.title)
