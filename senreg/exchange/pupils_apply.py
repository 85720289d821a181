"""Writing a plan of an import: everything it shows, in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from senreg.errors import SenregError
from senreg.exchange.belongings import Belonging
from senreg.exchange.column_memory import remember
from senreg.exchange.field_change import FieldChange
from senreg.exchange.import_parts import IMPORT_PUPILS, Applied, PlannedRow
from senreg.exchange.pupil_changes import ARCHIVED, NOTES, TEACHER
from senreg.exchange.pupil_columns import STATUS, STATUS_START
from senreg.exchange.staff_book import NewStaff
from senreg.rules.belonging import same_school_year
from senreg.rules.dates import days_after, school_year_of, school_year_span
from senreg.rules.reading import Row
from senreg.rules.roll import PREVIOUS
from senreg.rules.years import next_year

if TYPE_CHECKING:
    from senreg.commit import Commit
    from senreg.exchange.pupils_import import ImportPlan

_PLACE = ("year_group", "class_name", TEACHER)
"""The fields of a pupil that the enrolment of the school year shows as well."""


def write_plan(plan: ImportPlan) -> Applied:
    """Write a plan. Raises what `Register.commit` raises; then nothing was changed."""
    from senreg.register import Register

    register = plan.register
    if not isinstance(register, Register):
        raise SenregError("There is no register yet to bring the pupils into.")
    counts = plan.counts
    ids: dict[int, str] = {}
    register.before("import")
    with register.commit(IMPORT_PUPILS) as c:
        writer = _Writer(plan, c)
        for place, row in enumerate(plan.rows):
            plan.pause(place, len(plan.rows))
            if row.state == "new":
                ids[row.number] = writer.add(row)
            elif row.state == "changed":
                writer.change(row)
        left = [each for each in plan.absent if each.left_on]
        for absent in left:
            c.set(absent.pupil, left=absent.left_on, enrolment_status=PREVIOUS)
        if any(column.how == "chosen" for column in plan.header.columns):
            remember(
                c,
                register,
                plan.header,
                "pupils",
                name=plan.file_name,
                today=plan.today.isoformat(),
            )
    return Applied(counts, ids, len(left), len(writer.staff))


class _Writer:
    """Puts rows into a commit that is under way."""

    def __init__(self, plan: ImportPlan, commit: Commit) -> None:
        self.staff: dict[NewStaff, str] = {}
        self._plan = plan
        self._commit = commit
        self._today = plan.today.isoformat()
        self._year = school_year_of(plan.today, plan.register.all("terms"))
        self._enrolments: Mapping[Any, Sequence[Row]] = plan.register.by("enrolments", "pupil")
        self._pupils = {row["id"]: row for row in plan.register.all("pupils")}

    def add(self, row: PlannedRow) -> str:
        """Add a new pupil with all that belongs to it; its id."""
        taken = [change for change in row.changes if change.taken]
        values = self._fields(taken)
        pupil = self._commit.add("pupils", values)
        place = {name: values[name] for name in _PLACE if values.get(name)}
        if place:
            self._enrol(pupil, self._year, place)
        self._belongings(pupil, taken)
        for change in taken:
            if _is_ranked(change):
                self._add_need(pupil, _rank(change), str(change.new), change.since)
        return pupil

    def change(self, row: PlannedRow) -> None:
        """Make the changes of a pupil there is."""
        taken = [change for change in row.changes if change.taken]
        values = self._fields(taken)
        if any(change.field == ARCHIVED for change in taken):
            self._commit.restore(row.pupil)
        if values:
            self._commit.set(row.pupil, **values)
            place = {name: values[name] for name in _PLACE if name in values}
            if place:
                self._move(row.pupil, place)
        self._belongings(row.pupil, taken)
        self._needs(row.pupil, {_rank(c): c for c in taken if _is_ranked(c)})

    def _fields(self, taken: Sequence[FieldChange]) -> dict[str, Any]:
        """The values of the pupil's own fields."""
        values: dict[str, Any] = {}
        for change in taken:
            if change.field == TEACHER:
                values[TEACHER] = self._staff_id(change.new)
            elif "." not in change.field and change.field not in (NOTES, ARCHIVED):
                values[change.field] = change.new
        return values

    def _staff_id(self, who: object) -> str:
        if not isinstance(who, NewStaff):
            return str(who)
        if who not in self.staff:
            self.staff[who] = self._commit.add(
                "staff",
                {"name": who.name, "initials": who.initials or None, "role": "class_teacher"},
            )
        return self.staff[who]

    def _belongings(self, pupil: str, taken: Sequence[FieldChange]) -> None:
        """Status and note, which are records of their own."""
        for change in taken:
            if change.field in (STATUS, STATUS_START):
                if change.proposal is not None:
                    change.proposal.write(self._commit)
                else:
                    status = {"pupil": pupil, "code": change.new, "start": change.since}
                    self._commit.add("sen_statuses", status)
            elif isinstance(change.new, Belonging):
                if change.proposal is not None:
                    change.proposal.write(self._commit)
                else:
                    self._commit.add(change.new.table, {"pupil": pupil, **change.new.values})
            elif change.field == NOTES:
                note = {
                    "pupil": pupil,
                    "kind": "other",
                    "happened_on": self._today,
                    "text": change.new,
                }
                self._commit.add("notes", note)

    def _add_need(self, pupil: str, rank: int, code: str, since: str | None) -> None:
        start = {"start": since} if since else {}
        self._commit.add("needs", {"pupil": pupil, "code": code, "rank": rank, **start})

    def _needs(self, pupil: str, changes: Mapping[int, FieldChange]) -> None:
        """Bring the needs of some ranks to what the file says; other needs stay.

        A need of another rank moves, and the one it takes the place of moves to where it
        was; one that is replaced by a need the pupil did not have ends.
        """
        if not changes:
            return
        wanted = {rank: str(change.new) for rank, change in changes.items()}
        held = {need["code"]: need for need in self._plan.differ.needs_of(pupil)}
        vacated = [held[code].get("rank") for code in wanted.values() if code in held]
        vacated = [rank for rank in vacated if rank is not None and rank not in wanted]
        for rank, code in wanted.items():
            if code not in held:
                self._add_need(pupil, rank, code, changes[rank].since)
            elif held[code].get("rank") != rank:
                self._commit.set(held[code]["id"], rank=rank)
        for code, need in held.items():
            if code in wanted.values() or need.get("rank") not in wanted:
                continue
            if vacated:
                self._commit.set(need["id"], rank=vacated.pop(0))
            else:
                ended = max(days_after(self._plan.today, -1), need.get("start") or "")
                self._commit.set(need["id"], end=ended)

    def _move(self, pupil: str, place: Mapping[str, Any]) -> None:
        """Keep the history by school year when year, class or key teacher change.

        A child who has moved up a year since the register was last told is rolled over: the
        year before is kept as it was.
        """
        before = self._pupils.get(pupil)
        rows = self._enrolments.get(pupil, ())
        current = next(
            (r for r in rows if same_school_year(r.get("school_year"), self._year)), None
        )
        if current is not None:
            self._commit.set(current["id"], **place)
            return
        old = {name: before.get(name) if before else None for name in _PLACE}
        if place.get("year_group") and place["year_group"] == next_year(old["year_group"]):
            ended = school_year_of(days_after(school_year_span(self._year)[0], -1))
            if not any(same_school_year(r.get("school_year"), ended) for r in rows):
                self._enrol(pupil, ended, old)
        self._enrol(pupil, self._year, old | dict(place))

    def _enrol(self, pupil: str, school_year: str, place: Mapping[str, Any]) -> None:
        given = {name: value for name, value in place.items() if value}
        self._commit.add("enrolments", {"pupil": pupil, "school_year": school_year, **given})


def _is_ranked(change: FieldChange) -> bool:
    """Whether a change is of a need that holds, which has a rank, and not of one of the past."""
    return change.field.startswith("needs.code")


def _rank(change: FieldChange) -> int:
    """The rank in a change's field: needs.code is 1, needs.code.2 is 2."""
    last = change.field.rpartition(".")[2]
    return int(last) if last.isdigit() else 1
