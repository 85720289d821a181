"""A document as a Word file, in Word's own headings, lists and tables, to be written on in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from senreg.models.text import clean
from senreg.reports.document.charts import Bars, Chart, Course, described
from senreg.reports.document.drawing import as_png
from senreg.reports.document.parts import (
    Break,
    Card,
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

if TYPE_CHECKING:
    from docx.document import Document as Whole
    from docx.table import Table as Grid
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row
    from docx.text.paragraph import Paragraph

    Place = Whole | Cell

_MARGIN_MM = 15.0
_A4_MM = (210.0, 297.0)
_FONT = "Arial"
_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML cannot hold beside the control characters that `clean` takes out."""

_CHART_MM = 138.0
_FOOT_POINTS = 7.5
_CELL = "SenregCell"
"""The style of what stands in a table: as much room above a line as under it."""

_LARGER = {"strong": 1.1, "small": 0.85, "large": 1.35}


def as_docx(document: Document, foot: Foot) -> bytes:
    """The file."""
    import docx

    whole = docx.Document()
    set_up(whole, document.size, landscape=document.landscape)
    whole.core_properties.title = without_what_xml_lacks(document.title)
    whole.core_properties.author = without_what_xml_lacks(foot.school)
    whole.core_properties.comments = ""
    _foot(whole, document, foot)
    width = _A4_MM[document.landscape] - 2 * _MARGIN_MM
    if not document.bare:
        _say(whole.add_paragraph(), foot.school, bold=True)
        whole.add_heading(without_what_xml_lacks(document.title), 1)
        if document.lead:
            _say(whole.add_paragraph(), document.lead)
    for part in document.parts:
        _write(whole, part, document.size, width)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def without_what_xml_lacks(words: str) -> str:
    """Words without control and bidi characters, and without what XML cannot hold."""
    return _NO_XML.sub("", clean(words))


