"""The other copies of a register, as this machine met them, and the folder it syncs with.

Kept in the state folder of the machine, one file for each copy here: ids, names of machines and
times, and nothing of a child, with a digest. Where it cannot be written or is damaged, it is
forgotten and nothing is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg import clock
from senreg.digests import checked, with_digest
from senreg.errors import NoSuchRecord, WrongUsage
from senreg.models.text import folded
from senreg.paths import state_folder
from senreg.register import Register
from senreg.store.operations import new_id
from senreg.sync.since import as_known

if TYPE_CHECKING:
    # Today reads what is remembered, and needs no bundle.
    from senreg.sync.bundle import Bundle

LONG_DAYS = 7
"""Days after which a sync is long ago."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another copy of a register, as it was last met.

    Args:
        id: The copy.
        by: Who sat there: a staff id or a login name.
        machine: The computer it is on; empty where that is not known.
        at: When it wrote what was last read of it, in milliseconds since 1970.
        came: How many of its edits came when it last brought any.
        knows: By opening, of how many lines its last bundle said that it knows them; empty
            where it said nothing.
    """

    id: str
    by: str = ""
    machine: str = ""
    at: int = 0
    came: int = 0
    knows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What this machine remembers of a copy's meetings.

    Args:
        folder: The sync folder; empty for none.
        at: When that was last done, in milliseconds since 1970; 0 for never.
        lines: How many lines the journal had then.
        files: The names of the files that were read then.
        copies: The other copies, by id.
    """

    folder: str = ""
    at: int = 0
    lines: int = 0
    files: tuple[str, ...] = ()
    copies: Mapping[str, Copy] = field(default_factory=dict)

    @property
    def long_ago(self) -> bool:
        """There is a folder, and the last sync with it is more than a week ago."""
        age = clock.milliseconds() - self.at
        return bool(self.folder) and age > LONG_DAYS * 86_400_000


def remembered(copy: str) -> Remembered:
    """What this machine remembers of a copy; what cannot be read counts as nothing."""
    try:
        stored = checked(json.loads(_file(copy).read_text(encoding="utf-8")))
        return Remembered(
            folder=str(stored["folder"]),
            at=int(stored["at"]),
            lines=int(stored["lines"]),
            files=tuple(map(str, stored["files"])),
            copies={each["id"]: _copy(each) for each in stored["copies"]},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def the_copy(register: Register, said: str) -> Copy:
    """The copy that was met, and said what it knows, which a person means.

    Args:
        register: The copy here.
        said: Its id, its person by name, initials or login, or the name of its computer.

    Raises:
        NoSuchRecord: None is called that.
        WrongUsage: Several are, or what it knows was never told.
    """
    met_here = remembered(register.copy_id).copies
    if said in met_here:
        found = [met_here[said]]
    else:
        wanted = folded(said)
        found = [each for each in met_here.values() if wanted in _names(register, each)]
    if not found:
        raise NoSuchRecord(
            "No copy that was met is called that, and there is no such file.",
            do="Share lists those that were met under Other copies; or name a bundle of theirs.",
        )
    if len(found) > 1:
        ids = ", ".join(sorted(each.id for each in found))
        raise WrongUsage("Several copies that were met are called that.", do=f"Name one: {ids}.")
    if not found[0].knows:
        raise WrongUsage(
            "That copy has not said yet what it knows.",
            do="Merge a bundle of its own first, or leave --since out.",
        )
    return found[0]


def _names(register: Register, copy: Copy) -> set[str]:
    from senreg.rules.naming import staff_named

    person = register.get(copy.by, "staff")
    told = [staff_named(copy.by, register.get), copy.by, copy.machine]
    told += [person["name"], person["initials"]] if person is not None else []
    return {folded(str(each)) for each in told if each}


def of_bundle(bundle: Bundle) -> Copy:
    """The copy that made a bundle."""
    return Copy(bundle.copy, bundle.by, bundle.machine, bundle.made_at, knows=bundle.known)


def met(register: Register, seen: Iterable[Copy], came: Mapping[str, int]) -> None:
    """Remember which copies were met, and how many edits of each came.

    Args:
        register: The copy here.
        seen: The copies whose bundle or file was read.
        came: By copy, how many of its edits came, also where another brought them.
    """
    known = remembered(register.copy_id)
    copies = dict(known.copies)
    for each in seen:
        before = copies.get(each.id, each)
        if each.at >= before.at:
            machine = each.machine or before.machine
            knows = each.knows or before.knows
            copies[each.id] = replace(each, machine=machine, came=before.came, knows=knows)
    for copy, count in came.items():
        copies[copy] = replace(copies.get(copy, Copy(copy)), came=count)
    copies.pop(register.copy_id, None)
    _keep(register.copy_id, replace(known, copies=copies))


def synced(register: Register, folder: Path, files: Iterable[str]) -> None:
    """Remember a folder as the one that was synced with now, and what was read in it."""
    known = remembered(register.copy_id)
    now = replace(
        known,
        folder=str(folder.absolute()),
        at=clock.milliseconds(),
        lines=lines_of(register),
        files=tuple(files),
    )
    _keep(register.copy_id, now)


def forget_folder(register: Register) -> None:
    """Sync with no folder from now on; the copies that were met stay known."""
    known = remembered(register.copy_id)
    _keep(register.copy_id, replace(known, folder="", at=0, lines=0, files=()))


def lines_of(register: Register) -> int:
    """How many lines of the journal the register holds: it grows with every change saved."""
    return sum(register.store.meta.included.values())


def _copy(stored: dict[str, Any]) -> Copy:
    return Copy(
        str(stored["id"]),
        str(stored["by"]),
        str(stored["machine"]),
        int(stored["at"]),
        int(stored["came"]),
        as_known(stored.get("knows", {})),
    )


def _keep(copy: str, known: Remembered) -> None:
    stored = asdict(known) | {"copies": [asdict(each) for each in known.copies.values()]}
    with suppress(OSError):
        file = _file(copy)
        beside = file.with_name(f"{file.name}.new-{new_id()}")
        beside.write_text(json.dumps(with_digest(stored), indent=1) + "\n", encoding="utf-8")
        os.replace(beside, file)


def _file(copy: str) -> Path:
    return state_folder() / f"copies-{copy}.json"
