"""What the records of a table say, to find the one that a row without an id is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from senreg.models.describe import Field
from senreg.rules.reading import Row


class RecordsSaid:
    """Finds records by what they say.

    Args:
        rows: The records of one table.
        fields: The fields of the table by name.
        known_by: Fields that one record is known from another by, whatever else they say.
    """

    def __init__(
        self, rows: Iterable[Row], fields: Mapping[str, Field], known_by: Sequence[str] = ()
    ) -> None:
        self._rows = list(rows)
        self._required = {name for name, field in fields.items() if field.required}
        self._known_by = known_by
        self._by_word: dict[tuple[str, str], list[Row]] = {}
        self._new: set[str] = set()
        self._claimed: set[str] = set()
        self._met: set[str] = set()
        for row in self._rows:
            for name, value in row.items():
                if isinstance(value, str) and name != "id":
                    self._by_word.setdefault((name, value), []).append(row)

    def same(self, values: Mapping[str, object]) -> Row | None:
        """A record that holds every one of these values."""
        for row in self._alike(values, list(values)):
            return row
        return None

    def known(self, values: Mapping[str, object]) -> Row | None:
        """The one record of the same session and child, or group and day, that no row is about."""
        if not self._known_by or not all(values.get(name) for name in self._known_by):
            return None
        found = self._alike(values, self._known_by)
        free = [row for row in found if row["id"] not in self._claimed]
        return free[0] if len(free) == 1 else None

    def less(self, values: Mapping[str, object]) -> Row | None:
        """The one record that holds some of these values, and nothing where it lacks the others.

        So a row that came in without a value, because nobody could read it, is not entered a
        second time once it is put right in the file. What a table requires must be the same; a
        record that a row of the file is about already is no other row's.
        """
        needed = [name for name in values if name in self._required]
        found = [
            row
            for row in self._alike(values, needed)
            if row["id"] not in self._claimed
            and all(_same(row.get(name), value) or not row.get(name)
                    for name, value in values.items())
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def claim(self, row: Row, values: Mapping[str, object]) -> None:
        """Note that a row of the file is about this record, and what it says."""
        self._claimed.add(str(row["id"]))
        self._met.add(_key(values))

    def met(self, values: Mapping[str, object]) -> bool:
        """Whether a row about a known record said the same."""
        return _key(values) in self._met

    def again(self, values: Mapping[str, object]) -> bool:
        """Whether a new record of the same values was met before."""
        key = _key(values)
        if key in self._new:
            return True
        self._new.add(key)
        return False

    def _alike(self, values: Mapping[str, object], names: Sequence[str]) -> Iterable[Row]:
        """The records that hold the values of these fields."""
        words = [(name, value) for name in names if isinstance(value := values[name], str)]
        few = min((self._by_word.get(each, []) for each in words), key=len, default=[])
        return (row for row in few if all(_same(row.get(name), values[name]) for name in names))


def _key(values: Mapping[str, object]) -> str:
    return repr(sorted(values.items()))


def _same(one: object, other: object) -> bool:
    return (one or None) == (other or None)
