"""How senreg looks: three themes, and the tones in which lists write their words.

A tone is a name for what a word means (good, warn, muted); its colour depends on the theme.
Nothing is told by a tone alone: the word comes first, then a symbol, then the colour.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.style import Style
from textual.theme import Theme


class Palette(NamedTuple):
    """The colours of one theme, as six-digit hexadecimal values."""

    dark: bool
    paper: str
    sheet: str
    band: str
    ink: str
    muted: str
    faint: str
    primary: str
    on_primary: str
    accent: str
    cursor: str
    cursor_away: str
    marked: str
    good: str
    warn: str
    bad: str
    info: str
    cyan: str
    magenta: str


PALETTES: dict[str, Palette] = {
    "senreg-light": Palette(
        dark=False,
        paper="#f6f4ee",
        sheet="#fffefb",
        band="#e9e5da",
        ink="#20272b",
        muted="#535d62",
        faint="#c9c4b6",
        primary="#17566e",
        on_primary="#ffffff",
        accent="#8f430f",
        cursor="#cfe3ea",
        cursor_away="#e4ecee",
        marked="#fbefcf",
        good="#25603a",
        warn="#7c5000",
        bad="#a3262a",
        info="#1f5fa8",
        cyan="#0a5d6d",
        magenta="#7d2f7f",
    ),
    "senreg-dark": Palette(
        dark=True,
        paper="#14191c",
        sheet="#1a2024",
        band="#252d32",
        ink="#e4e2da",
        muted="#a3aeb2",
        faint="#465158",
        primary="#72c1da",
        on_primary="#0c1417",
        accent="#e6a15c",
        cursor="#1f4050",
        cursor_away="#2a353b",
        marked="#3f351a",
        good="#85c795",
        warn="#e2b65a",
        bad="#f59a9b",
        info="#8db8ef",
        cyan="#7fd0c0",
        magenta="#dc9fdc",
    ),
    "high-contrast": Palette(
        dark=True,
        paper="#000000",
        sheet="#000000",
        band="#000000",
        ink="#ffffff",
        muted="#ffffff",
        faint="#ffffff",
        primary="#ffff00",
        on_primary="#000000",
        accent="#ffff00",
        cursor="#0000c8",
        cursor_away="#000078",
        marked="#5a0000",
        good="#00ff66",
        warn="#ffff00",
        bad="#ff9c9c",
        info="#9cd0ff",
        cyan="#00ffff",
        magenta="#ffa8ff",
    ),
}
"""The themes by the name under which the settings keep them."""

THEME_TITLES = {
    "senreg-light": "Light",
    "senreg-dark": "Dark",
    "high-contrast": "High contrast",
}
"""The themes as the settings offer them."""


def themes() -> list[Theme]:
    """The themes as Textual takes them."""
    return [_theme(name, palette) for name, palette in PALETTES.items()]


def _theme(name: str, p: Palette) -> Theme:
    return Theme(
        name=name,
        dark=p.dark,
        primary=p.primary,
        secondary=p.cyan,
        accent=p.accent,
        foreground=p.ink,
        background=p.paper,
        surface=p.sheet,
        panel=p.band,
        success=p.good,
        warning=p.warn,
        error=p.bad,
        variables={
            "muted": p.muted,
            "faint": p.faint,
            "on-primary": p.on_primary,
            "cursor": p.cursor,
            "good": p.good,
            "warn": p.warn,
            "bad": p.bad,
            "info": p.info,
            "border": p.primary,
            "border-blurred": p.faint,
            "scrollbar": p.faint,
            "scrollbar-hover": p.muted,
            "scrollbar-active": p.primary,
            "scrollbar-background": p.paper,
            "scrollbar-background-hover": p.paper,
            "scrollbar-background-active": p.paper,
            "scrollbar-corner-color": p.paper,
            "block-cursor-foreground": p.ink,
            "block-cursor-background": p.cursor,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": p.ink,
            "block-cursor-blurred-background": p.cursor_away,
            "block-hover-background": p.cursor_away,
            "input-cursor-foreground": p.sheet,
            "input-cursor-background": p.ink,
            "input-selection-background": p.cursor,
            "button-color-foreground": p.on_primary,
        },
    )


_NAMES = {
    "dim": "muted",
    "red": "bad",
    "yellow": "warn",
    "green": "good",
    "blue": "info",
}
"""Colours as the rules name them, and the tone each is shown in."""


class Tones:
    """The styles of a theme by the name of their tone, for widgets that draw their own lines."""

    def __init__(self, theme: str) -> None:
        self.palette = PALETTES.get(theme, PALETTES["senreg-dark"])
        self._styles: dict[tuple[str, str], Style] = {}

    def style(self, tone: str = "", ground: str = "sheet") -> Style:
        """The style of a tone on a ground.

        Args:
            tone: "", muted, faint, strong, heading, title, good, warn, bad, info, accent, cyan,
                magenta, bar, here, or a colour as the rules name them.
            ground: What lies behind it: paper, sheet, band, cursor, cursor_away, marked, primary.
        """
        key = (tone, ground)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._made(tone, ground)
        return style

    def _made(self, tone: str, ground: str) -> Style:
        p = self.palette
        tone = _NAMES.get(tone, tone)
        behind = str(getattr(p, ground))
        bold = tone in ("strong", "heading", "title", "here", "bad")
        if tone == "heading":
            colour = p.primary
        elif tone in ("", "strong", "title"):
            colour = p.on_primary if ground == "primary" else p.ink
        else:
            colour = str(getattr(p, {"bar": "muted", "here": "on_primary"}.get(tone, tone)))
        if tone == "here":
            behind = p.primary
        return Style(color=colour, bgcolor=behind, bold=bold)
