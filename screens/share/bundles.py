"""Bundles: written here, merged here, and joined as a second copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.ask import AskDialog
from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.plain import line, say
from screens.share.places import remember_folder, suggested, usual_folder
from screens.welcome.coming import BUNDLE, PACK, ask_to_join
from screens.wording import moment_words
from senreg.models.tables import EMPLOYMENT, is_employment
from senreg.rules.naming import staff_named
from senreg.sync.standing import standing

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.sync.bundle import Bundle
    from senreg.sync.bundle_files import BundleSummary
    from senreg.sync.copies import Copy
    from senreg.sync.merge import MergePlan

NOT_ENCRYPTED = "It is not encrypted: whoever has it can read it. Hand it over with care."
ENCRYPTED = "It is encrypted: other copies open it, and to join one your passphrase does."
HOW_TO_JOIN = (
    "1  Export a bundle here (x), and take it to the other computer, on a stick for instance.\n"
    "2  There, start senreg and choose “Open or join a copy”, then the bundle.\n"
    "3  Work on both. When you meet, each exports a bundle and the other merges it (m).\n\n"
    "Both copies then know the same. What two people changed differently is put to a person."
)


def export(app: SenregApp) -> None:
    """Ask where, and write everything this copy knows into a bundle."""
    register = app.register
    assert register is not None
    copies = [] if register.pack is not None else [c for c in standing(register).copies if c.knows]
    if not copies:
        _ask_employment(app, register, None)
        return
    options = [Option("", "Any copy, or a new one", "everything, with its history")]
    options += [
        Option(
            each.id,
            line(f"{staff_named(each.by, register.get)}’s copy, {each.machine}".rstrip(", ")),
            f"only what it lacks since {moment_words(each.at)}",
        )
        for each in copies
    ]

    def chosen(copy: str | None) -> None:
        if copy is not None:
            _ask_employment(app, register, next((c for c in copies if c.id == copy), None))

    app.push_screen(
        ChooseDialog(
            "For whom is the bundle?",
            options,
            said="For a copy that was met, what it has already can stay out: the file is small.",
        ),
        chosen,
    )


def _ask_employment(app: SenregApp, register: Register, copy: Copy | None) -> None:
    of_performance = any(is_employment("objectives", row) for row in register.all("objectives"))
    if not of_performance and not any(register.count(table) for table in EMPLOYMENT):
        _export(app, register, copy, employment=False)
        return

    def chosen(answer: str | None) -> None:
        if answer is not None:
            _export(app, register, copy, employment=answer == "with")

    app.push_screen(
        ChooseDialog(
            "Do records of employment go along?",
            [
                Option("without", "No, they stay here", "as they should"),
                Option("with", "Yes, all of them", "for the head's own copy"),
            ],
            said="Training, lesson observations, staff feedback and objectives of performance "
            "management are no pupil's records.",
        ),
        chosen,
    )


def _export(app: SenregApp, register: Register, copy: Copy | None, *, employment: bool) -> None:
    since = dict(copy.knows) if copy is not None else None

    def chosen(path: Path | None) -> None:
        if path is None:
            return
        remember_folder(app, path)

        def job(doing: Work) -> BundleSummary:
            from senreg.sync.bundle import export_bundle

            doing.report(0, 0, "Gathering every edit…")
            return export_bundle(register, path, doing.watch, since=since, employment=employment)

        kept = how_kept(register, copy)
        work(app, "Exporting a bundle", job, lambda summary: _told_export(app, summary, kept))

    app.push_screen(
        PathDialog(
            "Where the bundle goes",
            wants="new file",
            start=suggested(app, "register", BUNDLE),
            endings=(BUNDLE,),
            said=f"{held_by(register, copy)} {how_kept(register, copy)}",
            words="Write it here",
        ),
        chosen,
    )


def held_by(register: Register, copy: Copy | None = None) -> str:
    """What a bundle of a register holds, where it is for one copy alone."""
    if copy is not None:
        whose = line(staff_named(copy.by, register.get))
        return f"What {whose}’s copy lacks: no other takes it, and none is joined from it."
    if register.pack is not None:
        return "What you wrote in this staff pack, with what you were given."
    return "Everything in this register with its history."


def how_kept(register: Register, copy: Copy | None = None) -> str:
    """Whether a bundle of a register can be read by whoever has it."""
    if register.pack is not None:
        return "It is encrypted, and the SENCO’s register opens it."
    if register.sealed and copy is not None:
        return "It is encrypted, and that copy opens it."
    return ENCRYPTED if register.sealed else NOT_ENCRYPTED


def _told_export(app: SenregApp, summary: BundleSummary, kept: str) -> None:
    said = (
        f"{summary.records:,} records with their history, {summary.operations:,} edits, "
        f"{summary.size / 1000:,.0f} kB.\n{summary.path}\n\n{kept}"
    )
    if summary.lost:
        said += (
            f"\n\n! It lacks {summary.lost:,} saved changes that can no longer be read: join no "
            "copy from it."
        )
    app.push_screen(MessageDialog("The bundle is written", said))


def explain_joining(app: SenregApp) -> None:
    """Say how a second copy comes about, and offer to make one here."""

    def answered(yes: bool | None) -> None:
        if yes:
            ask_to_join(app)

    app.push_screen(
        AskDialog(
            "A second copy to work in",
            HOW_TO_JOIN,
            yes="Make a copy from a bundle, here",
            no="Close",
        ),
        answered,
    )


def merge(app: SenregApp) -> None:
    """Ask for a bundle, show in words what it brings, and bring it in."""
    register = app.register
    assert register is not None
    if register.read_only and not register.ended:
        say(app, "This register is open for reading only.", severity="warning")
        return

    def chosen(path: Path | None) -> None:
        if path is not None:
            from screens.vault.bundles import open_bundle

            remember_folder(app, path)
            open_bundle(app, path, compare, register)

    def compare(bundle: Bundle, typed: str) -> None:
        del typed
        work(
            app,
            "Comparing the bundle",
            lambda doing: _planned(app, bundle, doing),
            lambda plan: _show_plan(app, bundle, plan),
        )

    app.push_screen(
        PathDialog(
            "The bundle to bring in",
            wants="file",
            start=usual_folder(app),
            endings=(BUNDLE if register.pack is None else PACK,),
            said="You read what it would change before anything is changed.",
            words="Look at it",
        ),
        chosen,
    )


def _planned(app: SenregApp, bundle: Bundle, doing: Work) -> MergePlan:
    from senreg.sync.merge import plan_merge

    assert app.register is not None
    doing.report(0, 0, "Comparing it with this copy…")
    # What comes under a key that was given up is shown like any other, and asked about twice.
    plan = plan_merge(app.register, bundle, old_key=True)
    doing.pause()
    return plan


def _show_plan(app: SenregApp, bundle: Bundle, plan: MergePlan) -> None:
    from screens.dialogs.merging import MergeDialog

    register = app.register
    assert register is not None
    by = staff_named(bundle.by, register.get)
    made = f"Made {moment_words(bundle.made_at)}" + (f" by {by}." if by else ".")
    if not plan.operations and plan.outside:
        _ask_outside(app, bundle, plan)
        return
    if not plan.operations:
        from senreg.sync.copies import met, of_bundle

        met(register, [of_bundle(bundle)], {})
        register.weigh_again()
        app.push_screen(
            MessageDialog("There is nothing new in this bundle", f"{made} Nothing was changed.")
        )
        return

    def sure(yes: bool | None) -> None:
        if yes:
            _apply(app, bundle, plan)

    def answered(yes: bool | None) -> None:
        if yes and bundle.retired:
            app.push_screen(_trust(by), sure)
        else:
            sure(yes)

    app.push_screen(MergeDialog(made, summary(plan), plan.details, erases=plan.erases), answered)


def _ask_outside(app: SenregApp, bundle: Bundle, plan: MergePlan) -> None:
    """Show what came back from a staff pack and is not within it; it comes in if a person says."""
    from screens.dialogs.merging import PreviewDialog

    count = sum(len(each["ops"]) for each in plan.outside)

    def job(doing: Work) -> MergePlan:
        from senreg.sync.merge import plan_merge

        assert app.register is not None
        doing.report(0, 0, "Comparing it with this copy…")
        return plan_merge(app.register, bundle, take_outside=True)

    def left(doing: Work) -> int:
        from senreg.sync.asides import set_aside

        assert app.register is not None
        doing.report(0, 0, "Keeping what was left…")
        return set_aside(app.register, plan)

    def answered(yes: bool | None) -> None:
        if yes:
            work(app, "Comparing", job, lambda whole: _apply(app, bundle, whole))
        else:
            work(app, "Set aside", left, lambda _: None)

    app.push_screen(
        PreviewDialog(
            "Not within the staff pack",
            f"{count:,} edit{'' if count == 1 else 's'} of what its holder was not given to "
            "change. Set aside: the register is without them.",
            plan.outside_details,
            after="Left out, they are kept under “Packs made”, and can be taken in after all.",
            yes="Take them in",
        ),
        answered,
    )


def _trust(by: str) -> AskDialog:
    """The question about what a copy did that still has a key which was given up."""
    return AskDialog(
        "From a copy with the key that was given up",
        f"Whoever has that key can write as {by or 'anybody'}. Do you know that this is theirs?",
        yes="Bring it in",
        no="Leave it out",
    )


def _apply(app: SenregApp, bundle: Bundle, plan: MergePlan) -> None:
    register = app.register
    assert register is not None

    def job(doing: Work) -> int:
        from senreg.sync.copies import of_bundle
        from senreg.sync.taking_in import take_in

        doing.report(0, 0, f"{plan.operations:,} edits…")
        doing.pause()
        return take_in(register, plan, [of_bundle(bundle)])

    work(app, "Merging", job, lambda new: _merged(app, bundle, plan, new))


def _merged(app: SenregApp, bundle: Bundle, plan: MergePlan, to_review: int) -> None:
    say(app, f"Brought in: {summary(plan)}.")
    if to_review:
        say(app, f"It brought about {to_review} to review: press v on Share.", severity="warning")
    conflicts = len(app.register.conflicts()) if app.register is not None else 0
    if conflicts:
        from screens.share.conflicts import Conflicts

        app.push_screen(Conflicts())
    if plan.outside:
        _ask_outside(app, bundle, plan)


def summary(plan: MergePlan) -> str:
    """How much a merge brings: '12 edits of 5 records, 1 conflict'."""
    parts = [
        (plan.operations, "edit", "edits"),
        (plan.records, "record", "records"),
        (plan.conflicts, "conflict", "conflicts"),
    ]
    counted: Sequence[str] = [
        f"{count:,} {one if count == 1 else many}" for count, one, many in parts
    ]
    said = f"{counted[0]} of {counted[1]}"
    return f"{said}, {counted[2]}" if plan.conflicts else said
