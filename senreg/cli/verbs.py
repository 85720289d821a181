"""How the words of a verb are parsed, and the help that lists the verbs."""

from __future__ import annotations

import argparse
import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from senreg.cli.names import GROUPS, VERBS
from senreg.cli.output import say
from senreg.errors import WrongUsage

__all__ = ["GROUPS", "VERBS"]

FIELD_VALUE = re.compile(r"\w+=")
"""How a word begins that gives a field its value; any other word may be a register's path."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in plain words and never ends the process."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage with the complaint of argparse put plainly."""
        raise WrongUsage(
            f"{self.prog}: {_plainly(message)}", do=f"See how it is used: {self.prog} --help"
        )


class Verbs:
    """What family modules add their verbs to; it answers `add_parser` as argparse's own does."""

    def __init__(self) -> None:
        self.parsers: dict[str, Parser] = {}
        self.summaries: dict[str, str] = {}

    def add_parser(
        self,
        name: str,
        *,
        help: str = "",  # noqa: A002 - argparse's own word
        example: str = "",
        **options: Any,
    ) -> Parser:
        """A new parser for a verb.

        Args:
            name: The verb.
            help: One line for the list of verbs; it heads the verb's own help as well.
            example: Command lines shown at the end of the verb's help.
            options: What argparse.ArgumentParser takes besides.
        """
        options.setdefault("description", f"{help[:1].upper()}{help[1:]}.")
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        options.setdefault("allow_abbrev", False)
        if example:
            lines = "\n".join(f"  {line}" for line in example.splitlines())
            options["epilog"] = f"For example:\n{lines}"
        parser = Parser(prog=f"senreg {name}", **options)
        self.parsers[name] = parser
        self.summaries[name] = help
        return parser


def parse(verb: str, words: list[str]) -> argparse.Namespace | None:
    """The words of one verb, parsed with only its family loaded; None when help was shown.

    Raises:
        WrongUsage: The words are not as the verb takes them.
    """
    parser = _family(VERBS[verb]).parsers[verb]
    if any(word in ("-h", "--help") for word in words[: _end_of_options(words)]):
        say(parser.format_help().rstrip())
        return None
    return parser.parse_intermixed_args(words)


def show_help(words: list[str]) -> int:
    """The help of one verb, the fields of one table, or the grouped list of all verbs.

    Raises:
        WrongUsage: Help on something that is neither.
    """
    if not words:
        return _list_verbs()
    if words[0] in VERBS:
        parse(words[0], ["--help"])
        return 0
    from senreg.cli.table_help import table_help
    from senreg.models.tables import TABLES

    if words[0] not in TABLES:
        raise WrongUsage(f"{words[0]} is neither a verb nor a table.", do="See: senreg --help")
    say("\n".join(table_help(words[0])))
    return 0


def _list_verbs() -> int:
    lines = [
        "senreg keeps a school's SEN register, in the terminal and without a network.",
        "",
        "  senreg [REGISTER]          open the register",
        "  senreg VERB --help         how a verb is used, with an example",
        "  senreg help TABLE          the fields of a table, such as pupils",
    ]
    families = {family: _family(family) for family in VERBS.values()}
    lines.append("")
    for group, verbs in GROUPS.items():
        lines.append(group)
        for verb, family in verbs.items():
            lines.append(f"  {verb:<16} {families[family].summaries[verb]}")
    lines += [
        "",
        "REGISTER is a register's folder; left out: SENREG_REGISTER, else the one last opened.",
        "Exit codes: 0 done; 1 done, look at what it says; 2 wrong usage; 3 refused, unchanged.",
    ]
    say("\n".join(lines))
    return 0


def first_word_is_wrong(words: list[str]) -> None:
    """Raise WrongUsage where the first word can be neither a verb nor a register."""
    if not words:
        return
    first = words[0]
    if first.startswith("-"):
        raise WrongUsage(f"senreg has no option {first}.", do="See what it does: senreg --help")
    if not looks_like_register(first):
        from difflib import get_close_matches

        near = get_close_matches(first, VERBS, n=1)
        raise WrongUsage(
            f"{first} is neither a verb of senreg nor the folder of a register.",
            do=f"Did you mean: senreg {near[0]}" if near else "See what it does: senreg --help",
        )
    if len(words) > 1:
        raise WrongUsage(
            "Only the register's folder can follow senreg here.",
            do="See what it does: senreg --help",
        )


def looks_like_register(word: str) -> bool:
    """Whether a word is a path rather than a slip of the keys: it exists, or is written as one."""
    separators = [os.sep, *([os.altsep] if os.altsep else [])]
    return (
        word.lower().endswith(".senreg")
        or any(each in word for each in separators)
        or Path(word).exists()
    )


def _family(name: str) -> Verbs:
    verbs = Verbs()
    import_module(f"senreg.cli.{name}").add_verbs(verbs)
    return verbs


def _end_of_options(words: list[str]) -> int:
    return words.index("--") if "--" in words else len(words)


_PLAINER = (
    (re.compile(r"the following arguments are required: (.*)"), r"{0} is missing."),
    (re.compile(r"one of the arguments (\S+) (\S+) is required"), r"{0} or {1} is missing."),
    (re.compile(r"unrecognized arguments: (.*)"), r"{0} is not understood here."),
    (
        re.compile(r"argument (\S+?)(?:/\S+)?: expected (?:one argument|at least one argument)"),
        r"{0} needs something after it.",
    ),
    (re.compile(r"argument (\S+): invalid \S+ value: (.*)"), r"{0} cannot be {1}."),
    (
        re.compile(r"argument (\S+): not allowed with argument (\S+)"),
        r"{0} and {1} cannot go together.",
    ),
)


def _plainly(message: str) -> str:
    for pattern, words in _PLAINER:
        if found := pattern.fullmatch(message):
            return words.format(*found.groups())
    return message if message.endswith(".") else message + "."
