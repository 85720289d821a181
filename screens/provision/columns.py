"""The columns of groups, of their members, and of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from screens.widgets.columns import Cell, Column
from senreg.models.text import folded
from senreg.rules.catalogue import CatalogueRow
from senreg.rules.dates import short_day
from senreg.rules.group_rows import COLUMNS, GroupRow
from senreg.rules.nouns import counted
from senreg.rules.order import natural
from senreg.rules.placing import Member
from senreg.rules.provision_map import TIERS
from senreg.rules.target_life import OUTCOME_LOOK


def group_columns(*, roomy: bool) -> list[Column[GroupRow]]:
    """Group, times, adults, children, clashes, tier and dates.

    Args:
        roomy: There is room for the names of adults; else their initials are shown.
    """
    staff = _group("staff", _staff, 20, 34) if roomy else _group("staff", _initials, 6)
    return [
        _group("name", lambda row: row.name, 30, 44),
        _group("when", _when, 16, 30),
        staff,
        _group("size", _size, 8),
        _group("clashes", _clashes, 9),
        _group("tier", lambda row: (row.tier_words, "muted"), 13, rank=1),
        _group("start", lambda row: (_day(row.start), "muted"), 11, rank=3),
        _group("end", lambda row: (_day(row.end), "muted"), 11, rank=2),
    ]


def _group(
    column: str,
    cell: Callable[[GroupRow], Cell],
    width: int,
    most: int = 0,
    *,
    rank: int = 0,
) -> Column[GroupRow]:
    return Column(column, COLUMNS[column], cell, _by_rules, width=width, most=most, rank=rank)


def _by_rules(row: GroupRow) -> str:
    """The list is sorted by the rules; this only says that the column can be sorted by."""
    return row.id


def _when(row: GroupRow) -> Cell:
    return row.when or ("no times", "warn" if row.state == "running" else "muted")


def _staff(row: GroupRow) -> Cell:
    return ", ".join(row.staff) or ("nobody", "warn")


def _initials(row: GroupRow) -> Cell:
    return " ".join(row.initials) or ("nobody", "warn")


def _size(row: GroupRow) -> Cell:
    if row.is_over:
        return f"! {row.members_words}", "bad"
    return row.members_words, "" if row.members else "muted"


def _clashes(row: GroupRow) -> Cell:
    count = len(row.clashes)
    return (f"! {count} clash{'' if count == 1 else 'es'}", "bad") if count else ""


def _day(day: str) -> str:
    return short_day(day) if day else ""


def member_columns() -> list[Column[Member]]:
    """Pupil, class, dates, scores and outcome."""
    return [
        Column("name", "Pupil", _name, lambda each: each.order, width=20, most=34),
        Column(
            "class",
            "Class",
            lambda each: each.class_name,
            lambda each: natural(each.class_name),
            width=5,
            most=8,
            rank=2,
        ),
        Column("start", "From", lambda each: _day(each.start), lambda each: each.start, width=11),
        Column(
            "end", "Until", lambda each: _day(each.end), lambda each: each.end, width=11, rank=1
        ),
        Column("entry", "At start", lambda each: _score(each.entry), width=8),
        Column("exit", "At end", lambda each: _score(each.exit), width=8),
        Column("outcome", "Outcome", _outcome, width=13, rank=3),
        Column(
            "reason",
            "Why it ended",
            lambda each: (each.reason, "muted"),
            lambda each: folded(each.reason),
            width=16,
            most=50,
            rank=4,
        ),
    ]


def _name(each: Member) -> Cell:
    return (each.name, "muted") if each.over else each.name


def _score(score: float | None) -> Cell:
    return ("-", "muted") if score is None else f"{score:g}"


def _outcome(each: Member) -> Cell:
    if each.outcome is None:
        return ""
    look = OUTCOME_LOOK[each.outcome]
    return f"{look.symbol} {look.word}", look.colour


def catalogue_columns() -> list[Column[CatalogueRow]]:
    """Intervention, tier, area, how much, size, and how much of it runs."""
    return [
        Column(
            "name",
            "Intervention",
            lambda row: (row.name, "muted" if row.archived else ""),
            lambda row: natural(row.name),
            width=24,
            most=40,
        ),
        Column(
            "tier",
            "Tier",
            lambda row: "archived" if row.archived else row.tier_words,
            lambda row: _tier(row.tier),
            width=13,
        ),
        Column("dose", "How much", lambda row: row.dose, width=28, most=34, rank=1),
        Column("size", "Group of", lambda row: str(row.size or ""), width=8, rank=2),
        Column("groups", "Running", _running, lambda row: -row.pupils, width=20, most=24),
        Column("area", "Area of need", lambda row: (row.area, "muted"), width=22, most=36, rank=3),
    ]


def _tier(tier: str) -> tuple[int, str]:
    order = list(TIERS)
    return (order.index(tier) if tier in order else len(order), tier)


def _running(row: CatalogueRow) -> Cell:
    if not row.groups:
        return "not now", "muted"
    return f"{counted('pupils', row.pupils)}, {counted('groups', row.groups)}"
