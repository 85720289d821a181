"""Charts as they are drawn, pictured and told in text."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import Element

import docx
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given, settings
from hypothesis import strategies as st

from senreg.models.text import clean_line
from senreg.reports.document.charts import (
    Bar,
    Bars,
    Chart,
    Course,
    Point,
    Run,
    described,
    share_of,
)
from senreg.reports.document.drawing import WIDTH, as_png, as_svg
from senreg.reports.document.page import as_html
from senreg.reports.document.parts import Card, Document, Foot
from senreg.reports.document.plainly import as_text
from senreg.reports.document.typeset import as_pdf
from senreg.reports.document.word import as_docx

NAMES = 'O\'Neill Łukasz 小明 [b] <u> {{ 7*7 }} #x $y & "q" =1+1'
FOOT = Foot("Oak", "27 Nov 2026", "18 Dec 2026")
SVG = "{http://www.w3.org/2000/svg}"

VALUE = st.none() | st.floats() | st.integers(-5, 5).map(float)
TEXT = st.text(max_size=30)
MANNER = st.sampled_from((0, 1, 2, 3))
BARS = st.builds(
    Bars,
    TEXT,
    TEXT,
    st.lists(st.builds(Bar, TEXT, VALUE, TEXT, MANNER), max_size=6).map(tuple),
    st.none() | st.tuples(st.floats(), TEXT),
)
POINTS = st.lists(st.builds(Point, st.floats(), TEXT, VALUE, TEXT), max_size=14).map(tuple)
COURSE = st.builds(
    Course, TEXT, TEXT, st.lists(st.builds(Run, TEXT, POINTS, MANNER), max_size=3).map(tuple)
)
CHART = st.one_of(BARS, COURSE)


def drawn(chart: Chart) -> Element:
    found = fromstring(as_svg(chart), forbid_dtd=True)
    assert isinstance(found, Element)
    return found


LONG = Run("0" * 20, (Point(0.0, "", 1.0, ""), Point(0.0, "", 0.0, "")), 0)


@example(Course("", "", (Run("0" * 20, (Point(0.0, "", 0.0, ""),), 0), LONG)))
@given(CHART)
def test_whatever_the_figures_the_drawing_is_whole_and_within_its_frame(chart: Chart) -> None:
    picture = drawn(chart)
    height = float(picture.get("height", ""))
    assert {each.tag.removeprefix(SVG) for each in picture.iter()} <= {
        "svg", "defs", "pattern", "rect", "path", "circle", "line", "polyline", "text",
    }  # fmt: skip
    for each in picture.iter():
        for name, most in (("x", WIDTH), ("cx", WIDTH), ("y", height), ("cy", height)):
            if name in each.attrib:
                assert -0.1 <= float(each.attrib[name]) <= most + 0.1, each.attrib
        if each.tag == f"{SVG}rect":
            assert float(each.get("width", "")) > 0
            assert float(each.get("x", "0")) + float(each.get("width", "")) <= WIDTH
        for spot in each.get("points", "").split():
            x, y = map(float, spot.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= height


@settings(max_examples=8, deadline=None)
@given(CHART)
def test_every_chart_can_be_pictured_and_told(chart: Chart) -> None:
    assert as_png(chart).startswith(b"\x89PNG")
    whole = Document("t", "", (chart, Card((chart,))), "Keep it.")
    assert docx.Document(io.BytesIO(as_docx(whole, FOOT))).inline_shapes
    assert as_text(whole)


@settings(max_examples=8, deadline=None)
@given(CHART)
def test_every_chart_can_be_set_as_a_pdf(chart: Chart) -> None:
    pytest.importorskip("typst")
    assert as_pdf(Document("t", "", (chart,), "Keep it."), FOOT).startswith(b"%PDF-")


@given(st.lists(VALUE, max_size=6))
def test_bars_are_as_long_as_their_figures_and_none_stands_for_what_is_not_known(values) -> None:
    nought, parts = share_of(values)
    assert 0 <= nought <= 1
    for part, value in zip(parts, values, strict=True):
        if part is not None:
            assert -1e-9 <= nought + part <= 1 + 1e-9
            assert (part > 0) is (value > 0) or abs(part) < 1e-9
        else:
            assert value is None or value != value or abs(value) == float("inf")


def test_a_bar_of_half_is_half_as_long_and_one_below_nought_goes_the_other_way() -> None:
    chart = Bars("t", "", (Bar("a", 2.0, "2"), Bar("b", 1.0, "1"), Bar("c", -1.0, "−1", 1)))
    a, b, c = (each for each in drawn(chart).findall(f"{SVG}rect"))
    assert float(a.get("width", "")) == pytest.approx(2 * float(b.get("width", "")), abs=0.2)
    assert a.get("x") == b.get("x")
    assert float(c.get("x", "")) + float(c.get("width", "")) == pytest.approx(
        float(a.get("x", "")), abs=0.2
    )
    unknown = Bars("t", "", (Bar("a", 2.0, "2"), Bar("b", None, "not known"), Bar("c", 0.0, "0")))
    assert len(drawn(unknown).findall(f"{SVG}rect")) == 2


def test_a_gap_breaks_a_line_and_one_point_is_a_dot() -> None:
    def course(*values: float | None) -> Element:
        points = tuple(Point(at, str(at), value) for at, value in enumerate(values))
        return drawn(Course("t", "", (Run("a", points),)))

    assert len(course(1, 2, None, 3, 4).findall(f"{SVG}polyline")) == 2
    assert len(course(1, None, 3).findall(f"{SVG}polyline")) == 0
    assert len(course(1, None, 3).findall(f"{SVG}circle")) == 2
    (dot,) = course(7).findall(f"{SVG}circle")
    assert 0 < float(dot.get("cx", "")) < WIDTH


def test_what_tells_bars_apart_is_no_colour() -> None:
    bars = tuple(Bar(f"b{manner}", 1.0, "1", manner) for manner in (0, 1, 2, 3))
    svg = as_svg(Bars("t", "", bars), "one")
    fills = re.findall(r'<rect x="[^>]*fill="([^"]*)"', svg)
    assert len(set(fills)) == 4
    assert set(re.findall(r"#[0-9a-f]{3,6}", svg)) - {"#one"} <= {"#1f3a5f", "#fff", "#000"}
    runs = tuple(
        Run(f"r{manner}", (Point(0, "", 1), Point(1, "", 2)), manner) for manner in (0, 1, 2, 3)
    )
    lines = drawn(Course("t", "", runs)).findall(f"{SVG}polyline")
    assert len({each.get("stroke-dasharray") for each in lines}) == 4


def test_names_stand_in_every_form_as_words_and_never_as_markup() -> None:
    short = NAMES[:20]
    chart = Bars(f"title {NAMES}", f"of {NAMES}", (Bar(f"a {NAMES}", 1.0, f"1 {short}"),))
    whole = Document("t", "", (chart, chart), "Keep it.")
    html = as_html(whole, FOOT)
    for words in (chart.title, chart.of, f"a {NAMES}: 1 {short}"):
        assert words in described(chart)
    assert "<u>" not in html
    assert 'id="chart1-1"' in html
    assert 'id="chart2-1"' in html
    texts = " ".join("".join(each.itertext()) for each in drawn(chart).iter(f"{SVG}text"))
    assert "O'Neill Łukasz 小明 [b] <u>" in texts
    picture = docx.Document(io.BytesIO(as_docx(whole, FOOT))).inline_shapes[0]
    assert clean_line(NAMES) in picture._inline.docPr.get("descr")


def test_in_the_terminal_bars_stand_before_their_figures() -> None:
    chart = Bars("Finding", "n 3", (Bar("a", 2.0, "2"), Bar("b", -1.0, "−1"), Bar("c", None, "?")))
    said = as_text(Document("t", "", (chart,), "Keep it.")).split("\n")
    assert said[-3:] == [f"{'█' * 16} 2  a", f"{'▒' * 8}{'·' * 8} −1  b", f"{'·' * 16} ?  c"]
    points = tuple(Point(at, f"day {at}", value) for at, value in enumerate((1.0, None, 3.0)))
    course = Course("Rises", "n 2", (Run("Sam", points),))
    assert "▁█ Sam: 1 (day 0) to 3 (day 2)" in as_text(Document("t", "", (course,), "Keep it."))
