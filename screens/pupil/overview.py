"""The first tab: who the child is, where things stand, what helps, and who to ring."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.parts import Page, entry, heading, joined, nothing
from screens.widgets.story import Entry, Words
from screens.wording import field_words, period_words
from senreg.clock import today
from senreg.rules.conversation_year import part_now
from senreg.rules.conversations import last_held, next_planned, waiting
from senreg.rules.cycle import REASONS, STEPS, cycle_of
from senreg.rules.dates import short_day, shown_day
from senreg.rules.naming import staff_named
from senreg.rules.needs import need_word, open_needs
from senreg.rules.register_rows import FLAGS
from senreg.rules.reviews import next_review
from senreg.rules.roll import roll_sign
from senreg.rules.status import status_look, status_on
from senreg.rules.target_life import is_open
from senreg.rules.years import year_word

ABOUT = ("strengths", "interests", "aspirations", "what_helps", "access_arrangements")


def overview(page: Page) -> Iterator[Entry]:
    """Where things stand, the child's strengths and what helps, contacts, and details."""
    yield heading("Where things stand")
    yield standing(page)
    yield heading("Strengths and what helps")
    yield from _about(page)
    yield from _contacts(page)
    yield heading("Details")
    yield from _details(page)
    yield from _cohort(page)
    yield from _free_meals(page)
    yield from _years(page)


def standing(page: Page) -> Entry:
    """Status, needs, next review and targets, as they are today; first, who leaves or joins."""
    pupil, register, day = page.pupil, page.register, today()
    status = status_on(register.find("sen_statuses", pupil=pupil.id), day)
    word, symbol, colour = status_look(status["code"] if status is not None else None)
    since = f" since {short_day(status['start'])}" if status is not None and status["start"] else ""
    words = [Words(f"{symbol} {word}{since}", colour, label="Status")]
    sign = roll_sign(pupil, day)
    if sign is not None:
        words.insert(0, Words(f"{sign.symbol} {sign.words}", "warn", label="On roll"))
    needs = open_needs(register.find("needs", pupil=pupil.id), day)
    names = "; ".join(need_word(str(row.get("code") or "")) for row in needs)
    words.append(Words(names or "none recorded", "" if names else "muted", label="Needs"))
    targets = register.find("targets", pupil=pupil.id)
    reviews_of = {row.id: register.find("target_reviews", target=row.id) for row in targets}
    due = next_review(register.find("reviews", pupil=pupil.id), targets, day, reviews_of)
    words.append(Words(f"{due.look.symbol} {due.words}", due.look.colour, label="Next review"))
    opened = sum(1 for row in targets if is_open(row))
    words.append(Words(f"{opened} open" if opened else "none open", label="Targets"))
    words += _talks(page)
    words += _cycle(page)
    return Entry(pupil.id, words, detail="standing")


def _talks(page: Page) -> Iterator[Words]:
    """The last conversation with the family and the next; nothing where there is neither."""
    own = page.register.find("conversations", pupil=page.pupil.id)
    last, following = last_held(own), next_planned(own, today())
    part = part_now(page.register, today())
    waits = waiting(own, today(), part)
    missed = f"! missed {short_day(waits['planned_for'])}" if waits is not None else ""
    held = f"held {short_day(last['held_on'])}" if last is not None else ""
    coming = f"next {short_day(following['planned_for'])}" if following is not None else ""
    if held or coming or missed:
        words = joined(held, missed, coming or ("" if missed else "none planned"))
        yield Words(words, "bad" if missed else "", label="Conversations")


def _cycle(page: Page) -> Iterator[Words]:
    """The four steps, each with the day it was last taken, the next one, and what is stuck."""
    cycle = cycle_of(page.register, page.pupil.id, today())
    if not any(step.count for step in cycle.steps):
        return
    steps = (f"{STEPS[step.id]} {short_day(step.day) if step.day else '-'}" for step in cycle.steps)
    yield Words(joined(*steps, sign=" → "), label="Cycle")
    yield Words(STEPS[cycle.next], label="Step to take now")
    if cycle.stuck:
        yield Words("! " + "; ".join(REASONS[each] for each in cycle.stuck), "warn", label="Stuck")


