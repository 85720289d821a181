"""Who is in a cell of the provision map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain
from screens.provision.map_grid import Spot
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from senreg.models.text import folded
from senreg.register import Register
from senreg.rules.meeting import Held
from senreg.rules.naming import group_name, list_name
from senreg.rules.nouns import counted
from senreg.rules.order import natural


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    name: str
    class_name: str
    group: str
    minutes: float | None


def _columns() -> list[Column[_Place]]:
    return [
        Column(
            "name", "Pupil", lambda row: row.name, lambda row: folded(row.name), width=20, most=28
        ),
        Column(
            "class",
            "Class",
            lambda row: row.class_name,
            lambda row: natural(row.class_name),
            width=7,
        ),
        Column(
            "group",
            "Group",
            lambda row: row.group,
            lambda row: natural(row.group),
            width=24,
            most=40,
        ),
        Column(
            "minutes",
            "A week",
            lambda row: ("unknown", "muted") if row.minutes is None else f"{row.minutes:g} min",
            lambda row: row.minutes or 0.0,
            width=8,
        ),
    ]


class CellDialog(Dialog["str | None"]):
    """The places behind a cell; gives the id of the one whose pupil is to be opened.

    Args:
        register: The open register.
        spot: The cell.
        held: Its places.
    """

    DEFAULT_CSS = """
    CellDialog {
        & > #box { width: 100; height: 80%; }
        #places { height: 1fr; margin-top: 1; }
        #said { margin-top: 0; color: $muted; }
    }
    """

    BINDINGS = [Binding("escape", "cancel", show=False)]
    ANSWERS = (("Enter", "Open the pupil", "open"), ("Esc", "Close", "cancel"))

    def __init__(self, register: Register, spot: Spot, held: Sequence[Held]) -> None:
        super().__init__(spot.label)
        self._spot = spot
        self._list: RecordList[_Place] = RecordList(
            _columns(), sort="class", markable=False, one_click=True, id="places"
        )
        self._places = [
            _Place(
                each.placement["id"],
                list_name(each.pupil),
                str(each.pupil.get("class_name") or ""),
                group_name(each.group, register.get),
                each.minutes,
            )
            for each in held
        ]

    def content(self) -> ComposeResult:
        """How much it is, and the list."""
        cell = self._spot.cell
        words = f"{counted('pupils', cell.pupils)}, {counted('placements', cell.places)}, "
        words += f"{cell.hours:.1f}".removesuffix(".0") + " child-hours a week"
        yield Static(plain(words), id="said")
        yield self._list

    def on_mount(self) -> None:
        """Fill the list."""
        self._list.fill(self._places)
        self._list.focus()

    @on(RecordList.Opened)
    def action_open(self) -> None:
        """Open the pupil of the highlighted place."""
        self.dismiss(self._list.current_id)

    def action_cancel(self) -> None:
        """Open nobody."""
        self.dismiss(None)
