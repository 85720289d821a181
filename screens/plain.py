"""The only road from data to a widget: text is cleaned, and is never markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from textual.content import Content

from senreg.models.text import clean, clean_line

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

Severity = Literal["information", "warning", "error"]

_hide: list[Callable[[str], str]] = []


def hide_names(way: Callable[[str], str] | None) -> None:
    """Send every text that is shown from now on through `way`; None shows it as it is."""
    _hide[:] = [way] if way is not None else []


def _shown(text: str) -> str:
    return _hide[0](text) if _hide else text


def plain(value: object, style: str = "") -> Content:
    """A value as content of several lines: exactly its characters, without markup.

    Args:
        value: What is shown; None is shown as nothing.
        style: A style of ours for the whole, such as "$text-muted".
    """
    text = "" if value is None else _shown(clean(str(value)).expandtabs(4))
    return Content.styled(text, style) if style else Content(text)


def line(value: object) -> str:
    """A value as text of one line, cleaned, for widgets that draw their own lines."""
    return "" if value is None else _shown(clean_line(str(value)))


def lines(value: object) -> list[str]:
    """A value as its lines, cleaned, for widgets that draw their own lines."""
    return [] if value is None else _shown(clean(str(value)).expandtabs(4)).split("\n")


def let_messages(screen: Screen[Any], seen: bool) -> None:
    """Show or hide the messages at the edge of a screen.

    Textual shows a message on the screen in front, and leaves it on those behind as well.
    """
    for rack in screen.query_children("ToastRack"):
        rack.display = seen


def say(app: App[Any], text: str, *, title: str = "", severity: Severity = "information") -> None:
    """Show a short message at the edge of the screen; nothing in it is markup."""
    app.notify(
        _shown(clean(text)),
        title=_shown(clean_line(title)),
        severity=severity,
        timeout=12 if severity == "error" else 6,
        markup=False,
    )
