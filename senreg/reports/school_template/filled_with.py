"""What the fields of a school's own template are filled with, for one paper."""

from __future__ import annotations

from dataclasses import fields

from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import Foot, Table
from senreg.reports.pupil_page import Help, PupilPage, TargetLines, pupil_page
from senreg.reports.school_template.fields import TEMPLATED, Lines, Values
from senreg.rules.naming import known_as
from senreg.rules.reading import Reading


def values_of(register: Reading, name: str, asked: Asked, foot: Foot) -> tuple[Values, ...]:
    """The values of a paper, once for each copy of the template: one, or one for each letter.

    Args:
        register: The register to read.
        name: The name of the paper.
        asked: About whom, and in which manner.
        foot: What stands at the head and the foot of the paper.

    Returns:
        Nothing for a paper that has no template: one not in `TEMPLATED`, a plan for the child.
    """
    if name not in TEMPLATED or asked.choices.for_child:
        return ()
    common = {
        "school": foot.school,
        "made_on": foot.made_on,
        "delete_after": foot.delete_after,
        "foot": foot.words,
    }
    if name == "letter":
        return tuple({**common, **each} for each in _letters(register, asked))
    page = pupil_page(register, asked.child, asked.today)
    own = _passport(page) if name == "passport" else _plan(register, asked, page)
    return ({**common, **_child(page), **own},)


def _child(page: PupilPage) -> dict[str, object]:
    facts = dict(page.facts)
    return {
        "name": page.name,
        "called": page.called,
        "full_name": page.full_name or page.name,
        "class_name": facts.get("Class", ""),
        "year": facts.get("Year", ""),
        "key_teacher": facts.get("Key teacher", ""),
    }


def _passport(page: PupilPage) -> dict[str, object]:
    from senreg.reports.passport import sections

    names = ("good_at", "likes", "hopes", "hard", "helps", "helps_at_home", "in_tests", "people")
    return {name: Lines(items) for name, (_, items) in zip(names, sections(page), strict=True)}


def _plan(register: Reading, asked: Asked, page: PupilPage) -> dict[str, object]:
    from senreg.reports import plan

    pupil = asked.child["id"]
    kind = plan.kind_of(asked.choices.kind)
    child, family = plan.said_lately(register, pupil)
    return {
        "born": dict(page.facts).get("Born", ""),
        "plan": plan.kind_words(kind),
        "version": str(plan.version_of(register, pupil, kind)),
        "status": page.status,
        "primary_need": page.primary_need,
        "further_needs": Lines(page.further_needs),
        "strengths": page.strengths,
        "interests": page.interests,
        "hopes": page.hopes,
        "child_words": child,
        "family_words": family,
        "barriers": Lines(": ".join(filter(None, pair)) for pair in page.barriers),
        "targets": [_target(each) for each in page.targets],
        "helps": Lines(page.helps),
        "helps_at_home": Lines(page.helps_at_home),
        "access": page.access,
        "provision": [_help(each) for each in page.provision],
        "demanded": _rows(plan.demanded(register, pupil), "section", "wording", "quantity"),
        "actions": _rows(plan.actions_open(register, pupil), "what", "who", "due"),
        "last_review": page.last_review,
        "next_review": page.next_review,
    }


def _target(each: TargetLines) -> dict[str, str]:
    return {field.name: getattr(each, field.name) for field in fields(each)}


def _help(each: Help) -> dict[str, str]:
    return {name: getattr(each, name) for name in ("name", "times", "hours", "adults", "dates")}


def _rows(table: Table | None, *names: str) -> list[dict[str, str]]:
    return [dict(zip(names, row, strict=True)) for row in table.rows] if table else []


def _letters(register: Reading, asked: Asked) -> list[dict[str, object]]:
    from senreg.reports.letters import KINDS, kind_of_letter, letters_asked, teacher_of, when_of

    kind = KINDS[kind_of_letter(asked.choices.kind)]
    return [
        {
            "kind": kind,
            "to": clean_line(str(each.contact.get("name") or "")),
            "child": clean_line(known_as(each.pupil)),
            "when": when_of(each.conversation),
            "teacher": teacher_of(register, each),
        }
        for each in letters_asked(register, asked).letters
    ]
