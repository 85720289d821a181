"""The pupils or records behind a line, of which one is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screens.page import Page, app_of
from screens.plain import line, say
from screens.school.figures_page import FiguresPage
from screens.school.lines import FigureLine
from screens.wording import value_words
from senreg.models.tables import field_of
from senreg.register import Row
from senreg.rules.leadership import pupils_of
from senreg.rules.naming import describe_record, list_name
from senreg.rules.nouns import NOUNS


def open_line(page: FiguresPage, each: FigureLine) -> None:
    """Show who or what is behind a line, its own record first; where it has only that, open it.

    The one that was opened last from the line is highlighted: back from it, one goes on below.
    """
    row = page.register.get(each.opens) if each.opens else None
    only = each.behind[0] if len(each.behind) == 1 and not (each.missing or row) else ""
    survey = page.register.get(only) if only else None
    if survey is not None and survey.table == "surveys":
        _open(page, survey)
    elif each.behind or each.missing:
        _choose(page, each, row)
    elif row is not None:
        app_of(page).open_record(row)
    else:
        say(page.app, "No single record stands behind this line.")


def _choose(page: FiguresPage, each: FigureLine, own: Row | None) -> None:
    from screens.dialogs.choose import ChooseDialog, Option

    options = []
    if own is not None:
        noun = NOUNS[own.table][0]
        options.append(Option(own.id, f"The {noun} itself", "to read it, or change it", "accent"))
    for ids, tone in ((each.behind, ""), (each.missing, "muted")):
        rows = [row for row in map(page.register.get, ids) if row is not None]
        if all(row.table == "pupils" for row in rows):
            options += [
                Option(row["id"], list_name(row), _beside(page, row["id"], each.said), tone)
                for row in pupils_of(page.register, ids)
            ]
        else:
            words = _without_noun([_words(page, row) for row in rows], rows)
            pairs = zip(rows, words, strict=True)
            options += [
                Option(row.id, name, line(each.said.get(row.id, "")), tone) for row, name in pairs
            ]
    said = each.of
    if each.missing:
        said += ". Those of whom it is not known stand last."
    title = ": ".join(part for part in (each.whole_title.rstrip("."), each.value) if part)

    def chosen(record: str | None) -> None:
        page.opened[each.id] = record or page.opened.get(each.id, "")
        _go(page, record)

    last = page.opened.get(each.id)
    page.app.push_screen(ChooseDialog(title, options, said=said, now=last), chosen)


def _words(page: Page, row: Row) -> str:
    return line(describe_record(row, page.register.get, row.table))


def _without_noun(words: Sequence[str], rows: Sequence[Row]) -> Sequence[str]:
    """The records in words, without what they are where all are the same."""
    start = NOUNS[rows[0].table][0].capitalize() + ", " if rows else ""
    if not all(each.startswith(start) and each != start for each in words):
        return words
    return [each.removeprefix(start) for each in words]


def _beside(page: Page, pupil: str, said: Mapping[str, str]) -> str:
    """The class, and what is said of the pupil."""
    return " · ".join(filter(None, (_class(page, pupil), line(said.get(pupil, "")))))


def _class(page: Page, pupil: str) -> str:
    row = page.register.get(pupil)
    assert row is not None
    return value_words(page.register, field_of("pupils", "class_name"), row["class_name"])


def _go(page: Page, chosen: str | None) -> None:
    row = page.register.get(chosen) if chosen else None
    if row is not None:
        _open(page, row)


def _open(page: Page, row: Row) -> None:
    """Open a record; of a survey what came back to it."""
    if row.table == "surveys":
        from screens.school.results import ResultsPage

        page.app.push_screen(ResultsPage(row))
    else:
        app_of(page).open_record(row)
