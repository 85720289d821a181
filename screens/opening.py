"""Which page shows a record, whatever table it is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Row


def open_record(app: SenregApp, row: Row) -> None:
    """Open the page on which a record is shown, with the record highlighted.

    A record of a child opens the pupil's page at its tab; a record of another record opens
    where that one is shown; what has no page of its own opens as a form.
    """
    opener = OPENERS.get(row.table)
    if opener is not None:
        opener(app, row)
    elif row["pupil"]:
        open_pupil(app, row["pupil"], row)
    else:
        _open_form(app, row)


def open_pupil(app: SenregApp, pupil_id: str, row: Row | None = None) -> None:
    """Open a pupil's page, at the tab of one of the pupil's records if one is given."""
    from screens.pupil.screen import PupilPage

    app.push_screen(PupilPage(pupil_id, row.id if row is not None else None))


def open_statutory(app: SenregApp, row: Row) -> None:
    """Open the child's page at the statutory dates, at that which a record is about."""
    from screens.pupil.screen import PupilPage

    pupil = row.id if row.table == "pupils" else row["pupil"]
    if pupil:
        app.push_screen(PupilPage(pupil, row.id, "ehc"))
    else:
        open_record(app, row)


def _through(field: str) -> Callable[[SenregApp, Row], None]:
    """Opens the record that `field` names, on the page where it is shown."""

    def opener(app: SenregApp, row: Row) -> None:
        assert app.register is not None
        parent = app.register.get(row[field] or "")
        if parent is None:
            _open_form(app, row)
        elif parent["pupil"]:
            open_pupil(app, parent["pupil"], row)
        else:
            open_record(app, parent)

    return opener


def _open_form(app: SenregApp, row: Row) -> None:
    from screens.forms.record_form import RecordForm

    assert app.register is not None
    app.push_screen(RecordForm(app.register, row.table, row))


def _open_group(app: SenregApp, row: Row) -> None:
    from screens.provision.group_page import GroupPage

    app.push_screen(GroupPage(row.id))


def _open_share(app: SenregApp, row: Row) -> None:
    del row
    app.call_later(app.go_to_mode, "share")


OPENERS: dict[str, Callable[[SenregApp, Row], None]] = {
    "pupils": lambda app, row: open_pupil(app, row.id),
    "target_reviews": _through("target"),
    "attempts": _through("conversation"),
    "actions": _through("about"),
    "groups": _open_group,
    "slots": _through("group"),
    "packs": _open_share,
}
"""How a record of each table is opened, where it is not simply one of a pupil's records."""
