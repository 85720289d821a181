"""The passphrase of a sealed register: from a file, or asked where a person sits there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli.output import warn
from senreg.errors import Locked, SenregError, Unfinished, Unreadable, WrongUsage

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from senreg.vault import OpenKeys, Seal

PASSPHRASE_FILE = "SENREG_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
_TRIES = 3
_NEW_COUNTS = (
    "Stopped half-way. Nothing is lost: what is new opens the register already, what it had until "
    "now does not, and whoever opens it next goes on."
)
_OLD_COUNTS = (
    "Stopped before anything was changed: the register opens as it did until now, and a recovery "
    "key told above opens nothing."
)
_LONGEST = 4_096


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Give a parser its `--passphrase-file F`."""
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        type=Path,
        help="the file whose first line is the passphrase; else SENREG_PASSPHRASE_FILE, else asked",
    )


def keys_of(register: Path, args: argparse.Namespace) -> OpenKeys | None:
    """What opens a register; None for a plain one.

    The recovery key is taken wherever the passphrase is.

    Raises:
        Locked: Nothing was given, or it does not fit.
        Unreadable: The passphrase file cannot be read.
    """
    from senreg.store.files import Files
    from senreg.store.unlocking import asks_for_keys, folder_of

    if not asks_for_keys(Files(), folder_of(register)):
        return None
    given = passphrase_given(args)
    if given is not None:
        return unlocked(register, given)
    if not _person_is_there():
        raise Locked(
            "This register is encrypted, and no passphrase was given.",
            do=f"Name the file that holds it: --passphrase-file F, or {PASSPHRASE_FILE}.",
        )
    for last in (False,) * (_TRIES - 1) + (True,):
        try:
            return unlocked(register, ask("Passphrase: "))
        except Locked as refusal:
            if last:
                raise
            warn(refusal.happened)
    return None


def unlocked(register: Path, typed: str) -> OpenKeys:
    """The keys, by a passphrase or by the recovery key. Raises Locked."""
    from senreg.vault import unlock, unlock_with_recovery

    try:
        return unlock(register, typed)
    except Locked as refusal:
        try:
            return unlock_with_recovery(register, typed)
        except (Unreadable, Locked):
            raise refusal from None


def ask_or_given(args: argparse.Namespace) -> str:
    """The passphrase or recovery key: given, or asked once. Raises Locked where there is none."""
    given = passphrase_given(args)
    if given is None and not _person_is_there():
        raise Locked(
            "This is encrypted, and no passphrase was given.",
            do=f"Name the file that holds it: --passphrase-file F, or {PASSPHRASE_FILE}.",
        )
    return given if given is not None else ask("Passphrase: ")


def passphrase_for(bundle: Path, args: argparse.Namespace) -> str | None:
    """What opens a bundle to join it: given, or asked; None where it is not sealed."""
    from senreg.sync.bundle import asks_passphrase

    if not asks_passphrase(bundle):
        return None
    given = passphrase_given(args)
    if given is None and _person_is_there():
        return ask("Passphrase of whoever made it: ")
    return given


def passphrase_given(args: argparse.Namespace | None = None) -> str | None:
    """The first line of the file that `--passphrase-file` or the environment names."""
    named = getattr(args, "passphrase_file", None) or os.environ.get(PASSPHRASE_FILE)
    return first_line(Path(named)) if named else None


def first_line(path: Path) -> str:
    """What stands on the first line of a file, without the newline. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            line = file.read(_LONGEST).split(b"\n", 1)[0]
        text = line.decode("utf-8-sig").rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise Unreadable(
            f"The passphrase file {path} cannot be read.", do="Check its name and that it is text."
        ) from None
    if not text.strip():
        raise Unreadable(
            f"The passphrase file {path} is empty.", do="Its first line is the passphrase."
        )
    return text


def new_seal(hints: Iterable[str], given: str | None) -> Seal:
    """What is to open a register from now on: a passphrase that was given, or one asked twice.

    The recovery key is told on standard output, and asked for again where a person is there.

    Args:
        hints: Names a guesser would try.
        given: The new passphrase, where a file named it.

    Raises:
        InvalidRecord: The passphrase is too easy to guess.
        WrongUsage: There is none, and nobody to ask.
    """
    from senreg.vault import Seal, new_recovery_key

    passphrase = new_passphrase(hints, given)
    recovery_key = new_recovery_key()
    _hand_over(recovery_key)
    return Seal(passphrase, recovery_key)


@contextmanager
def key_told() -> Iterator[None]:
    """A block that makes what a new recovery key is to open, after the key was told.

    It is told first, for a register whose key nobody read would be worse than a key without a
    register; where nothing came of it, the refusal says so.
    """
    try:
        yield
    except Unfinished:
        raise
    except SenregError as refusal:
        refusal.safe += " The recovery key told above opens nothing: throw it away."
        raise


@contextmanager
def told_what_opens(register: Path) -> Iterator[None]:
    """A block that changes what opens a register; stopped by ctrl+c, it says what does now."""
    before = _ways_in(register)
    try:
        yield
    except KeyboardInterrupt:
        changed = _ways_in(register) != before
        warn(_NEW_COUNTS if changed else _OLD_COUNTS)
        raise


def _ways_in(register: Path) -> object:
    from senreg.store.files import Files
    from senreg.store.key_files import read_keys

    found = read_keys(Files(), register)
    return found and found.file.slots


def new_passphrase(hints: Iterable[str], given: str | None, of: str = "register") -> str:
    """A passphrase that is good enough: the one given, or one asked for twice.

    Raises InvalidRecord where the given one is too easy, WrongUsage where nobody can be asked.
    """
    from senreg.passphrases import refuse_weak

    hints = list(hints)
    if given is None:
        return _asked_twice(hints, of)
    refuse_weak(given, hints)
    return given


def _asked_twice(hints: list[str], of: str) -> str:
    from senreg.errors import InvalidRecord
    from senreg.passphrases import offered, refuse_weak

    if not _person_is_there():
        raise WrongUsage(
            f"A {of} is encrypted, and no passphrase was given for it.",
            do=f"Give --passphrase-file F or {PASSPHRASE_FILE}, or say --plain."
            if of == "register"
            else "Name a file that holds one: --new-passphrase-file F",
        )
    print(f"A passphrase protects the {of}. Five words that nobody would guess:")
    print(f"    {offered()}")
    print("Type them, or a passphrase of your own.")
    while True:
        passphrase = ask("New passphrase: ")
        try:
            refuse_weak(passphrase, hints)
        except InvalidRecord as refusal:
            warn(refusal.happened)
            continue
        if ask("The same once more: ") == passphrase:
            return passphrase
        warn("The two are not the same.")


def _hand_over(recovery_key: str) -> None:
    print(f"Recovery key: {recovery_key}")
    print("Write or print it now: it opens the register when the passphrase is forgotten.")
    print("It belongs in the school's safe, and nowhere near this computer.", flush=True)
    if not _person_is_there():
        return
    from senreg.vault import ends_recovery_key

    while True:
        typed = ask("From what you wrote: its last two groups: ", shown=True)
        if ends_recovery_key(typed, recovery_key):
            return
        warn("Those are not the last two groups. Look at what you wrote.")


def ask(prompt: str, *, shown: bool = False) -> str:
    """What a person types, unseen unless `shown`. Ended input counts as giving up."""
    from getpass import getpass

    try:
        return input(prompt) if shown else getpass(prompt)
    except EOFError:
        raise Locked("Nothing was typed.", do="Try again.") from None


def _person_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
