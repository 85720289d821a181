"""Every page loaded in a browser: on a phone, on a laptop, and as it is printed on A4."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from senreg import erasure
from senreg.register import Register
from senreg.reports import certificate
from senreg.reports.asked import Choices
from senreg.reports.composing import COMPOSED
from senreg.reports.definitions import PAPERS, Paper
from senreg.reports.handing import save_pack
from senreg.reports.keeping import Whose, recovery_sheet
from senreg.reports.pack import make_pack
from senreg.reports.papers import make, save

from .browser import Browser, browser
from .conftest import TODAY, Book
from .one_childs import written_about
from .reading import needs

LONG = "Łukasz小明[b]<i>" + "w" * 70
"""A word that fits into no column."""

_MM = 96 / 25.4
PORTRAIT, LANDSCAPE = 186 * _MM, 273 * _MM
"""What stands between the margins of a printed page, in pixels of the browser."""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, float]:
    """Every kind of page there is in a file of its own, with the width it is printed in."""
    folder = tmp_path_factory.mktemp("pages")
    with Register.create(folder / "Oak.senreg", f"Oak & <Sons> {LONG}") as register:
        pupil = _filled(Book(register))
        found = {}
        for name, paper in _papers(register, pupil):
            wide = paper.document is not None and paper.document.landscape
            path = folder / f"{name}.html"
            save(paper, path)
            usual = PORTRAIT if paper.name in COMPOSED else 190 * _MM
            found[path] = LANDSCAPE if wide else usual
        pack = folder / "pack.html"
        save_pack(make_pack(register, pupil, "subject_access", TODAY), pack)
        plan = erasure.plan_erasing(register, pupil, TODAY)
        erased = erasure.erase(register, plan, next(iter(dict(erasure.REASONS))))
        page = folder / "certificate.html"
        certificate.save(certificate.certificate(register, erased, child=LONG, said=LONG), page)
        return {**found, pack: 190 * _MM, page: 190 * _MM}


def _filled(book: Book) -> str:
    """A child of 4B about whom everything is written, in long words, among some others."""
    plan = {"sen_statuses": {"code": "E", "start": "2025-09-05"}}
    pupil = written_about(book, LONG, more=plan)
    book.add("conversations", pupil=pupil, planned_for="2026-12-09", at="15:30")
    book.add("contacts", pupil=pupil, name=LONG, send_letters=True)
    book.add("sen_statuses", pupil=pupil, code="E", start="2026-01-08")
    for number, forename in enumerate(("小明", "O'Neill", "[Ann]")):
        other = book.child(forename, what_helps="Pictures\nA seat by the door")
        book.add("conversations", pupil=other, planned_for=f"2026-12-0{number + 1}")
        book.add("contacts", pupil=other, name=LONG, send_letters=True)
    intervention = book.add("interventions", name=LONG, tier="targeted", measure=LONG)
    group = book.add("groups", intervention=intervention, start="2026-09-07", place=LONG)
    book.add("placements", pupil=pupil, group=group, start="2026-09-07")
    return pupil


def _papers(register: Register, pupil: str) -> Iterator[tuple[str, Paper]]:
    for name, definition in PAPERS.items():
        for about in ("pupil", "class", "school", "register"):
            if definition.can_be_about(about):
                whom = {"pupil": {"pupil": pupil}, "class": {"class_name": "4B"}}.get(about, {})
                yield f"{name}-{about}", make(register, name, today=TODAY, **whom)
    for costs in ("provision", "impact"):
        made = make(register, costs, choices=Choices(costs=True), today=TODAY)
        yield f"{costs}-costs", made
    child = make(register, "plan", pupil=pupil, choices=Choices(for_child=True), today=TODAY)
    yield "my-plan", child
    yield "recovery", recovery_sheet(Whose(LONG, LONG, True), "-".join(["ABCD"] * 9), TODAY)


@pytest.mark.parametrize("width", [360, 1366])
def test_a_page_is_no_wider_than_a_screen_and_asks_nobody_for_anything(
    chromium: Browser, pages: dict[Path, float], tmp_path: Path, width: int
) -> None:
    wide = {}
    for path in pages:
        chromium.open(path, width, 800)
        assert chromium.asked == [path.as_uri()]
        if past := chromium.too_wide():
            wide[path.stem] = past
        picture = chromium.picture()
        (tmp_path / f"{path.stem}.png").write_bytes(picture)
        assert struct.unpack(">I", picture[16:20]) >= (width,)
    assert wide == {}


def test_a_page_is_printed_on_a4_and_nothing_is_cut_off(
    chromium: Browser, pages: dict[Path, float], tmp_path: Path
) -> None:
    wide = {}
    for path, width in pages.items():
        chromium.open(path, int(width), 1000, media="print")
        if past := chromium.too_wide():
            wide[path.stem] = past
        printed = tmp_path / f"{path.stem}.pdf"
        printed.write_bytes(chromium.printed())
        told = subprocess.run([needs("pdfinfo"), str(printed)], capture_output=True, check=True)
        assert b"(A4)" in told.stdout, path.stem
    assert wide == {}
