"""Bringing in what a plan shows, and how much it leaves for a person to review.

What there is to review takes a walk over the register, before and after. Most edits cannot
bring a finding about, and are told by the fields they write.
"""

from __future__ import annotations

from collections.abc import Iterable

from senreg.clock import today
from senreg.register import Register
from senreg.rules.remedies import DECIDING, found_at
from senreg.store.journal import Commit
from senreg.store.operations import WHOLE_RECORD, fields_written
from senreg.sync.copies import Copy, met
from senreg.sync.merge import MergePlan, apply_merge


def take_in(register: Register, plan: MergePlan, seen: Iterable[Copy]) -> int:
    """Make what a plan shows one durable commit, and give how many findings it brought about.

    Args:
        register: The register.
        plan: What is brought in.
        seen: The copies whose files were read.

    Raises CannotWrite; nothing is changed then.
    """
    weighed = may_bring_findings(register, plan.commits)
    before = found_at(register, today()) if weighed else set()
    apply_merge(register, plan)
    met(register, seen, plan.by_copy)
    return len(found_at(register, today()) - before) if weighed else 0


def may_bring_findings(register: Register, commits: Iterable[Commit]) -> bool:
    """Whether there may be more to review once these commits are taken in.

    A new record may, and one that is or was archived; else only fields that the rules read.
    """
    state = register.store.state
    return any(
        state.document(operation["table"], operation["record"]) is None
        or operation["record"] in state.seen.get(operation["table"], ())
        or WHOLE_RECORD in operation["o"]
        or not DECIDING.isdisjoint((*operation["o"], *fields_written(operation)))
        for commit in commits
        for operation in commit["ops"]
    )
