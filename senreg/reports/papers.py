"""The papers senreg makes: one definition each, made from the open register as it is today.

A paper is in the clear. It is written only where the user says, or into the folder of prints,
and says when it was made and when it should be deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from senreg.errors import NoSuchRecord, SenregError, WrongUsage
from senreg.exchange.written import write_out
from senreg.export_log import PAPER, note
from senreg.models.text import clean_line
from senreg.register import Register
from senreg.reports.asked import Asked, Choices
from senreg.reports.composing import COMPOSED, composed
from senreg.reports.definitions import PAGE_ENDINGS, PAPERS, Definition, Paper
from senreg.reports.document.parts import Foot
from senreg.rules.dates import short_day
from senreg.rules.out_of_date import delete_after
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import roll_state

__all__ = ["COMPOSED", "PAPERS", "Choices", "Definition", "Paper"]


_FOR_SIGHT = "Keep out of the sight of visitors."
_FOR_PLANNERS = "Confidential: for those who plan with this child."
_NAME_CHILD = "Name the child: --pupil ID"


class Source(Reading, Protocol):
    """What papers need of an open register beside its records."""

    @property
    def school(self) -> Row:
        """The school's record."""

    @property
    def invented(self) -> bool:
        """Whether nobody in it is real."""

    @property
    def sealed(self) -> bool:
        """Whether it opens only with a passphrase or the recovery key."""

    @property
    def register_id(self) -> str:
        """What all copies of it have in common."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def pack(self) -> object | None:
        """The staff pack it is a copy of; None for a whole register."""

    def count(self, table: str, *, archived: bool = False) -> int:
        """How many records a table has."""


def make(
    register: Source,
    name: str,
    *,
    pupil: str | None = None,
    class_name: str | None = None,
    conversation: str | None = None,
    keeper: str = "",
    choices: Choices | None = None,
    today: date,
) -> Paper:
    """A paper as it stands today.

    Args:
        register: The open register.
        name: A name of `PAPERS`.
        pupil: The id of the child, for a paper about one.
        class_name: The class, for a paper about one.
        conversation: The id of the conversation, for a paper about one; the last one held else.
        keeper: Who holds the recovery key, for a handover page; empty leaves a line for it.
        choices: What was chosen about it.
        today: The day it is made.

    Raises:
        WrongUsage: There is no such paper, or it was not said whom it is about.
        NoSuchRecord: No pupil, or no conversation of the pupil's, has that id.
        SenregError: The child has left, or nobody is in that class.
    """
    definition = PAPERS.get(name)
    if definition is None:
        raise WrongUsage(
            f"There is no paper called {clean_line(name)}.",
            do="The papers are: " + ", ".join(PAPERS) + ".",
        )
    if definition.about == "register":
        from senreg.reports import keeping

        if name == keeping.HANDOVER:
            return keeping.handover_page(register, today, keeper)
        return keeping.lost_laptop_sheet(register, today)
    of_child = bool(pupil) and definition.can_be_about("pupil")
    if not of_child and (class_name or definition.about != "pupil"):
        return _of_many(register, definition, class_name, choices, today)
    if not pupil:
        raise WrongUsage(f"A {definition.title.lower()} is about one child.", do=_NAME_CHILD)
    return _of_child(register, definition, pupil, conversation, choices, today)


def _of_child(
    register: Source,
    definition: Definition,
    pupil: str,
    conversation: str | None,
    choices: Choices | None,
    today: date,
) -> Paper:
    """A paper of one child."""
    row = _child(register, pupil, today)
    if definition.name in COMPOSED:
        asked = Asked(today, row, choices=choices or Choices())
        return composed(register, definition, asked, foot_of(register, today))
    if definition.name == "pupil":
        return _pupil_paper(register, definition, row, today)
    return _conversation_paper(register, definition, row, conversation, today)


def _of_many(
    register: Source,
    definition: Definition,
    class_name: str | None,
    choices: Choices | None,
    today: date,
) -> Paper:
    """A paper of a class or of the school."""
    what = "class" if class_name else "school"
    if not definition.can_be_about(what):
        raise WrongUsage(
            f"A {definition.title.lower()} is about one {definition.about}.",
            do="Name it: --class NAME" if definition.about == "class" else _NAME_CHILD,
        )
    if definition.whole and register.pack is not None:
        raise SenregError(
            "A staff pack holds some children only: figures of the whole school are the SENCO’s.",
            "Nothing was made.",
        )
    if definition.name not in COMPOSED:
        return _class_paper(register, definition, class_name or "", today)
    asked = Asked(today, None, class_name or "", choices or Choices())
    return composed(register, definition, asked, foot_of(register, today))


def save(paper: Paper, path: Path, template: Path | None = None) -> None:
    """Write a paper to a file: a page, a Word document or a PDF by the ending of its name.

    Args:
        paper: The paper.
        path: The file.
        template: The school's own Word template, that is filled in; only for Word documents.

    Raises:
        SenregError: This paper is not written to files of such a name.
        Unreadable: The template cannot be used.
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    check_ending(path, paper.name)
    if template is None:
        write_out(path, [_bytes_of(paper, path.suffix.lower())])
        return
    if path.suffix.lower() != ".docx":
        raise WrongUsage("A template makes a Word document.", do="End the file's name in .docx.")
    if path.absolute() == template.absolute():
        raise WrongUsage(
            "The paper would be written over its template.", do="Give the paper another name."
        )
    from senreg.reports.school_template.filling import fill

    write_out(path, [fill(template, paper.name, paper.values, paper.title)])


