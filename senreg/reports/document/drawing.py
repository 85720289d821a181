"""Charts as SVG, which browsers and Typst show as it is, and as PNG for Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from senreg.models.text import clean, clean_line
from senreg.reports.document.charts import (
    Bar,
    Bars,
    Chart,
    Course,
    Manner,
    Run,
    described,
    figure_words,
    known,
    share_of,
)
from senreg.reports.fitting import ELLIPSIS, width

WIDTH = 520
"""Of every chart, in its own units: at 96 to the inch 138 mm, and readable at 90."""

SCALE = 3
"""Points of a picture for each unit: 288 to the inch."""

_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML cannot hold beside the control characters that `clean` takes out."""

_FONT = "Arial, Liberation Sans, Helvetica, DejaVu Sans, sans-serif"
_SIZE, _SMALL, _LINE = 13, 11, 15
_LABEL, _WORDS, _GAP = 176, 132, 8
_ROOM = WIDTH - _LABEL - _WORDS - 2 * _GAP
_DARK = "#1f3a5f"
_DASHES: dict[Manner, str] = {0: "", 1: "7 4", 2: "2 4", 3: "10 3 2 3"}

_HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 150, 44, 128, 26, 30


def as_svg(chart: Chart, name: str = "chart") -> str:
    """The drawing, with nothing in it that is fetched; its words are alternative text too.

    Args:
        chart: What it shows.
        name: Begins the ids within it; of two drawings on one page each has another.
    """
    height, body = _bars(chart, name) if isinstance(chart, Bars) else _course(chart)
    label = quoteattr(_plain(described(chart).replace("\n", ". ")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label={label} font-family="{_FONT}" '
        f'font-size="{_SIZE}">{"".join(body)}</svg>'
    )


def as_png(chart: Chart) -> bytes:
    """The drawing as a picture, on white."""
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=as_svg(chart), background="white", zoom=SCALE)


def _plain(words: str) -> str:
    return _NO_XML.sub("", clean(words))


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = _SIZE) -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {at}>{escape(_plain(words))}</text>"


def _wrapped(words: str, room: float, most: int, size: int = _SIZE) -> list[str]:
    """Lines of a text in a column; the last ends in an ellipsis where it is too long.

    Args:
        words: The text.
        room: The width of the column.
        most: The lines there are.
        size: The size of the letters.
    """
    found, line = list[str](), ""
    for word in _broken(clean_line(words).split(), room / size):
        longer = f"{line} {word}".strip()
        if line and width(longer) * size > room:
            found.append(line)
            line = word
        else:
            line = longer
    found.append(line)
    if len(found) <= most:
        return found
    last = found[most - 1] + ELLIPSIS
    while len(last) > 1 and width(last) * size > room:
        last = last[:-2].rstrip() + ELLIPSIS
    return [*found[: most - 1], last]


def _broken(words: Iterable[str], room: float) -> Iterator[str]:
    """Words, those that are longer than a line in pieces."""
    for word in words:
        piece = ""
        for letter in word:
            if piece and width(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _patterns(name: str) -> str:
    """The fillings of bars beside the dark one, which prints the same in black and white."""
    ground = '<rect width="8" height="8" fill="#fff"/>'
    hatch = f'<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{_DARK}" stroke-width="2.4"/>'
    dots = "".join(f'<circle cx="{at}" cy="{at}" r="1.5" fill="{_DARK}"/>' for at in (2, 6))
    found = "".join(
        f'<pattern id="{name}-{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f"{ground}{drawn}</pattern>"
        for number, drawn in ((1, hatch), (2, dots))
    )
    return f"<defs>{found}</defs>"


def _filling(manner: Manner, name: str) -> str:
    return {0: _DARK, 3: "#fff"}.get(manner, f"url(#{name}-{manner})")


def _bars(chart: Bars, name: str) -> tuple[int, list[str]]:
    also = (chart.mark[0],) if chart.mark is not None else ()
    left, parts = share_of((*(bar.value for bar in chart.bars), *also), chart.full)
    nought = _LABEL + _GAP + left * _ROOM
    body, top = [_patterns(name)], 4
    for bar, part in zip(chart.bars, parts, strict=False):
        height, drawn = _bar(bar, part, nought, top, name)
        body += drawn
        top += height
    body.append(_rule(nought, 0, nought, top))
    if chart.mark is not None and parts[-1] is not None:
        x = nought + parts[-1] * _ROOM
        body.append(_rule(x, 0, x, top + 3, colour="#fff", wide=3))
        body.append(_rule(x, 0, x, top + 3, "5 3"))
        body.append(_text(x, top + 15, chart.mark[1], anchor=_anchor(x), size=_SMALL))
        top += 20
    return top + 2, body


def _anchor(x: float) -> str:
    """Where a text under a line across begins, so that it stays within the drawing."""
    return "end" if x > WIDTH * 0.6 else "start" if x < WIDTH * 0.4 else "middle"


def _bar(
    bar: Bar, part: float | None, nought: float, top: float, name: str
) -> tuple[int, Iterator[str]]:
    label, words = _wrapped(bar.label, _LABEL, 2), _wrapped(bar.words, _WORDS, 2)
    height = max(len(label), len(words)) * _LINE + 8

    def drawn() -> Iterator[str]:
        yield from _lines(label, _LABEL, top, height, "end")
        if part is not None:
            x, wide = nought + min(part, 0) * _ROOM, max(abs(part) * _ROOM, 0.8)
            yield (
                f'<rect x="{x:.1f}" y="{top + 4:.1f}" width="{wide:.1f}" height="{height - 8}" '
                f'fill="{_filling(bar.manner, name)}" stroke="{_DARK}" stroke-width="1"/>'
            )
        yield from _lines(words, WIDTH - _WORDS, top, height, "start")

    return height, drawn()


def _lines(lines: Sequence[str], x: float, top: float, height: int, anchor: str) -> Iterator[str]:
    first = top + (height - len(lines) * _LINE) / 2 + 11.5
    for number, line in enumerate(lines):
        yield _text(x, first + number * _LINE, line, anchor=anchor)


def _rule(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    dashes: str = "",
    *,
    colour: str = "#000",
    wide: int = 1,
) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}" '
        f'stroke-width="{wide}"{dashed}/>'
    )


