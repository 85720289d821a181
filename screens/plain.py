"""The only road from data to a widget: text is cleaned, and is never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from textual.content import Content

from senreg.models.text import clean, clean_line

if TYPE_CHECKING:
    from textual.app import App

Severity = Literal["information", "warning", "error"]


def plain(value: object, style: str = "") -> Content:
    """A value as content of several lines: exactly its characters, without markup.

    Args:
        value: What is shown; None is shown as nothing.
        style: A style of ours for the whole, such as "$text-muted".
    """
    text = "" if value is None else clean(str(value)).expandtabs(4)
    return Content.styled(text, style) if style else Content(text)


def line(value: object) -> str:
    """A value as text of one line, cleaned, for widgets that draw their own lines."""
    return "" if value is None else clean_line(str(value))


def lines(value: object) -> list[str]:
    """A value as its lines, cleaned, for widgets that draw their own lines."""
    return [] if value is None else clean(str(value)).expandtabs(4).split("\n")


def say(app: App[Any], text: str, *, title: str = "", severity: Severity = "information") -> None:
    """Show a short message at the edge of the screen; nothing in it is markup."""
    app.notify(
        clean(text),
        title=clean_line(title),
        severity=severity,
        timeout=12 if severity == "error" else 6,
        markup=False,
    )
