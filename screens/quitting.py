"""Leaving the program: what would be lost by it is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import SenregApp


def quit_app(app: SenregApp) -> None:
    """Leave; what is being written, or was answered and not kept, is asked about."""
    screens = list(app.every_screen())
    if any(getattr(screen, "unsaved", False) for screen in screens):
        said = "What you wrote is kept as a draft and offered again."
        _ask(app, "Leave without saving the form?", said)
    elif any(getattr(screen, "answers_given", False) for screen in screens):
        said = "Nothing was brought in so far; what you answered there is lost."
        _ask(app, "Leave in the middle of an import?", said)
    else:
        app.exit(0)


def _ask(app: SenregApp, title: str, said: str) -> None:
    from screens.dialogs.ask import AskDialog

    app.push_screen(
        AskDialog(title, said, yes="Leave", no="Stay"),
        lambda leave: app.exit(0) if leave else None,
    )
