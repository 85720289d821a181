"""Textual's stylesheet, which reads nothing twice."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Styles(Stylesheet):
    """The styles of the app.

    Textual has them all read anew, twice, for each page that is first shown; but only a theme
    with other variables makes other rules of the same sources.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme; the rules that were read stay where they are the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what has not been read with these variables."""
        self.parse()
