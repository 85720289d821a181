"""`remedy` and `merge-pupils`: what no merge of copies can keep in order, put right."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage
from senreg.models.text import clean_line

if TYPE_CHECKING:
    from senreg.register import Register


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "remedy",
        help="ways to put right what check finds about a record, and doing one of them",
        example="senreg remedy 1 school.senreg\nsenreg remedy p4k2m9 school.senreg --way 1",
    )
    parser.add_argument(
        "which", metavar="WHICH", help="id, number in senreg check, or name that only one bears"
    )
    add_register(parser)
    parser.add_argument("--way", metavar="N", type=int, help="do this one of those listed")
    add_person(parser)
    parser.set_defaults(run=_remedy)
    parser = verbs.add_parser(
        "merge-pupils",
        help="put two records of one child together; nothing is lost, and undo takes it back",
        example='senreg merge-pupils p4k2m9 "Sean O\'Neill" school.senreg',
    )
    parser.add_argument("first", metavar="FIRST", help="the record that stays: id, UPN or name")
    parser.add_argument("second", metavar="SECOND", help="the record that is put into it")
    add_register(parser)
    add_person(parser)
    parser.set_defaults(run=_merge_pupils)


def _remedy(args: argparse.Namespace) -> int:
    from senreg.clock import today
    from senreg.rules.remedies import all_remedies

    if args.way is None:
        with reading(args) as (register, seen):
            record = _meant(register, args.which)
            found = all_remedies(register, record, today())
            told = ""
            for number, (finding, remedy) in enumerate(found, 1):
                if finding.message != told:
                    told = finding.message
                    output.say(told)
                output.say(f"  {number}  {remedy.words}")
            if not found:
                output.say("Nothing about this record wants putting right.")
            return 1 if found else seen.code
    with writing(args) as register:
        record = _meant(register, args.which)
        found = all_remedies(register, record, today())
        if not 1 <= args.way <= len(found):
            raise WrongUsage(
                f"There is no way {args.way}.", do=f"See those there are: senreg remedy {record}"
            )
        remedy = found[args.way - 1][1]
        with register.commit(remedy.label) as commit:
            remedy.proposal.write(commit)
        output.say(f"Done: {remedy.words}.")
    return 0


def _meant(register: Register, said: str) -> str:
    """The id of the record with something to put right that an id, a number or a name means.

    Raises:
        WrongUsage: No finding has that number.
        NoSuchRecord: There is no record of that id or name.
        NotOne: The name is that of several findings.
    """
    from senreg.cli.references import NotOne, is_called, the_record_or_pupil
    from senreg.clock import today
    from senreg.rules.belonging import pupil_of
    from senreg.rules.remedies import to_review

    row = register.get(clean_line(said))
    if row is not None:
        return str(row.id)
    found = to_review(register, today())
    if said.isdecimal():
        if not 1 <= int(said) <= len(found):
            raise WrongUsage(
                f"There is no number {said} to put right.", do="See the numbers: senreg check"
            )
        return found[int(said) - 1].record
    meant = []
    for record in dict.fromkeys(each.record for each in found):
        row = register.get(record)
        pupil = pupil_of(row, register.get)
        if (row is not None and is_called(register, row.table, row, said)) or (
            pupil is not None and is_called(register, "pupils", pupil, said)
        ):
            meant.append(record)
    if len(meant) > 1:
        raise NotOne(
            f"{len(meant)} records with something to put right are called that.",
            do="Give its number or id instead: senreg check",
        )
    return meant[0] if meant else str(the_record_or_pupil(register, said).id)


def _merge_pupils(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_one
    from senreg.clock import today
    from senreg.rules.same_child import merge_pupils

    with writing(args) as register:
        first, second = (
            register.get(the_one(register, "pupils", named)) for named in (args.first, args.second)
        )
        assert first is not None
        assert second is not None
        if first.id == second.id:
            raise WrongUsage("Both are one record already.", do="Name two records.")
        proposal = merge_pupils(register, first, second, today())
        with register.commit("Merge two records of one pupil") as commit:
            proposal.write(commit)
        records = len({each.record for each in proposal.sets} - {first.id, second.id})
        output.say(f"Merged; {output.counted(records, 'record')} of the second moved to the first.")
        if proposal.adds:
            output.say("What the two differed in stands in a note.")
    return 0
