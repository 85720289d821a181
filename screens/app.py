"""The application: modes, themes, the open register, and what every page can do."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual._context import active_message_pump
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from screens.clicks import SecondHalf, asked_by_covered
from screens.command import character_of
from screens.commands import EVERYWHERE, bindings_of, command_named, reaches
from screens.look import PALETTES, themes
from screens.modes import FIRST, FIRST_LOOKS, MODES, loaders, made, not_shown_why
from screens.outside import look_outside, rest
from screens.page import Page
from screens.palette import CommandProvider
from screens.plain import hide_names, say
from screens.steady import SteadyApp
from screens.styles import Styles
from screens.typed_ahead import TypedAhead
from screens.vault.idle import LOOK_IDLE, TOUCHES, Idle
from screens.vault.initials import show_names
from screens.withheld import withheld_why
from senreg.clock import milliseconds
from senreg.settings import Settings

if TYPE_CHECKING:
    from senreg.register import Register, Row

LOOK_EVERY = 20.0
"""Seconds between two looks at what other windows wrote into the register."""


class SenregApp(SteadyApp, inherit_bindings=False):
    """The terminal interface of one register.

    Args:
        register: The open register; None where one is still to be chosen or made.
        settings: What this machine remembers.
        start: The mode to begin in; empty for the usual one.
        locked: A sealed register that is to be unlocked first; there is no open one then.
    """

    TITLE = "senreg"
    CSS_PATH = [Path(__file__).parent / look for look in ("app.tcss", *FIRST_LOOKS)]
    BINDINGS = list(bindings_of(EVERYWHERE))
    MODES = {**loaders(), "welcome": lambda: made("welcome.screen:Welcome")}
    COMMANDS = {CommandProvider}
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        register: Register | None,
        settings: Settings | None = None,
        *,
        start: str = "",
        locked: Path | None = None,
    ) -> None:
        # The mode to begin in is the default mode: else Textual builds an empty screen first.
        self.DEFAULT_MODE = (start or FIRST) if register is not None else "welcome"  # type: ignore[misc]
        super().__init__()
        self.register = register
        self.settings = settings if settings is not None else Settings.load()
        self.greeting = ""
        """Something to say at the start."""
        self.opened_at = 0
        """When the register was opened here, in milliseconds since 1970."""
        self.told_of = ""
        """The sitting by which this register was taken over, once that was said."""
        self._locked = locked
        self.initials = False
        """Whether pupils are shown by initials alone."""
        self.idle = Idle()
        self._stop_listening: Callable[[], object] | None = None
        self._double = SecondHalf()
        self.ahead = TypedAhead(self)
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(self.settings.theme if self.settings.theme in PALETTES else "senreg-light")

    def _begin_with(self, name: str) -> None:
        """Begin in a theme; setting it later would have every style worked out twice."""
        self.set_reactive(SteadyApp.theme, name)
        self.stylesheet = Styles(variables=self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    # Keys and the mouse

    async def on_event(self, event: events.Event) -> None:
        """Note every key and click; what comes too early waits, or is passed over."""
        if isinstance(event, TOUCHES):
            self.idle.touched()
        if isinstance(event, events.MouseDown) and self._double.falls_through(event, self):
            return
        if self.ahead.holds(event):
            return
        settles = self.ahead.must_settle(event)
        await super().on_event(event)
        if settles:
            self.ahead.settle()

    def push_screen(self, screen: Any, *args: Any, **named: Any) -> Any:
        """Show a screen over the one that is seen; a page that is covered opens none."""
        if not getattr(screen, "over_any", False) and asked_by_covered(self):
            return AwaitComplete()
        self.ahead.asked(active_message_pump.get(None))
        return super().push_screen(screen, *args, **named)

    # The register

    @property
    def person_name(self) -> str:
        """Who sits here: the name of the member of staff, or else the login name."""
        if self.register is None:
            return ""
        from senreg.rules.naming import staff_named

        return staff_named(self.register.person, partial(self.register.get, table="staff"))

    def on_mount(self) -> None:
        """Listen to the register."""
        if self.register is not None:
            self._listen()
            if self.register.warnings:
                say(self, "\n".join(self.register.warnings), severity="warning")
            self.call_later(self._sit_down)
        if self.greeting:
            say(self, self.greeting, severity="warning")
        self.screen_change_signal.subscribe(self, self._double.screen_changed)
        self.set_interval(LOOK_EVERY, self.look_outside)
        self.set_interval(LOOK_IDLE, self.look_idle)
        if self._locked is not None:
            from screens.vault.locking import ask_to_unlock

            ask_to_unlock(self, self._locked)

    def on_unmount(self) -> None:
        """Remember when this register was last seen."""
        self._remember_seen()
        hide_names(None)

    def _remember_seen(self) -> None:
        """Remember until when the person has seen what changes, so that Today can tell the rest."""
        if self.register is not None:
            self.settings.last_seen[self.register.register_id] = milliseconds()
            self.settings.save()

    def _listen(self) -> None:
        assert self.register is not None
        self.opened_at = milliseconds()
        self._stop_listening = self.register.on_change(self._changed)
        self.register.rest_by(partial(self.call_later, rest, self))
        if self.register.sealed:
            from screens.forms.drafts import seal_drafts

            seal_drafts(self.register)

    def _changed(self) -> None:
        # A commit may come from a thread; callbacks are carried over to ours.
        self.call_later(self.follow)

    def follow(self) -> None:
        """Let the page that is seen catch up with the register."""
        screen = self.screen
        if isinstance(screen, Page) and screen.is_mounted:
            screen.follow()

    def look_outside(self) -> None:
        """Fold in what others wrote into the register, and bring it to rest in a quiet minute."""
        look_outside(self)

    def on_app_focus(self) -> None:
        """Look outside when the person comes back to this window."""
        self.look_outside()

    async def show_register(self, register: Register, start: str = "") -> None:
        """Show another register: every page is made anew."""
        old = self.register
        self._part()
        self.register = register
        self.settings.opened(register.path)
        self.settings.save()
        self._listen()
        show_names(self)
        await self._clear_modes()
        await self.switch_mode(start or FIRST)
        await self.remove_mode("welcome")
        self.add_mode("welcome", lambda: made("welcome.screen:Welcome"))
        if old is not None and old is not register:
            old.close()
        self._sit_down()

    async def drop_register(self) -> None:
        """Close the register and forget it; forms that were not saved leave their drafts."""
        from screens.vault.locking import let_go

        old, shown = self.register, list(self.every_screen())
        await self._clear_modes()
        let_go(shown)
        self._part()
        self.register = None
        hide_names(None)
        self.clear_notifications()
        if old is not None:
            old.close()

    def _part(self) -> None:
        """Listen to the register no more."""
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None
        self._remember_seen()

    async def _clear_modes(self) -> None:
        """Go to the welcome page, and have every other page made anew when it is next seen."""
        if self.current_mode != "welcome":
            await self.switch_mode("welcome")
        for mode in MODES:
            if mode.id in self._screen_stacks:
                await self.remove_mode(mode.id)
                self.add_mode(mode.id, mode.load)

    def _sit_down(self) -> None:
        from screens.sitting import sit_down

        sit_down(self)

    # Commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may run now.

        A command's key does nothing where the command has no place, as in a dialog, and where
        what has the focus takes the key as text.
        """
        if action == "command" and parameters:
            command = command_named(str(parameters[0]))
            place = getattr(self.screen, "PLACE", "")
            key = str(parameters[1])
            on_page = isinstance(self.screen, Page) and reaches(command, place, key)
            if not (on_page or command.always) and place not in command.places:
                return False
            typed = character_of(key)
            focused = self.focused
            return not (typed and focused is not None and focused.check_consume_key(key, typed))
        return super().check_action(action, parameters)

    async def action_command(self, command_id: str, key: str = "") -> None:
        """Run a command that was given by a key."""
        del key
        await self.action_run(command_id)

    async def action_run(self, command_id: str) -> None:
        """Run a command of the table on the page that is shown, or on the app.

        What the register refuses is said in words, and so is a fault of the program; the page
        stays as it was.
        """
        command = command_named(command_id)
        if command_id.startswith("mode_"):
            await self.go_to_mode(command_id.removeprefix("mode_"))
            return
        if why := withheld_why(self.register, self.screen, command_id):
            say(self, why)
            return
        handler = getattr(self.screen, command.method, None)
        handler = handler or getattr(self, command.method, None)
        try:
            done = handler() if handler is not None else None
            if inspect.isawaitable(done):
                await done
        except Exception as error:
            self.tell_error(error, command.label)

    async def go_to_mode(self, mode_id: str) -> None:
        """Show a mode; a second time, go back to its first page.

        Nothing waits for pages to go: they go only when what runs on them has ended.
        """
        if self.register is None:
            say(self, "Open or make a register first.")
        elif self.current_mode == mode_id:
            while len(self.screen_stack) > 1 and isinstance(self.screen, Page):
                if self.screen.answers_given:
                    await self.action_run("back")
                    return
                self.pop_screen()
        elif why := not_shown_why(self.register, mode_id):
            say(self, why)
        else:
            await self.switch_mode(mode_id)

    async def command_back(self) -> None:
        """Leave a page for the one before."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def command_other_register(self) -> None:
        """Open, join or make another register."""
        if getattr(self.screen, "PLACE", "") != "welcome":
            self.push_screen(made("welcome.screen:Welcome"))

    def command_import(self) -> None:
        """Bring in pupils from a spreadsheet."""
        from screens.importing.start import start_import

        start_import(self)

    def command_palette(self) -> None:
        """Every command by name."""
        self.action_command_palette()

    def command_help(self) -> None:
        """What can be done here."""
        place = getattr(self.screen, "PLACE", "")
        self.push_screen(made("dialogs.help:HelpDialog", place, self.focused))

    def command_find(self) -> None:
        """Words anywhere in the register."""
        if self.register is not None:
            self.push_screen(made("dialogs.find:FindDialog", self.register), self._found)

    def _found(self, row: Row | None) -> None:
        if row is not None:
            self.open_record(row)

    def open_record(self, row: Row) -> None:
        """Open the page on which a record is shown, with the record highlighted."""
        from screens.opening import open_record

        open_record(self, row)

    def command_undo(self) -> None:
        """Take back the last change made here."""
        from screens.undoing import undo

        undo(self)

    def command_redo(self) -> None:
        """Make the change that was undone again."""
        from screens.undoing import redo

        redo(self)

    # Who else may look

    async def look_idle(self) -> None:
        """Lock the register, or hide a plain one, when nobody has touched a key for long."""
        if self.idle.for_minutes(self.settings.idle_minutes):
            from screens.vault.locking import left_alone

            await left_alone(self)

    def command_hide(self) -> None:
        """Hide everything until a key is pressed."""
        from screens.vault.locking import hide

        hide(self)

    def command_lock(self) -> None:
        """Lock the register now."""
        from screens.vault.locking import lock

        self.call_later(lock, self)

    def command_initials(self) -> None:
        """Show pupils by initials alone, or by name again."""
        self.initials = not self.initials
        show_names(self, told=True)

    def command_theme(self) -> None:
        """Choose light, dark or high contrast."""
        from screens.theming import choose_theme

        choose_theme(self)

    def command_quit(self) -> None:
        """Leave; what is being written, or was answered and not kept, is asked about."""
        from screens.quitting import quit_app

        quit_app(self)

    def every_screen(self) -> Iterable[Screen[Any]]:
        """Every page and dialog of every mode."""
        return [screen for stack in self._screen_stacks.values() for screen in stack]
