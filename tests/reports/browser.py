"""Chromium without a window, told what to do over its debugging pipe."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.reports.reading import needs

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
_AS_THE_PIPE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_TALLEST = 8000
_TOO_WIDE = """
(() => {
  const page = document.documentElement, most = page.clientWidth;
  if (page.scrollWidth <= most) return [];
  const past = [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > most + 1);
  return [page.scrollWidth + ' > ' + most, ...past.slice(0, 5).map(
    each => each.tagName + '.' + each.className + ' ' + each.textContent.slice(0, 40))];
})()
"""


@dataclass
class Browser:
    """A browser with one page.

    Args:
        process: It.
        told: Where it is told what to do.
        tells: Where it answers.
    """

    process: subprocess.Popen[bytes]
    told: int
    tells: int
    asked: list[str] = field(default_factory=list)
    """What the page asked for since it was opened."""
    _number: int = 0
    _session: str = ""
    _rest: bytes = b""
    _seen: set[str] = field(default_factory=set)

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Do something, and give its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self.told, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == self._number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def begin(self) -> None:
        """Open a page and listen to what it asks for."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def open(self, path: Path, width: int, height: int, *, media: str = "screen") -> None:
        """Show a file in a window of so many pixels, as on a screen or as it is printed."""
        self.asked.clear()
        self._seen.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 500)  # fmt: skip
        self.call("Emulation.setEmulatedMedia", media=media)
        self.call("Page.navigate", url=path.as_uri())
        while "Page.loadEventFired" not in self._seen:
            self._next()

    def too_wide(self) -> list[str]:
        """By how much the page is wider than its window, and what reaches out of it."""
        asked = self.call("Runtime.evaluate", expression=_TOO_WIDE, returnByValue=True)
        found: list[str] = asked["result"]["value"]
        return found

    def picture(self) -> bytes:
        """The page, as PNG: whole, or the first of a long one."""
        whole = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {**whole, "height": min(whole["height"], _TALLEST), "scale": 1}
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def printed(self) -> bytes:
        """What the printer is sent, as PDF, on the paper the page asks for."""
        whole = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(whole["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self.tells, 1 << 20)
            assert more, "the browser ended"
            self._rest += more
        one, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(one)
        self._seen.add(said.get("method", ""))
        if said.get("method") == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])
        return said


@contextmanager
def browser(home: Path) -> Iterator[Browser]:
    """A browser for as long as the block lasts; the test is skipped where none is installed."""
    program = needs("chromium")
    if sys.platform == "win32":
        pytest.skip("the browser's debugging pipe is opened as POSIX systems do")
    import fcntl

    ours_in, told = os.pipe()
    tells, ours_out = os.pipe()
    ends = [fcntl.fcntl(each, fcntl.F_DUPFD, 10) for each in (ours_in, ours_out)]

    words = [sys.executable, "-c", _AS_THE_PIPE, *map(str, ends), program, *_FLAGS]
    process = subprocess.Popen(
        [*words, f"--user-data-dir={home}"],
        pass_fds=ends,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for each in (ours_in, ours_out, *ends):
        os.close(each)
    try:
        made = Browser(process, told, tells)
        made.begin()
        yield made
    finally:
        process.terminate()
        process.wait(10)
        os.close(told)
        os.close(tells)
