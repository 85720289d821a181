"""What a conversation's record is filled in from: the child's contacts, and the bank of targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screens.dialogs.choose import ChooseManyDialog, Option
from screens.plain import line, say
from senreg.register import Register, Row

if TYPE_CHECKING:
    from textual.screen import Screen


def choose_contacts(
    screen: Screen[Any], register: Register, pupil: Row, then: Callable[[str], None]
) -> None:
    """Choose who came among the child's contacts; `then` gets a line for each."""
    contacts = sorted(
        register.find("contacts", pupil=pupil.id), key=lambda row: row["priority"] or 99
    )
    if not contacts:
        say(screen.app, "No contact of this child is in the register: write who came by hand.")
        return
    lines = {row.id: _named(row) for row in contacts}
    options = [Option(row.id, lines[row.id], line(row["restriction"] or "")) for row in contacts]

    def chosen(ids: list[str] | None) -> None:
        if ids:
            then("\n".join(lines[each] for each in ids))

    screen.app.push_screen(ChooseManyDialog("Who came?", options), chosen)


def choose_example(
    screen: Screen[Any], register: Register, kind: str, then: Callable[[Row], None]
) -> None:
    """Choose an example of the bank of one kind of target."""
    from screens.targets.writing import ExampleDialog, example_options

    kinds = {row.id: row["kind"] for row in register.all("target_examples")}
    options = [each for each in example_options(register) if kinds.get(each.id) == kind]

    def chosen(example_id: str | None) -> None:
        example = register.get(example_id) if example_id else None
        if example is not None:
            then(example)

    screen.app.push_screen(
        ExampleDialog(
            "Begin from",
            options,
            said="Type an area or a word; … stands where something is filled in.",
            empty="The bank of targets is empty: write the target by hand.",
        ),
        chosen,
    )


def _named(contact: Row) -> str:
    """'Niamh O'Neil (mother)', with an interpreter where one is needed."""
    relationship = str(contact["relationship"] or "").replace("_", " ")
    words = f"{contact['name']} ({relationship})" if relationship else str(contact["name"])
    return line(f"{words}, with an interpreter" if contact["interpreter"] else words)
