"""Pages from templates: every value escaped, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.models.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(template: str, values: Mapping[str, object]) -> str:
    """A page of `senreg/reports/templates` with values in it.

    A value is text and never markup; a name the template does not know is an error.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates"), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_cleaned,
    )


def _cleaned(value: object) -> object:
    """Text without control and bidi characters; markup of the templates' own as it is."""
    return clean(value) if type(value) is str else value
