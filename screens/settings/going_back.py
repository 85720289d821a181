"""Going back to a backup: read first, then one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.message import MessageDialog
from screens.dialogs.working import Work, work
from screens.plain import say
from screens.wording import moment_words

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.restoring import MendPlan, RestorePlan

CAN_BE_UNDONE = (
    "What was written since stays in the history, and a backup of now is made first. It is one "
    "step: u takes it back."
)
NOTHING_DELETED = "What lies in the folder now is moved aside, and nothing is deleted."


def go_back(app: SenregApp, backup: Path) -> None:
    """Show in words what going back to a backup would change, and do it."""
    register = app.register
    assert register is not None

    def job(doing: Work) -> RestorePlan | MendPlan:
        from senreg.restoring import plan_for

        doing.report(0, 0, "Reading the backup, and comparing it…")
        return plan_for(register, backup)

    work(app, "Reading the backup", job, lambda plan: _look(app, register, plan))


def _look(app: SenregApp, register: Register, plan: RestorePlan | MendPlan) -> None:
    from screens.dialogs.merging import PreviewDialog
    from senreg.restoring import RestorePlan

    of = f"The backup is of {moment_words(plan.made_at)}."
    if isinstance(plan, RestorePlan):
        if not plan.records:
            app.push_screen(MessageDialog("Nothing has changed since that backup", of))
            return
        if register.read_only:
            say(app, "This register is open for reading only.", severity="warning")
            return
        said = f"{of} {summary(plan)}"
        after = CAN_BE_UNDONE
    else:
        said, after = of, NOTHING_DELETED

    def answered(yes: bool | None) -> None:
        if not yes:
            return
        if isinstance(plan, RestorePlan):
            _apply(app, register, plan)
        else:
            _mend(app, register, plan)

    app.push_screen(
        PreviewDialog(
            "What going back would change", said, plan.details, after=after, yes="Go back"
        ),
        answered,
    )


def _apply(app: SenregApp, register: Register, plan: RestorePlan) -> None:
    def job(doing: Work) -> None:
        from senreg.restoring import apply_restore

        doing.report(0, 0, f"{plan.records:,} records…")
        doing.pause()
        apply_restore(register, plan)

    def done(_: None) -> None:
        app.follow()
        say(app, f"The register is as it was {moment_words(plan.made_at)}. u takes that back.")

    work(app, "Going back", job, done)


def _mend(app: SenregApp, register: Register, plan: MendPlan) -> None:
    def job(doing: Work) -> Register:
        from senreg.restoring import mended

        doing.report(0, 0, "Putting it together…")
        return mended(register, plan)

    def done(whole: Register) -> None:
        app.call_later(app.show_register, whole)
        say(app, "The register is whole again.")

    work(app, "Putting the register together", job, done, stoppable=False)


def summary(plan: RestorePlan) -> str:
    """How much going back changes: '2 records come back, 1 is put away.'."""
    parts = [
        f"{count:,} {one if count == 1 else many}"
        for count, one, many in (
            (plan.back, "record comes back", "records come back"),
            (plan.away, "is put away", "are put away"),
            (plan.changed, "is as it was then", "are as they were then"),
        )
        if count
    ]
    return ", ".join(parts) + "."
