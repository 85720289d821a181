"""A register in memory for the rules: plain dicts behind the read methods they use."""

from __future__ import annotations

from datetime import date
from itertools import count

TODAY = date(2026, 11, 22)


class Sample:
    """Tables of dicts. `add` gives an id; archived rows are told apart by their field."""

    def __init__(self):
        self.tables = {}
        self._ids = count(1)

    def add(self, table, **values):
        key = values.pop("id", None) or f"{table}-{next(self._ids)}"
        self.tables.setdefault(table, {})[key] = {"id": key, **values}
        return key

    def set(self, record, /, **values):
        self.get(record).update(values)

    def put(self, table, values):
        return self.add(table, **values)

    def all(self, table, *, archived=False):
        rows = self.tables.get(table, {}).values()
        return [row for row in rows if bool(row.get("archived")) == archived]

    def get(self, record):
        return next((rows[record] for rows in self.tables.values() if record in rows), None)

    def by(self, table, field):
        grouped = {}
        for row in self.all(table):
            grouped.setdefault(row.get(field), []).append(row)
        return grouped

    def pupil(self, forename="Sam", surname="O'Neill", status=None, **values):
        values.setdefault("year_group", "4")
        values.setdefault("class_name", "4B")
        key = self.add("pupils", forename=forename, surname=surname, **values)
        if status:
            self.add("sen_statuses", pupil=key, code=status, start="2025-09-01")
        return key

    def target(self, pupil, **values):
        return self.add("targets", pupil=pupil, kind="curricular", **values)

    def group(self, name="Lego therapy", size=None, minutes=30, a_week=None, tier=None, **values):
        intervention = self.add(
            "interventions",
            name=name,
            group_size=size,
            session_minutes=minutes,
            sessions_per_week=a_week,
            tier=tier,
        )
        return self.add("groups", intervention=intervention, **values)

    def slot(self, group, weekday="mon", at="09:30", minutes=30):
        return self.add("slots", group=group, weekday=weekday, at=at, minutes=minutes)

    def place(self, pupil, group, **values):
        return self.add("placements", pupil=pupil, group=group, **values)


class Commit:
    """What `Proposal.write` needs of an open commit, over a `Sample`."""

    def __init__(self, sample):
        self.sample = sample

    def add(self, table, values, *, record_id=None):
        return self.sample.put(table, values if record_id is None else {**values, "id": record_id})

    def set(self, record, /, **values):
        self.sample.set(record, **values)

    def archive(self, record):
        self.sample.set(record, archived=True)

    def restore(self, record):
        self.sample.set(record, archived=False)
