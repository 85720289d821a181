"""What a template names, held against what the paper has, before anything is filled in.

A template is Jinja of the plainest kind: fields, `if`, `for` over a list, a few filters. All
else is refused, so a template can neither run away nor reach for what it is not given.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senreg.reports.school_template.fields import Shape, TemplateField

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

FILTERS = ("capitalize", "default", "join", "length", "lower", "title", "trim", "upper")
_LOOP = ("first", "index", "index0", "last", "length")
_DEEPEST = 2
"""A list within a list; deeper, a template could be made to take for ever."""

_TAG = re.compile(r"<[^<>]*>")
_WITHIN_A_TAG = re.compile(r"<[^<>]*\{[{%][^<>]*>")
_TEXT_OR_FIELD = re.compile(r"<w:t(?: [^<>]*)?>|</w:t>|\{\{")

Scope = Mapping[str, TemplateField]

LOOP = TemplateField("loop", "", "item", tuple(TemplateField(name, "") for name in _LOOP))
"""What Jinja tells within a for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a template that cannot be filled in.

    Args:
        what: What is wrong, as the end of a sentence.
        line: The line of the source it stands on, from 1.
        near: Fields with a name like it.
    """

    what: str
    line: int
    near: tuple[str, ...] = ()


def by_paragraph(source: str) -> str:
    """The source with a paragraph a line, as docxtpl reads it, so that a line can be told."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def words_of(source: str, line: int) -> str:
    """The words of a paragraph, shortened."""
    lines = source.split("\n")
    told = " ".join(_TAG.sub("", lines[min(line, len(lines)) - 1]).split())
    return told if len(told) <= 60 else told[:59].rstrip() + "…"


def problems(
    environment: Environment, source: str, fields: Iterable[TemplateField]
) -> Iterator[Problem]:
    """What is wrong in one part of a template.

    Args:
        environment: That in which it will be filled in.
        source: The part, as `by_paragraph` gives it.
        fields: What can be named in it.
    """
    from jinja2 import TemplateSyntaxError

    misplaced = _misplaced(source)
    if misplaced is not None:
        yield misplaced
        return
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as wrong:
        said = str(wrong.message or "it is not written as a field").rstrip(".")
        yield Problem(f"has something that cannot be read ({said})", wrong.lineno)
        return
    reader = _Reader()
    reader.statements(tree.body, {each.name: each for each in fields}, 0)
    yield from reader.found


def _misplaced(source: str) -> Problem | None:
    """A field where no text stands: its value would become part of the document's own code."""
    within = _WITHIN_A_TAG.search(source)
    if within is not None:
        return Problem("has a command that is none of its own", _line(source, within.start()))
    inside = False
    for token in _TEXT_OR_FIELD.finditer(source):
        if token[0] == "{{" and not inside:
            return Problem("has a field where no text stands; write it as {{ name }}",
                           _line(source, token.start()))  # fmt: skip
        inside = token[0] == "{{" or token[0].startswith("<w:t")
    return None


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


class _Reader:
    """Goes through a template's tree and keeps what is wrong."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def statements(self, body: Sequence[nodes.Node], scope: Scope, depth: int) -> None:
        from jinja2 import nodes

        for each in body:
            match each:
                case nodes.Output():
                    for one in each.nodes:
                        if not isinstance(one, nodes.TemplateData):
                            self._written(one, scope)
                case nodes.If():
                    self._value(each.test, scope)
                    for branch in (each.body, each.elif_, each.else_):
                        self.statements(branch, scope, depth)
                case nodes.For():
                    self._for(each, scope, depth)
                case _:
                    self._wrong(each, "has a command other than if and for")

    def _for(self, each: nodes.For, scope: Scope, depth: int) -> None:
        from jinja2 import nodes

        many = self._value(each.iter, scope)
        if depth == _DEEPEST:
            self._wrong(each, "has lists in lists in lists")
        elif not isinstance(each.target, nodes.Name) or each.recursive:
            self._wrong(each, "goes through a list in a way that is not {%p for each in NAME %}")
        elif many is None:
            if not self.found:
                self._wrong(each, "goes through something that is no list")
        elif many.shape not in ("lines", "list"):
            self._wrong(each, f"goes through “{many.name}”, which is no list")
        else:
            shape: Shape = "item" if many.shape == "list" else "text"
            item = TemplateField(each.target.name, "", shape, many.parts)
            inner = {**scope, item.name: item, "loop": LOOP}
            if each.test is not None:
                self._value(each.test, inner)
            self.statements(each.body, inner, depth + 1)
        self.statements(each.else_, scope, depth)

    def _written(self, node: nodes.Node, scope: Scope) -> None:
        field = self._value(node, scope)
        if field is not None and field.shape == "list":
            through = f"{{%p for each in {field.name} %}}"
            self._wrong(node, f"writes “{field.name}”, which is a list to go through: {through}")
        elif field is not None and field.shape == "item":
            part = f"{field.name}.{field.parts[0].name}"
            self._wrong(node, f"writes “{field.name}” whole; write a part of it, such as {part}")

    def _value(self, node: nodes.Node, scope: Scope) -> TemplateField | None:
        """What an expression gives; None for what is a text or could not be told."""
        from jinja2 import nodes

        match node:
            case nodes.Name():
                return self._named(node, node.name, scope.values(), node.name)
            case nodes.Getattr() | nodes.Getitem():
                return self._part(node, scope)
            case nodes.Filter():
                self._filtered(node, scope)
            case nodes.Compare():
                self._compared(node, scope)
            case nodes.Not() | nodes.And() | nodes.Or() | nodes.CondExpr():
                for one in node.iter_child_nodes():
                    self._value(one, scope)
            case nodes.Concat():
                for one in node.nodes:
                    self._written(one, scope)
            case nodes.Const():
                pass
            case _:
                self._wrong(node, "calculates or calls something; a template only fills in fields")
        return None

    def _filtered(self, node: nodes.Filter, scope: Scope) -> None:
        if node.name not in FILTERS or node.node is None:
            self._wrong(node, f"uses “{node.name}”, which senreg does not know")
            return
        if node.name == "length":
            self._value(node.node, scope)
        else:
            self._written(node.node, scope)
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self._written(one, scope)

    def _compared(self, node: nodes.Compare, scope: Scope) -> None:
        if any(each.op not in ("eq", "ne") for each in node.ops):
            self._wrong(node, "compares in a way other than == and !=")
        for one in (node.expr, *(each.expr for each in node.ops)):
            self._value(one, scope)

    def _part(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> TemplateField | None:
        from jinja2 import nodes

        whole = self._value(node.node, scope)
        if isinstance(node, nodes.Getattr):
            name = node.attr
        elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            name = node.arg.value
        else:
            self._wrong(node, "takes one out of a list by its number; go through it with for")
            return None
        if whole is None:
            return None
        return self._named(node, name, whole.parts, f"{whole.name}.{name}")

    def _named(
        self, node: nodes.Node, name: str, known: Iterable[TemplateField], told: str
    ) -> TemplateField | None:
        names = {each.name: each for each in known}
        if name in names:
            return names[name]
        near = difflib.get_close_matches(name, [each for each in names if each != "loop"], 3, 0.6)
        what = f"names “{told}”, which this paper does not have"
        self.found.append(Problem(what, node.lineno, tuple(near)))
        return None

    def _wrong(self, node: nodes.Node, what: str) -> None:
        self.found.append(Problem(what, node.lineno))
