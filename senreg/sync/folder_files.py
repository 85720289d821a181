"""What lies in a sync folder: files that copies of a register wrote for one another.

Each file is a bundle, written once by one copy and never changed, and named for that copy and
for its content. What a file holds is known by the content alone, so that one which a cloud
service renamed or doubled counts as well. Whoever can write to the folder could put a file
there: of a sealed register only what its own key opens is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from senreg.errors import Locked, NewerKey, SenregError, Unreadable
from senreg.models.text import clean_line
from senreg.register import Register
from senreg.store.erasures import place_named
from senreg.store.files import Files
from senreg.store.journal import Commit
from senreg.sync.bundle import BEGINNING, ENDING, LARGEST_FILE, Bundle, bundle_in
from senreg.sync.forms import refuse_odd_values
from senreg.sync.merge import new_to

Watch = Callable[[int, int], object]

UNFINISHED = ".part"
"""How a file ends that a copy is still writing."""
_MOST_FILES = 5_000
_LOOKS = 3
"""How often a folder is listed anew because files of it went while it was read."""


@dataclass(slots=True)
class Lying:
    """A file of the folder that could be read and is trusted."""

    name: str
    copy: str
    by: str
    machine: str
    made_at: int
    """Milliseconds since 1970, by the clock of who made it."""
    ids: set[str]
    """Of every operation in it."""
    fresh: list[Commit]
    """What of it is not known here."""
    own: bool
    """This copy wrote it, and it is whole under the name it was given."""
    places: dict[str, str] = field(default_factory=dict)
    """Of one's own: by operation, the record it changed, as erasures name records."""
    valued: set[str] = field(default_factory=set)
    """Of one's own: the records of which it holds values."""


@dataclass(frozen=True, slots=True)
class PassedBy:
    """A file that could not be used this time: its name, and why, in a sentence."""

    name: str
    why: str


@dataclass(slots=True)
class Contents:
    """What a folder holds for this register, as it was read."""

    files: list[Lying] = field(default_factory=list)
    passed: list[PassedBy] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    """Names of one's own files from before the register was sealed, or got another key."""

    @property
    def held(self) -> set[str]:
        """The ids of every operation that the folder holds."""
        return set().union(*(each.ids for each in self.files))


def file_name(copy: str, written: bytes) -> str:
    """What a copy names a file with this content."""
    return f"{copy}-{blake2b(written, digest_size=16).hexdigest()}{ENDING}"


def refuse_folder(register: Register, folder: Path) -> None:
    """Raise SenregError where a folder cannot serve: it is not there, or it is a register."""
    try:
        is_there = folder.is_dir()
    except OSError:
        is_there = False
    if not is_there:
        raise gone()
    inside = register.path.resolve() in (folder.resolve(), *folder.resolve().parents)
    if inside or (folder / "register.json").exists():
        raise SenregError(
            "That folder is a register itself.",
            do="Choose a folder beside it that every copy can reach.",
        )


def names_in(files: Files, folder: Path) -> list[str]:
    """The names in a folder that may be files of copies. Raises Unreadable."""
    try:
        names = files.names(folder)
    except OSError as refusal:
        raise gone() from refusal
    return [each for each in names if each[0] not in ".~$" and not each.endswith(UNFINISHED)]


def read_folder(
    register: Register,
    folder: Path,
    watch: Watch,
    files: Files,
    *,
    passing: Iterable[str] = (),
    known: Container[str] | None = None,
) -> Contents:
    """Read every file of a sync folder. Nothing is changed, here or there.

    Args:
        register: The register it is read for.
        folder: The folder.
        watch: Told the files read and all files; what it raises stops the reading.
        files: The disk.
        passing: Names that are not looked at.
        known: The ids of the operations known here, where the register is in use meanwhile.

    Raises:
        Unreadable: The folder is not there, or went while it was read.
    """
    found = Contents()
    known = known if known is not None else register.store.known()
    reader = _Reader(register, folder, files, found, known)
    seen = set(passing)
    for _ in range(_LOOKS):
        names = [each for each in names_in(files, folder) if each not in seen][:_MOST_FILES]
        seen.update(names)
        for done, name in enumerate(names):
            watch(done, len(names))
            reader.take(name)
        if not reader.gone:
            break
        reader.gone = 0
    # A folder that was unplugged seems empty, and must not be taken for one.
    refuse_folder(register, folder)
    _hold_back(register, found)
    return found


def gone() -> Unreadable:
    """What is told of a folder that cannot be reached."""
    return Unreadable(
        "The sync folder cannot be reached.",
        do="Plug the stick in or connect to the network, then sync again.",
    )


