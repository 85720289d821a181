"""The children: names, families, languages, free meals, and how they came to the school."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.classes import ESTAB, LA_CODE, class_names, year_sizes
from senreg.demo.data import read, words
from senreg.demo.making import RECEPTION_AGE, Child, Making
from senreg.demo.school_days import written_year
from senreg.models.upn import ALPHABET, check_letter

FREE_MEALS = 0.42
"""Of the school that the seed of this program describes: 42 per cent eligible."""

_SMALLEST_FOR_ALL_LANGUAGES = 62
_SMALLEST_FOR_TWINS = 100
_APART = 300
"""Days that lie at least between the birthdays of children of one mother, twins apart."""

_ELSEWHERE = ("210", "204", "316", "330", "352")
"""Authorities from which children moved here: their UPNs begin with its number."""


def add_children(made: Making) -> None:
    """Every child with a place in a class, a name, a birthday, a family and a way to school."""
    for year, size in year_sizes(made.plan.pupils).items():
        classes = class_names(year, size)
        for place in range(size):
            name = classes[place % len(classes)]
            made.children.append(
                Child(made.draw.new_id(), year, name, made.class_teachers[name], family=-1)
            )
    _give_languages(made)
    for number, child in enumerate(made.children):
        child.sex = "M" if made.draw.chance(0.51) else "F"
        child.family = number
        child.dob = _birthday(made, child)
        child.joined = _joining(made, child)
    _give_names(made)
    _make_siblings(made)
    _give_free_meals(made)


def write_children(made: Making) -> None:
    """The records of all children and of their school years. Needs statuses decided before."""
    numbers = _Numbers(made)
    newest = sorted(made.children, key=lambda child: child.joined, reverse=True)
    odd = dict(zip(newest, ("temporary", "none", "temporary", "none"), strict=False))
    wrong = made.draw.one([child for child in made.children if child not in odd])
    for child in made.children:
        upn = numbers.of(child, odd.get(child, "wrong" if child is wrong else ""))
        made.add("pupils", record_id=child.id, **_record(made, child, upn))
        _write_enrolments(made, child)


def _give_languages(made: Making) -> None:
    shares: dict[str, int] = {name: each["share"] for name, each in read("names").items()}
    total = sum(shares.values())
    pupils = len(made.children)
    least = 1 if pupils >= _SMALLEST_FOR_ALL_LANGUAGES else 0
    counts = {name: max(least, share * pupils // total) for name, share in shares.items()}
    counts["English"] += pupils - sum(counts.values())
    spoken = made.draw.shuffled([name for name, count in counts.items() for _ in range(count)])
    for child, language in zip(made.children, spoken, strict=True):
        child.language = language


def _give_names(made: Making) -> None:
    always = {name: list(each["always"]) for name, each in read("names").items()}
    taken: set[tuple[str, str]] = set()
    for child in made.draw.shuffled(made.children):
        if always[child.language]:
            child.forename, child.surname, child.sex, child.preferred = always[child.language].pop(
                0
            )
        else:
            _name(made, child, taken)
        taken.add((child.forename, child.surname))


def _name(made: Making, child: Child, taken: set[tuple[str, str]]) -> None:
    """A forename of the child's language and sex; the same full name twice only at need."""
    people = read("names")[child.language]
    for _ in range(20):
        child.forename = made.draw.fresh("forename", people["girls" if _girl(child) else "boys"])
        child.surname = _surname(made.draw.fresh("surname", people["surnames"]), child.sex)
        if (child.forename, child.surname) not in taken:
            return


def _surname(listed: str, sex: str) -> str:
    """A listed surname in the form a girl or a boy bears it: 'Zając', 'Wiśniewska|m:Wiśniewski'."""
    girl, _, boy = listed.partition("|m:")
    return boy if boy and sex == "M" else girl


def _girl(child: Child) -> bool:
    return child.sex == "F"


def _make_siblings(made: Making) -> None:
    """Twins in two families, and brothers and sisters in about one family of eight."""
    twins = 2 if len(made.children) >= _SMALLEST_FOR_TWINS else 0
    special = {row[0] for each in read("names").values() for row in each["always"]}
    by_language: dict[str, Child] = {}
    for child in made.draw.shuffled(made.children):
        older = by_language.get(child.language)
        if older is None or older.year == child.year or child.forename in special:
            if twins and older is not None and _could_be_twin(child, older, special):
                child.dob, child.joined = older.dob, older.joined
                _same_family(child, older)
                del by_language[child.language]
                twins -= 1
            else:
                by_language[child.language] = child
        elif abs((child.dob - older.dob).days) < _APART or child.forename == older.forename:
            continue
        elif made.draw.chance(0.16):
            _same_family(child, older)
            del by_language[child.language]


def _could_be_twin(child: Child, other: Child, special: set[str]) -> bool:
    return (
        child.year == other.year
        and child.forename != other.forename
        and child.forename not in special
        and other.family != child.family
    )


def _same_family(child: Child, older: Child) -> None:
    child.family = older.family
    for listed in read("names")[child.language]["surnames"]:
        if older.surname in (_surname(listed, "F"), _surname(listed, "M")):
            child.surname = _surname(listed, child.sex)
            return
    child.surname = older.surname


