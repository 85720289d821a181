"""Everything that is set once: the school's own, then this computer's."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from screens.commands import command_named
from screens.look import THEME_TITLES
from screens.page import app_of
from screens.plain import say
from screens.settings import told
from screens.settings.protection import Protection, minutes_words, protection_of
from screens.widgets.menu import Item, Menu, heading, without_empty
from screens.widgets.story import Story
from screens.withheld import commands_away
from senreg import __version__


class Settings(Protection):
    """What is set, with the value it has now; Enter changes it."""

    PLACE = "settings"
    MODE = "settings"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#menu"

    def __init__(self) -> None:
        super().__init__()
        self.menu = Menu(titles=28, id="menu")
        self.pane = Story(cursor=False, id="pane")

    def body(self) -> ComposeResult:
        """The settings; what is behind the highlighted one, beside them."""
        with Horizontal(id="sheets"):
            yield self.menu
            yield self.pane

    def on_mount(self) -> None:
        """Name another theme as soon as it is on."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refill())

    def on_screen_resume(self) -> None:
        """Read what another page changed outside the register, such as a backup that was made."""
        self._seen = None

    def on_unmount(self) -> None:
        """Let the app forget it."""
        self.app.theme_changed_signal.unsubscribe(self)

    def refill(self) -> None:
        """Read every value again."""
        away = commands_away(self.register, self)
        self.menu.fill(without_empty(each for each in self._items() if each.id not in away))
        self._show_beside()

    def _items(self) -> Iterator[Item]:
        app, register = app_of(self), self.register
        yield heading("The school")
        yield _item("edit_school", told.school_words(register))
        yield _item("terms", told.terms_words(register))
        yield _item("staff", told.counted(register.count("staff"), "member", "members"))
        yield _item("consultations", told.consultation_words(register))
        yield _item("bank_settings", told.counted(register.count("target_examples"), "example"))
        yield _item("saved_views", told.counted(register.count("saved_views"), "view"))
        yield _item("known_columns", told.counted(register.count("column_mappings"), "file"))
        yield _item("leavers", told.leavers_words(register))
        yield _item("roll_over", "every pupil up a year, after a preview")
        yield heading("Protection")
        for command_id, value in protection_of(register):
            yield _item(command_id, value)
        yield _item("backups", told.backup_words(register))
        yield heading("This computer")
        yield _item("lock_minutes", f"{minutes_words(app.settings.idle_minutes)} without a key")
        yield _item("who_i_am", app.person_name or "nobody was chosen")
        yield _item("theme", THEME_TITLES.get(app.theme, ""))
        yield _item("other_register", f"now {register.path.name}")
        yield _item("quit", f"senreg {__version__}")
        yield heading("Where things are")
        for item_id, title, path in told.places_of(register):
            yield Item(item_id, title, value=path, tail=True)

    @on(Menu.Highlighted)
    def _show_beside(self) -> None:
        item = self.menu.current
        if self.pane.display and item is not None:
            self.pane.fill(told.beside(self.register, item))

    @on(Menu.Chosen)
    async def _chosen(self, event: Menu.Chosen) -> None:
        item = event.item
        if item.id.startswith("place:"):
            from screens.dialogs.message import MessageDialog

            self.app.push_screen(MessageDialog(item.title, item.value))
        else:
            await app_of(self).action_run(item.id)

    def command_open(self) -> None:
        """Choose the highlighted setting."""
        self.menu.action_choose()

    # The school

    def command_edit_school(self) -> None:
        """Change the school's record."""
        from screens.forms.record_form import RecordForm

        school = self.register.school
        if school.id:
            title = "The school"
            self.app.push_screen(RecordForm(self.register, "school", school, title=title))

    def command_terms(self) -> None:
        """The terms of the school year."""
        self._list("terms")

    def command_staff(self) -> None:
        """The adults of the school."""
        self._list("staff")

    def command_consultations(self) -> None:
        """What authorities asked about children who are not on roll."""
        self._list("consultations")

    def command_saved_views(self) -> None:
        """The saved ways of looking at the Register."""
        self._list("saved_views")

    def command_known_columns(self) -> None:
        """How the columns of files are taken that were imported before."""
        self._list("column_mappings")

    def command_backups(self) -> None:
        """The backups of this register."""
        from screens.settings.backups import BackupsPage

        self.app.push_screen(BackupsPage())

    def _list(self, table: str) -> None:
        from screens.settings.records import RecordsPage

        self.app.push_screen(RecordsPage(table))

    def command_leavers(self) -> None:
        """The files of children who have left."""
        from screens.settings.leavers import LeaversPage

        self.app.push_screen(LeaversPage())

    async def command_bank_settings(self) -> None:
        """Go to the bank of example targets."""
        await self._elsewhere("targets", "bank")

    async def command_roll_over(self) -> None:
        """Go to the year-end roll-over."""
        await self._elsewhere("register", "rollover")

    async def _elsewhere(self, mode: str, command: str) -> None:
        app = app_of(self)
        await app.go_to_mode(mode)
        await app.action_run(command)

    # This computer

    def command_who_i_am(self) -> None:
        """Say which member of staff sits here; what is written bears the name."""
        from screens.dialogs.choose import ChooseDialog, Option

        register = self.register
        options = [
            Option(each.id, *told.person_words(each)) for each in told.present_staff(register)
        ]
        self.app.push_screen(
            ChooseDialog(
                "Who sits at this computer?",
                options,
                now=register.person,
                said="Everything written from here on bears this name in the history.",
                empty="There are no staff yet: add yourself under Staff first.",
            ),
            self._seated,
        )

    def _seated(self, staff_id: str | None) -> None:
        if staff_id is None:
            return
        app = app_of(self)
        self.register.person = staff_id
        app.settings.people[self.register.register_id] = staff_id
        app.settings.save()
        self.refill()
        say(app, f"{app.person_name} sits here now.")


def _item(command_id: str, value: str) -> Item:
    command = command_named(command_id)
    return Item(command.id, command.label, value=value)
