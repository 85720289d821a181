"""Which pupil of the register each row of a file is: by id, by UPN, else by name and birth.

Rows that name a UPN choose first, so that a namesake without one cannot take their place.
Where two pupils fit, a person is asked: the row is a problem until it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from senreg.exchange.headings import squeezed
from senreg.exchange.pupil_rows import PupilRow
from senreg.models.text import folded
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name
from senreg.rules.reading import Row

NEW = "new"
"""The answer that a row is no pupil of the register yet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil that a row may be.

    Args:
        pupil: The pupil's id.
        words: Who that is: 'Sam O'Neill, born 3 Nov 2016, 4B'.
        archived: The record was put away; choosing it brings it back.
    """

    pupil: str
    words: str
    archived: bool = False


@dataclass(slots=True)
class Match:
    """What a row was found to be.

    Args:
        pupil: The row of `pupils`; None for a new pupil or an open question.
        problem: A sentence where a person has to look; else empty.
        candidates: Those to choose among, where there is a choice.
        may_be_new: Whether "new" is an answer.
        told: A remark on a match that was made all the same.
    """

    pupil: Row | None = None
    problem: str = ""
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = False
    told: str = ""


def name_key(forename: str, surname: str) -> str:
    """By which names are compared: without case, accents, spaces and punctuation."""
    whole = f"{forename} {surname}"
    return squeezed(whole) or folded(whole).strip()


class PupilIndex:
    """The pupils of a register, found by what a row says."""

    def __init__(self, pupils: Iterable[Row], archived: Iterable[Row]) -> None:
        self.by_id: dict[str, Row] = {}
        self._by_upn: dict[str, list[Row]] = {}
        self._by_name: dict[str, list[Row]] = {}
        self._put_away: dict[str, Row] = {}
        self._put_away_upn: dict[str, list[Row]] = {}
        self._put_away_name: dict[str, list[Row]] = {}
        for row in pupils:
            self.by_id[row["id"]] = row
            _learn(row, self._by_upn, self._by_name)
        for row in archived:
            self._put_away[row["id"]] = row
            _learn(row, self._put_away_upn, self._put_away_name)

    def any(self, pupil: str) -> Row | None:
        """A pupil by id, archived or not."""
        return self.by_id.get(pupil) or self._put_away.get(pupil)

    def is_archived(self, pupil: str) -> bool:
        """Whether a pupil was put away."""
        return pupil in self._put_away

    def with_upn(self, row: PupilRow) -> list[Row]:
        """The pupils that have the row's UPN."""
        upn = row.text("upn")
        return self._by_upn.get(upn, []) if upn else []

    def named(self, row: PupilRow) -> list[Row]:
        """The pupils of the row's name whose date of birth does not speak against it.

        Those whose name is the same to the letter, case and accents apart, come before those
        whose spaces and punctuation differ.
        """
        found = _fitting(row, self.namesakes(row))
        return [each for each in found if _to_the_letter(row, each)] or found

    def namesakes(self, row: PupilRow) -> list[Row]:
        """The pupils of the row's name, whenever they were born."""
        found: dict[str, Row] = {}
        for key in _row_keys(row):
            found.update((each["id"], each) for each in self._by_name.get(key, ()))
        return list(found.values())

    def put_away(self, row: PupilRow) -> list[Row]:
        """The archived pupils that the row is, by UPN or by name and birth."""
        upn = row.text("upn")
        found = self._put_away_upn.get(upn, []) if upn else []
        if not found and row.text("dob"):
            found = [
                each
                for each in self._put_away_name.get(_key(row), ())
                if each.get("dob") == row.values["dob"] and _upns_agree(row, each)
            ]
        return found


