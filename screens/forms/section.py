"""What stands together in a form: a heading and its fields."""

from __future__ import annotations

from dataclasses import dataclass

from senreg.models.describe import Field


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading; without a title they stand first.

    Args:
        title: The heading.
        fields: The fields under it.
        group: A class that the heading and its fields have, to be shown or hidden together.
    """

    title: str
    fields: tuple[Field, ...]
    group: str = ""
