"""Typed text to the value that is stored, and back: what forms, files and commands share."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from senreg.errors import SenregError
from senreg.models.days import parse_day, typed_day
from senreg.models.describe import Choice, Field
from senreg.models.text import clean, clean_line, folded

YES = frozenset(("yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "☑", "eligible"))
NO = frozenset(("no", "n", "false", "f", "0", "off", "-", "none", "✗", "☐", "not eligible"))
_LISTED = 30


class EntryProblem(SenregError):
    """Text that cannot be taken for a field: `message` is the one sentence that says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, safe="")
        self.message = message


def read_entry(field: Field, text: str, *, today: date, terms: Iterable[Any] = ()) -> object:
    """The stored (JSON) value of what a person typed, or a cell holds.

    Args:
        field: The field it was typed into.
        text: What was typed.
        today: The day from which "fri" and "+6w" count.
        terms: The school's terms, for "end of term" (see `senreg.models.days.parse_day`).

    Returns:
        None for blank; else text, ISO date text, a bool, an int, a float, a code, an id, or a
        list of ids, after the field's kind. A choice is known by its code, its words, its
        other words, or "K - SEN Support"; an open list takes any other line as it is.

    Raises:
        EntryProblem: Where the text cannot be meant.
    """
    if field.kind == "text":
        return clean(text).strip() or None
    line = clean_line(text)
    if not line:
        return None
    if field.kind == "day":
        return _day(field, line, today, terms)
    if field.kind in ("whole", "number"):
        return _figure(field, line)
    if field.kind == "yes_no":
        return _yes_no(field, line)
    if field.kind == "choice":
        return _choice(field, line)
    if field.kind == "records":
        parts = (each.strip() for each in line.split(","))
        return list(dict.fromkeys(each for each in parts if each))
    return line


def write_entry(field: Field, value: object) -> str:
    """What a form shows for a stored value, such that reading it gives the value again.

    A value that is not of the field's kind (of a newer or damaged register) is shown as it is.
    """
    if value is None:
        return ""
    if field.kind == "yes_no" and isinstance(value, bool):
        return "Yes" if value else "No"
    if field.kind == "day":
        return typed_day(value)
    if field.kind == "choice":
        return _written_choice(field, str(value))
    if field.kind == "records" and isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def choice_meant(field: Field, text: str) -> Choice | None:
    """The choice of a field that a text stands for, or None.

    An exact code comes first, then a code in any case, then the words, then other words, and
    last a code written beside its words ("K - SEN Support", "SEN Support (K)").
    """
    choices = field.choices()
    for choice in choices:
        if choice.code == text:
            return choice
    wanted = _squashed(text)
    if not wanted:
        return None
    for known in _ways(choices):
        if wanted in known:
            return known[wanted]
    return None


def _ways(choices: tuple[Choice, ...]) -> tuple[dict[str, Choice], ...]:
    """The words by which choices are known, a dictionary for each kind, in order of trust."""
    found = _WAYS.get(choices)
    if found is None:
        codes: dict[str, Choice] = {}
        words: dict[str, Choice] = {}
        others: dict[str, Choice] = {}
        beside: dict[str, Choice] = {}
        for choice in choices:
            code, label = _squashed(choice.code), _squashed(choice.label)
            codes.setdefault(code, choice)
            words.setdefault(label, choice)
            for also in map(_squashed, choice.also):
                others.setdefault(also, choice)
            for name in (label, *map(_squashed, choice.also)):
                beside.setdefault(code + name, choice)
                beside.setdefault(name + code, choice)
        found = _WAYS[choices] = (codes, words, others, beside)
    return found


_WAYS: dict[tuple[Choice, ...], tuple[dict[str, Choice], ...]] = {}


def _squashed(text: str) -> str:
    """Text without case, accents, spaces and punctuation, + and & kept as words."""
    text = folded(text).replace("+", " plus ").replace("&", " and ")
    return re.sub(r"[\W_]+", "", text)


def _day(field: Field, line: str, today: date, terms: Iterable[Any]) -> str:
    try:
        return parse_day(line, today=today, terms=terms).isoformat()
    except ValueError as problem:
        raise EntryProblem(f"{field.title}: {problem}") from None


def _figure(field: Field, line: str) -> object:
    bare = line.replace("−", "-").removeprefix("£").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    if field.kind == "whole":
        if re.fullmatch(r"[+-]?\d{1,12}(\.0+)?", bare):
            return int(float(bare))
        chosen = choice_meant(field, line)
        if chosen:
            return int(chosen.code)
        raise EntryProblem(f"{field.title} is a whole number{_in_unit(field)}.")
    try:
        value = float(bare)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in bare:
        raise EntryProblem(f"{field.title} is a number{_in_unit(field)}.")
    return value


def _in_unit(field: Field) -> str:
    return f" ({field.about.unit})" if field.about.unit else ""


def _yes_no(field: Field, line: str) -> bool:
    word = folded(line)
    if word in YES:
        return True
    if word in NO:
        return False
    if field.about.yes_words and _means_yes(field, word):
        return True
    raise EntryProblem(f"{field.title} is answered yes or no.")


def _means_yes(field: Field, word: str) -> bool:
    from senreg.models.codes import code_set

    known = _ways(code_set(field.about.yes_words))
    return any(_squashed(word) in each for each in known)


def _choice(field: Field, line: str) -> str:
    chosen = choice_meant(field, line)
    if chosen:
        return chosen.code
    if field.about.open:
        return line
    raise EntryProblem(one_of(field))


def one_of(field: Field) -> str:
    """The sentence that lists what a closed field may be: "Sex is one of Female, Male."."""
    offered = field.offered()
    if len(offered) > _LISTED:
        return f"{field.title} is not a code or name of its list."
    named = [
        choice.label if _squashed(choice.code) in _squashed(choice.label) or len(choice.code) > 4
        else f"{choice.code} ({choice.label})"
        for choice in offered
    ]  # fmt: skip
    return f"{field.title} is one of: {'; '.join(named)}."


def _written_choice(field: Field, code: str) -> str:
    label = field.label_of(code)
    meant = choice_meant(field, label)
    return label if meant and meant.code == code else code