class Matching:
    """The matching of all rows of a file, with the answers a person gave."""

    def __init__(
        self, rows: Sequence[PupilRow], index: PupilIndex, answers: Mapping[int, str]
    ) -> None:
        """Match the rows.

        Args:
            rows: The rows of the file; those with a problem of their own are passed over.
            index: The pupils of the register.
            answers: Row number to a pupil's id or `NEW`.
        """
        self._rows = [row for row in rows if not row.problem]
        self._index = index
        self._answers = answers
        self._claimed: dict[str, PupilRow] = {}
        self.matches: dict[int, Match] = {}
        self._repeated_upns()
        for match_some in (self._by_answer, self._by_id, self._by_upn):
            for row in self._rows:
                if row.number not in self.matches:
                    match_some(row)
        self._by_name()

    def _repeated_upns(self) -> None:
        first: dict[str, PupilRow] = {}
        for row in self._rows:
            upn = row.text("upn")
            if not upn:
                continue
            before = first.setdefault(upn, row)
            if before is not row:
                self.matches[row.number] = Match(
                    problem=f"It has the same UPN as row {before.number}, which is taken."
                )

    def _claim(self, row: PupilRow, pupil: Row) -> None:
        before = self._claimed.get(pupil["id"])
        if before is not None:
            self.matches[row.number] = Match(
                problem=f"It is the same pupil as row {before.number}, which is taken.",
                may_be_new=True,
            )
            return
        self._claimed[pupil["id"]] = row
        self.matches[row.number] = Match(pupil)

    def _by_answer(self, row: PupilRow) -> None:
        answer = self._answers.get(row.number)
        if answer == NEW:
            self.matches[row.number] = Match()
        elif answer is not None:
            pupil = self._index.any(answer)
            if pupil is not None:
                self._claim(row, pupil)

    def _by_id(self, row: PupilRow) -> None:
        pupil = self._index.by_id.get(row.record_id) if row.record_id else None
        if pupil is not None:
            self._claim(row, pupil)

    def _by_upn(self, row: PupilRow) -> None:
        found = self._index.with_upn(row)
        if not found:
            return
        if len(found) > 1:
            same = [each for each in found if _key(row) in _keys(each)]
            if len(same) != 1:
                self._ask(row, found, "Several pupils of the register have this UPN.")
                return
            found = same
        if _is_someone_else(row, found[0]):
            self._ask(row, found, "The pupil with this UPN has another name and date of birth.")
        else:
            self._claim(row, found[0])

    def _by_name(self) -> None:
        new: dict[tuple[str, str], PupilRow] = {}
        for row in self._rows:
            if row.number in self.matches:
                if self._answers.get(row.number) == NEW:
                    new.setdefault(_newcomer_key(row), row)
                continue
            fitting = [each for each in self._index.named(row) if self._may_be(row, each)]
            free = [each for each in fitting if each["id"] not in self._claimed]
            sure = [each for each in free if row.text("dob") and each.get("dob")]
            if len(sure or free) > 1:
                self._ask(row, sure or free, "Two or more pupils of the register fit.")
            elif free:
                self._claim(row, (sure or free)[0])
            elif fitting:
                self._claim(row, fitting[0])
            else:
                self._newcomer(row, new)

    def _may_be(self, row: PupilRow, pupil: Row) -> bool:
        """Whether UPNs allow it: where both have one and they differ, birth must agree."""
        if _upns_agree(row, pupil):
            return True
        claimed = pupil["id"] in self._claimed
        return not claimed and bool(row.text("dob")) and row.text("dob") == pupil.get("dob")

    def _newcomer(self, row: PupilRow, new: dict[tuple[str, str], PupilRow]) -> None:
        put_away = self._index.put_away(row)
        if put_away:
            self._ask(row, put_away, "This pupil was put away in the register.")
            return
        key = _newcomer_key(row)
        before = new.setdefault(key, row)
        if before is not row and key[0] and not (row.text("upn") and before.text("upn")):
            self.matches[row.number] = Match(
                problem=f"It has the same name and date of birth as row {before.number}.",
                may_be_new=True,
            )
            return
        self.matches[row.number] = Match(told=self._namesake(row))

    def _namesake(self, row: PupilRow) -> str:
        others = [
            each
            for each in self._index.namesakes(row)
            if each["id"] not in self._claimed and not (row.text("upn") and each.get("upn"))
        ]
        if not others:
            return ""
        return f"The register has a pupil of this name: {described(others[0])}."

    def _ask(self, row: PupilRow, pupils: Sequence[Row], why: str) -> None:
        self.matches[row.number] = Match(
            problem=f"{why} Choose which it is, or that it is a new pupil.",
            candidates=tuple(
                Candidate(each["id"], described(each), self._index.is_archived(each["id"]))
                for each in pupils
            ),
            may_be_new=True,
        )


def described(pupil: Row) -> str:
    """A pupil in words that tell two of one name apart."""
    parts = [pupil_name(pupil)]
    if pupil.get("dob"):
        parts.append(f"born {short_day(pupil['dob'])}")
    if pupil.get("class_name"):
        parts.append(str(pupil["class_name"]))
    if pupil.get("upn"):
        parts.append(f"UPN {pupil['upn']}")
    return ", ".join(parts)


def same_name(row: PupilRow, pupil: Row) -> bool:
    """Whether the row's name is the pupil's legal name."""
    return _key(row) == name_key(pupil.get("forename") or "", pupil.get("surname") or "")


def _learn(row: Row, by_upn: dict[str, list[Row]], by_name: dict[str, list[Row]]) -> None:
    if row.get("upn"):
        by_upn.setdefault(row["upn"], []).append(row)
    for key in _keys(row):
        by_name.setdefault(key, []).append(row)


def _keys(pupil: Row) -> set[str]:
    surname = pupil.get("surname") or ""
    return {
        name_key(first, surname)
        for first in (pupil.get("forename"), pupil.get("preferred_name"))
        if first
    }


def _key(row: PupilRow) -> str:
    surname, forename = row.text("surname"), row.text("forename")
    if surname and forename:
        return name_key(forename, surname)
    return squeezed(row.whole_name)


def _newcomer_key(row: PupilRow) -> tuple[str, str]:
    """By which two rows of one file are the same new child: name to the letter, and birth."""
    name = f"{row.text('forename')} {row.text('surname')}".strip() or row.whole_name
    return folded(name), row.text("dob")


def _to_the_letter(row: PupilRow, pupil: Row) -> bool:
    firsts = {folded(pupil.get("forename") or ""), folded(pupil.get("preferred_name") or "")}
    return (
        folded(row.text("surname")) == folded(pupil.get("surname") or "")
        and folded(row.text("forename")) in firsts
    )


def _row_keys(row: PupilRow) -> list[str]:
    """The names a row may be known by: the forename's, and the preferred name's."""
    preferred = row.text("preferred_name")
    keys = [_key(row)]
    if preferred and row.text("surname"):
        keys.append(name_key(preferred, row.text("surname")))
    return [key for key in keys if key]


def _fitting(row: PupilRow, pupils: Iterable[Row]) -> list[Row]:
    born = row.text("dob")
    return [each for each in pupils if not born or not each.get("dob") or each.get("dob") == born]


def _upns_agree(row: PupilRow, pupil: Row) -> bool:
    return not row.text("upn") or not pupil.get("upn") or row.text("upn") == pupil.get("upn")


def _is_someone_else(row: PupilRow, pupil: Row) -> bool:
    """Whether name and birth both speak against a match by UPN."""
    born = row.text("dob")
    key = _key(row)
    return bool(born and pupil.get("dob") and born != pupil["dob"] and key) and (
        key not in _keys(pupil)
        and folded(row.text("forename")) != folded(pupil.get("forename") or "")
    )
