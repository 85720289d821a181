"""The scores of everyone in a group, at the start or at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from screens.forms.form import Form
from screens.forms.picking import Picking
from screens.forms.section import Section
from screens.plain import line, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.models.tables import field_of
from senreg.register import Register, Row
from senreg.rules.naming import group_name, list_name
from senreg.rules.nouns import counted
from senreg.rules.placing import out_of_order, scores
from senreg.rules.scales import measure_of_place, off_scale
from senreg.rules.target_life import is_open

SERVES = "Say there which target it serves; Ctrl+S keeps it, with a score or without."
TAKEN = "When those were taken that you give now; the others keep their day."
WHEN = {"entry": "at the start", "exit": "at the end"}


class ScoresForm(Form[int | None]):
    """A score for each child; those left empty can be given later. Gives how many were given.

    Args:
        register: The open register.
        places: The rows of `placements`, of one group.
        end: The scores of the start or of the end.
    """

    def __init__(
        self, register: Register, places: Sequence[Row], end: Literal["entry", "exit"]
    ) -> None:
        self.register = register
        self._end = end
        self._aims = _aims(register, places) if end == "entry" else ()
        group = register.get(places[0]["group"] or "") if places else None
        fields, values = [], {}
        for place in places:
            pupil = register.get(place["pupil"] or "")
            title = list_name(pupil) if pupil is not None else "(pupil not found)"
            fields.append(Field("form", place.id, "number", required=False, about=About(title)))
            values[place.id] = place[f"{end}_score"]
        given = [place for place in places if place[f"{end}_score"] is not None]
        taken = {place[f"{end}_on"] or "" for place in given}
        one = taken.pop() if len(taken) == 1 and len(given) == len(places) else ""
        self._offered = one or today().isoformat()
        day = Field("form", "on", "day", required=True, about=About("Taken on", TAKEN))
        name = group_name(group, register.get) if group is not None else "the group"
        serves = (field_of("placements", "targets"),) if self._aims else ()
        super().__init__(
            f"Score {WHEN[end]}: {name}",
            [Section("", tuple(fields)), Section("", (day, *serves))],
            {
                **values,
                "on": self._offered,
                "targets": list(self._aims) if len(self._aims) == 1 else None,
            },
            register=register,
            picking=Picking(register, {"targets": lambda row: row.id in self._aims}),
            said=_said(register, group) + (f" {SERVES}" if self._aims else ""),
        )

    def save(self, values: dict[str, object]) -> None:
        """Keep the scores that were given or changed, and which targets a new place serves."""
        day = str(values.pop("on"))
        served = values.pop("targets", None)
        places = [row for row in map(self.register.get, values) if row is not None]
        problems = [
            FieldProblem(row.id, words)
            for row in places
            if (words := off_scale(measure_of_place(self.register, row), values[row.id]))
        ]
        if problems:
            raise InvalidRecord("placements", problems)
        proposal = scores(places, values, self._end, day, typed=day != self._offered)
        if words := out_of_order(self.register, proposal):
            raise InvalidRecord("placements", [FieldProblem("on", words)])
        if proposal or served:
            with self.register.commit("Give scores") as commit:
                proposal.write(commit)
                if served:
                    commit.set(places[0], targets=served)
        said = [f"Scores of {counted('pupils', len(proposal.sets))} kept."] if proposal else []
        if isinstance(served, list) and served:
            said.append(f"It serves {counted('targets', len(served))}.")
        if said:
            say(self.app, " ".join(said))
        self.finish(len(proposal.sets))


def _aims(register: Register, places: Sequence[Row]) -> tuple[str, ...]:
    """The open targets of which one is asked whether a single new place serves them."""
    if len(places) != 1 or places[0]["targets"]:
        return ()
    own = register.by("targets", "pupil").get(places[0]["pupil"], ())
    return tuple(row.id for row in own if is_open(row))


def _said(register: Register, group: Row | None) -> str:
    """What is scored, and that it can wait."""
    intervention = register.get(group["intervention"] or "") if group is not None else None
    measure = line(intervention["measure"]) if intervention is not None else ""
    later = "Esc leaves them for later."
    return f"{measure}. {later}" if measure else f"In the intervention's measure. {later}"
