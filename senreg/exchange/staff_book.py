"""Members of staff found by how a spreadsheet writes them: a name, initials, an id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from senreg.exchange.headings import squeezed
from senreg.models.text import folded
from senreg.rules.naming import initials
from senreg.rules.reading import Row

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "mister"})


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody the register does not know yet, to be added with the import.

    Args:
        name: As the spreadsheet writes it.
        initials: Worked out from the name.
    """

    name: str
    initials: str


class StaffBook:
    """Finds members of staff, and remembers whom it did not find."""

    def __init__(self, staff: Iterable[Row]) -> None:
        self._by_id: dict[str, Row] = {}
        self._by_name: dict[str, list[str]] = {}
        self._by_initials: dict[str, list[str]] = {}
        self._by_surname: dict[str, list[str]] = {}
        self._found: dict[str, str | NewStaff] = {}
        self._new: dict[str, NewStaff] = {}
        for row in staff:
            self._learn(row)

    def find(self, words: str) -> str | NewStaff:
        """The id of the member of staff that is meant, or the one to be added."""
        if words not in self._found:
            self._found[words] = self._look_up(words)
        return self._found[words]

    def name_of(self, staff_id: object) -> str:
        """The name behind an id; the text itself where it is no id of staff."""
        row = self._by_id.get(str(staff_id))
        return str(row.get("name") or "") if row else str(staff_id or "")

    def _learn(self, row: Row) -> None:
        staff_id, name = str(row["id"]), str(row.get("name") or "")
        self._by_id[staff_id] = row
        words = _words(name)
        self._by_name.setdefault(_key(words), []).append(staff_id)
        if words:
            self._by_surname.setdefault(words[-1], []).append(staff_id)
        short = squeezed(initials(row))
        if short:
            self._by_initials.setdefault(short, []).append(staff_id)

    def _look_up(self, words: str) -> str | NewStaff:
        if words in self._by_id:
            return words
        parts = _words(words)
        for found in (
            self._by_name.get(_key(parts)),
            self._by_initials.get(squeezed(words)) if len(squeezed(words)) <= 4 else None,
            self._by_part_of_name(parts),
        ):
            if found and len(found) == 1:
                return found[0]
        key = _key(parts) or words
        if key not in self._new:
            short = initials({"name": words})
            self._new[key] = NewStaff(words, words if words.isupper() and len(words) < 5 else short)
        return self._new[key]

    def _by_part_of_name(self, parts: list[str]) -> list[str] | None:
        """Those of this surname whose first name, as far as both give one, begins alike."""
        if not parts:
            return None
        same = []
        for staff_id in self._by_surname.get(parts[-1], ()):
            known = _words(str(self._by_id[staff_id].get("name") or ""))
            first, theirs = parts[:-1], known[:-1]
            if not first or not theirs or _alike(first[0], theirs[0]):
                same.append(staff_id)
        return same


def _words(name: str) -> list[str]:
    """The words of a name in speaking order, folded, without titles."""
    surname, comma, first = name.partition(",")
    ordered = f"{first} {surname}" if comma else name
    words = [word.strip(".()") for word in folded(ordered).replace(".", ". ").split()]
    kept = [word for word in words if word and word not in _TITLES]
    return kept or [word for word in words if word]


def _key(words: list[str]) -> str:
    return squeezed(" ".join(words)) or " ".join(words)


def _alike(one: str, other: str) -> bool:
    """Whether two first names are the same, or one is the other's first letter."""
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])
