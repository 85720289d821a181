"""`senreg help TABLE`: the fields of a table, as their model describes them."""

from __future__ import annotations

import textwrap

from senreg.cli import output
from senreg.models.field_words import takes
from senreg.models.tables import TABLES, fields_of, model_of

_INDENT = " " * 22


def table_help(table: str) -> list[str]:
    """What a table holds and each of its fields: name, title, what belongs in it, choices."""
    about = (model_of(table).__doc__ or "").strip().split("\n")[0]
    lines = [f"{table}: {about}", ""]
    for field in fields_of(table):
        required = " (required)" if field.required else ""
        lines.append(f"  {field.name:<19} {field.title}{required}")
        lines += _wrapped(" ".join(filter(None, (field.about.help, takes(field)))))
    return lines


def tables_in_words() -> str:
    """The names of all tables, wrapped for the end of a verb's help."""
    names = "Tables: " + ", ".join(TABLES) + "."
    lines = textwrap.wrap(names, 78, subsequent_indent="  ")
    return "\n".join([*lines, "The fields of one: senreg help TABLE"])


def _wrapped(text: str) -> list[str]:
    width = max(40, min(output.screen_width(), 100))
    return textwrap.wrap(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
