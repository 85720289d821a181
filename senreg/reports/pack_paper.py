"""The file for the next school as a paper to read: the child first, then every entry by its kind.

It holds what the pack holds and nothing of what was left out of it. Who wrote what and when stays
with the page and the document for programs, which go in the zip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from senreg.models.text import clean_line
from senreg.reports.document.parts import (
    Document,
    Foot,
    Heading,
    Part,
    Words,
    facts,
    points,
    section,
)
from senreg.reports.in_parts import pupil_parts
from senreg.reports.pack import Entry, Pack, ground_words, kind_title, title_of
from senreg.reports.plan import demanded
from senreg.reports.progress_charts import latest_charts
from senreg.reports.pupil_page import pupil_page
from senreg.rules.dates import as_day, short_day
from senreg.rules.reading import Reading, Row


class Without:
    """A register as it would be read without some of its records.

    Args:
        register: The register.
        gone: The ids of those that are not there.
    """

    def __init__(self, register: Reading, gone: Collection[str]) -> None:
        self._register = register
        self._gone = frozenset(gone)

    def all(self, table: str, /, *, archived: bool = False) -> Sequence[Row]:
        """The records of a table that are there."""
        rows = self._register.all(table, archived=archived)
        return [row for row in rows if row["id"] not in self._gone]

    def get(self, record_id: str, /) -> Row | None:
        """One record, where it is there."""
        return None if record_id in self._gone else self._register.get(record_id)

    def by(self, table: str, field: str, /) -> Mapping[Any, Sequence[Row]]:
        """The live records of a table that are there, grouped by the value of a field."""
        grouped = self._register.by(table, field)
        return {
            value: kept
            for value, rows in grouped.items()
            if (kept := [row for row in rows if row["id"] not in self._gone])
        }


def pack_in_parts(pack: Pack) -> Document:
    """The paper. It is kept by whoever is given it, so that it names no day of deleting."""
    day = as_of(pack)
    lead = f"For the next school, {short_day(pack.made_on)}."
    if day != pack.made_on:
        lead += f" What is told first is as it stood on {short_day(day)}, the last day here."
    return Document(
        title_of(pack),
        lead,
        tuple(_parts(pack)),
        "Confidential: for those who plan with this child at the next school.",
        10,
        kept=True,
    )


def as_of(pack: Pack) -> date:
    """The day the child is told of: the day of leaving where that is past, else the pack's own."""
    left = as_day(pack.pupil.get("left"))
    return left if left is not None and left < pack.made_on else pack.made_on


def foot_of_pack(pack: Pack) -> Foot:
    """What stands at the head and the foot."""
    school = clean_line(str(pack.register.school["name"] or ""))
    return Foot(school, short_day(pack.made_on), "", pack.register.invented)


def first_parts(pack: Pack) -> Iterator[Part]:
    """The child as known here, without anything that was left out of the pack."""
    day, seen = as_of(pack), Without(pack.register, {each.id for each in pack.left_out})
    charts = latest_charts(seen, pack.pupil, day)
    yield from pupil_parts(pupil_page(seen, pack.pupil, day), charts)
    yield from section("What the authority’s plan demands", demanded(seen, pack.pupil["id"]))


def _parts(pack: Pack) -> Iterator[Part]:
    yield from first_parts(pack)
    left = tuple(f"One {each.kind}: {ground_words(each)}." for each in pack.left_out)
    yield from section("Left out", points(left))
    kinds: dict[str, list[Entry]] = {}
    for each in pack.entries:
        kinds.setdefault(kind_title(each.row.table), []).append(each)
    yield from section("Everything that is kept", Words(_counted(pack)))
    for title, entries in kinds.items():
        yield Heading(title)
        for each in entries:
            yield Heading(each.title or each.kind, 3)
            told = facts(*((line.title, line.words) for line in pack.lines(each)))
            if told is not None:
                yield told


def _counted(pack: Pack) -> str:
    count = len(pack.entries)
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    return f"{entries}, by kind and day, as they were written."
