"""One fact that a row of a file would change, old and new."""

from __future__ import annotations

from dataclasses import dataclass

from senreg.rules.proposal import Proposal


@dataclass(slots=True)
class FieldChange:
    """One fact that a row would change.

    Args:
        field: A field of pupils, or table.field for a fact of another table.
        title: Its words for people.
        old: The stored value, or None. A member of staff is an id.
        new: The value to store. A member of staff is an id or a `NewStaff`; a record that the
            file brings with the pupil is a `Belonging`.
        old_words: The old value as people read it.
        new_words: The new value as people read it.
        taken: Whether it is to be made; a person may say no.
        proposal: What is written, for facts of other tables of a pupil there is.
        since: The ISO day from which a new status or need holds, where it is known.
        typed: It goes over what a person typed, as far as that was looked up.
    """

    field: str
    title: str
    old: object
    new: object
    old_words: str = ""
    new_words: str = ""
    taken: bool = True
    proposal: Proposal | None = None
    since: str | None = None
    typed: bool = False
