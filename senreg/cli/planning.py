"""`plan` and `hand-over`: the conversations of many children at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.rules.conversation_plan import Planned


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "plan",
        help="plan the year's conversations for many children at once",
        example="senreg plan school.senreg --dry-run\n"
        "senreg plan school.senreg --class 4B --from 2027-01-25 --a-day 4 --as AO",
    )
    _add_whom(parser)
    parser.add_argument(
        "--from",
        dest="days",
        metavar="DAY",
        action="append",
        default=[],
        help="plan the part of the year that holds this day, from it on; may be repeated; "
        "else every part still to come",
    )
    parser.add_argument("--a-day", metavar="N", type=int, help="how many an adult holds on one day")
    parser.add_argument("--led-by", metavar="STAFF", help="who leads; else each key teacher")
    parser.add_argument(
        "--at",
        metavar="TIME",
        default="",
        help="the time of the first on a day, such as 15:45; the next half an hour later",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the days and plan nothing")
    parser.add_argument("--json", action="store_true", help="an array of what is planned")
    add_person(parser)
    parser.set_defaults(run=_plan)
    parser = verbs.add_parser(
        "hand-over",
        help="hand the last conversations of many children to the next teacher",
        example="senreg hand-over school.senreg --class 4B --to AO",
    )
    _add_whom(parser)
    parser.add_argument("--to", metavar="STAFF", help="whom to; else each child's key teacher")
    add_person(parser)
    parser.set_defaults(run=_hand_over)


def _add_whom(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "--class", dest="class_name", metavar="NAME", help="only those of the cohort in this class"
    )
    parser.add_argument(
        "--key-teacher", metavar="STAFF", help="only those of the cohort with this key teacher"
    )
    parser.add_argument(
        "--pupil",
        dest="pupils",
        metavar="PUPIL",
        action="append",
        default=[],
        help="this child, of the cohort or not: id, UPN or name; may be repeated; "
        "else the whole cohort",
    )


def _whom(register: Register, args: argparse.Namespace) -> list[str]:
    """The ids of the children who are meant. Raises WrongUsage where there are none."""
    from senreg.cli.references import the_one
    from senreg.clock import today
    from senreg.rules.conversations import cohort

    if args.pupils:
        if args.class_name or args.key_teacher:
            raise WrongUsage(
                "Children are named, and a class or key teacher too.", do="Give one of them."
            )
        return [the_one(register, "pupils", named) for named in args.pupils]
    teacher = the_one(register, "staff", args.key_teacher) if args.key_teacher else ""
    found = [
        str(row["id"])
        for row in cohort(register, today())
        if (not args.class_name or row.get("class_name") == args.class_name)
        and (not teacher or row.get("key_teacher") == teacher)
    ]
    if not found:
        raise WrongUsage(
            "Nobody of these is in the cohort today.",
            do="Add them: senreg add cohort_memberships pupil=NAME start=today; or name children "
            "with --pupil.",
        )
    return found


def _plan(args: argparse.Namespace) -> int:
    if args.dry_run:
        with reading(args) as (register, seen):
            _tell(register, _planned(register, args), args, "would be planned")
            return seen.code
    with writing(args) as register:
        from senreg.rules.conversation_plan import plan_proposal

        planned = _planned(register, args)
        if planned:
            with register.commit("Plan the year's conversations") as commit:
                plan_proposal(planned).write(commit)
        _tell(register, planned, args, "planned")
    return 0


def _planned(register: Register, args: argparse.Namespace) -> list[Planned]:
    from senreg.cli.references import the_one
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.errors import InvalidRecord
    from senreg.models.validate import checked
    from senreg.rules.conversation_plan import A_DAY, offered_days, plan_year
    from senreg.rules.conversation_year import conversations_a_year, parts_of_year

    parts = parts_of_year(today(), register.all("terms"), conversations_a_year(register.school))
    days = {} if args.days else offered_days(parts, today(), register.all("terms"))
    for typed in args.days:
        day = read_day(register, "--from", typed)
        place = next((n for n, part in enumerate(parts) if part.opens <= day <= part.closes), None)
        if place is None:
            raise WrongUsage(
                f"--from: on {day.isoformat()} school is not open this year.",
                do="Give a day of one of this year's terms.",
            )
        days[place] = day.isoformat()
    a_day = A_DAY if args.a_day is None else args.a_day
    if a_day < 1:
        raise WrongUsage("--a-day: at least one a day.", do="Give a number from 1 up.")
    try:
        at = checked("conversations", {"at": args.at}, partial=True)["at"] if args.at else ""
    except InvalidRecord as refused:
        raise WrongUsage(f"--at: {refused}", do="Write it such as 15:45.") from None
    led_by = the_one(register, "staff", args.led_by) if args.led_by else ""
    whom = _whom(register, args)
    return plan_year(register, whom, parts, days, today(), a_day=a_day, led_by=led_by, at=str(at))


def _tell(
    register: Register, planned: Sequence[Planned], args: argparse.Namespace, done: str
) -> None:
    from senreg.rules.dates import shown_day
    from senreg.rules.naming import staff_named

    in_order = sorted(planned, key=lambda each: (each.day, each.at, each.class_name, each.name))
    if args.json:
        output.print_json([_as_json(each) for each in in_order])
        return
    rows = [
        (
            f"{shown_day(each.day)} {each.at}".rstrip(),
            each.name,
            each.class_name,
            staff_named(each.led_by, register.get) or "nobody leads",
        )
        for each in in_order
    ]
    if rows:
        output.say("\n".join(output.table(("Day", "Pupil", "Class", "Led by"), rows)))
    output.say(f"{output.counted(len(rows), 'conversation')} {done}.")


def _as_json(each: Planned) -> dict[str, Any]:
    return {
        "pupil": each.pupil,
        "planned_for": each.day,
        "at": each.at or None,
        "led_by": each.led_by or None,
    }


def _hand_over(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_one
    from senreg.clock import today
    from senreg.rules.conversation_agreed import hand_over

    with writing(args) as register:
        teacher = the_one(register, "staff", args.to) if args.to else ""
        proposal = hand_over(register, _whom(register, args), teacher, today())
        if proposal:
            with register.commit("Hand conversations over") as commit:
                proposal.write(commit)
        many = output.counted(len(proposal.sets), "conversation")
        output.say(f"{many} handed over.")
    return 0
