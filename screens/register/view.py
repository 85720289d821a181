"""One way of looking at the list of pupils: filter, facets and order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from senreg.rules.register_filter import COLUMNS, FACETS


@dataclass(frozen=True, slots=True)
class View:
    """How the list is looked at.

    Args:
        text: What is typed in the filter.
        facets: The chosen values of each facet.
        sort: The id of the column sorted by.
        backwards: Whether the order is turned round.
    """

    text: str = ""
    facets: Mapping[str, list[str]] = field(default_factory=dict)
    sort: str = "name"
    backwards: bool = False

    def keeps_like(self, other: View) -> bool:
        """Whether both keep the same pupils in the list, in whatever order."""
        mine, theirs = (
            {name: set(values) for name, values in each.facets.items() if values}
            for each in (self, other)
        )
        return (self.text, mine) == (other.text, theirs)

    def stored(self) -> str:
        """The view as it is kept in the register."""
        return json.dumps(
            {
                "filter": self.text,
                "facets": {name: sorted(values) for name, values in self.facets.items() if values},
                "sort": self.sort,
                "backwards": self.backwards,
            },
            ensure_ascii=False,
        )

    @classmethod
    def of(cls, stored: object) -> View:
        """A stored view; what cannot be understood in it is left out."""
        try:
            given: Any = json.loads(str(stored))
        except ValueError:
            return cls()
        if not isinstance(given, dict):
            return cls()
        facets = given.get("facets")
        sort = given.get("sort")
        return cls(
            str(given.get("filter") or ""),
            {
                str(name): [str(value) for value in values]
                for name, values in (facets.items() if isinstance(facets, dict) else ())
                if name in FACETS and isinstance(values, list)
            },
            str(sort) if sort in COLUMNS else "name",
            bool(given.get("backwards")),
        )
