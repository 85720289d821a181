"""Every paper of each child of a class of 30 as a PDF, in one go, whole process.

The peer gets the same papers as Word documents and turns them into PDFs, in one process too. What
the papers say is worked out by senreg alone. What is allowed is about twice what was measured: a
run of all papers is one pair, and no median of several.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from benchmarks.measured import Measured, Subject
from benchmarks.office import office_is_there, opened_by_office
from benchmarks.workspace import Workspace

PUPILS, CHILDREN = 300, 30

_PDF = Subject(
    "papers-pdf",
    f"every paper of {CHILDREN} children from the register to PDF",
    "LibreOffice turning the same papers from Word into PDF",
    0.3,
)
_WORD = Subject(
    "papers-word",
    f"every paper of {CHILDREN} children from the register to a page and a Word document",
    _PDF.against,
    0.45,
)
NAMES = (_PDF.name, _WORD.name)
_MAKE = """
import sys
from pathlib import Path
from senreg.clock import today
from senreg.errors import SenregError
from senreg.register import Register
from senreg.reports.definitions import PAPERS
from senreg.reports.papers import make, save
from senreg.rules.roll import on_roll
path, out, children, *endings = sys.argv[1:]
out, day, made = Path(out), today(), 0
out.mkdir()
with Register.open(Path(path), read_only=True) as register:
    of_class = sorted(on_roll(register, day), key=lambda row: str(row["class_name"]))
    for row in of_class[: int(children)]:
        for name in [each.name for each in PAPERS.values() if each.can_be_about("pupil")]:
            try:
                paper = make(register, name, pupil=row["id"], today=day)
            except SenregError:
                continue
            made += 1
            for ending in endings:
                save(paper, out / f"{made}{ending}")
print(made)
"""


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Both forms, beside the same peer."""
    wanted = [(_PDF, (".pdf",)), (_WORD, (".html", ".docx"))]
    if not can_set():
        wanted = wanted[1:]
    if not names & {subject.name for subject, _ in wanted}:
        return
    made = workspace.fresh("word")
    workspace.run(_words(workspace, str(made), (".docx",)))
    files = sorted(made.iterdir())
    theirs = []
    if office_is_there():
        opened_by_office(workspace, files[:1], ".pdf")
        theirs = [opened_by_office(workspace, files, ".pdf")]
    for subject, endings in wanted:
        if subject.name not in names:
            continue
        ours = [_seconds(workspace, endings, len(files))]
        yield subject.measured(zip(ours, theirs, strict=True)) if theirs else subject.alone(ours)


def can_set() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def _words(workspace: Workspace, out: str, endings: tuple[str, ...]) -> list[str]:
    path = str(workspace.register(PUPILS))
    return [sys.executable, "-c", _MAKE, path, out, str(CHILDREN), *endings]


def _seconds(workspace: Workspace, endings: tuple[str, ...], papers: int) -> float:
    """Seconds of making all papers. Raises RuntimeError where one is missing."""
    out = workspace.fresh("papers")
    seconds = workspace.seconds(_words(workspace, str(out), endings))
    if (found := len(list(out.iterdir()))) != papers * len(endings):
        raise RuntimeError(f"{found} of {papers * len(endings)} papers were made.")
    return seconds
