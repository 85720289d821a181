"""Placing pupils in a group: choose the group, hear what clashes, then the scores at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.dialog import Dialog
from screens.plain import line, plain, say
from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.naming import group_name, list_name
from senreg.rules.nouns import counted
from senreg.rules.placing import GroupChoice, PlacingPlan, group_choices, placing_plan

if TYPE_CHECKING:
    from screens.app import SenregApp

Then = Callable[[], None]
Serves = Mapping[str, Sequence[str]]

NO_GROUP = "There is no group that runs now. Make one in Provision first: key 4, then n."


class GroupDialog(ChooseDialog):
    """The groups that run or are to come, wide enough for their times."""

    DEFAULT_CSS = """
    GroupDialog > #box { width: 108; }
    """


def assign(
    app: SenregApp,
    pupil_ids: Sequence[str],
    group_id: str = "",
    then: Then | None = None,
    serves: Serves | None = None,
) -> None:
    """Place pupils in a group: one that is given, or one that is chosen first.

    Args:
        app: The app.
        pupil_ids: Who is placed.
        group_id: The group; empty to choose it.
        then: What to do once they are placed.
        serves: By pupil, the ids of the targets that the places serve.
    """
    register = app.register
    assert register is not None
    if not pupil_ids:
        say(app, "Mark the pupils first, or highlight one.")
    elif group_id:
        _plan(app, register, pupil_ids, group_id, then, serves)
    else:
        app.push_screen(
            GroupDialog(
                f"Place {whom(register, pupil_ids)} in a group",
                map(_option, _fitting_first(group_choices(register, pupil_ids, today()))),
                empty=NO_GROUP,
            ),
            lambda chosen: (
                _plan(app, register, pupil_ids, chosen, then, serves) if chosen else None
            ),
        )


def whom(register: Register, pupil_ids: Sequence[str]) -> str:
    """The pupils in a few words: the one by name, or how many they are."""
    if len(pupil_ids) > 1:
        return counted("pupils", len(pupil_ids))
    row = register.get(pupil_ids[0])
    return line(list_name(row)) if row is not None else "the pupil"


def _fitting_first(choices: Sequence[GroupChoice]) -> list[GroupChoice]:
    return sorted(choices, key=lambda each: bool(each.clashes))


def _option(choice: GroupChoice) -> Option:
    group = choice.group
    kinds = {clash.kind for clash in choice.clashes}
    trouble = next(
        (
            words
            for kind, words in (("already", "in it"), ("pupil", "! clash"), ("size", "! too many"))
            if kind in kinds
        ),
        "",
    )
    note = " · ".join(
        line(each) for each in (trouble, group.members_words, group.when, *group.staff) if each
    )
    tone = "muted" if "already" in kinds else "warn" if trouble else ""
    return Option(group.id, line(group.name), note, tone, search=group.haystack)


def _plan(
    app: SenregApp,
    register: Register,
    pupil_ids: Sequence[str],
    group_id: str,
    then: Then | None,
    serves: Serves | None,
) -> None:
    group = register.get(group_id)
    if group is None:
        return
    plan = placing_plan(register, pupil_ids, group, today())
    if not plan.pupils:
        say(app, "They are all in this group already." if len(pupil_ids) > 1 else _ALREADY)
    elif plan.clashes:
        app.push_screen(
            PlacingDialog(register, plan),
            lambda chosen: _place(app, register, plan, chosen, then, serves) if chosen else None,
        )
    else:
        _place(app, register, plan, plan.pupils, then, serves)


_ALREADY = "The pupil is in this group already."


def _place(
    app: SenregApp,
    register: Register,
    plan: PlacingPlan,
    chosen: Sequence[str],
    then: Then | None,
    serves: Serves | None,
) -> None:
    """Write the places, then ask for the scores at the start, which may be left for later."""
    ids: list[str] = []

    def write() -> None:
        with register.commit("Place pupils in a group") as commit:
            ids.extend(plan.proposal(chosen, serves).write(commit))

    if not app.attempt(write):
        return
    from screens.provision.scores import ScoresForm

    left = f" {counted('pupils', len(plan.already))} in it already." if plan.already else ""
    say(app, f"{counted('pupils', len(ids)).capitalize()} placed.{left} u takes it back.")
    if then is not None:
        then()
    places = [row for row in map(register.get, ids) if row is not None]
    app.push_screen(ScoresForm(register, places, "entry"))


class PlacingDialog(Dialog["tuple[str, ...] | None"]):
    """What would clash; gives who is placed all the same, or None.

    Args:
        register: The open register.
        plan: What placing would mean.
    """

    DEFAULT_CSS = """
    PlacingDialog #scroll { height: auto; max-height: 60vh; margin-top: 1; }
    PlacingDialog #scroll Static { height: auto; padding: 0 1; }
    """

    BINDINGS = [
        Binding("enter", "place", show=False),
        Binding("o", "place_clear", show=False),
        Binding("escape", "cancel", show=False),
    ]

    def __init__(self, register: Register, plan: PlacingPlan) -> None:
        group: Row | None = register.get(plan.group)
        name = line(group_name(group, register.get)) if group is not None else "the group"
        super().__init__(f"Place {whom(register, plan.pupils)} in {name} all the same?")
        self._plan = plan

    def content(self) -> ComposeResult:
        """What would clash, a paragraph each."""
        parts = [
            Content.assemble(("! ", "$error bold"), plain(clash.words))
            for clash in self._plan.clashes
        ]
        with VerticalScroll(id="scroll"):
            yield Static(Content("\n").join(parts))

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Everybody, those who fit, or nobody."""
        clear = len(self._plan.clear)
        some = (
            [("o", f"Only the {clear} who can come", "place_clear")]
            if 0 < clear < len(self._plan.pupils)
            else []
        )
        return (("Enter", "Place all the same", "place"), *some, ("Esc", "Cancel", "cancel"))

    def action_place(self) -> None:
        """Place everybody."""
        self.dismiss(self._plan.pupils)

    def action_place_clear(self) -> None:
        """Place those who would not be in two places at once."""
        if self._plan.clear:
            self.dismiss(self._plan.clear)

    def action_cancel(self) -> None:
        """Place nobody."""
        self.dismiss(None)
