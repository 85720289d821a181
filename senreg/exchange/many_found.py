"""What a folder, or a workbook, has to bring in: sheet by sheet, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from senreg.exchange.import_parts import Applied
from senreg.rules.nouns import counted

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan

    Plan = ImportPlan | RecordsPlan

State = Literal["waiting", "done", "refused", "stopped", "left"]


@dataclass(slots=True)
class Part:
    """One sheet to be brought in.

    Args:
        path: The file.
        name: The file's name, as it may be shown.
        sheet: The sheet; empty for plain text.
        table: Where its rows go.
        rows: How many there are below the headings.
        guessed: Only its headings say which table it is.
        wanted: Whether it is to be brought in.
        state: What became of it.
        refused: Why it could not be brought in.
        applied: What was written.
        plan: What was brought in, or would be; kept to be told.
    """

    path: Path
    name: str
    sheet: str
    table: str
    rows: int
    guessed: bool = False
    wanted: bool = True
    state: State = "waiting"
    refused: str = ""
    applied: Applied | None = None
    plan: Plan | None = None

    @property
    def title(self) -> str:
        """The file, and the sheet where it has several."""
        return f"{self.name}, sheet {self.sheet}" if self.sheet else self.name

    @property
    def left_out(self) -> int:
        """Rows that were, or would be, left out."""
        return sum(bool(row.problem) for row in self.plan.rows) if self.plan is not None else 0

    @property
    def remarked(self) -> int:
        """Rows that come in, or came in, with something to look at."""
        rows = self.plan.rows if self.plan is not None else ()
        return sum(bool(row.remarks and not row.problem) for row in rows)

    @property
    def typed(self) -> int:
        """Values that a person typed here and that it goes over."""
        rows = self.plan.rows if self.plan is not None else []
        return sum(
            change.typed and change.taken
            for row in rows
            if row.state == "changed"
            for change in row.changes
        )


@dataclass(slots=True)
class Passed:
    """A file, or a sheet, that is passed over.

    Args:
        file: The file's name, as it may be shown.
        why: A sentence.
        sheet: The sheet, where it is one of several.
        path: Where it lies, if it may be brought in by itself: a person says what it is then.
    """

    file: str
    why: str
    sheet: str = ""
    path: Path | None = None

    @property
    def name(self) -> str:
        """The file, and the sheet where it is one of several."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


@dataclass(slots=True)
class Found:
    """What there is to bring in, in the order in which it goes, and what is passed over."""

    parts: list[Part] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)

    @property
    def done(self) -> list[Part]:
        """The parts that were brought in."""
        return [part for part in self.parts if part.state == "done"]

    @property
    def worth_a_look(self) -> bool:
        """Whether anything was passed over, refused, stopped, left out, or is to be looked at."""
        return bool(self.passed) or any(
            part.state in ("refused", "stopped") or part.left_out or part.remarked
            for part in self.parts
        )

    @property
    def words(self) -> str:
        """What was done, and where it stopped, in a few sentences."""
        done, stopped = self.done, [each for each in self.parts if each.state == "stopped"]
        if not done and not stopped:
            return "Nothing was brought in."
        rows = sum(part.applied.counts.new + part.applied.counts.changed
                   for part in done if part.applied)  # fmt: skip
        sheets = "1 sheet" if len(done) == 1 else f"{len(done):,} sheets"
        told = f"Brought in: {sheets}, {rows:,} {'record' if rows == 1 else 'records'}."
        if stopped:
            names = ", ".join(part.title for part in stopped[:5])
            more = f" and {len(stopped) - 5:,} more" if len(stopped) > 5 else ""
            done_words = f"{told} It stays." if done else "Nothing was brought in."
            told = f"Stopped. {done_words} Not reached: {names}{more}."
        return told


def tables_in_words(parts: Iterable[Part]) -> str:
    """What comes in, or came in, by table: '62 pupils, 3 targets'; empty where nothing does.

    Only rows that are new or changed count: not those that are left out, and not those that the
    register has already.
    """
    rows: dict[str, int] = {}
    for part in parts:
        if part.wanted and part.plan is not None and not part.refused:
            counts = part.applied.counts if part.applied is not None else part.plan.counts
            rows[part.table] = rows.get(part.table, 0) + counts.new + counts.changed
    return ", ".join(counted(table, number) for table, number in rows.items() if number)
