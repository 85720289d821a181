"""The description of a field: written once on its model, read by everything that shows it.

A field is `Annotated[type, About(...)]`. The form, the table column, the CSV heading, the
import mapping, the command line and the docs read the `About`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["line", "text", "day", "number", "whole", "yes_no", "choice", "record", "records"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a field may take: the code that is stored and the words that are shown."""

    code: str
    label: str
    active: bool = True
    """False for a code of older years: kept and shown, no longer offered."""

    also: tuple[str, ...] = ()
    """Other words by which people and spreadsheets mean it."""


@dataclass(frozen=True, slots=True)
class About:
    """What a field is, for people.

    Args:
        title: The label on forms, columns and headings.
        help: One sentence on what belongs in it.
        code_set: The name of a code set in `senreg/models/codes` that holds its choices.
        choices: Its choices where they are the program's own: (code, label) pairs.
        also: Other words by which people write these, by code.
        open: Other values than the choices may be typed (an editable list).
        of: The table the field's id (or ids) refers to.
        also_of: Further tables it may refer to, where a record can be about several things.
        yes_words: The name of a code set whose codes mean yes in a yes-or-no field.
        long: It holds text of several lines.
        unit: What a number counts.
        headings: Other headings by which spreadsheets know it, in any case and spacing.
        confidential: It leaves the register only where the school's policy lists it.
        meeting: A day for which people are asked to come: one on which the school is shut, such
            as a Saturday or a bank holiday, is pointed out where it is typed.
        anew: What stands there is typed anew as a rule, never added to.
        unasked: The program writes it; no form, import or spreadsheet has it.
    """

    title: str
    help: str = ""
    code_set: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    open: bool = False
    of: str = ""
    also_of: tuple[str, ...] = ()
    yes_words: str = ""
    long: bool = False
    unit: str = ""
    headings: tuple[str, ...] = ()
    confidential: bool = False
    meeting: bool = False
    anew: bool = False
    unasked: bool = False


@cache
def own_choices(
    choices: tuple[tuple[str, str], ...], also: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> tuple[Choice, ...]:
    """The program's own choices, with the other words for them."""
    others = dict(also)
    return tuple(Choice(code, label, also=others.get(code, ())) for code, label in choices)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table with its description: what `fields_of(table)` gives."""

    table: str
    name: str
    kind: Kind
    required: bool
    about: About

    @property
    def title(self) -> str:
        """The label on forms, columns and headings."""
        return self.about.title

    def choices(self) -> tuple[Choice, ...]:
        """The values it offers, in order; empty where anything may be typed."""
        if self.about.code_set:
            from senreg.models.codes import code_set

            return code_set(self.about.code_set)
        return own_choices(self.about.choices, self.about.also)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables its id may refer to, of those that this version of senreg holds."""
        from senreg.models.tables import TABLES

        return tuple(each for each in (self.about.of, *self.about.also_of) if each in TABLES)

    def offered(self) -> tuple[Choice, ...]:
        """The choices to offer for a new value: those of older years left out."""
        return tuple(choice for choice in self.choices() if choice.active)

    def label_of(self, value: object) -> str:
        """The words for a stored code; the code itself where it is unknown."""
        if value is None:
            return ""
        code = str(value)
        for choice in self.choices():
            if choice.code == code:
                return choice.label
        return code