def set_up(whole: Whole, size: float, *, landscape: bool = False) -> None:
    """Give a new Word document A4 pages, and black headings over letters of so many points."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    page = whole.sections[0]
    wide = landscape
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(_A4_MM[wide]), Mm(_A4_MM[not wide])
    page.left_margin = page.right_margin = Mm(_MARGIN_MM)
    page.top_margin, page.bottom_margin = Mm(14), Mm(16)
    sizes = {"Heading 1": 18.0, "Heading 2": size * 1.2, "Heading 3": size * 1.03}
    for name in ("Normal", *sizes):
        style = whole.styles[name]
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[each]
        style.font.size = Pt(sizes.get(name, size))
        if name != "Normal":
            style.font.color.rgb = RGBColor(0, 0, 0)
        between = style.paragraph_format
        between.space_before = Pt(0 if name == "Normal" else 8)
        between.space_after = Pt(4 if name == "Normal" else 2)
    cell = whole.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = whole.styles["Normal"]
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1.5)


def _foot(whole: Whole, document: Document, foot: Foot) -> None:
    paragraph = whole.sections[0].footer.paragraphs[0]
    _say(paragraph, f"{foot.words} {document.confidence} ", size=_FOOT_POINTS)
    if not document.bare:
        _number_of_the_page(paragraph)


def _number_of_the_page(paragraph: Paragraph) -> None:
    """'1 / 3', which Word and others count themselves."""
    _counted(paragraph, "PAGE")
    _say(paragraph, " / ", size=_FOOT_POINTS)
    _counted(paragraph, "NUMPAGES")


def _counted(paragraph: Paragraph, field: str) -> None:
    """A field in the letters of the foot: each run of it says them, or a reader takes its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for kind in ("begin", "", "separate", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(_FOOT_POINTS)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = field
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields of its own
        if kind == "separate":
            _say(paragraph, "1", size=_FOOT_POINTS)


def _write(place: Place, part: Part, size: float, width: float) -> None:
    match part:
        case Heading(text, level):
            _heading(place, text, level)
        case Words(text, manner):
            bigger = size * _LARGER.get(manner, 1)
            paragraph = place.add_paragraph()
            _say(paragraph, text, bold=manner == "strong", slant=manner == "said", size=bigger)
        case Points(items):
            for number, item in enumerate(items, 1):
                paragraph = place.add_paragraph()
                _in_style(paragraph, "ListBullet")
                _close_up(paragraph, last=number == len(items))
                _say(paragraph, item)
        case Facts(rows):
            for number, (label, words) in enumerate(rows, 1):
                paragraph = place.add_paragraph()
                _close_up(paragraph, last=number == len(rows))
                _say(paragraph, f"{label}: ", bold=True)
                _say(paragraph, words)
        case Table():
            _table(place, part, size, width)
        case Room(title, lines):
            _room(place, title, lines, width)
        case Card(parts):
            _card(place, parts, size, width)
        case Bars() | Course():
            _chart(place, part, size, width)
        case Break():
            _new_page(place)


def _close_up(paragraph: Paragraph, *, last: bool) -> None:
    """No room under a line that goes on in the next."""
    if not last:
        paragraph.paragraph_format.space_after = 0


def _heading(place: Place, text: str, level: int) -> None:
    paragraph = place.add_paragraph()
    _in_style(paragraph, f"Heading{level}")
    _say(paragraph, text)


def _in_style(paragraph: Paragraph, style: str) -> None:
    """Set a style by its id: by its name python-docx goes through every style each time."""
    paragraph._p.style = style  # noqa: SLF001


def _say(
    paragraph: Paragraph, words: str, *, bold: bool = False, slant: bool = False, size: float = 0
) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(without_what_xml_lacks(words))
    run.bold, run.italic = bold or None, slant or None
    if size:
        run.font.size = Pt(size)


def _grid(place: Place, widths: Sequence[float]) -> Grid:
    """A table of one row, with the widths of its columns in millimetres."""
    from docx.shared import Mm

    grid = place.add_table(1, len(widths))
    grid._tbl.tblStyle_val = "TableGrid"  # noqa: SLF001 - as with paragraphs
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    return grid


def _table(place: Place, part: Table, size: float, width: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    shares = sum(column.share for column in part.columns)
    widths = [width * column.share / shares for column in part.columns]
    grid = _grid(place, widths)
    heads = tuple(column.heading for column in part.columns)
    for number, row in enumerate((heads, *part.rows)):
        cells = (grid.rows[0] if number == 0 else _row(grid)).cells
        bold = number == 0 or (part.total and number == len(part.rows))
        for cell, words, column, mm in zip(cells, row, part.columns, widths, strict=True):
            cell.width = Mm(mm)
            paragraph = cell.paragraphs[0]
            _in_style(paragraph, _CELL)
            _say(paragraph, words, bold=bold, size=size * 0.92)
            if column.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        properties = grid.rows[number]._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    _after(place)


def _row(grid: Grid) -> Row:
    return grid.add_row()  # type: ignore[no-untyped-call,no-any-return]


def _room(place: Place, title: str, lines: int, width: float) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    grid = _grid(place, [width])
    grid.rows[0].height = Mm(6 + 7 * lines)
    grid.rows[0].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    paragraph = grid.rows[0].cells[0].paragraphs[0]
    _in_style(paragraph, _CELL)
    _say(paragraph, title, size=9)
    _after(place)


def _card(place: Place, parts: tuple[Part, ...], size: float, width: float) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    grid = _grid(place, [width])
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    cell = grid.rows[0].cells[0]
    empty = cell.paragraphs[0]
    for each in parts:
        _write(cell, each, size, width - 4)
    if len(cell.paragraphs) > 1:
        cell.paragraphs[1].paragraph_format.space_before = Pt(3)
        empty._p.getparent().remove(empty._p)  # noqa: SLF001
    _after(place)


def _chart(place: Place, part: Chart, size: float, width: float) -> None:
    """Its words, and a picture that says the same to those who do not see it."""
    from docx.shared import Mm, Pt

    title = place.add_paragraph()
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(8)
    _close_up(title, last=not part.of)
    _say(title, part.title, bold=True)
    if part.of:
        under = place.add_paragraph()
        under.paragraph_format.keep_with_next = True
        _say(under, part.of, size=size * _LARGER["small"])
    run = place.add_paragraph().add_run()
    picture = run.add_picture(io.BytesIO(as_png(part)), Mm(min(_CHART_MM, width)))
    picture._inline.docPr.set("descr", without_what_xml_lacks(described(part)))  # noqa: SLF001 - it has no way there


def _after(place: Place) -> None:
    """A little room under a table, which Word otherwise runs into the next one."""
    from docx.shared import Pt

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _new_page(place: Place) -> None:
    from docx.enum.text import WD_BREAK

    place.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
