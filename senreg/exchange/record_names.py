"""Records found by what a spreadsheet calls them: an id, a name, a UPN."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from senreg.exchange.headings import squeezed
from senreg.exchange.pupil_cells import NotUnderstood, day_of
from senreg.exchange.pupil_matching import PupilIndex
from senreg.exchange.pupil_rows import PupilRow
from senreg.exchange.whole_names import split_name
from senreg.models.days import typed_day
from senreg.models.describe import Field
from senreg.models.upn import normalised_upn
from senreg.rules.naming import describe_record, group_name, initials, list_name, pupil_name
from senreg.rules.reading import Row

if TYPE_CHECKING:
    from senreg.exchange.arrivals import Arrivals
    from senreg.register import Register


def _other_way_round(row: PupilRow) -> PupilRow:
    """The same child where the surname stands first: "O'Neill Niamh"."""
    turned = PupilRow(row.number, values=dict(row.values))
    turned.values["surname"], turned.values["forename"] = (
        row.values["forename"],
        row.values["surname"],
    )
    return turned


class RecordNames:
    """Finds records of any table by their names, each table looked through once.

    Args:
        register: Holds them.
        arrivals: What the ids of files became here, in one run of several imports.
    """

    def __init__(self, register: Register, arrivals: Arrivals | None = None) -> None:
        self._register = register
        self._arrivals = arrivals
        self._tables: dict[str, dict[str, list[str]]] = {}
        self._found: dict[tuple[tuple[str, ...], str], list[str]] = {}
        self._pupils: PupilIndex | None = None

    def find(self, field: Field, text: str) -> object:
        """The id, or the list of ids, that a cell means; None for a blank one.

        Raises:
            NotUnderstood: There is nobody of that name, or there are several.
        """
        if not text:
            return None
        if field.kind == "record":
            return self._one(field, text)
        separator = ";" if ";" in text else ","
        if separator == "," and self.named(field, text):
            return [self._one(field, text)]
        return [self._one(field, part.strip()) for part in text.split(separator) if part.strip()]

    def pupil(self, who: Mapping[str, str], today: date) -> str:
        """The id of the pupil whom these cells tell.

        Args:
            who: Texts by target (`senreg.exchange.record_columns.OF_PUPIL`).
            today: The day of the import.

        Raises:
            BadCell: The date of birth is none.
            NotUnderstood: No pupil fits, or several do.
        """
        row = PupilRow(0)
        row.values["upn"] = normalised_upn(who.get("pupils.upn", ""))
        row.values["surname"] = who.get("pupils.surname")
        row.values["forename"] = who.get("pupils.forename")
        row.whole_name = who.get("pupils.name", "")
        parts = split_name(row.whole_name) if row.whole_name else None
        if parts and not row.text("surname"):
            row.values["surname"], row.values["forename"] = parts
        born = day_of(who.get("pupils.dob", ""), "Date of birth", today)
        row.values["dob"] = born.isoformat() if born else None
        if self._pupils is None:
            self._pupils = PupilIndex(self._register.all("pupils"), ())
        found = self._pupils.with_upn(row)
        if not found:
            found = self._pupils.named(row)
            if parts and "," not in row.whole_name:
                found = [*found, *self._pupils.named(_other_way_round(row))]
        if len(found) != 1:
            raise NotUnderstood(
                "Several pupils fit." if found else "The register has no such pupil."
            )
        return str(found[0]["id"])

    def named(self, field: Field, text: str) -> list[str]:
        """The ids of all records that a text may mean, of the tables that a field refers to."""
        meant = self._arrivals.here(text) if self._arrivals is not None else text
        # Only the tables that are meant: elsewhere a name that is no id is looked for in every one.
        if any(self._register.get(meant, table) is not None for table in field.tables):
            return [meant]
        key = (tuple(field.tables), text)
        if key not in self._found:
            self._found[key] = self._sought(field, text)
        return self._found[key]

    def _one(self, field: Field, text: str) -> str:
        found = self.named(field, text)
        if len(found) != 1:
            why = "fits several" if found else "is not known"
            raise NotUnderstood(f"{field.title}: {text[:60]} {why}.")
        return found[0]

    def _sought(self, field: Field, text: str) -> list[str]:
        wanted = squeezed(text)
        return [each for table in field.tables for each in self._names(table).get(wanted, ())]

    def _names(self, table: str) -> dict[str, list[str]]:
        if table not in self._tables:
            names: dict[str, list[str]] = {}
            for row in self._register.all(table):
                for name in {squeezed(each) for each in self._called(table, row)} - {""}:
                    names.setdefault(name, []).append(row.id)
            self._tables[table] = names
        return self._tables[table]

    def _called(self, table: str, row: Row) -> list[str]:
        if table == "pupils":
            whole = f"{row.get('forename') or ''} {row.get('surname') or ''}"
            legal = f"{row.get('surname') or ''}, {row.get('forename') or ''}"
            return [pupil_name(row), list_name(row), whole, legal, str(row.get("upn") or "")]
        if table in ("groups", "sessions"):
            return self._groups_called(table, row)
        names = [describe_record(row, self._register.get, table)]
        names += [str(row.get(each) or "") for each in ("name", "title", "statement")]
        return [*names, initials(row)] if table == "staff" else names

    def _groups_called(self, table: str, row: Row) -> list[str]:
        """A group by what it runs, with its place or without; a session by that and its day."""
        get = self._register.get
        group = row if table == "groups" else get(str(row.get("group") or "")) or row
        runs = get(str(group.get("intervention") or ""))
        names = [group_name(group, get), str(runs.get("name") or "") if runs else ""]
        if table == "sessions":
            days = (row.get("date"), typed_day(row.get("date")))
            names = [f"{name} {day}" for name in names for day in days if name and day]
        return [describe_record(row, get, table), *names]