def _bytes_of(paper: Paper, ending: str) -> bytes:
    if paper.document is None or paper.foot is None or ending in PAGE_ENDINGS:
        return paper.html.encode("utf-8")
    if ending == ".docx":
        from senreg.reports.document.word import as_docx

        return as_docx(paper.document, paper.foot)
    from senreg.reports.document.typeset import as_pdf

    return as_pdf(paper.document, paper.foot)


def keep(
    register: Register, paper: Paper, path: Path, today: date, template: Path | None = None
) -> None:
    """Write a paper as `save` does; the register keeps a note that it was made.

    Raises SenregError and CannotWrite as `save` does.
    """
    save(paper, path, template)
    title = PAPERS[paper.name].title
    stays = paper.foot is not None and not paper.foot.delete_after
    until = None if stays else delete_after(register, today)
    note(register, PAPER, title, path, pupil=paper.pupil, delete_after=until)


def check_ending(path: Path, name: str = "") -> None:
    """Raise where a paper is not written to files of such a name.

    Args:
        path: The file.
        name: A name of `PAPERS`.

    Raises:
        SenregError: It is the name of a PDF or Word file, which this paper is not written to, or
            PDFs cannot be made here.
        WrongUsage: It ends in anything else but .html, .docx or .pdf.
    """
    ending = path.suffix.lower()
    if ending in PAGE_ENDINGS:
        return
    if ending not in (".pdf", ".docx"):
        raise WrongUsage("The name of a paper's file must end in .html, .docx or .pdf.")
    if name not in PAPERS or PAPERS[name].about == "register":
        raise SenregError(
            f"This paper is written as .html, not as {ending}.",
            do="End the file's name in .html; a browser opens it and prints it, to PDF as well.",
        )
    if ending == ".pdf":
        from senreg.reports.document.typeset import refuse_without

        refuse_without()


def _class_paper(register: Source, definition: Definition, class_name: str, today: date) -> Paper:
    from senreg.reports import class_sheet as sheets
    from senreg.reports.in_parts import class_in_parts

    sheet = sheets.class_sheet(register, class_name, today)
    title = f"{definition.title} {sheet.class_name}"
    shown = _shortened(sheet.class_name, 40)
    html = _rendered(
        "class.html",
        register,
        today,
        title=title,
        sheet=sheet,
        class_name=shown,
        name_size=26 if len(shown) <= 5 else 16 if len(shown) <= 14 else 10,
        teachers=", ".join(_shortened(clean_line(name), 36) for name in sheet.teachers),
        size=sheet.size,
        columns=sheets.COLUMNS,
        padding=sheets.CELL_PADDING,
        bullet=sheets.BULLET,
        small=sheets.SMALL,
        line_height=sheets.LINE_HEIGHT,
        confidence=_FOR_SIGHT,
    )
    document = class_in_parts(sheet, title, _FOR_SIGHT)
    return Paper(definition.name, title, html, None, document, foot_of(register, today))


def _child(register: Source, pupil: str, today: date) -> Row:
    """The child a paper is about. Raises NoSuchRecord, and SenregError for one who has left."""
    row = register.get(pupil)
    if row is None or getattr(row, "table", "pupils") != "pupils":
        raise NoSuchRecord("There is no pupil of that id.", "Nothing was made.")
    if getattr(row, "archived", False) or roll_state(row, today) == "left":
        raise SenregError(
            "This child has left, and no papers are made about those who have.",
            "Nothing was made.",
            "If that is wrong, clear the day of leaving first.",
        )
    return row


def _pupil_paper(register: Source, definition: Definition, row: Row, today: date) -> Paper:
    from senreg.reports.document.page import drawer
    from senreg.reports.in_parts import pupil_in_parts
    from senreg.reports.progress_charts import latest_charts
    from senreg.reports.pupil_page import pupil_page

    page, charts = pupil_page(register, row, today), latest_charts(register, row, today)
    html = _rendered(
        "pupil.html",
        register,
        today,
        title=definition.title,
        page=page,
        charts=charts,
        drawn=drawer(),
        size=10,
        confidence=_FOR_PLANNERS,
    )
    document, foot = pupil_in_parts(page, charts, _FOR_PLANNERS), foot_of(register, today)
    return Paper(definition.name, definition.title, html, row["id"], document, foot)


def _conversation_paper(
    register: Source, definition: Definition, row: Row, conversation: str | None, today: date
) -> Paper:
    from senreg.reports.conversation_paper import SUMMARY, conversation_of, conversation_paper
    from senreg.reports.in_parts import record_in_parts, summary_in_parts

    page = conversation_paper(
        register, row, conversation_of(register, row["id"], conversation), today
    )
    summary = definition.name == SUMMARY
    confidence = "For the family to keep." if summary else "Confidential: for the school's file."
    html = _rendered(
        f"{definition.name}.html",
        register,
        today,
        title=definition.title,
        page=page,
        size=11 if summary else 10,
        confidence=confidence,
    )
    in_parts = summary_in_parts if summary else record_in_parts
    foot = foot_of(register, today)
    if summary:
        foot = replace(foot, delete_after="")
    document = in_parts(page, confidence)
    return Paper(definition.name, definition.title, html, row["id"], document, foot)


def foot_of(register: Source, today: date) -> Foot:
    """What stands at the head and the foot of every paper made on a day."""
    return Foot(
        _shortened(clean_line(str(register.school.get("name") or "")), 80),
        short_day(today),
        short_day(delete_after(register, today)),
        register.invented,
    )


def _rendered(template: str, register: Source, today: date, **values: Any) -> str:
    from senreg.reports.pages import rendered

    foot = foot_of(register, today)
    common: Mapping[str, object] = {
        "school": foot.school,
        "invented": foot.invented,
        "made_on": foot.made_on,
        "delete_after": foot.delete_after,
    }
    return rendered(template, {**common, **values})


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
