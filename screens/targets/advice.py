"""What a target that is being written still lacks, beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content
from textual.widgets import Static

from screens.plain import plain
from senreg.rules.smart import checks


class Advice(Static):
    """The checks of a SMART target, each with its sign; advice on the first that is missing.

    It names what is missing and never stands in the way.
    """

    def __init__(self) -> None:
        super().__init__(classes="beside", markup=False)

    def look(self, target: Mapping[str, Any], *, listed: bool) -> None:
        """Look at a target.

        Args:
            target: Its fields as they are typed now.
            listed: There is room for every check; else one sentence is said.
        """
        self.update(_listed(target) if listed else _said(target))


def _said(target: Mapping[str, Any]) -> Content:
    missing = [check for check in checks(target) if check.advice]
    if not missing:
        return Content.assemble(("√ Looks SMART.", "$good"))
    titles = ", ".join(check.title[:1].lower() + check.title[1:] for check in missing)
    return Content("\n").join(
        [
            Content.assemble(("Still to write: ", "$warn"), plain(titles)),
            Content.assemble(plain(missing[0].advice, "$muted")),
        ]
    )


def _listed(target: Mapping[str, Any]) -> Content:
    found = checks(target)
    whole = not any(check.advice for check in found)
    head = ("√ Looks SMART", "bold $good") if whole else ("Is it SMART?", "bold $primary")
    parts = [Content.assemble(head), plain("")]
    for check in found:
        if not check.advice:
            parts.append(Content.assemble(("√ ", "$good"), plain(check.title)))
            continue
        parts.append(Content.assemble(("○ ", "$warn"), plain(check.title, "bold")))
        parts.append(Content.assemble("  ", plain(check.advice, "$muted")))
    parts += [plain(""), plain("It can be saved as it is.", "$muted")]
    return Content("\n").join(parts)
