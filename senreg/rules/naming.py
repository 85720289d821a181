"""What a record is called, in a few words, wherever one is mentioned."""

from __future__ import annotations

from collections.abc import Callable

from senreg.rules.reading import Row

Get = Callable[[str], "Row | None"]
"""Finds a record by its id, live or archived."""

NAMELESS = "(no name)"
UNKNOWN_PUPIL = "(pupil not found)"
UNWORDED = "(not worded yet)"
"""What is shown of a target in which nothing is written."""


def known_as(row: Row) -> str:
    """The first name a child is called by: the preferred name if one is given."""
    return str(row.get("preferred_name") or row.get("forename") or "")


def pupil_name(row: Row) -> str:
    """A child as people say it: 'Łukasz Nowak'."""
    return f"{known_as(row)} {row.get('surname') or ''}".strip() or NAMELESS


def list_name(row: Row) -> str:
    """A child as lists sort it: 'Nowak, Łukasz'."""
    surname, first = row.get("surname") or "", known_as(row)
    return f"{surname}, {first}" if surname and first else surname or first or NAMELESS


def initials(row: Row) -> str:
    """Initials of a pupil or a member of staff; those given for staff, if any."""
    given = row.get("initials")
    if given:
        return str(given)
    if row.get("surname") or row.get("forename"):
        words = f"{known_as(row)} {row.get('surname') or ''}".split()
    else:
        words = str(row.get("name") or "").split()
        words = [word for word in words if word.rstrip(".").casefold() not in _TITLES] or words
    return "".join(_first_letter(part) for word in words for part in word.split("-"))


def staff_name(row: Row | None) -> str:
    """A member of staff by name, else by initials; empty where there is none."""
    return str(row.get("name") or row.get("initials") or NAMELESS) if row else ""


def staff_named(staff_id: object, get: Get) -> str:
    """The name behind a stored staff id; the stored text itself where it is no id."""
    if not staff_id:
        return ""
    row = get(str(staff_id))
    return staff_name(row) if row else str(staff_id)


def pupil_named(pupil_id: object, get: Get) -> str:
    """The name behind a stored pupil id."""
    row = get(str(pupil_id)) if pupil_id else None
    return pupil_name(row) if row else UNKNOWN_PUPIL


def group_name(row: Row, get: Get) -> str:
    """A group by the intervention it runs and its place: 'Lego therapy (Rainbow room)'."""
    intervention = get(str(row.get("intervention") or ""))
    name = str(row.get("name") or (intervention or {}).get("name") or "Group")
    place = row.get("place")
    return f"{name} ({place})" if place else name


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"})


def _first_letter(word: str) -> str:
    return next((each.upper() for each in word if each.isalnum()), "")


