"""Taking in what another copy knows: first in words, then as one commit.

Join is the union of operations. Whatever order bundles come in, and however often, the
register ends the same; two people's different values of one field are kept as a conflict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from senreg.clock import milliseconds
from senreg.errors import SenregError, WrongUsage
from senreg.models.days import shown_day
from senreg.models.tables import TABLES
from senreg.register import Register, Row
from senreg.rules.naming import describe_record, pupil_name, pupil_named, staff_named
from senreg.store.erasures import ERASURES, erased_by, erasures_in, place_named
from senreg.store.journal import Commit
from senreg.store.operations import ARCHIVED, Operation, fields_written
from senreg.store.pack_record import StaffPack
from senreg.store.state import Place, State, apply_all
from senreg.sync.bundle import Bundle
from senreg.sync.clocks import wrong_clocks
from senreg.sync.forms import refuse_odd_values
from senreg.sync.other_keys import given_up, told_of_keys
from senreg.sync.returns import leaving, pack_behind, split
from senreg.sync.since import Brought, brought_by, is_gap, missing_from, spanned


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a bundle would bring. Nothing has changed yet."""

    commits: list[Commit]
    """The commits with the operations that are new here."""
    operations: int
    records: int
    conflicts: int
    """Fields on which the two copies differ and that nobody has settled."""
    details: list[str]
    """The preview in words: clocks that look wrong, by person, by pupil, then each conflict."""
    missing: int = 0
    """Edits that are named as replaced and have not come: no value of theirs is shown."""
    gap: bool = False
    """It is a part that goes on from what has not come here."""
    brought: Brought = field(default_factory=dict)
    """What merging it makes known of the openings of other copies."""
    outside: list[Commit] = field(default_factory=list)
    """What came back from a staff pack and is not within it: left unless a person takes it."""
    outside_details: list[str] = field(default_factory=list)
    """What that is, in words."""
    pack: str = ""
    """The id of the staff pack it comes back from; empty where it does not."""
    left_behind: bool = False
    """The register was given a new key on another copy, and this one has that before."""

    @property
    def to_look_at(self) -> bool:
        """Whether it leaves something for a person to do."""
        return bool(self.conflicts or self.lacks or self.outside or self.left_behind)

    @property
    def lacks(self) -> bool:
        """Whether something that belongs before it has not come."""
        return self.gap or self.missing > 0

    @property
    def erases(self) -> bool:
        """Whether a child is erased by it."""
        return bool(erasures_in(self.commits))

    @property
    def by_copy(self) -> dict[str, int]:
        """How many edits each copy's are, by the copy's id."""
        return edits_by_copy(self.commits)


def plan_merge(
    register: Register, bundle: Bundle, *, old_key: bool = False, take_outside: bool = False
) -> MergePlan:
    """What merging a bundle would do.

    Args:
        register: The register that would take it in.
        bundle: What was read.
        old_key: Go on although the bundle was sealed under a key that was given up.
        take_outside: Take in what came back from a staff pack and is not within it, too.

    Raises:
        SenregError: It is of another register, or of a copy that was left with a given-up key;
            or it is a staff pack, or this is one.
        Unreadable: Its values are of no form that senreg writes.
    """
    if bundle.register != register.register_id:
        raise SenregError(
            "That bundle comes from another register.",
            do="Only copies of the same register can be merged; `senreg join` makes a copy.",
        )
    if bundle.retired and not old_key:
        raise given_up()
    pack = pack_behind(register, bundle)
    erased = set(register.store.state.erased)
    if pack is None:
        erased |= erasures_in(bundle.commits)
    known = register.store.known()
    commits = new_to(known, bundle.commits, erased)
    outside: list[Commit] = []
    if pack is not None:
        refuse_odd_values(map(register.store.models.commit, commits))
        within, outside = split(register, pack, bundle, commits, _preview)
        commits = [*within, *outside] if take_outside else within
        outside = [] if take_outside else outside
    now = [register.store.models.commit(each) for each in commits]
    refuse_odd_values(now)
    after = _preview(register, now)
    before = {place for place, _ in register.store.state.conflicts()}
    conflicts = [place for place, _ in after.conflicts() if place not in before]
    touched = {(each["table"], each["record"]) for each in _operations(now)}
    words = _Words(register, after)
    missing = len(missing_from(known, commits))
    gap = pack is None and is_gap(bundle, register)
    details = [
        *told_of_keys(bundle),
        *wrong_clocks(commits, milliseconds(), words.staff),
        *leaving(register, after),
        *words.of_erasures(now),
        *words.by_person(now),
        *words.by_pupil(now),
        *words.of_conflicts(conflicts),
        *_of_missing(missing, gap),
    ]
    return MergePlan(
        commits,
        len(_operations(commits)),
        len(touched),
        len(conflicts),
        details,
        missing,
        gap,
        brought_by(bundle, commits) if pack is None else {},
        outside,
        [*_withdrawn(pack), *in_words(register, outside)] if outside else [],
        pack.id if pack is not None else "",
        bundle.newer,
    )


