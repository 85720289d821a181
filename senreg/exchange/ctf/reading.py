"""A Common Transfer File, read as a stream: one child after another, each let go when it is read.

What is known of the format, and from where: the department's own writer (root `CTfile`, header,
`CTFpupilData/Pupil`, `Sex`), writers of schools' systems (`Gender` in older versions, `ATfile`
and `ATFpupilData` for children who are to come) and the parts of a `Pupil` that both have. No
schema could be had, so every part may be missing, stand elsewhere, or be of no kind known here:
such parts are passed over and counted.

Nothing outside the file is ever fetched: a document type, and with it every entity, is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from senreg.errors import Unreadable
from senreg.exchange.ctf.elements import day_said, said
from senreg.exchange.ctf.kinds import kind_of
from senreg.exchange.ctf.pupils import TransferPupil, pupil_of
from senreg.exchange.delimited import decoded
from senreg.models.text import clean_line

if TYPE_CHECKING:
    from senreg.exchange.grid import Grid

ROOTS = ("CTfile", "ATfile")
OLDEST, NEWEST = 12, 26
"""The versions of the format that were met; others are read as far as they are alike."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_COLLECTION = re.compile(r"<(?:\w+:)?Collection>([^<]{1,200})<")
_HEAD = 20_000
_ODD = re.compile("[\udc80-\udcff]")
_DEEPEST = 100
_MOST_PARTS = 50_000
"""Elements that one child may have; a child with twelve years of everything has about 600."""


@dataclass(slots=True)
class Transfer:
    """What a transfer file says.

    Args:
        version: As the header has it; empty where it says nothing.
        made_on: The ISO day the header says it was made; empty where it says none.
        school_year: The header's academic year, such as 2026; None where it names none.
        school: The name of the school it comes from.
        pupils: In the order of the file.
        passed_over: Parts of children that senreg has no place for, and how often they stand.
    """

    version: str = ""
    made_on: str = ""
    school_year: int | None = None
    school: str = ""
    pupils: list[TransferPupil] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def read_transfer(content: bytes, name: str) -> Grid:
    """The children of a transfer file as a sheet, with what belongs to each.

    Args:
        content: The bytes of the file.
        name: Its name, for messages.

    Raises:
        Unreadable: It is broken, has a document type, or is XML of another kind.
    """
    from senreg.exchange.ctf.sheet import sheet_of

    return sheet_of(transfer_of(content, name), name)


def transfer_of(content: bytes, name: str) -> Transfer:
    """What a transfer file says. Raises Unreadable as `read_transfer` does."""
    from defusedxml.common import DefusedXmlException

    text = _ODD.sub("\ufffd", decoded(content, name)).lstrip("\ufeff")
    text = text[_declaration_end(text) :]
    found = Transfer()
    try:
        for element in _parts(text, name):
            if element.tag == "Header":
                _read_header(found, element)
            else:
                found.pupils.append(pupil_of(element, found.passed_over))
    except DefusedXmlException:
        raise Unreadable(
            f"{name} has a document type or entities, which no transfer file has.",
            do="Nothing was read from it; ask whoever sent it for another.",
        ) from None
    except ParseError as bad:
        line = bad.position[0] if bad.position else 1
        raise Unreadable(
            f"{name} is broken: its XML ends or goes wrong in line {line:,}.",
            do="Ask for the file once more; a copy that was cut off cannot be read.",
        ) from None
    return found


def _declaration_end(text: str) -> int:
    """Where the XML declaration ends: the text is decoded already, whatever it said."""
    match = _DECLARATION.match(text)
    return match.end() if match else 0


def _parts(text: str, name: str) -> Iterator[Element]:
    """The header and each child as they end; what was read is let go.

    Raises ParseError, defusedxml's refusals, and Unreadable for what no transfer file is like.
    """
    from defusedxml.ElementTree import iterparse

    open_ones: list[Element] = []
    inside: Element | None = None
    held = 0
    stream: Iterator[tuple[str, Element]] = iterparse(
        BytesIO(text.encode("utf-8")), events=("start", "end"), forbid_dtd=True
    )
    for event, element in stream:
        element.tag = _local(element.tag)
        if event == "start":
            if not open_ones and element.tag not in ROOTS:
                raise _of_another_kind(text, element.tag, name)
            open_ones.append(element)
            held += 1
            if inside is None and element.tag in ("Pupil", "Header"):
                inside, held = element, 0
            if len(open_ones) > _DEEPEST or held > _MOST_PARTS:
                raise Unreadable(
                    f"{name} is no transfer file: its parts are nested or repeated without end.",
                    do="Nothing was read from it; ask whoever sent it for another.",
                )
            continue
        open_ones.pop()
        if element is inside:
            inside = None
            yield element
        if inside is None:
            held = 0
            element.clear()
            if open_ones:
                open_ones[-1].remove(element)


def _local(tag: str) -> str:
    """An element's name without the namespace that some writers add."""
    return tag.rpartition("}")[2]


def _of_another_kind(text: str, root: str, name: str) -> Unreadable:
    """The refusal of XML that is no transfer file, named for what it is."""
    found = _COLLECTION.search(text[:_HEAD])
    kind = kind_of(clean_line(root), found[1] if found else "")
    return Unreadable(
        f"{name} is {kind}, not a Common Transfer File.",
        do="Ask for a transfer file (CTF), or for a spreadsheet of the pupils, and import that.",
    )


def _read_header(found: Transfer, header: Element) -> None:
    found.version = said(header, "CTFversion") or said(header, "ATFversion")
    found.made_on = day_said(header, "DateTime") or ""
    source = header.find("SourceSchool")
    if source is not None:
        found.school = said(source, "SchoolName")
        year = said(source, "AcademicYear")[:4]
        found.school_year = int(year) if year.isascii() and year.isdigit() else None