def excerpt(text: object, width: int = 60) -> str:
    """The beginning of a text on one line, cut at a word where it is longer than `width`."""
    line = " ".join(str(text or "").split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > width // 2 else cut) + "…"


def describe_record(row: Row, get: Get, table: str = "") -> str:
    """Any record in short words, for history, search and merging.

    Args:
        row: The record.
        get: Finds the records it refers to.
        table: Its table; may be left out for a row that knows it (`row.table`).

    Returns:
        One line such as "Target 'Reads 50 words' of Sam O'Neil". A table that is not known
        gives its own name and the record's first text.
    """
    table = table or str(getattr(row, "table", ""))
    writer = _WRITERS.get(table)
    if writer is not None:
        return writer(row, get)
    return _of_pupil(f"{table or 'record'} {_first_text(row)}".strip(), row, get)


def _of_pupil(words: str, row: Row, get: Get) -> str:
    return f"{words} of {pupil_named(row.get('pupil'), get)}" if row.get("pupil") else words


def _first_text(row: Row) -> str:
    for field in ("name", "title", "statement", "description", "text", "what", "code", "kind"):
        if row.get(field):
            return f"'{excerpt(row[field], 40)}'"
    return ""


def _quoted(what: str, *fields: str) -> Callable[[Row, Get], str]:
    """A writer that gives what the record is, the first of `fields` in quotes, and its pupil."""

    def write(row: Row, get: Get) -> str:
        text = next((row[field] for field in fields if row.get(field)), "")
        return _of_pupil(f"{what} '{excerpt(text, 50)}'" if text else what, row, get)

    return write


def _dated(what: str, *fields: str) -> Callable[[Row, Get], str]:
    """A writer that gives kind and date of something that happens to a pupil."""

    def write(row: Row, get: Get) -> str:
        from senreg.rules.dates import short_day

        kind = str(row.get("kind") or "").replace("_", " ")
        day = next((row[field] for field in fields if row.get(field)), "")
        words = f"{kind} {what}".strip().capitalize()
        return _of_pupil(f"{words}, {short_day(day)}" if day else words, row, get)

    return write


def _status(row: Row, get: Get) -> str:
    from senreg.rules.status import status_look

    return _of_pupil(f"Status '{status_look(row.get('code')).word}'", row, get)


def _enrolment(row: Row, get: Get) -> str:
    where = row.get("class_name") or row.get("year_group") or "class"
    when = f" in {row['school_year']}" if row.get("school_year") else ""
    return _of_pupil(f"Place in {where}{when}", row, get)


def _contact(row: Row, get: Get) -> str:
    kin = f" ({row['relationship']})" if row.get("relationship") else ""
    return _of_pupil(f"Contact {row.get('name') or NAMELESS}{kin}", row, get)


def _target_review(row: Row, get: Get) -> str:
    target = get(str(row.get("target") or ""))
    words = _dated("review", "date")(row, get)
    return f"{words}: {describe_record(target, get, 'targets')}" if target else words


def _action(row: Row, get: Get) -> str:
    return _quoted("Action", "what")(row, get)


def _slot(row: Row, get: Get) -> str:
    group = get(str(row.get("group") or ""))
    words = " ".join(str(row[each]) for each in ("weekday", "at") if row.get(each)) or "Time"
    return f"{words}: {group_name(group, get)}" if group else words


def _placement(row: Row, get: Get) -> str:
    group = get(str(row.get("group") or ""))
    return _of_pupil(f"Place in {group_name(group, get) if group else 'a group'}", row, get)


def _attempt(row: Row, get: Get) -> str:
    conversation = get(str(row.get("conversation") or "")) or {}
    return _of_pupil(_dated("attempt", "on")(row, get), conversation, get)


def _session(row: Row, get: Get) -> str:
    group = get(str(row.get("group") or ""))
    words = _dated("session", "date")(row, get)
    return f"{words}: {group_name(group, get)}" if group else words


def _session_mark(row: Row, get: Get) -> str:
    session = get(str(row.get("session") or "")) or {}
    return _of_pupil(
        f"{str(row.get('mark') or 'mark').capitalize()}, {_session(session, get)}", row, get
    )


def _assessment(row: Row, get: Get) -> str:
    return _dated(f"{row.get('subject') or ''} {row.get('value') or 'assessment'}", "date")(
        row, get
    )


def _participation(row: Row, get: Get) -> str:
    activity = get(str(row.get("activity") or "")) or {}
    words = (
        "No activity"
        if row.get("takes_no_part")
        else f"Part in {activity.get('name') or 'an activity'}"
    )
    return _of_pupil(words, row, get)


def _ehc_process(row: Row, get: Get) -> str:
    amends = row.get("amendment_notice_on") and not row.get("requested_on")
    what = "amendment of the plan" if amends else "assessment for a plan"
    return _dated(what, "requested_on", "amendment_notice_on", "final_on")(row, get)


def _rate(row: Row, _get: Get) -> str:
    return f"Rate of {str(row.get('role') or '').replace('_', ' ')}".strip()


def _answer(row: Row, get: Get) -> str:
    survey = get(str(row.get("survey") or "")) or {}
    return f"Answer {row.get('question') or ''} to {survey.get('name') or 'a survey'}"


def _by_staff(what: str, *fields: str) -> Callable[[Row, Get], str]:
    """A writer for a record about an adult: what it is, when, and of whom."""

    def write(row: Row, get: Get) -> str:
        name = staff_named(row.get("staff"), get)
        words = _dated(what, *fields)(row, get)
        return f"{words} of {name}" if name else words

    return write


_WRITERS: dict[str, Callable[[Row, Get], str]] = {
    "school": lambda row, _: f"School {row.get('name') or ''}".strip(),
    "terms": lambda row, _: f"{row.get('name') or 'Term'} {row.get('school_year') or ''}".strip(),
    "staff": lambda row, _: staff_name(row),
    "pupils": lambda row, _: pupil_name(row),
    "enrolments": _enrolment,
    "contacts": _contact,
    "cohort_memberships": _dated("place in the cohort", "start"),
    "fsm_periods": _dated("time of free school meals", "start"),
    "sen_statuses": _status,
    "needs": _quoted("Need", "code"),
    "barriers": _quoted("Barrier", "description", "category"),
    "strategies": _quoted("Strategy", "description"),
    "notes": _dated("note", "happened_on"),
    "documents": _quoted("Document", "title"),
    "rates": _rate,
    "lead_roles": _by_staff("lead of the programme", "start"),
    "referrals": _quoted("Referral", "service"),
    "conversations": _dated("structured conversation", "held_on", "planned_for"),
    "attempts": _attempt,
    "targets": _quoted("Target", "statement"),
    "target_reviews": _target_review,
    "actions": _action,
    "plans": _quoted("Plan", "title", "kind"),
    "reviews": _dated("review", "held_on", "planned_for"),
    "ehc_processes": _ehc_process,
    "ehc_outcomes": _quoted("Outcome of the plan", "wording"),
    "ehc_provisions": _quoted("Provision of the plan", "wording"),
    "consultations": _quoted("Consultation", "reference"),
    "interventions": lambda row, _: f"Intervention {row.get('name') or ''}".strip(),
    "groups": lambda row, get: f"Group {group_name(row, get)}",
    "slots": _slot,
    "placements": _placement,
    "sessions": _session,
    "session_marks": _session_mark,
    "scales": lambda row, _: f"Scale {row.get('name') or ''}".strip(),
    "expectations": _quoted("Expected progress", "subject"),
    "assessments": _assessment,
    "attendance": _dated("attendance", "end", "start"),
    "wider_marks": _dated("wider outcome mark", "date"),
    "activities": lambda row, _: f"Activity {row.get('name') or ''}".strip(),
    "participations": _participation,
    "surveys": lambda row, _: f"Survey {row.get('name') or ''}".strip(),
    "survey_answers": _answer,
    "school_ratings": _dated("rating", "date"),
    "workshops": lambda row, _: f"Workshop {row.get('name') or ''}".strip(),
    "objectives": _quoted("Objective", "text"),
    "coach_visits": _dated("coach visit", "date"),
    "self_reviews": _dated("self-review", "date"),
    "partners": lambda row, _: f"Partner {row.get('name') or ''}".strip(),
    "year_figures": _quoted("Figure", "name"),
    "trainings": _by_staff("training", "date"),
    "observations": _by_staff("observation", "date"),
    "staff_feedback": _by_staff("feedback", "date"),
    "target_examples": _quoted("Example", "statement"),
    "saved_views": _quoted("View", "name"),
    "column_mappings": _quoted("Columns of", "name"),
}
