"""The parts of a paper in each of the forms it is written in."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError
from senreg.models.text import clean
from senreg.reports.document import typeset
from senreg.reports.document.charts import Bar, Bars, Course, Point, Run
from senreg.reports.document.page import as_html
from senreg.reports.document.parts import (
    Break,
    Card,
    Column,
    Document,
    Facts,
    Foot,
    Heading,
    Part,
    Points,
    Room,
    Table,
    Words,
)
from senreg.reports.document.plainly import as_text, outline_of
from senreg.reports.document.typeset import as_pdf
from senreg.reports.document.word import as_docx
from tests.reports.browser import browser
from tests.reports.conftest import Words as Shown
from tests.reports.reading import (
    needs,
    one_line,
    resaved,
    said_in_docx,
    said_in_html,
    said_in_pdf,
)

NAMES = 'O\'Neill Łukasz 小明 [brackets] <b> {{ 7*7 }} #strong[x] $x$ \\ & "q" =1+1'
FOOT = Foot("Oak & <Sons>", "27 Nov 2026", "18 Dec 2026", invented=True)


def every_part(text: str) -> tuple[Part, ...]:
    return (
        Heading(f"h2 {text}"),
        Heading(f"h3 {text}", 3),
        *(Words(f"{each} {text}", each) for each in ("plain", "said", "strong", "small", "large")),
        Facts(((f"label {text}", f"fact {text}"),)),
        Points((f"point {text}", "second")),
        Table(
            (Column("What", 3), Column("Hours", 1, figures=True)),
            ((f"cell {text}", "3.5"), ("All", "3.5")),
            total=True,
        ),
        Room(f"room {text}", 2),
        Card(
            (Words(f"card {text}"), Points((f"in card {text}",)), Table((Column(""),), (("x",),)))
        ),
        Bars(f"bars {text}", text, (Bar(text, 2.0, text), Bar("b", -1.0, "−1", 1)), (1.0, text)),
        Course(f"course {text}", text, (Run(text, (Point(0, text, 1.0), Point(1, text, 2.0))),)),
        Break(),
        Words("after the break"),
    )


def document(text: str = NAMES, **more: object) -> Document:
    return Document(f"title {text}", f"lead {text}", every_part(text), "Keep it.", **more)  # type: ignore[arg-type]


def all_texts(text: str) -> list[str]:
    leads = ("title", "lead", "h2", "h3", "plain", "said", "strong", "small", "large", "label")
    more = ("fact", "point", "cell", "room", "card", "in card", "bars", "course")
    return [one_line(f"{each} {text}") for each in (*leads, *more)]


def test_every_part_stands_in_every_form_as_it_was_typed(tmp_path: Path) -> None:
    whole = document()
    told = {
        "text": one_line(as_text(whole)),
        "html": said_in_html(as_html(whole, FOOT)),
        "docx": said_in_docx(as_docx(whole, FOOT)),
    }
    for form, said in told.items():
        for text in all_texts(NAMES):
            assert text in said, (form, text)
        assert "after the break" in said
    pytest.importorskip("typst")
    said = said_in_pdf(as_pdf(whole, FOOT), tmp_path)
    for text in all_texts(NAMES):
        assert text.replace(" ", "") in said.replace(" ", ""), text
    assert "Made on 27 Nov 2026. Delete after 18 Dec 2026. Invented" in said


def test_a_page_asks_nobody_for_anything_and_no_text_is_markup() -> None:
    html = as_html(document("<script src=http://x.example>alert(1)</script>"), FOOT)
    shown = Shown(html)
    assert not shown.tags & {"script", "img", "link", "iframe", "object", "a", "form"}
    assert not shown.attributes & {"src", "href", "action"}
    assert "default-src 'none'" in html
    assert not re.search(r"url\((?!#)|@import", html)
    for words in ("Made on 27 Nov 2026.", "Delete after 18 Dec 2026.", "Invented"):
        assert words in said_in_html(html)


def test_a_word_document_has_words_own_headings_and_a_foot() -> None:
    data = as_docx(document("x", landscape=True), FOOT)
    opened = docx.Document(io.BytesIO(data))
    styles = {each.text: each.style.name for each in opened.paragraphs if each.style is not None}
    assert (styles["title x"], styles["h2 x"], styles["h3 x"]) == (
        "Heading 1",
        "Heading 2",
        "Heading 3",
    )
    assert styles["point x"] == "List Bullet"
    page = opened.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert page.page_width > page.page_height
    assert "Delete after 18 Dec 2026." in page.footer.paragraphs[0].text
    assert opened.core_properties.author == FOOT.school


def test_the_foot_of_a_word_document_counts_its_pages_in_its_own_letters() -> None:
    opened = docx.Document(io.BytesIO(as_docx(document("x"), FOOT)))
    foot = opened.sections[0].footer.paragraphs[0]
    told = re.findall(r"<w:instrText[^>]*>(\w+)<", foot._p.xml)
    assert told == ["PAGE", "NUMPAGES"]
    assert foot.text.endswith(" 1 / 1")
    assert {run.font.size.pt for run in foot.runs if run.font.size is not None} == {7.5}
    assert all(run.font.size is not None for run in foot.runs)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(min_size=1, max_size=40).map(clean).filter(lambda text: bool(text.strip())))
def test_any_text_survives_in_page_and_word(text: str) -> None:
    whole = document(text)
    wanted = one_line(f"cell {text}").translate({0xFFFE: None, 0xFFFF: None})
    assert wanted in said_in_docx(as_docx(whole, FOOT))
    assert one_line(f"cell {text}") in said_in_html(as_html(whole, FOOT))


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set_as_a_pdf(text: str) -> None:
    pytest.importorskip("typst")
    assert as_pdf(document(text), FOOT).startswith(b"%PDF-")


def test_without_typst_a_pdf_is_refused_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typeset, "can_set", lambda: False)
    with pytest.raises(SenregError, match="Typst") as refusal:
        as_pdf(document(), FOOT)
    assert "constraints-pdf.txt" in " ".join(refusal.value.lines)
    assert ".docx" in " ".join(refusal.value.lines)


def test_a_pdf_is_sound(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(document(), FOOT))
    done = subprocess.run([needs("qpdf"), "--check", str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_libreoffice_opens_a_word_document_and_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(as_docx(document(), FOOT))
    said = said_in_docx(resaved(tmp_path / "a.docx"))
    for text in all_texts(NAMES):
        assert text in said


def test_a_browser_shows_every_part_no_wider_than_its_window(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(as_html(document(NAMES + "w" * 90), FOOT), encoding="utf-8")
    with browser(tmp_path / "browser") as chromium:
        for width in (360, 1280):
            chromium.open(page, width, 900)
            assert chromium.too_wide() == []
            assert chromium.asked == [page.as_uri()]


ROWS = """[...document.querySelectorAll('td')].filter(each => each.offsetHeight).map(
  each => [each.textContent, getComputedStyle(each).paddingLeft])"""


def test_on_a_phone_cells_begin_at_one_edge_and_empty_ones_take_no_room(tmp_path: Path) -> None:
    columns = (Column("What"), Column("Hours", 1, figures=True), Column("Until"), Column("With"))
    table = Table(columns, (("Lego", "3", "May", ""), ("Talk", "", "", "Mo")))
    page = tmp_path / "a.html"
    page.write_text(as_html(Document("x", "", (table,), ""), FOOT), encoding="utf-8")
    with browser(tmp_path / "browser") as chromium:
        chromium.open(page, 360, 900)
        asked = chromium.call("Runtime.evaluate", expression=ROWS, returnByValue=True)
    shown = ("Lego", "3", "May", "Talk", "Mo")
    assert asked["result"]["value"] == [[words, "0px"] for words in shown]


def test_no_printed_page_holds_the_foot_alone(tmp_path: Path) -> None:
    page, printed = tmp_path / "a.html", tmp_path / "a.pdf"
    lasts = []
    with browser(tmp_path / "browser") as chromium:
        for count in range(34, 60, 2):
            lines = tuple(Words(f"Line {number}") for number in range(count))
            page.write_text(as_html(Document("x", "", lines, ""), FOOT), encoding="utf-8")
            chromium.open(page, 800, 900, media="print")
            printed.write_bytes(chromium.printed())
            words = [needs("pdftotext"), "-raw", str(printed), "-"]
            told = subprocess.run(words, check=True, capture_output=True).stdout.decode()
            lasts.append(told.rstrip("\f\n").split("\f")[-1])
    assert {"Line 0" in each for each in lasts} == {True, False}
    assert all("Line" in each for each in lasts)


def test_the_outline_is_by_sections_and_tells_first_what_to_look_at() -> None:
    outline = outline_of(document("x", look=("“regular” binds nobody.",)))
    assert outline.title == "title x"
    assert outline.parts[0].lines == ("“regular” binds nobody.",)
    assert outline.parts[1].title == "h2 x"
    assert "cell x; Hours: 3.5" in outline.parts[1].lines
    assert "binds nobody" not in as_text(document("x", look=("“regular” binds nobody.",)))


def test_the_file_that_brings_typst_names_the_version_that_is_tested() -> None:
    house = Path(__file__).parents[3]
    alone = (house / "constraints-pdf.txt").read_text(encoding="utf-8")
    assert alone.startswith("typst==")
    assert alone.rstrip() in (house / "constraints-dev.txt").read_text(encoding="utf-8")
