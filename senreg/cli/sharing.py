"""`export`, beside the verbs of what comes back: `merge`, `conflicts` and `settle`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import handing, output, staff_packs
from senreg.cli.conflicts import add_conflicts
from senreg.cli.merging import add_merge
from senreg.cli.opening import add_register, handing_out
from senreg.cli.unlocking import passphrase_given
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.exchange.spreadsheets_out import Exported
    from senreg.register import Register

BUNDLE = ".senreg-bundle"
CALENDAR = ".ics"

NOT_ENCRYPTED = "It is not encrypted: whoever has it can read it. Keep it where only staff can."
ENCRYPTED = "It is encrypted: other copies open it, and to join one your passphrase does."


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_export(verbs)
    add_merge(verbs)
    add_conflicts(verbs)


def _add_export(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "export",
        help="a bundle, a pack, spreadsheets or a calendar",
        example="senreg export school.senreg --to monday.senreg-bundle\n"
        "senreg export school.senreg --to targets.xlsx --table targets --table target_reviews\n"
        "senreg export school.senreg --to 4b.senreg-pack --for AO --class 4B --until 2027-07-21\n"
        "senreg export school.senreg --to dates.ics\n"
        "senreg export school.senreg --log --to handed-out.csv\n"
        "senreg export --template targets --to targets.xlsx",
    )
    add_register(parser)
    parser.add_argument(
        "--to",
        metavar="FILE",
        type=Path,
        help="by its ending: .senreg-bundle (everything, to merge or join), .senreg-pack (some "
        "children, for one of the staff), .xlsx (a sheet a table), .csv (one table: pupils unless "
        "named), .ics (conversations, reviews and statutory dates for a calendar)",
    )
    parser.add_argument(
        "--table", metavar="TABLE", action="append", help="only this table; may be repeated"
    )
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="into a spreadsheet, also the fields and records that are confidential; a bundle "
        "always holds everything",
    )
    parser.add_argument(
        "--since",
        metavar="BUNDLE|COPY",
        help="into a bundle, only what a copy lacks: by a bundle of its own, or, where it was met, "
        "by its id or by whose it is or the computer it is on",
    )
    parser.add_argument(
        "--with-employment",
        action="store_true",
        help="into a bundle, also training, observations, staff feedback and performance "
        "objectives, which stay here else",
    )
    _add_kinds(parser)
    staff_packs.add_options(parser)
    handing.add_options(parser)
    parser.set_defaults(run=_export)


def _add_kinds(parser: argparse.ArgumentParser) -> None:
    """What is for calendars, the census and templates alone."""
    parser.add_argument(
        "--names",
        action="store_true",
        help="into a calendar, children and staff by name; by initials else",
    )
    parser.add_argument(
        "--census",
        metavar="DATE",
        nargs="?",
        const="",
        help="into a spreadsheet, the SEN part of the school census of a day, with its check; of "
        "the next census day unless given",
    )
    parser.add_argument(
        "--template",
        metavar="TABLE",
        action="append",
        help="an empty .xlsx to fill in and import, with lists to choose from and nobody's data; "
        "may be repeated, and needs no register",
    )


def _export(args: argparse.Namespace) -> int:
    if args.log:
        return handing.log(args)
    ending = _ending(args)
    if args.template:
        return _to_template(args)
    writers = {
        BUNDLE: _to_bundle,
        staff_packs.PACK: staff_packs.to_pack,
        ".xlsx": _to_xlsx,
        ".csv": _to_csv,
        CALENDAR: _to_calendar,
    }
    if ending not in writers:
        raise WrongUsage(
            f"The ending {ending} is not one that senreg writes."
            if ending
            else "The file's name has no ending to say what it is to be.",
            do="Use .senreg-bundle, .senreg-pack, .xlsx, .csv or .ics.",
        )
    _check_options(args, ending)
    if args.census is not None:
        return _census(args, ending)
    with handing_out(args) as (register, seen):
        told, lacking = writers[ending](register, args)
        output.say(told)
        if ending == staff_packs.PACK:
            output.say(staff_packs.SEALED)
        elif ending == BUNDLE and register.pack is not None:
            output.say(staff_packs.GOES_BACK)
        else:
            output.say(ENCRYPTED if ending == BUNDLE and register.sealed else NOT_ENCRYPTED)
        if lacking:
            seen.point_out(lacking)
        return seen.code


def _ending(args: argparse.Namespace) -> str:
    if args.to is None:
        raise WrongUsage("--to is missing.", do="Name the file: --to FILE")
    return str(args.to.suffix).lower()


def _check_options(args: argparse.Namespace, ending: str) -> None:
    """Raise WrongUsage for an option that files of that ending have no use for."""
    if args.json:
        raise WrongUsage("--json is for --log.", do="Leave it out, or add --log.")
    if args.since and ending != BUNDLE:
        raise WrongUsage("--since is for bundles.", do="Leave it out, or use .senreg-bundle.")
    if args.with_employment and ending != BUNDLE:
        raise WrongUsage(
            "--with-employment is for bundles.", do="Leave it out, or use .senreg-bundle."
        )
    if args.census is not None:
        return
    if args.names and ending != CALENDAR:
        raise WrongUsage("--names is for calendars.", do="Leave it out, or use .ics.")
    if ending != staff_packs.PACK:
        staff_packs.refuse_pack_options(args)


def _to_template(args: argparse.Namespace) -> int:
    from senreg.exchange.templates import write_template

    write_template(args.to, args.template)
    output.say("Written: an empty workbook to fill in. Bring it in with: senreg import")
    return 0


def _to_bundle(register: Register, args: argparse.Namespace) -> tuple[str, str]:
    """What was written, and what is lacking from it."""
    from senreg.sync.bundle import export_bundle

    if args.table:
        raise WrongUsage("A bundle holds every table.", do="Leave --table out, or use .xlsx.")
    since = _known_to(register, args) if args.since else None
    summary = export_bundle(register, args.to, since=since, employment=args.with_employment)
    told = (
        f"Written: {output.counted(summary.records, 'record')} with "
        f"{'its' if summary.records == 1 else 'their'} history, "
        f"{output.counted(summary.operations, 'edit')}, {summary.size / 1000:,.0f} kB."
    )
    lost = output.counted(summary.lost, "saved change")
    lacking = f"It lacks {lost} that can no longer be read: join no copy from it."
    return told, lacking if summary.lost else ""


def _known_to(register: Register, args: argparse.Namespace) -> dict[str, int]:
    """What the copy of --since knows, or whoever made the bundle of it."""
    from senreg.sync.bundle import known_by
    from senreg.sync.copies import the_copy

    bundle = Path(args.since)
    if not bundle.is_file() and bundle.suffix.lower() != BUNDLE:
        return dict(the_copy(register, args.since).knows)
    theirs = known_by(bundle, register.store.keys, passphrase_given(args))
    if theirs.register != register.register_id:
        raise WrongUsage(
            "The bundle of --since comes from another register.",
            do="Name the last one that the copy which is to get this made.",
        )
    return theirs.known


def _to_xlsx(register: Register, args: argparse.Namespace) -> tuple[str, str]:
    from senreg.exchange.spreadsheets_out import export_xlsx

    exported = export_xlsx(register, args.to, args.table, confidential=args.confidential)
    return _kept(register, exported, confidential=args.confidential), ""


def _to_csv(register: Register, args: argparse.Namespace) -> tuple[str, str]:
    from senreg.exchange.spreadsheets_out import export_csv

    tables = args.table or ["pupils"]
    if len(tables) > 1:
        raise WrongUsage("A .csv file holds one table.", do="Name one table, or use .xlsx.")
    exported = export_csv(register, tables[0], args.to, confidential=args.confidential)
    return _kept(register, exported, confidential=args.confidential), ""


def _census(args: argparse.Namespace, ending: str) -> int:
    """The SEN part of the census; 1 where the census would query anything."""
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.exchange.census_out import export_census
    from senreg.models.days import short_day
    from senreg.rules.census import next_census
    from senreg.rules.out_of_date import delete_after

    if ending not in (".xlsx", ".csv") or args.table:
        raise WrongUsage(
            "--census makes a spreadsheet of its own.", do="Use .xlsx or .csv, without --table."
        )
    with handing_out(args) as (register, seen):
        given = args.census
        day = read_day(register, "--census", given) if given else next_census(today())
        count, queries = export_census(register, args.to, day)
        until = short_day(delete_after(register, today()))
        output.say(f"Written: {output.counted(count, 'pupil')} on roll on {short_day(day)}.")
        output.say(f"Delete it after {until}.")
        output.say(NOT_ENCRYPTED)
        for each in queries:
            output.say(f"  {each.finding.message} {each.remedy}")
        if queries:
            asks = "1 thing" if len(queries) == 1 else f"{len(queries)} things"
            seen.point_out(f"The census would query {asks}.")
        return seen.code


def _to_calendar(register: Register, args: argparse.Namespace) -> tuple[str, str]:
    from senreg.clock import today
    from senreg.exchange.calendar_out import hand_out_calendar
    from senreg.models.days import short_day

    if args.table:
        raise WrongUsage("A calendar holds dates, not tables.", do="Leave --table out.")
    made = hand_out_calendar(register, args.to, today(), names=args.names)
    return f"Written: {made.words}.\nDelete it after {short_day(made.delete_after)}.", ""


def _kept(register: Register, exported: Exported, *, confidential: bool) -> str:
    """Keep in the register that a spreadsheet was handed out; what is said of it."""
    from senreg.export_log import SPREADSHEET, note, tables_handed_out

    what = tables_handed_out(exported.rows, confidential=confidential)
    note(register, SPREADSHEET, what, exported.path, delete_after=exported.delete_after)
    return _told(exported)


def _told(exported: Exported) -> str:
    rows = output.counted(sum(exported.rows.values()), "record")
    sentence = f"Written: {rows} of {output.counted(len(exported.rows), 'table')}."
    if exported.lacking:
        sentence += (
            f"\nLeft out as confidential: {exported.lacking}. --confidential takes them along."
        )
    if exported.staying:
        sentence += (
            f"\nLeft out as records of employment: {exported.staying}. --table objectives takes "
            "them along."
        )
    if exported.delete_after:
        from senreg.models.days import short_day

        sentence += f"\nDelete it after {short_day(exported.delete_after)}."
    return sentence
