"""Placing pupils in a group: choose the group, see what clashes, give the entry scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.forms.form import Form, Section
from screens.plain import line, say
from senreg.clock import today
from senreg.models.describe import About, Field
from senreg.register import Register, Row
from senreg.rules.clashes import clashes_if_placed
from senreg.rules.naming import group_name, list_name, staff_named

if TYPE_CHECKING:
    from screens.app import SenregApp

MOST_SCORES = 24
"""Entry scores are asked for at once for so many pupils."""

NO_GROUP = "There is no group that runs now. Make one in Provision first: key 4, then n."


def assign(app: SenregApp, pupil_ids: Sequence[str], group_id: str = "") -> None:
    """Place pupils in a group: one that is given, or one that is chosen first."""
    register = app.register
    assert register is not None
    if not pupil_ids:
        say(app, "Mark the pupils first, or highlight one.")
    elif group_id:
        _ask(app, register, pupil_ids, group_id)
    else:
        whom = _whom(register, pupil_ids)
        app.push_screen(
            ChooseDialog(f"Place {whom} in a group", group_options(register), empty=NO_GROUP),
            lambda chosen: _ask(app, register, pupil_ids, chosen) if chosen else None,
        )


def group_options(register: Register) -> list[Option]:
    """The groups that run today or later: what they run, who leads, how full they are."""
    from senreg.models.text import folded

    day = today().isoformat()
    members = register.by("placements", "group")
    options = []
    for row in register.all("groups"):
        if row["end"] and row["end"] < day:
            continue
        inside = [each for each in members.get(row.id, ()) if not each["end"] or each["end"] >= day]
        intervention = register.get(row["intervention"] or "")
        size = intervention["group_size"] if intervention is not None else None
        full = f"{len(inside)} of {size}" if size else f"{len(inside)} in it"
        adults = ", ".join(staff_named(each, register.get) for each in row["staff"] or [])
        note = "  ".join(each for each in (full, adults) if each)
        options.append(Option(row.id, line(group_name(row, register.get)), line(note)))
    options.sort(key=lambda option: folded(option.text))
    return options


def _ask(app: SenregApp, register: Register, pupil_ids: Sequence[str], group_id: str) -> None:
    group = register.get(group_id)
    if group is not None:
        app.push_screen(AssignForm(register, pupil_ids, group))


def _whom(register: Register, pupil_ids: Sequence[str]) -> str:
    if len(pupil_ids) > 1:
        return f"{len(pupil_ids)} pupils"
    row = register.get(pupil_ids[0])
    return list_name(row) if row is not None else "the pupil"


class AssignForm(Form[int | None]):
    """From when, and with which entry score, each pupil is in a group.

    What clashes is said before anything is written; those who are in the group already are
    left out.

    Args:
        register: The open register.
        pupil_ids: The pupils.
        group: The group.
    """

    def __init__(self, register: Register, pupil_ids: Sequence[str], group: Row) -> None:
        day = today().isoformat()
        start = max(day, str(group["start"] or day))
        self.register = register
        self._group = group
        clashes = clashes_if_placed(register, pupil_ids, group.id, start)
        already = {each.person for each in clashes if each.kind == "already"}
        self._pupils = [
            row for row in map(register.get, pupil_ids) if row is not None and row.id not in already
        ]
        intervention = register.get(group["intervention"] or "")
        measure = str(intervention["measure"] or "") if intervention is not None else ""
        super().__init__(
            f"Place {_whom(register, pupil_ids)} in {line(group_name(group, register.get))}",
            self._asked(measure),
            {"start": start},
            register=register,
            said="\n".join(f"! {line(each.words)}" for each in clashes),
            save="Place",
        )

    def _asked(self, measure: str) -> list[Section]:
        first = Field("form", "start", "day", required=True, about=About("From"))
        if len(self._pupils) > MOST_SCORES:
            return [Section("", (first,))]
        hint = "May be left empty and given later."
        scores = tuple(
            Field(
                "form",
                f"score:{row.id}",
                "number",
                required=False,
                about=About(list_name(row), hint),
            )
            for row in self._pupils
        )
        title = f"Score at the start: {measure}" if measure else "Score at the start"
        return [Section("", (first,)), Section(title, scores)]

    def save(self, values: dict[str, object]) -> None:
        """Place everybody, in one commit."""
        start = values["start"]
        with self.register.commit("Place pupils in a group") as commit:
            for row in self._pupils:
                given: dict[str, object] = {
                    "pupil": row.id,
                    "group": self._group.id,
                    "start": start,
                }
                score = values.get(f"score:{row.id}")
                if score is not None:
                    given |= {"entry_score": score, "entry_on": start}
                commit.add("placements", given)
        count = len(self._pupils)
        self.finish(count)
        placed = "1 pupil was placed" if count == 1 else f"{count} pupils were placed"
        say(self.app, f"{placed} in the group. u takes it back.")