class _Reader:
    """Reads one file after another into the contents of a folder."""

    def __init__(
        self, register: Register, folder: Path, files: Files, found: Contents, known: Container[str]
    ) -> None:
        self.gone = 0
        """How many files went between listing and reading."""
        self._register = register
        self._folder = folder
        self._files = files
        self._found = found
        self._known = known

    def take(self, name: str) -> None:
        """Read a file, or pass it by and say why."""
        path = self._folder / name
        try:
            if not path.is_file():
                self.gone += not path.exists()
                return
            if self._files.read(path, len(BEGINNING)) != BEGINNING:
                if name.endswith(ENDING):
                    self._pass_by(name, "It is not there whole yet, or it is damaged.")
                return
            if (self._files.size(path) or 0) > LARGEST_FILE:
                self._pass_by(name, "It is larger than any that senreg makes.")
                return
            written = self._files.read(path)
        except FileNotFoundError:
            self.gone += 1
        except OSError as refusal:
            self._pass_by(name, f"It cannot be read now: {refusal.strerror or 'unknown reason'}.")
        else:
            self._open(name, written)

    def _open(self, name: str, written: bytes) -> None:
        register = self._register
        try:
            bundle = bundle_in(written, register.store.keys)
            own = name == file_name(register.copy_id, written)
            why = self._distrust(bundle)
            if why:
                self._set_aside(name, bundle, why, own=own)
                return
            fresh = new_to(self._known, bundle.commits, register.store.state.erased)
            refuse_odd_values(register.store.models.commit(each) for each in fresh)
        except NewerKey:
            self._pass_by(
                name,
                "It is under a new key of this register, and this copy has the one before: export "
                "what was done here, and join anew from that file.",
            )
        except Locked:
            self._pass_by(
                name, "It is sealed under a key that this register does not have, as a pack is."
            )
        except Unreadable as bad:
            self._pass_by(name, bad.happened)
        else:
            self._found.files.append(_lying(name, bundle, fresh, own=own))

    def _distrust(self, bundle: Bundle) -> str:
        if bundle.register != self._register.register_id:
            return "It comes from another register."
        if bundle.retired:
            return "It comes from a copy that still has the key this register gave up."
        if self._register.sealed and bundle.keys is None:
            return "It is not encrypted, and this register is."
        return ""

    def _set_aside(self, name: str, bundle: Bundle, why: str, *, own: bool) -> None:
        """Name a file that is not trusted, unless nothing in it is new here."""
        of_this = bundle.register == self._register.register_id
        if not of_this or new_to(self._known, bundle.commits, self._register.store.state.erased):
            self._pass_by(name, why)
        elif own:
            self._found.outdated.append(name)

    def _pass_by(self, name: str, why: str) -> None:
        self._found.passed.append(PassedBy(clean_line(name), why))


def _lying(name: str, bundle: Bundle, fresh: list[Commit], *, own: bool) -> Lying:
    lying = Lying(name, bundle.copy, bundle.by, bundle.machine, bundle.made_at, set(), fresh, own)
    for commit in bundle.commits:
        for operation in commit["ops"]:
            lying.ids.add(operation["h"])
            if own:
                place = place_named(operation["table"], operation["record"])
                lying.places[operation["h"]] = place
                if operation.get("v"):
                    lying.valued.add(place)
    return lying


def _hold_back(register: Register, found: Contents) -> None:
    """Keep from merging what changes a record that has not arrived yet.

    A service that copies files in an order of its own brings the later of two first; a record
    must not be begun by the second half of it.
    """
    waiting = [each for each in found.files if each.fresh]
    known: set[tuple[str, str]] = set()
    while True:
        late = []
        for each in waiting:
            begun, changed = _records(each.fresh)
            lacking = changed - begun - known
            if all(register.store.state.document(*place) is not None for place in lacking):
                known |= begun
            else:
                late.append(each)
        if len(late) == len(waiting):
            break
        waiting = late
    for each in waiting:
        each.fresh = []
        why = "It follows on another file that has not arrived yet."
        found.passed.append(PassedBy(clean_line(each.name), why))


def _records(commits: list[Commit]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The records that commits begin, and those they change."""
    begun: set[tuple[str, str]] = set()
    changed: set[tuple[str, str]] = set()
    for commit in commits:
        for operation in commit["ops"]:
            place = (operation["table"], operation["record"])
            (begun if operation.get("new") else changed).add(place)
    return begun, changed
