"""A school's own template checked and filled in, through docxtpl.

Every value is text: it is escaped, and no text in it is read as a field.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import SenregError, WrongUsage
from senreg.models.text import clean
from senreg.reports.document.word import without_what_xml_lacks
from senreg.reports.school_template.appending import append
from senreg.reports.school_template.checking import Problem, by_paragraph, problems, words_of
from senreg.reports.school_template.fields import COMMON, FOOT, TEMPLATED, TemplateField, Values
from senreg.reports.school_template.reading import opened, read_template, refused

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

MOST_FILLED = 30_000_000
"""Characters that one part of a document may have once it is filled in."""

_TOLD = 3
"""So many problems are told at once."""

_PROPERTIES = (
    "author", "category", "comments", "identifier", "keywords", "language", "last_modified_by",
    "subject", "title",
)  # fmt: skip
"""What a document says of itself, which is not the template's to say."""


def check_template(path: Path, paper: str) -> None:
    """Raise Unreadable where a template cannot be used for a paper, or names what it has not.

    Args:
        path: The template.
        paper: A name of `TEMPLATED`.

    Raises:
        WrongUsage: The paper is not one that a template can be laid over.
    """
    _checked(path, paper)


def fill(path: Path, paper: str, values: Sequence[Values], title: str) -> bytes:
    """The Word document that a template makes of a paper.

    Args:
        path: The template.
        paper: A name of `TEMPLATED`.
        values: What it is filled with, once for each copy; each copy begins on a new page.
        title: The document's title.

    Raises:
        Unreadable: The template cannot be used, or names what the paper does not have.
        WrongUsage: The paper is not one that a template can be laid over.
    """
    data, names = _checked(path, paper)
    if not values:
        raise WrongUsage("This paper is not written into a template of the school's.")
    first, *more = (_filled_in(data, each) for each in values)
    for each in more:
        append(first, each)
    if FOOT not in names:
        _say_at_the_end(first, str(values[0][FOOT]))
    properties = first.docx.core_properties
    properties.title, properties.author = _property(title), _property(str(values[0]["school"]))
    out = io.BytesIO()
    first.docx.save(out)
    return out.getvalue()


def _checked(path: Path, paper: str) -> tuple[bytes, frozenset[str]]:
    """The template, and the names in it."""
    from jinja2 import meta

    if paper not in TEMPLATED:
        raise WrongUsage(
            "This paper is not written into a template of the school's.",
            do="Those that are: " + ", ".join(TEMPLATED) + ".",
        )
    data = read_template(path)
    sources = list(_sources(opened(data)))
    found = [
        _told(problem, place, source)
        for place, source in sources
        for problem in problems(_environment(), source, _nameable(paper, place))
    ]
    if found:
        more = len(found) - _TOLD
        told = " ".join(found[:_TOLD]) + (f" And {more} more." if more > 0 else "")
        raise refused(told, f"The fields there are: senreg report {paper} --fields")
    trees = (_environment().parse(source) for _, source in sources)
    return data, frozenset().union(*map(meta.find_undeclared_variables, trees))


def _nameable(paper: str, place: str) -> tuple[TemplateField, ...]:
    """All of a paper's fields; of letters only what is the same in each outside of the text."""
    return COMMON if paper == "letter" and place != "text" else TEMPLATED[paper]


def _told(problem: Problem, place: str, source: str) -> str:
    near = f" Near it: {', '.join(problem.near)}." if problem.near else ""
    where = words_of(source, problem.line)
    return f"The {place} of the template {problem.what}: “{clean(where)}”.{near}"


def _sources(template: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Every part that is filled in: what it is called, and its source, a paragraph a line."""
    yield "text", by_paragraph(template.patch_xml(template.get_xml()))
    for place, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        for _, part in template.get_headers_footers(uri):
            yield place, by_paragraph(template.patch_xml(template.get_part_xml(part)))
    for part in template.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield "footnote", by_paragraph(template.patch_xml(part.blob.decode("utf-8")))


def _filled_in(data: bytes, values: Values) -> DocxTemplate:
    """One copy filled in. Raises Unreadable for a template whose parts do not fit together."""
    template = opened(data)
    properties = template.docx.core_properties
    for name in _PROPERTIES:
        setattr(properties, name, "")
    try:
        template.render(dict(values), _environment(), autoescape=True)
    except SenregError:
        raise
    except Exception:  # whatever a broken template makes docxtpl and lxml raise
        raise refused(
            "The template cannot be filled in: an if or a for begins in one place, such as the "
            "cell of a table, and ends in another.",
            "Write {%p if … %} and {%p endif %} each on a line of its own, {%tr … %} in a row of "
            "its own.",
        ) from None
    return template


def _say_at_the_end(template: DocxTemplate, words: str) -> None:
    from docx.shared import Pt

    run = template.docx.add_paragraph().add_run(without_what_xml_lacks(words))
    run.font.size = Pt(7.5)


def _property(words: str) -> str:
    """Words as a property of a document takes them."""
    return without_what_xml_lacks(words)[:255]


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined, Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Bounded(Template):
        """A template that stops where it makes more than a document holds."""

        def render(self, *args: Any, **kwargs: Any) -> str:
            made, size = [], 0
            for chunk in self.generate(*args, **kwargs):
                size += len(chunk)
                if size > MOST_FILLED:
                    raise refused("The template makes more than a document holds.")
                made.append(chunk)
            return "".join(made)

    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_as_text
    )
    environment.template_class = Bounded
    return environment


def _as_text(value: object) -> object:
    """A value escaped, and without braces, in which docxtpl and Jinja would read commands."""
    from markupsafe import Markup, escape

    told = str(escape(without_what_xml_lacks(str(value))))
    return Markup(told.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - is escaped
