"""Records named by people: an id, or a name, initials or UPN that only one of them bears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from senreg.errors import NoSuchRecord, SenregError
from senreg.models.text import clean_line, folded
from senreg.rules import naming
from senreg.rules.reading import Row

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.register import Row as StoredRow

_NAME_FIELDS = ("name", "title", "statement", "description", "what")


class NotOne(SenregError):
    """A name that nobody bears, or several do."""


def the_record(register: Register, named: str) -> StoredRow:
    """The record, live or archived, that an id on the command line names.

    Raises:
        NoSuchRecord: The register holds none of that id.
    """
    row = register.get(clean_line(named))
    if row is None:
        raise NoSuchRecord(
            "This register holds no record with that id.",
            do="Find the id with: senreg search WORDS, or senreg list TABLE",
        )
    return row


def the_record_or_pupil(register: Register, named: str) -> StoredRow:
    """The record of an id, or the pupil whom a whole name or a UPN names.

    Raises:
        NoSuchRecord: Neither an id nor a pupil.
        NotOne: Several pupils bear that name.
    """
    row = register.get(clean_line(named))
    if row is not None:
        return row
    found = bearers(register, "pupils", named)
    if len(found) > 1:
        raise NotOne(_several(len(found), "pupils"), do="Give the id instead: senreg search NAME")
    return the_record(register, found[0] if found else named)


def the_one(register: Register, tables: str | Sequence[str], named: str) -> str:
    """The id of the one record of some tables that an id, a name or initials mean.

    Capitals, accents and the style of apostrophes make no difference. An archived record is
    found by its id only.

    Raises:
        NotOne: None is called so, or several are.
    """
    allowed = (tables,) if isinstance(tables, str) else tuple(tables)
    row = register.get(clean_line(named))
    if row is not None and row.table in allowed:
        return str(row.id)
    found = [each for table in allowed for each in bearers(register, table, named)]
    among = " or ".join(table.replace("_", " ") for table in allowed)
    if not found:
        raise NotOne(
            f"There is nobody and nothing among {among} with that id or name.",
            do=f"See who and what is there: senreg list {allowed[0]}",
        )
    if len(found) > 1:
        raise NotOne(
            _several(len(found), among), do=f"Give the id instead: senreg list {allowed[0]}"
        )
    return found[0]


def bearers(register: Register, table: str, named: str) -> list[str]:
    """The ids of the live records of a table that bear a name, whole."""
    wanted = _bare(named)
    if not wanted:
        return []
    return [
        str(row.id)
        for row in register.all(table)
        if wanted in {_bare(each) for each in _names(table, row, register)}
    ]


def is_called(register: Register, table: str, row: Row, named: str) -> bool:
    """Whether a record, archived or not, bears a name, whole."""
    wanted = _bare(named)
    return bool(wanted) and wanted in {_bare(each) for each in _names(table, row, register)}


def _names(table: str, row: Row, register: Register) -> list[str]:
    if table == "pupils":
        surname, forename = str(row.get("surname") or ""), str(row.get("forename") or "")
        firsts = {forename, naming.known_as(row)}
        names = [f"{first} {surname}" for first in firsts]
        names += [f"{surname}, {first}" for first in firsts]
        return [*names, str(row.get("upn") or "")]
    if table == "staff":
        return [str(row.get("name") or ""), naming.initials(row)]
    names = [str(row.get(field) or "") for field in _NAME_FIELDS]
    if table == "groups":
        names.append(naming.group_name(row, register.get))
        running = register.get(str(row.get("intervention") or ""))
        names.append(str(running.get("name") or "") if running else "")
    return names


def _bare(name: str) -> str:
    return " ".join(folded(clean_line(name)).split())


def _several(number: int, among: str) -> str:
    return f"{number} among {among} bear that name."
