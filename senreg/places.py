"""Places on this machine's disks: what stands in a folder, and what a typed path means.

Nothing here writes. A folder on a slow network drive may take seconds: call it on a thread.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from senreg.errors import Unreadable
from senreg.models.text import clean_line, folded

Kind = Literal["folder", "register", "file"]

MOST_LISTED = 2_000
"""Entries of one folder that are looked at; a folder with more is one nobody reads through."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that people start from: its name for people, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """Something in a folder.

    Args:
        path: Where it is.
        name: Its own name, cleaned, as it may be shown.
        kind: A folder, a folder that is a register, or a file.
        size: Bytes of a file; 0 for a folder.
        modified: When it was last changed, in seconds since 1970.
    """

    path: Path
    name: str
    kind: Kind
    size: int = 0
    modified: float = 0.0

    @property
    def id(self) -> str:
        """The path, by which a list knows it."""
        return str(self.path)


def documents_folder() -> Path:
    """The folder of a person's own documents, or their home; SENREG_HOME moves it."""
    moved = os.environ.get("SENREG_HOME")
    if moved:
        return Path(moved)
    import platformdirs

    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def places() -> list[Place]:
    """The folders to start from: documents, desktop, downloads, home, drives and sticks."""
    home = Path.home()
    found = {} if documents_folder() == home else {documents_folder(): "Documents"}
    for name in ("Desktop", "Downloads"):
        found.setdefault(home / name, name)
    found.setdefault(home, "Home")
    for drive in _drives():
        found.setdefault(drive, clean_line(drive.name or str(drive)))
    return [Place(name, path) for path, name in found.items() if _is_folder(path)]


def _drives() -> Iterator[Path]:
    """Drives of Windows, and what is mounted under the usual folders elsewhere."""
    if sys.platform == "win32":
        list_drives = getattr(os, "listdrives", None)
        drives = list_drives() if list_drives else [f"{letter}:\\" for letter in "CDEFGH"]
        yield from map(Path, drives)
        return
    user = os.environ.get("USER", "")
    for mounts in (Path("/media") / user, Path("/run/media") / user, Path("/Volumes")):
        try:
            yield from sorted(each for each in mounts.iterdir() if user or mounts.name == "Volumes")
        except OSError:
            continue


def listed(folder: Path, *, endings: Collection[str] = (), files: bool = True) -> list[Listed]:
    """What stands in a folder: registers first, then folders, then files; each by name.

    Args:
        folder: The folder; hidden entries are left out.
        endings: The endings of files to show, in lower case with their dot; all without any.
        files: Whether files are shown.

    Raises:
        Unreadable: There is no such folder, or it may not be looked into.
    """
    found: list[Listed] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                each = _entry(entry, endings, files)
                if each is not None:
                    found.append(each)
                if len(found) >= MOST_LISTED:
                    break
    except OSError as refusal:
        raise Unreadable(
            f"That folder cannot be opened: {refusal.strerror or 'the disk refused'}.",
            do="Choose another folder.",
        ) from None
    order = {"register": 0, "folder": 1, "file": 2}
    found.sort(key=lambda each: (order[each.kind], folded(each.name)))
    return found


def _entry(entry: os.DirEntry[str], endings: Collection[str], files: bool) -> Listed | None:
    name = clean_line(entry.name) or "(no name)"
    if entry.name.startswith((".", "$")):
        return None
    path = Path(entry.path)
    try:
        if entry.is_dir():
            return Listed(path, name, "register" if is_register(path) else "folder")
        if not files or (endings and path.suffix.lower() not in endings):
            return None
        found = entry.stat()
    except OSError:
        return None
    return Listed(path, name, "file", found.st_size, found.st_mtime)


def is_register(folder: Path) -> bool:
    """Whether a folder looks like a register of ours, by its name or by what is in it."""
    try:
        return folder.suffix.lower() == ".senreg" or (folder / "register.json").is_file()
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed path means: the folder it looks into, and the name begun there."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """The folder and the name together."""
        return self.folder / self.name if self.name else self.folder


_PASTED_BEHIND = re.compile(r"""^.*[/\\]["']?(?=/|~[/\\]|[A-Za-z]:[/\\]|\\\\)""")
"""A path up to the separator behind which another one begins at a root or at home."""


def typed(text: str, base: Path) -> Typed:
    """The meaning of a typed or pasted path.

    Quotes around it, as Windows puts them when a path is copied, are taken off; ~ is the home
    folder; what does not begin at a root begins at `base`. A whole path pasted behind another
    is meant alone.
    """
    bare = _PASTED_BEHIND.sub("", clean_line(text)).strip("\"'")
    if not bare:
        return Typed(base, "")
    try:
        path = Path(bare).expanduser()
    except RuntimeError:
        path = Path(bare)
    path = base / path
    ends = bare.endswith(("/", os.sep)) or bare in ("~", ".", "..")
    whole = Path(os.path.normpath(path))
    return Typed(whole, "") if ends else Typed(whole.parent, whole.name)


def written(folder: Path, name: str = "") -> str:
    """A path as it stands in the field in which paths are typed: a folder ends in a separator."""
    text = str(folder)
    return (text if text.endswith(os.sep) else text + os.sep) + name


def completed(name: str, names: Collection[str]) -> str:
    """The longest beginning that all names have which begin so, in their own spelling."""
    fitting = [each for each in names if _common(name, each) == len(name)]
    if not fitting:
        return name
    return fitting[0][: min(_common(fitting[0], each) for each in fitting)]


def _common(one: str, other: str) -> int:
    """How many characters two names have in common from the start, capitals set aside."""
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine.casefold() != theirs.casefold():
            return place
    return min(len(one), len(other))


def free_folder(name: str, ending: str) -> Path:
    """A folder among the documents that is not there yet: 'school.senreg', 'school 2.senreg'."""
    base = documents_folder()
    number = 1
    while True:
        path = base / f"{name}{f' {number}' if number > 1 else ''}{ending}"
        if not path.exists():
            return path
        number += 1


def kind_of(path: Path) -> Kind | Literal["nothing"]:
    """What stands at a path; nothing where there is nothing, or nothing that may be looked at."""
    try:
        if path.is_dir():
            return "register" if is_register(path) else "folder"
        return "file" if path.exists() else "nothing"
    except (OSError, ValueError):
        return "nothing"


def is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing; one that may not be looked into counts as full."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    return kind_of(path) in ("folder", "register")
