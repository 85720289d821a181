"""`report subject-access` and `report transfer`: one child's whole file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.opening import handing_out
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.reports.pack import Pack, Purpose

PACKS: dict[str, Purpose] = {"subject-access": "subject_access", "transfer": "transfer"}
"""The packs by their names on the command line."""


def write_pack(args: argparse.Namespace) -> int:
    """Write the pack; exit 1 where it holds entries that somebody should have decided on."""
    from senreg.cli.references import the_one
    from senreg.clock import today
    from senreg.reports.handing import check_ending, save_pack, sent
    from senreg.reports.pack import make_pack

    check_ending(args.to, PACKS[args.name])
    if not args.pupil:
        raise WrongUsage("A pack is about one child.", do="Name the child: --pupil ID")
    purpose = PACKS[args.name]
    with handing_out(args) as (register, seen):
        pupil = the_one(register, "pupils", args.pupil)
        pack = make_pack(register, pupil, purpose, today())
        pack = pack.without(set(args.leave_out or ()))
        save_pack(pack, args.to)
        if purpose == "transfer" and not (register.read_only or pack.pupil["records_sent"]):
            sent(register, pupil, today())
        _tell(pack)
        return 1 if _undecided(pack, args) else seen.code


def _tell(pack: Pack) -> None:
    output.say(
        f"Written: {output.counted(len(pack.entries), 'entry', 'entries')}, "
        f"{output.counted(len(pack.left_out), 'left out', 'left out')}. "
        "It is not encrypted: hand it over safely, then delete it."
    )
    if pack.purpose == "transfer":
        output.say(
            "Once the next school has confirmed it: senreg set ID records_receipt=DATE, "
            "then senreg erase."
        )


def _undecided(pack: Pack, args: argparse.Namespace) -> bool:
    """Point out what is in the pack and about others, or a view; True where there is any.

    For another school everything goes: nothing is pointed out.
    """
    from senreg.reports.pack import to_look_at

    found = to_look_at(pack) if pack.purpose == "subject_access" else []
    if found and not args.looked_at:
        output.say("Look at these: leave one out with --leave-out ID, or say --looked-at.")
        for each in found:
            output.say(f"  {each.id}  {each.title}: {each.why}")
    return bool(found) and not args.looked_at
