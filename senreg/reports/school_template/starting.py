"""A template to begin from: a plain paper with every field in its place, to be made one's own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from senreg.reports.document.parts import Points
from senreg.reports.school_template.fields import COMMON, FOOT, TEMPLATED, TemplateField

if TYPE_CHECKING:
    from docx.document import Document as Whole

_FONT = "Arial"
_HEAD = ("name", "plan", "version", "to", "kind", "child")


def starting_template(paper: str) -> bytes:
    """A Word document that names every field of a paper.

    Args:
        paper: A name of `TEMPLATED`.
    """
    import docx

    whole = docx.Document()
    whole.styles["Normal"].font.name = _FONT
    whole.core_properties.author, whole.core_properties.comments = "", ""
    whole.sections[0].footer.paragraphs[0].add_run(f"{{{{ {FOOT} }}}}")
    whole.add_paragraph().add_run("{{ school }}").bold = True
    if paper == "letter":
        _letter(whole)
    else:
        title = "{{ plan }}: {{ name }}" if paper == "plan" else "{{ name }}: what helps me"
        whole.add_heading(title, 1)
        if paper == "plan":
            whole.add_paragraph("Version {{ version }}, {{ made_on }}.")
        for each in TEMPLATED[paper]:
            if each not in COMMON and each.name not in _HEAD:
                _add(whole, each)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _add(whole: Whole, each: TemplateField) -> None:
    """A field under its words, all of which is left out where there is nothing."""
    whole.add_paragraph(f"{{%p if {each.name} %}}")
    if each.shape == "text":
        paragraph = whole.add_paragraph()
        paragraph.add_run(f"{each.help}: ").bold = True
        paragraph.add_run(f"{{{{ {each.name} }}}}")
    else:
        whole.add_heading(each.help, 2)
        whole.add_paragraph(f"{{%p for each in {each.name} %}}")
        if each.shape == "lines":
            whole.add_paragraph("{{ each }}", style="List Bullet")
        else:
            for part in each.parts:
                whole.add_paragraph(f"{{%p if each.{part.name} %}}")
                whole.add_paragraph(f"{part.help}: {{{{ each.{part.name} }}}}")
                whole.add_paragraph("{%p endif %}")
        whole.add_paragraph("{%p endfor %}")
    whole.add_paragraph("{%p endif %}")


def _letter(whole: Whole) -> None:
    from senreg.reports.letters import INVITATION, KINDS, REMINDER, asks, said

    child = "{{ child }}"
    whole.add_paragraph("{{ made_on }}")
    whole.add_heading(f"{{{{ kind }}}}: let us talk about {child}", 2)
    whole.add_paragraph("Dear {{ to }},")
    for kind, command in ((REMINDER, "if"), (INVITATION, "elif")):
        whole.add_paragraph(f"{{%p {command} kind == '{KINDS[kind]}' %}}")
        for each in said(kind, child):
            whole.add_paragraph(each.text)
    whole.add_paragraph("{%p endif %}")
    whole.add_paragraph("When: {{ when }}")
    whole.add_paragraph("With: {{ teacher }}")
    for part in asks(child):
        if isinstance(part, Points):
            for item in part.items:
                whole.add_paragraph(item, style="List Bullet")
        else:
            whole.add_paragraph(part.text)
    whole.add_paragraph("With kind regards,")
    whole.add_paragraph("{{ teacher }}")
