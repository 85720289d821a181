"""What a target still lacks to be SMART: specific, measurable, achievable, relevant, timed.

What is asked for follows the pattern that local authorities teach ("will count 1 to 5 in
sequence on 4 out of 5 occasions by next term"): a starting point, a measure, a figure or
criterion to reach, a date and a person. The vague words are those that IPSEA warns of in
the wording of provision. Advice never stops a target from being saved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from senreg.models.wording import UNSPECIFIC

SMART = "Looks SMART"

VAGUE: tuple[str, ...] = (
    "improve",
    "improving",
    "improved",
    "better",
    "develop",
    "increase",
    "try to",
    "work on",
    "be aware of",
    "understand",
    *UNSPECIFIC,
    "some of the time",
    "more often",
    "more confident",
)
"""Words that say nothing a second person could check, unless a figure stands with them."""

_VAGUE = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in VAGUE) + r")\b")
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|half|all|every|once|twice|always|never)\b"
)
_NO_FIGURE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:year|yr|key stage|ks) ?\d+\b")

BLANKS = "Fill in the blanks that are left: three dots."


class Lack(NamedTuple):
    """One thing a target lacks.

    Args:
        code: statement, blank, vague, baseline, measure, criterion, date or owner.
        field: The field of `targets` in which it would be given.
        advice: One sentence on what to write.
    """

    code: str
    field: str
    advice: str


def lacks(target: Mapping[str, Any]) -> list[Lack]:
    """What a target lacks, in the order in which a person would fill it in.

    Args:
        target: A row of `targets`, or the values of a form that is being filled in.
    """
    found = [*_of_statement(target)]
    if not _given(target, "baseline", "start_value"):
        found.append(
            Lack("baseline", "baseline", "Say what the child does today, so that change can show.")
        )
    if not _given(target, "measure", "unit"):
        found.append(
            Lack("measure", "measure", "Say how it is measured: a count, a test, an observation.")
        )
    if not _given(target, "success_criterion", "target_value"):
        advice = "Say how you will know: a figure to reach, such as 4 out of 5 occasions."
        found.append(Lack("criterion", "success_criterion", advice))
    elif holds_blanks(str(target.get("success_criterion") or "")):
        found.append(Lack("criterion", "success_criterion", BLANKS))
    elif not _has_figure(target):
        advice = "Give a figure that two people would agree on, such as 4 out of 5 occasions."
        found.append(Lack("criterion", "success_criterion", advice))
    if not _given(target, "due"):
        found.append(Lack("date", "due", "Give the date it is looked at: +6w, or end of term."))
    if not _given(target, "owner"):
        found.append(Lack("owner", "owner", "Name the adult who leads on it."))
    return found


CHECKS: dict[str, str] = {
    "statement": "What the child will do",
    "baseline": "Where it starts",
    "measure": "How it is measured",
    "criterion": "A figure to reach",
    "date": "A date",
    "owner": "Who leads",
}
"""What is looked for, in the order in which a person would fill it in."""


class Check(NamedTuple):
    """One thing that is looked for in a target.

    Args:
        code: One of `CHECKS`.
        title: What is looked for.
        advice: What to write; empty where it is there.
    """

    code: str
    title: str
    advice: str


def checks(target: Mapping[str, Any]) -> list[Check]:
    """Everything that is looked for, with what to write where it is missing."""
    missing = {_ASKED.get(lack.code, lack.code): lack for lack in lacks(target)}
    return [
        Check(code, title, missing[code].advice if code in missing else "")
        for code, title in CHECKS.items()
    ]


def looks_smart(target: Mapping[str, Any]) -> bool:
    """Whether nothing is missing that can be seen from outside."""
    return not lacks(target)


def smart_words(target: Mapping[str, Any]) -> str:
    """'Looks SMART', or what is missing: 'No baseline, no date'."""
    names = [_SHORT[lack.code] for lack in lacks(target)]
    words = ", ".join(names)
    return words[:1].upper() + words[1:] if words else SMART


_ASKED = {"vague": "statement", "blank": "statement"}
_SHORT = {
    "statement": "no target written",
    "blank": "blanks to fill in",
    "vague": "vague words",
    "baseline": "no baseline",
    "measure": "no measure",
    "criterion": "no figure to reach",
    "date": "no date",
    "owner": "nobody named",
}


def holds_blanks(text: str) -> bool:
    """Whether three dots stand in a text, as an example of the bank has them to fill in."""
    return "…" in text or "..." in text


def vague_words(text: str) -> list[str]:
    """The vague words in a text, in its order and each once."""
    return list(dict.fromkeys(_VAGUE.findall(text.casefold())))


def _of_statement(target: Mapping[str, Any]) -> list[Lack]:
    statement = str(target.get("statement") or "").strip()
    if not statement:
        return [Lack("statement", "statement", "Write what the child will do.")]
    if holds_blanks(statement):
        return [Lack("blank", "statement", BLANKS)]
    words = vague_words(statement)
    if words and not _holds_figure(statement):
        advice = f"“{words[0]}” cannot be checked: say what will be seen, and how often."
        return [Lack("vague", "statement", advice)]
    return []


def _has_figure(target: Mapping[str, Any]) -> bool:
    """Whether a figure to reach is given: as a number, in the criterion or in the target."""
    if target.get("target_value") is not None:
        return True
    return _holds_figure(f"{target.get('success_criterion') or ''} {target.get('statement') or ''}")


def _holds_figure(text: str) -> bool:
    """Whether a text counts something; calendar years and year groups count nothing."""
    return bool(_FIGURE.search(_NO_FIGURE.sub(" ", text.casefold())))


def _given(target: Mapping[str, Any], *fields: str) -> bool:
    """Whether one of these is filled in; a number counts when it is 0."""
    return any(
        str(target.get(field) if target.get(field) is not None else "").strip() for field in fields
    )
