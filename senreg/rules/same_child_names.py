"""What tells apart several records that may be of one child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from senreg.models.tables import fields_of
from senreg.rules.findings_archived import children_of
from senreg.rules.naming import excerpt, pupil_name
from senreg.rules.reading import Reading, Row
from senreg.rules.same_child import SAME_AS
from senreg.rules.values import in_words

_LONGEST = 30
_SHOWN = frozenset({"surname", "forename", "class_name", "upn", SAME_AS})


def told_apart(register: Reading, pupils: Sequence[Row]) -> dict[str, str]:
    """What each of several pupils is called, by id, so that no two are called the same.

    Each by name, class, UPN and how many records it has; those that look alike then by a field
    that no other of them has so, and where there is none by the id.
    """
    names = {each["id"]: _name(register, each) for each in pupils}
    often = Counter(names.values())
    alike = [each for each in pupils if often[names[each["id"]]] > 1]
    return names | {each["id"]: _closer(register, each, alike, names) for each in alike}


def _name(register: Reading, pupil: Row) -> str:
    count = len(children_of(register, pupil["id"]))
    parts = [str(pupil[name]) for name in ("class_name", "upn") if pupil.get(name)]
    records = "record" if count == 1 else "records"
    return f"{' '.join([pupil_name(pupil), *parts])} ({count} {records})"


def _closer(register: Reading, pupil: Row, alike: Sequence[Row], names: Mapping[str, str]) -> str:
    name = names[pupil["id"]]
    others = [row for row in alike if row["id"] != pupil["id"] and names[row["id"]] == name]
    for field in fields_of("pupils"):
        value = pupil.get(field.name)
        if field.name in _SHOWN or field.about.confidential or value in (None, "", [], False):
            continue
        words = excerpt(in_words(register, field, value), _LONGEST)
        if all(
            excerpt(in_words(register, field, row.get(field.name)), _LONGEST) != words
            for row in others
        ):
            return f"{name[:-1]}, {field.title}: {words})"
    return f"{name[:-1]}, id {pupil['id']})"
