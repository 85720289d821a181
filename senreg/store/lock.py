"""Who sits at a register: a lock of the operating system, and a file that says who, where, when.

Both are a courtesy between people. Two writers without them lose nothing, because each writes
to segments of its own; so whatever cannot be locked is opened all the same. A place that
another machine says it holds is never taken by a timer: only a person can know.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from senreg import clock
from senreg.digests import checked, with_digest
from senreg.store.files import Files
from senreg.store.operations import new_id

LOCK = "lock"
"""The file that is locked; it is empty, and never deleted."""

IN_USE = "in-use.json"
"""Who, where and since when, as JSON that people can read, with its digest; no name of a child."""

_LARGEST = 4_096
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sits at a register.

    Args:
        person: A staff id or a login name; empty where it cannot be read.
        host: The machine's name; empty where it cannot be read.
        pid: The process there.
        since: Milliseconds since 1970.
        token: Random, of this sitting alone.
    """

    person: str
    host: str
    pid: int
    since: int
    token: str

    @property
    def here(self) -> bool:
        """Whether that is on this machine."""
        return self.host in ("", this_host())


class Seat:
    """A place at a register's folder, taken with `take` and given back with `leave`."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.holder: Holder | None = None
        """Who sat there already when this place was asked for."""
        self._folder = folder
        self._files = files or Files()
        self._token = new_id()
        self._descriptor: int | None = None
        self._written = False

    @property
    def taken(self) -> bool:
        """Whether the place is ours, as far as others can see."""
        return self._written

    def take(self, person: str, *, over: bool = False) -> Holder | None:
        """Take the place if nobody has it, and give who has.

        A file that a crash on this machine left behind counts for nothing once the operating
        system holds no lock. Where the folder cannot be written to, nothing is taken.

        Args:
            person: Who sits down: a staff id or a login name.
            over: Take it even if another machine says it is in use there.
        """
        self.holder = None
        free = self._lock()
        found = self.look()
        if found is not None and found.token == self._token:
            return None
        if found is not None and (not found.here or free is not True) and not over:
            self.holder = found
        elif free is False and not over:
            self.holder = Holder("", "", 0, 0, "")
        if self.holder is None:
            mine = Holder(person, this_host(), os.getpid(), clock.milliseconds(), self._token)
            self._write(mine)
        else:
            self._unlock()
        return self.holder

    def look(self) -> Holder | None:
        """Who the folder says sits there now; None for nobody, or for what cannot be read."""
        path = self._folder / IN_USE
        try:
            size = self._files.size(path)
            if size is None or size > _LARGEST:
                return None
            stored = checked(orjson.loads(self._files.read(path)))
            return Holder(
                person=str(stored["person"])[:200],
                host=str(stored["host"])[:200],
                pid=int(stored["pid"]),
                since=int(stored["since"]),
                token=str(stored["token"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def taken_over(self) -> Holder | None:
        """Who took this place over since it was taken; None while it is still ours."""
        found = self.look() if self._written else None
        return found if found is not None and found.token != self._token else None

    def leave(self) -> None:
        """Give the place back; a place that another took over stays theirs."""
        found = self.look() if self._written else None
        if found is not None and found.token == self._token:
            self._files.discard(self._folder / IN_USE)
        self._written = False
        self._unlock()

    def _write(self, holder: Holder) -> None:
        stored = with_digest(asdict(holder) | {"since_in_words": clock.shown(holder.since)})
        beside = self._folder / f"{IN_USE}.new-{self._token}"
        try:
            descriptor = self._files.create(beside)
            try:
                self._files.append(descriptor, orjson.dumps(stored, option=orjson.OPT_INDENT_2))
            finally:
                self._files.close(descriptor)
            self._files.replace(beside, self._folder / IN_USE)
        except OSError:
            self._files.discard(beside)
        else:
            self._written = True

    def _lock(self) -> bool | None:
        """Whether the lock is ours now; None where the system cannot say."""
        if self._descriptor is not None:
            return True
        try:
            self._descriptor = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None
        try:
            _lock(self._descriptor)
        except OSError as refusal:
            self._unlock()
            return False if refusal.errno in _HELD else None
        return True

    def _unlock(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)


def this_host() -> str:
    """The name of this machine."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "") or "this computer"
    return os.uname().nodename or "this computer"


def _lock(descriptor: int) -> None:
    """Lock a file for as long as it is open. Raises OSError where another holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