def in_words(register: Register, commits: list[Commit]) -> list[str]:
    """What commits would bring, in words: by person and by pupil."""
    words = _Words(register, _preview(register, commits))
    return [*words.by_person(commits), *words.by_pupil(commits)]


def pupils_in(register: Register, commits: list[Commit]) -> dict[str, str | None]:
    """By the id of each operation, the pupil whom its record is about; None for other matters."""
    words = _Words(register, _preview(register, commits))
    return {each["h"]: words.pupil_of(each) for each in _operations(commits)}


def together(register: Register, bundles: Sequence[Bundle]) -> Bundle:
    """Several bundles as one, so that they are counted once and taken in by one commit.

    One that is not of this register stands alone, for planning to refuse it; one that was
    sealed under a key that was given up makes the whole such a one.

    Raises WrongUsage where one of several comes back from a pack: it is judged by itself.
    """
    for bundle in bundles:
        if bundle.register != register.register_id:
            return bundle
    if len(bundles) > 1 and any(each.pack or each.is_pack for each in bundles):
        raise WrongUsage(
            "What comes back from a staff pack is merged by itself.", do="Name one file at a time."
        )
    since, known = spanned(bundles)
    return replace(
        bundles[0],
        since=since,
        known=known,
        commits=[each for bundle in bundles for each in bundle.commits],
        retired=any(bundle.retired for bundle in bundles),
        newer=any(bundle.newer for bundle in bundles),
    )


def apply_merge(register: Register, plan: MergePlan) -> None:
    """Make what the plan shows one durable commit; nothing where there is nothing new."""
    if plan.commits:
        register.before("merge")
        register.merged(plan.commits, "Merge a copy", plan.brought)
    register.weigh_again()


def edits_by_copy(commits: list[Commit]) -> dict[str, int]:
    """How many operations of commits were made on each copy."""
    found: Counter[str] = Counter()
    for commit in commits:
        found[commit["copy"]] += len(commit["ops"])
    return dict(found)


def new_to(
    known: Container[str], commits: list[Commit], erased: Collection[str] = ()
) -> list[Commit]:
    """What is not known here, and not of a record that was erased here or there."""
    seen: set[str] = set()
    fresh = []
    for commit in commits:
        operations = []
        for operation in commit["ops"]:
            gone = erased and place_named(operation["table"], operation["record"]) in erased
            if operation["h"] not in seen and operation["h"] not in known and not gone:
                seen.add(operation["h"])
                operations.append(operation)
        if operations:
            fresh.append(commit | {"ops": operations})
    return fresh


def _withdrawn(pack: StaffPack | None) -> list[str]:
    if pack is None or not pack.withdrawn:
        return []
    return [f"This pack was withdrawn on {shown_day(pack.withdrawn)}: all of it is set aside."]


def _of_missing(missing: int, gap: bool) -> list[str]:
    if not missing and not gap:
        return []
    what = f"{_counted(missing, 'edit')} named here" if missing else "what was done before this"
    told = f"Missing: {what}. Nothing is lost by merging this; ask whoever made it "
    return [told + "for a full bundle, which brings all."]


def _operations(commits: list[Commit]) -> list[Operation]:
    return [operation for commit in commits for operation in commit["ops"]]


def _preview(register: Register, commits: list[Commit]) -> State:
    """The touched records as they would be, on a state of their own."""
    now = register.store.state
    after = State(stamp_of=now.stamp_of, stamps=dict(now.stamps))
    after.erased.update(now.erased)
    after.awaited = {h: list(names) for h, names in now.awaited.items()}
    for operation in _operations(commits):
        table, record = operation["table"], operation["record"]
        for mine, theirs in ((after.live, now.live), (after.archived, now.archived)):
            document = theirs.get(table, {}).get(record)
            if document is not None:
                mine.setdefault(table, {})[record] = document
        heads = now.heads.get(table, {}).get(record)
        if heads is not None:
            after.heads.setdefault(table, {})[record] = heads
        seen = now.seen.get(table, {}).get(record)
        if seen is not None:
            after.seen.setdefault(table, {})[record] = dict(seen)
        for name in (*fields_written(operation), ARCHIVED):
            place = (table, record, name)
            if place in now.contested:
                after.contested[place] = now.contested[place]
    for commit in commits:
        for operation in commit["ops"]:
            after.stamps[operation["h"]] = (commit["t"], commit["by"], commit["copy"])
        apply_all(after, commit, commit["ops"])
    return after


