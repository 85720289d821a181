"""Erasing a pupil: what the law asks for, not the user's delete.

The values of every record of the child leave this copy's files for good, and those of every
other copy when it next merges. Nothing undoes it. What was handed out before cannot be
reached; the certificate lists it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from senreg import clock
from senreg.errors import NoSuchRecord, SenregError
from senreg.export_log import EVERYBODY, Handed, handed_out
from senreg.models.text import clean_line, folded
from senreg.register import Register, Row
from senreg.rules.belonging import owned_by
from senreg.rules.naming import known_as
from senreg.rules.reading import covers
from senreg.rules.same_child import merged_into
from senreg.search import Hit, hits
from senreg.store.erasures import ERASURES, place_named
from senreg.year_figures import freeze, years_unkept

REASONS = (
    ("retention", "Kept for as long as the school keeps it"),
    ("transferred", "The file went to the next school, which has confirmed it"),
    ("request", "The child or the family asked for it"),
    ("mistake", "It was entered by mistake"),
    ("other", "Another reason"),
)
"""Why a child is erased: the code travels with every bundle, so that it can hold no name."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What erasing a child would take away. Nothing has changed yet.

    Args:
        pupil: The child.
        records: Every record that goes, the child's own first.
        counts: How many of them by table.
        mentions: Records of others in whose text the child's name stands; they stay.
        holds: Holds on the file that are in force; while there are any it is not erased.
        handed: What was handed out since the child was added and may hold it.
        copies: How many other copies of the register have sent edits here.
        aside: Folders of damaged files in the register's folder, which may hold the child.
        unkept: School years that are over, in whose figures the child counts, and of which no
            figure was kept.
    """

    pupil: Row
    records: list[Row]
    counts: dict[str, int]
    mentions: list[Hit]
    holds: list[Row]
    handed: list[Handed] = field(default_factory=list)
    copies: int = 0
    aside: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done.

    Args:
        plan: What was there to erase.
        reason: A code of `REASONS`.
        at: When, in milliseconds since 1970.
        by: Who: a staff id or a login name.
        complete: No value is left in any file of this copy but those that are waited for. Where
            it is not, the disk refused half-way, and the next opening takes the rest away.
        waiting: How many other programs still write to this folder; theirs go when they end.
        unreadable: Damaged lines that were left, because nothing says whose they are.
        aside: Folders of damaged files in the register's folder that were left: they cannot be
            cleaned, and may hold the child.
        removed: Those that were removed.
    """

    plan: Erasing
    reason: str
    at: int
    by: str
    complete: bool
    waiting: int
    unreadable: int
    aside: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def all_gone(self) -> bool:
        """Whether nothing in this copy's folder may still hold a value of the child."""
        return self.complete and not (self.waiting or self.aside)


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that this copy knows of.

    Args:
        pupil: The id the child had.
        records: How many records were erased.
        reason: A code of `REASONS`.
        at: When, in milliseconds since 1970.
        by: Who: a staff id or a login name.
    """

    pupil: str
    records: int
    reason: str
    at: int
    by: str


def plan_erasing(register: Register, pupil: str, today: date) -> Erasing:
    """What erasing a child would take away.

    Raises NoSuchRecord where there is no pupil of that id.
    """
    row = register.get(pupil)
    if row is None or row.table != "pupils":
        raise NoSuchRecord("There is no pupil of that id.", do="Find it with: senreg search NAME")
    everything = list(register.everything())
    records = [row, *owned_by(everything, pupil)]
    for key in {str(twin["id"]) for twin in merged_into(register, pupil)}:
        records += [each for each in everything if each.id == key]
        records += owned_by(everything, key)
    counts = dict(Counter(each.table for each in records))
    day = today.isoformat()
    holds = [each for each in records if each.table == "holds" and not each.archived]
    own = {each.id for each in records}
    since, copies = _past_of(register, pupil)
    handed = [
        each for each in handed_out(register) if each.at >= since and each.pupil in ("", pupil)
    ]
    return Erasing(
        pupil=row,
        records=records,
        counts=counts,
        mentions=_mentions(everything, row, own),
        holds=[each for each in holds if covers(each, day)],
        handed=handed,
        copies=copies,
        aside=register.put_aside,
        unkept=years_unkept(register, records, today),
    )


def keep_figures(register: Register, plan: Erasing, today: date) -> list[str]:
    """Keep the figures of every year in which the child counts; why some could not be taken."""
    return [words for year in plan.unkept for words in freeze(register, year, today)[1]]


def is_confirmed(pupil: Row, typed: str) -> bool:
    """Whether what was typed is the child's surname and forename, either first, in any case."""
    turned = f"{pupil['forename'] or ''} {pupil['surname'] or ''}"
    return _bare(typed) in (_bare(confirmation(pupil)), _bare(turned))


