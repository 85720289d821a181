"""A staff pack is made: for whom, of which children, until when, and what opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, ChooseManyDialog, Option
from screens.dialogs.merging import PreviewDialog
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.plain import line, say
from screens.share.places import remember_folder, suggested
from screens.vault.bundles import PACK
from senreg.clock import today
from senreg.models.days import end_of_term, parse_day, shown_day
from senreg.models.text import folded
from senreg.rules.classes import classes
from senreg.rules.dates import school_year_of, school_year_span
from senreg.rules.naming import list_name, staff_named
from senreg.rules.pack_scope import pupils_for
from senreg.rules.reading import covers, iso
from senreg.rules.roll import on_roll

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.sync.bundle_files import BundleSummary
    from senreg.sync.packs import PackPlan, StaffPack

HANDED = (
    "It is encrypted. Give the file to whom it is for, and tell the passphrase apart from it. "
    "There, senreg opens it: “Open or join a copy”. What comes back is merged here (m)."
)
RENEWED = "It is encrypted, and only a pack that was joined before takes it in: merge it there (m)."
_OWN, _SOME = "\x00own", "\x00some"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was chosen so far."""

    staff: str
    class_name: str = ""
    pupils: Sequence[str] = ()
    renews: StaffPack | None = None


def make_pack(app: SenregApp) -> None:
    """Ask for whom a pack is, then the rest of it, and write it."""
    register = _register(app)
    if register.read_only:
        say(app, "This register is open for reading only.", severity="warning")
        return
    day = today()
    rows = [row for row in register.all("staff") if covers(row, iso(day), "since", "until")]
    options = [
        Option(
            row.id,
            line(staff_named(row.id, register.get)),
            _children(len(pupils_for(register, day, staff=row.id))),
        )
        for row in rows
    ]
    options.sort(key=lambda option: folded(option.text))

    def chosen(staff: str | None) -> None:
        if staff is not None:
            _ask_children(app, staff)

    app.push_screen(
        ChooseDialog(
            "Whom is the pack for?",
            options,
            said="Beside each, of how many children that is the key teacher.",
            empty="Nobody is staff yet: add them under Settings.",
        ),
        chosen,
    )


def renew(app: SenregApp, pack: StaffPack) -> None:
    """Ask until when a pack is to last now, and write a newer one."""
    _ask_until(app, _Wanted(pack.staff, pack.class_name, renews=pack))


def _ask_children(app: SenregApp, staff: str) -> None:
    register, day = _register(app), today()
    own = pupils_for(register, day, staff=staff)
    options = [Option(_OWN, "Those whose key teacher this is", _children(len(own)))] if own else []
    options += [
        Option(each.name, f"Class {line(each.name)}", _children(each.children))
        for each in classes(register, day)
    ]
    options.append(Option(_SOME, "Some children, one by one"))

    def chosen(which: str | None) -> None:
        if which == _OWN:
            _ask_until(app, _Wanted(staff))
        elif which == _SOME:
            _ask_some(app, staff)
        elif which is not None:
            _ask_until(app, _Wanted(staff, class_name=which))

    app.push_screen(ChooseDialog("Which children are in it?", options), chosen)


def _ask_some(app: SenregApp, staff: str) -> None:
    options = [
        Option(row["id"], line(list_name(row)), line(row.get("class_name")))
        for row in on_roll(_register(app), today())
    ]
    options.sort(key=lambda option: folded(option.text))

    def chosen(pupils: list[str] | None) -> None:
        if pupils:
            _ask_until(app, _Wanted(staff, pupils=pupils))

    app.push_screen(
        ChooseManyDialog("Which children are in it?", options, empty="There are no pupils yet."),
        chosen,
    )


