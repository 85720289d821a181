"""One term of the graduated approach on paper: what was seen, planned, done and looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from senreg.models.tables import field_of
from senreg.models.text import clean, clean_line
from senreg.reports.document.parts import (
    Column,
    Facts,
    Heading,
    Part,
    Table,
    Words,
    facts,
    points,
)
from senreg.rules.dates import short_day
from senreg.rules.graduated import HelpHad, TermOfSupport, known_sum
from senreg.rules.naming import known_as, staff_named
from senreg.rules.needs import need_word
from senreg.rules.reading import Reading, Row
from senreg.rules.target_life import outcome_words


def term_parts(register: Reading, child: Row, term: TermOfSupport) -> Iterator[Part]:
    """The four steps of a term; a step in which nothing happened says so."""
    for title, nothing, parts in (
        ("Assess", "Nothing new was written down.", _assess(term)),
        ("Plan", "No target was set.", _plan(register, term)),
        ("Do", "The child was in no group.", (help_given(term.help),)),
        ("Review", "No target was looked at.", (looked_at(term.looked),)),
    ):
        yield Heading(title, 3)
        found = [part for part in parts if part is not None]
        yield from found or [Words(nothing)]
    said = voices(child, term.talks)
    if said is not None:
        yield Heading("What the family and the child say", 3)
        yield said
    yield Heading("Attendance", 3)
    yield Words(attendance_words(term.absence))


def share_words(absence: tuple[int, int] | None) -> str:
    """'93.5%' of possible sessions attended; 'not known' where it cannot be told."""
    if absence is None:
        return "not known"
    missed, possible = absence
    return f"{100 * (possible - missed) / possible:.1f}%"


def attendance_words(absence: tuple[int, int] | None) -> str:
    """A sentence on sessions missed and possible."""
    if absence is None:
        return "Not known for these days."
    missed, possible = absence
    return f"{share_words(absence)}: {possible - missed} of {possible} possible sessions."


def _text(value: object) -> str:
    return clean(str(value or "")).strip()


def _day(value: object) -> str:
    return short_day(value) if value else ""


def _label(table: str, field: str, row: Row) -> str:
    return clean_line(field_of(table, field).label_of(row.get(field)))


def _number(value: object, unit: object = "") -> str:
    return clean_line(f"{value:g} {unit or ''}") if isinstance(value, int | float) else ""


def _joined(*words: str, by: str = ": ") -> str:
    return by.join(each for each in words if each)


def _assess(term: TermOfSupport) -> Iterator[Part | None]:
    seen = [_joined(f"Need: {need_word(row.get('code'))}", _source(row)) for row in term.needs]
    seen += [
        _joined(
            f"Barrier, {_day(row.get('identified_on'))}",
            _label("barriers", "category", row),
            _text(row.get("description")),
        )
        for row in term.barriers
    ]
    seen += [_referral(row) for row in term.referrals]
    yield points(tuple(seen))
    columns = (Column("Assessed in", 4), Column("On", 3), Column("Scale", 4), Column("Result", 3))
    rows = tuple(
        (
            _label("assessments", "subject", row),
            _day(row.get("date")),
            clean_line(str(row.get("scale") or "")),
            _result(row),
        )
        for row in term.assessments
    )
    yield Table(columns, rows) if rows else None


def _source(row: Row) -> str:
    return f"according to {clean_line(str(row['source']))}" if row.get("source") else ""


def _result(row: Row) -> str:
    value, reached = clean_line(str(row.get("value") or "")), _number(row.get("points"))
    if value and reached and value != reached:
        return f"{value} ({reached} points)"
    return value or (f"{reached} points" if reached else "")


def _referral(row: Row) -> str:
    days = (
        ("sent", row.get("sent_on")),
        ("seen", row.get("seen_on")),
        ("report", row.get("report_on")),
    )
    told = ", ".join(f"{what} {_day(day)}" for what, day in days if day)
    service = f"Referral to {_label('referrals', 'service', row) or 'a service'}"
    head = f"{service} ({told})" if told else service
    return _joined(head, _joined(_text(row.get("reason")), _text(row.get("outcome")), by=" — "))


def _plan(register: Reading, term: TermOfSupport) -> Iterator[Part | None]:
    for row in term.targets:
        statement = _text(row.get("statement")) or _text(row.get("child_statement"))
        yield Words(statement or "(not worded yet)", "strong")
        yield _target(register, row)
    actions = register.by("actions", "about")
    about = [row["id"] for row in (*term.targets, *term.talks, *term.reviews)]
    about += [review["id"] for _, review in term.looked]
    rows = tuple(
        (
            _text(row.get("what")),
            clean_line(str(row.get("who") or "")),
            _label("actions", "place", row),
            _day(row.get("due")),
            _day(row.get("done_on")),
        )
        for each in about
        for row in actions.get(each, ())
    )
    columns = (
        Column("Agreed to do", 5),
        Column("Who", 2),
        Column("Where", 2),
        Column("By", 2),
        Column("Done", 2),
    )
    yield Table(columns, rows) if rows else None


def _target(register: Reading, row: Row) -> Facts | None:
    start, aim = (
        _number(row.get(name), row.get("unit")) for name in ("start_value", "target_value")
    )
    return facts(
        ("Kind", _joined(_label("targets", "kind", row), _label("targets", "area", row))),
        ("Where it starts", _joined(_text(row.get("baseline")), start, by=" — ")),
        ("How we will know", _joined(_text(row.get("success_criterion")), aim, by=" — ")),
        ("Set, and due", _joined(_day(row.get("set_on")), _day(row.get("due")), by=" to ")),
        ("Led by", clean_line(staff_named(row.get("owner"), register.get))),
    )


def help_given(help_had: Sequence[HelpHad], *, costs: bool = True) -> Table | None:
    """The groups a child was in, with hours and scores, and the sums of what is known.

    Args:
        help_had: The groups.
        costs: With what the child's place in each cost.
    """
    columns = [
        Column("Provision", 5),
        Column("With", 4),
        Column("In the group", 2, figures=True),
        Column("From and to", 4),
        Column("Came", 3, figures=True),
        Column("Score", 3, figures=True),
        Column("Hours", 3, figures=True),
    ]
    rows = [_help_row(each) for each in help_had]
    hours, _ = known_sum(each.hours for each in help_had)
    cost, _ = known_sum(each.cost for each in help_had)
    total = len(rows) > 1 and not hours is cost is None
    if total:
        rows.append(("All that is known", "", "", "", "", "", _shown(hours, ".1f")))
    if costs:
        columns.append(Column("£", 2, figures=True))
        pounds = [_shown(each.cost, ",.0f") for each in help_had]
        pounds += [_shown(cost, ",.0f")] if total else []
        rows = [(*row, each) for row, each in zip(rows, pounds, strict=True)]
    return Table(tuple(columns), tuple(rows), total) if rows else None


def _help_row(each: HelpHad) -> tuple[str, ...]:
    hours, places = _shown(each.hours, ".1f"), each.placements
    days = (_joined(_day(row.get("start")), _day(row.get("end")), by=" to ") for row in places)
    return (
        clean_line(each.name),
        clean_line(", ".join(each.adults)),
        str(each.pupils),
        "\n".join(days),
        f"{each.came} of {each.marked}" if each.marked else "",
        "\n".join(_scores(row) for row in places),
        f"{hours} planned" if each.planned and each.hours is not None else hours,
    )


def _shown(figure: float | None, form: str) -> str:
    return "not known" if figure is None else f"{figure:{form}}"


def _scores(row: Row) -> str:
    entry, left = _number(row.get("entry_score")), _number(row.get("exit_score"))
    return f"{entry or '?'} to {left}" if left else entry


def looked_at(pairs: Sequence[tuple[Row, Row]]) -> Table | None:
    """Targets with a review of each."""
    columns = (
        Column("Target", 4),
        Column("How it went", 3),
        Column("What was seen", 4),
        Column("What they say", 4),
        Column("Next step", 3),
    )
    rows = tuple(_review_row(*pair) for pair in pairs)
    return Table(columns, rows) if rows else None


def _review_row(target: Row, review: Row) -> tuple[str, ...]:
    child, family = _text(review.get("pupil_view")), _text(review.get("parent_view"))
    said = (f"Child: {child}" if child else "", f"Family: {family}" if family else "")
    return (
        _text(target.get("statement")) or _text(target.get("child_statement")),
        _joined(
            _day(review.get("date")),
            outcome_words(review.get("outcome")),
            _number(review.get("value"), target.get("unit")),
            by="\n",
        ),
        _text(review.get("evidence")),
        _joined(*said, by="\n"),
        _text(review.get("next_step")),
    )


_SAID = (
    ("parent_words", "In the family’s words"),
    ("concerns", "What worries the family"),
    ("hopes", "What the family hopes for"),
    ("pupil_words", "In the child’s words"),
    ("voice", "How the child was heard"),
)


def voices(child: Row, talks: Sequence[Row]) -> Facts | None:
    """What the family and the child said in conversations, with its day."""
    rows: list[tuple[str, str]] = []
    for talk in talks:
        rows += _said(talk, clean_line(known_as(child)))
    return facts(*rows)


def _said(talk: Row, called: str) -> Sequence[tuple[str, str]]:
    day = _day(talk.get("held_on"))
    return [
        (f"{title.replace('the child', called or 'the child')}, {day}", _text(talk.get(field)))
        for field, title in _SAID
    ]