def confirmation(pupil: Row) -> str:
    """What is to be typed before a child is erased: SURNAME FORENAME as they are stored."""
    return clean_line(f"{pupil['surname'] or ''} {pupil['forename'] or ''}")


def reason_meant(text: str) -> str | None:
    """The code of a reason given by its code or its words; None for any other text."""
    wanted = _bare(text)
    return next((code for code, words in REASONS if wanted in (code, _bare(words))), None)


def erase(register: Register, plan: Erasing, reason: str, *, put_aside_too: bool = False) -> Erased:
    """Take every value of a child's records away, for good.

    Args:
        register: The open register.
        plan: What `plan_erasing` gave for this child.
        reason: A code of `REASONS`.
        put_aside_too: Whether damaged files that were put aside are removed as well: they
            cannot be cleaned of one child, and what else only they hold goes with them.

    Raises:
        SenregError: There is a hold on the file, or it was transferred and nobody has confirmed
            that it came.
        CannotWrite: The disk refused, and nothing changed.
    """
    if plan.holds:
        raise SenregError(
            "There is a hold on this child's file, so that it is not erased.",
            do="End the hold first, if whoever asked for it agrees.",
        )
    if reason == "transferred" and not plan.pupil["records_receipt"]:
        raise SenregError(
            "The next school has not confirmed that it has this child's file.",
            do="Write down the day it did, under Receipt confirmed, then erase.",
        )
    at = clock.milliseconds()
    records = [place_named(each.table, each.id) for each in plan.records]
    done = register.erase({"pupil": plan.pupil.id, "records": records, "reason": reason})
    removed = register.remove_put_aside() if put_aside_too else []
    return Erased(
        plan=plan,
        reason=reason,
        at=at,
        by=register.person,
        complete=done is not None and done.complete,
        waiting=len(done.waiting) if done else 0,
        unreadable=done.unreadable if done else 0,
        aside=register.put_aside,
        removed=removed,
    )


def erasures(register: Register) -> list[Erasure]:
    """Every erasure this copy knows of, oldest first; it reads the whole journal."""
    return [
        Erasure(
            pupil=str(values.get("pupil")),
            records=len(values.get("records") or ()),
            reason=str(values.get("reason")),
            at=commit["t"],
            by=commit["by"],
        )
        for commit in register.store.journal.commits()
        for operation in commit["ops"]
        if operation["table"] == ERASURES and (values := operation.get("v") or {})
    ]


def may_hold_anyone(handed: Handed) -> bool:
    """Whether something that was handed out holds all children, or may."""
    return handed.kind in EVERYBODY


def _past_of(register: Register, pupil: str) -> tuple[int, int]:
    """When the child was first written down, and from how many other copies edits have come."""
    since, copies = clock.milliseconds(), set()
    for commit in register.store.journal.commits():
        copies.add(commit["copy"])
        if any(each["record"] == pupil for each in commit["ops"]):
            since = min(since, commit["t"])
    return since, len(copies - {register.copy_id})


def _mentions(everything: list[Row], pupil: Row, own: set[str]) -> list[Hit]:
    """Records that are not the child's and name it by surname and a first name."""
    others: dict[str, list[Row]] = {}
    for each in everything:
        if each.id not in own:
            others.setdefault(each.table, []).append(each)
    found: dict[str, Hit] = {}
    for first in dict.fromkeys((known_as(pupil), str(pupil["forename"] or ""))):
        words = f"{pupil['surname'] or ''} {first}"
        for hit in hits(lambda table: others.get(table, []), words, limit=200):
            found.setdefault(hit.row.id, hit)
    return list(found.values())


def _bare(text: str) -> str:
    return " ".join(folded(clean_line(text)).split())
