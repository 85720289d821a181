"""`import` of a folder, or of every sheet of a workbook: one after another, each in one commit."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import reading, writing
from senreg.errors import Unreadable, WrongUsage

if TYPE_CHECKING:
    from senreg.exchange.many_found import Found, Part, Plan
    from senreg.register import Register

EVERY_SHEET = "all"
"""The table that stands for every sheet that is called like one."""

BY_ITSELF = "senreg import FILE --table TABLE --map FIELD=HEADING (of a workbook, --sheet NAME)"
"""How a sheet comes in of which a person has to say what it is."""

_TOLD = 10
"""Rows left out or to be looked at that are told of a sheet; `import FILE --dry-run` tells all."""


def is_many(args: argparse.Namespace) -> bool:
    """Whether the command line names more than one sheet."""
    return args.table == EVERY_SHEET or bool(args.file.is_dir())


def import_many(args: argparse.Namespace) -> int:
    """Bring everything in; 1 where anything was passed over or left out."""
    single = (args.sheet, args.placed, args.match, args.keep, args.left, args.every)
    if any(single) or args.whole_roll or args.table not in (None, EVERY_SHEET):
        raise WrongUsage(
            "--sheet, --table, --map, --every, --match, --keep, --left and --whole-roll are for "
            "one sheet.",
            do="Bring that sheet in by itself, or leave them out.",
        )
    with stopping() as stopped:
        if args.dry_run:
            with reading(args) as (register, seen):
                found = _brought(register, args, stopped)
                return 1 if found.worth_a_look else seen.code
        with writing(args) as register:
            found = _brought(register, args, stopped)
            return 1 if found.worth_a_look else 0


def _brought(register: Register, args: argparse.Namespace, stopped: Callable[[], bool]) -> Found:
    from senreg.exchange.many import bring_in, look_at_sheets, look_into

    found = (
        look_into(args.file, register, cancelled=stopped)
        if args.file.is_dir()
        else look_at_sheets(args.file, register)
    )
    if not found.parts:
        raise Unreadable(
            f"There is nothing to bring in: {found.passed[0].name}: {found.passed[0].why}"
            if found.passed
            else "There is nothing to bring in there.",
            do="Choose a folder with spreadsheets or transfer files.",
        )
    say = (lambda _: None) if args.json else _tell
    bring_in(found, register, dry_run=args.dry_run, cancelled=stopped, each=say)
    if args.json:
        output.print_json(_document(found))
    else:
        _tell_all(found, dry_run=args.dry_run)
    return found


def _tell_all(found: Found, *, dry_run: bool) -> None:
    """What was passed over, and what came of it all."""
    from senreg.exchange.many_found import tables_in_words

    if found.passed:
        output.say("Passed over")
        for passed in found.passed:
            output.say(f"  {passed.name}: {passed.why}")
        if any(passed.path for passed in found.passed):
            output.say(f"  One by itself: {BY_ITSELF}")
        output.say()
    if dry_run:
        output.say(f"To bring in: {tables_in_words(found.parts) or 'nothing'}.")
        output.say("This was a look ahead: nothing was changed.")
        return
    output.say(found.words)
    if found.done:
        output.say("To take it back, the last sheet first: senreg undo")


def _tell(part: Part) -> None:
    """What became of one part."""
    guessed = ", by its headings" if part.guessed else ""
    output.say(f"{part.title} ({part.table.replace('_', ' ')}{guessed})")
    if part.refused:
        output.say(f"  Not brought in: {part.refused}")
    if part.plan is not None:
        _tell_plan(part, part.plan)
    output.say()


def _tell_plan(part: Part, plan: Plan) -> None:
    from senreg.exchange.import_words import counts_in_words

    counts = part.applied.counts if part.applied else plan.counts
    output.say(f"  {counts_in_words(counts)}")
    if part.state == "stopped":
        output.say("  Stopped: nothing of it was brought in.")
    told = [(row, row.problem or " ".join(row.remarks)) for row in plan.rows]
    told = [(row, words) for row, words in told if words]
    for row, words in told[:_TOLD]:
        output.say(f"  row {row.number}  {row.name}".rstrip() + f": {words}")
    if len(told) > _TOLD:
        output.say(f"  and {len(told) - _TOLD:,} more")
    if part.typed:
        output.say(f"  {output.counted(part.typed, 'value')} typed here overwritten by it.")
    for remark in plan.file_remarks:
        output.say(f"  {remark}")


def _document(found: Found) -> dict[str, Any]:
    """The sums as those of one import, then each file, and what was passed over."""
    from senreg.exchange.import_words import as_document

    sums = dict.fromkeys(("rows", "new", "changed", "unchanged", "problems", "absent"), 0)
    details: list[dict[str, Any]] = []
    files = []
    for part in found.parts:
        told = as_document(part.plan, part.applied) if part.plan is not None else {}
        for key in sums:
            sums[key] += told.get(key, 0)
        place = {"file": part.name, "sheet": part.sheet or None, "table": part.table}
        details += [place | each for each in told.get("details", [])]
        counts = {key: told.get(key, 0) for key in sums}
        files.append(place | {"state": part.state, "why": part.refused or None} | counts)
    passed = [{"file": each.name, "why": each.why} for each in found.passed]
    return {**sums, "details": details, "files": files, "passed": passed}


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Ctrl+C stops between two commits; pressed twice, it ends the program as ever."""
    asked: list[int] = []

    def ask(number: int, frame: Any) -> None:
        if asked:
            signal.default_int_handler(number, frame)
        asked.append(number)

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread: nobody can press it there
        yield lambda: False
        return
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)
