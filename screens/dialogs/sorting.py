"""Choosing the column that a list is sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.dialogs.choose import ChooseDialog, Option

if TYPE_CHECKING:
    from textual.app import App

    from screens.widgets.record_list import RecordList


def choose_order(app: App[Any], records: RecordList[Any]) -> None:
    """Ask by which of its columns a list is sorted, and sort it."""
    columns = [each for each in records.columns if each.order is not None]
    app.push_screen(
        ChooseDialog(
            "Sort by",
            [Option(column.id, column.title) for column in columns],
            now=records.sort,
            said="Choosing the same column again turns the order round.",
        ),
        lambda column: records.sort_by(column) if column else None,
    )
