"""The commands that a register does not offer: in a staff pack, what is not its holder's to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.modes import MODES, modes_of

if TYPE_CHECKING:
    from senreg.register import Register

_NOT_IN_PACKS = frozenset({
    "join",
    "import",
    "import_folder",
    "template",
    "compare",
    "staff_pack",
    "packs",
    "sync",
    "sync_folder",
    "copies",
    "to_review",
    "map",
    "catalogue",
    "impact",
    "hours",
    "rollover",
    "roll_over",
    "merge_pupil",
    "erase",
    "hold",
    "subject_access",
    "transfer",
    "leavers",
    "edit_school",
    "terms",
    "staff",
    "consultations",
    "saved_views",
    "known_columns",
    "bank_settings",
    "new_key",
    "print_handover",
})  # fmt: skip
"""What is the SENCO's on every page."""

_ADDED_TO = {
    "today": {"new": "pupils"},
    "register": {
        "new": "pupils",
        "assign": "placements",
        "act": "placements",
        "status": "sen_statuses",
    },
    "pupil": {"assign": "placements", "end_place": "placements", "status": "sen_statuses"},
    "targets": {"assign": "placements"},
    "target": {"keep_example": "target_examples"},
    "bank": {
        "new": "target_examples",
        "edit": "target_examples",
        "archive": "target_examples",
    },
    "conversations": {"assign": "placements"},
    "provision": {"new": "groups", "edit": "groups", "archive": "groups", "assign": "placements"},
    "group": {
        "new": "placements",
        "edit": "groups",
        "assign": "placements",
        "scores": "placements",
        "end_place": "placements",
        "archive": "placements",
    },
}
"""By page, the table whose records a command writes: in a pack only where its holder adds some."""

OF_GROUPS = "In a staff pack the groups, and who is in them, are the SENCO’s to change."
OF_THE_SENCO = "That is the SENCO’s: this is a staff pack."


def commands_away(register: Register | None, page: object = None) -> frozenset[str]:
    """The commands that a register does not have, or not on a page as that stands now.

    Args:
        register: The open register; without one, all are there.
        page: The page they would be given on. What its `withheld` gives is not there either.
    """
    if register is None:
        return frozenset()
    modes = {mode.id for mode in MODES} - {mode.id for mode in modes_of(register)}
    return frozenset({*_withheld(register, page), *(f"mode_{each}" for each in modes)})


def withheld_why(register: Register | None, page: object, command_id: str) -> str:
    """Why a command is not the holder's of a staff pack to give on a page; empty where it is."""
    if register is None or command_id not in _withheld(register, page):
        return ""
    table = _written_on(page).get(command_id)
    return OF_GROUPS if table in ("groups", "placements") else OF_THE_SENCO


def _withheld(register: Register, page: object) -> frozenset[str]:
    if register.pack is None:
        return frozenset()
    from senreg.rules.pack_scope import is_added

    written = _written_on(page)
    here = {each for each, table in written.items() if not is_added(table)}
    found: frozenset[str] = getattr(page, "withheld", frozenset())
    return _NOT_IN_PACKS | here | found


def _written_on(page: object) -> dict[str, str]:
    return _ADDED_TO.get(getattr(page, "PLACE", ""), {})