def _about(page: Page) -> Iterator[Entry]:
    for name in ABOUT:
        title, text = field_words(page.register, "pupils", name, page.pupil[name])
        shown = Words(text, label=title) if text else Words("nothing yet", "faint", label=title)
        yield Entry(page.pupil.id, [shown], detail=name)


def _contacts(page: Page) -> Iterator[Entry]:
    yield heading("People at home", "contacts")
    rows = sorted(page.rows("contacts"), key=lambda row: (row["priority"] or 99, str(row["name"])))
    if not rows:
        yield nothing("Nobody yet. n adds a parent or carer.", "contacts")
    for row in rows:
        kin = field_words(page.register, "contacts", "relationship", row["relationship"])[1]
        notes = joined(
            "parental responsibility" if row["parental_responsibility"] else "",
            "lives with the child" if row["lives_with"] else "",
            row["language"],
            "needs an interpreter" if row["interpreter"] else "",
        )
        yield entry(
            row,
            Words(joined(row["name"], kin), "strong"),
            Words(joined(row["phone"], row["email"])),
            Words(notes, "muted"),
            Words(f"! {row['restriction']}" if row["restriction"] else "", "bad"),
        )


def _details(page: Page) -> Iterator[Entry]:
    pupil, register = page.pupil, page.register
    place = joined(year_word(pupil["year_group"]), pupil["class_name"])
    flags = ", ".join(words for field, _, words in FLAGS if pupil[field])
    teacher = staff_named(pupil["key_teacher"], register.get)
    for name, title, text in (
        ("year_group", "Class", joined(place, teacher and f"key teacher {teacher}")),
        ("dob", "Born", shown_day(pupil["dob"])),
        ("upn", "UPN", pupil["upn"] or ""),
        ("first_language", "First language", _words(page, "first_language")),
        ("ethnicity", "Ethnicity", _words(page, "ethnicity")),
        ("eal", "Flags", flags),
        ("joined", "On roll", period_words(pupil["joined"], pupil["left"])),
        ("previous_school", "Came from", pupil["previous_school"]),
        ("destination", "Went to", pupil["destination"]),
    ):
        if text:
            words = [Words(text, label=title)]
            if name == "upn":
                words += [Words(f"! {each}", "warn", label=" ") for each in _upn_warnings(text)]
            yield Entry(pupil.id, words, detail=name)


def _words(page: Page, name: str) -> str:
    return field_words(page.register, "pupils", name, page.pupil[name])[1]


def _upn_warnings(upn: str) -> list[str]:
    from senreg.models.upn import upn_warnings

    return upn_warnings(upn)


def _cohort(page: Page) -> Iterator[Entry]:
    rows = page.rows("cohort_memberships")
    if rows:
        yield heading("In the targeted cohort", "cohort_memberships")
    for row in rows:
        yield entry(row, Words(period_words(row["start"], row["end"]) or "no dates"))


def _free_meals(page: Page) -> Iterator[Entry]:
    rows = sorted(page.rows("fsm_periods"), key=lambda row: str(row["start"] or ""))
    if rows:
        yield heading("Free school meals", "fsm_periods")
    for row in reversed(rows):
        yield entry(row, Words(period_words(row["start"], row["end"]) or "no dates"))


def _years(page: Page) -> Iterator[Entry]:
    rows = sorted(page.rows("enrolments"), key=lambda row: str(row["school_year"] or ""))
    if rows:
        yield heading("School years", "enrolments")
    for row in reversed(rows):
        teacher = staff_named(row["key_teacher"], page.register.get)
        place = joined(year_word(row["year_group"]), row["class_name"], teacher)
        yield entry(row, Words(place, label=str(row["school_year"] or "")))
