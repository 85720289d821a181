"""What a row of a file would change of a pupil, field by field, old and new.

Only a cell that says something, and something else than the register, is a change. Whether
each is taken is for a person to say; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from senreg.exchange.belonging_changes import added, compared
from senreg.exchange.field_change import FieldChange
from senreg.exchange.pupil_columns import NEEDS, STATUS, STATUS_START, pupil_targets
from senreg.exchange.pupil_matching import same_name
from senreg.exchange.pupil_rows import PupilRow
from senreg.exchange.spreadsheet_note import not_yet_noted, note_text
from senreg.exchange.staff_book import NewStaff, StaffBook
from senreg.models.text import folded
from senreg.rules.dates import short_day
from senreg.rules.needs import open_needs
from senreg.rules.proposal import Proposal, Set
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import roll_state
from senreg.rules.stage_change import StageRefused, change_status, stage_change
from senreg.rules.status import OLD_STAGES, status_look, status_on

NOTES = "notes"
TEACHER = "key_teacher"
ARCHIVED = "archived"


class Differ:
    """Compares rows with the pupils they were found to be."""

    def __init__(self, register: Reading, file_name: str, today: date) -> None:
        self.staff = StaffBook(register.all("staff"))
        self.statuses: Mapping[Any, Sequence[Row]] = register.by("sen_statuses", "pupil")
        self._register = register
        self._needs: Mapping[Any, Sequence[Row]] = register.by("needs", "pupil")
        self._notes: dict[str, list[Row]] | None = None
        self._file_name = file_name
        self._today = today
        self._words: dict[tuple[str, object], str] = {}

    def of_new(self, row: PupilRow) -> list[FieldChange]:
        """Everything a row says of a pupil who is new."""
        changes = [
            FieldChange(name, self._title(name), None, value, "", self._say(name, value))
            for name, value in row.values.items()
            if value is not False
        ]
        changes += self._teacher(row, None)
        if row.status and row.status != "N":
            changes.append(self._status_begun(row.status, row.status_start))
        changes += [
            self._need(rank, None, code, row.needs_since.get(code))
            for rank, code in sorted(row.needs.items())
        ]
        return changes + added(row.belongings) + self._note(row.kept, ())

    def of_known(self, row: PupilRow, pupil: Row) -> list[FieldChange]:
        """What a row says otherwise than the register. What cannot be is told on the row."""
        changes = []
        for name, value in _names_settled(row, pupil).items():
            old = pupil.get(name)
            if value != old and (value or old):
                words = self._say(name, old), self._say(name, value)
                changes.append(FieldChange(name, self._title(name), old, value, *words))
        changes += self._teacher(row, pupil)
        if row.status:
            changes += self._status(row, pupil["id"])
        if row.needs:
            changes += self._changed_needs(row, pupil["id"])
        if row.belongings:
            changes += compared(row.belongings, self._held(pupil["id"]), row.told)
        if row.kept:
            changes += self._note(row.kept, self._notes_of(pupil["id"]))
        if roll_state(pupil, self._today) == "left" and "left" not in row.values:
            row.told.append("This pupil is marked as left, and stands in the file.")
        return changes

    def _title(self, name: str) -> str:
        return pupil_targets()[name].title

    def _say(self, name: str, value: object) -> str:
        """A value in words, each worked out once."""
        try:
            return self._words[name, value]
        except KeyError:
            words = self._words[name, value] = _in_words(name, value)
            return words

    def _teacher(self, row: PupilRow, pupil: Row | None) -> list[FieldChange]:
        if not row.teacher:
            return []
        found = self.staff.find(row.teacher)
        old = pupil.get(TEACHER) if pupil else None
        if found == old:
            return []
        words = found.name if isinstance(found, NewStaff) else self.staff.name_of(found)
        title = self._title(TEACHER)
        return [FieldChange(TEACHER, title, old, found, self.staff.name_of(old), words)]

    def _status_begun(self, code: str, since: str | None, old: str | None = None) -> FieldChange:
        words = status_look(code).word
        if since:
            words += f" from {short_day(since)}"
        before = status_look(old).word if old else ""
        return FieldChange(STATUS, "SEN status", old, code, before, words, since=since)

    def _status(self, row: PupilRow, pupil: str) -> list[FieldChange]:
        statuses = self.statuses.get(pupil, ())
        current = status_on(statuses, self._today)
        old = current.get("code") if current else None
        code = row.status or ""
        if old == code and current is not None:
            return self._status_start(row, current, statuses)
        if code == "N" and old in (None, "M"):
            return []
        if old is not None and code in OLD_STAGES:
            row.told.append(
                f"SEN status: {status_look(code).word} is a stage of before 2014; "
                f"{status_look(old).word} is kept."
            )
            return []
        if not statuses:
            return [self._status_begun(code, row.status_start)]
        day = row.status_start or self._today.isoformat()
        change = self._status_begun(code, day, old)
        try:
            if old in OLD_STAGES and code in ("K", "N", "E") and not (old == "S" and code != "E"):
                issued = row.status_start if old == "S" else None
                change.proposal = stage_change(pupil, statuses, code, day, plan_issued_on=issued)
            else:
                change.proposal = change_status(pupil, statuses, code, day)
        except StageRefused as refused:
            row.told.append(f"SEN status {status_look(code).word} is left out: {refused.happened}")
            return []
        return [change]

    def _status_start(
        self, row: PupilRow, current: Row, statuses: Sequence[Row]
    ) -> list[FieldChange]:
        """The day on which the status that holds began, where the file says another."""
        new, old = row.status_start, current.get("start")
        if not new or new == old or new > self._today.isoformat():
            return []
        if any(
            each["id"] != current["id"] and (each.get("end") or "9") >= new for each in statuses
        ):
            row.told.append(
                f"SEN status from {short_day(new)} is left out: another status held then."
            )
            return []
        change = FieldChange(STATUS_START, "SEN status from", old, new)
        change.old_words, change.new_words = short_day(old), short_day(new)
        change.proposal = Proposal((Set("sen_statuses", current["id"], {"start": new}),))
        return [change]

    def _changed_needs(self, row: PupilRow, pupil: str) -> list[FieldChange]:
        """The needs by rank that differ. They are written together, when it is known which."""
        by_rank = {each.get("rank"): each["code"] for each in self.needs_of(pupil)}
        return [
            self._need(rank, by_rank.get(rank), code, row.needs_since.get(code))
            for rank, code in sorted(row.needs.items())
            if by_rank.get(rank) != code
        ]

    def needs_of(self, pupil: str) -> list[Row]:
        """The needs of a pupil that hold today."""
        return open_needs(self._needs.get(pupil, ()), self._today)

    def _held(self, pupil: str) -> Callable[[str], Sequence[Row]]:
        """What the register has of a pupil, by table."""
        return lambda table: self._register.by(table, "pupil").get(pupil, ())

    def _need(self, rank: int, old: str | None, code: str, since: str | None) -> FieldChange:
        target = pupil_targets().get(NEEDS[rank - 1]) if rank <= len(NEEDS) else None
        name = target.name if target else f"needs.code.{rank}"
        title = target.title if target else f"Need {rank}"
        words = self._say(NEEDS[0], old), self._say(NEEDS[0], code)
        return FieldChange(name, title, old, code, *words, since=since)

    def _note(self, kept: Sequence[tuple[str, str]], notes: Sequence[Row]) -> list[FieldChange]:
        fresh = not_yet_noted(kept, notes)
        if not fresh:
            return []
        text = note_text(fresh, self._file_name, self._today)
        return [FieldChange(NOTES, "Note", None, text, "", text)]

    def _notes_of(self, pupil: str) -> Sequence[Row]:
        """All notes of a pupil, those that were put away first: they count as known, too."""
        if self._notes is None:
            self._notes = {}
            for archived in (True, False):
                for row in self._register.all("notes", archived=archived):
                    self._notes.setdefault(row["pupil"], []).append(row)
        return self._notes.get(pupil, ())


def _in_words(name: str, value: object) -> str:
    from senreg.models.entry import write_entry

    field = pupil_targets()[name].field
    if field is None or value is None:
        return "" if value is None else str(value)
    if field.kind == "choice":
        label = field.label_of(value)
        return label if label == value else f"{label} ({value})"
    return write_entry(field, value)


def _names_settled(row: PupilRow, pupil: Row) -> dict[str, object]:
    """The row's values, less names that are only another way of writing the pupil's own.

    A whole name taken apart, a known-as name in the place of the forename, and capitals say
    nothing that the register does not know better.
    """
    values = dict(row.values)
    if row.whole_name and same_name(row, pupil):
        values.pop("surname", None)
        values.pop("forename", None)
    forename = row.text("forename")
    if forename and folded(forename) == folded(pupil.get("preferred_name") or ""):
        values.pop("forename", None)
    for name in ("surname", "forename", "preferred_name"):
        text, old = values.get(name), pupil.get(name)
        if isinstance(text, str) and old and text.isupper() and text.casefold() == old.casefold():
            del values[name]
    return values
