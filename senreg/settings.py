"""Settings of this machine: keys, theme, who sits here, the register last opened.

Banks, saved views, mappings and policy belong to the school and live in the register.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from senreg.paths import settings_folder

LOCK_MINUTES = range(1, 16)
"""Minutes that `lock_minutes` may be."""


@dataclass(slots=True)
class Settings:
    """What this machine remembers. Unknown keys of a newer version are kept."""

    theme: str = "senreg-light"
    last_register: str = ""
    recent: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    """Who sits here, as a staff id, by register id."""
    last_seen: dict[str, int] = field(default_factory=dict)
    """When each register was last closed here, in milliseconds, by register id."""
    lock_minutes: int = 5
    """Minutes without a key or click after which the register is locked: 1 to 15."""
    last_folder: str = ""
    """Where a file was last brought in from or written to."""
    templates: dict[str, str] = field(default_factory=dict)
    """By the name of a paper, where the school's own Word template for it lies."""
    other: dict[str, object] = field(default_factory=dict)

    @property
    def idle_minutes(self) -> int:
        """`lock_minutes`, whatever a hand wrote into the file."""
        return min(max(LOCK_MINUTES), max(min(LOCK_MINUTES), self.lock_minutes))

    @classmethod
    def load(cls) -> Settings:
        """The settings of this machine; an unreadable file counts as none."""
        try:
            stored = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(stored, dict):
            return cls()
        settings = cls()
        known = {each.name for each in fields(cls)} - {"other"}
        for name, value in stored.items():
            if name not in known:
                settings.other[name] = value
            elif isinstance(value, type(getattr(settings, name))):
                setattr(settings, name, value)
        return settings

    def save(self) -> None:
        """Write the settings beside the old ones and put them in their place.

        A machine that cannot keep settings still works; it only forgets.
        """
        stored = asdict(self)
        stored |= stored.pop("other")
        file = _file()
        beside = file.with_suffix(".new")
        try:
            beside.write_text(
                json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
            )
            os.replace(beside, file)
        except OSError:
            return

    def template_of(self, paper: str) -> Path | None:
        """The school's own template for a paper; None where none was chosen."""
        lies = self.templates.get(paper)
        return Path(lies) if isinstance(lies, str) and lies else None

    def opened(self, register: Path) -> None:
        """Remember a register as the one last opened, and among the ten opened lately."""
        path = str(register.resolve())
        self.last_register = path
        self.recent = [path, *(each for each in self.recent if each != path)][:10]


def _file() -> Path:
    return settings_folder() / "settings.json"
