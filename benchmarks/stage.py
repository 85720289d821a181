"""A process in which an application is started without a terminal, watched, and ended.

`python -m benchmarks.stage WHAT [REGISTER] [KEYS]` with WHAT `register` or `bare`. It prints one
JSON object: `usable`, the moment in nanoseconds of the clock all processes share at which the
list could be used; `peak`, the most memory it had had by then, in bytes; `keys`, the seconds of
processor time that each key took until nothing was left to do.

The driver is Textual's headless one, so that it runs alike on every system; both applications
go through this same file.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

SIZE = (120, 40)
SETTLING = 0.02
_SENT_THERE = "sent_to_the_register"
BUSY = 0.002
"""Processor seconds in a stretch of SETTLING at which something is still going on."""


def main(words: list[str]) -> None:
    """Start what the words say and print what was seen."""
    what, *rest = words
    seen: dict[str, Any] = {}
    if what == "register":
        path, *keys = rest
        watched(list_is_usable, keys, seen)
        as_from_a_terminal(path)
    else:
        watched(_focus_is_drawn, rest, seen)
        _bare_app(with_input=bool(rest)).run()
    print(json.dumps(seen))


def watched(is_usable: Callable[[App[Any]], bool], keys: list[str], seen: dict[str, Any]) -> None:
    """Have the next application run without a terminal, and note what happens to it."""
    from textual.app import App

    run = App.run

    def run_watched(app: App[Any]) -> Any:
        async def watch(_: Pilot[Any]) -> None:
            while not is_usable(app):
                await asyncio.sleep(0.001)
            await _painted(app)
            seen["usable"] = time.time_ns()
            seen["peak"] = peak_memory()
            if keys:
                seen["keys"] = await _typed(app, keys[0].split(","))
            app.exit()

        return run(app, headless=True, size=SIZE, auto_pilot=watch)

    App.run = run_watched  # type: ignore[assignment,method-assign]


def as_from_a_terminal(path: str) -> None:
    """`senreg REGISTER`, every step of it, with streams that pass for a terminal."""
    for stream in (sys.stdin, sys.stdout):
        stream.isatty = lambda: True  # type: ignore[method-assign]
    from senreg.cli.__main__ import main as senreg

    code = senreg([path])
    if code:
        raise SystemExit(code)


def list_is_usable(app: App[Any]) -> bool:
    """Whether the Register stands there with pupils in it and the keys go to them."""
    if not app.screen_stack:
        return False
    if app.current_mode != "register":
        if app.screen.is_active and not getattr(app, _SENT_THERE, False):
            setattr(app, _SENT_THERE, True)
            _press(app, "2")
        return False
    pupils = getattr(app.screen, "pupils", None)
    return bool(pupils and pupils.rows and pupils.has_focus and pupils.size.height)


def _focus_is_drawn(app: App[Any]) -> bool:
    """Whether something stands there that the keys go to."""
    focused = app.focused if app.screen_stack else None
    return bool(focused and focused.size.width)


def _bare_app(*, with_input: bool) -> App[None]:
    """An application with nothing in it but an empty table, or an input."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable, Footer, Header, Input

    class Table(App[None]):
        def compose(self) -> ComposeResult:
            yield Header()
            yield DataTable()
            yield Footer()

    class Line(App[None]):
        def compose(self) -> ComposeResult:
            yield Input()

    return Line() if with_input else Table()


async def _painted(app: App[Any]) -> None:
    """Wait until the screen has been drawn once more from the state it is in."""
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def _typed(app: App[Any], keys: list[str]) -> list[float]:
    """Processor seconds of each key in the filter, or in the bare input."""
    from textual.widgets import Input

    target = next(iter(app.screen.query(Input)))
    target.focus()
    await _settled(time.process_time())
    taken = []
    for key in keys:
        before = time.process_time()
        _press(app, key)
        taken.append(await _settled(before))
    return taken


def _press(app: App[Any], key: str) -> None:
    """A key as the driver hands it over."""
    from textual import events

    driver = app._driver  # noqa: SLF001 - where keys come in
    assert driver is not None
    driver.process_message(events.Key(key, key if len(key) == 1 else None))


async def _settled(before: float) -> float:
    """The processor time since `before` when two stretches have gone by with nothing done."""
    quiet, last, spent = 0, before, 0.0
    while quiet < 2:
        await asyncio.sleep(SETTLING)
        now = time.process_time()
        quiet = 0 if now - last > BUSY else quiet + 1
        if not quiet:
            spent = now - before
        last = now
    return spent or last - before


def peak_memory() -> int:
    """The most physical memory this process has had, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count the process this one was forked from.
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _peak_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage", "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage", "PagefileUsage", "PeakPagefileUsage",
                )
            ),
        )  # fmt: skip

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    ask = kernel.K32GetProcessMemoryInfo
    ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    if not ask(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        raise OSError("Windows does not say how much memory this process had.")
    return int(counters.PeakWorkingSetSize)


if __name__ == "__main__":
    main(sys.argv[1:])
