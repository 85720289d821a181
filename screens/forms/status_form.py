"""The guided change of where children stand on the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord, SenregError
from senreg.models.describe import About, Field
from senreg.register import Register, Row
from senreg.rules.naming import pupil_name
from senreg.rules.proposal import Proposal
from senreg.rules.stage_change import NEW_STAGES, change_status, stage_change
from senreg.rules.status import is_open, status_look, status_on

CODES = ("K", "E", "M", "N")
"""The statuses of today, in the order they are offered."""


class StatusForm(Form[str | None]):
    """Asks for the new status, from when, why, and when the parents were told.

    One status ends and one begins; what went before stays. From a stage of before 2014 only
    what may follow from it is offered, and a plan only with its date of issue.

    Args:
        register: The open register.
        pupils: Whose status changes: one child, or several together.
    """

    def __init__(self, register: Register, pupils: Sequence[Row]) -> None:
        self._pupils = list(pupils)
        day = today()
        self._old = {
            row.id: status_on(register.find("sen_statuses", pupil=row.id), day) for row in pupils
        }
        super().__init__(
            _title(pupils),
            [Section("", _fields(self._may_follow()))],
            {"start": day.isoformat()},
            register=register,
            draft="",
            said=self._present(),
            save="Change",
        )
        self.register = register

    def _codes(self) -> set[str]:
        return {str(row["code"]) for row in self._old.values() if row is not None}

    def _may_follow(self) -> list[str]:
        """The codes that may follow for all of the children."""
        offered = list(CODES)
        for code in self._codes():
            if code in NEW_STAGES:
                offered = [each for each in offered if each in NEW_STAGES[code]]
            elif len(self._pupils) == 1:
                offered = [each for each in offered if each != code]
        return offered

    def _present(self) -> str:
        codes = self._codes()
        if len(self._pupils) == 1:
            row = self._old[self._pupils[0].id]
            now = status_look(row["code"] if row is not None else None).word
            said = f"Now: {now}."
        else:
            words = sorted(status_look(code).word for code in codes)
            said = f"{len(self._pupils)} pupils, now: {', '.join(words) or 'not recorded'}."
        if codes & {"A", "P", "Q"}:
            said += " School Action and Action Plus become SEN support or no SEN."
        if "S" in codes:
            said += " A statement becomes a plan from the day the authority issued the plan."
        if codes and not self._may_follow():
            said += " No one status can follow for all of them: change them one by one."
        return said

    def save(self, values: dict[str, object]) -> None:
        """Write the change for every child it fits, in one commit."""
        code = str(values["code"])
        if code == "E" and values["start"] is None:
            raise InvalidRecord("form", [FieldProblem("start", "Give the date on the plan.")])
        proposal = Proposal()
        refused: list[str] = []
        for pupil in self._pupils:
            try:
                proposal += self._proposed(pupil, code, values)
            except SenregError as error:
                if len(self._pupils) == 1:
                    raise
                refused.append(f"{pupil_name(pupil)}: {error.happened}")
        ids: list[str] = []
        if proposal:
            with self.register.commit("Change SEN status") as commit:
                ids = proposal.write(commit)
        self.finish(ids[0] if ids else None)
        self._tell(code, len(ids), refused)

    def _proposed(self, pupil: Row, code: str, values: Mapping[str, object]) -> Proposal:
        statuses = self.register.find("sen_statuses", pupil=pupil.id)
        day = str(values["start"] or today().isoformat())
        reason = str(values["reason"] or "")
        told = values["parents_informed_on"]
        old = self._old[pupil.id]
        if old is not None and is_open(old) and old["code"] in NEW_STAGES:
            issued = day if code == "E" else None
            return stage_change(pupil.id, statuses, code, day, plan_issued_on=issued, reason=reason)
        return change_status(
            pupil.id, statuses, code, day, reason, parents_informed_on=str(told) if told else None
        )

    def _tell(self, code: str, changed: int, refused: Sequence[str]) -> None:
        word = status_look(code).word
        pupils = "1 pupil is" if changed == 1 else f"{changed} pupils are"
        if refused:
            from screens.dialogs.message import MessageDialog

            self.app.push_screen(
                MessageDialog(
                    f"{pupils} now: {word}. {len(refused)} were left as they are",
                    "\n".join(refused),
                )
            )
        else:
            say(self.app, f"{pupils} now: {word}. u takes it back.")


def _title(pupils: Sequence[Row]) -> str:
    if len(pupils) == 1:
        return f"Change the status of {pupil_name(pupils[0])}"
    return f"Change the status of {len(pupils)} pupils"


def _fields(codes: Sequence[str]) -> tuple[Field, ...]:
    choices = tuple((code, status_look(code).word) for code in codes)
    return (
        Field(
            "form",
            "code",
            "choice",
            required=True,
            about=About("New status", "Where the child stands from now on.", choices=choices),
        ),
        Field(
            "form",
            "start",
            "day",
            required=True,
            about=About("From", "The first day; for a plan, the date of issue that stands on it."),
        ),
        Field("form", "reason", "text", required=False, about=About("Why", long=True)),
        Field(
            "form",
            "parents_informed_on",
            "day",
            required=False,
            about=About("Parents told on", "SEN support begins with telling them."),
        ),
    )