def _ask_until(app: SenregApp, wanted: _Wanted) -> None:
    register, day = _register(app), today()
    days = {
        "The end of this term": end_of_term(day, register.all("terms")),
        "The end of the school year": school_year_span(school_year_of(day))[1],
    }
    options = [Option(each.isoformat(), words, shown_day(each)) for words, each in days.items()]

    def chosen(typed: str | None) -> None:
        if typed is None:
            return
        try:
            last = parse_day(typed, today=day, terms=register.all("terms"))
        except ValueError as problem:
            say(app, str(problem), severity="warning")
            _ask_until(app, wanted)
            return
        _plan(app, wanted, last)

    app.push_screen(
        ChooseDialog(
            "Until when may it be worked in?",
            options,
            said="After that day it can only be read. Another day can be typed.",
            typed=True,
        ),
        chosen,
    )


def _plan(app: SenregApp, wanted: _Wanted, last: date) -> None:
    register = _register(app)

    def job(doing: Work) -> tuple[PackPlan, list[str]]:
        from senreg.sync.packs import details_of, plan_pack, plan_renewal

        doing.report(0, 0, "Gathering what it may hold…")
        if wanted.renews is not None:
            plan = plan_renewal(register, wanted.renews, last, today())
            return plan, details_of(register, plan)
        plan = plan_pack(
            register,
            wanted.staff,
            last,
            today(),
            class_name=wanted.class_name,
            pupils=wanted.pupils,
        )
        return plan, details_of(register, plan)

    work(app, "A staff pack", job, lambda found: _show(app, *found))


def _show(app: SenregApp, plan: PackPlan, details: Sequence[str]) -> None:
    register = _register(app)
    who = staff_named(plan.staff, register.get)

    def answered(yes: bool | None) -> None:
        if yes and plan.renews:
            _ask_whether_new(app, plan)
        elif yes:
            _ask_passphrase(app, plan)

    app.push_screen(
        PreviewDialog(
            f"A staff pack for {line(who)}",
            f"{_children(len(plan.pupils))}, until {shown_day(plan.until)}.",
            details,
            after="What it may hold is in Settings, with the school: Staff packs may hold.",
            yes="Go on" if plan.renews else "Choose a passphrase",
        ),
        answered,
    )


def _ask_whether_new(app: SenregApp, plan: PackPlan) -> None:
    def chosen(which: str | None) -> None:
        if which == "new":
            _ask_passphrase(app, plan)
        elif which is not None:
            _ask_where(app, plan, None)

    app.push_screen(
        ChooseDialog(
            "What is to open the newer pack?",
            [
                Option("same", "The pack that was joined before", "no passphrase is asked"),
                Option("new", "A new passphrase as well", "to join it on another computer"),
            ],
        ),
        chosen,
    )


def _ask_passphrase(app: SenregApp, plan: PackPlan) -> None:
    from screens.vault.making import ask_own_passphrase, hints_of

    ask_own_passphrase(
        app,
        "A passphrase for this pack",
        hints_of(app, _register(app)),
        lambda passphrase: _ask_where(app, plan, passphrase),
    )


def _ask_where(app: SenregApp, plan: PackPlan, passphrase: str | None) -> None:
    register = _register(app)

    def chosen(path: Path | None) -> None:
        if path is None:
            return
        remember_folder(app, path)
        work(app, "Making the pack", _writing(register, plan, path, passphrase), told)

    def told(summary: BundleSummary) -> None:
        said = f"{_children(len(plan.pupils))}, {summary.records:,} records.\n{summary.path}"
        how = HANDED if passphrase is not None else RENEWED
        app.push_screen(MessageDialog("The pack is written", f"{said}\n\n{how}"))

    app.push_screen(
        PathDialog(
            "Where the pack goes",
            wants="new file",
            start=suggested(app, "pack", PACK),
            endings=(PACK,),
            said="A stick, or a folder that only the two of you can open.",
            words="Write it here",
        ),
        chosen,
    )


def _writing(
    register: Register, plan: PackPlan, path: Path, passphrase: str | None
) -> Callable[[Work], BundleSummary]:
    def job(doing: Work) -> BundleSummary:
        from senreg.sync.packs import export_pack

        doing.report(0, 0, "Making the key, and writing…")
        doing.pause()
        return export_pack(register, plan, path, passphrase)

    return job


def _register(app: SenregApp) -> Register:
    assert app.register is not None
    return app.register


def _children(count: int) -> str:
    return "1 child" if count == 1 else f"{count:,} children"
