"""All conflicts about one pupil, settled in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line
from senreg.models.tables import known_field
from senreg.rules.belonging import pupil_of
from senreg.rules.naming import pupil_name, staff_named
from senreg.rules.settling import by_person, in_both

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Conflict, Register

BOTH = "\x00both"
SHOWN = "\x00shown"


def ask_for_all(
    app: SenregApp, conflict: Conflict, settle: Callable[[Mapping[str, object]], None]
) -> None:
    """Ask whose values hold in all conflicts about the pupil of one, and settle them.

    Args:
        app: The interface, with a register open.
        conflict: One of the conflicts.
        settle: Is given the values by conflict.
    """
    register = app.register
    assert register is not None
    together = of_same_pupil(register, conflict)
    ways = ways_to_settle(together)
    words = {
        SHOWN: "What is shown now",
        BOTH: "What both wrote, in texts and lists",
    }
    options = [
        Option(
            way,
            words.get(way) or line(f"What {staff_named(way, register.get) or 'somebody'} wrote"),
            f"settles {len(chosen)} of {len(together)}",
        )
        for way, chosen in ways.items()
    ]

    def answered(way: str | None) -> None:
        if way is not None:
            settle(ways[way])

    pupil = pupil_of(register.get(conflict.record), register.get, conflict.table)
    name = pupil_name(pupil) if pupil is not None else "the school"
    app.push_screen(
        ChooseDialog(
            f"The conflict about {name}"
            if len(together) == 1
            else f"All {len(together)} conflicts about {name}",
            options,
            said="It is one step of undo. What is not settled by it goes on waiting.",
        ),
        answered,
    )


def of_same_pupil(register: Register, conflict: Conflict) -> list[Conflict]:
    """The conflicts about the pupil whom one is about, or about nobody where it is so."""

    def whose(each: Conflict) -> str:
        pupil = pupil_of(register.get(each.record), register.get, each.table)
        return str(pupil["id"]) if pupil is not None else ""

    owner = whose(conflict)
    return [each for each in register.conflicts() if whose(each) == owner]


def ways_to_settle(conflicts: list[Conflict]) -> dict[str, dict[str, object]]:
    """What could hold in several conflicts: by person or other way, then by conflict."""
    kinds = {}
    for each in conflicts:
        field = known_field(each.table, each.field)
        kinds[each.id] = field.kind if field is not None else ""
    ways: dict[str, dict[str, object]] = {
        SHOWN: {each.id: each.values[-1].value for each in conflicts}
    }
    ways |= by_person(conflicts)
    joined = in_both(conflicts, kinds)
    return ways | {BOTH: joined} if joined else ways
