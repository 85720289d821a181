"""The packs that were made: renewed, withdrawn, and what came back from them and was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.ask import AskDialog
from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.merging import PreviewDialog
from screens.dialogs.working import Work, work
from screens.plain import line, say
from screens.share.staff_packs import renew
from screens.wording import moment_words
from senreg.clock import today
from senreg.models.days import shown_day
from senreg.rules.naming import staff_named
from senreg.sync.asides import Aside, asides, said_of, take_after_all
from senreg.sync.packs import packs_made, reinstate, withdraw

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.sync.packs import StaffPack

_LEFT = "\x00left"


def show_packs(app: SenregApp) -> None:
    """The packs, the one that ends last first; above them what was left of any."""
    register = _register(app)
    made = {pack.id: pack for pack in packs_made(register)}
    left = sum(each.edits for each in asides(register))
    options = [Option(_LEFT, "What came back and was left", _edits(left), "warn")] if left else []
    options += [Option(each.id, _whose(register, each), _state(each)) for each in made.values()]

    def chosen(which: str | None) -> None:
        if which == _LEFT:
            _show_left(app)
        elif which is not None:
            _ask_what(app, made[which])

    app.push_screen(
        ChooseDialog("Staff packs that were made", options, empty="No staff pack was made yet."),
        chosen,
    )


def _ask_what(app: SenregApp, pack: StaffPack) -> None:
    register = _register(app)
    if register.read_only:
        say(app, "This register is open for reading only.", severity="warning")
        return
    if pack.withdrawn:
        _ask_to_reinstate(app, register, pack)
        return

    def chosen(which: str | None) -> None:
        if which == "renew":
            renew(app, pack)
        elif which == "withdraw":
            app.push_screen(_sure(_whose(register, pack)), answered)

    def answered(yes: bool | None) -> None:
        if yes:
            work(app, "Withdrawing", withdrawing, lambda _: say(app, "The pack is withdrawn."))

    def withdrawing(doing: Work) -> None:
        doing.report(0, 0, "Withdrawing the pack…")
        withdraw(register, pack, today())

    app.push_screen(
        ChooseDialog(
            _whose(register, pack),
            [
                Option("renew", "Renew it", "another last day, and what is new"),
                Option("withdraw", "Withdraw it", "what comes back is set aside"),
            ],
        ),
        chosen,
    )


def _ask_to_reinstate(app: SenregApp, register: Register, pack: StaffPack) -> None:
    def answered(yes: bool | None) -> None:
        if yes:
            work(app, "Reinstating", job, lambda _: say(app, "The pack is in use again."))

    def job(doing: Work) -> None:
        doing.report(0, 0, "Reinstating the pack…")
        reinstate(register, pack)

    app.push_screen(
        AskDialog(
            "Reinstate this pack?",
            f"{_whose(register, pack)}. It was withdrawn on {shown_day(pack.withdrawn)}. What "
            "comes back from it is merged again. What was left stays set aside until it comes "
            "back once more, or is taken in under Packs made.",
            yes="Reinstate it",
            no="Leave it withdrawn",
        ),
        answered,
    )


def _sure(whose: str) -> AskDialog:
    return AskDialog(
        "Withdraw this pack?",
        f"{whose}. Whatever comes back from it is shown and set aside from now on. The file and "
        "what was joined from it stay readable to whoever has them.",
        yes="Withdraw it",
        no="Leave it",
    )


def _show_left(app: SenregApp) -> None:
    register = _register(app)
    left = {each.id: each for each in asides(register)}
    options = [
        Option(each.id, line(said_of(register, each)[-1]), f"{_by(register, each)}", search=each.by)
        for each in left.values()
    ]

    def chosen(which: str | None) -> None:
        if which is not None:
            _ask_to_take(app, left[which])

    app.push_screen(ChooseDialog("What came back and was left", options), chosen)


def _ask_to_take(app: SenregApp, aside: Aside) -> None:
    register = _register(app)

    def job(doing: Work) -> int:
        doing.report(0, 0, "Taking it in…")
        return take_after_all(register, [aside.id])

    def answered(yes: bool | None) -> None:
        if yes:
            work(app, "Taking in", job, lambda count: say(app, f"Taken in: {_edits(count)}."))

    app.push_screen(
        PreviewDialog(
            "Left out until now",
            f"{_edits(aside.edits)}, left by {_by(register, aside)}.",
            said_of(register, aside),
            after="It was not within the staff pack it came back from.",
            yes="Take it in after all",
        ),
        answered,
    )


def _by(register: Register, aside: Aside) -> str:
    return line(f"{staff_named(aside.by, register.get)}, {moment_words(aside.at)}")


def _whose(register: Register, pack: StaffPack) -> str:
    count = len(pack.pupils)
    what = f"class {pack.class_name}, " if pack.class_name else ""
    children = "1 child" if count == 1 else f"{count:,} children"
    return line(f"{staff_named(pack.staff, register.get)}: {what}{children}")


def _state(pack: StaffPack) -> str:
    if pack.withdrawn:
        return f"withdrawn {shown_day(pack.withdrawn)}"
    return f"{'ended' if pack.is_over(today()) else 'until'} {shown_day(pack.until)}"


def _edits(count: int) -> str:
    return "1 edit" if count == 1 else f"{count:,} edits"


def _register(app: SenregApp) -> Register:
    assert app.register is not None
    return app.register
