"""Erasing a child for good: what goes, the name typed once more, and the certificate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.forms.drafts import drop_draft
from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import say
from screens.share.places import remember_folder, suggested
from senreg.clock import today
from senreg.models.describe import About, Field
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name
from senreg.rules.nouns import counted_list
from senreg.rules.reading import covers

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.erasure import Erased, Erasing
    from senreg.register import Register
    from senreg.reports.certificate import Certificate

Answers = dict[str, object]

PUT_ASIDE = About(
    "Damaged files too",
    "Yes removes them, with whatever else only they hold; no keeps them, and the certificate "
    "says where they are.",
)


def _keep_about(years: list[str]) -> About:
    return About(
        "Keep figures first",
        f"The child counts in the figures of {', '.join(years)}, and none of those were kept. Yes "
        "keeps them now, without any child's name; later they only come without this child.",
    )


class EraseForm(Form["Answers | None"]):
    """Asks why, and for the child's name.

    Args:
        plan: What would be erased.
    """

    def __init__(self, plan: Erasing) -> None:
        from senreg.erasure import REASONS, confirmation

        self._plan = plan
        name = confirmation(plan.pupil)
        reason = About("Reason", choices=REASONS)
        said = About("More about it", "Stands on the certificate alone, not in the register.")
        typed = About("Type the name", f"Surname and forename: {name}")
        fields = (
            Field("form", "reason", "choice", True, reason),
            Field("form", "said", "line", False, said),
            *((Field("form", "put_aside", "yes_no", True, PUT_ASIDE),) if plan.aside else ()),
            *(
                (Field("form", "keep_figures", "yes_no", True, _keep_about(plan.unkept)),)
                if plan.unkept
                else ()
            ),
            Field("form", "typed", "line", True, typed),
        )
        super().__init__(
            f"Erase {pupil_name(plan.pupil)} for good",
            [Section("", fields)],
            {"keep_figures": True} if plan.unkept else {},
            said=said_of(plan),
            save="Erase for good",
        )

    def save(self, values: Answers) -> None:
        """Give the answers. Raises InvalidRecord where another name was typed."""
        from senreg.erasure import is_confirmed
        from senreg.errors import FieldProblem, InvalidRecord

        if not is_confirmed(self._plan.pupil, str(values["typed"])):
            problem = FieldProblem("typed", "This is not the child's surname and forename.")
            raise InvalidRecord("form", [problem])
        self.finish(values)


def said_of(plan: Erasing) -> str:
    """What is to be known before a child is erased."""
    said = [
        (
            f"This takes {counted_list(plan.counts)} out of every file of this register, with "
            "their history. Nothing brings them back, and copies erase them when they next merge."
        )
    ]
    if plan.handed:
        said.append(
            "Bundles, spreadsheets and papers made earlier cannot be reached; the certificate "
            "lists them."
        )
    if plan.aside:
        said.append(
            "Damaged files were put aside when this register was put together again. They cannot "
            "be cleaned and may hold the child."
        )
    if plan.mentions:
        others: dict[str, int] = {}
        for hit in plan.mentions:
            others[hit.row.table] = others.get(hit.row.table, 0) + 1
        said.append(f"The name stands in other records too, which stay: {counted_list(others)}.")
    return "\n".join(said)


def erase_pupil(app: SenregApp, pupil_id: str) -> None:
    """Show what would go, ask for the reason and the name, and erase."""
    register = app.register
    assert register is not None

    def look(_: object) -> Erasing:
        from senreg.erasure import plan_erasing

        return plan_erasing(register, pupil_id, today())

    work(app, "Looking for all that is kept about the child", look, lambda plan: _ask(app, plan))


def hold_file(app: SenregApp, pupil_id: str) -> None:
    """Write a hold on a child's file, or change the one in force."""
    from screens.forms.record_form import RecordForm

    register = app.register
    assert register is not None
    day = today().isoformat()
    holds = register.find("holds", pupil=pupil_id)
    standing = next((row for row in holds if covers(row, day)), None)
    preset = None if standing else {"pupil": pupil_id}
    title = "A hold on the child's file"
    app.push_screen(RecordForm(register, "holds", standing, preset=preset, title=title))


def _ask(app: SenregApp, plan: Erasing) -> None:
    if plan.holds:
        hold = plan.holds[0]
        until = f" until {short_day(hold['end'])}" if hold["end"] else ""
        why = f"\n{hold['reason']}" if hold["reason"] else ""
        app.push_screen(
            MessageDialog("There is a hold on this file", f"It is not erased{until}.{why}")
        )
        return

    def answered(values: Answers | None) -> None:
        if values is not None:
            _erase(app, plan, values)

    app.push_screen(EraseForm(plan), answered)


def _erase(app: SenregApp, plan: Erasing, values: Answers) -> None:
    register = app.register
    assert register is not None
    child = pupil_name(plan.pupil)

    def job(_: object) -> tuple[Erased, Certificate]:
        from senreg.erasure import erase, keep_figures
        from senreg.reports.certificate import certificate

        if values.get("keep_figures"):
            keep_figures(register, plan, today())
        too = bool(values.get("put_aside"))
        erased = erase(register, plan, str(values["reason"]), put_aside_too=too)
        said = str(values["said"] or "")
        return erased, certificate(register, erased, child=child, said=said)

    def done(result: tuple[Erased, Certificate]) -> None:
        _drop_drafts(register, plan)
        _keep(app, result[1])

    work(app, "Erasing", job, done, stoppable=False)


def _keep(app: SenregApp, page: Certificate) -> None:
    """Ask where the certificate goes; where it goes nowhere, it is shown at least."""

    def chosen(path: Path | None) -> None:
        from senreg.reports.certificate import as_text, save

        if path is not None and app.attempt(lambda: save(page, path)):
            remember_folder(app, path)
            say(app, f"The certificate is kept as {path}")
        else:
            app.push_screen(MessageDialog("The child is erased", as_text(page)))

    app.push_screen(
        PathDialog(
            "The child is erased. Where does the certificate go?",
            wants="new file",
            start=suggested(app, "erased", ".html"),
            endings=(".html", ".txt"),
            said="It names the child and says what was done. It cannot be made again.",
            words="Keep it here",
        ),
        chosen,
    )


def _drop_drafts(register: Register, plan: Erasing) -> None:
    """Forget the forms about the child that were left unfinished on this machine."""
    from senreg.models.tables import TABLES

    for each in plan.records:
        drop_draft(register, f"{register.register_id}/{each.table}/{each.id}")
        if each.table in ("pupils", "targets"):
            for table in TABLES:
                drop_draft(register, f"{register.register_id}/{table}/new/{each.id}")
