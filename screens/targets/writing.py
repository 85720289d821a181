"""Writing a target: for whom, from which example, then the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line, plain, say
from screens.widgets.record_list import RecordList
from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.target_rows import KINDS, area_words
from senreg.rules.target_steps import from_example, successor, usual_owner

if TYPE_CHECKING:
    from screens.app import SenregApp

Then = Callable[["str | None"], None]
"""What is done with the id of the target that was written; None where none was."""

BLANKS = {"curricular": "A blank curricular target", "wider": "A blank wider-outcome target"}


def write_target(
    app: SenregApp,
    pupil_ids: Sequence[str] = (),
    then: Then | None = None,
    *,
    example: str = "",
    near: str = "",
) -> None:
    """Write a target: choose the pupil if none is given, then an example or none, then write.

    Args:
        app: The app.
        pupil_ids: For whom; empty to choose.
        then: What to do afterwards.
        example: The id of the example to begin from; empty to choose.
        near: The pupil to offer first.
    """
    register = app.register
    assert register is not None
    if pupil_ids:
        _from_example(app, register, list(dict.fromkeys(pupil_ids)), then, example)
        return
    app.push_screen(
        ChooseDialog(
            "A target for whom?",
            pupil_options(register),
            now=near,
            said="For several children at once: mark them in the Register, then act on them.",
            empty="There are no pupils yet.",
        ),
        lambda chosen: _from_example(app, register, [chosen], then, example) if chosen else None,
    )


def pupil_options(register: Register) -> list[Option]:
    """The children on roll, with class and status."""
    from senreg.rules.register_filter import filter_rows
    from senreg.rules.register_rows import register_rows

    return [
        Option(
            row.id,
            line(row.name),
            line(f"{row.class_name}  {row.look.word}" if row.has_sen else row.class_name),
            search=row.haystack,
        )
        for row in filter_rows(register_rows(register, today()))
    ]


class ExampleDialog(ChooseDialog):
    """The bank of examples, wide enough to be read; the highlighted one stands in full below."""

    DEFAULT_CSS = """
    ExampleDialog {
        & > #box { width: 124; }
        #whole { height: 3; padding: 0 1; margin-top: 1; color: $muted; }
        &.-short #whole { height: 2; margin: 0; }
    }
    """

    def content(self) -> ComposeResult:
        """The filter, the list, and below it the whole of what is highlighted."""
        yield from super().content()
        yield Static(id="whole")

    @on(RecordList.Highlighted)
    def _show_whole(self) -> None:
        here = self._list.current
        words = "  ·  ".join(filter(None, (here.text, here.note))) if here is not None else ""
        self.query_one("#whole", Static).update(plain(words))


def _from_example(
    app: SenregApp, register: Register, pupil_ids: Sequence[str], then: Then | None, example: str
) -> None:
    if example:
        _form(app, register, pupil_ids, then, example)
        return
    app.push_screen(
        ExampleDialog(
            "Begin from",
            [
                *(Option(kind, words, tone="accent") for kind, words in BLANKS.items()),
                *example_options(register),
            ],
            said="Type an area or a word; … stands where something is filled in.",
        ),
        lambda chosen: _form(app, register, pupil_ids, then, chosen) if chosen else None,
    )


def example_options(register: Register) -> list[Option]:
    """The examples of the bank: curricular before wider, by area."""
    kinds = list(KINDS)
    rows = sorted(
        register.all("target_examples"),
        key=lambda row: (
            kinds.index(row["kind"]) if row["kind"] in kinds else len(kinds),
            area_words(row["area"]),
            str(row["statement"] or ""),
        ),
    )
    return [
        Option(
            row.id,
            line(row["statement"] or row["measure"] or "(no wording)"),
            line(f"{KINDS.get(row['kind'], row['kind'])}: {area_words(row['area'])}"),
            search=line(row["child_statement"]),
        )
        for row in rows
    ]


def _form(
    app: SenregApp, register: Register, pupil_ids: Sequence[str], then: Then | None, chosen: str
) -> None:
    from screens.targets.form import TargetForm

    pupils = [row for row in map(register.get, pupil_ids) if row is not None]
    if not pupils:
        return
    example = register.get(chosen)
    values = from_example(example) if example is not None else {"kind": chosen}
    person = register.get(register.person)
    values["owner"] = usual_owner(pupils, person)
    values["set_on"] = today().isoformat()
    form = TargetForm(register, pupils, values, focus="statement" if example else "area")
    app.push_screen(form, lambda saved: _saved(app, len(pupils), saved, then))


def _saved(app: SenregApp, count: int, saved: str | None, then: Then | None) -> None:
    if saved is not None:
        what = "The target is" if count == 1 else f"{count} targets are"
        say(app, f"{what} written. u takes it back.")
    if then is not None:
        then(saved)


def edit_target(app: SenregApp, target: Row, focus: str = "statement") -> None:
    """Change a target."""
    from screens.targets.form import TargetForm

    assert app.register is not None
    pupil = app.register.get(target["pupil"] or "")
    pupils = [pupil] if pupil is not None else []
    app.push_screen(TargetForm(app.register, pupils, row=target, focus=focus))


def follow_target(app: SenregApp, target: Row, then: Then | None = None) -> None:
    """Write the target that follows another, which is closed by it."""
    from screens.targets.form import TargetForm

    register = app.register
    assert register is not None
    now = register.get(target.id) or target
    pupil = register.get(now["pupil"] or "")
    values = successor(now, register.find("target_reviews", target=now.id))
    values["set_on"] = today().isoformat()

    def saved(target_id: str | None) -> None:
        if target_id is None:
            say(app, "No next target was written; this one stays open.", severity="warning")
        else:
            say(app, "The next target is written, and the one before is closed.")
        if then is not None:
            then(target_id)

    if pupil is not None:
        app.push_screen(TargetForm(register, [pupil], values, follows=now.id), saved)
