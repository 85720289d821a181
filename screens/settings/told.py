"""What the settings stand at, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screens.widgets.menu import Item
from screens.widgets.story import Entry, Words
from screens.wording import moment_words, period_words, value_words
from senreg.clock import today
from senreg.models.tables import field_of, fields_of
from senreg.models.text import folded
from senreg.rules.dates import short_day, term_of
from senreg.rules.naming import staff_name
from senreg.rules.retention import due_keepings, keepings

if TYPE_CHECKING:
    from senreg.register import Register, Row

LISTED = 40
"""Records that the pane beside the menu lists."""


def counted(count: int, one: str, many: str = "") -> str:
    """How many there are: 'none', '1 view', '3 views'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}" if count else "none"


def school_words(register: Register) -> str:
    """The school's name and authority."""
    school = register.school
    authority = value_words(register, field_of("school", "la_code"), school["la_code"])
    return ", ".join(filter(None, (str(school["name"] or ""), authority))) or "no name yet"


def terms_words(register: Register) -> str:
    """How many terms there are, and the one that runs."""
    terms = register.all("terms")
    now = term_of(today(), terms)
    return f"{counted(len(terms), 'term')}; now {now.name}, until {short_day(now.end)}"


def consultation_words(register: Register) -> str:
    """How many consultations there are, and how many wait for an answer."""
    rows = register.all("consultations")
    waiting = sum(1 for row in rows if not row["answered_on"])
    return counted(len(rows), "consultation") + (f"; {waiting:,} to answer" if waiting else "")


def leavers_words(register: Register) -> str:
    """How many files of leavers there are, and how many want something done."""
    kept, due = len(keepings(register, today())), len(due_keepings(register, today()))
    return f"{counted(kept, 'file')}" + (f"; {due:,} to see to" if due else "")


def backup_words(register: Register) -> str:
    """When a backup was last read back whole."""
    from senreg.sitting import standing

    found = standing(register.path)
    if not found.at:
        return "! none yet"
    sign = "!" if found.stale else "✓"
    return f"{sign} last read back {moment_words(found.at)}"


def present_staff(register: Register) -> list[Row]:
    """The members of staff who have not left, by name."""
    day = today().isoformat()
    here = [row for row in register.all("staff") if not row["until"] or row["until"] >= day]
    return sorted(here, key=lambda row: folded(staff_name(row)))


def person_words(row: Row) -> tuple[str, str]:
    """A member of staff: name, and role in words."""
    return staff_name(row), field_of("staff", "role").label_of(row["role"])


def places_of(register: Register) -> Iterator[tuple[str, str, str]]:
    """Where things are kept: an id, what it is, and the folder."""
    from senreg.paths import settings_folder, state_folder
    from senreg.reports.prints import prints_folder

    yield "place:register", "The register", str(register.path)
    yield "place:prints", "Papers", str(prints_folder())
    yield "place:settings", "Settings of this computer", str(settings_folder())
    yield "place:drafts", "Drafts of forms", str(state_folder() / "drafts")


def beside(register: Register, item: Item) -> Iterator[Entry]:
    """What is behind a setting, for the pane beside the menu."""
    yield Entry("", [Words(item.title, "title")], heading=True)
    if item.id == "edit_school":
        yield from _record(register, register.school)
    elif item.id in _TABLES:
        yield from _records(register, _TABLES[item.id])
    elif item.id.startswith("place:"):
        yield Entry("", [Words(item.value)])
    else:
        from screens.commands import command_named

        yield Entry("", [Words(command_named(item.id).help, "muted")])
        yield Entry("", [Words(item.value)])


_TABLES = {
    "terms": "terms",
    "staff": "staff",
    "consultations": "consultations",
    "bank_settings": "target_examples",
    "saved_views": "saved_views",
    "known_columns": "column_mappings",
}


def _record(register: Register, row: Row) -> Iterator[Entry]:
    for field in fields_of(row.table):
        words = value_words(register, field, row[field.name])
        if words:
            yield Entry("", [Words(field.title, "muted"), Words(words, indent=2)])


def _records(register: Register, table: str) -> Iterator[Entry]:
    rows = register.all(table)
    for row in rows[:LISTED]:
        first, second = line_of(register, row)
        if table in ("staff", "terms") and second:
            first, second = f"{first}, {second}", ""
        yield Entry("", [Words(first), *([Words(second, "muted", 2)] if second else [])])
    if len(rows) > LISTED:
        yield Entry("", [Words(f"and {len(rows) - LISTED:,} more", "muted")])
    if not rows:
        yield Entry("", [Words("There are none yet.", "muted")])


def line_of(register: Register, row: Row) -> tuple[str, str]:
    """A record in a line, and what is said below it."""
    if row.table == "staff":
        return person_words(row)
    if row.table == "terms":
        return str(row["name"] or ""), period_words(row["start"], row["end"])
    if row.table == "target_examples":
        area = value_words(register, field_of("target_examples", "area"), row["area"])
        return str(row["statement"] or ""), area
    if row.table == "consultations":
        how = "answered" if row["answered_on"] else "received"
        return str(row["reference"] or "(no reference)"), f"{how} {short_day(row[f'{how}_on'])}"
    if row.table == "column_mappings":
        used = f"last used {short_day(row['used_on'])}" if row["used_on"] else ""
        return str(row["name"] or ""), used
    return str(row["name"] or ""), str(row["mode"] or "")
