"""Ending children's places in a group: when and why, and how it went for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import line, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About
from senreg.register import Register, Row
from senreg.rules.naming import group_name, list_name
from senreg.rules.nouns import counted
from senreg.rules.placing import end_places, out_of_order
from senreg.rules.scales import measure_of_place, off_scale

if TYPE_CHECKING:
    from screens.app import SenregApp


def end_places_of(app: SenregApp, places: Sequence[Row]) -> None:
    """Ask how and why places end; nothing for none."""
    if places:
        assert app.register is not None
        app.push_screen(EndForm(app.register, places))
    else:
        say(app, "Mark the places first, or highlight one.")


class EndForm(Form[int | None]):
    """The last day and the reason, the same for all; score and outcome of each child.

    Gives how many places were ended.

    Args:
        register: The open register.
        places: The rows of `placements`.
    """

    def __init__(self, register: Register, places: Sequence[Row]) -> None:
        from senreg.models.tables import fields_of

        self.register = register
        self._places = list(places)
        asked = {field.name: field for field in fields_of("placements")}
        end = replace(asked["end"], required=True, about=About("Last day"))
        sections = [Section("", (end, asked["ended_reason"]))]
        values: dict[str, object] = {"end": today().isoformat()}
        for place in places:
            pupil = register.get(place["pupil"] or "")
            title = list_name(pupil) if pupil is not None else "(pupil not found)"
            fields = []
            for name in ("exit_score", "outcome"):
                fields.append(replace(asked[name], name=f"{name}:{place.id}"))
                values[f"{name}:{place.id}"] = place[name]
            sections.append(Section(f"{title}{_entry(place)}", tuple(fields)))
        group = register.get(places[0]["group"] or "")
        name = group_name(group, register.get) if group is not None else "a group"
        whom = counted("pupils", len(places)) if len(places) > 1 else "a place"
        super().__init__(
            f"End {whom} in {name}" if len(places) == 1 else f"End the places of {whom} in {name}",
            sections,
            values,
            register=register,
            said=_said(register, group),
            save="End",
        )

    def save(self, values: dict[str, object]) -> None:
        """End the places in one commit."""
        last = str(values["end"])
        problems = []
        if any(place["start"] and last < place["start"] for place in self._places):
            problems.append(FieldProblem("end", "A place cannot end before it begins."))
        for place in self._places:
            name = f"exit_score:{place.id}"
            if words := off_scale(measure_of_place(self.register, place), values[name]):
                problems.append(FieldProblem(name, words))
        if problems:
            raise InvalidRecord("placements", problems)
        results = {
            place.id: {name: values[f"{name}:{place.id}"] for name in ("exit_score", "outcome")}
            for place in self._places
        }
        proposal = end_places(self._places, last, values["ended_reason"], results)
        if words := out_of_order(self.register, proposal):
            raise InvalidRecord("placements", [FieldProblem("end", words)])
        with self.register.commit("End places in a group") as commit:
            proposal.write(commit)
        count = len(self._places)
        self.finish(count)
        ended = "The place is ended" if count == 1 else f"{count} places are ended"
        say(self.app, f"{ended}. u takes it back.")


def _entry(place: Row) -> str:
    score = place["entry_score"]
    return "" if score is None else f"  (at the start: {score:g})"


def _said(register: Register, group: Row | None) -> str:
    intervention = register.get(group["intervention"] or "") if group is not None else None
    measure = line(intervention["measure"]) if intervention is not None else ""
    return f"Scores: {measure}." if measure else ""
