"""A record as a form: a new one, or one that is changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from screens.forms.form import Form
from screens.forms.picking import Picking
from screens.forms.section import Section
from screens.forms.sections import new_title, sections_of
from screens.plain import say
from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.found import Finding
from senreg.rules.typed import new_findings, typed_findings

ONLY_READ = "This register is open for reading only: what is written here cannot be saved."


class RecordForm(Form[str | None]):
    """Adds a record, or changes one; gives its id when it was saved.

    Only fields that were changed here are written. A field that somebody else changed
    meanwhile is not overwritten before both values were shown.

    Args:
        register: The open register.
        table: The table of the record.
        row: The record to change; None for a new one.
        preset: Values of a new record. Those of fields that are not asked for are saved too.
        fields: The names of the fields to ask for; all that are not the record's parents else.
        title: What stands above; made from the table without it.
        only: For a field by name, which records it offers.
        focus: The name of the field to begin at.
        hidden: Fields that are not asked for.
        sections: The fields to ask for under headings of their own, others than the table's among
            them; a subclass that gives them says what becomes of those.
        begun: What fields begin with that is not what is stored.
    """

    def __init__(
        self,
        register: Register,
        table: str,
        row: Row | None = None,
        *,
        preset: Mapping[str, object] | None = None,
        fields: Sequence[str] | None = None,
        title: str = "",
        only: dict[str, Callable[[Row], bool]] | None = None,
        focus: str = "",
        hidden: Sequence[str] = (),
        sections: Sequence[Section] | None = None,
        begun: Mapping[str, object] | None = None,
    ) -> None:
        parents = () if row is None else ("pupil",)
        if sections is None:
            sections = sections_of(table, fields, hidden=(*parents, *hidden))
            if row is None:
                sections = _without(sections, preset or {}, fields)
            elif register.pack is not None:
                sections = _hers(sections, register.fields_changed(row))
        self._table = table
        self._row = row
        self._preset = dict(preset or {})
        self._focus = focus
        values = {**(dict(row) if row is not None else self._preset), **(begun or {})}
        super().__init__(
            title or _title(register, table, row),
            sections,
            values,
            register=register,
            picking=Picking(register, only),
            draft=_draft_key(register, table, row, self._preset),
            said=ONLY_READ if register.read_only else "",
        )
        self.register = register

    def on_mount(self) -> None:
        """Begin at the field that was asked for."""
        if self._focus:
            self.write_at(self._focus)

    def save(self, values: dict[str, object]) -> None:
        """Write the new record, or the changed fields."""
        if self._row is None:
            self._add(values)
            return
        changed = {
            name: value for name, value in values.items() if not _same(value, self._row[name])
        }
        clashes = self._clashes(changed)
        if clashes:
            from screens.dialogs.clash import ClashDialog

            self.app.push_screen(
                ClashDialog(clashes), lambda take: self._settled(take, changed, set(clashes))
            )
        else:
            self._set(changed)

    def _add(self, values: dict[str, object]) -> None:
        given = {
            name: value
            for name, value in {**self._preset, **values}.items()
            if value not in (None, [], "")
        }
        with self.register.commit(f"Add to {self._table}") as commit:
            record_id = commit.add(self._table, given)
        self._done(record_id, [*commit.warnings, *self._oddities(record_id, [])])

    def _set(self, changed: dict[str, object]) -> None:
        assert self._row is not None
        warnings: list[str] = []
        if changed:
            before = typed_findings(self.register, self._table, self._row.id, today())
            with self.register.commit(f"Change in {self._table}") as commit:
                commit.set(self._row, **changed)
            warnings = [*commit.warnings, *self._oddities(self._row.id, before)]
        self._done(self._row.id, warnings)

    def _oddities(self, record_id: str, before: list[Finding]) -> list[str]:
        """What was saved and is odd, a sentence each."""
        after = typed_findings(self.register, self._table, record_id, today())
        return [each.message for each in new_findings(before, after)]

    def _done(self, record_id: str, warnings: list[str]) -> None:
        if warnings:
            say(self.app, "\n".join(warnings), title="Saved. Please look at", severity="warning")
        self.finish(record_id)

    def _clashes(self, changed: Mapping[str, object]) -> dict[str, tuple[str, str, str]]:
        """Title, the value somebody else gave and ours, of each field that changed meanwhile."""
        assert self._row is not None
        now = self.register.get(self._row.id)
        if now is None:
            return {}
        found = {}
        for name, value in changed.items():
            if _same(now[name], self._row[name]) or _same(now[name], value):
                continue
            row = self.rows[name]
            found[name] = (row.field.title, self._words(name, now[name]), self._words(name, value))
        return found

    def _words(self, name: str, value: object) -> str:
        from screens.forms.entries import text_of

        field = self.rows[name].field
        text = text_of(field, value)
        if field.kind in ("choice", "record", "records"):
            return self._picking.words(field, text)
        return text

    def _settled(self, take: str | None, changed: dict[str, object], clashes: set[str]) -> None:
        if take == "mine":
            self._set(changed)
        elif take == "theirs":
            self._set({name: value for name, value in changed.items() if name not in clashes})


def _same(one: object, other: object) -> bool:
    """Whether two stored values are the same: nothing, no and an empty list are one."""
    return one == other or (one in (None, False, [], "") and other in (None, False, [], ""))


def _without(
    sections: list[Section], preset: Mapping[str, object], fields: Sequence[str] | None
) -> list[Section]:
    """The sections of a new record, without the parents that are given already."""
    if fields is not None:
        return sections
    return [
        Section(
            section.title,
            tuple(
                field
                for field in section.fields
                if not (field.name in preset and field.kind == "record" and field.required)
            ),
        )
        for section in sections
    ]


def _hers(sections: list[Section], names: Collection[str]) -> list[Section]:
    """The sections with the fields alone that the holder of a staff pack changes."""
    found = [
        Section(each.title, tuple(field for field in each.fields if field.name in names))
        for each in sections
    ]
    return [each for each in found if each.fields]


def _title(register: Register, table: str, row: Row | None) -> str:
    from senreg.rules.naming import describe_record

    return new_title(table) if row is None else describe_record(row, register.get)


def _draft_key(
    register: Register, table: str, row: Row | None, preset: Mapping[str, object]
) -> str:
    parents = sorted(
        str(value) for name, value in preset.items() if name in ("pupil", "target", "group")
    )
    return "/".join([register.register_id, table, row.id if row is not None else "new", *parents])


def fresh(table: str) -> dict[str, object]:
    """What a new record of a table begins with: the days that are today's as a rule."""
    return {name: today().isoformat() for name in _TODAYS.get(table, ())}


_TODAYS: dict[str, tuple[str, ...]] = {
    "notes": ("happened_on",),
    "needs": ("start",),
    "barriers": ("identified_on",),
    "targets": ("set_on",),
    "target_reviews": ("date",),
    "placements": ("start",),
    "documents": ("dated",),
    "cohort_memberships": ("start",),
    "assessments": ("date",),
    "wider_marks": ("date",),
    "participations": ("start",),
}
