"""What was handed out of a register, backups elsewhere and papers too, as long as it is kept.

Each is one line of the journal of the copy that made it, in no bundle. The certificate of an
erasure lists what cannot be reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.clock import today
from senreg.errors import CannotWrite, ReadOnly
from senreg.register import Register
from senreg.rules.nouns import counted_list
from senreg.rules.out_of_date import delete_after as out_of_date

if TYPE_CHECKING:
    from senreg.store.backups import Backup

BUNDLE = "bundle"
SPREADSHEET = "spreadsheet"
PAPER = "paper"
PACK = "pack"
BACKUP = "backup"
CALENDAR = "calendar"
STREAM = "a file, or another program (senreg list --csv)"
"""Where something went that was printed, and not on a screen."""

EVERYBODY = (BUNDLE, SPREADSHEET, BACKUP, CALENDAR)
"""What may hold any child."""

_KIND = "export"


@dataclass(frozen=True, slots=True)
class Handed:
    """One thing that was handed out.

    Args:
        at: When, in milliseconds since 1970.
        by: Who made it: a staff id or a login name.
        kind: bundle, backup, spreadsheet, calendar, paper or pack.
        what: What it is, in the program's words.
        to: Where it was written.
        pupil: The id of the child it is about; empty where it is about others or all.
        delete_after: The ISO day by which whoever has it should have deleted it, if one was set.
    """

    at: int
    by: str
    kind: str
    what: str
    to: str
    pupil: str = ""
    delete_after: str = ""


def note(
    register: Register,
    kind: str,
    what: str,
    to: Path | str,
    *,
    pupil: str | None = None,
    delete_after: date | None = None,
) -> bool:
    """Keep in the register that something was handed out; False where that cannot be written.

    Args:
        register: The register it was made from.
        kind: bundle, backup, spreadsheet, calendar, paper or pack.
        what: What it is, in the program's words: never user text.
        to: Where it was written; `STREAM` for what went to no file of ours.
        pupil: The id of the child it is about.
        delete_after: The day by which it should be deleted; of a spreadsheet that of the papers
            of today, unless given.
    """
    if delete_after is None and kind == SPREADSHEET:
        delete_after = out_of_date(register, today())
    noted = {"kind": kind, "what": what, "to": to if isinstance(to, str) else str(to.absolute())}
    if pupil:
        noted["pupil"] = pupil
    if delete_after:
        noted["delete_after"] = delete_after.isoformat()
    try:
        register.note("Hand out", _KIND, noted)
    except (ReadOnly, CannotWrite):
        return False
    return True


def back_up_to(register: Register, to: Path) -> Backup:
    """Make a backup in a file of its own, and keep a note of it: no erasure reaches it there.

    Raises CannotWrite.
    """
    made = register.backups.back_up(to=to)
    if to.absolute().parent.resolve() != register.backups.folder.resolve():
        note(register, BACKUP, "Backup of the whole register", to)
    return made


def tables_handed_out(rows: Mapping[str, int], *, confidential: bool) -> str:
    """A spreadsheet in words: 'Spreadsheet of 120 pupils, 3 notes, what is confidential too'.

    Args:
        rows: How many records of each table are in it.
        confidential: Whether what is confidential is in it.
    """
    there = {table: count for table, count in rows.items() if count}
    too = ", what is confidential too" if confidential else ""
    return f"Spreadsheet of {counted_list(there) or 'no records'}{too}"


def bundle_in_words(*, since: bool, employment: bool, pack: bool) -> str:
    """What a bundle is: whole or only what was new, of a staff pack, with employment records."""
    what = "Bundle of the whole register"
    if pack:
        what = "Bundle of a staff pack, for the register it is of"
    elif since:
        what = "Bundle of what was new to another copy"
    return f"{what}, with employment records" if employment else what


def handed_out(register: Register) -> list[Handed]:
    """Everything this copy handed out, oldest first; it reads the whole journal."""
    found = []
    for commit in register.store.journal.commits():
        noted = commit.get(_KIND)
        if isinstance(noted, dict) and commit.get("kind") == _KIND:
            texts = {key: str(value) for key, value in noted.items() if key in _NOTED}
            found.append(Handed(commit["t"], commit["by"], **{**_EMPTY, **texts}))
    return found


_NOTED = ("kind", "what", "to", "pupil", "delete_after")
_EMPTY = {"kind": "", "what": "", "to": ""}
