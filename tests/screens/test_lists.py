"""The lists by themselves: widths in cells, order, cursor, marks, wrapping, the scrollbar."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from screens.look import PALETTES, themes
from screens.settings.records import columns_of
from screens.widgets.columns import Column, shares
from screens.widgets.line_list import fitted
from screens.widgets.record_list import RecordList
from screens.widgets.story import Entry, Story, Words
from screens.widgets.wrapping import wrapped
from senreg.models.days import shown_day
from senreg.models.tables import TABLES, field_of

TEXTS = [
    "",
    "a",
    "Łukasz",
    "小明 王",
    "[/b]",
    "👩‍👩‍👧 family",
    "e\u0301te\u0301",
    "x" * 300,
    "עברית",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [1, 2, 3, 5, 10, 40])
def test_text_is_fitted_to_cells(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert cell_len(shown) == width
    if cell_len(text) <= width:
        assert shown.rstrip() == text.rstrip()
    else:
        assert "…" in shown


@given(st.text(alphabet="ab 小é[/]", max_size=60), st.integers(2, 20))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_are_broken_only_where_they_are_too_long() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]
    assert wrapped("", 10) == [""]


def test_columns_give_way_by_rank_and_share_what_is_left() -> None:
    columns = [
        Column("a", "A", str, width=10, most=20),
        Column("b", "B", str, width=10, rank=1),
        Column("c", "C", str, width=10, rank=2),
    ]
    assert [(column.id, width) for column, width in shares(columns, 34)] == [
        ("a", 10),
        ("b", 10),
        ("c", 10),
    ]
    assert [column.id for column, _ in shares(columns, 33)] == ["a", "b"]
    assert [(column.id, width) for column, width in shares(columns, 5)] == [("a", 5)]
    assert [(column.id, width) for column, width in shares(columns, 60)] == [
        ("a", 20),
        ("b", 10),
        ("c", 10),
    ]


@dataclass(frozen=True)
class Thing:
    id: str
    name: str


class Shelf(App[None]):
    def __init__(self, things: list[Thing]) -> None:
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = "senreg-light"
        self.told: list[str] = []
        self.things = things
        self.records: RecordList[Thing] = RecordList(
            [Column("name", "Name", lambda row: row.name, lambda row: row.name, width=20)],
            empty="Nothing yet. Press n.",
        )

    def compose(self) -> ComposeResult:
        yield self.records

    def on_mount(self) -> None:
        self.records.fill(self.things)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        self.told.append(f"at {event.record_id}")

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        self.told.append(f"open {event.record_id}")

    def on_record_list_marked(self, event: RecordList.Marked) -> None:
        self.told.append(f"marks {sorted(event.records.marks)}")

    @property
    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips(self.size)
        return ["".join(segment.text for segment in strip) for strip in strips]


def things(count: int) -> list[Thing]:
    return [Thing(str(n), f"Thing {n:04}") for n in range(count)]


async def test_keys_move_mark_and_open() -> None:
    app = Shelf(things(100))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("down", "space", "enter")
        await pilot.pause()
        assert app.told[-3:] == ["marks ['1']", "at 2", "open 2"]
        await pilot.press("end", "pageup", "pagedown")
        assert app.records.current_id == "99"
        assert "Thing 0099" in app.lines[-1]
        await pilot.press("home")
        assert "Thing 0000" in app.lines[1]
        assert app.records.marked_or_current()[0].id == "1"
        app.records.unmark()
        assert app.records.marked_or_current()[0].id == "0"


async def test_the_cursor_stays_on_its_record_when_rows_come_and_go() -> None:
    app = Shelf(things(50))
    async with app.run_test(size=(30, 10)) as pilot:
        app.records.go_to("30")
        app.records.fill([Thing("new", "AAA"), *things(40)])
        await pilot.pause()
        assert app.records.current_id == "30"
        app.records.narrow(lambda row: row.id != "30")
        assert app.records.current_id is not None
        app.records.narrow(None)
        app.records.fill(things(50))
        assert len(app.records.rows) == 50


async def test_marks_of_rows_that_are_gone_are_gone() -> None:
    app = Shelf(things(5))
    async with app.run_test(size=(30, 10)):
        app.records.mark(["1", "3"])
        app.records.fill(things(2))
        assert app.records.marks == {"1"}


async def test_an_empty_list_says_what_to_do_first() -> None:
    app = Shelf([])
    async with app.run_test(size=(30, 10)) as pilot:
        assert any("Nothing yet. Press n." in line for line in app.lines)
        await pilot.press("down", "up", "pagedown", "end", "space", "enter")
        assert app.told == []
        app.records.narrow(lambda _: False, "Nothing fits.")
        await pilot.pause()
        assert any("Nothing fits." in line for line in app.lines)


async def test_the_scrollbar_is_dragged_by_the_mouse() -> None:
    app = Shelf(things(200))
    async with app.run_test(size=(30, 11)) as pilot:
        assert app.lines[1].endswith("▐")
        await pilot.mouse_down(offset=(29, 1))
        await pilot.hover(offset=(29, 10))
        await pilot.mouse_up(offset=(29, 10))
        await pilot.pause()
        assert "Thing 0199" in app.lines[-1]
        assert app.lines[-1].endswith("▐")
        assert app.records.current_id == "0", "scrolling leaves the cursor where it is"


async def test_only_lines_that_are_seen_are_drawn() -> None:
    drawn: list[str] = []
    app = Shelf(things(2000))

    def name(row: Thing) -> str:
        drawn.append(row.id)
        return row.name

    app.records.columns = (Column("name", "Name", name, lambda row: row.name, width=20),)
    async with app.run_test(size=(30, 10)):
        assert 0 < len(set(drawn)) <= 10


class Tale(App[None]):
    def __init__(self, entries: list[Entry]) -> None:
        super().__init__()
        self.story = Story(empty="Nothing is told yet.")
        self.entries = entries

    def compose(self) -> ComposeResult:
        yield self.story

    def on_mount(self) -> None:
        self.story.fill(self.entries)


async def test_a_story_passes_over_headings_and_reads_long_entries_to_the_end() -> None:
    long = "word " * 200
    app = Tale(
        [
            Entry("", [Words("Heading")], heading=True),
            Entry("one", [Words(long)]),
            Entry("two", [Words("[/b] second", label="Label")]),
        ]
    )
    async with app.run_test(size=(40, 10)) as pilot:
        assert app.story.current.id == "one"
        seen = 0
        while app.story.current.id == "one" and seen < 20:
            await pilot.press("down")
            seen += 1
        assert app.story.current.id == "two"
        assert seen > 2, "the long entry was read in several steps"
        await pilot.press("home")
        assert app.story.current.id == "one"
        await pilot.resize_terminal(20, 8)
        await pilot.pause()
        assert app.story.current.id == "one"


async def test_an_empty_story_says_so_and_takes_keys() -> None:
    app = Tale([])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "up", "pagedown", "home", "end", "enter")
        assert app.story.current is None


def test_every_theme_has_words_that_can_be_read() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    for name, p in PALETTES.items():
        for ground in (p.sheet, p.paper, p.band, p.cursor, p.cursor_away, p.marked):
            words = (p.ink, p.muted, p.good, p.warn, p.bad, p.info, p.cyan, p.magenta)
            for colour in (*words, p.primary, p.accent):
                assert contrast(colour, ground) >= 4.5, (name, colour, ground)
        assert contrast(p.on_primary, p.primary) >= 4.5, name


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


async def test_a_double_click_opens_what_its_first_half_fell_on() -> None:
    entries = [Entry(str(n), [Words(f"first of {n}"), Words(f"second of {n}")]) for n in range(9)]

    class Told(Tale):
        opened: str = ""

        def on_story_opened(self, event: Story.Opened) -> None:
            self.opened = event.entry.id

    app = Told(entries)
    async with app.run_test(size=(40, 5)) as pilot:
        # Of the entry at the foot one line is seen: going there scrolls by the other.
        await pilot.click(offset=(5, 4), times=2)
        await pilot.pause()
        assert round(app.story.scroll_y) == 1
        assert app.opened == "2"


def test_a_day_is_seen_whole_in_every_list_of_the_schools_own_records() -> None:
    whole = len(shown_day("2026-11-25"))
    days = [
        (table, name, width)
        for table in TABLES
        for name, width, _ in columns_of(table)
        if field_of(table, name).kind == "day"
    ]
    assert ("workshops", "date", whole) in days
    assert [each for each in days if each[2] < whole] == []
