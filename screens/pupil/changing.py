"""Adding, changing and archiving the records of a pupil's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.forms.record_form import RecordForm, fresh
from screens.forms.sections import GROUPS, name_of
from screens.page import app_of
from screens.plain import line, say
from screens.pupil.in_pack import added_here
from senreg.register import Register, Row

if TYPE_CHECKING:
    from screens.app import SenregApp
    from screens.page import Page
    from screens.pupil.parts import Tab
    from screens.widgets.story import Entry

Added = Callable[["str | None"], None]


def edit(page: Page, row: Row, detail: str) -> None:
    """Open the form of a record; of the pupil's own, only the part that is highlighted."""
    if row.table == "targets":
        from screens.targets.writing import edit_target

        edit_target(app_of(page), row)
        return
    if row.table == "conversations":
        from screens.conversations.record import open_conversation

        pupil = page.register.get(row["pupil"] or "")
        if pupil is not None:
            open_conversation(app_of(page), pupil, row)
        return
    if row.table != "pupils":
        page.app.push_screen(RecordForm(page.register, row.table, row))
        return
    if detail == "standing":
        from screens.forms.status_form import StatusForm

        page.app.push_screen(StatusForm(page.register, [row]))
        return
    names = part_of(detail)
    page.app.push_screen(RecordForm(page.register, "pupils", row, fields=names, focus=detail))


def part_of(detail: str) -> tuple[str, ...] | None:
    """The fields of a pupil that are changed together with one; None for all of them."""
    return next((names for _, names in GROUPS["pupils"] if detail in names), None)


def new(page: Page, pupil: Row, tab: Tab, current: Entry | None, added: Added) -> None:
    """Add a record: of the table under the cursor, or of one that is chosen first."""
    if not tab.tables:
        say(page.app, "History is written by itself; nothing can be added here.")
        return
    tables = added_here(page.register, tab)
    here = current.detail if current is not None else ""
    tables.sort(key=lambda table: table != here)
    if len(tables) == 1:
        _form(page, pupil, tables[0], added, tab)
        return
    options = [Option(table, name_of(table).capitalize()) for table in tables]
    page.app.push_screen(
        ChooseDialog("What is to be added?", options),
        lambda table: _form(page, pupil, table, added, tab) if table else None,
    )


def _form(page: Page, pupil: Row, table: str, added: Added, tab: Tab) -> None:
    register = page.register
    if "conversations" in tab.tables:
        _of_conversations(page, pupil, table, added)
    elif table in ("target_reviews", "actions"):
        _about_target(page, pupil, table, added)
    elif table == "targets":
        from screens.targets.writing import write_target

        write_target(app_of(page), [pupil.id], added)
    elif table == "placements":
        from screens.assigning import assign

        assign(app_of(page), [pupil.id])
    elif table == "sen_statuses":
        from screens.forms.status_form import StatusForm

        page.app.push_screen(StatusForm(register, [pupil]), added)
    else:
        preset = {**fresh(table), "pupil": pupil.id, **_defaults(register, table, pupil)}
        page.app.push_screen(RecordForm(register, table, preset=preset), added)


def _of_conversations(page: Page, pupil: Row, table: str, added: Added) -> None:
    """A conversation, a try at one, or an action that follows from the last one held."""
    from senreg.rules.conversations import is_held, last_held

    register = page.register
    own = register.find("conversations", pupil=pupil.id)
    if table == "attempts":
        from screens.conversations.attempting import AttemptForm

        waiting = [row for row in own if not is_held(row)]
        latest = max(waiting, key=lambda row: str(row["planned_for"] or ""), default=None)
        page.app.push_screen(AttemptForm(register, pupil, latest))
    elif table == "actions":
        last = last_held(own)
        if last is None:
            say(page.app, "No conversation was held yet that an action could follow from.")
            return
        preset = {**fresh(table), "about": last["id"]}
        page.app.push_screen(RecordForm(register, table, preset=preset), added)
    else:
        from screens.conversations.beginning import begin

        begin(app_of(page), pupil, added)


def _about_target(page: Page, pupil: Row, table: str, added: Added) -> None:
    """A review or an action follows from a target: the one that is open, or one that is chosen."""
    from senreg.rules.target_life import is_open

    register = page.register
    targets = [row for row in register.find("targets", pupil=pupil.id) if is_open(row)]
    if not targets:
        say(page.app, "There is no open target to add this to.")
        return

    def form(target_id: str | None) -> None:
        target = register.get(target_id) if target_id is not None else None
        if target is None:
            return
        if table == "target_reviews":
            from screens.targets.reviewing import review

            review(app_of(page), target, added)
            return
        preset = {**fresh(table), "about": target.id}
        page.app.push_screen(RecordForm(register, table, preset=preset), added)

    if len(targets) == 1:
        form(targets[0].id)
        return
    options = [Option(row.id, line(row["statement"] or row["area"] or "")) for row in targets]
    page.app.push_screen(ChooseDialog("Which target?", options), form)


def _defaults(register: Register, table: str, pupil: Row) -> dict[str, object]:
    """What can be known beforehand of a new record of a pupil's."""
    seated = register.get(register.person)
    me = seated.id if seated is not None and seated.table == "staff" else None
    if table == "needs":
        ranks = [
            row["rank"]
            for row in register.find("needs", pupil=pupil.id)
            if not row["end"] and isinstance(row["rank"], int)
        ]
        return {"rank": max(ranks, default=0) + 1}
    if table == "barriers":
        return {"by": me}
    if table in ("assessments", "wider_marks"):
        last = max(
            register.find(table, pupil=pupil.id),
            key=lambda row: str(row["date"] or ""),
            default=None,
        )
        names = ("scale", "direction", "category") if table == "wider_marks" else ("scale",)
        return {name: last[name] for name in names} if last is not None else {}
    if table == "contacts":
        known: Sequence[Row] = register.find("contacts", pupil=pupil.id)
        return {"priority": len(known) + 1}
    return {}


def archive(app: SenregApp, row: Row) -> None:
    """Put a record away, or bring it back; u takes either back."""
    register = app.register
    assert register is not None
    if row.archived:
        with register.commit(f"Restore in {row.table}") as commit:
            commit.restore(row)
        say(app, f"The {name_of(row.table)} is back.")
        return
    if row.table == "pupils":
        _archive_pupil(app, row)
        return
    with register.commit(f"Archive in {row.table}") as commit:
        commit.archive(row)
    say(app, f"The {name_of(row.table)} was put away. u brings it back; o shows what is archived.")


def _archive_pupil(app: SenregApp, row: Row) -> None:
    """A child who has left is not archived but left: the question is asked first."""
    from screens.dialogs.ask import AskDialog

    def answer(yes: bool | None) -> None:
        if yes and app.register is not None:
            with app.register.commit("Archive a pupil") as commit:
                commit.archive(row)
            say(app, "The pupil was put away. u brings it back.")

    app.push_screen(
        AskDialog(
            "Put this pupil away?",
            "This is for a pupil who was added by mistake. For one who has left the school, "
            "edit the pupil and give the last day on roll instead.",
            yes="Put away",
            no="Leave as it is",
        ),
        answer,
    )
