"""What stands in a folder, as the dialog that asks for a path shows it."""

from __future__ import annotations

from screens.wording import moment_words
from senreg.places import Listed

UP = ".."
"""The name by which the list knows the folder above."""
HERE = "."
"""The name by which the list knows the folder that is looked into, where one is asked for."""


def shown_name(each: Listed) -> tuple[str, str]:
    """Its name and tone."""
    if each.name == UP:
        return "↑ the folder above", "muted"
    if each.name == HERE:
        return "✓ this folder", "accent"
    if each.kind == "file":
        return each.name, ""
    return f"{each.name}/", "accent" if each.kind == "register" else "heading"


def size_words(each: Listed) -> str:
    """How large a file is; of a register, that it is one."""
    if each.kind != "file":
        return "register" if each.kind == "register" else ""
    return f"{each.size / 1_000_000:,.1f} MB" if each.size >= 1e6 else f"{each.size / 1000:,.0f} kB"


def when_words(each: Listed) -> str:
    """When a file was last changed."""
    return moment_words(int(each.modified * 1000)) if each.kind == "file" else ""
