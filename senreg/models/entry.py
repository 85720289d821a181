"""Typed text to the value that is stored, and back: what forms, files and commands share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from senreg.errors import SenregError
from senreg.models.days import parse_day, typed_day
from senreg.models.describe import Choice, Field, own_choices
from senreg.models.text import clean, clean_line, folded

YES = frozenset(("yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "☑", "eligible"))
NO = frozenset(("no", "n", "false", "f", "0", "off", "-", "none", "✗", "☐", "not eligible"))
_LISTED = 30
_NEAR = 4
_PARTINGS = (re.compile(r"[()\[\]:–—]|\s-\s"), re.compile(r"[()\[\]:;,/–—]|\s-\s"))


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
        other words, or several of these beside each other ("K - SEN Support"); an open list
        takes any other line as it is. A yes-or-no field also takes its own name for yes.

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
    read = _READERS.get(field.kind)
    return read(field, line) if read else line


def write_entry(field: Field, value: object) -> str:
    """What a form shows for a stored value, such that reading it gives the value again.

    A value that is not of the field's kind (of a newer or damaged register) is shown as it is.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    if field.kind == "day":
        return typed_day(value)
    if field.kind == "choice":
        return _written_choice(field, str(value))
    return _written_figure(value) if isinstance(value, float) else str(value)


def choice_meant(field: Field, text: str) -> Choice | None:
    """The choice of a field that a text stands for, or None.

    An exact code comes first, then a code in any case, then the words, then other words, and
    last several of these beside each other that all mean one choice ("K - SEN Support").
    """
    return _meant(_ways_of(field), text)


def one_of(field: Field) -> str:
    """The sentence that lists what a closed field may be: "Sex is one of: Female; Male."."""
    words = choices_in_words(field)
    if not words:
        return f"{field.title} is not a code or name of its list."
    return f"{field.title} is one of: {words}."


def choices_in_words(field: Field) -> str:
    """What a field may be: "Female; Male"; empty where there are none, or too many to be read."""
    offered = field.offered()
    return "; ".join(map(_named, offered)) if len(offered) <= _LISTED else ""


def nearest_in_words(field: Field, text: str) -> str:
    """The choices whose words are nearest to a text, the nearest first; empty where none is."""
    from difflib import get_close_matches

    known = {
        _squashed(words): choice
        for choice in field.offered()
        for words in (*choice.also, choice.code, choice.label)
    }
    near = get_close_matches(_squashed(text), known, 8, 0.5)
    return "; ".join(dict.fromkeys(_named(known[each]) for each in near[:_NEAR]))


def _named(choice: Choice) -> str:
    """The words of a choice, with its code where the words do not show it."""
    if len(choice.code) > 4 or _squashed(choice.code) in _squashed(choice.label):
        return choice.label
    return f"{choice.code} ({choice.label})"


_Ways = tuple[dict[str, Choice], ...]


def _ways_of(field: Field) -> _Ways:
    if field.about.code_set:
        return _ways_of_set(field.about.code_set)
    return _ways_of_own(field.about.choices, field.about.also)


@cache
def _ways_of_set(name: str) -> _Ways:
    from senreg.models.codes import code_set

    return _ways(code_set(name))


@cache
def _ways_of_own(
    choices: tuple[tuple[str, str], ...], also: tuple[tuple[str, tuple[str, ...]], ...]
) -> _Ways:
    return _ways(own_choices(choices, also))


def _ways(choices: tuple[Choice, ...]) -> _Ways:
    """The words by which choices are known, a dictionary for each kind, in order of trust."""
    exact: dict[str, Choice] = {}
    codes: dict[str, Choice] = {}
    words: dict[str, Choice] = {}
    others: dict[str, Choice] = {}
    for choice in choices:
        exact.setdefault(choice.code, choice)
        codes.setdefault(_squashed(choice.code), choice)
        words.setdefault(_squashed(choice.label), choice)
        for also in choice.also:
            # A sign such as / is nothing but punctuation: it is known as it stands.
            (others if _squashed(also) else exact).setdefault(_squashed(also) or also, choice)
    return exact, codes, words, others


def _meant(ways: _Ways, text: str) -> Choice | None:
    exact, *known = ways
    if text in exact:
        return exact[text]
    found = _one(known, text)
    if found is None:
        found = next((each for by in _PARTINGS if (each := _agreed(known, by.split(text)))), None)
    return found


def _agreed(known: Iterable[dict[str, Choice]], parts: list[str]) -> Choice | None:
    """The one choice that every part stands for."""
    parts = [part for part in parts if part.strip()]
    if not 1 < len(parts) <= 4:
        return None
    found = _one(known, parts[0])
    return found if all(_one(known, part) is found for part in parts) else None


def _one(known: Iterable[dict[str, Choice]], text: str) -> Choice | None:
    wanted = _squashed(text)
    return next((each[wanted] for each in known if wanted and wanted in each), None)


@cache
def _squashed_headings(title: str, headings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_squashed(each) for each in (title, *headings))


def _squashed(text: str) -> str:
    """Text without case, accents, spaces and punctuation; + and & are kept as words."""
    text = folded(text).replace("+", " plus ").replace("&", " and ")
    return re.sub(r"[\W_]+", "", text)


def _day(field: Field, line: str, today: date, terms: Iterable[Any]) -> str:
    try:
        return parse_day(line, today=today, terms=terms).isoformat()
    except ValueError as problem:
        raise EntryProblem(f"{field.title}: {problem}") from None


def _whole(field: Field, line: str) -> int:
    bare = _bare_figure(line)
    if re.fullmatch(r"[+-]?\d{1,15}(\.0+)?", bare):
        return int(bare.partition(".")[0])
    chosen = choice_meant(field, line)
    if chosen:
        return int(chosen.code)
    raise _not_meant(field, line, "whole number")


def _number(field: Field, line: str) -> float:
    bare = _bare_figure(line)
    try:
        value = float(bare)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in bare:
        raise _not_meant(field, line, "number")
    return value


def _bare_figure(line: str) -> str:
    bare = line.replace("−", "-").removeprefix("£").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    return bare


def _not_meant(field: Field, line: str, kind: str) -> EntryProblem:
    """What was typed is no figure, said with it where it is short."""
    shown = line if len(line) <= 40 else "this"
    return EntryProblem(f"{field.title}: {shown} is not a {kind}{_in_unit(field)}.")


def _in_unit(field: Field) -> str:
    return f" ({field.about.unit})" if field.about.unit else ""


def _yes_no(field: Field, line: str) -> bool:
    word = folded(line)
    if word in YES:
        return True
    if word in NO:
        return False
    if _squashed(line) in _squashed_headings(field.title, field.about.headings):
        return True
    if field.about.yes_words:
        known = _ways_of_set(field.about.yes_words)
        if all(_meant(known, part) for part in re.split("[,;]", line) if part.strip()):
            return True
    raise EntryProblem(f"{field.title} is answered yes or no.")


def _choice(field: Field, line: str) -> str:
    chosen = choice_meant(field, line)
    if chosen:
        return chosen.code
    if field.about.open:
        return line
    raise EntryProblem(one_of(field))


def _ids(field: Field, line: str) -> list[str]:
    del field
    return list(dict.fromkeys(each.strip() for each in line.split(",") if each.strip()))


_READERS: dict[str, Callable[[Field, str], object]] = {
    "whole": _whole,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "records": _ids,
}


def _written_choice(field: Field, code: str) -> str:
    label = field.label_of(code)
    meant = choice_meant(field, label)
    return label if meant and meant.code == code else code


def _written_figure(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
