"""The tab of progress: results by subject, wider outcomes, attendance, and taking part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from screens.pupil.parts import Page, entry, heading, joined, newest, nothing
from screens.widgets.story import Entry, Words
from screens.wording import period_words, record_words
from senreg.clock import today
from senreg.register import Row
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.pupil_progress import (
    Attended,
    SubjectProgress,
    attendance_of,
    subjects_of,
    wider_of,
)

_JUDGED = {
    "below": ("▼ below", "warn"),
    "expected": ("= as many as", ""),
    "above": ("▲ above", "good"),
}
_TONES = {"better": "good", "worse": "warn"}


def progress(page: Page) -> Iterator[Entry]:
    """What the child was assessed at, the wider outcomes, attendance, and activities."""
    yield heading("Results", "assessments")
    subjects = subjects_of(page.register, page.pupil, today())
    if not subjects:
        yield nothing("No result yet. n adds one; on Progress a whole class.", "assessments")
    for subject in subjects:
        yield _subject(subject)
        for row in subject.rows:
            yield _result(page, cast("Row", row), subject.last.scale)
    yield heading("Wider outcomes", "wider_marks")
    yield from _wider(page)
    yield heading("Attendance", "attendance")
    kept = attendance_of(page.register, page.pupil.id)
    if not kept:
        yield nothing("No attendance yet. n adds some.", "attendance")
    for attended in kept:
        yield _attended(attended)
    yield heading("Takes part in", "participations")
    yield from _taking_part(page)


def _subject(subject: SubjectProgress) -> Entry:
    since = ""
    if subject.since is not None:
        since = f"{subject.since.words} since {short_day(subject.first.day)}"
    a_year, tone = "", ""
    if subject.a_year is not None:
        words, tone = _JUDGED.get(subject.verdict, ("", ""))
        expected = f"the {subject.expected:g} expected" if subject.expected is not None else ""
        a_year = f"{subject.a_year:.1f} points a year {words} {expected}".rstrip()
    told = Words(joined(subject.title, subject.spark, since, subject.last.scale), "strong")
    return Entry("", [told, Words(a_year, tone, indent=2)] if a_year else [told],
                 detail="assessments", apart=True)  # fmt: skip


def _result(page: Page, row: Row, usual: str) -> Entry:
    given = row["points"]
    points = "" if given is None else f"{given:g} {'point' if given == 1 else 'points'}"
    by = staff_named(row["by"], page.register.get) if row["by"] else ""
    words = joined(row["value"], points, row["scale"] if row["scale"] != usual else "", by)
    return entry(row, Words(words, label=short_day(row["date"]), indent=2))


def _wider(page: Page) -> Iterator[Entry]:
    outcomes = wider_of(page.register, page.pupil.id)
    if not outcomes:
        yield nothing("No mark yet. n adds one; on Progress for a whole class.", "wider_marks")
    for outcome in outcomes:
        moved = ""
        if outcome.words:
            moved = f"{outcome.words} than at first" if outcome.change else "the same as at first"
        by = f"by {abs(outcome.change):g}" if outcome.change else ""
        tone = _TONES.get(outcome.words, "strong")
        told = joined(outcome.title, " ".join(filter(None, (moved, by))))
        yield Entry("", [Words(told, tone)], detail="wider_marks", apart=True)
        for kept in outcome.rows:
            row = cast("Row", kept)
            value = "" if row["value"] is None else f"{row['value']:g}"
            better = {"up": "more is better", "down": "less is better"}.get(
                str(row["direction"]), ""
            )
            words = joined(value, row["scale"], better)
            yield entry(row, Words(words, label=short_day(row["date"]), indent=2))


def _attended(attended: Attended) -> Entry:
    row = cast("Row", attended.row)
    days = period_words(row["start"], row["end"])
    if attended.share is None:
        return entry(row, Words(joined(days, "figures are missing"), "warn"))
    missed = (
        f"missed {attended.missed} of {attended.possible} sessions "
        f"({100 * attended.share:.1f}%; {row['unauthorised']} unauthorised)"
    )
    words = [Words(days, "strong"), Words(missed, indent=2)]
    if attended.threshold is not None:
        verdict = "persistent absence" if attended.persistent else "not persistent"
        basis = f"{verdict}: that is {attended.threshold.words} ({attended.threshold.source})"
        words.append(Words(basis, "bad" if attended.persistent else "muted", indent=2))
    return entry(row, *words)


def _taking_part(page: Page) -> Iterator[Entry]:
    rows = newest(page.rows("participations"), "start")
    if not rows:
        yield nothing("It is not known. n says so; on Progress for a class.", "participations")
    for row in rows:
        what = "Nothing, when asked" if row["takes_no_part"] else ""
        if row["activity"]:
            what = record_words(page.register, row["activity"])
        came = ""
        if row["sessions"] is not None and row["attended"] is not None:
            came = f"{row['attended']} of {row['sessions']} times"
        ended = bool(row["end"]) and row["end"] < today().isoformat()
        words = joined(what, period_words(row["start"], row["end"]), came)
        yield entry(row, Words(words, "muted" if ended else ""))
