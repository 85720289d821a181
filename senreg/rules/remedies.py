"""What can be done, with one key, about records that no merge of copies can keep in order.

Each way is a proposal: its words say what it does, and one commit, which undo takes back,
does it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from senreg.models.text import folded
from senreg.rules.dates import as_day, short_day
from senreg.rules.findings_archived import archived_findings, children_of, left_behind
from senreg.rules.findings_links import placement_findings
from senreg.rules.findings_pupils import entered_twice, person_key
from senreg.rules.findings_sen import status_findings
from senreg.rules.found import SEVERITIES, Finding
from senreg.rules.naming import group_name
from senreg.rules.nouns import counted_list
from senreg.rules.proposal import Proposal, Set
from senreg.rules.reading import Reading, Row
from senreg.rules.same_child import SAME_AS, kept_of, merge_pupils, repoint, unmerged
from senreg.rules.same_child_names import told_apart
from senreg.rules.status import is_open, status_look

DECIDING = frozenset(
    {"archived", "upn", "surname", "forename", "dob", SAME_AS}
    | {"pupil", "group", "intervention", "about"}
    | {"code", "start", "end", "done_on"}
)
"""The fields that decide, on records that are there already, what `to_review` finds."""


class Remedy(NamedTuple):
    """One way to put a finding right.

    Args:
        words: What it does, in a line.
        label: The label of the commit: never a name.
        proposal: The changes.
    """

    words: str
    label: str
    proposal: Proposal


def to_review(register: Reading, today: date) -> list[Finding]:
    """The findings that have remedies, errors first."""
    found = [*entered_twice(unmerged(register))]
    statuses = register.by("sen_statuses", "pupil")
    for pupil in register.all("pupils"):
        found += status_findings(pupil, statuses.get(pupil["id"], ()))
    found += placement_findings(register, today)
    found += archived_findings(register)
    found = [each for each in found if each.code in _WAYS]
    found.sort(key=lambda each: SEVERITIES.index(each.severity))
    return found


def found_at(register: Reading, today: date) -> set[tuple[str, str]]:
    """What there is to review, by code and record: to tell what a merge brought about."""
    return {(each.code, each.record) for each in to_review(register, today)}


def remedies(register: Reading, finding: Finding, today: date) -> list[Remedy]:
    """The ways to put a finding right, the usual one first; empty where a person must edit.

    Args:
        register: The open register.
        finding: What `findings` or `to_review` gave.
        today: The day it is.
    """
    row = register.get(finding.record)
    ways = _WAYS.get(finding.code)
    if row is None or ways is None:
        return []
    return [each for each in ways(register, row, finding, today) if each.proposal]


Ways = Callable[[Reading, Row, Finding, date], Iterator[Remedy]]


def _twins(register: Reading, row: Row, _: Finding, today: date) -> Iterator[Remedy]:
    twins = [each for each in unmerged(register) if _is_twin(row, each)]
    names = told_apart(register, [row, *twins])
    for twin in twins:
        merging = ways_to_merge(register, row, twin, today, names)
        same_upn = row.get("upn") and twin.get("upn") == row["upn"]
        apart = list(_without_upn(register, row, twin, names)) if same_upn else []
        yield from (*merging, *apart) if _alike(row, twin) else (*apart, *merging)


def _is_twin(row: Row, other: Row) -> bool:
    if other["id"] == row["id"]:
        return False
    same_upn = row.get("upn") and other.get("upn") == row["upn"]
    return bool(same_upn or (row.get("dob") and person_key(other) == person_key(row)))


def ways_to_merge(
    register: Reading, one: Row, other: Row, today: date, names: Mapping[str, str] | None = None
) -> list[Remedy]:
    """The two ways to put two records of one child together, that with more records first.

    Args:
        register: The open register.
        one: A record of the child.
        other: Another.
        today: The day it is.
        names: By id, what each is called; what tells the two apart unless given.
    """
    names = told_apart(register, (one, other)) if names is None else names
    pair = _fuller_first(register, one, other)
    return [
        Remedy(
            f"Merge into {names[first['id']]}; put away {names[second['id']]}",
            "Merge two records of one pupil",
            merge_pupils(register, first, second, today),
        )
        for first, second in (pair, pair[::-1])
    ]


def _fuller_first(register: Reading, one: Row, other: Row) -> list[Row]:
    """Two pupils, that with more records first."""
    counts = {each["id"]: len(children_of(register, each["id"])) for each in (one, other)}
    return sorted((one, other), key=lambda each: (-counts[each["id"]], str(each["id"])))


def _without_upn(
    register: Reading, one: Row, other: Row, names: Mapping[str, str]
) -> Iterator[Remedy]:
    for each in reversed(_fuller_first(register, one, other)):
        words = f"They are two children: take the UPN away from {names[each['id']]}"
        proposal = Proposal((Set("pupils", each["id"], {"upn": None}),))
        yield Remedy(words, "Take a UPN away", proposal)


def _alike(one: Row, other: Row) -> bool:
    """Whether two records of one UPN may be of one child: by a name, and the date of birth."""
    born = one.get("dob"), other.get("dob")
    if all(born) and born[0] != born[1]:
        return False
    return any(
        folded(str(one.get(name) or "")) == folded(str(other.get(name) or ""))
        for name in ("surname", "forename")
    )


def _one_status(register: Reading, row: Row, _: Finding, today: date) -> Iterator[Remedy]:
    del today
    statuses = register.by("sen_statuses", "pupil").get(row.get("pupil"), ())
    opened = [each for each in statuses if is_open(each)]
    opened.sort(key=lambda each: (str(each.get("start") or ""), str(each["id"])), reverse=True)
    for stays in opened if len(opened) > 1 else ():
        sets, archives, done = [], [], []
        for other in opened:
            if other["id"] == stays["id"]:
                continue
            word, end = status_look(other.get("code")).word, _day_before(stays, other)
            if end:
                sets.append(Set("sen_statuses", other["id"], {"end": end}))
                done.append(f"end {word} on {short_day(end)}")
            else:
                archives.append(other["id"])
                done.append(f"put {word} away")
        since = f" since {short_day(stays['start'])}" if stays.get("start") else ""
        words = f"Keep {status_look(stays.get('code')).word}{since}; {', '.join(done)}"
        proposal = Proposal(tuple(sets), archives=tuple(archives))
        yield Remedy(words, "Leave one status open", proposal)


def _day_before(stays: Row, other: Row) -> str:
    """The last day of a status that another follows; empty where it began no earlier."""
    begins, began = as_day(stays.get("start")), as_day(other.get("start"))
    if begins is None or (began is not None and began >= begins):
        return ""
    return (begins - timedelta(days=1)).isoformat()


def _placement(register: Reading, row: Row, _: Finding, today: date) -> Iterator[Remedy]:
    yesterday = (today - timedelta(days=1)).isoformat()
    if not row.get("start") or row["start"] <= yesterday:
        words = f"End the place on {short_day(yesterday)}"
        sets = (Set("placements", row["id"], {"end": yesterday}),)
        yield Remedy(words, "End a place in a group", Proposal(sets))
    else:
        words = "Put the place away: it had not begun before today"
        yield Remedy(words, "Put a place away", Proposal(archives=(row["id"],)))
    group = register.get(str(row.get("group") or ""))
    if group is not None:
        words = f"Bring the group {group_name(group, register.get)} back"
        yield Remedy(words, "Bring a group back", Proposal(restores=(group["id"],)))


def _archived(register: Reading, row: Row, _: Finding, __: date) -> Iterator[Remedy]:
    behind = left_behind(register, row["id"])
    counts = dict(Counter(table for table, _ in behind))
    restore = Proposal(restores=(row["id"],))
    yield Remedy("Bring back what was archived", "Bring a record back", restore)
    archive = Proposal(archives=tuple(each["id"] for _, each in behind))
    words = f"Put away what is left of it: {counted_list(counts)}"
    yield Remedy(words, "Put away what is left of a record", archive)


def _of_merged(register: Reading, row: Row, _: Finding, __: date) -> Iterator[Remedy]:
    kept = kept_of(register, row)
    proposal = Proposal(
        tuple(repoint(register, row["id"], kept["id"])),
        restores=(kept["id"],) if kept.get("archived") else (),
    )
    yield Remedy("Give them to the record that was kept", "Give records to their pupil", proposal)


def _back(register: Reading, row: Row, _: Finding, today: date) -> Iterator[Remedy]:
    kept = kept_of(register, row)
    if kept["id"] != row["id"]:
        proposal = merge_pupils(register, kept, row, today)
        yield Remedy("Merge it again", "Merge two records of one pupil", proposal)
    apart = Proposal((Set("pupils", row["id"], {SAME_AS: None}),))
    words = "They are two children" if kept["id"] != row["id"] else "This is the one to keep"
    yield Remedy(words, "A pupil's own record", apart)


def _both_ways(register: Reading, row: Row, _: Finding, today: date) -> Iterator[Remedy]:
    other = register.get(str(row[SAME_AS]))
    if other is not None:
        proposal = merge_pupils(register, row, other, today)
        words = "Bring one back, with everything of both"
        yield Remedy(words, "Merge two records of one pupil", proposal)


_WAYS: dict[str, Ways] = {
    "same_upn": _twins,
    "same_child": _twins,
    "two_open_statuses": _one_status,
    "placement_in_archived_group": _placement,
    "child_of_archived": _archived,
    "child_of_merged": _of_merged,
    "merged_and_back": _back,
    "merged_both_ways": _both_ways,
}


REMEDIED = frozenset(_WAYS)
"""The codes of the findings that have remedies."""


def all_remedies(register: Reading, record: str, today: date) -> Sequence[tuple[Finding, Remedy]]:
    """Every way to put right what is found about one record, by its id."""
    return [
        (finding, remedy)
        for finding in to_review(register, today)
        if finding.record == record
        for remedy in remedies(register, finding, today)
    ]
