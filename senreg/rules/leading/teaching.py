"""Lessons looked at on the six strands of good teaching: by teacher, the first against the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from senreg.models.employment import STRANDS
from senreg.rules.leading.lines import LeadLine, LeadPart, when
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import staff_named
from senreg.rules.reading import Reading, Row

_LOWEST = "With lower-attaining groups"
_NOTE = "1 not seen, 2 beginning, 3 often, 4 throughout: the first lesson seen → the last."
_MINUTES = "Of the minutes watched, the teacher's own time with lower-attaining groups."


def teaching(register: Reading, today: date) -> list[LeadPart]:
    """All teachers together, then each: on every strand the first, the last and the change."""
    day = today.isoformat()
    seen: dict[str, list[Row]] = {}
    for row in sorted(register.all("observations"), key=lambda row: str(row.get("date") or "")):
        if row.get("date") and str(row["date"]) <= day:
            seen.setdefault(str(row.get("staff") or ""), []).append(row)
    if not seen:
        return []
    found = [_everybody(list(seen.values()))]
    named = sorted((staff_named(each, register.get), rows) for each, rows in seen.items())
    for name, rows in named:
        whole = (rows[0]["date"], rows[-1]["date"])
        lines = [_strand(code, word, rows, whole) for code, word in STRANDS]
        found.append(
            LeadPart(
                name or "Nobody named",
                (*lines, _minutes(rows)),
                f"{len(rows)} lessons, {when(rows[0]['date'])} to {when(rows[-1]['date'])}",
            )
        )
    return found


def _known(rows: Sequence[Row], code: str) -> list[Row]:
    return [row for row in rows if row.get(code) is not None]


def _strand(code: str, word: str, rows: Sequence[Row], whole: tuple[str, str]) -> LeadLine:
    """A strand of one teacher; its days where they are others than those of the heading."""
    known = _known(rows, code)
    if not known:
        return LeadLine(word, "–", "not looked at", note=_NOTE)
    first, last = known[0], known[-1]
    ids = tuple(row["id"] for row in reversed(known))
    if first is last:
        return LeadLine(word, str(last[code]), f"seen once, {when(last['date'])}", "", ids, _NOTE)
    change = int(last[code]) - int(first[code])
    moved = f"{change:+d}" if change else "no change"
    days = (first["date"], last["date"])
    apart = f"{when(days[0])} to {when(days[1])}, " if days != whole else ""
    of = f"{moved}; {apart}n {len(known)}"
    return LeadLine(word, f"{first[code]} → {last[code]}", of, "", ids, _NOTE)


def _share(row: Row) -> float | None:
    watched, with_lowest = row.get("minutes_seen"), row.get("minutes_with_lowest")
    return with_lowest / watched if watched and with_lowest is not None else None


def _minutes(rows: Sequence[Row]) -> LeadLine:
    known = [(row, share) for row in rows if (share := _share(row)) is not None]
    if not known:
        return LeadLine(_LOWEST, "–", "minutes not written down", note=_MINUTES)
    ids = tuple(row["id"] for row, _ in reversed(known))
    (first, before), (last, now) = known[0], known[-1]
    value = value_in_words(now, "share")
    if first is last:
        return LeadLine(_LOWEST, value, f"seen once, {when(last['date'])}", "", ids, _MINUTES)
    of = f"{value_in_words(before, 'share')} in the first of n {len(known)}"
    return LeadLine(_LOWEST, value, of, "", ids, _MINUTES)


def _everybody(seen: Sequence[Sequence[Row]]) -> LeadPart:
    lines = []
    for code, word in STRANDS:
        pairs = [own for rows in seen if len(own := _known(rows, code)) > 1]
        lines.append(
            _mean_line(
                word,
                [float(own[0][code]) for own in pairs],
                [float(own[-1][code]) for own in pairs],
                tuple(own[-1]["id"] for own in pairs),
                "",
            )
        )
    twice = [
        own for rows in seen if len(own := [row for row in rows if _share(row) is not None]) > 1
    ]
    lines.append(
        _mean_line(
            _LOWEST,
            [_share(own[0]) or 0.0 for own in twice],
            [_share(own[-1]) or 0.0 for own in twice],
            tuple(own[-1]["id"] for own in twice),
            "share",
        )
    )
    return LeadPart("All teachers", tuple(lines), "the first lesson → the last, means")


def _mean_line(
    word: str, before: list[float], now: list[float], ids: tuple[str, ...], unit: str
) -> LeadLine:
    if not now:
        return LeadLine(word, "–", "no teacher was seen twice", note=_NOTE)
    first, last = sum(before) / len(before), sum(now) / len(now)
    up = sum(new > old for old, new in zip(before, now, strict=True))
    down = sum(new < old for old, new in zip(before, now, strict=True))
    value = (
        f"{value_in_words(first, unit)} → {value_in_words(last, unit)}"
        if unit
        else f"{first:.1f} → {last:.1f}"
    )
    return LeadLine(
        word, value, f"{up} up, {down} down; n {len(now)} seen twice", "", ids,
        _MINUTES if unit else _NOTE,
    )  # fmt: skip
