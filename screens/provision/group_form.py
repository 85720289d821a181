"""A group in one form: what it runs, who leads, from when to when, and at which times."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from screens.forms.form import WIDE, Form
from screens.forms.section import Section
from screens.plain import plain, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.register import Register, Row
from senreg.rules.dates import shown_day
from senreg.rules.group_times import (
    HOW,
    Time,
    read_times,
    time_changes,
    time_of,
    times_words,
    write_times,
)
from senreg.rules.naming import group_name
from senreg.rules.placing import clashes_if_run, clashes_of, usual_end

ASKED = ("intervention", "staff", "start", "end", "place")


class GroupForm(Form["str | None"]):
    """A new group, or one that is changed, with its times; what clashes is said while writing.

    Gives the group's id.

    Args:
        register: The open register.
        row: The group to change; None for a new one.
        preset: Values of a new group.
    """

    def __init__(
        self, register: Register, row: Row | None = None, preset: Mapping[str, object] | None = None
    ) -> None:
        from senreg.models.tables import fields_of

        self.register = register
        self._row = row
        self._slots = register.find("slots", group=row.id) if row is not None else []
        self._suggested = ""
        fields = {field.name: field for field in fields_of("groups")}
        times = Field("form", "times", "line", required=False, about=About("Meets", HOW))
        intervention, staff, start, end, place = (fields[name] for name in ASKED)
        values: dict[str, object] = (
            dict(row) if row is not None else {"start": today().isoformat(), **(preset or {})}
        )
        values["times"] = write_times(map(time_of, self._slots))
        super().__init__(
            group_name(row, register.get) if row is not None else "New group",
            [Section("", (intervention, staff, times, start, end, place))],
            values,
            register=register,
            draft=f"{register.register_id}/groups/{row.id if row is not None else 'new'}",
        )

    def beside(self) -> ComposeResult:
        """The times in words, and what clashes."""
        yield Static(classes="beside", markup=False)

    def on_mount(self) -> None:
        """Say what is known from the start."""
        self.query_one("#form").add_class("-advised")
        self.changed()

    def on_resize(self, event: Resize) -> None:
        """Say as much as there is room for."""
        del event
        self.changed()

    def changed(self) -> None:
        """Suggest when it ends, and look at the times that are typed now."""
        self._suggest_end()
        for beside in self.query(".beside").results(Static):
            parts = self._advice()
            beside.update(Content("\n").join(parts if self.size.width >= WIDE else parts[:3]))

    def _suggest_end(self) -> None:
        if self._row is not None:
            return
        typed = self.typed()
        intervention = self.register.get(str(typed.get("intervention") or ""))
        end = usual_end(intervention, str(typed.get("start") or ""))
        row = self.rows["end"]
        if end and end != self._suggested and row.text == self._shown(self._suggested):
            self._suggested = end
            row.put(self._shown(end))

    def _shown(self, day: str) -> str:
        from senreg.models.entry import write_entry

        return write_entry(self.rows["end"].field, day or None)

    def _advice(self) -> list[Content]:
        typed = self.typed()
        try:
            times = read_times(self.rows["times"].text)
        except ValueError as problem:
            return [Content.assemble(("… ", "$muted"), plain(problem, "$muted"))]
        parts = []
        if times:
            parts.append(Content.assemble(("Meets  ", "$muted"), plain(times_words(times))))
        if typed.get("end") and str(typed["end"]) == self._suggested:
            words = f"Ends {shown_day(self._suggested)}, after the weeks that a run lasts."
            parts.append(plain(words, "$muted"))
        clashes = clashes_if_run(self.register, typed, times, today(), self._group_id)
        parts += [Content.assemble(("! ", "$error bold"), plain(clash.words)) for clash in clashes]
        if times and not clashes:
            parts.append(Content.assemble(("√ ", "$good"), "Nobody is in two places."))
        return parts

    @property
    def _group_id(self) -> str:
        return self._row.id if self._row is not None else ""

    def save(self, values: dict[str, object]) -> None:
        """Write the group and its times in one commit."""
        try:
            times = read_times(str(values.pop("times") or ""))
        except ValueError as problem:
            raise InvalidRecord("slots", [FieldProblem("times", str(problem))]) from None
        start, end = str(values["start"] or ""), str(values["end"] or "")
        if start and end and end < start:
            sentence = "It cannot end before it begins."
            raise InvalidRecord("groups", [FieldProblem("end", sentence)])
        group_id = self._write(values, times)
        clashes = clashes_of(self.register, group_id, today())
        if clashes:
            words = "\n".join(clash.words for clash in clashes)
            say(self.app, words, title="Saved. Please look at", severity="warning")
        self.finish(group_id)

    def _write(self, values: dict[str, object], times: list[Time]) -> str:
        changes = time_changes(self._slots, times)
        with self.register.commit("Change a group" if self._row else "Make a group") as commit:
            if self._row is None:
                given = {
                    name: value for name, value in values.items() if value not in (None, "", [])
                }
                group_id = commit.add("groups", given)
            else:
                group_id = self._row.id
                commit.set(self._row, **values)
            for slot in changes.drop:
                commit.archive(slot)
            for time in changes.add:
                commit.add("slots", {"group": group_id, **time.values})
        return group_id
