"""Who would lose what if only some interventions were kept: read to the end before it is done."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import line, plain
from screens.widgets.story import Entry, Story, Words
from senreg.rules.impact_rows import Slimmed
from senreg.rules.naming import list_name
from senreg.rules.nouns import counted
from senreg.rules.reading import Row


class SlimPreview(Dialog[bool]):
    """Every child who would lose something, and what goes; gives True where it is to be done.

    Args:
        keep: How many interventions are kept.
        would: What would follow.
    """

    DEFAULT_CSS = """
    SlimPreview {
        & > #box { width: 92; height: 94%; max-height: 40; }
        #losing { height: 1fr; min-height: 3; margin-top: 1; }
        &.-short #said { display: none; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]
    BINDINGS = [
        Binding("ctrl+s", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(self, keep: int, would: Slimmed) -> None:
        super().__init__(f"Keep {keep}, and put {len(would.dropped)} away?")
        self._would = would
        self._story = Story(id="losing")

    def content(self) -> ComposeResult:
        """What it costs and whom it leaves without a group, and below it child by child."""
        yield Static(plain(" ".join(_in_short(self._would))), id="said")
        yield self._story

    def answers(self) -> list[tuple[str, str, str]]:
        """Do it, or leave it."""
        away = f"Put {len(self._would.dropped)} away"
        return [
            ("Ctrl+S", away, "answer(True)"),
            ("Esc", "Leave all as it is", "answer(False)"),
        ]

    def on_mount(self) -> None:
        """Name everybody."""
        self._story.fill(_entries(self._would))
        self._story.focus()

    def action_answer(self, yes: bool) -> None:
        """Give the answer."""
        self.dismiss(yes)


def _in_short(would: Slimmed) -> Iterator[str]:
    if would.cost is None:
        yield "What they cost is not known: a rate, or the times of a group, are missing."
    else:
        yield f"They cost £{would.cost:,.2f} in these twelve months."
    if would.losing:
        yield f"{counted('pupils', len(would.losing))} in a group of one of them now;"
        yield f"{len(would.bare)} of them would be left without any group."
    else:
        yield "No child is in a group of any of them now."
    yield "Groups that run go on until they end; scores and history stay."


def _entries(would: Slimmed) -> Iterator[Entry]:
    """Those left without any group, the other children, and what is no longer offered."""
    bare = {row["id"] for row in would.bare}
    left = [(row, lost) for row, lost in would.losing if row.get("id") in bare]
    others = [(row, lost) for row, lost in would.losing if row.get("id") not in bare]
    for title, pairs in (("Left without any group", left), ("Would still have a group", others)):
        if pairs:
            yield Entry("", [Words(f"{title}: {len(pairs)}", "heading")], heading=True)
        for pupil, lost in pairs:
            yield Entry(str(pupil.get("id") or ""), [Words(_loses(pupil, lost))])
    title = f"No longer offered: {len(would.dropped)}"
    yield Entry("", [Words(title, "heading")], heading=True)
    for row in would.dropped:
        yield Entry(str(row["id"]), [Words(line(str(row.get("name") or "")))])


def _loses(pupil: Row, lost: tuple[str, ...]) -> str:
    place = str(pupil.get("class_name") or "")
    return f"{list_name(pupil)}{f' ({place})' if place else ''}: {', '.join(lost)}"
