"""What was written down about the children: calls, meetings and visits, papers, contacts."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Any

from senreg.demo.data import Line, lines_for, read, words
from senreg.demo.making import Child, Making

_NOTES_THIS_YEAR = (3, 6)
_NOTES_AN_EARLIER_YEAR = (2, 5)
_NEEDS_INTERPRETER = 0.35
RESTRICTED = 3
"""How many contacts have a restriction."""

_LANDLINE = "01632 960"
_MOBILE = "07700 900"
"""Numbers that Ofcom keeps for drama: nobody has them."""

_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "ø": "o", "ß": "ss"})


def write_story(made: Making) -> None:
    """Contacts, notes and documents of every child whom the register knows."""
    for child in made.children:
        if not child.status:
            continue
        if child.status != "N":
            _write_contacts(made, child)
            _write_documents(made, child)
        _write_notes(made, child)
    _restrict_some(made)


def _write_contacts(made: Making, child: Child) -> None:
    draw = made.draw
    if child.looked_after:
        _write_contact(made, child, "foster_carer", 1)
        _write_contact(made, child, "social_worker", 2)
        return
    _write_contact(made, child, "mother", 1)
    if draw.chance(0.65):
        _write_contact(made, child, "father", 2)
    elif draw.chance(0.5):
        _write_contact(made, child, "grandparent", 2)


def _write_contact(made: Making, child: Child, relationship: str, priority: int) -> None:
    draw = made.draw
    official = relationship in ("foster_carer", "social_worker")
    language = "English" if official else child.language
    people = read("names")[language]
    men = relationship == "father" or (relationship == "grandparent" and draw.chance(0.3))
    fallback = people["boys" if men else "girls"]
    first = draw.one(people.get("fathers" if men else "mothers", fallback))
    last = child.surname
    if official or draw.chance(0.2):
        last = draw.one(people["surnames"]).partition("|m:")[0]
    parent = relationship in ("mother", "father")
    number = draw.between(0, 999)
    made.add(
        "contacts",
        pupil=child.id,
        name=f"{first} {last}",
        relationship=relationship,
        phone=f"{_LANDLINE if draw.chance(0.2) else _MOBILE}{number:03}",
        email=_email(first, last, number) if draw.chance(0.6) else None,
        language=language,
        interpreter=language != "English" and draw.chance(_NEEDS_INTERPRETER),
        parental_responsibility=parent,
        lives_with=relationship != "social_worker" and (priority == 1 or draw.chance(0.6)),
        priority=priority,
        send_letters=priority == 1 or parent,
    )


def _email(first: str, last: str, number: int) -> str:
    """An address of the domain that is kept for examples."""
    folded = unicodedata.normalize("NFKD", f"{first}.{last}".casefold().translate(_PLAIN))
    plain = "".join(each for each in folded if each.isascii() and (each.isalnum() or each == "."))
    return f"{plain}{number}@example.org"


def _restrict_some(made: Making) -> None:
    second = [
        each
        for each in made.tables.get("contacts", [])
        if each["priority"] == 2 and each["relationship"] == "father"
    ]
    names = {child.id: child for child in made.children}
    sentences = words("restrictions")[:RESTRICTED]
    for contact, sentence in zip(made.draw.some(second, RESTRICTED), sentences, strict=False):
        contact["restriction"] = names[contact["pupil"]].say(sentence)
        contact["send_letters"] = contact["lives_with"] = False


def _write_notes(made: Making, child: Child) -> None:
    """Some notes for each year that the records reach back and the child was known."""
    assert child.since is not None
    today = made.plan.today
    first = child.since if made.plan.years > 1 else max(child.since, child.joined)
    last = child.until or today
    seen: set[int] = set()
    for ago in range(made.plan.years):
        until = min(today - timedelta(days=365 * ago), last)
        since = max(today - timedelta(days=365 * (ago + 1) - 1), first)
        if since > until:
            continue
        few, many = _NOTES_AN_EARLIER_YEAR if ago else _NOTES_THIS_YEAR
        if child.status == "M":
            few, many = 1, 2
        for _ in range(made.draw.between(few, many)):
            _write_note(made, child, made.school_day(since, until), seen)


def _write_note(made: Making, child: Child, day: date, seen: set[int]) -> None:
    options = lines_for("notes", child.need_set)
    unseen: list[Line] = [line for line in options if id(line) not in seen]
    line = made.draw.fresh("notes", unseen or options)
    seen.add(id(line))
    values: dict[str, Any] = {"kind": line["kind"], "with_whom": line["with_whom"]}
    made.add(
        "notes",
        pupil=child.id,
        happened_on=day,
        text=child.say(line["text"]),
        confidential=line["confidential"] == "yes",
        **values,
    )


def _write_documents(made: Making, child: Child) -> None:
    if child.status in ("E", "S"):
        plans = [each for each in made.tables["sen_statuses"] if each["pupil"] == child.id]
        title = (
            "Statement of special educational needs"
            if made.plan.old
            else "Education, health and care plan, final"
        )
        made.add(
            "documents",
            pupil=child.id,
            title=title,
            dated=date.fromisoformat(plans[-1]["start"]),
            kind="other" if made.plan.old else "plan",
            kept_where="Pupil file; SENCO's office cabinet 1",
            given_to="Parents and class teacher",
            given_on=date.fromisoformat(plans[-1]["start"]),
        )
    count = 1 if child.status == "M" else made.draw.between(1, 2)
    seen: set[str] = set()
    for _ in range(count):
        line = made.draw.fresh("documents", lines_for("documents", child.need_set))
        if line["title"] not in seen:
            seen.add(line["title"])
            _write_document(made, child, line)


def _write_document(made: Making, child: Child, line: Line) -> None:
    dated = made.recent_day(child, 400)
    given = dated + timedelta(days=made.draw.between(1, 12))
    made.add(
        "documents",
        pupil=child.id,
        title=line["title"],
        dated=dated,
        kind=line["kind"],
        kept_where=line["kept_where"],
        given_to=line["given_to"] or None,
        given_on=given if line["given_to"] and given <= made.plan.today else None,
    )
