"""The columns that can be entered: results, wider outcomes, attendance, who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from textual.widgets import Static

from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import line, plain
from screens.progress.column_form import ColumnForm, typed
from senreg.clock import today
from senreg.commit import Commit
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.models.evidence import SUBJECTS
from senreg.models.tables import field_of
from senreg.models.wider import CATEGORIES
from senreg.register import Register
from senreg.rules import column_entry
from senreg.rules.children_together import Together
from senreg.rules.dates import shown_day, term_of
from senreg.rules.findings_evidence import stands_already
from senreg.rules.measures.scale_steps import scale_named, scales_of
from senreg.rules.proposal import Add, Proposal
from senreg.rules.scale_changes import ScaleChanges


class ResultsForm(ColumnForm):
    """A result for each child in a subject on a scale."""

    TABLE = "assessments"

    def __init__(self, register: Register, whom: Together, subject: str, scale: str) -> None:
        self._subject, self._scale = subject, scale
        self._changes = ScaleChanges(register)
        words = dict(SUBJECTS).get(subject, subject)
        steps = scale_named(scales_of(register), scale)
        numbered = ", ".join(f"{number} {name}" for number, name in enumerate(steps.names, 1))
        how = f"{scale}: {numbered}" if steps.counts else scale
        if steps.names and not steps.counts:
            how += f": from {steps.names[0]} up to {steps.names[-1]}, as the scale spells them"
        super().__init__(
            register,
            whom.pupils,
            f"{words}, {whom.words}",
            [Field("form", "on", "day", required=True, about=About("Assessed on"))],
            {"on": today().isoformat()},
            said=f"{line(how)}. Leave out whoever was not assessed; Esc leaves all.",
            draft=f"{whom.id}/{subject}/{scale}",
        )

    def proposal(self, above: Mapping[str, object], given: Mapping[str, object]) -> Proposal:
        """The assessments."""
        day = str(above["on"])
        return column_entry.results(self.register, self._subject, self._scale, day, typed(given))

    def odd(self, above: Mapping[str, object], pupil: str) -> str:
        """A result of the day that stands there already, or another scale than so far."""
        day = str(above.get("on") or "")
        found = stands_already(self.register, "assessments", self._subject, self._scale, day, pupil)
        before = self._changes.before_entry(pupil, self._subject, self._scale, day)
        if before and not found:
            found = f"So far on {line(before)}; no progress is worked out across two scales."
        return found


class WiderForm(ColumnForm):
    """A mark for each child in a wider outcome on a scale."""

    TABLE = "wider_marks"

    def __init__(self, register: Register, whom: Together, category: str, scale: str) -> None:
        self._category, self._scale = category, scale
        words = dict(CATEGORIES).get(category, category)
        super().__init__(
            register,
            whom.pupils,
            f"{words}, a wider outcome: {whom.words}",
            [
                Field("form", "on", "day", required=True, about=About("On")),
                field_of("wider_marks", "direction"),
            ],
            {
                "on": today().isoformat(),
                "direction": column_entry.direction_of(register, scale) or None,
            },
            said=f"{line(scale)}. Leave out whoever has no mark; Esc leaves all.",
            draft=f"{whom.id}/{category}/{scale}",
        )

    def proposal(self, above: Mapping[str, object], given: Mapping[str, object]) -> Proposal:
        """The marks. Raises InvalidRecord where it is not said which way is better."""
        direction = str(above["direction"] or "")
        if not direction:
            words = "Say whether more or less is better, or no change can be told from the marks."
            raise InvalidRecord("wider_marks", [FieldProblem("direction", words)])
        return column_entry.wider_marks(
            self.register, self._category, self._scale, direction, str(above["on"]), typed(given)
        )

    def odd(self, above: Mapping[str, object], pupil: str) -> str:
        """A mark of the day that stands there already, above all one on another scale."""
        return stands_already(
            self.register, "wider_marks", self._category, self._scale, above.get("on"), pupil
        )


class PeriodForm(Form["tuple[str, str, int] | None"]):
    """Of which days the attendance is, and how many sessions there were."""

    def __init__(self, register: Register, whom: Together) -> None:
        term = term_of(today(), register.all("terms"))
        ended = min(term.end, today())
        names = ("start", "end", "possible")
        self.register = register
        begun = {"start": term.start.isoformat(), "end": ended.isoformat()}
        known = column_entry.possible_kept(register, begun["start"], begun["end"])
        super().__init__(
            f"Sessions missed, {whom.words}",
            [Section("", tuple(field_of("attendance", name) for name in names))],
            {**begun, "possible": known},
            register=register,
            said=self._said_of(begun["start"], begun["end"]),
            save="Go on",
        )

    def on_mount(self) -> None:
        """Begin at what is not known."""
        self.write_at("possible")

    def changed(self) -> None:
        """Count the sessions of the days that are typed now."""
        days = self.typed()
        said = self._said_of(str(days.get("start") or ""), str(days.get("end") or ""))
        self.query_one("#said", Static).update(plain(said))

    def _said_of(self, start: str, end: str) -> str:
        """How many sessions there can have been, and whether it was entered before."""
        words = "A session is half a school day. "
        most = column_entry.most_sessions(start, end, self.register.all("terms"))
        if most:
            words += f"These days have {most} at most: take 10 off for a week of half term. "
        known = column_entry.possible_kept(self.register, start, end)
        if known is not None:
            words += f"Most children had {known}, as it was entered before. "
        return words + "A child who could come to fewer is told apart at its own line."

    def save(self, values: dict[str, object]) -> None:
        """Give back the period. Raises InvalidRecord where it is none."""
        start, end, possible = values["start"], values["end"], values["possible"]
        problems = [
            FieldProblem(name, f"{field_of('attendance', name).title} is missing.")
            for name in ("start", "end", "possible")
            if values[name] is None
        ]
        if isinstance(possible, int) and possible < 1:
            problems.append(FieldProblem("possible", "There was at least one session."))
        if start and end and str(end) < str(start):
            problems.append(FieldProblem("end", "It ends before it starts."))
        if problems:
            raise InvalidRecord("attendance", problems)
        self.finish((str(start), str(end), int(str(possible))))


class AttendanceForm(ColumnForm):
    """Authorised and unauthorised sessions of each child in a period; what is kept stands there."""

    TABLE = "attendance"

    def __init__(
        self, register: Register, whom: Together, start: str, end: str, possible: int
    ) -> None:
        self._period = (start, end, possible)
        pupils = [row["id"] for row in whom.pupils]
        days = f"{shown_day(start)} to {shown_day(end)}"
        super().__init__(
            register,
            whom.pupils,
            f"Sessions missed, {whom.words}",
            [],
            column_entry.attendance_kept(register, pupils, start, end, possible),
            said=f"{days}, {possible} sessions. 3 1 is three authorised and one unauthorised; "
            "3 1 90 of 90 possible; 0 missed none; empty is not known.",
            draft=f"{whom.id}/{start}/{end}/{possible}",
        )

    def proposal(self, above: Mapping[str, object], given: Mapping[str, object]) -> Proposal:
        """The attendance."""
        del above
        return column_entry.attendance(self.register, *self._period, typed(given))


class ParticipationForm(ColumnForm):
    """Who takes part in an activity, or in none; who does today is ticked.

    Args:
        register: The open register.
        whom: The children.
        activity: The id of the activity; empty for none; None for a new one, kept with who joins.
        name: What it is called.
    """

    TABLE = "participations"
    KIND = "yes_no"

    def __init__(self, register: Register, whom: Together, activity: str | None, name: str) -> None:
        self._new = name if activity is None else ""
        self._activity = activity = name if activity is None else activity
        day = today().isoformat()
        taking = {
            row["id"]: bool(column_entry.takes_part(register, row["id"], activity, day))
            for row in whom.pupils
        }
        said = (
            "Space says that a child takes part. Who no longer does ended the day before."
            if activity
            else "Space says that a child was asked, and takes part in nothing."
        )
        super().__init__(
            register,
            whom.pupils,
            f"{name}, {whom.words}",
            [Field("form", "on", "day", required=True, about=About("From this day on"))],
            {"on": day, **taking},
            said=said,
            draft=f"{whom.id}/{activity}",
        )

    def write(self, commit: Commit, proposal: Proposal, above: Mapping[str, object]) -> None:
        """Write a new activity first, which begins when the first children join it."""
        if self._new:
            added = commit.add("activities", {"name": self._new, "start": str(above["on"])})
            joining = [
                Add(each.table, {**each.values, "activity": added}) for each in proposal.adds
            ]
            proposal = replace(proposal, adds=tuple(joining))
        super().write(commit, proposal, above)

    def kept(self, proposal: Proposal) -> str:
        """Who joined and who ended, counted apart."""
        return column_entry.participation_words(self.register, proposal)

    def proposal(self, above: Mapping[str, object], given: Mapping[str, object]) -> Proposal:
        """The changes from the day on."""
        day = date.fromisoformat(str(above["on"])).isoformat()
        taking = {pupil: bool(value) for pupil, value in given.items()}
        return column_entry.participation(self.register, self._activity, day, taking)
