"""The history of a child, narrowed to a person or to a field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from screens.dialogs.choose import ChooseDialog, Option
from screens.page import Page
from screens.plain import line
from screens.pupil.happenings import field_title
from senreg.rules.naming import staff_named

ALL = "all"


def narrow_history(
    page: Page, pupil: str, now: tuple[str, str], took: Callable[[str, str], object]
) -> None:
    """Ask for a person or a field; gives the field and the person, each empty for all.

    Who is narrowed to one of them and asks again adds the other, or chooses another.
    """
    register = page.register
    field, by = now
    changes = register.history(pupil, children=True)
    people = Counter(each.by for each in changes)
    fields = Counter(each.field for each in changes)
    options = [Option(ALL, "Everything", f"{len(changes):,} changes")]
    options += [
        Option(f"by {by}", f"By {line(staff_named(by, register.get)) or 'somebody'}", f"{count:,}")
        for by, count in people.most_common()
    ]
    options += [
        Option(f"of {name}", f"{line(field_title(register, name))}", f"{count:,}")
        for name, count in fields.most_common()
    ]

    def chosen(option: str | None) -> None:
        if option is None:
            return
        kind, _, what = option.partition(" ")
        if kind == ALL:
            took("", "")
        else:
            took(what if kind == "of" else field, what if kind == "by" else by)

    here = f"of {field}" if field else f"by {by}" if by else ALL
    page.app.push_screen(ChooseDialog("Which changes?", options, now=here), chosen)
