"""Settings of this machine: keys, theme, who sits here, the register last opened.

Banks, saved views, mappings and policy belong to the school and live in the register.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from senreg.digests import DIGEST, checked, with_digest
from senreg.paths import settings_folder

LOCK_MINUTES = range(1, 16)
"""Minutes that `lock_minutes` may be."""

NOT_OURS = (
    "The settings of this machine are not as senreg wrote them: they were damaged, or changed by "
    "hand. Look through Settings, above all at who sits here and when the register locks."
)
UNREADABLE = (
    "The settings of this machine could not be read, and stand as on a new one; the register is "
    "not touched by that. Look through Settings: who sits here, and when the register locks."
)
_NOT_STORED = {"other", "doubt"}


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
    doubt: str = ""
    """What to tell of the file they were read from; empty where it is as it was written."""

    @property
    def idle_minutes(self) -> int:
        """`lock_minutes`, whatever a hand wrote into the file."""
        return min(max(LOCK_MINUTES), max(min(LOCK_MINUTES), self.lock_minutes))

    @classmethod
    def load(cls) -> Settings:
        """The settings of this machine; an unreadable file counts as none, and `doubt` says so.

        What another hand wrote into the file holds, and `doubt` says that it is not ours.
        """
        try:
            stored = json.loads(_file().read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError):
            return cls(doubt=UNREADABLE)
        if not isinstance(stored, dict):
            return cls(doubt=UNREADABLE)
        settings = cls()
        try:
            checked(stored)
        except ValueError:
            settings.doubt = NOT_OURS
        known = {each.name for each in fields(cls)} - _NOT_STORED
        for name, value in stored.items():
            if name not in known:
                settings.other[name] = value
            elif isinstance(value, type(getattr(settings, name))):
                setattr(settings, name, value)
        settings.other.pop(DIGEST, None)
        return settings

    def save(self) -> None:
        """Write the settings beside the old ones and put them in their place.

        A machine that cannot keep settings still works; it only forgets.
        """
        stored = {name: value for name, value in asdict(self).items() if name not in _NOT_STORED}
        stored = with_digest(stored | self.other)
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
