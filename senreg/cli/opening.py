"""Which register a verb means, and that register opened for reading or writing.

Every verb that reads uses `reading(args)`, every verb that writes `writing(args)`; both take the
`register` and `person` that `add_register` and `add_person` put on the parser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli.output import warn
from senreg.cli.unlocking import add_passphrase, keys_of
from senreg.errors import SenregError, WrongUsage
from senreg.settings import Settings

if TYPE_CHECKING:
    import argparse

    from senreg.register import Register
    from senreg.sitting import Holder
    from senreg.vault import OpenKeys

REGISTER_HELP = "the register's folder; left out: SENREG_REGISTER, else the one last opened"


def add_register(parser: argparse.ArgumentParser) -> None:
    """Give a parser its last word, REGISTER, which may be left out, and what opens it."""
    parser.add_argument("register", metavar="REGISTER", nargs="?", help=REGISTER_HELP)
    add_passphrase(parser)


def add_person(parser: argparse.ArgumentParser) -> None:
    """Give a verb that writes its `--as STAFF` and its `--take-over`."""
    parser.add_argument(
        "--as",
        dest="person",
        metavar="STAFF",
        help="who writes: initials, name or id of one of the staff; else SENREG_PERSON",
    )
    add_take_over(parser)


def add_take_over(parser: argparse.ArgumentParser) -> None:
    """Give a verb that writes its `--take-over`."""
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="write although another computer says it has the register open",
    )


def remembered_register() -> Path | None:
    """The register meant when none is named: SENREG_REGISTER, else the one last opened."""
    named = os.environ.get("SENREG_REGISTER") or Settings.load().last_register
    return Path(named) if named else None


def chosen_register(named: str | None) -> Path:
    """The folder of the register a verb means.

    Raises:
        WrongUsage: None was named and none is remembered.
    """
    path = Path(named) if named else remembered_register()
    if path is None:
        raise WrongUsage(
            "No register was named, and none was opened here before.",
            do="Name its folder at the end, or make one: senreg new FOLDER --school NAME",
        )
    return path


def remember(path: Path) -> None:
    """Keep a register as the one last opened on this machine."""
    settings = Settings.load()
    if settings.last_register != str(path.resolve()):
        settings.opened(path)
        settings.save()


class Seen:
    """What there is to look at when a verb is done; `code` is 1 then, else 0."""

    def __init__(self) -> None:
        self.code = 0

    def point_out(self, sentence: str) -> None:
        """A sentence on standard error, and exit code 1."""
        warn(sentence)
        self.code = 1


@contextmanager
def reading(args: argparse.Namespace) -> Iterator[tuple[Register, Seen]]:
    """The register of a verb that only reads; damage is pointed out and reading goes on."""
    from senreg.register import Register

    seen = Seen()
    path = chosen_register(args.register)
    with Register.open(path, unlock=keys_of(path, args), read_only=True) as register:
        if args.register:
            remember(register.path)
        for sentence in (*register.warnings, *(each.words for each in register.doubts)):
            seen.point_out(sentence)
        yield register, seen


@contextmanager
def handing_out(args: argparse.Namespace) -> Iterator[tuple[Register, Seen]]:
    """The register of a verb that makes a file of it, which the register keeps a note of.

    One that is damaged is read as far as it can be, and no note is kept.
    """
    from senreg.register import Register

    seen = Seen()
    path = chosen_register(args.register)
    with Register.open(path, unlock=keys_of(path, args), watch=_going_on) as register:
        if args.register:
            remember(register.path)
        attribute(register, None)
        for sentence in (*register.warnings, *(each.words for each in register.doubts)):
            seen.point_out(sentence)
        yield register, seen


@contextmanager
def writing(args: argparse.Namespace) -> Iterator[Register]:
    """The register of a verb that writes, attributed to whoever `--as` or SENREG_PERSON names.

    A window on this computer is no hindrance: it takes in what the verb wrote.

    Raises:
        SenregError: The register is damaged or cannot be opened, another computer says it has
            it open, or nobody of that name is staff.
    """
    path = chosen_register(args.register)
    with seated(path, keys_of(path, args), args) as register:
        if args.register:
            remember(register.path)
        yield register


@contextmanager
def seated(path: Path, keys: OpenKeys | None, args: argparse.Namespace) -> Iterator[Register]:
    """A register that was unlocked already; otherwise the same as `writing`."""
    from senreg.register import Register

    with Register.open(path, unlock=keys, watch=_going_on) as register:
        attribute(register, getattr(args, "person", None))
        holder = register.sit(over=args.take_over)
        if holder is not None and not holder.here:
            raise _open_elsewhere(register, holder)
        # Where it can only be read, the refusal says why.
        for sentence in () if register.read_only else register.warnings:
            warn(sentence)
        told = list(register.doubts)
        for doubt in told:
            warn(doubt.words)
        yield register
        for doubt in register.doubts:
            if doubt not in told:
                warn(doubt.words)


def _going_on(done: int, total: int) -> None:
    """Says that a change of keys which was interrupted is gone on with, and when it is done."""
    if done == 0:
        warn("A change of keys was interrupted here; it is gone on with, which takes a while.")
    if done == total:
        warn("That is done: all of the register is under the new key.")


def _open_elsewhere(register: Register, holder: Holder) -> SenregError:
    from senreg.clock import shown
    from senreg.rules.naming import staff_named

    who = staff_named(holder.person, register.get) or "Somebody"
    return SenregError(
        f"{who} has this register open on {holder.host}, since {shown(holder.since)}.",
        do="Wait until it is closed there; if it is, say --take-over.",
    )


def attribute(register: Register, named: str | None) -> None:
    """Say who writes: `--as`, else SENREG_PERSON, else who sits here, else the login name.

    A name from the environment that no staff record bears is kept as it is typed, so that a new
    register can be written to before its staff are in it.
    """
    from senreg.cli.references import NotOne, the_one
    from senreg.models.text import clean_line

    if named:
        register.person = the_one(register, "staff", named)
        return
    from_environment = clean_line(os.environ.get("SENREG_PERSON", ""))
    if from_environment:
        try:
            register.person = the_one(register, "staff", from_environment)
        except NotOne:
            register.person = from_environment
        return
    here = Settings.load().people.get(register.register_id)
    if here:
        register.person = here