class _Words:
    """The plan as sentences, with names from this copy and from what is arriving."""

    def __init__(self, register: Register, after: State) -> None:
        self._register = register
        self._after = after

    def of_erasures(self, commits: list[Commit]) -> list[str]:
        told = []
        for commit in commits:
            for operation in commit["ops"]:
                if operation["table"] == ERASURES:
                    values = operation.get("v") or {}
                    row = self._register.get(str(values.get("pupil")))
                    name = pupil_name(row) if row else "A child who is not in this copy"
                    count = _counted(len(erased_by(values)), "record")
                    by = staff_named(commit["by"], self.staff)
                    told.append(
                        f"{name} was erased by {by}, with {count}. Merging erases them here "
                        "too, for good."
                    )
        return told

    def by_person(self, commits: list[Commit]) -> list[str]:
        edits: Counter[str] = Counter()
        pupils: dict[str, set[str]] = defaultdict(set)
        for commit in commits:
            for operation in commit["ops"]:
                if operation["table"] == ERASURES:
                    continue
                edits[commit["by"]] += 1
                pupil = self.pupil_of(operation)
                if pupil:
                    pupils[commit["by"]].add(pupil)
        return [
            f"{_counted(count, 'new edit')} by {staff_named(by, self.staff)}"
            + (f" on {_counted(len(pupils[by]), 'pupil')}." if pupils[by] else ".")
            for by, count in edits.most_common()
        ]

    def by_pupil(self, commits: list[Commit]) -> list[str]:
        told: dict[str, Counter[str]] = {}
        for operation in _operations(commits):
            if operation["table"] == ERASURES:
                continue
            pupil = self.pupil_of(operation)
            name = pupil_named(pupil, self.get) if pupil else "The school"
            told.setdefault(name, Counter())[_what(operation)] += 1
        return [
            f"{name}: "
            + ", ".join(what if count == 1 else f"{what} ({count})" for what, count in each.items())
            + "."
            for name, each in sorted(told.items())
        ]

    def of_conflicts(self, places: list[Place]) -> list[str]:
        return [
            f"Conflict: {self._title(table, name)} of {self._record(table, record)} "
            "was changed on both copies."
            for table, record, name in places
        ]

    def get(self, record: str) -> Row | None:
        """A record as the merge would leave it."""
        for tables in (self._after.live, self._after.archived):
            for table, documents in tables.items():
                if record in documents:
                    return Row(table, record, documents[record])
        return self._register.get(record)

    def staff(self, record: str) -> Row | None:
        """A member of staff as the merge would leave them. A login name is sought nowhere else."""
        found = self.get(record) if self._after.document("staff", record) else None
        return found or self._register.get(record, "staff")

    def pupil_of(self, operation: Operation) -> str | None:
        """The id of the pupil whom an operation's record is about."""
        if operation["table"] == "pupils":
            return str(operation["record"])
        return pupil_behind(self.get(operation["record"]), self.get)

    def _record(self, table: str, record: str) -> str:
        row = self.get(record)
        return describe_record(row, self.get, table) if row else table

    def _title(self, table: str, name: str) -> str:
        if name == ARCHIVED:
            return "Archived"
        from senreg.models.tables import field_of

        if table not in TABLES:
            return name
        try:
            return field_of(table, name).title
        except SenregError:
            return name


def pupil_behind(row: Row | None, get: Callable[[str], Row | None]) -> str | None:
    """The pupil a record belongs to, directly or through its target or action's subject."""
    for _ in range(3):
        if row is None:
            return None
        if row["pupil"]:
            return str(row["pupil"])
        parent: Any = row["target"] or row["about"] or row["conversation"]
        row = get(str(parent)) if parent else None
    return None


def _what(operation: Operation) -> str:
    table = _ONE.get(operation["table"]) or operation["table"].removesuffix("s").replace("_", " ")
    if operation.get("new"):
        return f"{table} added"
    archived = (operation.get("v") or {}).get(ARCHIVED)
    if archived is not None:
        return f"{table} archived" if archived else f"{table} restored"
    return f"{table} changed"


_ONE = {"sen_statuses": "SEN status", "staff": "staff", "school": "school"}


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")
