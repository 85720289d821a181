"""For an inspection: the children with SEN by initials, and the story of each on a page.

No child is named. Names that stand within what was written are taken out as they are where a
screen shows initials; everyday words that are names too stay, so it is still to be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

from senreg.errors import SenregError
from senreg.models.text import clean, clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Break,
    Column,
    Document,
    Heading,
    Part,
    Table,
    facts,
    points,
    section,
    words,
)
from senreg.reports.fitting import fit_sections
from senreg.reports.plan import help_table
from senreg.reports.pupil_page import PupilPage, TargetLines, pupil_page
from senreg.rules.conversations import is_held
from senreg.rules.initials import NO_INITIALS, InitialsOnly
from senreg.rules.naming import initials
from senreg.rules.needs import need_word, open_needs, primary_of
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_look, status_on
from senreg.rules.target_life import is_open, last_review, outcome_words
from senreg.rules.years import year_rank, year_word

_LOOK = (
    "Read it for nicknames, and for names that are words too, such as May: those are not taken out."
)
T = TypeVar("T")

SIZE = 9.0
"""Of letters, in points."""

_WIDTH_MM, _HEIGHT_MM, _LINE = 171.0, 250.0, 1.42
"""What a page has room for, and a line's height by the size of its letters."""

_FIXED_LINES, _ROW_LINES = 18, 2
"""The lines of headings, facts and foot; and those of a row of help."""

LATEST = 6
"""So many closed targets are told of each child; the story is to stay on its page."""


def inspection(register: Reading, asked: Asked) -> Document:
    """The list and the stories: of the school, of a class or of one child.

    Raises:
        SenregError: Nobody there has SEN, or no child on roll is in a class of that name.
    """
    children = _children(register, asked)
    if not children:
        raise SenregError("Nobody there is on the SEN register today.", "Nothing was made.")
    every = [*register.all("pupils"), *register.all("pupils", archived=True)]
    hidden = InitialsOnly(every, _kept(register))
    called = _called(children)
    parts: list[Part] = [_list(register, asked, children, called)]
    for child in children:
        parts += [Break(), *_story(register, asked, child, called[child["id"]], hidden)]
    count = "1 child" if len(children) == 1 else f"{len(children)} children"
    return Document(
        "Children with SEN, by initials",
        f"{count}: a list, and a page of each.",
        tuple(without_names(each, hidden) for each in parts),
        "For the inspection; no child is named.",
        SIZE,
        look=(_LOOK,),
    )


def without_names(value: T, hidden: Callable[[str], str]) -> T:
    """A part, or anything in one, with names of children taken out of all its texts."""
    return _without(value, hidden)  # type: ignore[no-any-return]


def _without(value: Any, hidden: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, tuple):
        return tuple(_without(each, hidden) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: _without(getattr(value, each.name), hidden) for each in fields(value)}
        return replace(value, **told)
    return value


def _kept(register: Reading) -> Iterator[str]:
    """Names that are not children's, though a child's may be in them."""
    for table in ("staff", "interventions", "school"):
        yield from (str(row.get("name") or "") for row in register.all(table))


def _children(register: Reading, asked: Asked) -> list[Row]:
    if asked.pupil is not None:
        rows: Sequence[Row] = [asked.pupil]
    elif asked.class_name:
        from senreg.reports.class_sheet import members

        rows = members(register, asked.class_name, asked.today)
    else:
        rows = on_roll(register, asked.today)
    found = [row for row in rows if has_sen(_code(register, asked, row))]
    return sorted(found, key=lambda row: (year_rank(row.get("year_group")), initials(row)))


def _code(register: Reading, asked: Asked, child: Row) -> str:
    statuses = register.by("sen_statuses", "pupil").get(child["id"], ())
    return str((status_on(statuses, asked.today) or {}).get("code") or "")


