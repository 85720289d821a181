"""What every page can do: modes, commands, undo, help, themes, and what goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.traceback import Traceback
from textual.css.parse import parse

from screens.app import SenregApp
from screens.command import EVERYWHERE
from screens.commands import COMMANDS, bindings_of, commands_of, footer_of
from screens.modes import MODES, modes_of
from screens.page import Page
from screens.provision.panel import Panel
from screens.provision.screen import ProvisionPage
from screens.pupil.screen import PupilPage
from screens.register.screen import RegisterPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running

PLACES = sorted({place for command in COMMANDS for place in command.places} - {EVERYWHERE})


def test_no_key_means_two_things_in_one_place() -> None:
    for place in PLACES:
        keys = [binding.key for binding in bindings_of(place)]
        if place != "form":
            keys += [binding.key for binding in bindings_of(EVERYWHERE)]
        twice = {key for key in keys if keys.count(key) > 1}
        if place == "papers":
            # A digit is an answer there, and no mode.
            assert twice <= set("123456789")
            twice = set()
        # Esc and the like may mean something of their own on a page.
        assert not twice, (place, twice)


def test_keys_are_letters_digits_function_keys_or_plain_ctrl() -> None:
    named = {"slash", "question_mark", "space", "enter", "escape", "left", "right", "up", "down"}
    for command in COMMANDS:
        for key in filter(None, command.key.split(",")):
            plain = key.removeprefix("ctrl+")
            assert (
                key in named
                or (len(plain) == 1 and plain.isalnum())
                or (key[0] == "f" and key[1:].isdigit())
            ), command
            assert key not in ("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j"), "terminals send others"


def test_commands_have_words_and_ids_of_their_own() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    for command in COMMANDS:
        assert command.label
        assert command.help.endswith(".")


def test_a_footer_has_at_most_six_keys() -> None:
    for place in PLACES:
        asked = [command for command in commands_of(place) if place in command.footer]
        assert len(asked) <= 6, place
        assert footer_of(place) == asked
        assert all(place in command.places for command in asked)


def pages(kind: type) -> set[type]:
    return {kind} | {each for sub in kind.__subclasses__() for each in pages(sub)}


def test_every_mode_loads_and_every_command_of_a_page_is_run_by_it() -> None:
    for mode in MODES:
        assert isinstance(mode.load(), Page)
    for page in pages(Page):
        for command in commands_of(page.PLACE) if page.PLACE else ():
            runners = (page, SenregApp, *(Panel.__subclasses__() if page is ProvisionPage else ()))
            ran = any(hasattr(each, command.method) for each in runners)
            assert ran, (page, command.id)
    for command in commands_of(EVERYWHERE):
        if not command.id.startswith("mode_"):
            ran = any(hasattr(each, command.method) for each in (SenregApp, Page))
            assert ran, command.id


async def test_digits_and_clicks_change_the_mode(running: Running) -> None:
    async with running(size=LARGE) as d:
        for mode in modes_of(d.app.register):
            await d.keys(mode.digit)
            assert d.app.current_mode == mode.id
        await d.click("2 Register")
        assert isinstance(d.screen, RegisterPage)


async def test_a_pupil_page_stays_open_over_its_mode(running: Running) -> None:
    async with running() as d:
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        other = next(mode for mode in MODES if mode.id != "register")
        await d.keys(other.digit, "2")
        assert isinstance(d.screen, PupilPage)
        await d.keys("2")
        assert isinstance(d.screen, RegisterPage), "the same digit again goes to the first page"
        await d.keys("enter", "escape")
        assert isinstance(d.screen, RegisterPage)


async def test_undo_and_redo_say_what_they_did_and_left(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.keys("u")
        assert any("Undone: Make a school" in each for each in d.toasts)
        await d.keys("ctrl+y")
        assert len(register.all("pupils")) == 5
        assert len(d.screen.pupils.rows) == 5
        with register.commit("Change class") as c:
            c.set("sam", class_name="X")
        folder = register.path
        with Register.open(folder) as other, other.commit("Other") as c:
            c.set("sam", class_name="[Y]")
        d.app.look_outside()
        await d.settle()
        await d.keys("u")
        assert register.get("sam")["class_name"] == "[Y]"
        assert any("Class of Sam [EAL] O'Neil" in each for each in d.toasts)


async def test_help_lists_this_page_and_what_has_the_focus(running: Running) -> None:
    async with running(size=LARGE) as d:
        await d.keys("question_mark")
        for words in ("What has the focus", "Narrow by", "Everywhere"):
            assert d.shows(words), words
        await d.keys("end")
        assert d.shows("Undo"), d.text
        await d.keys("escape")
        await d.click("? Help")
        assert d.shows("What has the focus")


async def test_the_palette_runs_commands_that_have_no_key(running: Running) -> None:
    async with running() as d:
        await d.keys("ctrl+p")
        await d.type("mark all")
        await d.keys("enter")
        await d.settle()
        assert len(d.screen.pupils.marks) == 5


async def test_f9_hides_everything_until_a_key(running: Running) -> None:
    async with running() as d:
        await d.keys("f9")
        assert not d.shows("Sam")
        assert not d.shows("Hilltop")
        await d.keys("x")
        assert d.shows("Sam [EAL]")


async def test_no_styles_are_read_twice_until_the_theme_is_another(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def noted(scope: str, css: str, read_from: object, **more: object) -> object:
        read.append(read_from)
        return parse(scope, css, read_from, **more)

    monkeypatch.setattr("textual.css.stylesheet.parse", noted)
    async with running() as d:
        for mode in MODES:
            await d.keys(mode.digit)
        twice = {source for source in read if read.count(source) > 1}
        # Textual tries a widget's own styles again where they come nearer to its base.
        assert not [source for source in twice if "DEFAULT_CSS" not in str(source)]
        assert "Input.DEFAULT_CSS" not in str(twice)
        before = d.app.screen.styles.background
        await d.keys("2")
        d.app.theme = "high-contrast"
        await d.settle()
        await d.keys(MODES[-1].digit)
        assert d.app.screen.styles.background != before, "the page was made before the theme"


async def test_a_theme_is_chosen_seen_and_remembered(running: Running) -> None:
    async with running() as d:
        for theme in ("high-contrast", "senreg-dark", "senreg-light"):
            await d.app.run_action("app.run('theme')")
            await d.settle()
            await d.type({"high-contrast": "high", "senreg-dark": "dark"}.get(theme, "light"))
            await d.keys("enter")
            assert d.app.theme == theme
            assert d.shows("Sam [EAL]")
        from senreg.settings import Settings

        assert Settings.load().theme == "senreg-light"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_plain_register_is_marked_on_every_page(
    running: Running, tmp_path: Path, size
) -> None:
    with Register.create(tmp_path / "plain.senreg", "Hollow Lane") as plain:
        with plain.commit("Add a pupil") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "小明"}, record_id="ming")
        async with running(size=size, opened=plain) as d:
            for mode in modes_of(plain):
                await d.app.go_to_mode(mode.id)
                await d.settle()
                assert d.shows("Plain: not encrypted"), mode.id
            await d.app.push_screen(PupilPage("ming"))
            await d.settle()
            assert d.shows("Plain: not encrypted")


async def test_no_color_leaves_words_and_signs(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as d:
        assert d.app.no_color
        assert d.shows("● SEN support")
        assert d.shows("› [/b], [/b]"), "the cursor has a sign of its own"
        await d.keys("space")
        assert d.shows("✓[/b], [/b]")


async def test_animations_are_off(running: Running) -> None:
    async with running() as d:
        assert d.app.animation_level == "none"


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (8, 3), (1, 1)])
async def test_a_small_window_does_not_crash(running: Running, size) -> None:
    async with running(size=size) as d:
        for mode in MODES:
            await d.keys(mode.digit)
        await d.keys("2", "down", "enter", "right", "n", "escape", "escape", "question_mark")
        await d.keys("escape", "escape", "m", "escape", "ctrl+p", "escape")
        await d.pilot.resize_terminal(*SMALL)
        await d.until(lambda: d.shows("2 Register"))


async def test_what_the_register_refuses_is_said_in_words(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from senreg.errors import CannotWrite

    def refuse() -> None:
        raise CannotWrite("The disk [/] is full.", do="Make room.")

    async with running() as d:
        monkeypatch.setattr(register, "undo", refuse)
        await d.keys("u")
        assert d.shows("The disk [/] is full.")
        assert d.shows("Nothing was changed.")
        assert d.shows("Make room.")
        await d.keys("enter")
        assert isinstance(d.screen, RegisterPage)


async def test_a_fault_leaves_three_lines_and_no_data(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = SenregApp(register)

    class Fault(Exception):
        pass

    def fail() -> None:
        name = register.get("sam")["forename"]
        raise Fault(name)

    with pytest.raises(Fault):
        async with app.run_test() as pilot:
            await pilot.pause()
            app.screen.call_later(fail)
            await pilot.pause()
    said = capsys.readouterr().err
    assert "senreg stopped because of a fault in the program." in said
    assert "Sam" not in said
    left = (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
    assert "Fault" in left
    assert "Sam" not in left


async def test_a_fault_on_another_thread_shows_no_traceback_either(
    register: Register, tmp_path: Path
) -> None:
    app = SenregApp(register)
    async with app.run_test() as pilot:
        await pilot.pause()
        try:
            raise ValueError(register.get("sam")["forename"])
        except ValueError:
            app.panic(Traceback())
        said = "\n".join(map(str, app._exit_renderables))
    assert "senreg stopped because of a fault in the program." in said
    assert "Traceback" not in said
    assert "Sam" not in said
    assert app.return_code == 1
    left = (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
    assert "ValueError" in left
    assert "test_app.py" in left
    assert "Sam" not in left


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no such terminals here")
def test_bytes_that_are_no_utf_8_do_not_stop_it(register: Register) -> None:
    folder = register.path
    register.close()
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "senreg", str(folder)]
    program = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while b"Hilltop" not in seen:
            seen += os.read(ours, 65_536)
        os.write(ours, b"/caf\xe9\x96\xff")
        os.write(ours, b"\x11")
        while more := _read(ours):
            seen += more
        assert program.wait() == 0
    finally:
        program.kill()
        program.wait()
        os.close(ours)
    assert b"Traceback" not in seen
    assert b"fault in the program" not in seen


def _read(terminal: int) -> bytes:
    """What comes from a terminal; nothing once the program at its other end is gone."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def test_the_first_list_needs_no_pydantic_and_no_tinydb(register: Register) -> None:
    """Seen in a process of its own, because what is loaded cannot be unloaded."""
    folder = register.path
    register.close()
    program = f"""
import asyncio, sys
from pathlib import Path
from senreg.register import Register
from screens.app import SenregApp
from senreg.settings import Settings

async def main():
    register = Register.open(Path({str(folder)!r}))
    app = SenregApp(register, Settings())
    async with app.run_test(size=(160, 50)) as pilot:
        while not app.screen.due.rows:
            await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert len(app.screen.pupils.rows) == 5
        print(sorted({{"pydantic", "tinydb", "xlsxwriter", "jinja2"}} & set(sys.modules)))
    register.close()

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "[]"


async def test_every_command_can_be_reached_by_the_mouse_at_80_columns(running: Running) -> None:
    async with running() as d:
        await d.click("≡")
        await d.type("views")
        await d.keys("enter")
        assert d.shows("Everyone on roll")
