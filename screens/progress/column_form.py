"""A column of entries: one figure for each of many children, a child a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import say
from senreg.commit import Commit
from senreg.models.describe import About, Field, Kind
from senreg.register import Register
from senreg.rules.naming import list_name
from senreg.rules.nouns import counted
from senreg.rules.proposal import Proposal
from senreg.rules.reading import Row


class ColumnForm(Form["int | None"]):
    """A line for each child; a subclass says what the column would write. Gives how many.

    Args:
        register: The open register.
        pupils: The children, in the order in which they stand.
        title: What is entered, and for whom.
        above: What is asked once for all of them.
        begun: What the fields above, and lines by pupil, begin with.
        said: What is to be known before writing.
        draft: What tells this column's draft from others.
    """

    TABLE = ""
    KIND: Kind = "line"

    BINDINGS = [
        Binding("up", "app.focus_previous", show=False, priority=True),
        Binding("down", "app.focus_next", show=False, priority=True),
    ]

    def __init__(
        self,
        register: Register,
        pupils: Sequence[Row],
        title: str,
        above: Sequence[Field],
        begun: Mapping[str, object],
        *,
        said: str,
        draft: str,
    ) -> None:
        self.register = register
        self._pupils = [row["id"] for row in pupils]
        lines = [
            Field("form", row["id"], self.KIND, False, About(list_name(row), anew=True))
            for row in pupils
        ]
        super().__init__(
            title,
            [Section("", tuple(above)), Section("", tuple(lines))],
            begun,
            register=register,
            draft=f"{register.register_id}/column/{self.TABLE}/{draft}",
            said=said,
        )

    def on_mount(self) -> None:
        """Begin at the first child: what is asked above is known as a rule."""
        if self._pupils:
            self.write_at(self._pupils[0])

    def proposal(self, above: Mapping[str, object], given: Mapping[str, object]) -> Proposal:
        """What would be written. Raises InvalidRecord with a problem at the line of a child.

        Args:
            above: The values of the fields above.
            given: The value of each child's line, by pupil.
        """
        raise NotImplementedError

    def odd(self, above: Mapping[str, object], pupil: str) -> str:
        """What is odd about a figure for a child, before it is kept; empty where nothing is."""
        del above, pupil
        return ""

    def changed(self) -> None:
        """Say at each line that is filled in what is odd about it."""
        above = self.typed()
        for pupil in self._pupils:
            row = self.rows[pupil]
            row.doubt(self.odd(above, pupil) if row.text.strip() else "")

    def write(self, commit: Commit, proposal: Proposal, above: Mapping[str, object]) -> None:
        """Put what is proposed into an open commit; a subclass may write more with it."""
        del above
        proposal.write(commit)

    def kept(self, proposal: Proposal) -> str:
        """What was kept, in words: a subclass may say more than how many."""
        many = len(proposal.adds) + len(proposal.sets) + len(proposal.archives)
        return counted(self.TABLE, many)

    def save(self, values: dict[str, object]) -> None:
        """Keep what was given, in one step."""
        given = {pupil: values.pop(pupil) for pupil in self._pupils}
        proposal = self.proposal(values, given)
        many = len(proposal.adds) + len(proposal.sets) + len(proposal.archives)
        if proposal:
            with self.register.commit(f"Enter {self.TABLE} of several pupils") as commit:
                self.write(commit, proposal, values)
            back = "it" if many == 1 else "them"
            say(self.app, f"Kept: {self.kept(proposal)}. u takes {back} back.")
        self.finish(many)


def typed(given: Mapping[str, object]) -> dict[str, str]:
    """Lines as text; those left empty are not there."""
    return {pupil: str(value) for pupil, value in given.items() if value not in (None, "")}
