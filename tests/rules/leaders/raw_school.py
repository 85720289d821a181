"""The invented school as bare records, and what follows from them, written apart from the rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from senreg.demo.build import generate
from tests.rules.sample import Sample

ON_REGISTER = set("KEAPS")
NEVER = "9999"


class RawSchool:
    """Its tables of plain records, a day it is looked at, and the same records for the rules."""

    def __init__(self, **plan):
        made = generate(**plan)
        self.today = made.plan.today
        self.day = self.today.isoformat()
        year = self.today.year - (self.today.month < 9)
        self.year_start = f"{year}-09-01"
        self.year_back = f"{self.today.year - 1}{self.day[4:]}"
        self.tables = defaultdict(list, made.tables)
        self.sample = Sample()
        self.sample.add("school", name="Hilltop", school_mode=True)
        for table, records in made.tables.items():
            for record in records:
                self.sample.add(table, **record)
        self.pupils = {each["id"]: each for each in self.tables["pupils"]}
        self.staff = {each["id"]: each for each in self.tables["staff"]}
        self.here = {key for key, each in self.pupils.items() if self.on_roll(each)}
        self.sen = {key for key in self.here if self.status(key, self.day) in ON_REGISTER}
        self.cohort = {
            each["pupil"]
            for each in self.tables["cohort_memberships"]
            if each["start"] <= self.day <= each.get("end", NEVER)
        } & self.here

    def on_roll(self, pupil, day=None):
        day = day or self.day
        return pupil.get("joined", "") <= day <= pupil.get("left", NEVER)

    def status(self, pupil, day):
        """The code that holds on a day; of several the one that began last."""
        held = [
            (each["start"], each["code"])
            for each in self.tables["sen_statuses"]
            if each["pupil"] == pupil and each["start"] <= day <= each.get("end", NEVER)
        ]
        return max(held)[1] if held else ""

    def place(self, pupil, day, what):
        """Class, year or key teacher: today's, or those of the enrolment of another year."""
        if day >= self.year_start:
            return self.pupils[pupil].get(what, "")
        first = int(day[:4]) - (day[5:7] < "09")
        for each in self.tables["enrolments"]:
            if each["pupil"] == pupil and each["school_year"][:4] == str(first):
                return each.get(what, "")
        return ""

    def talks(self, first):
        """Of the days from one to today: (pupil, day, held) of each conversation of them."""
        found = []
        for each in self.tables["conversations"]:
            held, planned = each.get("held_on", ""), each.get("planned_for", "")
            if first <= held <= self.day:
                found.append((each["pupil"], held, True))
            elif first <= planned <= self.day:
                found.append((each["pupil"], planned, False))
        return found

    def met_of_cohort(self):
        """How often each family was met, and the pupils of the cohort and here throughout.

        In summer the school year so far holds its three terms; before, twelve months do.
        """
        since = self.year_start if self.today.month in (4, 5, 6, 7, 8) else self.year_back
        met = Counter(pupil for pupil, _, held in self.talks(since) if held)
        asked = [
            each["pupil"]
            for each in self.tables["cohort_memberships"]
            if each["start"] <= since and each.get("end", NEVER) >= self.day
            if self.on_roll(self.pupils[each["pupil"]], since) and each["pupil"] in self.here
        ]
        return met, asked

    def overdue(self):
        """By pupil, the reviews and open targets whose day has passed."""
        found = defaultdict(int)
        held = defaultdict(str)
        for each in self.tables["reviews"]:
            if each.get("held_on"):
                of = each["pupil"], each["kind"]
                held[of] = max(held[of], each["held_on"])
        for each in self.tables["reviews"]:
            planned = each.get("planned_for", NEVER)
            if not each.get("held_on") and held[each["pupil"], each["kind"]] < planned < self.day:
                found[each["pupil"]] += 1
        looked_at = defaultdict(str)
        for each in self.tables["target_reviews"]:
            looked_at[each["target"]] = max(looked_at[each["target"]], each["date"])
        for each in self.tables["targets"]:
            due = each.get("due", NEVER)
            still = each["status"] in ("set", "working")
            if still and due < self.day and looked_at[each["id"]] < due:
                found[each["pupil"]] += 1
        return found

    def gains(self, subject):
        """By pupil, the day of the last assessment of twelve months and points a year to it."""
        marks = defaultdict(list)
        for each in self.tables["assessments"]:
            if each["subject"] == subject and self.year_back <= each["date"] <= self.day:
                marks[each["pupil"]].append((each["date"], each["points"]))
        found = {}
        for pupil, own in marks.items():
            (first, least), (last, most) = min(own), max(own)
            terms = term(last) - term(first)
            if terms >= 2:
                found[pupil] = last, (most - least) * 3 / terms
        return found

    def named(self, staff):
        return self.staff[staff]["name"]


def term(day):
    """The number of the term an assessment speaks of; before November the summer before."""
    at = date.fromisoformat(day)
    if at.month in (9, 10):
        return at.year * 3 - 1
    if at.month > 10:
        return at.year * 3
    return (at.year - 1) * 3 + (1 if at.month < 4 else 2)


def numbers(words):
    """The figures in some words, in their order."""
    return [float(each.replace(",", "")) for each in re.findall(r"-?\d[\d,]*(?:\.\d+)?", words)]


def percent(share):
    """A share as it is shown, in whole per cent."""
    return pytest.approx(share * 100, abs=0.51)
