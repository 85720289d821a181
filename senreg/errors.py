"""What can go wrong, in words a person can act on.

Every error says what happened, what is safe and what to do, one sentence each. None of
them quotes a value of the register, so that they may be shown and logged.
"""

from typing import NamedTuple


class SenregError(Exception):
    """Something was refused and nothing was changed. `exit_code` is that of the command line."""

    exit_code = 3

    def __init__(self, happened: str, safe: str = "Nothing was changed.", do: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.safe = safe
        self.do = do

    @property
    def lines(self) -> list[str]:
        """At most three plain lines: what happened, what is safe, what to do."""
        return [line for line in (self.happened, self.safe, self.do) if line]

    def __str__(self) -> str:
        return " ".join(self.lines)


class WrongUsage(SenregError):
    """The command line was not understood."""

    exit_code = 2


class Unreadable(SenregError):
    """A file given by the user is not what it should be."""


class NoSuchRecord(SenregError):
    """An id that this register does not hold."""


class ReadOnly(SenregError):
    """The register is open for reading only."""


class Locked(SenregError):
    """The register is sealed, and what was given does not open it."""


class NewerKey(Locked):
    """A bundle is under a key that its register was given on another copy since."""


class DamagedRegister(SenregError):
    """The register's files are damaged; reading still works as far as it can."""


class CannotWrite(SenregError):
    """The disk refused; what was acknowledged before is safe."""


class Unfinished(CannotWrite):
    """The disk refused half-way: what was asked for counts already, and the rest is still to do."""

    exit_code = 1


class FieldProblem(NamedTuple):
    """One field that cannot be taken as it is: its name, and a sentence that says why."""

    field: str
    message: str


class InvalidRecord(SenregError):
    """A record whose values cannot be taken. `problems` names each field."""

    def __init__(self, table: str, problems: list[FieldProblem]) -> None:
        self.table = table
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))
