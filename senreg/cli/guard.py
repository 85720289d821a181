"""The edge of the process: nothing leaves it as a traceback, and a closed pipe is no error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

INTERRUPTED = 130
"""The exit code shells expect after ctrl+c: 128 + SIGINT."""

REFUSED = 3


def guarded(work: Callable[[list[str]], int], words: list[str]) -> int:
    """The exit code of the work, with everything it printed handed over.

    A reader that closed the pipe (`senreg list … | head`) has what it wanted. An error nobody
    foresaw is told in three plain lines without any value; SENREG_DEBUG=1 shows its traceback.
    """
    try:
        code = work(words)
        sys.stdout.flush()
    except OSError as error:
        _discard_output()
        return 0 if _is_closed_pipe(error) else _unforeseen(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception as error:
        return _unforeseen(error)
    return code


def _is_closed_pipe(error: OSError) -> bool:
    """Whether the reader of standard output went away; Windows calls that a bad argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _unforeseen(error: Exception) -> int:
    if os.environ.get("SENREG_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    if isinstance(error, OSError):
        what = os.strerror(error.errno) if error.errno else type(error).__name__
        happened = f"The machine refused to read or write something: {what} ({_place(error)})."
    else:
        happened = f"senreg made a mistake of its own: {type(error).__name__} ({_place(error)})."
    lines = (
        happened,
        "Everything that was saved before is safe.",
        "Try it again; if it stays, report the line above, which holds nothing of the register.",
    )
    for line in lines:
        print(line, file=sys.stderr)
    return REFUSED


def _place(error: Exception) -> str:
    """The file and line of ours that was running last, without any value."""
    trace, place = error.__traceback__, "start"
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "senreg" in file.parts or "screens" in file.parts:
            place = f"{file.parent.name}/{file.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _discard_output() -> None:
    """Send what is still buffered to nowhere, so that leaving raises nothing."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