def _called(children: Sequence[Row]) -> dict[str, str]:
    """Initials by the child's id, with a number where several have the same."""
    short = {row["id"]: initials(row) or NO_INITIALS for row in children}
    several = {each for each, count in Counter(short.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    found = {}
    for key, each in short.items():
        seen[each] += 1
        found[key] = f"{each} ({seen[each]})" if each in several else each
    return found


def _list(
    register: Reading, asked: Asked, children: Sequence[Row], called: dict[str, str]
) -> Table:
    columns = (Column("Child", 2), Column("Year", 2), Column("Status", 3), Column("Main need", 5))
    rows = []
    for child in children:
        needs = open_needs(register.by("needs", "pupil").get(child["id"], ()), asked.today)
        primary = primary_of(needs)
        rows.append(
            (
                called[child["id"]],
                year_word(child.get("year_group")),
                status_look(_code(register, asked, child)).word,
                need_word(primary["code"]) if primary else "not recorded",
            )
        )
    return Table(columns, tuple(rows))


def _story(
    register: Reading, asked: Asked, child: Row, called: str, hidden: InitialsOnly
) -> Iterator[Part]:
    """One child's page. Names go before texts are cut, so that no part of one is left."""
    page = pupil_page(register, child, asked.today)
    yield Heading(f"{called}: {page.status}")
    about = facts(
        ("Year", year_word(child.get("year_group"))),
        ("Needs", ", ".join(each for each in (page.primary_need, *page.further_needs) if each)),
    )
    if about:
        yield about
    table = help_table(page)
    texts = {
        key: told
        for key, items in _texts(register, child, page).items()
        if (told := tuple(hidden(each) for each in items))
    }
    fitted = _on_a_page(texts, len(table.rows) if table else 0)
    yield from section("Where the child was", *_told(fitted, "was", "good_at"))
    yield from section("What we do in class", *_told(fitted, "helps", "access"))
    hours = f"{page.hours} a week in all." if page.hours else ""
    yield from section("What we do beyond the class", table, words(hours))
    held = _held(register, child)
    yield from section("What the family and the child say", words(held), *_told(fitted, "said"))
    yield from section("What came of it", *_told(fitted, "came"))
    yield from section("What we work on now", *_told(fitted, "now"))
    again = facts(("Last review", page.last_review), ("Next review", page.next_review))
    yield from section("When we look again", again)


_Texts = dict[str, tuple[str, ...]]
_AS_PARAGRAPHS: dict[str, Literal["plain", "said"]] = {
    "good_at": "plain",
    "access": "plain",
    "said": "said",
}


def _texts(register: Reading, child: Row, page: PupilPage) -> _Texts:
    """What was written about a child, as far as its page tells of it."""
    return {
        "was": tuple(": ".join(each for each in pair if each) for pair in page.barriers),
        "good_at": _lines(page.strengths),
        "helps": page.helps,
        "access": _lines(page.access),
        "said": tuple(_said(register, child)),
        "came": tuple(_came_of_it(register, child)),
        "now": tuple(map(_aim, page.targets)),
    }


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _on_a_page(texts: _Texts, rows: int) -> _Texts:
    """The texts, as much of each as a page has room for beside a table of so many rows."""
    line = SIZE * 25.4 / 72 * _LINE
    there = int(_HEIGHT_MM / line - _FIXED_LINES - _ROW_LINES * rows)
    room = _WIDTH_MM / (SIZE * 25.4 / 72)
    fitted = fit_sections(tuple(texts.items()), room, max(len(texts), there))
    return {
        key: (*kept, *([f"+ {more} more"] if more else ()))
        for key, (kept, more) in zip(texts, fitted, strict=True)
    }


def _told(texts: _Texts, *keys: str) -> Iterator[Part | None]:
    for key in keys:
        items = texts.get(key, ())
        if key in _AS_PARAGRAPHS:
            yield from (words(each, _AS_PARAGRAPHS[key]) for each in items)
        else:
            yield points(items)


def _talks(register: Reading, child: Row) -> list[Row]:
    own = register.by("conversations", "pupil").get(child["id"], ())
    return [row for row in own if is_held(row)]


def _held(register: Reading, child: Row) -> str:
    talks = len(_talks(register, child))
    count = "1 conversation" if talks == 1 else f"{talks} conversations"
    return f"{count} held with the family." if talks else ""


def _said(register: Reading, child: Row) -> Iterator[str]:
    """What the family and the child said the last time."""
    talks = _talks(register, child)
    last = max(talks, key=lambda row: str(row["held_on"]), default={})
    for field in ("parent_words", "pupil_words"):
        said = clean(str(last.get(field) or "")).strip()
        if said:
            yield said


def _aim(target: TargetLines) -> str:
    """What is aimed at, from where, and how it stands, in a line or two."""
    start = f"from: {target.baseline.rstrip(' .')}" if target.baseline else ""
    stands = ", ".join(filter(None, (target.outcome, target.figure)))
    due = f"by {target.due}" if target.due else ""
    more = "; ".join(filter(None, (start, stands, due)))
    return " — ".join(filter(None, (target.statement or target.child_statement, more)))


def _came_of_it(register: Reading, child: Row) -> list[str]:
    """The targets closed last, with how they went; how many were closed before."""
    looked = register.by("target_reviews", "target")
    told = []
    own = [row for row in register.by("targets", "pupil").get(child["id"], ()) if not is_open(row)]
    own.sort(key=lambda row: str(row.get("due") or row.get("set_on") or ""), reverse=True)
    for row in own[:LATEST]:
        last = last_review(looked.get(row["id"], ())) or {}
        how = (_closed(row), outcome_words(last.get("outcome")))
        statement = clean_line(str(row.get("statement") or row.get("child_statement") or ""))
        told.append(": ".join(filter(None, (statement, ", ".join(filter(None, how))))))
    if len(own) > LATEST:
        told.append(f"and {len(own) - LATEST} before")
    return told


def _closed(target: Row) -> str:
    from senreg.models.tables import field_of

    return clean_line(field_of("targets", "status").label_of(target.get("status"))).lower()
