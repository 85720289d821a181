"""The school's catalogue of interventions: what each is, and how much of it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from senreg.models.codes import label
from senreg.models.text import folded
from senreg.rules.group_rows import group_state
from senreg.rules.meeting import running
from senreg.rules.order import natural
from senreg.rules.provision_map import TIERS, tier_words
from senreg.rules.reading import Reading, Row, covers


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One intervention in the list.

    Args:
        id: The intervention's id.
        name: Its name.
        tier: The tier's code; empty where unknown.
        area: The broad area of need, in words.
        dose: How much of it a child gets: '3 × 20 min, 12 weeks'.
        size: How many a group is for; None where not said.
        groups: Groups that run on the day.
        pupils: Different children in them.
        archived: It was put away.
        haystack: Folded text that the filter looks in.
    """

    id: str
    name: str
    tier: str
    area: str
    dose: str
    size: int | None
    groups: int
    pupils: int
    archived: bool
    haystack: str

    @property
    def tier_words(self) -> str:
        """The tier in words."""
        return tier_words(self.tier)


def catalogue(register: Reading, today: date, archived: tuple[Row, ...] = ()) -> list[CatalogueRow]:
    """The interventions, from universal to specialist and by name.

    Args:
        register: The open register.
        today: The day on which groups and children are counted.
        archived: Interventions that were put away and are shown too.
    """
    day = today.isoformat()
    groups = Counter(
        str(group.get("intervention") or "")
        for group in register.all("groups")
        if covers(group, day) and group_state(group, day) == "running"
    )
    children: dict[str, set[str]] = {}
    for held in running(register, today):
        key = str(held.group.get("intervention") or "")
        children.setdefault(key, set()).add(held.pupil["id"])
    rows = [
        _row(row, groups[row["id"]], len(children.get(row["id"], ())), put_away)
        for rows, put_away in ((register.all("interventions"), False), (archived, True))
        for row in rows
    ]
    order = list(TIERS)
    rows.sort(
        key=lambda row: (
            order.index(row.tier) if row.tier in order else len(order),
            natural(row.name),
        )
    )
    return rows


def _row(row: Row, groups: int, pupils: int, put_away: bool) -> CatalogueRow:
    area = label("sen_area", row.get("area_of_need"))
    tier = str(row.get("tier") or "")
    name = str(row.get("name") or "")
    size = row.get("group_size")
    words = (name, area, TIERS.get(tier, tier), row.get("subject"), row.get("description"))
    return CatalogueRow(
        row["id"],
        name,
        tier,
        area,
        dose(row),
        int(size) if size else None,
        groups,
        pupils,
        put_away,
        folded("\n".join(str(each or "") for each in words)),
    )


def dose(intervention: Row) -> str:
    """How much of it a child gets: '3 × 20 min a week, 12 weeks'; empty where unknown."""
    minutes, times = intervention.get("session_minutes"), intervention.get("sessions_per_week")
    weeks = intervention.get("weeks")
    if minutes and times:
        week = f"{times:g} × {minutes} min a week"
    elif minutes:
        week = f"{minutes} min"
    else:
        week = f"{times:g} a week" if times else ""
    return ", ".join(each for each in (week, f"{weeks} weeks" if weeks else "") if each)
