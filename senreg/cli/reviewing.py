"""`remedy` and `merge-pupils`: what no merge of copies can keep in order, put right."""

from __future__ import annotations

import argparse

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "remedy",
        help="ways to put right what check finds about a record, and doing one of them",
        example="senreg remedy p4k2m9 school.senreg\nsenreg remedy p4k2m9 school.senreg --way 1",
    )
    parser.add_argument("id", metavar="ID", help="the record's id, from senreg check")
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
    from senreg.cli.references import the_record
    from senreg.clock import today
    from senreg.rules.remedies import all_remedies

    if args.way is None:
        with reading(args) as (register, seen):
            record = the_record(register, args.id).id
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
        record = the_record(register, args.id).id
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
