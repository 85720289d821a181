"""Papers: made in the background, looked at, kept where a person says, shown in the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.working import Work, work
from screens.plain import say
from senreg.clock import today

if TYPE_CHECKING:
    from datetime import date

    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.reports.asked import Choices
    from senreg.reports.outline import Outline
    from senreg.reports.papers import Paper


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that is ready.

    Args:
        paper: The paper.
        outline: What is on it.
        path: Where it goes unless another place is chosen.
    """

    paper: Paper
    outline: Outline
    path: Path


def print_paper(
    app: SenregApp,
    name: str,
    *,
    pupil: str | None = None,
    class_name: str | None = None,
    conversation: str | None = None,
    keeper: str = "",
    choices: Choices | None = None,
    then: Callable[[], object] | None = None,
    kept: Callable[[Made], object] | None = None,
) -> None:
    """Make a paper and show what is on it, to be kept and printed.

    Args:
        app: The running interface.
        name: A name of `senreg.reports.papers.PAPERS`.
        pupil: The child it is about, by id.
        class_name: The class it is about.
        conversation: The conversation it is about; the last one held else.
        keeper: Who holds the recovery key, on a handover page.
        choices: What was chosen about it.
        then: What to do once it is kept; nothing where it was cancelled.
        kept: The same, told what was kept.
    """
    register = app.register
    assert register is not None

    def job(_: Work) -> Made:
        return _made(register, name, pupil, class_name, keeper, conversation, choices)

    def show(made: Made) -> None:
        from screens.dialogs.print import PrintDialog

        def closed(done: bool | None) -> None:
            if done and then is not None:
                then()
            if done and kept is not None:
                kept(made)

        app.push_screen(PrintDialog(made), closed)

    work(app, "Making the paper", job, show)


def print_classes(app: SenregApp, names: Sequence[str]) -> None:
    """Make the class sheets of one class or of several."""
    if len(names) == 1:
        print_paper(app, "class", class_name=names[0])
        return
    from screens.dialogs.ask import AskDialog

    def answered(yes: bool | None) -> None:
        if yes:
            _print_all(app, names)

    app.push_screen(
        AskDialog(
            f"Make {len(names)} class sheets?",
            "They are kept in the folder of prints, not encrypted, and the browser shows each.",
            yes="Make them",
            no="Not now",
        ),
        answered,
    )


def _print_all(app: SenregApp, names: Sequence[str]) -> None:
    register = app.register
    assert register is not None

    def job(doing: Work) -> list[Path]:
        from senreg.reports import papers

        kept = []
        for place, name in enumerate(names):
            doing.report(place, len(names), f"Class {name}")
            doing.pause()
            made = _made(register, "class", None, name)
            papers.keep(register, made.paper, made.path, today())
            kept.append(made.path)
        return kept

    def told(kept: list[Path]) -> None:
        from senreg.reports import showing

        shown = [showing.open_in_browser(path) for path in kept]
        where = f"They are kept in {kept[0].parent}"
        if all(shown):
            say(app, f"The browser shows {len(kept)} class sheets. {where}")
        else:
            say(app, f"No browser could be started. {where}", severity="warning")

    work(app, "Making the class sheets", job, told)


def show_sheet(
    app: SenregApp, paper: Paper, path: Path | None, kept: Callable[[Path, bool], object]
) -> None:
    """Keep a paper that is to be printed at once and then forgotten, and show it.

    Args:
        app: The running interface.
        paper: The paper.
        path: Where it was kept before; a place of its own else.
        kept: Told where it is, and whether a browser shows it.
    """

    def job(_: Work) -> tuple[Path, bool]:
        from senreg.reports import papers, prints, showing

        stem = f"{paper.name}-{today().isoformat()}"
        file = path or prints.unused(stem, prints.prints_folder())
        papers.save(paper, file)
        return file, showing.open_in_browser(file)

    work(app, "Making the sheet", job, lambda told: kept(*told), stoppable=False)


def forget_sheet(path: Path | None) -> None:
    """Delete a sheet that was kept only to be printed. One that cannot be deleted is left."""
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _made(
    register: Register,
    name: str,
    pupil: str | None,
    class_name: str | None,
    keeper: str = "",
    conversation: str | None = None,
    choices: Choices | None = None,
) -> Made:
    """Runs on a thread: nothing here touches a widget."""
    from senreg.reports import conversation_paper, keeping, papers, prints
    from senreg.reports.outline import class_outline, pupil_outline

    day = today()
    paper = papers.make(
        register,
        name,
        pupil=pupil,
        class_name=class_name,
        conversation=conversation,
        keeper=keeper,
        choices=choices,
        today=day,
    )
    if name in papers.COMPOSED and paper.document is not None:
        from senreg.reports.document.plainly import outline_of

        outline = outline_of(paper.document)
    elif papers.PAPERS[name].about == "register":
        outline = keeping.outline(register, name, paper, day)
    elif class_name is not None:
        outline = class_outline(register, class_name, day)
    elif name in (conversation_paper.RECORD, conversation_paper.SUMMARY):
        outline = _conversation_outline(register, name, pupil or "", conversation, day)
    else:
        outline = pupil_outline(register, pupil or "", day)
    return Made(paper, outline, prints.free_path(name, day, prints.prints_folder()))


def _conversation_outline(
    register: Register, name: str, pupil: str, conversation: str | None, day: date
) -> Outline:
    from senreg.reports.conversation_paper import conversation_of, conversation_outline

    row = register.get(pupil)
    assert row is not None, "the paper of this child was just made"
    about = conversation_of(register, pupil, conversation)
    return conversation_outline(register, name, row, about, day)
