"""What is asked of a paper beside its name: about whom, and in which manner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.rules.reading import Row


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may choose about a paper; each paper takes what it has a use for.

    Args:
        kind: Of a plan its kind, a code of the plans' list or the school's own words; of a
            letter what it is.
        for_child: In words for the child to read.
        costs: With what it costs.
        term: The name of the term it is about; without it the school year so far.
        least: Of fewer children than these no figure is told; 0 for the paper's own number.
        since: The first day it is about; without it the paper's own.
        until: The last day; without it today.
    """

    kind: str = ""
    for_child: bool = False
    costs: bool = False
    term: str = ""
    least: int = 0
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper as it is asked for.

    Args:
        today: The day it is made.
        pupil: The record of the child it is about.
        class_name: The class it is about.
        choices: What was chosen about it.
    """

    today: date
    pupil: Row | None = None
    class_name: str = ""
    choices: Choices = Choices()

    @property
    def child(self) -> Row:
        """The child of a paper that is about one."""
        assert self.pupil is not None, "papers about a child are not composed without one"
        return self.pupil
