"""The `senreg` command: looks at the first word and loads only what that verb needs."""

import sys


def run() -> int:
    """The command line of this process, done; the exit code."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        from senreg import __version__

        print(f"senreg {__version__}")
        return 0
    from senreg.cli.guard import guarded

    return guarded(main, words)


def main(words: list[str]) -> int:
    """What the words after `senreg` ask for, done.

    Args:
        words: The command line without the program's own name.

    Returns:
        0 done; 1 done, and there is something to look at, or the rest is still to do; 2 wrong
        usage; 3 refused: nothing was changed. At most three plain lines on standard error say why.
    """
    from senreg.cli import output
    from senreg.errors import SenregError

    output.prepare_streams()
    try:
        return _dispatch(words)
    except SenregError as error:
        output.complain(error)
        return error.exit_code


def _dispatch(words: list[str]) -> int:
    from senreg.cli.names import VERBS

    first = words[0] if words else ""
    if first in VERBS:
        from senreg.cli.verbs import parse

        chosen = parse(first, words[1:])
        return int(chosen.run(chosen)) if chosen else 0
    if first in ("-h", "--help", "help"):
        from senreg.cli.verbs import show_help

        return show_help(words[1:])
    if first in ("--version", "-V"):
        from senreg import __version__

        print(f"senreg {__version__}")
        return 0
    from pathlib import Path

    if words and (len(words) > 1 or not Path(first).is_dir()):
        from senreg.cli.verbs import first_word_is_wrong

        first_word_is_wrong(words)
    from senreg.cli.interface import open_interface
    from senreg.cli.opening import remembered_register

    return int(open_interface(Path(first) if first else remembered_register()))


if __name__ == "__main__":
    sys.exit(run())
