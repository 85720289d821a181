"""Choosing light, dark or high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.look import THEME_TITLES

if TYPE_CHECKING:
    from screens.app import SenregApp


def choose_theme(app: SenregApp) -> None:
    """Ask for a theme, show it, and remember it on this machine."""
    from screens.dialogs.choose import ChooseDialog, Option

    def themed(name: str | None) -> None:
        if name is not None:
            app.theme = name
            app.settings.theme = name
            app.settings.save()

    options = [Option(name, title) for name, title in THEME_TITLES.items()]
    app.push_screen(ChooseDialog("Theme", options, now=app.theme), themed)
