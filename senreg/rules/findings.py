"""What is odd in a register: pointed out, never in anybody's way.

A finding is about stored data that cannot all be true, or that the school census would
query: one provision open at a time and a primary need with it, ranks from 1 without gaps,
NSA (no specialist assessment) only with SEN support.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.rules.clashes import all_clashes
from senreg.rules.dates import short_day
from senreg.rules.findings_archived import archived_findings
from senreg.rules.findings_conversations import conversation_findings
from senreg.rules.findings_days import day_findings
from senreg.rules.findings_evidence import evidence_findings
from senreg.rules.findings_links import link_findings, period_findings, placement_findings
from senreg.rules.findings_pupils import pupil_findings, unknown_codes
from senreg.rules.findings_sen import sen_findings
from senreg.rules.findings_sessions import session_findings
from senreg.rules.found import SEVERITIES, Finding
from senreg.rules.reading import Reading
from senreg.rules.retention import due_keepings
from senreg.rules.scale_changes import ScaleChanges
from senreg.rules.scales import scale_findings
from senreg.rules.statutory.order import order_findings, unknown_findings
from senreg.rules.today import due_and_overdue

__all__ = ["SEVERITIES", "Finding", "findings"]

_OVERDUE_IN = {
    "target": "targets",
    "review": "reviews",
    "conversation": "conversations",
    "summary": "conversations",
    "action": "actions",
}
_CLASH_CODES = {"pupil": "pupil_clash", "adult": "adult_clash", "size": "group_over_size"}


def findings(register: Reading, today: date) -> list[Finding]:
    """Everything that is odd, errors first.

    Args:
        register: The open register.
        today: The day on which needs, statuses and places are looked at.
    """
    found = [
        *pupil_findings(register, today),
        *sen_findings(register, today),
        *unknown_codes(register),
        *link_findings(register),
        *period_findings(register),
        *order_findings(register),
        *unknown_findings(register, today),
        *placement_findings(register, today),
        *archived_findings(register),
        *scale_findings(register),
        *evidence_findings(register),
        *ScaleChanges(register).findings(),
        *session_findings(register),
        *day_findings(register, today),
        *conversation_findings(register, today),
        *_clashes(register, today),
        *_overdue(register, today),
        *_files(register, today),
    ]
    found.sort(key=lambda each: SEVERITIES.index(each.severity))
    return found


def _clashes(register: Reading, today: date) -> Iterator[Finding]:
    for clash in all_clashes(register, since=today):
        code = _CLASH_CODES[clash.kind]
        yield Finding(code, "warning", "groups", clash.groups[0], clash.words)


def _overdue(register: Reading, today: date) -> Iterator[Finding]:
    for line in due_and_overdue(register, today):
        if line.state == "overdue":
            of = f"{line.name}: " if line.name else ""
            by = f" ({line.source})" if line.source else ""
            words = f"{of}{line.words.rstrip('.')}, due {short_day(line.day)}{by}."
            code = f"{line.kind}_overdue"
            table = line.table or _OVERDUE_IN[line.kind]
            yield Finding(code, "note", table, line.record, words)


def _files(register: Reading, today: date) -> Iterator[Finding]:
    for each in due_keepings(register, today):
        yield Finding(
            f"file_{each.state}", "note", "pupils", each.pupil, f"{each.name}: {each.words}."
        )
