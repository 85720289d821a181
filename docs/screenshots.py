"""Makes the screenshots of the README and the docs: `python docs/screenshots.py [NAME …]`.

Each is the real interface on the invented school, driven by keys, without a terminal. The
pictures name no font to fetch, so that looking at them asks nothing of the network.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

import time_machine

IMAGES = Path(__file__).parent / "images"
DAY = "2026-11-27 09:30:00+00:00"

PICTURES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "register": ((132, 38), ("2",)),
    "today": ((100, 30), ("1",)),
    "pupil": ((100, 30), ("2", "enter")),
    "targets": ((120, 36), ("3", "n", "enter", "down", "down", "enter")),
    "provision": ((100, 26), ("4", "m")),
    "conversations": ((140, 30), ("5", "down", "down", "enter", "f6")),
    "school": ((120, 36), ("7", "l", "enter", "down", "down")),
    "share": ((100, 26), ("8",)),
    "protection": ((132, 24), ("9", *["down"] * 8)),
}
"""By name: columns and lines, and the keys that lead there."""


async def picture(name: str, folder: Path) -> str:
    """One screenshot as SVG."""
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.settings import Settings

    size, keys = PICTURES[name]
    with Register.open(folder) as register:
        register.person = register.find("staff", role="senco")[0].id
        app = SenregApp(register, Settings())
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
            return without_fonts(app.export_screenshot(title="senreg"))


def without_fonts(svg: str) -> str:
    """The picture with a font of the reader's machine instead of one from the network."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Consolas, Menlo")


def main(names: list[str]) -> None:
    """Write the pictures named, or all."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, time_machine.travel(DAY, tick=True):
        os.environ["SENREG_HOME"] = home
        from senreg.demo.build import build

        school = Path(home) / "school"
        build(school).close()
        for name in names or PICTURES:
            svg = asyncio.run(picture(name, school))
            (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")
            print(f"docs/images/{name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