def _course(chart: Course) -> tuple[int, list[str]]:
    points = [point for run in chart.runs for point in run.points]
    across = _placed([point.at for point in points])
    up = _placed([point.value for point in points])
    values = [value for point in points if (value := known(point.value)) is not None]
    wide, high = WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _FOOT
    bottom = _HEIGHT - _FOOT
    body = [_rule(_LEFT, bottom, WIDTH - _RIGHT, bottom)]
    for value, y in _ends(values, bottom, high):
        body.append(_text(_LEFT - 6, y + 4, f"{value:g}", anchor="end", size=_SMALL))
    spots = [
        (
            _LEFT + 10 + (0.5 if x is None else x) * (wide - 20),
            None if y is None else bottom - 6 - y * (high - 12),
        )
        for x, y in zip(across, up, strict=True)
    ]
    begun, ends = 0, list[tuple[float, Run]]()
    for number, run in enumerate(chart.runs):
        own = spots[begun : begun + len(run.points)]
        begun += len(run.points)
        body += _line(run, own, figured=number == 0)
        last = [y for _, y in own if y is not None]
        if last:
            ends.append((last[-1], run))
    body += _names(ends)
    body += _days(chart, spots)
    return _HEIGHT, body


def _ends(values: Sequence[float], bottom: int, high: int) -> Iterator[tuple[float, float]]:
    """The least and the greatest value, and how high each stands; one where they are the same."""
    if not values:
        return
    least, most = min(values), max(values)
    if least == most:
        yield least, bottom - 6 - (high - 12) / 2
        return
    yield least, bottom - 6
    yield most, bottom - 6 - (high - 12)


def _placed(values: Sequence[float | None]) -> list[float | None]:
    """Each value from 0, the least, to 1; half where all are the same."""
    told = [known(each) for each in values]
    every = [each for each in told if each is not None]
    size = max((abs(each) for each in every), default=0.0) or 1.0
    least, most = min(every, default=0.0) / size, max(every, default=0.0) / size
    if most - least <= 0:
        return [None if each is None else 0.5 for each in told]
    return [None if each is None else (each / size - least) / (most - least) for each in told]


_MANY = 10
"""Of more points than these only the first and the last have their figures beside them."""


def _line(run: Run, spots: Sequence[tuple[float, float | None]], *, figured: bool) -> Iterator[str]:
    dashes = f' stroke-dasharray="{_DASHES[run.manner]}"' if run.manner else ""
    for stretch in _stretches(spots):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)
        yield (f'<polyline points="{path}" fill="none" stroke="{_DARK}" stroke-width="2"{dashes}/>')
    shown = [number for number, (_, y) in enumerate(spots) if y is not None]
    for number, (x, y) in enumerate(spots):
        if y is None:
            continue
        if not run.manner:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_DARK}"/>'
        if figured and (len(shown) <= _MANY or number in (shown[0], shown[-1])):
            words = _wrapped(figure_words(run.points[number]), 56, 1, _SMALL)[0]
            yield _text(x, y - 8, words, anchor="middle", size=_SMALL)


def _stretches(
    spots: Sequence[tuple[float, float | None]],
) -> Iterator[list[tuple[float, float]]]:
    """Points that stand beside one another without one that is not known between them."""
    stretch: list[tuple[float, float]] = []
    for x, y in spots:
        if y is None:
            if len(stretch) > 1:
                yield stretch
            stretch = []
        else:
            stretch.append((x, y))
    if len(stretch) > 1:
        yield stretch


def _names(ends: Sequence[tuple[float, Run]]) -> Iterator[str]:
    """The name of each line at its end, none upon another, and all within the frame."""
    placed: list[tuple[float, list[str]]] = []
    lowest = 0.0
    for y, run in sorted(ends, key=lambda end: end[0]):
        lines = _wrapped(run.name, _RIGHT - _GAP, 2, _SMALL)
        top = max(y - 4, lowest)
        placed.append((top, lines))
        lowest = top + 13 * len(lines) + 3
    most = float(_HEIGHT)
    for top, lines in reversed(placed):
        most = min(top, most - 13 * len(lines) - 3)
        for number, line in enumerate(lines):
            yield _text(WIDTH - _RIGHT + _GAP, most + 8 + number * 13, line, size=_SMALL)


def _days(chart: Course, spots: Sequence[tuple[float, float | None]]) -> Iterator[str]:
    """The words of the points of the first line under it, as many as there is room for."""
    if not chart.runs:
        return
    reached = 0.0
    for point, (x, _) in zip(chart.runs[0].points, spots, strict=False):
        words = _wrapped(point.label, 90, 1, _SMALL)[0]
        half = width(words) * _SMALL / 2
        middle = min(max(x, half), WIDTH - half)
        if middle - half >= reached:
            yield _text(middle, _HEIGHT - _FOOT + 16, words, anchor="middle", size=_SMALL)
            reached = middle + half + 6