def _give_free_meals(made: Making) -> None:
    """Free meals for whole families until the share is reached exactly."""
    wanted = round(FREE_MEALS * len(made.children))
    families: dict[int, list[Child]] = {}
    for child in made.children:
        families.setdefault(child.family, []).append(child)
    for family in made.draw.shuffled(list(families.values())):
        if len(family) <= wanted:
            wanted -= len(family)
            for child in family:
                child.fsm = True


def _birthday(made: Making, child: Child) -> date:
    born = made.year - child.year - RECEPTION_AGE - 1
    return date(born, 9, 1) + timedelta(days=made.draw.between(0, 364))


def _joining(made: Making, child: Child) -> date:
    """Most came from the infant school in the September of Year 3; some moved here since."""
    first = date(made.year - (child.year - 3), 9, 1)
    if not made.draw.chance(0.1):
        return first
    if made.draw.chance(0.4):
        first = made.year_start
    earliest = first + timedelta(days=20)
    return made.school_day(earliest, made.plan.today) if earliest < made.plan.today else first


class _Numbers:
    """Unique Pupil Numbers given out in order, each school's and year's from 001."""

    def __init__(self, made: Making) -> None:
        self._made = made
        self._given: dict[str, int] = {}

    def of(self, child: Child, odd: str) -> str | None:
        """A child's UPN.

        Args:
            child: The year of Reception is the year it was given in.
            odd: temporary, none, wrong (its check letter), or nothing.
        """
        if odd == "none":
            return None
        here = child.joined <= date(self._made.year - (child.year - 3), 9, 1)
        school = f"{LA_CODE}2998" if here else f"{self._made.draw.one(_ELSEWHERE)}2997"
        given = (self._made.year - child.year) % 100
        if odd == "temporary":
            school, given = f"{LA_CODE}{ESTAB}", self._made.year % 100
        stem = f"{school}{given:02}"
        serial = self._given[stem] = self._given.get(stem, 0) + 1
        body = f"{stem}{serial:03}"
        if odd == "temporary":
            body = f"{stem}{serial:02}{ALPHABET[serial % len(ALPHABET)]}"
        letter = check_letter(f"?{body}") or "?"
        if odd == "wrong":
            letter = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
        return letter + body


def _record(made: Making, child: Child, upn: str | None) -> dict[str, Any]:
    draw = made.draw
    service = not child.fsm and draw.chance(0.01)
    moved = child.joined > date(made.year - (child.year - 3), 9, 1)
    record: dict[str, Any] = {
        "surname": child.surname,
        "forename": child.forename,
        "preferred_name": child.preferred or None,
        "upn": upn,
        "dob": child.dob,
        "sex": child.sex,
        "year_group": str(child.year),
        "class_name": child.class_name,
        "key_teacher": child.teacher,
        "enrolment_status": "C",
        "ethnicity": draw.one(read("names")[child.language]["ethnicity"]),
        "first_language": child.language,
        "eal": child.language != "English",
        "fsm": child.fsm,
        "pupil_premium": child.fsm or child.looked_after or service or draw.chance(0.05),
        "looked_after": child.looked_after,
        "service_child": service,
        "joined": child.joined,
    }
    if made.plan.old:
        record["pupil_premium"] = False
    if child.status not in ("", "N"):
        record |= _what_is_known(made, child, moved=moved)
    return record


def _what_is_known(made: Making, child: Child, *, moved: bool) -> dict[str, Any]:
    """What the register keeps of a child only because of special needs."""
    draw = made.draw
    schools = words("schools")
    joined = child.joined
    known: dict[str, Any] = {
        "previous_school": draw.one(schools[1:]) if moved else schools[0],
        "records_requested": joined,
        "records_received": made.days.after(joined + timedelta(days=draw.between(3, 30))),
        "social_care": child.looked_after or draw.chance(0.07),
        "interests": child.say(draw.fresh("interests", words("interests"))),
        "strengths": child.say(draw.fresh("strengths", words("strengths"))),
    }
    if known["records_received"] > made.plan.today:
        del known["records_received"]
    if child.status == "M":
        return known
    known["aspirations"] = child.say(draw.fresh("aspirations", words("aspirations")))
    helps = words("what_helps")[child.needs[0]]
    known["what_helps"] = child.say(draw.fresh("what_helps", helps))
    if child.year == 6 and draw.chance(0.6):
        known["access_arrangements"] = draw.fresh("access", words("access"))
    return known


def _write_enrolments(made: Making, child: Child) -> None:
    """This year and last; with a longer history, every year the child has been here."""
    back = max(1, made.plan.years - 1) if made.plan.years > 1 else 1
    for ago in range(min(back, child.year - 3), -1, -1):
        if child.joined > date(made.year - ago + 1, 7, 31):
            continue
        class_name = f"{child.year - ago}{child.class_name[1:]}"
        teachers = made.class_teachers if ago == 0 else made.teachers_before
        made.add(
            "enrolments",
            pupil=child.id,
            school_year=written_year(made.year - ago),
            year_group=str(child.year - ago),
            class_name=class_name,
            key_teacher=teachers.get(class_name),
        )
