"""What the lists behind a form's fields offer: codes, records of the register, or both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from screens.plain import line
from senreg.models.describe import Field

if TYPE_CHECKING:
    from textual.app import App

    from screens.dialogs.choose import Option
    from senreg.register import Register, Row

Took = Callable[["str | None"], None]


class Typing(Protocol):
    """An open list, which narrows as one types."""

    def type_on(self, text: str) -> None:
        """Add to what is typed."""
        ...


class Picking:
    """The options of fields, read from the register when a list opens.

    Args:
        register: Where records are found.
        only: For a field by name, which records it offers; all of its tables where it has none.
    """

    def __init__(
        self, register: Register | None, only: dict[str, Callable[[Row], bool]] | None = None
    ) -> None:
        self._register = register
        self._only = only or {}

    def words(self, field: Field, text: str) -> str:
        """What is shown for a code, an id, or ids by commas."""
        if not text:
            return ""
        if field.kind == "choice":
            return line(field.label_of(text))
        return "; ".join(self._record_words(each) for each in text.split(",") if each)

    def _record_words(self, record_id: str) -> str:
        from senreg.rules.naming import describe_record

        row = self._register.get(record_id) if self._register is not None else None
        if row is None:
            return line(record_id)
        archived = " (archived)" if row.archived else ""
        if row.table == "interventions":
            return line(row["name"]) + archived
        assert self._register is not None
        return line(describe_record(row, self._register.get)) + archived

    def options(self, field: Field, now: str) -> list[Option]:
        """What a field offers, the present value among it even where it is of older years."""
        from screens.dialogs.choose import Option

        if field.kind == "choice":
            return [
                Option(each.code, line(each.label), "" if _plain(each.code) else each.code)
                for each in field.choices()
                if each.active or each.code == now
            ]
        return self._records(field)

    def _records(self, field: Field) -> list[Option]:
        from screens.dialogs.choose import Option
        from senreg.models.text import folded
        from senreg.rules.naming import describe_record, list_name
        from senreg.rules.provision_map import tier_words

        if self._register is None:
            return []
        keep = self._only.get(field.name)
        options = []
        for table in field.tables:
            for row in self._register.all(table):
                if keep is not None and not keep(row):
                    continue
                if table == "pupils":
                    text, note = list_name(row), str(row["class_name"] or "")
                elif table == "interventions":
                    text, note = str(row["name"] or ""), tier_words(row["tier"])
                else:
                    text = describe_record(row, self._register.get)
                    note = str(row["role"] or "").replace("_", " ") if table == "staff" else ""
                options.append(Option(row.id, line(text), line(note)))
        options.sort(key=lambda option: folded(option.text))
        return options

    def ask(self, app: App[Any], field: Field, now: str, start: str, took: Took) -> Typing:
        """Open the list of a field; `took` gets the chosen text, or None where it was left."""
        from screens.dialogs.choose import ChooseDialog, ChooseManyDialog

        options = self.options(field, now)
        if field.kind == "records":
            chosen = [each for each in now.split(",") if each]

            def many(ids: list[str] | None) -> None:
                took(None if ids is None else ",".join(ids))

            several = ChooseManyDialog(field.title, options, now=chosen, said=field.about.help)
            several.type_on(start)
            app.push_screen(several, many)
            return several
        one = ChooseDialog(
            field.title,
            options,
            now=now,
            said=field.about.help,
            typed=field.about.open,
            start=start,
        )
        app.push_screen(one, took)
        return one


def _plain(code: str) -> bool:
    """Whether a code is one of the program's own words, which say nothing to a person."""
    return code.islower() or "_" in code
