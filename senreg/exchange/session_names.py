"""Sessions told by their group and day: found where they are kept, else made with the marks.

A SENCO's own sheet has a child, a group, a day and a mark in each row, and no sheet of sessions.
There is one session for each group and day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.exchange.pupil_cells import NotUnderstood, day_of
from senreg.exchange.record_columns import SESSION_DAY, SESSION_GROUP, session_field
from senreg.models.days import typed_day
from senreg.rules.naming import group_name
from senreg.rules.reading import Row, covers
from senreg.rules.sessions import begun_already, id_to_begin
from senreg.store.operations import new_id

if TYPE_CHECKING:
    from senreg.exchange.record_names import RecordNames
    from senreg.register import Register


class NewSession(dict[str, Any]):
    """A session that is made with its marks: its id, group and date, as a record has them.

    Args:
        values: Its fields.
        name: The group and the day, in words.
    """

    table = "sessions"

    def __init__(self, values: Mapping[str, Any], name: str) -> None:
        super().__init__(values)
        self.name = name


class SessionNames:
    """Finds sessions by their group and day, and keeps those that are to be made.

    Args:
        register: Holds the groups and the sessions.
        names: Finds records by their names.
        today: The day of the import.
    """

    def __init__(self, register: Register, names: RecordNames, today: date) -> None:
        self._register = register
        self._names = names
        self._today = today
        self._known: dict[tuple[str, str], str] = {}
        self._new: dict[str, NewSession] = {}

    def meant(self, told: Mapping[str, str], pupil: str) -> str:
        """The id of a session, of one to be made as well.

        Args:
            told: Texts by target (`senreg.exchange.record_columns.OF_SESSION`).
            pupil: The child who was there, by whose place one group of a name is told from another.

        Raises:
            BadCell: The day is none.
            NotUnderstood: No group fits, or several do.
        """
        day = day_of(told.get(SESSION_DAY, ""), "Day of the session", self._today)
        group = told.get(SESSION_GROUP, "")
        if day is None or not group:
            wanted = session_field(SESSION_DAY if day is None else SESSION_GROUP).title
            raise NotUnderstood(f"It gives no {wanted.lower()}.")
        place = (self._group(group, day.isoformat(), pupil), day.isoformat())
        if place not in self._known:
            self._known[place] = self._found(*place)
        return self._known[place]

    def get(self, record: str) -> Row | None:
        """A session that is to be made, or any record of the register."""
        return self._new.get(record) or self._register.get(record)

    def new_among(self, records: Sequence[object]) -> list[NewSession]:
        """Those of these sessions that are to be made, each once."""
        return [self._new[str(each)] for each in dict.fromkeys(records) if str(each) in self._new]

    def _group(self, text: str, day: str, pupil: str) -> str:
        """The group of that name; of several the one that ran then, or had the child in it."""
        field = session_field(SESSION_GROUP)
        found = self._names.named(field, text)
        for running in (self._running, lambda each, day: self._has(each, day, pupil)):
            if len(found) > 1:
                found = [each for each in found if running(each, day)] or found
        if not found:
            raise NotUnderstood(f"Group: {text[:60]} is not known.")
        if len(found) > 1:
            rows = (self._register.get(each) for each in found)
            names = {group_name(row, self._register.get) for row in rows if row is not None}
            as_one = f" Write one as {' or '.join(sorted(names))}." if len(names) > 1 else ""
            raise NotUnderstood(f"Group: {text[:60]} fits several groups.{as_one}")
        return found[0]

    def _running(self, group: str, day: str) -> bool:
        row = self._register.get(group)
        return row is not None and covers(row, day)

    def _has(self, group: str, day: str, pupil: str) -> bool:
        placements = self._register.by("placements", "group").get(group, ())
        return any(row.get("pupil") == pupil and covers(row, day) for row in placements)

    def _found(self, group: str, day: str) -> str:
        values = {"group": group, "date": day}
        kept = begun_already(self._register, "sessions", values)
        if kept:
            return kept
        record = id_to_begin(self._register, "sessions", values) or new_id()
        row = self._register.get(group)
        name = f"{group_name(row or {}, self._register.get)}, {typed_day(day)}"
        self._new[record] = NewSession({"id": record, **values}, name)
        return record
