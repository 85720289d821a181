"""A school's own template read from its file: no larger than it need be, and nothing in it acts.

The file may come from anywhere. Refused are macros, embedded objects, fields and links that
fetch from elsewhere, entities, and files that unpack to more than a document does.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docxtpl import DocxTemplate

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_XML = 3_000_000
MOST_PARTS = 500

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ACTIVE = (
    "oleObject",
    "package",
    "control",
    "vbaProject",
    "aFChunk",
    "subDocument",
    "frame",
    "activeXControlBinary",
)
_FIELD_TEXT = re.compile(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_FETCHES = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)
_UNUSED = "Nothing was made, and the template is as it was."


def refused(
    happened: str, do: str = "Choose another file, or have a starting one made."
) -> Unreadable:
    """The error of a template that cannot be used."""
    return Unreadable(happened, _UNUSED, do)


def read_template(path: Path) -> bytes:
    """A template from its file, looked through. Raises Unreadable, with what is wrong with it."""
    data = _bytes_of(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        raise refused(
            "The template is not a Word document (.docx), or it is damaged or locked.",
            "Open it in Word and save it as a Word document (.docx) without a password.",
        ) from None
    return data


def opened(data: bytes) -> DocxTemplate:
    """A template that was read, ready to be filled in once. Raises Unreadable."""
    template = _template_class()(io.BytesIO(data))
    try:
        template.init_docx()
        _without_its_own_template(template)
    except Exception:  # whatever a broken file makes python-docx and lxml raise
        raise refused(
            "The template is not a Word document (.docx), or it is damaged.",
            "Open it in Word and save it as a Word document (.docx).",
        ) from None
    return template


@cache
def _template_class() -> type[DocxTemplate]:
    from docxtpl import DocxTemplate
    from lxml import etree

    class Template(DocxTemplate):  # type: ignore[misc]
        """Refuses what is not well-formed once it is filled in; docxtpl would mend it by halves."""

        def render_xml_part(self, *args: Any, **kwargs: Any) -> str:
            made: str = super().render_xml_part(*args, **kwargs)
            etree.fromstring(made.encode("utf-8"), etree.XMLParser(resolve_entities=False))
            return made

    return Template


def _bytes_of(path: Path) -> bytes:
    if path.suffix.lower() != ".docx":
        raise refused(
            "A template is a Word document that ends in .docx.",
            "Save it from Word as a Word document (.docx), without macros.",
        )
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as refusal:
        raise refused(
            f"The template could not be read: {refusal.strerror or 'the disk refused'}.",
            "Look whether it is still there, and not open in Word.",
        ) from None
    if len(data) > MOST_BYTES:
        raise refused(
            f"The template is larger than {MOST_BYTES // 1_000_000} MB.",
            "Make the pictures in it smaller.",
        )
    return data


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refused("The template unpacks to more than a document holds.")
    for part in parts:
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")):
            if part.file_size > MOST_XML:
                raise refused("The template has more text than a template needs.")
            _check_xml(name, archive.read(part))


def _check_xml(name: str, data: bytes) -> None:
    if b"\x00" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refused("The template defines entities, which Word documents have no use for.")
    if name.endswith(".rels"):
        _check_relations(data)
        return
    text = data.decode("utf-8", "replace")
    told = " ".join("".join(pair) for pair in _FIELD_TEXT.findall(text))
    joined = "".join("".join(pair) for pair in _FIELD_TEXT.findall(text))
    if _FETCHES.search(told) or _FETCHES.search(joined):
        raise refused(
            "The template has a field that fetches something from elsewhere.",
            "In Word, click it and press Ctrl+Shift+F9: what it shows now stays, as text.",
        )


def _check_relations(data: bytes) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        relations: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise refused("The template is damaged.", "Open it in Word and save it anew.") from None
    for each in relations.iter(_RELATION):
        kind = each.get("Type", "").rpartition("/")[2]
        target = each.get("Target", "")
        if kind in _ACTIVE:
            raise refused(
                "The template holds a macro, or an object of another program.",
                "Take it out in Word, or put a picture of it in its place.",
            )
        if each.get("TargetMode") == "External" and not _harmless(kind, target):
            raise refused(
                "The template shows something that lies elsewhere, such as a linked picture.",
                "In Word, put the picture into the document itself.",
            )


def _harmless(kind: str, target: str) -> bool:
    """A link that a person clicks; the template a letterhead was made from, which is taken out."""
    web = target.lower().startswith(("http://", "https://", "mailto:"))
    return kind == "attachedTemplate" or (kind == "hyperlink" and web)


def _without_its_own_template(template: DocxTemplate) -> None:
    """Take out where the letterhead's own template lies: Word would look for it there."""
    from docx.oxml.ns import qn

    for each in template.docx.part.rels.values():
        if each.reltype.endswith("/settings"):
            settings = each.target_part
            for attached in settings.element.findall(qn("w:attachedTemplate")):
                settings.element.remove(attached)
            for key in [key for key, rel in settings.rels.items() if rel.is_external]:
                del settings.rels[key]
