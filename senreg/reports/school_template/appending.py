"""Copies of one filled-in template put behind each other, each a section of its own.

All are of one template, so styles, pictures, lists and headers are the same in each. A section
begins on a new page with the header of a first page, as the letterhead of a school has it.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_AFTER_NUMBERS = ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
                  "rtlGutter", "docGrid", "printerSettings", "sectPrChange")  # fmt: skip
"""What stands behind the numbers of pages among the properties of a section, in order."""


def append(template: DocxTemplate, more: DocxTemplate) -> None:
    """Put another copy behind a filled-in template."""
    from docx.oxml.ns import qn

    section = template.docx.sections[-1]._sectPr  # noqa: SLF001 - python-docx has no name for it
    _on_a_new_page(section)
    _end_section(template, copy.deepcopy(section))
    for each in more.docx.element.body:
        if each.tag != qn("w:sectPr"):
            section.addprevious(copy.deepcopy(each))
    for number, each in enumerate(template.docx.element.body.iter(qn("wp:docPr")), 1001):
        each.set("id", str(number))


def _on_a_new_page(section: Any) -> None:
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.start_type = WD_SECTION.NEW_PAGE
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        behind = [
            each for name in _AFTER_NUMBERS if (each := section.find(qn(f"w:{name}"))) is not None
        ]
        behind[0].addprevious(numbers) if behind else section.append(numbers)
    numbers.set(qn("w:start"), "1")


def _end_section(template: DocxTemplate, section: Any) -> None:
    """End the section with the last paragraph, or with one of its own behind a table."""
    from docx.oxml.ns import qn

    last = template.docx.sections[-1]._sectPr.getprevious()  # noqa: SLF001
    if (
        last is None
        or last.tag != qn("w:p")
        or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ):
        last = template.docx.add_paragraph()._p  # noqa: SLF001
    last.get_or_add_pPr().append(section)
