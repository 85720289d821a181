"""Saved views: a filter, what the list is narrowed by, and its order, under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.page import app_of
from screens.plain import line, say
from screens.register.view import View
from senreg.register import Row

if TYPE_CHECKING:
    from screens.register.screen import RegisterPage

MODE = "register"
SAVE, FORGET = "\x00save", "\x00forget"


EVERYONE = "everyone"
BUILT_IN: dict[str, tuple[str, View]] = {
    EVERYONE: ("Everyone on roll", View()),
    "sen": ("On the SEN register", View(facets={"status": ["K", "E", "A", "P", "S"]})),
    "due": ("Reviews overdue or due", View(facets={"review": ["overdue", "due"]}, sort="review")),
    "left": ("Pupils who have left", View(facets={"roll": ["left"]})),
}
"""The views that are always there: name and view by id."""


def choose_view(page: RegisterPage) -> None:
    """Go to a view, or save or put away one."""
    saved = saved_views(page)
    options = [Option(key, name) for key, (name, _) in BUILT_IN.items()]
    options += [Option(row.id, line(row["name"]), "saved") for row in saved]
    options.append(Option(SAVE, "Save what is shown now as a view …", tone="accent"))
    if saved:
        options.append(Option(FORGET, "Put a saved view away …", tone="accent"))
    page.app.push_screen(
        ChooseDialog("Views", options), lambda chosen: _chosen(page, chosen) if chosen else None
    )


def saved_views(page: RegisterPage) -> list[Row]:
    """The views of this list that the school has saved."""
    return page.register.find("saved_views", mode=MODE)


def _chosen(page: RegisterPage, chosen: str) -> None:
    if chosen == SAVE:
        _save(page)
    elif chosen == FORGET:
        options = [Option(row.id, line(row["name"])) for row in saved_views(page)]
        page.app.push_screen(
            ChooseDialog("Which view is to be put away?", options),
            lambda view: _forget(page, view) if view else None,
        )
    elif chosen in BUILT_IN:
        name, view = BUILT_IN[chosen]
        page.look(view, "" if chosen == EVERYONE else name)
    else:
        row = page.register.get(chosen)
        if row is not None:
            page.look(View.of(row["settings"]), line(row["name"]))


def _save(page: RegisterPage) -> None:
    from screens.forms.record_form import RecordForm

    def saved(view_id: str | None) -> None:
        row = page.register.get(view_id) if view_id else None
        if row is not None:
            page.look(View.of(row["settings"]), line(row["name"]))
            say(page.app, "The view is saved in the register, for everyone who opens it.")

    page.app.push_screen(
        RecordForm(
            page.register,
            "saved_views",
            preset={"mode": MODE, "settings": page.view.stored()},
            fields=("name",),
            title="Save this view",
        ),
        saved,
    )


def _forget(page: RegisterPage, view_id: str) -> None:
    def away() -> None:
        with page.register.commit("Archive a view") as commit:
            commit.archive(view_id)

    if app_of(page).attempt(away):
        say(page.app, "The view was put away. u brings it back.")
