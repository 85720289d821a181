"""A template to begin from: a plain paper with every field in its place, to be made one's own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from senreg.reports.document.parts import Points
from senreg.reports.document.word import set_up
from senreg.reports.school_template.fields import COMMON, FOOT, TEMPLATED, TemplateField

if TYPE_CHECKING:
    from docx.document import Document as Whole

_SIZE = 11.0
_HEAD = ("name", "called", "full_name", "plan", "version")
"""What stands in the heading, or is only another form of the name."""

_WORDS = {
    "class_name": "Class",
    "year": "Year",
    "key_teacher": "Key teacher",
    "born": "Born",
    "status": "SEN status",
    "primary_need": "Primary need",
    "further_needs": "Further needs",
    "child_words": "In the child’s words",
    "family_words": "In the family’s words",
    "targets": "Targets",
    "success": "How we will know",
    "kind": "What it is about",
    "reviewed": "Looked at",
    "child_says": "What the child says",
    "last_review": "Last review",
    "next_review": "Next review",
}
"""The words before a field, where what is said of it in the list is too long."""


def starting_template(paper: str) -> bytes:
    """A Word document that names every field of a paper.

    Args:
        paper: A name of `TEMPLATED`.
    """
    import docx

    whole = docx.Document()
    set_up(whole, _SIZE)
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
        _labelled(whole, _words(each), each.name)
    else:
        whole.add_heading(_words(each), 2)
        whole.add_paragraph(f"{{%p for each in {each.name} %}}")
        if each.shape == "lines":
            whole.add_paragraph("{{ each }}", style="List Bullet")
        else:
            for part in each.parts:
                whole.add_paragraph(f"{{%p if each.{part.name} %}}")
                _labelled(whole, _words(part), f"each.{part.name}")
                whole.add_paragraph("{%p endif %}")
        whole.add_paragraph("{%p endfor %}")
    whole.add_paragraph("{%p endif %}")


def _words(each: TemplateField) -> str:
    return _WORDS.get(each.name, each.help)


def _labelled(whole: Whole, words: str, name: str) -> None:
    paragraph = whole.add_paragraph()
    paragraph.add_run(f"{words}: ").bold = True
    paragraph.add_run(f"{{{{ {name} }}}}")


def _letter(whole: Whole) -> None:
    from senreg.reports.letters import INVITATION, KINDS, REMINDER, ROOM_TO_SIGN, asks, said

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
    whole.add_paragraph(ROOM_TO_SIGN)
    whole.add_paragraph("{{ teacher }}")
